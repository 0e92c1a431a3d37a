import Codecs
import JSONValue
import Testing
import ZarrModel

struct ShardingTests {
    private static let little: JSONValue = [
        ["name": "bytes", "configuration": ["endian": "little"]]
    ]

    /// A shard of bytes whose inner chunks of 2 lie where `entries` say; 1, 2, 3… are its bytes.
    private static func shard(
        _ entries: [(UInt64, UInt64)],
        dataCount: Int,
        indexFirst: Bool = false
    ) -> [UInt8] {
        let index = entries.flatMap { offset, length in
            [offset, length].flatMap { word in
                (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
            }
        }
        let data = (0..<dataCount).map { UInt8($0 + 1) }
        return indexFirst ? index + data : data + index
    }

    private static func chain(
        _ shape: [Int],
        _ inner: [Int],
        location: String = "end"
    ) throws -> CodecChain {
        try CodecChain(
            specs: [Sample.sharding(inner, little, location: location, index: little)],
            shape: shape,
            type: .integer(.uint8),
            fill: [77]
        )
    }

    private static let absent: (UInt64, UInt64) = (.max, .max)

    @Test
    func `an inner chunk that is absent reads as fill, not as zero`() throws {
        let chain = try Self.chain([6], [2])
        let shard = Self.shard([(2, 2), Self.absent, (0, 2)], dataCount: 4)
        #expect(try ChunkDecoder(chain).decode(shard) == [3, 4, 77, 77, 1, 2])
    }

    @Test
    func `offsets count from the start of the shard when the index lies there`() throws {
        let chain = try Self.chain([4], [2], location: "start")
        let shard = Self.shard([(34, 2), (32, 2)], dataCount: 4, indexFirst: true)
        #expect(try ChunkDecoder(chain).decode(shard) == [3, 4, 1, 2])
    }

    @Test
    func `inner chunks may share bytes and leave gaps`() throws {
        let chain = try Self.chain([6], [2])
        let shard = Self.shard([(5, 2), (6, 2), (5, 2)], dataCount: 9)
        #expect(try ChunkDecoder(chain).decode(shard) == [6, 7, 7, 8, 6, 7])
    }

    @Test(arguments: [
        (UInt64.max, UInt64(2)), (0, .max), (3, 2), (4, 2), (100, 2), (0, 0), (0, 1), (0, 3),
        (1 << 63, 2), (.max - 1, 2), (4, .max - 3),
    ])
    func `an index that points elsewhere is an error`(_ offset: UInt64, _ length: UInt64) throws {
        let chain = try Self.chain([4], [2])
        let shard = Self.shard([(0, 2), (offset, length)], dataCount: 4)
        let error = #expect(throws: CodecError.self) { try ChunkDecoder(chain).decode(shard) }
        #expect(error?.message.contains("inner chunk 1") == true)
    }

    @Test
    func `a grid of different counts is counted in C order`() throws {
        let chain = try Self.chain([3, 1, 4], [1, 1, 2])
        let entries = (0..<6).map { (UInt64($0 * 2), UInt64(2)) }
        let decoded = try ChunkDecoder(chain).decode(Self.shard(entries, dataCount: 12))
        #expect(decoded == (1...12).map { UInt8($0) })
        let layout = try #require(chain.shardLayout)
        #expect(layout.grid.counts == [3, 1, 2])
        #expect(layout.entryNumber(of: ChunkIndex([2, 0, 1])) == 5)
        #expect(layout.entryNumber(of: ChunkIndex([0, 1, 0])) == nil)
    }

    @Test
    func `an inner chunk read by its range is the one in the whole shard`() throws {
        for sample in Sample.all where sample.name.contains("shard") && !sample.isVariable {
            let chain = try sample.chain()
            guard let layout = chain.shardLayout else {
                #expect(sample.name == "shard in gzip")
                continue
            }
            let shard = try sample.encoded()
            let chunk = try sample.chunk()
            let size = try #require(chain.type.byteCount)
            let range = try #require(layout.indexRange(shardByteCount: shard.count))
            let index = try Array(shard[range]).withRawBytes { bytes in
                try ShardIndexDecoder(layout).decode(bytes)
            }
            #expect(index.count == layout.grid.total)
            var absent = 0
            for number in 0..<layout.grid.total {
                let inner = layout.grid.index(at: number)
                let expected = Self.box(
                    chunk,
                    chain.shape,
                    inner.coordinates,
                    layout.innerShape,
                    size: size
                )
                switch index[try #require(layout.entryNumber(of: inner))] {
                case .present(let place):
                    let bytes = Array(shard[place])
                    #expect(
                        try ChunkDecoder(layout.innerChain).decode(bytes) == expected,
                        "\(sample.name) \(inner)"
                    )
                case .absent:
                    absent += 1
                    #expect(Set(expected) == [0x0b])
                case .invalid: Issue.record("\(sample.name) \(inner) is invalid")
                }
            }
            #expect(absent < layout.grid.total)
        }
    }

    /// Inner chunk `coordinates` of a chunk, one element at a time.
    private static func box(
        _ chunk: [UInt8],
        _ shape: [Int],
        _ coordinates: [Int],
        _ inner: [Int],
        size: Int
    ) -> [UInt8] {
        var places = [0]
        for dimension in shape.indices {
            places = places.flatMap { place in
                (0..<inner[dimension]).map {
                    place * shape[dimension] + coordinates[dimension] * inner[dimension] + $0
                }
            }
        }
        return places.flatMap { chunk[($0 * size)..<(($0 + 1) * size)] }
    }

    @Test
    func `a wrong checksum of the index is noticed`() throws {
        let sample = try #require(Sample.all.first { $0.name == "shard" })
        var shard = try sample.encoded()
        shard[shard.count - 20] ^= 1
        let error = #expect(throws: CodecError.self) {
            try sample.decode(shard, with: ChunkDecoder(try sample.chain()))
        }
        #expect(error?.code == .checksum)
    }

    @Test
    func `shards nested too deep are refused`() throws {
        var codecs = Self.little
        for _ in 0..<40 {
            codecs = [
                [
                    "name": "sharding_indexed",
                    "configuration": [
                        "chunk_shape": [2], "codecs": codecs, "index_codecs": Self.little,
                    ],
                ]
            ]
        }
        let specs = [Sample.sharding([2], codecs, index: Self.little)]
        #expect(throws: CodecError.self) {
            try CodecChain(specs: specs, shape: [2], type: .integer(.uint8))
        }
    }
}
