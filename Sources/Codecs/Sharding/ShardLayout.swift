public import ZarrModel

/// How a stored object holds inner chunks, each encoded by itself, and an index of them: what is
/// needed to read one by ranges, without the others.
///
/// Everything is in the array's own order of dimensions, whatever `transpose` stands outside.
public struct ShardLayout: Sendable {
    /// Where the index lies.
    public enum IndexLocation: String, Hashable, Sendable {
        /// At the first byte.
        case start
        /// Behind the last inner chunk.
        case end
    }

    /// The codecs of an inner chunk. It may have a layout itself, for shards in shards.
    public let innerChain: CodecChain
    /// How many inner chunks the shard has along each dimension.
    public let grid: GridShape
    /// Where the index lies.
    public let indexLocation: IndexLocation
    /// Bytes of the encoded index.
    public let indexByteCount: Int

    let indexChain: CodecChain
    /// Dimension i of the stored grid is dimension `order[i]` of `grid`.
    let order: [Int]
    private let storedStrides: [Int]

    init(
        innerChain: CodecChain,
        grid: GridShape,
        indexChain: CodecChain,
        indexLocation: IndexLocation,
        indexByteCount: Int,
        order: [Int]
    ) {
        self.innerChain = innerChain
        self.grid = grid
        self.indexChain = indexChain
        self.indexLocation = indexLocation
        self.indexByteCount = indexByteCount
        self.order = order
        let stored = Scatter(whole: order.map { grid.counts[$0] }).axes
        var strides = [Int](repeating: 0, count: order.count)
        for (position, dimension) in order.enumerated() {
            strides[dimension] = stored[position].stride
        }
        storedStrides = strides
    }

    /// The shape of an inner chunk.
    public var innerShape: [Int] {
        innerChain.shape
    }

    /// Where the index lies in a shard of so many bytes; `nil` where it has no room.
    public func indexRange(shardByteCount: Int) -> Range<Int>? {
        guard shardByteCount >= indexByteCount else { return nil }
        switch indexLocation {
        case .start: return 0..<indexByteCount
        case .end: return (shardByteCount - indexByteCount)..<shardByteCount
        }
    }

    /// Where the inner chunk stands in the index; `nil` outside the grid.
    public func entryNumber(of inner: ChunkIndex) -> Int? {
        guard grid.contains(inner) else { return nil }
        return entryNumber(at: inner.coordinates)
    }

    /// The same for coordinates that are known to lie in the grid.
    func entryNumber(at coordinates: [Int]) -> Int {
        var number = 0
        for dimension in coordinates.indices {
            number += coordinates[dimension] * storedStrides[dimension]
        }
        return number
    }
}

extension CodecChain {
    /// The layout of the shard that a chunk is; `nil` where it is none, or where codecs around it
    /// (a compressor, say) make ranges of it unreadable.
    public var shardLayout: ShardLayout? {
        byteStages.isEmpty ? unwrappedShardLayout : nil
    }

    /// The layout of the shard that codecs around it (a compressor, say) hide: it is had only by
    /// decoding the whole of it (``ChunkDecoder/unwrap(_:_:)``). `nil` where there is none.
    public var hiddenShardLayout: ShardLayout? {
        byteStages.isEmpty ? nil : unwrappedShardLayout
    }

    /// The same where codecs around the shard are undone first.
    var unwrappedShardLayout: ShardLayout? {
        guard let sharding = serializer as? ShardingCodec else { return nil }
        if arrays.isEmpty { return sharding.layout }
        return try? logicalLayout(sharding)
    }

    /// An inner chunk of a transposed shard is a transposed inner chunk.
    private func logicalLayout(_ sharding: ShardingCodec) throws(CodecError) -> ShardLayout? {
        var order = Array(form.shape.indices)
        for codec in arrays {
            guard let next = codec.order else { return nil }
            order = next.map { order[$0] }
        }
        let stored = sharding.layout
        var shape = form.shape
        var counts = form.shape
        for (position, dimension) in order.enumerated() {
            shape[dimension] = stored.innerShape[position]
            counts[dimension] = stored.grid.counts[position]
        }
        guard let grid = GridShape(counts: counts) else { return nil }
        let inner = try CodecChain(
            specs: Array(specs.prefix(arrays.count)) + stored.innerChain.specs,
            form: try ArrayForm(shape: shape, type: form.type, fill: form.fill),
            limits: limits,
            depth: stored.innerChain.depth
        )
        return ShardLayout(
            innerChain: inner,
            grid: grid,
            indexChain: stored.indexChain,
            indexLocation: stored.indexLocation,
            indexByteCount: stored.indexByteCount,
            order: order
        )
    }
}
