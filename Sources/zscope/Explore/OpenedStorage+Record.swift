import Explorer
import Storage
import StorageBackends
import ZarrModel

extension OpenedStorage {
    /// The record that this storage is, where it is one without values.
    var record: RecordedStore? {
        recorded.flatMap { $0.hasNoValues ? $0 : nil }
    }

    /// Of when and of what the listing is that stands for this storage, where one does.
    var listing: ListingCard? {
        guard let recorded else { return nil }
        let origin = recorded.origin
        let kind = recorded.kind.mentions("inventory") ? "inventory" : "census"
        let moment = PointInTime.seconds(of: origin.created.utf8)
        let age = moment.map { Age.words(since: Int($0)) } ?? ""
        let when = age.isEmpty ? visible(origin.created) : age
        return ListingCard(
            words: kind + (age == "just now" ? " made just now" : " of \(when)"),
            made: visible(origin.created),
            place: visible(origin.locator)
        )
    }

    private var recorded: RecordedStore? {
        guard case .store(let store) = self else { return nil }
        return store as? RecordedStore
    }
}
