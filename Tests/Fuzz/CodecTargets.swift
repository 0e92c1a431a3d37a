import Codecs
import JSONValue
import ZarrModel

extension FuzzTarget {
    /// One codec, in every chain among the samples that it is part of.
    static func codec(_ descriptor: CodecDescriptor) -> FuzzTarget {
        codecs("codec-" + descriptor.name, Sample.all.filter { $0.uses(descriptor) })
    }

    /// Every codec of a kind.
    static func codecs(of kind: CodecDescriptor.Kind) -> FuzzTarget {
        let descriptors = CodecDescriptor.all.filter { $0.kind == kind }
        return codecs(
            "codecs-" + kind.rawValue,
            Sample.all.filter { sample in descriptors.contains { sample.uses($0) } }
        )
    }

    /// An input is the number of a sample, what to do, and the bytes to do it with.
    private static func codecs(_ name: String, _ samples: [Sample]) -> FuzzTarget {
        FuzzTarget(
            name: name,
            seeds: {
                try samples.enumerated().flatMap { number, sample in
                    let encoded = try sample.encoded()
                    return [
                        [UInt8(truncatingIfNeeded: number), 0] + encoded,
                        [UInt8(truncatingIfNeeded: number), 1, 5, 3, 1, 2] + encoded,
                        [UInt8(truncatingIfNeeded: number), 2] + (try sample.whole()),
                    ]
                }
            },
            make: {
                require(!samples.isEmpty, "\(name): no sample in Tests/CodecsTests uses it")
                let trials = try samples.map { try CodecTrial($0) }
                return { input in
                    var reader = InputReader(input)
                    let trial = trials[reader.byte() % trials.count]
                    trial.run(&reader)
                }
            }
        )
    }
}

extension Sample {
    /// Whether what a chunk of any bytes is encoded to decodes to the same bytes.
    fileprivate var isLossless: Bool {
        let lossy = [
            "quantize", "bitround", "fixedscaleoffset", "astype", "packbits", "cast_value",
            "scale_offset", "zfp", "zfpy", "optional", "categorize",
        ]
        return !codecNames.contains { name in lossy.contains { name.hasSuffix($0) } }
    }
}

/// One chain, and the buffers to try it with.
private final class CodecTrial {
    private let sample: Sample
    private let decoder: ChunkDecoder
    private let encoder: ChunkEncoder
    private let byteCount: Int?
    private let isLossless: Bool

    init(_ sample: Sample) throws {
        self.sample = sample
        let chain = try CodecChain(
            specs: sample.specs,
            shape: sample.shape,
            type: sample.type,
            fill: sample.fill,
            limits: CodecLimits(chunkBytes: 16 << 20, variableBytes: 16 << 20)
        )
        decoder = ChunkDecoder(chain)
        encoder = ChunkEncoder(chain)
        byteCount = chain.byteCount
        isLossless = sample.isLossless
    }

    func run(_ reader: inout InputReader) {
        switch reader.number(0...3) {
        case 0: decode(Array(reader.rest))
        case 1: decodePart(&reader)
        case 2: encode(Array(reader.rest))
        default:
            let reports = Array(reader.rest).withRawBytes { decoder.stages(of: $0) }
            require(!reports.isEmpty, "a chunk has stages")
        }
    }

    private func decode(_ encoded: [UInt8]) {
        guard byteCount == nil else {
            _ = try? decoder.decode(encoded)
            return
        }
        guard let elements = try? decoder.decodeVariable(encoded) else { return }
        require(elements.count == sample.shape.reduce(1, *), "a chunk has all its elements")
    }

    /// Decodes a box: elements that are not selected keep their bytes, selected ones are those of the
    /// whole chunk.
    private func decodePart(_ reader: inout InputReader) {
        guard let byteCount, let size = sample.type.byteCount else { return }
        var scatter = Scatter(whole: sample.shape)
        for dimension in scatter.axes.indices {
            let length = sample.shape[dimension]
            let start = reader.number(0...max(0, length - 1))
            let count = reader.number(0...max(0, length - start))
            scatter.axes[dimension].start = start
            scatter.axes[dimension].count = count
        }
        let encoded = Array(reader.rest)
        guard let part = try? decoder.decode(encoded, scatter, count: byteCount, filler: 0x55),
            let whole = try? decoder.decode(encoded)
        else { return }
        let strides = Scatter(whole: sample.shape).axes.map(\.stride)
        // The first selected element is the same in both.
        guard !scatter.isEmpty else {
            require(part.allSatisfy { $0 == 0x55 }, "nothing selected, nothing written")
            return
        }
        let first = zip(scatter.axes, strides).reduce(0) { $0 + $1.0.start * $1.1 } * size
        require(
            part[..<size].elementsEqual(whole[first..<(first + size)]),
            "a part decodes to what the whole has there"
        )
    }

    /// Encodes whatever there is, cut or repeated to the size of a chunk.
    private func encode(_ bytes: [UInt8]) {
        guard let byteCount else {
            encodeElements(bytes)
            return
        }
        guard byteCount > 0, !bytes.isEmpty else { return }
        var chunk = (0..<byteCount).map { bytes[$0 % bytes.count] }
        if sample.type == .bool { chunk = chunk.map { $0 & 1 } }
        guard let encoded = try? encoder.encode(chunk) else { return }
        if !isLossless {
            _ = try? decoder.decode(encoded)
            return
        }
        require((try? decoder.decode(encoded)) == chunk, "what was encoded decodes to what it was")
    }

    /// Elements of any length: what lies between zeros.
    private func encodeElements(_ bytes: [UInt8]) {
        let pieces = bytes.split(separator: 0, omittingEmptySubsequences: false).map { Array($0) }
        let count = sample.shape.reduce(1, *)
        let elements = (0..<count).map { $0 < pieces.count ? pieces[$0] : sample.fill }
        guard let encoded = try? encoder.encodeVariable(elements) else { return }
        let again = try? decoder.decodeVariable(encoded)
        // Texts of bytes that are no UTF-8 are written as they are, and not read.
        if isLossless, sample.type == .bytes || sample.type == .string && again != nil {
            require(again == elements, "elements decode as encoded")
        }
    }
}
