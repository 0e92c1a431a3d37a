internal import Codecs
internal import Storage
public import ZarrModel

/// What the index of one shard says of its inner chunks, those that hold a part of the array.
public struct ShardMap: Sendable {
    /// The key of the stored object. Untrusted text.
    public var key: String
    /// The element of the array that the shard begins with.
    public var start: [Int]
    /// Elements of an inner chunk along each dimension.
    public var innerShape: [Int]
    /// Inner chunks along each dimension that hold a part of the array.
    public var grid: GridShape
    /// Whether the inner chunks are shards themselves.
    public var isNested: Bool
    /// The state of each, C order: `present`, `missing`, `corrupt` (the index points outside the
    /// object), or `unknown` where the index could not be had.
    public var states: [ChunkState]
    /// Where in the object the bytes of each lie; `nil` where it is not present.
    public var ranges: [Range<Int>?]
    /// Why the index could not be had; `nil` where it was. May hold untrusted text.
    public var problem: String?
}

extension ArrayNode {
    /// Reads the index of one shard: `shard` in the array's grid, and then at each step of `inside`
    /// an inner chunk that is a shard itself. One small read by range for each.
    ///
    /// An index that is absent or broken is told in `problem`. Throws `.wrongKind` for what is no
    /// shard, and `.tooLarge` for one of more than four million inner chunks. O(inner chunks).
    public func shardMap(
        of shard: ChunkIndex,
        inside: [ChunkIndex] = []
    ) async throws(EngineError) -> ShardMap {
        guard grid.contains(shard) else { throw notShard("the grid has no chunk \(shard)") }
        var layout = try chain(of: shard).shardLayout
        var start = metadata.axes.indices.map { axis in
            metadata.axes[axis].range(of: shard.coordinates[axis]).lowerBound
        }
        var end = metadata.axes.indices.map { axis in
            metadata.axes[axis].range(of: shard.coordinates[axis]).upperBound
        }
        var reading = ShardIndexReading(self, shard)
        for step in inside {
            guard let outer = layout, outer.grid.contains(step) else {
                throw notShard("the shard has no inner chunk \(step)")
            }
            await reading.descend(into: step, outer)
            for axis in start.indices {
                start[axis] += step.coordinates[axis] * outer.innerShape[axis]
                end[axis] = min(end[axis], start[axis] + outer.innerShape[axis])
            }
            layout = outer.innerChain.shardLayout
        }
        guard let layout else { throw notShard("it holds no inner chunks that can be counted") }
        let counts = start.indices.map { axis in
            max(0, end[axis] - start[axis] + layout.innerShape[axis] - 1) / layout.innerShape[axis]
        }
        guard let grid = GridShape(counts: counts), grid.total <= InnerGrid.listLimit else {
            throw EngineError(.tooLarge, at: path.description, "it has too many inner chunks")
        }
        let index = await reading.index(layout)
        var map = ShardMap(
            key: key(of: shard),
            start: start,
            innerShape: layout.innerShape,
            grid: grid,
            isNested: layout.innerChain.shardLayout != nil,
            states: [],
            ranges: [],
            problem: reading.problem
        )
        map.states.reserveCapacity(grid.total)
        map.ranges.reserveCapacity(grid.total)
        for number in 0..<grid.total {
            let entry = layout.entryNumber(of: grid.index(at: number))
            let (state, range) = reading.state(index, entry)
            map.states.append(state)
            map.ranges.append(range)
        }
        return map
    }

    private func notShard(_ message: String) -> EngineError {
        EngineError(.wrongKind, at: path.description, message)
    }
}

/// Reads the index of a shard, or of one inside it.
private struct ShardIndexReading {
    private let array: ArrayNode
    private let shard: ChunkIndex
    /// Where in the object the shard lies; `nil` for the object itself.
    private var place: Range<Int>?
    /// Why there is no index; `nil` while nothing went wrong.
    private(set) var problem: String?

    init(_ array: ArrayNode, _ shard: ChunkIndex) {
        self.array = array
        self.shard = shard
    }

    /// Goes into an inner chunk that is a shard itself.
    mutating func descend(into step: ChunkIndex, _ layout: ShardLayout) async {
        let found = await index(layout)
        guard let found, let entry = layout.entryNumber(of: step) else { return }
        switch found[entry] {
        case .present(let range): place = shifted(range)
        case .absent: problem = "the inner chunk \(step) is not in its shard"
        case .invalid: problem = "the index points outside the shard"
        }
        if place == nil, problem == nil { problem = "the index points outside the shard" }
    }

    /// The index of the shard; `nil` where `problem` says why not.
    mutating func index(_ layout: ShardLayout) async -> ShardIndex? {
        guard problem == nil else { return nil }
        do throws(StorageError) {
            guard let bytes = try await read(layout) else {
                problem = "the shard is not stored"
                return nil
            }
            return decode(bytes, layout)
        } catch {
            problem = error.message
        }
        return nil
    }

    private mutating func decode(_ bytes: [UInt8], _ layout: ShardLayout) -> ShardIndex? {
        do throws(CodecError) {
            let decoder = ShardIndexDecoder(layout)
            return try bytes.withRawBytes { (bytes: RawSpan) throws(CodecError) in
                let end = bytes.byteCount
                let range = layout.indexRange(shardByteCount: end) ?? 0..<end
                return try decoder.decode(bytes.extracting(range))
            }
        } catch {
            problem = error.description
            return nil
        }
    }

    /// The bytes of the index; the whole object where the storage reads no ranges.
    private func read(_ layout: ShardLayout) async throws(StorageError) -> [UInt8]? {
        let count = layout.indexByteCount
        let isAtStart = layout.indexLocation == .start
        guard array.capabilities.contains(.ranges) else {
            guard let bytes = try await array.source.read(shard, .all) else { return nil }
            guard let place else { return bytes }
            return Array(bytes[place.clamped(to: 0..<bytes.count)])
        }
        guard let place else {
            let range: ByteRange = isAtStart ? .bounded(offset: 0, count: count) : .suffix(count)
            return try await array.source.read(shard, range)
        }
        guard place.count >= count else { return [] }
        let offset = isAtStart ? place.lowerBound : place.upperBound - count
        return try await array.source.read(shard, .bounded(offset: offset, count: count))
    }

    /// What an entry says, its bytes counted from the start of the object.
    func state(_ index: ShardIndex?, _ entry: Int?) -> (ChunkState, Range<Int>?) {
        guard let index, let entry else { return (.unknown, nil) }
        switch index[entry] {
        case .absent: return (.missing, nil)
        case .invalid: return (.corrupt, nil)
        case .present(let range):
            guard let range = shifted(range) else { return (.corrupt, nil) }
            return (.present, range)
        }
    }

    /// A range of the shard as one of the object; `nil` where it lies outside.
    private func shifted(_ range: Range<Int>) -> Range<Int>? {
        guard let place else { return range }
        guard range.upperBound <= place.count else { return nil }
        return place.lowerBound + range.lowerBound..<place.lowerBound + range.upperBound
    }
}
