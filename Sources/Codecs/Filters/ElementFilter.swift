import Arena
import JSONValue
import ZarrModel

/// A codec that makes each number another number, one for one.
///
/// In v3 it stands before the array-to-bytes codec and takes its type from the array; in v2 it stands
/// behind and works on bytes with types of its own.
protocol ElementFilter: Sendable {
    /// What it is given to encode.
    var decodedType: NumberType { get }
    /// What it makes of that.
    var encodedType: NumberType { get }
    /// Decodes as many numbers as `encoded` has; `output` has room for exactly so many.
    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan)
    /// The way back, under the same conditions.
    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan)
}

/// The types that a filter's configuration names, or the array has.
struct FilterTypes {
    var decoded: NumberType
    var encoded: NumberType

    /// Reads two members; the second may be absent and is then like the first.
    init(
        _ reader: SpecReader,
        _ place: CodecPlace,
        decoded: String,
        encoded: String
    ) throws(CodecError) {
        if place.isBytes {
            guard let type = try Self.type(reader, decoded) else {
                throw reader.wrong("\(decoded) must name a type of numbers")
            }
            self.decoded = type
            self.encoded = try Self.type(reader, encoded) ?? type
        } else {
            guard let scalar = Scalar(place.form.type) else {
                throw reader.wrong("it does not work on elements of type \(place.form.type.name)")
            }
            self.decoded = NumberType(scalar)
            self.encoded = NumberType(try Self.type(reader, encoded)?.scalar ?? scalar)
        }
    }

    private static func type(_ reader: SpecReader, _ key: String) throws(CodecError) -> NumberType?
    {
        guard let name = try reader.string(key) else { return nil }
        guard let type = NumberType(name) else {
            throw reader.unsupported("it does not work on numbers of type \(name)")
        }
        return type
    }
}

extension CodecDescriptor {
    /// The descriptor of a filter that numcodecs calls `name`; in v3 `older` names stand last.
    static func filter(
        _ name: String,
        v3: [String] = [],
        older: [String] = [],
        _ summary: String,
        make: @escaping @Sendable (SpecReader, CodecPlace) throws(CodecError) -> any ElementFilter
    ) -> CodecDescriptor {
        CodecDescriptor(v3: v3 + ["numcodecs." + name] + older, v2: [name], .arrayToArray, summary)
        {
            spec,
            place throws(CodecError) in
            let filter = try make(SpecReader(spec), place)
            if place.isBytes { return .bytes(ByteFilter(name: spec.name, filter: filter)) }
            return .array(try ArrayFilter(filter, place.form, codec: spec.name))
        }
    }
}

/// A filter among the codecs that turn an array into another.
private struct ArrayFilter: ArrayToArrayCodec {
    let filter: any ElementFilter
    let encodedForm: ArrayForm

    init(_ filter: any ElementFilter, _ form: ArrayForm, codec: String) throws(CodecError) {
        self.filter = filter
        // One element of fill, so that chunks inside a shard that are left out mean the same.
        var fill = [UInt8](repeating: 0, count: filter.encodedType.byteCount)
        form.fill.withRawBytes { bytes in
            fill.withMutableRawBytes { filter.encode(bytes, into: &$0) }
        }
        encodedForm = try ArrayForm(
            shape: form.shape,
            type: filter.encodedType.scalar.dataType,
            fill: fill,
            codec: codec
        )
    }

    var order: [Int]? {
        nil
    }

    func decode(_ encoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        filter.decode(encoded, into: &output)
    }

    func encode(_ decoded: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        filter.encode(decoded, into: &output)
    }
}

/// A filter among the codecs that turn bytes into bytes.
struct ByteFilter: BytesToBytesCodec {
    let name: String
    let filter: any ElementFilter

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        let count = decoded.limit / filter.decodedType.byteCount
        let size = count.multipliedCapped(by: filter.encodedType.byteCount)
        if case .exact = decoded { return .exact(size) }
        return .atMost(size)
    }

    func decodedSize(of encoded: RawSpan) throws(CodecError) -> SizeBound? {
        let count = try self.count(encoded.byteCount, filter.encodedType)
        return .exact(count.multipliedCapped(by: filter.decodedType.byteCount))
    }

    private func count(_ bytes: Int, _ type: NumberType) throws(CodecError) -> Int {
        let (count, rest) = bytes.quotientAndRemainder(dividingBy: type.byteCount)
        guard rest == 0 else {
            throw CodecError(
                .corrupt,
                codec: name,
                "\(bytes) bytes are no multiple of \(type.byteCount)"
            )
        }
        return count
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
        var room = output._mutatingExtracting(0..<size)
        filter.decode(encoded, into: &room)
        return size
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let size = try count(decoded.byteCount, filter.decodedType) * filter.encodedType.byteCount
        output.append(upTo: size) { bytes in
            var room = bytes._mutatingExtracting(0..<size)
            filter.encode(decoded, into: &room)
            return size
        }
    }
}
