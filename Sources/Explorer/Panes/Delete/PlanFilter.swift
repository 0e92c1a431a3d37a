import ZarrModel

/// The entries of a plan that a filter lets through, looked for once for each filter and each change.
struct PlanFilter: Sendable {
    private var filter: String?
    private var entries: [StagedEntry] = []
    private(set) var places: [Int] = []
    /// How often entries were looked at, one by one.
    private(set) var looks = 0

    /// Whether `places` are of this filter and these entries. At once where the entries are the same
    /// list as then.
    func isOf(_ filter: String, _ entries: [StagedEntry]) -> Bool {
        self.filter?.utf8.elementsEqual(filter.utf8) ?? false && self.entries == entries
    }

    /// Looks for them, unless that was done.
    mutating func take(_ filter: String, _ entries: [StagedEntry], _ lines: PlanLines) {
        guard !isOf(filter, entries) else { return }
        looks += entries.count
        self.filter = filter
        self.entries = entries
        places = Self.places(filter, entries, lines)
    }

    /// The places of the entries that the filter lets through. O(entries).
    static func places(_ filter: String, _ entries: [StagedEntry], _ lines: PlanLines) -> [Int] {
        guard !filter.isEmpty else { return Array(entries.indices) }
        let wanted = filter.lowercased()
        return entries.indices.filter { lines.text(entries[$0]).lowercased().mentions(wanted) }
    }
}
