internal import Storage
public import ZarrModel

/// What may be changed: chunks of this array's grid and nothing else.
extension ArrayNode {
    /// The chunk of the grid that `key` names in the storage; `nil` for documents, chunks outside the
    /// grid, other nodes' keys and everything else.
    public func chunk(ofKey key: String) -> ChunkIndex? {
        guard let index = parsed(key), grid.contains(index) else { return nil }
        return index
    }

    /// Throws `.refused` where an item's key is not that of its chunk, or it lies outside the grid and is
    /// no orphan.
    func checkNamesChunk(
        _ item: DeletePlan.Item,
        allowsOrphans: Bool
    ) throws(EngineError) {
        let isOrphan = allowsOrphans && item.state == .orphan
        guard parsed(item.key) == item.index, isOrphan || grid.contains(item.index) else {
            throw EngineError(.refused, at: item.key, "this is no chunk of the array")
        }
    }

    private func parsed(_ key: String) -> ChunkIndex? {
        var bytes = Array(key.utf8)[...]
        if case .store(_, let prefix) = source.place {
            let start = Array(prefix.description.utf8)
            guard bytes.starts(with: start) else { return nil }
            bytes = bytes.dropFirst(start.count)
        }
        guard !ReservedNames.isReserved(bytes) else { return nil }
        return keyEncoding.parse(bytes, rank: grid.rank)
    }
}

/// Boxes of a grid, to ask which chunks lie in one. Few are looked through; boxes of one chunk, of
/// which there may be many, are looked up.
struct BoxSet {
    private var single: Set<[Int]> = []
    private var wide: [Region] = []

    /// Throws `.selection` for a box of another rank.
    init(_ boxes: [Region], rank: Int, at location: String) throws(EngineError) {
        for box in boxes {
            guard box.ranges.count == rank else {
                throw EngineError(
                    .selection,
                    at: location,
                    "a box has \(box.ranges.count) dimensions, the array \(rank)"
                )
            }
            guard let places = box.places(atMost: Self.fewChunks) else {
                wide.append(box)
                continue
            }
            single.formUnion(places)
        }
    }

    /// Boxes of so few chunks are kept chunk by chunk: each of a million chunks is asked for.
    private static let fewChunks = 64

    /// Whether a box holds the chunk. O(boxes of more than a few chunks).
    func contains(_ coordinates: [Int]) -> Bool {
        single.contains(coordinates) || wide.contains { $0.contains(coordinates) }
    }

    /// More chunks than this are not named one by one.
    private static let limit = 4 << 20

    /// Every chunk of the boxes that lies in the grid, sorted. Throws `.tooLarge` for more than 4 million.
    func indices(in grid: GridShape, at location: String) throws(EngineError) -> [ChunkIndex] {
        var found = Set(single.map { ChunkIndex($0) }.filter(grid.contains))
        for box in wide {
            let ranges = zip(box.ranges, grid.counts).map { $0.clamped(to: 0..<max(0, $1)) }
            var places: [[Int]] = [[]]
            for range in ranges {
                let (count, isFar) = places.count.multipliedReportingOverflow(by: range.count)
                guard !isFar, count <= Self.limit - found.count else {
                    throw EngineError(.tooLarge, at: location, "these are too many chunks at once")
                }
                places = places.flatMap { head in range.map { head + [$0] } }
            }
            found.formUnion(places.map { ChunkIndex($0) })
        }
        return found.sorted()
    }
}
