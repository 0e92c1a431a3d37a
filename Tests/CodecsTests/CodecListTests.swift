import Codecs
import JSONValue
import Testing
import ZarrModel

struct CodecListTests {
    @Test
    func `no name stands for two codecs`() {
        for names in [
            CodecDescriptor.all.flatMap(\.v3Names), CodecDescriptor.all.flatMap(\.v2Names),
        ] {
            #expect(Set(names).count == names.count)
        }
    }

    @Test(arguments: CodecDescriptor.all.map(\.name))
    func `every codec is in a sample, so that laws and fuzzing reach it`(name: String) throws {
        let descriptor = try #require(CodecDescriptor.all.first { $0.name == name })
        #expect(Sample.all.contains { $0.uses(descriptor) })
    }

    @Test
    func `an unknown codec is named`() {
        let error = #expect(throws: CodecError.self) {
            try CodecChain(
                specs: [.bytes(), .v3("numcodecs.pcodec")],
                shape: [4],
                type: .integer(.int8)
            )
        }
        #expect(error?.code == .unsupported)
        #expect(error?.codec == "numcodecs.pcodec")
    }

    @Test
    func `v3 metadata does not know v2's names`() {
        #expect(throws: CodecError.self) {
            try CodecChain(specs: [.bytes(), .v3("delta")], shape: [4], type: .integer(.int8))
        }
    }

    @Test(arguments: [
        [], [CodecSpec.v3("gzip")], [.v3("gzip"), .bytes()], [.bytes(), .bytes()],
        [.bytes(), .v3("transpose", ["order": [0, 1]])], [.v3("vlen-utf8")],
        [.v3("transpose", ["order": [0, 0]]), .bytes()], [.v3("transpose"), .bytes()],
        [.v3("transpose", ["order": [0]]), .bytes()], [.v3("bytes")], [.bytes("middle")],
        [.bytes(), .v3("blosc", ["clevel": 11])], [.bytes(), .v3("blosc", ["cname": "zap"])],
        [.bytes(), .v2("lzma", ["format": 3])], [.bytes(), .v2("delta", ["dtype": "<c8"])],
        [Sample.sharding([2, 3], ["vlen-utf8"])], [Sample.sharding([2, 2], [])],
        [Sample.sharding([3, 3], [["name": "bytes", "configuration": ["endian": "big"]]])],
        [Sample.sharding([0, 3], [["name": "bytes", "configuration": ["endian": "big"]]])],
        [Sample.sharding([2], [["name": "bytes", "configuration": ["endian": "big"]]])],
        [
            Sample.sharding(
                [2, 3],
                [["name": "bytes", "configuration": ["endian": "big"]]],
                index: [["name": "bytes", "configuration": ["endian": "little"]], "zstd"]
            )
        ],
    ])
    func `a chain that makes no sense is refused`(_ specs: [CodecSpec]) {
        #expect(throws: CodecError.self) {
            try CodecChain(specs: specs, shape: [4, 6], type: .integer(.int32))
        }
    }

    @Test
    func `a chunk too large to count is refused without allocating it`() throws {
        #expect(throws: CodecError.self) {
            try CodecChain(
                specs: [.bytes()],
                shape: [1 << 40, 1 << 40],
                type: .integer(.int32)
            )
        }
        let chain = try CodecChain(
            specs: [.bytes(), .v3("zstd")],
            shape: [1 << 40],
            type: .integer(.int32)
        )
        let scatter = Scatter(axes: [.init(start: 5, count: 2, stride: 1)])
        let error = #expect(throws: CodecError.self) {
            try ChunkDecoder(chain).decode([1, 2, 3], scatter, count: 8)
        }
        #expect(error?.code == .tooLarge)
    }
}
