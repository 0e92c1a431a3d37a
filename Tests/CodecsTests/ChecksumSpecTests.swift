import Codecs
import JSONValue
import Testing
import ZarrModel

/// Which codecs keep a checksum over every chunk.
struct ChecksumSpecTests {
    private static let sharded: JSONObject = [
        "chunk_shape": [2], "codecs": [["name": "bytes"], ["name": "crc32c"]],
        "index_codecs": [["name": "bytes"], ["name": "crc32c"]],
    ]

    @Test(arguments: [
        CodecSpec(name: "crc32c"), CodecSpec(name: "numcodecs.adler32"), CodecSpec(name: "gzip"),
        CodecSpec(name: "zstd", configuration: ["checksum": true]),
        CodecSpec(name: "lzma", dialect: .v2),
        CodecSpec(name: "sharding_indexed", configuration: sharded),
    ])
    func `these guard the values`(_ spec: CodecSpec) {
        #expect(spec.checksum != nil)
    }

    @Test(arguments: [
        CodecSpec(name: "bytes"), CodecSpec(name: "blosc"),
        CodecSpec(name: "zstd", configuration: ["checksum": false]), CodecSpec(name: "zstd"),
        CodecSpec(name: "lzma", configuration: ["check": 0], dialect: .v2),
        CodecSpec(name: "lzma", configuration: ["format": 3], dialect: .v2),
        CodecSpec(name: "conditional", configuration: ["codecs": [["name": "crc32c"]]]),
        CodecSpec(
            name: "sharding_indexed",
            configuration: [
                "chunk_shape": [2], "codecs": [["name": "bytes"]],
                "index_codecs": [["name": "bytes"], ["name": "crc32c"]],
            ]
        ),
    ])
    func `these let a changed byte pass`(_ spec: CodecSpec) {
        #expect(spec.checksum == nil)
    }
}
