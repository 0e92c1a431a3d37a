import Codecs
import JSONValue
import Testing
import ZarrModel

/// Boxes of chunks, against what one element at a time gives.
struct ScatterTests {
    static let samples = Sample.all.filter { !$0.isVariable && $0.isExact }

    @Test(arguments: samples)
    func `any box of a chunk lands where it belongs, and nothing else changes`(
        _ sample: Sample
    ) throws {
        let chain = try sample.chain()
        let chunk = try sample.chunk()
        let encoded = try sample.encoded()
        let decoder = ChunkDecoder(chain)
        let size = try #require(chain.type.byteCount)
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let (scatter, count) = Self.scatter(chain.shape, &generator)
            let expected = Self.naive(chunk, chain.shape, scatter, size: size, count: count * size)
            let got = try decoder.decode(encoded, scatter, count: count * size)
            #expect(got == expected, "\(scatter)")
        }
    }

    @Test
    func `large planes are transposed tile by tile`() throws {
        for type: DataType in [
            .integer(.uint8), .integer(.uint16), .integer(.uint32), .integer(.uint64),
            .complex(.float64), .rawBits(byteCount: 3),
        ] {
            for endian in ["little", "big"] {
                let shape = [67, 3, 130]
                let chain = try CodecChain(
                    specs: [.v3("transpose", ["order": [2, 1, 0]]), .bytes(endian)],
                    shape: shape,
                    type: type
                )
                let size = try #require(type.byteCount)
                let chunk = [UInt8].sample(67 * 3 * 130 * size)
                let encoded = try ChunkEncoder(chain).encode(chunk)
                #expect(try ChunkDecoder(chain).decode(encoded) == chunk, "\(type) \(endian)")
                var unit = type.swapUnit ?? 1
                if endian == "little" { unit = 1 }
                // Element (i, j, k) lies at (k, j, i) in the encoded array.
                for (i, j, k) in [(0, 0, 1), (66, 2, 129), (31, 1, 64), (65, 0, 127)] {
                    let from = ((k * 3 + j) * 67 + i) * size
                    let to = ((i * 3 + j) * 130 + k) * size
                    for byte in 0..<size {
                        let swapped = byte / unit * unit + unit - 1 - byte % unit
                        #expect(encoded[from + swapped] == chunk[to + byte])
                    }
                }
            }
        }
    }

    @Test
    func `fields of different byte orders are swapped one by one`() throws {
        let type = DataType.structure([
            StructField(name: "a", type: .integer(.uint16)),
            StructField(name: "b", type: .fixedBytes(byteCount: 1)),
            StructField(name: "c", type: .float(.float32), shape: [2]),
        ])
        let mixed = CodecSpec.v3("bytes", ["field_endian": ["big", "little", "big"]])
        for spec in [mixed, .bytes("big")] {
            let chain = try CodecChain(specs: [spec], shape: [2], type: type)
            let stored: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
            let element: [UInt8] = [2, 1, 3, 7, 6, 5, 4, 11, 10, 9, 8]
            #expect(try ChunkDecoder(chain).decode(stored + stored) == element + element)
            #expect(try ChunkEncoder(chain).encode(element + element) == stored + stored)
        }
    }

    @Test
    func `a scatter that reaches outside is refused`() throws {
        let chain = try CodecChain(specs: [.bytes()], shape: [4, 4], type: .integer(.uint16))
        let decoder = ChunkDecoder(chain)
        let encoded = [UInt8](repeating: 1, count: 32)
        let fine = Scatter.Axis(start: 0, count: 4, stride: 1)
        for (axis, offset) in [
            (Scatter.Axis(start: 1, count: 4, stride: 4), 0),
            (.init(start: -1, count: 2, stride: 4), 0), (.init(start: 0, count: 4, stride: 5), 0),
            (.init(start: 0, count: 4, stride: 4), 1), (.init(start: 0, count: 4, stride: 4), -1),
            (.init(start: 3, step: -2, count: 3, stride: 4), 0),
            (.init(start: 0, step: .max, count: 3, stride: 4), 0),
            (.init(start: 0, count: 2, stride: .max), 0),
            (.init(start: 0, count: .max, stride: 0), 0),
            (.init(start: 0, count: 2, stride: 4), .max),
        ] {
            #expect(throws: CodecError.self, "\(axis) \(offset)") {
                try decoder.decode(
                    encoded,
                    Scatter(axes: [axis, fine], outputOffset: offset),
                    count: 32
                )
            }
        }
        #expect(throws: CodecError.self) {
            try decoder.decode(encoded, Scatter(axes: [fine]), count: 32)
        }
    }

    @Test
    func `an absent chunk is set to the fill value`() throws {
        let chain = try CodecChain(
            specs: [.bytes("big")],
            shape: [4, 4],
            type: .integer(.uint16),
            fill: [1, 2]
        )
        var output = [UInt8](repeating: 9, count: 32)
        let scatter = Scatter(
            axes: [.init(start: 0, count: 2, stride: 8), .init(start: 1, count: 2, stride: 1)],
            outputOffset: 1
        )
        try output.withMutableRawBytes { bytes in
            try ChunkDecoder(chain).fill(scatter, into: &bytes)
        }
        let row: [UInt8] = [9, 9, 1, 2, 1, 2] + [UInt8](repeating: 9, count: 10)
        #expect(output == row + row)
    }

    /// A box with steps, and the elements of an output that has room for it.
    private static func scatter(
        _ shape: [Int],
        _ generator: inout SeededGenerator
    ) -> (Scatter, Int) {
        var axes: [Scatter.Axis] = []
        for length in shape {
            let start = Int.random(in: 0..<length, using: &generator)
            var step = [1, 1, 1, 2, 3, -1, -2].randomElement(using: &generator) ?? 1
            if Int.random(in: 0..<3, using: &generator) == 0 {
                axes.append(.init(start: 0, count: length, stride: 0))
                continue
            }
            let room = step > 0 ? (length - 1 - start) / step : start / -step
            let count = Int.random(in: 0...room, using: &generator) + 1
            if count == 1, Bool.random(using: &generator) { step = 1 }
            axes.append(.init(start: start, step: step, count: count, stride: 0))
        }
        var stride = 1
        for dimension in axes.indices.shuffled(using: &generator) {
            axes[dimension].stride = stride
            stride *= axes[dimension].count + Int.random(in: 0...1, using: &generator)
        }
        let offset = Int.random(in: 0...3, using: &generator)
        return (Scatter(axes: axes, outputOffset: offset), stride + offset)
    }

    private static func naive(
        _ chunk: [UInt8],
        _ shape: [Int],
        _ scatter: Scatter,
        size: Int,
        count: Int
    ) -> [UInt8] {
        var places = [(0, scatter.outputOffset)]
        for (axis, length) in zip(scatter.axes, shape) {
            places = places.flatMap { source, target in
                (0..<axis.count).map {
                    (source * length + axis.start + $0 * axis.step, target + $0 * axis.stride)
                }
            }
        }
        var output = [UInt8](repeating: 0xaa, count: count)
        for (source, target) in places {
            for byte in 0..<size { output[target * size + byte] = chunk[source * size + byte] }
        }
        return output
    }
}
