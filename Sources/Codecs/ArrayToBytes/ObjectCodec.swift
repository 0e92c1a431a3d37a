import Arena
import JSONValue
import ZarrModel

/// **What**: objects of any kind as one list, in JSON or in MessagePack: the elements (nested as the array
/// is), then NumPy's type, then the shape.
///
/// **Specification**: numcodecs `json2` and `msgpack2` (`json` and `msgpack` in their first versions, without the
/// shape); msgpack.org.
///
/// **Names**: v3 `numcodecs.json2`, `numcodecs.msgpack2`; v2 `json2`, `json`, `msgpack2`, `msgpack`, as a filter of `|O`.
///
/// **Configuration**: Python's, such as `{"id": "json2", "encoding": "utf-8", "indent": null}` or `{"id":
/// "msgpack2", "use_bin_type": true}`; reading needs none of it.
///
/// **Interoperability**: an element is kept as its JSON text, so a string has its quotes. Bare `NaN` and
/// `Infinity` are read. Of MessagePack, byte strings are lists of numbers, keys of maps must be texts,
/// and extension types are refused.
struct ObjectCodec: VariableCodec {
    static let json = descriptor("json2", "json", .json, "objects as one JSON list")
    static let messagePack = descriptor(
        "msgpack2",
        "msgpack",
        .messagePack,
        "objects as one MessagePack list"
    )

    /// How the list is written.
    enum Format: Sendable {
        case json, messagePack

        /// The list of the bytes.
        fileprivate func parse(_ bytes: [UInt8], codec: String) throws(CodecError) -> JSONValue {
            switch self {
            case .json: return try ObjectCodec.parse(bytes, .corrupt, codec: codec)
            case .messagePack:
                var reader = MessagePackReader(bytes: bytes, codec: codec)
                return try reader.document()
            }
        }

        /// The bytes of the list.
        fileprivate func print(_ list: JSONValue) -> [UInt8] {
            switch self {
            case .json: return Array(list.text(.compact).utf8)
            case .messagePack:
                var writer = MessagePackWriter()
                writer.write(list)
                return writer.bytes
            }
        }
    }

    let name: String
    let form: ArrayForm
    let encodedSize: SizeBound
    let format: Format

    private static func descriptor(
        _ name: String,
        _ older: String,
        _ format: Format,
        _ summary: String
    ) -> CodecDescriptor {
        CodecDescriptor(v3: ["numcodecs." + name], v2: [name, older], .arrayToBytes, summary) {
            spec,
            place throws(CodecError) in
            .serializer(
                ObjectCodec(
                    name: spec.name,
                    form: try place.variableForm(SpecReader(spec)),
                    encodedSize: .atMost(place.limits.variableBytes),
                    format: format
                )
            )
        }
    }

    private static func parse(
        _ bytes: [UInt8],
        _ code: CodecError.Code,
        codec: String
    ) throws(CodecError) -> JSONValue {
        do throws(JSONError) {
            return try JSONParser.parse(bytes, mode: .lenient).value
        } catch {
            throw CodecError(
                code,
                codec: codec,
                "line \(error.line), column \(error.column): \(error.message)"
            )
        }
    }

    func decode(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        let list = try format.parse(Bytes.array(encoded), codec: name)
        return try ObjectList(name: name, form: form).elements(list)
    }

    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        var values: [JSONValue] = []
        for element in elements {
            switch form.type {
            case .object:
                values.append(try Self.parse(element, .configuration, codec: name))
            default: values.append(.string(String(decoding: element, as: UTF8.self)))
            }
        }
        output.append(format.print(ObjectList(name: name, form: form).list(values)))
    }
}

/// The list that numcodecs makes of an array of objects, in JSON and in MessagePack.
struct ObjectList {
    let name: String
    let form: ArrayForm

    /// The elements in C order. Throws where there are not exactly as many as the chunk has.
    func elements(_ document: JSONValue) throws(CodecError) -> [[UInt8]] {
        guard let list = document.arrayValue, let last = list.last else {
            throw CodecError(.corrupt, codec: name, "it is no list that ends in a type")
        }
        // The shape says how deep the elements lie; a 0-dimensional array has one. The first versions
        // of these codecs wrote the type alone.
        let rank = last.arrayValue?.count ?? form.shape.count
        var values = Array(list.dropLast(last.arrayValue == nil ? 1 : 2))
        for _ in 1..<max(1, min(rank, ArrayForm.rankLimit)) {
            values = values.flatMap { $0.arrayValue ?? [$0] }
        }
        guard values.count == form.count else {
            throw CodecError(
                values.count < form.count ? .short : .long,
                codec: name,
                "there are \(values.count) elements where the chunk has \(form.count)"
            )
        }
        return values.map { value in
            if form.type != .object, let text = value.stringValue { return Array(text.utf8) }
            return Array(value.text(.compact).utf8)
        }
    }

    /// The way back.
    func list(_ values: [JSONValue]) -> JSONValue {
        var values = values
        for length in form.shape.dropFirst().reversed() {
            values = stride(from: 0, to: values.count, by: max(1, length)).map {
                .array(Array(values[$0..<min(values.count, $0 + length)]))
            }
        }
        values.append("|O")
        values.append(.array(form.shape.map { .integer($0) }))
        return .array(values)
    }
}
