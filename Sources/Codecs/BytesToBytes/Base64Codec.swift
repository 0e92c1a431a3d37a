import Arena
import ZarrModel

/// **What**: bytes as text of 64 letters.
///
/// **Specification**: numcodecs `base64`; RFC 4648 section 4, with padding.
///
/// **Names**: v2 `base64`.
///
/// **Configuration**: none.
///
/// **Interoperability**: letters of other alphabets and line breaks are errors.
struct Base64Codec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v2: ["base64"],
        .bytesToBytes,
        "bytes as text of 64 letters"
    ) { spec, _ throws(CodecError) in
        .bytes(Base64Codec(name: spec.name))
    }

    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let padding = UInt8(ascii: "=")
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    let name: String

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        let size = (decoded.limit / 3).addingCapped(decoded.limit % 3 == 0 ? 0 : 1)
            .multipliedCapped(by: 4)
        if case .exact = decoded { return .exact(size) }
        return .atMost(size)
    }

    func decodedSize(of encoded: RawSpan) throws(CodecError) -> SizeBound? {
        let count = encoded.byteCount
        guard count % 4 == 0 else {
            throw CodecError(.corrupt, codec: name, "\(count) letters are no multiple of 4")
        }
        var size = count / 4 * 3
        if count > 0, letter(encoded, count - 1) == Self.padding { size -= 1 }
        if count > 1, letter(encoded, count - 2) == Self.padding { size -= 1 }
        return .exact(size)
    }

    private func letter(_ encoded: RawSpan, _ position: Int) -> UInt8 {
        Bytes.load(encoded, at: position, as: UInt8.self)
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        let size = try decodedSize(of: encoded)?.limit ?? 0
        guard size <= output.byteCount else {
            throw CodecError(.long, codec: name, "it decodes to \(size) bytes")
        }
        var written = 0
        var bits: UInt32 = 0
        for position in 0..<((size * 4 + 2) / 3) {
            let value = Self.values[Int(letter(encoded, position))]
            guard value < 64 else {
                throw CodecError(.corrupt, codec: name, "letter \(position) is not in the alphabet")
            }
            bits = bits << 6 | UInt32(value)
            if position % 4 > 0 {
                let shift = UInt32(6 - 2 * (position % 4))
                output.storeBytes(
                    of: UInt8(truncatingIfNeeded: bits >> shift),
                    toByteOffset: written,
                    as: UInt8.self
                )
                written += 1
            }
        }
        return written
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        var text: [UInt8] = []
        let bytes = Bytes.array(decoded)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var bits: UInt32 = 0
            for place in 0..<3 {
                bits = bits << 8 | (place < count ? UInt32(bytes[start + place]) : 0)
            }
            for place in 0..<4 {
                let letter = Self.letters[Int(bits >> UInt32(18 - 6 * place) & 63)]
                text.append(place <= count ? letter : Self.padding)
            }
        }
        output.append(text)
    }
}
