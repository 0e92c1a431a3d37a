import Arena
import JSONValue
import ZarrModel

/// **What**: texts or byte strings of any length, each behind its length.
///
/// **Specification**: numcodecs `vlen-utf8` and `vlen-bytes`, Zarr v3 extensions of those names: the
/// number of elements, then for each its length and its bytes; numbers are 4 bytes, little-endian.
///
/// **Names**: v3 `vlen-utf8` and `vlen-bytes` (also with `numcodecs.`; zarrs has `zarrs.vlen_v2` for either);
/// v2 `vlen-utf8` and `vlen-bytes`, as a filter of `|O`.
///
/// **Configuration**: none.
///
/// **Interoperability**: the number must be the chunk's, and is compared before anything is allocated
/// (a chunk of 7 bytes can claim four billion). Texts are not checked to be UTF-8: they are made
/// visible where they are shown.
struct VlenCodec: VariableCodec {
    static let utf8 = CodecDescriptor(
        v3: [
            "vlen-utf8", "numcodecs.vlen-utf8", "https://codec.zarrs.dev/array_to_bytes/vlen_utf8",
        ],
        v2: ["vlen-utf8"],
        .arrayToBytes,
        "texts, each behind its length"
    ) { spec, place throws(CodecError) in
        .serializer(try VlenCodec(spec, place))
    }

    static let bytes = CodecDescriptor(
        v3: [
            "vlen-bytes", "numcodecs.vlen-bytes", "zarrs.vlen_v2",
            "https://codec.zarrs.dev/array_to_bytes/vlen_v2",
            "https://codec.zarrs.dev/array_to_bytes/vlen_bytes",
        ],
        v2: ["vlen-bytes"],
        .arrayToBytes,
        "byte strings, each behind its length"
    ) { spec, place throws(CodecError) in
        .serializer(try VlenCodec(spec, place))
    }

    let name: String
    let form: ArrayForm
    let encodedSize: SizeBound

    private init(_ spec: CodecSpec, _ place: CodecPlace) throws(CodecError) {
        form = try place.variableForm(SpecReader(spec))
        encodedSize = .atMost(place.limits.variableBytes)
        name = spec.name
    }

    func decode(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        try VlenItems.decode(encoded, count: form.count, codec: name)
    }

    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        try VlenItems.encode(elements, into: output, codec: name)
    }
}

/// The layout that the vlen codecs share.
enum VlenItems {
    /// Reads `count` items; throws where there are not exactly so many, or bytes are left over.
    static func decode(
        _ encoded: RawSpan,
        count: Int,
        codec: String
    ) throws(CodecError) -> [[UInt8]] {
        let end = encoded.byteCount
        guard end >= 4 else {
            throw CodecError(
                .short,
                codec: codec,
                "\(end) bytes have no room for a number of items"
            )
        }
        let claimed = Int(Bytes.load(encoded, at: 0, as: UInt32.self))
        guard claimed == count else {
            throw CodecError(
                claimed < count ? .short : .corrupt,
                codec: codec,
                "it claims \(claimed) items where the chunk has \(count)"
            )
        }
        guard (end - 4) / 4 >= count else {
            throw CodecError(.short, codec: codec, "\(end) bytes have no room for \(count) items")
        }
        var items: [[UInt8]] = []
        items.reserveCapacity(count)
        var position = 4
        for item in 0..<count {
            guard end - position >= 4 else { throw short(item, codec) }
            let length = Int(Bytes.load(encoded, at: position, as: UInt32.self))
            position += 4
            guard length <= end - position else { throw short(item, codec) }
            items.append(Bytes.array(encoded.extracting(position..<(position + length))))
            position += length
        }
        guard position == end else {
            throw CodecError(.long, codec: codec, "\(end - position) bytes follow the last item")
        }
        return items
    }

    private static func short(_ item: Int, _ codec: String) -> CodecError {
        CodecError(.short, codec: codec, "the bytes end within item \(item)")
    }

    /// Appends the items.
    static func encode(
        _ items: [[UInt8]],
        into output: Arena,
        codec: String
    ) throws(CodecError) {
        guard let count = UInt32(exactly: items.count) else {
            throw CodecError(.long, codec: codec, "there are more than 2^32 items")
        }
        output.append(littleEndian: count)
        for item in items {
            guard let length = UInt32(exactly: item.count) else {
                throw CodecError(.long, codec: codec, "an item has more than 2^32 bytes")
            }
            output.append(littleEndian: length)
            output.append(item)
        }
    }
}
