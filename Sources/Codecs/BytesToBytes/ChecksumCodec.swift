import Arena
import ZarrModel

/// **What**: four bytes of checksum before or behind the bytes, verified when reading.
///
/// **Specification**: Zarr v3 core codec `crc32c` (RFC 3720, behind the bytes); numcodecs `crc32`, `crc32c`,
/// `adler32` (in front unless `location` says `end`), `fletcher32` (HDF5's, behind) and
/// `jenkins_lookup3` (behind).
///
/// **Names**: v3 `crc32c`, `numcodecs.crc32c`, `numcodecs.crc32`, `numcodecs.adler32`, `numcodecs.fletcher32`,
/// `numcodecs.jenkins_lookup3`; v2 without the prefix.
///
/// **Configuration**: `{"name": "crc32c"}`; numcodecs' ones take `"location": "start"` or `"end"`, and
/// `jenkins_lookup3` an `initval`.
///
/// **Interoperability**: numcodecs' `crc32` and `adler32` default to the front, its `crc32c` to the end
/// since 0.15; v2 chunks of older versions had all of them in front, so v2 `crc32c` reads either.
struct ChecksumCodec: EnvelopeCodec {
    /// Which sum it is.
    enum Algorithm: Sendable {
        case crc32c, crc32, adler32, fletcher32
        case lookup3(seed: UInt32)
    }

    /// Where the sum lies.
    enum Location: Sendable {
        case start, end, either
    }

    static let crc32c = descriptor(
        "crc32c",
        v3: ["crc32c"],
        .end,
        "CRC-32C, behind the bytes (in v2 read at either end)"
    ) { _ in .crc32c }
    static let numcodecsCrc32c = CodecDescriptor(
        v3: ["numcodecs.crc32c"],
        .bytesToBytes,
        "CRC-32C, behind the bytes unless told"
    ) { spec, _ throws(CodecError) in
        .bytes(try make(spec, .crc32c, .end))
    }
    static let crc32 = descriptor(
        "crc32",
        v3: ["numcodecs.crc32"],
        .start,
        "CRC-32, before the bytes unless told"
    ) { _ in .crc32 }
    static let adler32 = descriptor(
        "adler32",
        v3: ["numcodecs.adler32"],
        .start,
        "Adler-32, before the bytes unless told"
    ) { _ in .adler32 }
    static let fletcher32 = descriptor(
        "fletcher32",
        v3: ["numcodecs.fletcher32", "https://codec.zarrs.dev/bytes_to_bytes/fletcher32"],
        .end,
        "Fletcher-32 as HDF5 has it, behind the bytes"
    ) { _ in
        .fletcher32
    }
    static let lookup3 = descriptor(
        "jenkins_lookup3",
        v3: ["numcodecs.jenkins_lookup3"],
        .end,
        "Jenkins' lookup3, behind the bytes"
    ) { reader throws(CodecError) in
        .lookup3(seed: UInt32(try reader.int("initval", in: 0...Int(UInt32.max), otherwise: 0)))
    }

    private static let size = 4

    let name: String
    let algorithm: Algorithm
    let location: Location

    private static func descriptor(
        _ v2: String,
        v3: [String],
        _ usual: Location,
        _ summary: String,
        _ algorithm: @escaping @Sendable (SpecReader) throws(CodecError) -> Algorithm
    ) -> CodecDescriptor {
        CodecDescriptor(v3: v3, v2: [v2], .bytesToBytes, summary) { spec, _ throws(CodecError) in
            .bytes(try make(spec, try algorithm(SpecReader(spec)), usual))
        }
    }

    private static func make(
        _ spec: CodecSpec,
        _ algorithm: Algorithm,
        _ usual: Location
    ) throws(CodecError) -> ChecksumCodec {
        let reader = SpecReader(spec)
        var location = usual
        switch try reader.string("location") {
        case nil: if case .crc32c = algorithm, spec.dialect == .v2 { location = .either }
        case "start": location = .start
        case "end": location = .end
        default: throw reader.wrong("location must be start or end")
        }
        return ChecksumCodec(name: spec.name, algorithm: algorithm, location: location)
    }

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        decoded.adding(Self.size)
    }

    func decodedSize(of encoded: RawSpan) -> SizeBound? {
        .exact(max(0, encoded.byteCount - Self.size))
    }

    private func sum(_ bytes: RawSpan) -> UInt32 {
        switch algorithm {
        case .crc32c: Native.crc32c(bytes)
        case .crc32: Native.crc32(bytes)
        case .adler32: Native.adler32(bytes)
        case .fletcher32: Native.fletcher32(bytes)
        case .lookup3(let seed): Native.lookup3(bytes, seed: seed)
        }
    }

    func payload(of encoded: RawSpan) throws(CodecError) -> Range<Int> {
        let count = encoded.byteCount
        guard count >= Self.size else {
            throw CodecError(.short, codec: name, "\(count) bytes have no room for a checksum")
        }
        if location != .start {
            let range = 0..<(count - Self.size)
            let stored = Bytes.load(encoded, at: range.upperBound, as: UInt32.self)
            if stored == sum(encoded.extracting(range)) { return range }
        }
        if location != .end {
            let range = Self.size..<count
            let stored = Bytes.load(encoded, at: 0, as: UInt32.self)
            if stored == sum(encoded.extracting(range)) { return range }
        }
        throw CodecError(.checksum, codec: name, "the checksum does not match the bytes")
    }

    /// Copies the payload, which must be as long as `target`, checking it on the way.
    func unwrap(_ encoded: RawSpan, into target: inout MutableRawSpan) throws(CodecError) {
        let range: Range<Int>
        if case .crc32c = algorithm, location == .end, encoded.byteCount >= Self.size {
            range = 0..<(encoded.byteCount - Self.size)
        } else {
            range = try payload(of: encoded)
        }
        try ByteDecoding.check(range.count, is: .exact(target.byteCount), codec: name)
        guard range.lowerBound == 0, case .crc32c = algorithm, location == .end else {
            Bytes.copy(encoded.extracting(range), into: &target, at: 0)
            return
        }
        let sum = Native.crc32cCopying(encoded.extracting(range), into: &target)
        guard sum == Bytes.load(encoded, at: range.upperBound, as: UInt32.self) else {
            throw CodecError(.checksum, codec: name, "the checksum does not match the bytes")
        }
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let sum = sum(decoded)
        if location == .start { output.append(littleEndian: sum) }
        output.append(decoded)
        if location != .start { output.append(littleEndian: sum) }
    }
}
