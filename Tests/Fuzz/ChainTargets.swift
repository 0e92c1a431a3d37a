import Codecs
import ZarrModel

extension FuzzTarget {
    /// A document and a chunk of the array that it tells of, a zero between them: any
    /// configuration, any bytes.
    static let chains = FuzzTarget(
        name: "chains",
        seeds: {
            try Sample.all.compactMap { sample in
                guard let document = Documents.document(of: sample) else { return nil }
                return document + [0] + (try sample.encoded())
            }
                + Documents.v2.map { $0 + [0, 1, 2, 3] }
        },
        words: Documents.words,
        make: { Self.decodeChunk }
    )

    private static func decodeChunk(_ input: [UInt8]) {
        let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let document = Array(parts[0])
        let encoded = parts.count > 1 ? Array(parts[1]) : []
        for metadata in [try? ArrayMetadata(v3: document), try? ArrayMetadata(v2: document)] {
            guard let metadata else { continue }
            let limits = CodecLimits(chunkBytes: 16 << 20, variableBytes: 4 << 20)
            guard let chain = try? CodecChain(metadata: metadata, limits: limits) else { continue }
            let decoder = ChunkDecoder(chain)
            _ = chain.encodedByteCount
            _ = chain.shardLayout
            guard let byteCount = chain.byteCount, let size = metadata.dataType.byteCount else {
                let elements = try? decoder.decodeVariable(encoded)
                require(
                    elements == nil || elements?.count == metadata.chunkShape.checkedProduct(),
                    "a chunk has all its elements"
                )
                continue
            }
            if byteCount <= 1 << 20 {
                _ = try? decoder.decode(encoded)
            }
            if byteCount > 0, size <= 1 << 20 {
                let one = Scatter(
                    axes: metadata.chunkShape.map { .init(start: $0 / 2, count: 1, stride: 1) }
                )
                _ = try? decoder.decode(encoded, one, count: size)
            }
        }
    }

    /// The index of a shard of 3 × 4 inner chunks, in each form.
    static let shardIndex = FuzzTarget(
        name: "shard-index",
        seeds: {
            try Self.layouts().enumerated().map { number, sample in
                let encoded = try sample.encoded()
                return [UInt8(number)] + encoded
            }
        },
        make: {
            let layouts = try Self.layouts().map { try $0.chain() }
            let decoders = layouts.compactMap(\.shardLayout).map { ShardIndexDecoder($0) }
            return { input in
                var reader = InputReader(input)
                let number = reader.byte() % decoders.count
                Self.readIndex(Array(reader.rest), with: decoders[number])
                _ = try? ChunkDecoder(layouts[number]).decode(Array(reader.rest))
            }
        }
    )

    private static func layouts() throws -> [Sample] {
        [("end", true), ("start", true), ("end", false), ("start", false)].flatMap { place, crc in
            ["little", "big"].map { endian in
                Sample(
                    name: "index",
                    specs: [
                        Sample.sharding(
                            [2, 2],
                            ["bytes"],
                            location: place,
                            index: .array(
                                [["name": "bytes", "configuration": ["endian": .string(endian)]]]
                                    + (crc ? ["crc32c"] : [])
                            )
                        )
                    ],
                    shape: [6, 8],
                    type: .integer(.uint8)
                )
            }
        }
    }

    private static func readIndex(_ shard: [UInt8], with decoder: ShardIndexDecoder) {
        guard let range = decoder.layout.indexRange(shardByteCount: shard.count),
            let index = try? Array(shard[range]).withRawBytes({ try decoder.decode($0) })
        else { return }
        require(index.count == decoder.layout.grid.total, "an index has an entry for each chunk")
        for number in 0..<index.count {
            if case .present(let range) = index[number] {
                require(range.lowerBound >= 0, "a chunk lies in the shard")
            }
        }
    }
}
