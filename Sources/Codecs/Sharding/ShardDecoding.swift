import Arena
import ZarrModel

/// Decodes the parts of whole shards that a scatter selects, inner chunk by inner chunk, each straight
/// into the output.
final class ShardDecoding: ArrayDecoding {
    private let codec: ShardingCodec
    private let layout: ShardLayout
    private let index: ShardIndexDecoder
    private let inner: ChunkDecoder
    private var walk: ShardWalk

    init(_ codec: ShardingCodec) {
        self.codec = codec
        layout = codec.layout
        index = ShardIndexDecoder(codec.layout)
        inner = ChunkDecoder(codec.layout.innerChain)
        walk = ShardWalk(codec.layout)
    }

    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        let indexRange = try index.load(fromShard: encoded)
        if scatter.isEmpty { return }
        walk.begin(scatter)
        repeat {
            guard walk.select(scatter) else { continue }
            let range = try place(indexRange, in: encoded.byteCount)
            do throws(CodecError) {
                if let range {
                    try inner.decode(encoded.extracting(range), scatter: walk.part, into: &output)
                } else {
                    try inner.fill(walk.part, into: &output)
                }
            } catch {
                throw walk.located(error)
            }
        } while walk.advance()
    }

    func decodeVariable(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        let indexRange = try index.load(fromShard: encoded)
        var elements = [[UInt8]](repeating: codec.form.fill, count: codec.form.count)
        if elements.isEmpty { return [] }
        walk.beginWithAll()
        repeat {
            guard let range = try place(indexRange, in: encoded.byteCount) else { continue }
            do throws(CodecError) {
                let chunk = try inner.decodeVariable(encoded.extracting(range))
                let box = InnerBox(codec, walk.coordinates)
                for (position, element) in chunk.enumerated() {
                    elements[box.place(of: position)] = element
                }
            } catch {
                throw walk.located(error)
            }
        } while walk.advance()
        return elements
    }

    /// Where the inner chunk at hand lies; `nil` where it is absent.
    private func place(
        _ indexRange: Range<Int>,
        in shardByteCount: Int
    ) throws(CodecError) -> Range<Int>? {
        do throws(CodecError) {
            return try index.place(
                layout.entryNumber(at: walk.coordinates),
                in: shardByteCount,
                besides: indexRange
            )
        } catch {
            throw walk.located(error)
        }
    }
}

/// The place of an inner chunk's elements among those of its shard.
struct InnerBox {
    private let shape: [Int]
    private let strides: [Int]
    private let first: Int

    init(_ codec: ShardingCodec, _ coordinates: [Int]) {
        shape = codec.layout.innerShape
        strides = Scatter(whole: codec.form.shape).axes.map(\.stride)
        var first = 0
        for dimension in coordinates.indices {
            first += coordinates[dimension] * shape[dimension] * strides[dimension]
        }
        self.first = first
    }

    /// The place in the shard of the element at `position` of the inner chunk, both in C order.
    func place(of position: Int) -> Int {
        var rest = position
        var place = first
        for dimension in shape.indices.reversed() {
            place += rest % shape[dimension] * strides[dimension]
            rest /= shape[dimension]
        }
        return place
    }
}
