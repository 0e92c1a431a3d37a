internal import Arena
internal import Codecs
internal import ZarrModel

/// Decodes and encodes chunks of one chain that are at hand, one after another, in a buffer that is
/// kept. Each worker has its own.
final class ChunkCoder {
    private let decoder: ChunkDecoder
    private let encoder: ChunkEncoder
    private let decoded = Arena()

    init(_ chain: CodecChain) {
        decoder = ChunkDecoder(chain)
        encoder = ChunkEncoder(chain)
    }

    /// Throws where the chunk does not decode.
    func check(_ encoded: RawSpan) throws(CodecError) {
        guard decoder.chain.byteCount != nil else {
            _ = try decoder.decodeVariable(encoded)
            return
        }
        try decode(encoded) { _ in }
    }

    /// Decodes a chunk and encodes it again. What comes out is known to decode.
    func reEncoded(_ encoded: RawSpan) throws(CodecError) -> [UInt8] {
        let bytes: [UInt8]
        if decoder.chain.byteCount == nil {
            bytes = try encoder.encodeVariable(try decoder.decodeVariable(encoded))
        } else {
            bytes = try decode(encoded) { (chunk: RawSpan) throws(CodecError) in
                try encoder.encode(chunk)
            }
        }
        try bytes.withRawBytes { (bytes: RawSpan) throws(CodecError) in try check(bytes) }
        return bytes
    }

    /// Whether `other` decodes the chunk too, and to the same elements.
    func decodes(_ encoded: RawSpan, as other: ChunkCoder) -> Bool {
        do throws(CodecError) {
            guard decoder.chain.byteCount != nil else {
                return try decoder.decodeVariable(encoded)
                    == (try other.decoder.decodeVariable(encoded))
            }
            return try decode(encoded) { (mine: RawSpan) throws(CodecError) in
                try other.decode(encoded) { $0.isSame(as: mine) }
            }
        } catch {
            return false
        }
    }

    /// Encodes values that stand at the start of a chunk; what is beyond them is fill. `nil` where all
    /// is fill, and `policy` leaves such chunks out.
    func encode(
        _ values: ArrayValues,
        _ policy: FillPolicy
    ) throws(CodecError) -> [UInt8]? {
        let part = ChunkPart(whole: values.shape)
        let output = Arena()
        if let elements = values.variable {
            let isThere = try encoder.encodeVariable(
                elements,
                part,
                over: nil,
                policy,
                into: output
            )
            return isThere ? output.bytes : nil
        }
        return try values.withBytes { (bytes: RawSpan) throws(CodecError) in
            try encoder.encode(bytes, part, over: nil, policy, using: output) {
                [UInt8](copying: $0)
            }
        }
    }

    /// Lends the elements of a chunk whose elements have a fixed length.
    private func decode<Answer>(
        _ encoded: RawSpan,
        _ body: (RawSpan) throws(CodecError) -> Answer
    ) throws(CodecError) -> Answer {
        let size = decoder.chain.byteCount ?? 0
        guard size <= decoder.chain.limits.chunkBytes else {
            throw CodecError(.tooLarge, codec: "chunk", "a chunk has \(size) bytes")
        }
        decoded.resize(to: size)
        try decoded.withMutableBytes { (output: inout MutableRawSpan) throws(CodecError) in
            try decoder.decode(encoded, into: &output)
        }
        return try decoded.withBytes(body)
    }
}
