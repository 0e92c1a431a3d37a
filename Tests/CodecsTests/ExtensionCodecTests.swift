import Codecs
import JSONValue
import Testing
import ZarrModel

/// The registered extensions, byte by byte.
struct ExtensionCodecTests {
    private static func chain(
        _ specs: [CodecSpec],
        _ type: DataType,
        _ shape: [Int],
        fill: [UInt8] = []
    ) throws(CodecError) -> CodecChain {
        try CodecChain(specs: specs, shape: shape, type: type, fill: fill)
    }

    private static func encode(
        _ specs: [CodecSpec],
        _ type: DataType,
        _ bytes: [UInt8]
    ) throws -> [UInt8] {
        let count = bytes.count / (type.byteCount ?? 1)
        return try ChunkEncoder(try chain(specs, type, [count])).encode(bytes)
    }

    // MARK: packbits

    @Test
    func `packbits puts the first element into the lowest bits`() throws {
        let booleans: [UInt8] = [1, 0, 0, 1, 1, 0, 0, 0, 0, 1]
        #expect(try Self.encode([.v3("packbits")], .bool, booleans) == [0b0001_1001, 0b10])
        let numbers: [UInt8] = [1, 2, 3]
        #expect(try Self.encode([.v3("packbits")], .integer(.uint4), numbers) == [0x21, 0x03])
        for (place, expected): (String, [UInt8]) in [
            ("first_byte", [4, 0x21, 0x03]), ("last_byte", [0x21, 0x03, 4]),
        ] {
            let spec = CodecSpec.v3("packbits", ["padding_encoding": .string(place)])
            #expect(try Self.encode([spec], .integer(.uint4), numbers) == expected)
        }
    }

    @Test
    func `packbits extends the sign of what it kept, and drops the rest`() throws {
        let spec = CodecSpec.v3("packbits", ["first_bit": 1, "last_bit": 3])
        let signed = try Self.chain([spec], .integer(.int8), [4])
        // -2 is 0b11111110: of its bits 1 to 3, 0b111 stays, which is -2 again; 4 stays 4 - 8 wraps.
        let encoded = try ChunkEncoder(signed).encode([254, 4, 2, 8])
        #expect(try ChunkDecoder(signed).decode(encoded) == [254, 4, 2, 248])
        let unsigned = try Self.chain([spec], .integer(.uint8), [4])
        #expect(try ChunkDecoder(unsigned).decode(encoded) == [14, 4, 2, 8])
    }

    @Test
    func `packbits' padding must be what it says and 0`() throws {
        let spec = CodecSpec.v3("packbits", ["padding_encoding": "first_byte"])
        let decoder = ChunkDecoder(try Self.chain([spec], .integer(.uint4), [3]))
        #expect(try decoder.decode([4, 0x21, 0x03]) == [1, 2, 3])
        for encoded: [UInt8] in [[3, 0x21, 0x03], [4, 0x21, 0x13], [0x21, 0x03], []] {
            #expect(throws: CodecError.self) { try decoder.decode(encoded) }
        }
    }

    @Test
    func `packbits of whole bytes is read with its padding byte or without`() throws {
        let spec = CodecSpec.v3("packbits", ["padding_encoding": "last_byte"])
        let decoder = ChunkDecoder(try Self.chain([spec], .integer(.uint8), [2]))
        #expect(try decoder.decode([7, 8, 0]) == [7, 8])
        #expect(try decoder.decode([7, 8]) == [7, 8])
    }

    // MARK: reshape

    @Test(
        arguments: [
            ([[0, 1], 4, -1], [60, 4, 2]), ([-1], [480]), ([[0], [1], [2]], [6, 10, 8]),
            ([[0], 10, 1, [2]], [6, 10, 1, 8]), ([480, []], [480, 1]),
        ] as [(JSONValue, [Int])]
    )
    func `reshape keeps the order of the elements`(shape: JSONValue, expected: [Int]) throws {
        let chain = try Self.chain(
            [.v3("reshape", ["shape": shape]), .v3("bytes")],
            .integer(.uint8),
            [6, 10, 8]
        )
        let bytes = [UInt8].sample(480)
        #expect(try ChunkEncoder(chain).encode(bytes) == bytes)
        #expect(try ChunkDecoder(chain).decode(bytes) == bytes)
        // What follows is given that shape: a permutation of as many dimensions fits, others do not.
        for rank in 1...5 {
            let order = JSONValue.array((0..<rank).map { .integer($0) })
            let longer = [
                CodecSpec.v3("reshape", ["shape": shape]), .v3("transpose", ["order": order]),
                .v3("bytes"),
            ]
            let isMade = (try? Self.chain(longer, .integer(.uint8), [6, 10, 8])) != nil
            #expect(isMade == (rank == expected.count))
        }
    }

