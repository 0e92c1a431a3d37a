import Codecs
import JSONValue
import ZarrModel

/// A chain to try, with a chunk that fits it.
struct Sample: Sendable {
    let name: String
    let specs: [CodecSpec]
    var shape = [6, 10, 8]
    var type = DataType.integer(.uint16)
    /// Whether a change of any byte must be noticed.
    var isChecked = false
    /// Whether decoding gives back exactly what was encoded.
    var isExact = true
    /// Whether other bytes may follow without notice: a shard may have gaps.
    var allowsMore = false
    /// How many bytes at the end may be missing without notice: zeros up to a whole word.
    var padding = 0

    var fill: [UInt8] {
        if type.kind == .optional { return [UInt8](repeating: 0, count: type.byteCount ?? 1) }
        return [UInt8](repeating: 0x0b, count: type.byteCount ?? 3)
    }

    func chain() throws(CodecError) -> CodecChain {
        try CodecChain(specs: specs, shape: shape, type: type, fill: fill)
    }

    /// A chunk of fixed length elements: compressible, with a run of fill in it.
    func chunk() throws -> [UInt8] {
        let count = try chain().byteCount ?? 0
        if type == .bool { return [UInt8].sample(count).map { $0 & 1 } }
        if type == .float(.float32) { return floats(count) }
        if type == .integer(.int4) { return [UInt8].sample(count).map { $0 & 7 | $0 & 8 * 31 } }
        if type == .complex(.float6_e2m3fn) { return [UInt8].sample(count).map { $0 & 63 } }
        if case .optional(let inner) = type { return marked(count, inner) }
        var bytes = [UInt8].sample(count)
        if fill.count > 0 {
            for position in 0..<(count / 4) { bytes[position] = fill[position % fill.count] }
        }
        return bytes
    }

    private func floats(_ count: Int) -> [UInt8] {
        (0..<(count / 4)).flatMap { number in
            let bits = (Float(1000 + number % 50) / 4).bitPattern
            return (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
        }
    }

    /// Values with the mark behind them, every third of them absent, every fifth inside as well.
    private func marked(_ count: Int, _ inner: DataType) -> [UInt8] {
        let size = inner.byteCount ?? 0
        return (0..<(count / (size + 1))).flatMap { position -> [UInt8] in
            if position % 3 == 0 { return [UInt8](repeating: 0, count: size + 1) }
            let isEmpty = inner.kind == .optional && position % 5 == 0
            let value = (1..<size).map { UInt8(truncatingIfNeeded: position * $0) }
            let last: UInt8 = inner.kind == .optional ? 1 : UInt8(truncatingIfNeeded: position)
            return (isEmpty ? [UInt8](repeating: 0, count: size) : value + [last]) + [1]
        }
    }

    /// The elements of a chunk of any length.
    func elements() throws -> [[UInt8]] {
        let count = shape.reduce(1, *)
        return (0..<count).map { position in
            if type.kind == .optional {
                return position % 3 == 0 ? [0] : Array("text \(position)".utf8) + [1]
            }
            if specs[0].name == "categorize" { return position % 3 == 0 ? [] : Array("é".utf8) }
            if codecNames.contains("vlen-array") { return Array("[\(position),-7]".utf8) }
            if type == .object { return Array("{\"a\":[\(position),null]}".utf8) }
            return position % 5 == 0 ? fill : Array("text \(position) é".utf8)
        }
    }

    var isVariable: Bool {
        type.byteCount == nil
    }

    func encoded() throws -> [UInt8] {
        let encoder = ChunkEncoder(try chain())
        return isVariable
            ? try encoder.encodeVariable(try elements()) : try encoder.encode(try chunk())
    }

    /// Decodes whatever there is; what it is does not matter.
    func decode(_ encoded: [UInt8], with decoder: ChunkDecoder) throws(CodecError) -> [UInt8] {
        if isVariable { return try decoder.decodeVariable(encoded).flatMap(\.self) }
        return try decoder.decode(encoded)
    }

    func whole() throws -> [UInt8] {
        isVariable ? try elements().flatMap(\.self) : try chunk()
    }
}

extension Sample {
    static let all =
        plain + bytes + blosc + filters + shards + variable + zfp + extensions + optional

