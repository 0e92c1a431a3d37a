import Arena
import Codecs
import JSONValue
import ZarrModel

/// A repeatable source of numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension [UInt8] {
    /// Bytes that a compressor finds something in.
    static func sample(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { position in
            position % 7 == 0
                ? UInt8.random(in: 0...15, using: &generator) : UInt8(position / 64 % 251)
        }
    }
}

extension ChunkDecoder {
    /// Decodes a whole chunk into an array.
    func decode(_ encoded: [UInt8]) throws(CodecError) -> [UInt8] {
        var output = [UInt8](repeating: 0xaa, count: chain.byteCount ?? 0)
        try output.withMutableRawBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try encoded.withRawBytes { (encoded: RawSpan) throws(CodecError) in
                try decode(encoded, into: &bytes)
            }
        }
        return output
    }

    /// Decodes what `scatter` selects into an output of `count` bytes that held `filler`.
    func decode(
        _ encoded: [UInt8],
        _ scatter: Scatter,
        count: Int,
        filler: UInt8 = 0xaa
    ) throws(CodecError) -> [UInt8] {
        var output = [UInt8](repeating: filler, count: count)
        try output.withMutableRawBytes { (bytes: inout MutableRawSpan) throws(CodecError) in
            try encoded.withRawBytes { (encoded: RawSpan) throws(CodecError) in
                try decode(encoded, scatter: scatter, into: &bytes)
            }
        }
        return output
    }

    /// Decodes elements without a fixed length.
    func decodeVariable(_ encoded: [UInt8]) throws(CodecError) -> [[UInt8]] {
        try encoded.withRawBytes { (encoded: RawSpan) throws(CodecError) in
            try decodeVariable(encoded)
        }
    }
}

extension ChunkEncoder {
    /// Encodes a whole chunk.
    func encode(_ chunk: [UInt8]) throws(CodecError) -> [UInt8] {
        try chunk.withRawBytes { (bytes: RawSpan) throws(CodecError) in try encode(bytes) }
    }
}

extension CodecSpec {
    /// A spec of v3.
    static func v3(_ name: String, _ configuration: JSONObject = [:]) -> CodecSpec {
        CodecSpec(name: name, configuration: configuration)
    }

    /// A filter or compressor of v2.
    static func v2(_ name: String, _ configuration: JSONObject = [:]) -> CodecSpec {
        CodecSpec(name: name, configuration: configuration, dialect: .v2)
    }

    /// The bytes codec.
    static func bytes(_ endian: String = "little") -> CodecSpec {
        .v3("bytes", ["endian": .string(endian)])
    }
}
