import Arena
import ZarrModel

/// Decodes the parts of whole shards that a scatter selects, inner chunk by inner chunk, each straight
/// into the output.
final class ShardDecoding: ArrayDecoding {
    private let codec: ShardingCodec
    private let layout: ShardLayout
    private let index: ShardIndexDecoder
    private let inner: ChunkDecoder
    /// The inner chunk at hand.
    private var coordinates: [Int]
    /// The inner chunks along each dimension that the scatter can touch.
    private var touched: [ClosedRange<Int>]
    private var part: Scatter

    init(_ codec: ShardingCodec) {
        self.codec = codec
        layout = codec.layout
        index = ShardIndexDecoder(codec.layout)
        inner = ChunkDecoder(codec.layout.innerChain)
        let rank = codec.form.shape.count
        coordinates = [Int](repeating: 0, count: rank)
        touched = [ClosedRange<Int>](repeating: 0...0, count: rank)
        part = Scatter(whole: codec.layout.innerShape)
    }

    private func loadIndex(_ encoded: RawSpan) throws(CodecError) -> Range<Int> {
        guard let range = layout.indexRange(shardByteCount: encoded.byteCount) else {
            throw CodecError(
                .short,
                codec: codec.name,
                "\(encoded.byteCount) bytes have no room for the index of \(layout.indexByteCount)"
            )
        }
        try index.load(encoded.extracting(range))
        return range
    }

    func decode(
        _ encoded: RawSpan,
        _ scatter: Scatter,
        into output: inout MutableRawSpan
    ) throws(CodecError) {
        let indexRange = try loadIndex(encoded)
        if scatter.isEmpty { return }
        for dimension in scatter.axes.indices {
            let axis = scatter.axes[dimension]
            let length = layout.innerShape[dimension]
            let first = axis.start / length
            let last = (axis.start + (axis.count - 1) * axis.step) / length
            touched[dimension] = min(first, last)...max(first, last)
            coordinates[dimension] = touched[dimension].lowerBound
        }
        repeat {
            guard select(scatter) else { continue }
            let range = try place(indexRange, in: encoded.byteCount)
            do throws(CodecError) {
                if let range {
                    try inner.decode(encoded.extracting(range), scatter: part, into: &output)
                } else {
                    try inner.fill(part, into: &output)
                }
            } catch {
                throw located(error)
            }
        } while advance()
    }

    func decodeVariable(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        let indexRange = try loadIndex(encoded)
        var elements = [[UInt8]](repeating: codec.form.fill, count: codec.form.count)
        for dimension in coordinates.indices {
            touched[dimension] = 0...max(0, layout.grid.counts[dimension] - 1)
            coordinates[dimension] = 0
        }
        if elements.isEmpty { return [] }
        repeat {
            guard let range = try place(indexRange, in: encoded.byteCount) else { continue }
            do throws(CodecError) {
                let chunk = try inner.decodeVariable(encoded.extracting(range))
                let box = InnerBox(codec, coordinates)
                for (position, element) in chunk.enumerated() {
                    elements[box.place(of: position)] = element
                }
            } catch {
                throw located(error)
            }
        } while advance()
        return elements
    }

    /// Where the inner chunk at hand lies; `nil` where it is absent.
    private func place(
        _ indexRange: Range<Int>,
        in shardByteCount: Int
    ) throws(CodecError) -> Range<Int>? {
        switch index.entry(layout.entryNumber(at: coordinates)) {
        case .absent: return nil
        case .present(let range)
        where range.upperBound <= shardByteCount && !range.overlaps(indexRange):
            return range
        default:
            throw located(
                CodecError(
                    .corrupt,
                    codec: codec.name,
                    "the index points outside the shard's chunks"
                )
            )
        }
    }

    private func located(_ error: CodecError) -> CodecError {
        let place = coordinates.map(String.init).joined(separator: ",")
        return CodecError(error.code, codec: error.codec, error.message + " (inner chunk \(place))")
    }

    /// Sets the part to what the scatter selects of the inner chunk at hand; `false` for nothing.
    private func select(_ scatter: Scatter) -> Bool {
        part.outputOffset = scatter.outputOffset
        for dimension in scatter.axes.indices {
            let axis = scatter.axes[dimension]
            let length = layout.innerShape[dimension]
            let low = coordinates[dimension] * length
            let numbers = Self.numbers(of: axis, in: low..<(low + length))
            if numbers.isEmpty { return false }
            part.axes[dimension] = Scatter.Axis(
                start: axis.start + numbers.lowerBound * axis.step - low,
                step: axis.step,
                count: numbers.count,
                stride: axis.stride
            )
            if numbers.lowerBound > 0 { part.outputOffset += numbers.lowerBound * axis.stride }
        }
        return true
    }

    /// Which of the axis's elements (the first is 0) lie in `range`.
    private static func numbers(of axis: Scatter.Axis, in range: Range<Int>) -> Range<Int> {
        if axis.count == 1 { return range.contains(axis.start) ? 0..<1 : 0..<0 }
        let step = abs(axis.step)
        // How far the range's near and far ends lie from the start, in the direction of the walk.
        let near = axis.step > 0 ? range.lowerBound - axis.start : axis.start - range.upperBound + 1
        let far = axis.step > 0 ? range.upperBound - 1 - axis.start : axis.start - range.lowerBound
        if far < 0 || step == 0 { return 0..<0 }
        let first = near <= 0 ? 0 : (near + step - 1) / step
        let end = min(axis.count, far / step + 1)
        return first < end ? first..<end : 0..<0
    }

    /// Moves to the next inner chunk; `false` behind the last.
    private func advance() -> Bool {
        for dimension in coordinates.indices.reversed() {
            if coordinates[dimension] < touched[dimension].upperBound {
                coordinates[dimension] += 1
                return true
            }
            coordinates[dimension] = touched[dimension].lowerBound
        }
        return false
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