    private static let plain: [Sample] = [
        Sample(name: "bytes little", specs: [.bytes()]),
        Sample(name: "bytes big", specs: [.bytes("big")]),
        Sample(name: "bytes big complex", specs: [.bytes("big")], type: .complex(.float32)),
        Sample(name: "bytes big text", specs: [.bytes("big")], type: .fixedText(length: 3)),
        Sample(name: "bytes of 3", specs: [.v3("bytes")], type: .rawBits(byteCount: 3)),
        Sample(name: "no dimensions", specs: [.bytes("big")], shape: []),
        Sample(
            name: "transpose",
            specs: [.v3("transpose", ["order": [2, 0, 1]]), .bytes("big")],
            type: .integer(.int32)
        ),
        Sample(
            name: "two transposes",
            specs: [
                .v3("transpose", ["order": [2, 0, 1]]), .v3("transpose", ["order": [1, 0, 2]]),
                .bytes(), .v3("zstd"),
            ]
        ),
    ]

    private static let bytes: [Sample] = [
        Sample(name: "zstd", specs: [.bytes(), .v3("zstd", ["level": 3])]),
        Sample(
            name: "zstd with checksum",
            specs: [.bytes(), .v3("zstd", ["level": 1, "checksum": true])]
        ),
        Sample(name: "gzip", specs: [.bytes(), .v3("gzip", ["level": 6])]),
        Sample(name: "zlib", specs: [.bytes(), .v2("zlib", ["level": 1])]),
        Sample(name: "lz4", specs: [.bytes(), .v2("lz4")]),
        Sample(name: "bz2", specs: [.bytes(), .v2("bz2", ["level": 1])]),
        Sample(name: "xz", specs: [.bytes(), .v2("lzma", ["preset": 1])]),
        Sample(name: "lzma alone", specs: [.bytes(), .v2("lzma", ["format": 2, "preset": 1])]),
        Sample(
            name: "lzma raw",
            specs: [
                .bytes(),
                .v2(
                    "lzma",
                    [
                        "format": 3,
                        "filters": [["id": 3, "dist": 2], ["id": 33, "preset": 1]],
                    ]
                ),
            ]
        ),
        Sample(name: "crc32c", specs: [.bytes(), .v3("crc32c")], isChecked: true),
        Sample(
            name: "crc32c around zstd",
            specs: [.bytes(), .v3("zstd"), .v3("crc32c")],
            isChecked: true
        ),
        Sample(
            name: "crc32c inside zstd",
            specs: [.bytes(), .v3("crc32c"), .v3("zstd")]
        ),
        Sample(
            name: "crc32c of numcodecs",
            specs: [.bytes(), .v3("numcodecs.crc32c")],
            isChecked: true
        ),
        Sample(name: "crc32", specs: [.bytes(), .v3("numcodecs.crc32")], isChecked: true),
        Sample(name: "adler32", specs: [.bytes(), .v2("adler32")], isChecked: true),
        Sample(name: "fletcher32", specs: [.bytes(), .v2("fletcher32")]),
        Sample(
            name: "jenkins_lookup3",
            specs: [.bytes(), .v2("jenkins_lookup3", ["initval": 7])],
            isChecked: true
        ),
        Sample(name: "base64", specs: [.bytes(), .v2("base64")]),
        Sample(
            name: "gzip around zstd around lz4",
            specs: [.bytes(), .v2("lz4"), .v3("zstd"), .v3("gzip")]
        ),
        Sample(
            name: "packbits",
            specs: [.v3("bytes"), .v2("packbits"), .v2("zlib")],
            shape: [37],
            type: .bool
        ),
        Sample(
            name: "shuffle",
            specs: [.bytes(), .v2("shuffle", ["elementsize": 2]), .v2("zlib")]
        ),
    ]

    private static let blosc: [Sample] =
        ["blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd"].flatMap { compressor in
            ["noshuffle", "shuffle", "bitshuffle"].map { shuffle in
                Sample(
                    name: "blosc \(compressor) \(shuffle)",
                    specs: [
                        .bytes(),
                        .v3(
                            "blosc",
                            [
                                "cname": .string(compressor), "shuffle": .string(shuffle),
                                "clevel": 5, "typesize": 2, "blocksize": 0,
                            ]
                        ),
                    ],
                    shape: [16, 24, 8]
                )
            }
        }

