import Codecs
import JSONValue
import Testing
import ZarrModel

/// What other programs write and this one reads.
struct StreamTests {
    private static func decode(
        _ specs: [CodecSpec],
        _ encoded: [UInt8],
        count: Int
    ) throws(CodecError) -> [UInt8] {
        let chain = try CodecChain(
            specs: [.v3("bytes")] + specs,
            shape: [count],
            type: .integer(.uint8)
        )
        return try ChunkDecoder(chain).decode(encoded)
    }

    private static func encode(_ specs: [CodecSpec], _ bytes: [UInt8]) throws -> [UInt8] {
        let chain = try CodecChain(
            specs: [.v3("bytes")] + specs,
            shape: [bytes.count],
            type: .integer(.uint8)
        )
        return try ChunkEncoder(chain).encode(bytes)
    }

    @Test(arguments: ["gzip", "bz2", "lzma", "zstd"])
    func `streams one behind the other are one`(_ name: String) throws {
        let parts = [[UInt8].sample(1000, seed: 1), .sample(10, seed: 2), .sample(3000, seed: 3)]
        let encoded = try parts.flatMap { try Self.encode([.v2(name)], $0) }
        #expect(try Self.decode([.v2(name)], encoded, count: 4010) == parts.flatMap(\.self))
    }

    @Test
    func `zeros behind a gzip stream are padding`() throws {
        let bytes = [UInt8].sample(500)
        let encoded = try Self.encode([.v3("gzip")], bytes) + [0, 0, 0]
        #expect(try Self.decode([.v3("gzip")], encoded, count: 500) == bytes)
    }

    @Test
    func `a gzip stream whose CRC differs is corrupt`() throws {
        var encoded = try Self.encode([.v3("gzip")], .sample(500))
        encoded[encoded.count - 8] ^= 1
        let error = #expect(throws: CodecError.self) {
            try Self.decode([.v3("gzip")], encoded, count: 500)
        }
        #expect(error?.code == .corrupt)
    }

    @Test
    func `a zstd frame without content size and one that is skipped are read`() throws {
        // Magic, window of 1 MiB and no content size, one raw block of four bytes, the last.
        let frame: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50, 0x21, 0, 0, 9, 8, 7, 6]
        let skipped: [UInt8] = [0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
        #expect(try Self.decode([.v3("zstd")], skipped + frame, count: 4) == [9, 8, 7, 6])
    }

    @Test
    func `numcodecs' lz4 is a length and a block`() throws {
        let encoded: [UInt8] = [5, 0, 0, 0, 0x50, 1, 2, 3, 4, 5]
        #expect(try Self.decode([.v2("lz4")], encoded, count: 5) == [1, 2, 3, 4, 5])
    }

    @Test
    func `checksums lie where each codec puts them`() throws {
        let digits = Array("123456789".utf8)
        #expect(
            try Self.encode([.v3("crc32c")], digits) == digits + [0x83, 0x92, 0x06, 0xe3]
        )
        #expect(
            try Self.encode([.v2("crc32")], digits) == [0x26, 0x39, 0xf4, 0xcb] + digits
        )
        #expect(
            try Self.encode([.v2("adler32")], digits) == [0xde, 0x01, 0x1e, 0x09] + digits
        )
        #expect(
            try Self.encode([.v2("crc32", ["location": "end"])], digits)
                == digits + [0x26, 0x39, 0xf4, 0xcb]
        )
    }

    @Test
    func `v2's crc32c is read at either end`() throws {
        let digits = Array("123456789".utf8)
        let sum: [UInt8] = [0x83, 0x92, 0x06, 0xe3]
        #expect(try Self.decode([.v2("crc32c")], sum + digits, count: 9) == digits)
        #expect(try Self.decode([.v2("crc32c")], digits + sum, count: 9) == digits)
        #expect(throws: CodecError.self) {
            try Self.decode([.v3("crc32c")], sum + digits, count: 9)
        }
    }

    @Test
    func `a transposed array has dimension order[i] in place i`() throws {
        let chain = try CodecChain(
            specs: [.v3("transpose", ["order": [2, 0, 1]]), .v3("bytes")],
            shape: [2, 3, 4],
            type: .integer(.uint8)
        )
        let encoded = try ChunkEncoder(chain).encode((0..<24).map { UInt8($0) })
        // Encoded shape 4, 2, 3: its element (k, i, j) is (i, j, k).
        #expect(encoded[..<8] == [0, 4, 8, 12, 16, 20, 1, 5])
    }

    @Test
    func `order F runs v2's filters over the elements as they are stored`() throws {
        let chain = try CodecChain(
            specs: [
                .v3("transpose", ["order": [1, 0]]), .bytes(), .v2("delta", ["dtype": "|i1"]),
            ],
            shape: [2, 3],
            type: .integer(.int8)
        )
        let encoded = try ChunkEncoder(chain).encode([1, 2, 3, 10, 20, 30])
        #expect(encoded.map { Int8(bitPattern: $0) } == [1, 9, -8, 18, -17, 27])
        #expect(try ChunkDecoder(chain).decode(encoded) == [1, 2, 3, 10, 20, 30])
    }

    @Test(arguments: [[], [CodecSpec.v3("zstd")]])
    func `a boolean that is stored as anything but 0 is true`(_ specs: [CodecSpec]) throws {
        let chain = try CodecChain(specs: [.v3("bytes")] + specs, shape: [4], type: .bool)
        let encoded = try Self.encode(specs, [0, 1, 2, 255])
        #expect(try ChunkDecoder(chain).decode(encoded) == [0, 1, 1, 1])
    }

    @Test
    func `blosc without a type size is read`() throws {
        let spec = CodecSpec.v3("blosc", ["cname": "lz4", "clevel": 5, "shuffle": "shuffle"])
        let bytes = [UInt8].sample(4000)
        #expect(try Self.decode([spec], try Self.encode([spec], bytes), count: 4000) == bytes)
    }

    @Test
    func `objects are kept as their JSON text`() throws {
        let chain = try CodecChain(specs: [.v2("json2")], shape: [2, 2], type: .object)
        let encoded = Array(#"[["a", [1]], [{"b": NaN}, null], "|O", [2, 2]]"#.utf8)
        let texts = try ChunkDecoder(chain).decodeVariable(encoded)
        #expect(
            texts.map { String(decoding: $0, as: UTF8.self) } == [
                #""a""#, "[1]", #"{"b":NaN}"#, "null",
            ]
        )
    }
}
