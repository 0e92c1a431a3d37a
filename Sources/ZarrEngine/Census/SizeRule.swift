internal import Codecs
internal import ZarrModel

/// What the size of a stored object tells of its state without reading it.
struct SizeRule: Sendable {
    /// What chunks of one shape can have.
    private struct Sizes {
        /// Bytes that every chunk has, where the codecs give a fixed size.
        var exact: Int?
        /// Bytes that every chunk has at least: one, or a shard's index.
        var minimum = 1

        init() {}

        init(_ chain: CodecChain) {
            exact = chain.encodedByteCount
            minimum = max(1, chain.shardLayout?.indexByteCount ?? 1)
        }

        func state(ofSize size: Int64) -> ChunkState {
            guard size >= 0 else { return .present }
            if let exact {
                if size == Int64(exact) { return .present }
                return size < Int64(exact) ? .short : .corrupt
            }
            return size < Int64(minimum) ? .short : .present
        }
    }

    /// Where chunks differ in shape: the codecs, and the sizes of the shapes that were met.
    private struct Shapes {
        let axes: [ChunkAxis]
        let chain: CodecChain
        var known: [[Int]: Sizes] = [:]
        /// Sizes of so many shapes are kept.
        static let limit = 4096

        mutating func sizes(_ index: ChunkIndex) -> Sizes {
            let shape = zip(axes, index.coordinates).map { $0.storedLength(of: $1) }
            if let sizes = known[shape] { return sizes }
            if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
            let sizes = (try? chain.reshaped(shape)).map { Sizes($0) } ?? Sizes()
            known[shape] = sizes
            return sizes
        }
    }

    private var uniform = Sizes()
    private var shapes: Shapes?

    /// The rule for an array with these codecs; without them, an object of any size may be a chunk.
    init(_ chain: CodecChain?, _ metadata: ArrayMetadata) {
        guard let chain else { return }
        if metadata.hasUniformChunks {
            uniform = Sizes(chain)
        } else {
            shapes = Shapes(axes: metadata.axes, chain: chain)
        }
    }

    /// The state of chunk `index` of the grid with `size` bytes; negative where the storage does not
    /// say. The index is asked for only where chunks differ.
    mutating func state(
        ofSize size: Int64,
        _ index: @autoclosure () -> ChunkIndex
    ) -> ChunkState {
        guard shapes != nil else { return uniform.state(ofSize: size) }
        return shapes?.sizes(index()).state(ofSize: size) ?? .present
    }
}

extension ArrayNode {
    /// What the sizes in a listing tell of this array's chunks.
    var sizeRule: SizeRule {
        SizeRule(try? chain(), metadata)
    }
}
