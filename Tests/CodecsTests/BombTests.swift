import Codecs
import JSONValue
import Testing
import ZarrModel

/// Few bytes that claim to be, or are, very many.
struct BombTests {
    private static let huge = 1 << 30

    private static func bomb(_ spec: CodecSpec) throws -> [UInt8] {
        let chain = try CodecChain(
            specs: [.v3("bytes"), spec],
            shape: [16 << 20],
            type: .integer(.uint8)
        )
        return try ChunkEncoder(chain).encode([UInt8](repeating: 0, count: 16 << 20))
    }

    @Test(arguments: ["zstd", "gzip", "zlib", "bz2", "lzma", "blosc", "lz4"])
    func `a chunk that decodes to more than it may is refused at the limit`(
        _ name: String
    ) throws {
        let bomb = try Self.bomb(.v2(name))
        let small = try CodecChain(
            specs: [.v3("bytes"), .v2(name)],
            shape: [1000],
            type: .integer(.uint8)
        )
        let error = #expect(throws: CodecError.self) { try ChunkDecoder(small).decode(bomb) }
        #expect(error?.code == .long)
        let texts = try CodecChain(
            specs: [.v3("vlen-utf8"), .v2(name)],
            shape: [1000],
            type: .string,
            limits: CodecLimits(variableBytes: 1 << 20)
        )
        let limited = #expect(throws: CodecError.self) {
            try ChunkDecoder(texts).decodeVariable(bomb)
        }
        #expect(limited?.code == .long)
    }

    @Test
    func `a length that cannot be is refused before anything is allocated`() throws {
        let texts = try CodecChain(
            specs: [.v3("vlen-utf8"), .v2("lz4")],
            shape: [1000],
            type: .string
        )
        #expect(throws: CodecError.self) {
            try ChunkDecoder(texts).decodeVariable([255, 255, 255, 127, 0x10, 1])
        }
        let vlen = try CodecChain(specs: [.v3("vlen-utf8")], shape: [Self.huge], type: .string)
        for encoded: [UInt8] in [[0, 0, 0, 64, 1, 2, 3], [0, 0, 0, 64], [255, 255, 255, 255]] {
            #expect(throws: CodecError.self) { try ChunkDecoder(vlen).decodeVariable(encoded) }
        }
        let large = try CodecChain(
            specs: [.v3("bytes"), .v3("gzip")],
            shape: [Self.huge],
            type: .integer(.uint8)
        )
        let scatter = Scatter(axes: [.init(start: 7, count: 1, stride: 1)])
        let gzip = try Self.bomb(.v3("gzip"))
        #expect(throws: CodecError.self) {
            try ChunkDecoder(large).decode(Array(gzip[..<100]), scatter, count: 1)
        }
    }
}
