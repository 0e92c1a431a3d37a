import Codecs
import JSONValue
import Testing
import ZarrModel

/// Codecs without an array around them.
struct ByteChainTests {
    @Test(arguments: [
        ["zstd"], ["gzip", "crc32"], ["lz4"], ["shuffle", "blosc"], ["bz2", "base64"], [],
    ])
    func `bytes of any number go through and come back`(_ names: [String]) throws {
        let chain = try ByteChain(specs: names.map { .v2($0) })
        for count in [0, 4, 100_000] where names.first != "lz4" || count > 0 {
            let bytes = [UInt8].sample(count)
            #expect(try chain.decode(try chain.encode(bytes)) == bytes)
        }
    }

    @Test
    func `a filter of v2 works on the numbers that it names`() throws {
        let chain = try ByteChain(specs: [.v2("delta", ["dtype": "<u2", "astype": "|u1"])])
        #expect(try chain.encode([1, 1, 3, 1, 4, 1]) == [1, 2, 1])
        #expect(try chain.decode([1, 2, 1]) == [1, 0, 3, 0, 4, 0])
    }

    @Test
    func `what decodes to more than the limits allow is refused`() throws {
        let limits = CodecLimits(chunkBytes: 1000, variableBytes: 1000)
        let bomb = try ByteChain(specs: [.v2("zstd")]).encode([UInt8](repeating: 0, count: 1 << 20))
        let error = #expect(throws: CodecError.self) {
            try ByteChain(specs: [.v2("zstd")], limits: limits).decode(bomb)
        }
        #expect(error?.code == .long)
    }

    @Test(arguments: [.v3("transpose"), .bytes(), .v2("categorize"), .v2("pickle")] as [CodecSpec])
    func `a codec of arrays is refused`(_ spec: CodecSpec) {
        #expect(throws: CodecError.self) { try ByteChain(specs: [spec]) }
    }
}
