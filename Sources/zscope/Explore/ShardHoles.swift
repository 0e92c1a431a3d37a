import Explorer
import Raster
import ZarrEngine
import ZarrModel

/// The chunks that are absent inside shards, so that their places are not taken for values.
struct ShardHoles {
    /// Shards with more chunks inside are not looked into: their places count as stored.
    private static let most = 1 << 16

    private let request: PlaneRequest
    private let fixed: [Int]
    private let metadata: ArrayMetadata
    private let inner: [Int]
    private let census: InnerCensus?
    private var known: [ChunkIndex: Set<ChunkIndex>] = [:]

    /// Looks at nothing yet; without inner chunks there is nothing to look at. `fixed` is where the
    /// plane lies in `array`.
    init(_ request: PlaneRequest, _ array: ArrayNode, _ fixed: [Int]) async {
        self.request = request
        self.fixed = fixed
        metadata = array.metadata
        inner = metadata.innerChunkShape ?? []
        let perShard = zip(metadata.chunkShape, inner).map { $0 / max(1, $1) }.checkedProduct()
        let isLooked = array.hasInnerChunks && perShard ?? .max <= Self.most
        census = isLooked ? try? await array.innerCensus() : nil
    }

    /// `marks` of a tile, with the places of absent inner chunks marked as such.
    mutating func marked(_ marks: [PlaneMark], _ tile: PlaneTiles.Tile) async -> [PlaneMark] {
        guard let census else { return marks }
        let rows = places(tile.rows)
        let columns = places(tile.columns)
        let isTransposed = request.rowAxis.map { $0 > request.columnAxis ?? -1 } ?? false
        var marked = marks
        for row in Self.runs(rows, request.rowAxis.map { inner[$0] }) {
            for column in Self.runs(columns, request.columnAxis.map { inner[$0] }) {
                guard await isMissing(rows[row.lowerBound], columns[column.lowerBound], census)
                else { continue }
                if marked.isEmpty {
                    marked = Array(repeating: .value, count: rows.count * columns.count)
                }
                for down in row {
                    for across in column {
                        let at =
                            isTransposed
                            ? across * rows.count + down : down * columns.count + across
                        marked[at] = max(marked[at], .absent)
                    }
                }
            }
        }
        return marked
    }

    /// The elements of a tile along one side.
    private func places(_ side: PlaneTiles.Side) -> [Int] {
        (0..<side.count).map { side.start + $0 * side.stride }
    }

    /// Neighbours in one inner chunk.
    private static func runs(_ places: [Int], _ length: Int?) -> [Range<Int>] {
        guard let length, length > 0 else { return places.isEmpty ? [] : [0..<places.count] }
        var runs: [Range<Int>] = []
        var start = 0
        for at in places.indices where at > 0 && places[at] / length != places[at - 1] / length {
            runs.append(start..<at)
            start = at
        }
        if start < places.count { runs.append(start..<places.count) }
        return runs
    }

    private mutating func isMissing(_ row: Int, _ column: Int, _ census: InnerCensus) async -> Bool
    {
        let element = (0..<metadata.rank).map { axis in
            axis == request.rowAxis
                ? row : axis == request.columnAxis ? column : fixed[axis]
        }
        let shard = metadata.chunk(containing: element)
        if known[shard] == nil {
            let missing = await census.shard(at: shard).inner.filter { $0.state == .missing }
            known[shard] = Set(missing.map(\.index))
        }
        let index = ChunkIndex(zip(element, inner).map { $0 / max(1, $1) })
        return known[shard]?.contains(index) ?? false
    }
}