    @Test(
        arguments: [
            [[1], [0], [2]], [[1, 0], [2]], [7, -1], [-1, -1], [6, 10, 9], [[0], [3]], [0, -1],
            [[0, 2], 10], [48, [1]], "flat", [6, [[1]], 8],
        ] as [JSONValue]
    )
    func `a shape that would move elements or does not fit is refused`(shape: JSONValue) {
        #expect(throws: CodecError.self) {
            try Self.chain(
                [.v3("reshape", ["shape": shape]), .v3("bytes")],
                .integer(.uint8),
                [6, 10, 8]
            )
        }
    }

    // MARK: n5_default

    private static let n5 = CodecSpec.v3(
        "n5_default",
        [
            "codecs": [
                ["name": "transpose", "configuration": ["order": [1, 0]]],
                ["name": "bytes", "configuration": ["endian": "big"]],
            ]
        ]
    )

    @Test
    func `an N5 block has its shape in front, and its numbers column by column`() throws {
        let chain = try Self.chain([Self.n5], .integer(.int16), [2, 3])
        let encoded = try ChunkEncoder(chain).encode([1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0])
        #expect(encoded[..<12] == [0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3])
        #expect(encoded[12...] == [0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6])
    }

    @Test
    func `an N5 block of another shape is cut or padded with fill`() throws {
        let chain = try Self.chain([Self.n5], .integer(.uint8), [2, 3], fill: [9])
        let decoder = ChunkDecoder(chain)
        let header: [UInt8] = [0, 0, 0, 2, 0, 0, 0]
        #expect(try decoder.decode(header + [1, 0, 0, 0, 2, 7, 8]) == [7, 8, 9, 9, 9, 9])
        #expect(
            try decoder.decode(header + [3, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6]) == [1, 4, 9, 2, 5, 9]
        )
        for wrong: [UInt8] in [
            [0, 1, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6],
            [0, 0, 0, 1, 0, 0, 0, 6, 1, 2, 3, 4, 5, 6],
            header + [0, 0, 0, 0, 3], header + [1, 0, 0, 0, 2, 7], header,
            [0, 0, 0, 2, 255, 255, 255, 255, 255, 255, 255, 255],
        ] {
            #expect(throws: CodecError.self) { try decoder.decode(wrong) }
        }
    }

    @Test
    func `an N5 chain is a whole transpose, big-endian bytes and one codec at most`() {
        let bytes: JSONValue = ["name": "bytes", "configuration": ["endian": "big"]]
        let turned: JSONValue = ["name": "transpose", "configuration": ["order": [1, 0]]]
        for codecs: JSONValue in [
            [bytes], [turned, ["name": "bytes", "configuration": ["endian": "little"]]],
            [["name": "transpose", "configuration": ["order": [0, 1]]], bytes],
            [turned, bytes, "gzip", "crc32c"],
        ] {
            #expect(throws: CodecError.self) {
                try Self.chain(
                    [.v3("n5_default", ["codecs": codecs])],
                    .integer(.int16),
                    [2, 3]
                )
            }
        }
    }

    // MARK: conditional

    @Test
    func `conditional says for each codec whether it was applied`() throws {
        let spec = CodecSpec.v3("conditional", ["codecs": ["crc32c", "gzip"]])
        let noise: [UInt8] = [9, 1, 7, 3]
        #expect(try Self.encode([.v3("bytes"), spec], .integer(.uint8), noise) == [0] + noise)
        let zeros = [UInt8](repeating: 0, count: 1000)
        let small = try Self.encode([.v3("bytes"), spec], .integer(.uint8), zeros)
        #expect(small[0] == 3)
        #expect(small.count < 100)
        let chain = try Self.chain([.v3("bytes"), spec], .integer(.uint8), [4])
        let sum = try Self.encode([.v3("bytes"), .v3("crc32c")], .integer(.uint8), noise)
        #expect(try ChunkDecoder(chain).decode([1] + sum) == noise)
        let gzip = try Self.encode([.v3("bytes"), .v3("gzip")], .integer(.uint8), noise)
        #expect(try ChunkDecoder(chain).decode([2] + gzip) == noise)
        for wrong: [UInt8] in [[4] + noise, [1] + noise, [0] + noise + [1], [0], []] {
            #expect(throws: CodecError.self) { try ChunkDecoder(chain).decode(wrong) }
        }
    }

    @Test
    func `conditional's header can have room for more codecs`() throws {
        let spec = CodecSpec.v3("conditional", ["codecs": ["gzip"], "header_bits": 16])
        let encoded = try Self.encode([.v3("bytes"), spec], .integer(.uint8), [5])
        #expect(encoded == [0, 0, 5])
        for bits: JSONValue in [0, 4, 12, -8] {
            #expect(throws: CodecError.self) {
                try Self.chain(
                    [.v3("bytes"), .v3("conditional", ["codecs": ["gzip"], "header_bits": bits])],
                    .integer(.uint8),
                    [1]
                )
            }
        }
    }

    // MARK: optional

    @Test
    func `an optional chunk has its mask, then the values that are there`() throws {
        let spec = CodecSpec.v3(
            "zarrs.optional",
            ["mask_codecs": ["packbits"], "data_codecs": ["bytes"]]
        )
        let chain = try Self.chain([spec], .optional(.integer(.uint8)), [2, 2])
        let stored: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 9, 0, 5]
        let decoded: [UInt8] = [0, 1, 0, 0, 0, 0, 5, 1]
        #expect(try ChunkDecoder(chain).decode(stored) == decoded)
        #expect(try ChunkEncoder(chain).encode(decoded) == stored)
        let nothing = try ChunkEncoder(chain).encode([UInt8](repeating: 0, count: 8))
        #expect(nothing.count == 17)
        #expect(try ChunkDecoder(chain).decode(nothing) == [UInt8](repeating: 0, count: 8))
        for wrong in [
            Array(stored.dropLast()), stored + [1], nothing + [1],
            [255, 255, 255, 255, 255, 255, 255, 255] + stored[8...],
        ] {
            #expect(throws: CodecError.self) { try ChunkDecoder(chain).decode(wrong) }
        }
    }

    // MARK: categorize

    @Test
    func `categorize has the number of a label, 0 for none`() throws {
        let spec = CodecSpec.v2(
            "categorize",
            ["labels": ["a", "bc"], "dtype": "<U2", "astype": "<u2"]
        )
        let chain = try Self.chain([.bytes(), spec], .fixedText(length: 2), [3])
        let texts: [UInt8] =
            [98, 0, 0, 0, 99, 0, 0, 0] + [UInt8](repeating: 0, count: 8)
            + [97, 0, 0, 0, 0, 0, 0, 0]
        #expect(try ChunkEncoder(chain).encode(texts) == [2, 0, 0, 0, 1, 0])
        #expect(try ChunkDecoder(chain).decode([2, 0, 7, 0, 1, 0]) == texts)
        let objects = try Self.chain(
            [.v2("categorize", ["labels": ["a", "bc"], "dtype": "|O"])],
            .string,
            [3]
        )
        #expect(
            try ChunkDecoder(objects).decodeVariable([1, 0, 2]) == [Array("a".utf8), [], [98, 99]]
        )
        #expect(throws: CodecError.self) {
            try ChunkEncoder(objects).encodeVariable([[97], [], [120]])
        }
    }

    // MARK: bitround

    @Test
    func `v2's bitround rounds floats in the order that their bytes have`() throws {
        for order in ["little", "big"] {
            let chain = try Self.chain(
                [.bytes(order), .v2("bitround", ["keepbits": 3])],
                .float(.float32),
                [2]
            )
            let bits = [Float(1.3), -1000].map(\.bitPattern)
            let bytes = bits.flatMap { bits in
                (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
            }
            let decoded = try ChunkDecoder(chain).decode(try ChunkEncoder(chain).encode(bytes))
            let floats = [0, 4].map { at in
                Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(decoded[at + $1]) << (8 * $1) })
            }
            #expect(floats == [1.25, -1024])
        }
    }
}
