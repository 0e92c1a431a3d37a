extension ChunkKeyEncoding {
    /// The chunks of `grid` whose keys lie below `folder`, by where they stand in C order; none where the
    /// folder is not on the way to a chunk. `folder` is relative to the array; an empty one is all of it.
    public func chunks(below folder: String, in grid: GridShape) -> Range<Int> {
        guard !folder.isEmpty else { return 0..<grid.total }
        var parts = folder.split(separator: "/")[...]
        guard separator == .slash, style == .v2 || parts.popFirst() == "c",
            parts.count <= grid.rank
        else { return 0..<0 }
        var start = 0
        var length = grid.total
        for (part, count) in zip(parts, grid.counts) {
            guard let place = Int(part), place >= 0, place < count, String(place) == part else {
                return 0..<0
            }
            length /= count
            start += place * length
        }
        return start..<start + length
    }
}
