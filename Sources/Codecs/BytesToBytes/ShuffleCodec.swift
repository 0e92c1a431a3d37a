import Arena
import JSONValue
import ZarrModel

/// **What**: puts the first bytes of all numbers together, then the second bytes, and so on, so that a
/// compressor behind it finds more alike.
///
/// **Specification**: numcodecs `shuffle`.
///
/// **Names**: v3 `numcodecs.shuffle` (`shuffle`); v2 `shuffle`.
///
/// **Configuration**: `{"id": "shuffle", "elementsize": 4}`; 0 and 1 change nothing. `element_size`, as other
/// specifications spell it, is read as well.
///
/// **Interoperability**: the length must be a multiple of the element size, as numcodecs demands; HDF5's
/// filter of that name leaves a rest untouched instead.
struct ShuffleCodec: BytesToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["numcodecs.shuffle", "shuffle"],
        v2: ["shuffle"],
        .bytesToBytes,
        "the first bytes of all numbers together, then the second ones"
    ) { spec, _ throws(CodecError) in
        let reader = SpecReader(spec)
        let key = spec.configuration["element_size"] == nil ? "elementsize" : "element_size"
        let size = try reader.int(key, in: 0...(1 << 20), otherwise: 4)
        return .bytes(ShuffleCodec(name: spec.name, elementSize: size))
    }

    let name: String
    let elementSize: Int

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        decoded
    }

    func decodedSize(of encoded: RawSpan) -> SizeBound? {
        .exact(encoded.byteCount)
    }

    private func check(_ count: Int, room: Int) throws(CodecError) {
        guard elementSize <= 1 || count % elementSize == 0 else {
            throw CodecError(
                .corrupt,
                codec: name,
                "\(count) bytes are no multiple of \(elementSize)"
            )
        }
        guard count <= room else {
            throw CodecError(.long, codec: name, "there are \(count) bytes")
        }
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        try check(encoded.byteCount, room: output.byteCount)
        var room = output._mutatingExtracting(0..<encoded.byteCount)
        Native.unshuffle(encoded, into: &room, elementSize: elementSize)
        return encoded.byteCount
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let count = decoded.byteCount
        try check(count, room: count)
        output.append(upTo: count) { bytes in
            var room = bytes._mutatingExtracting(0..<count)
            Native.shuffle(decoded, into: &room, elementSize: elementSize)
            return count
        }
    }
}
