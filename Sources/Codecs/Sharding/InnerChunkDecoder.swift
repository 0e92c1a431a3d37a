public import Arena
internal import ZarrModel

/// Decodes the inner chunks of whole shards one after another, each into the same memory.
///
/// A shard of any size passes through the memory of its encoded bytes and one inner chunk. Each thread
/// has its own.
public final class InnerChunkDecoder {
    private let layout: ShardLayout
    private let index: ShardIndexDecoder
    private let inner: ChunkDecoder
    private var walk: ShardWalk

    /// Makes a decoder for shards of `layout`.
    public init(_ layout: ShardLayout) {
        self.layout = layout
        index = ShardIndexDecoder(layout)
        inner = ChunkDecoder(layout.innerChain)
        walk = ShardWalk(layout)
    }

    /// What became of one inner chunk.
    public enum Outcome: Sendable {
        /// It was decoded: its bytes are lent.
        case decoded
        /// It is absent, and reads as the fill value: no bytes are lent.
        case absent
        /// It cannot be decoded: no bytes are lent.
        case failed(CodecError)
    }

    /// Lends every inner chunk of the shard `encoded` to `body`, with its coordinates in the shard: packed,
    /// C order, little-endian, in `arena`. An inner chunk that cannot be decoded does not end the others.
    ///
    /// Throws where the index of the shard cannot be read, or elements have no fixed length.
    public func forEach(
        in encoded: RawSpan,
        over arena: Arena,
        _ body: (_ coordinates: [Int], Outcome, RawSpan) -> Void
    ) throws(CodecError) {
        let indexRange = try index.load(fromShard: encoded)
        arena.resize(to: try inner.decodedSize())
        guard layout.grid.total > 0 else { return }
        walk.beginWithAll()
        repeat {
            let outcome = decode(encoded, indexRange, over: arena)
            arena.withBytes { bytes in
                if case .decoded = outcome {
                    body(walk.coordinates, outcome, bytes)
                } else {
                    body(walk.coordinates, outcome, bytes.extracting(first: 0))
                }
            }
        } while walk.advance()
    }

    private func decode(
        _ encoded: RawSpan,
        _ indexRange: Range<Int>,
        over arena: Arena
    ) -> Outcome {
        do throws(CodecError) {
            let number = layout.entryNumber(at: walk.coordinates)
            let place = try index.place(number, in: encoded.byteCount, besides: indexRange)
            guard let place else { return .absent }
            try arena.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
                try inner.decode(encoded.extracting(place), into: &output)
            }
            return .decoded
        } catch {
            return .failed(walk.located(error))
        }
    }
}