    private static let filters: [Sample] = [
        Sample(
            name: "delta",
            specs: [.bytes(), .v2("delta", ["dtype": "<u2"]), .v2("zlib")]
        ),
        Sample(
            name: "delta big",
            specs: [.bytes("big"), .v2("delta", ["dtype": ">u2", "astype": ">u2"])]
        ),
        Sample(
            name: "delta before bytes",
            specs: [
                .v3("transpose", ["order": [1, 2, 0]]), .v3("numcodecs.delta", ["dtype": "uint16"]),
                .v3("transpose", ["order": [0, 2, 1]]), .bytes("big"), .v3("zstd"),
            ]
        ),
        Sample(
            name: "astype",
            specs: [
                .v3("numcodecs.astype", ["encode_dtype": "<f8", "decode_dtype": "<u2"]), .bytes(),
            ]
        ),
        Sample(
            name: "fixedscaleoffset",
            specs: [
                .bytes(),
                .v2(
                    "fixedscaleoffset",
                    ["scale": 4, "offset": 250, "dtype": "<f4", "astype": "<i2"]
                ),
            ],
            type: .float(.float32)
        ),
        Sample(
            name: "bitround",
            specs: [.v3("bitround", ["keepbits": 20]), .bytes()],
            type: .float(.float32)
        ),
        Sample(
            name: "quantize",
            specs: [.bytes(), .v2("quantize", ["digits": 3, "dtype": "<f4", "astype": "<f4"])],
            type: .float(.float32)
        ),
    ]

    static func sharding(
        _ inner: [Int],
        _ codecs: JSONValue,
        location: String = "end",
        index: JSONValue? = nil
    ) -> CodecSpec {
        .v3(
            "sharding_indexed",
            [
                "chunk_shape": .array(inner.map { .integer($0) }), "codecs": codecs,
                "index_codecs": index
                    ?? [["name": "bytes", "configuration": ["endian": "little"]], "crc32c"],
                "index_location": .string(location),
            ]
        )
    }

    static let littleAndZstd: JSONValue = [
        ["name": "bytes", "configuration": ["endian": "little"]], "zstd",
    ]

    private static let shards: [Sample] = [
        Sample(name: "shard", specs: [sharding([2, 10, 4], littleAndZstd)]),
        Sample(
            name: "shard with its index first",
            specs: [sharding([2, 10, 4], littleAndZstd, location: "start")],
            allowsMore: true
        ),
        Sample(
            name: "shard with a big-endian index without checksum",
            specs: [
                sharding(
                    [2, 5, 8],
                    littleAndZstd,
                    index: [["name": "bytes", "configuration": ["endian": "big"]]]
                )
            ]
        ),
        Sample(
            name: "shard in gzip",
            specs: [sharding([3, 5, 2], littleAndZstd), .v3("gzip")]
        ),
        Sample(
            name: "transposed shard",
            specs: [
                .v3("transpose", ["order": [2, 0, 1]]), sharding([4, 2, 5], littleAndZstd),
            ]
        ),
        Sample(
            name: "shard in a shard",
            specs: [
                sharding(
                    [6, 5, 4],
                    [
                        [
                            "name": "sharding_indexed",
                            "configuration": [
                                "chunk_shape": [3, 5, 1], "codecs": littleAndZstd,
                                "index_codecs": littleAndCRC, "index_location": "start",
                            ],
                        ], "crc32c",
                    ]
                )
            ]
        ),
    ]

    static let littleAndCRC: JSONValue = [
        ["name": "bytes", "configuration": ["endian": "little"]], "crc32c",
    ]

    private static let variable: [Sample] = [
        Sample(name: "vlen-utf8", specs: [.v3("vlen-utf8")], shape: [5, 4], type: .string),
        Sample(
            name: "vlen-bytes in zstd",
            specs: [.v2("vlen-bytes"), .v2("zstd")],
            shape: [5, 4],
            type: .bytes
        ),
        Sample(
            name: "vlen-utf8 in gzip, transposed",
            specs: [.v3("transpose", ["order": [1, 0]]), .v3("vlen-utf8"), .v3("gzip")],
            shape: [5, 4],
            type: .string
        ),
        Sample(
            name: "vlen-utf8 in a shard",
            specs: [sharding([2, 3], ["vlen-utf8", "zstd"])],
            shape: [4, 6],
            type: .string
        ),
        Sample(name: "msgpack2", specs: [.v2("msgpack2")], shape: [3, 4], type: .object),
        Sample(name: "json2", specs: [.v2("json2")], shape: [3, 4], type: .object),
        Sample(
            name: "vlen-array",
            specs: [.v2("vlen-array", ["dtype": "<i4"])],
            shape: [3, 4],
            type: .object
        ),
    ]
}
