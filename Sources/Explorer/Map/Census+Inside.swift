import ZarrModel

/// What is inside the shards.
extension Census {
    /// How many inner chunks are in the shards that were looked into.
    struct InnerTally: Hashable, Sendable {
        var shards = 0
        var total = 0
        var present = 0
        /// Those of shards whose index could not be had.
        var unknown = 0
    }

    /// How many inner chunks are definitely missing: in the shards that were looked into, and in those that
    /// are not there, of which `inTotal` (all inner chunks) tells.
    func innerMissing(inTotal all: Int?) -> Int {
        guard let inside else { return 0 }
        let inMissing = max(0, (all ?? inside.total) - inside.total)
        return inside.total - inside.present - inside.unknown
            + (count(.missing) > 0 ? inMissing : 0)
    }
}
