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

    @Test(arguments: [
        ("array_to_array/bitround", "bitround"), ("array_to_bytes/bitround", "bitround"),
        ("array_to_array/squeeze", "zarrs.squeeze"), ("array_to_bytes/vlen", "zarrs.vlen"),
        ("array_to_bytes/vlen_v2", "vlen-bytes"), ("array_to_bytes/vlen_bytes", "vlen-bytes"),
        ("array_to_bytes/vlen_utf8", "vlen-utf8"), ("array_to_bytes/zfp", "zfp"),
        ("array_to_bytes/zfpy", "numcodecs.zfpy"), ("array_to_bytes/optional", "zarrs.optional"),
        ("bytes_to_bytes/bz2", "numcodecs.bz2"),
        ("bytes_to_bytes/fletcher32", "numcodecs.fletcher32"),
    ])
    func `the addresses that zarrs wrote as names are known`(address: String, name: String) {
        let found = CodecDescriptor.find("https://codec.zarrs.dev/" + address, in: .v3)
        #expect(found?.name == name)
    }

    @Test func `a codec that is named by its address decodes as by its name`() throws {
        let bytes = CodecSpec(name: "bytes")
        let values = (0..<64).map { UInt8($0) }
        for (address, name) in [("bz2", "numcodecs.bz2"), ("fletcher32", "numcodecs.fletcher32")] {
            let chains = try ["https://codec.zarrs.dev/bytes_to_bytes/" + address, name].map {
                try CodecChain(
                    specs: [bytes, CodecSpec(name: $0)],
                    shape: [64],
                    type: .integer(.uint8)
                )
            }
            let encoded = try ChunkEncoder(chains[0]).encode(values)
            #expect(try ChunkDecoder(chains[1]).decode(encoded) == values)
        }
    }

    /// Every codec that the specification, the registry of extensions, numcodecs or zarrs names.
    private static let union: [(CodecSpec.Dialect, [String])] = [
        (
            .v3,
            [
                "blosc", "bytes", "crc32c", "gzip", "sharding_indexed", "transpose", "bitround",
                "cast_value", "conditional", "n5_default", "packbits", "reshape", "scale_offset",
                "vlen-bytes", "vlen-utf8", "zfp", "zstd", "numcodecs.adler32", "numcodecs.astype",
                "numcodecs.bitround", "numcodecs.blosc", "numcodecs.bz2", "numcodecs.crc32",
                "numcodecs.crc32c", "numcodecs.delta", "numcodecs.fixedscaleoffset",
                "numcodecs.fletcher32", "numcodecs.gzip", "numcodecs.jenkins_lookup3",
                "numcodecs.lz4", "numcodecs.lzma", "numcodecs.packbits", "numcodecs.pcodec",
                "numcodecs.quantize", "numcodecs.shuffle", "numcodecs.vlen-array",
                "numcodecs.zfpy", "numcodecs.zlib", "numcodecs.zstd", "zarrs.gdeflate",
                "zarrs.optional", "zarrs.squeeze", "zarrs.vlen", "zarrs.vlen_v2",
            ]
        ),
        (
            .v2,
            [
                "adler32", "astype", "base64", "bitround", "blosc", "bz2", "categorize", "crc32",
                "crc32c", "delta", "fixedscaleoffset", "fletcher32", "gzip", "jenkins_lookup3",
                "json2", "lz4", "lzma", "msgpack2", "packbits", "pcodec", "pickle", "quantize",
                "shuffle", "vlen-array", "vlen-bytes", "vlen-utf8", "zfpy", "zlib", "zstd",
            ]
        ),
    ]

    @Test
    func `every codec that another program has is here, or there is a reason why it is not`() {
        for (dialect, names) in Self.union {
            for name in names {
                let isRead = CodecDescriptor.find(name, in: dialect) != nil
                let reason = UnreadCodec.find(name, in: dialect)?.reason
                #expect(isRead != (reason != nil), "\(name)")
            }
        }
    }

    @Test(arguments: UnreadCodec.all)
    func `a codec that is not read is refused with the reason`(_ codec: UnreadCodec) throws {
        let name = try #require(codec.v3Names.first)
        let error = #expect(throws: CodecError.self) {
            try CodecChain(
                specs: [.bytes(), .v3(name)],
                shape: [4],
                type: .integer(.int8)
            )
        }
        #expect(error?.message.mentions(codec.reason) == true)
    }

    @Test
    func `an unknown codec is named`() {
        let error = #expect(throws: CodecError.self) {
            try CodecChain(
                specs: [.bytes(), .v3("numcodecs.zap")],
                shape: [4],
                type: .integer(.int8)
            )
        }
        #expect(error?.code == .unsupported)
        #expect(error?.codec == "numcodecs.zap")
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
