internal import Storage
internal import Synchronization

/// What the rules make of a listing: objects left out, objects that are not there, an early end.
struct ListingFaults: Sendable {
    /// The listing ends after this share of every page.
    var share: Double?
    /// One object of the first page is left out; which, this number from `0..<1` says.
    var hidden: Double?
    /// These come with the first page.
    var ghosts: [String]

    /// `nil` where the plan leaves a listing as it is.
    init?(_ plan: FaultPlan) {
        share = plan.first { if case .page(let share) = $0 { share } else { nil } }?.value
        hidden = plan.steps.first { $0.effect == .hide }?.chance.unit(21)
        ghosts = plan.steps.compactMap { if case .ghost(let key) = $0.effect { key } else { nil } }
        guard share != nil || hidden != nil || !ghosts.isEmpty else { return nil }
    }

    /// The positions of a page of `count` objects that stay.
    func kept(_ count: Int, isFirst: Bool) -> [Int] {
        var kept = Array(0..<count)
        if isFirst, let hidden, count > 0 {
            kept.remove(at: min(count - 1, Int(hidden * Double(count))))
        }
        guard let share else { return kept }
        return Array(kept.prefix(Int(Double(kept.count) * share)))
    }
}

/// A listing with faults.
final class FaultListing<Page: Sendable>: Listing {
    private let base: any Listing<Page>
    private let isCut: Bool
    private let change: @Sendable (Page, _ isFirst: Bool) -> Page
    private let pages = Mutex(0)

    /// Gives the pages of `base` as `change` leaves them; only the first where the listing is cut.
    init(
        _ base: any Listing<Page>,
        isCut: Bool,
        _ change: @escaping @Sendable (Page, _ isFirst: Bool) -> Page
    ) {
        self.base = base
        self.isCut = isCut
        self.change = change
    }

    func next() async throws(StorageError) -> Page? {
        let number = pages.withLock { $0 }
        if isCut, number > 0 { return nil }
        guard let page = try await base.next() else { return nil }
        pages.withLock { $0 += 1 }
        return change(page, number == 0)
    }
}
