import Arena
import JSONValue
import ZarrModel

/// **What**: objects of any kind as one JSON list: the elements (nested as the array is), then NumPy's
/// type, then the shape.
///
/// **Specification**: numcodecs `json2` (`json` in its first versions, without the shape).
///
/// **Names**: v3 `numcodecs.json2`; v2 `json2`, `json`, as a filter of `|O`.
///
/// **Configuration**: Python's, such as `{"id": "json2", "encoding": "utf-8", "indent": null}`; reading
/// needs none of it.
///
/// **Interoperability**: an element is kept as its JSON text, so a string has its quotes. Bare `NaN` and
/// `Infinity` are read.
struct JSONCodec: ArrayToBytesCodec {
    static let descriptor = CodecDescriptor(
        v3: ["numcodecs.json2"],
        v2: ["json2", "json"],
        .arrayToBytes
    ) { spec, place throws(CodecError) in
        guard place.form.type.isVariableLength else {
            throw SpecReader(spec).wrong(
                "elements of type \(place.form.type.name) have a fixed length"
            )
        }
        return .serializer(
            JSONCodec(
                name: spec.name,
                form: place.form,
                encodedSize: .atMost(place.limits.variableBytes)
            )
        )
    }

    let name: String
    let form: ArrayForm
    let encodedSize: SizeBound

    var isCanonical: Bool {
        false
    }

    func makeDecoding(_ limits: CodecLimits) -> any ArrayDecoding {
        VariableDecoding(name) { encoded throws(CodecError) in
            try ObjectList(name: name, form: form).elements(try parse(encoded))
        }
    }

    private func parse(_ encoded: RawSpan) throws(CodecError) -> JSONValue {
        do throws(JSONError) {
            return try JSONParser.parse(Bytes.array(encoded), mode: .lenient).value
        } catch {
            throw CodecError(
                .corrupt,
                codec: name,
                "line \(error.line), column \(error.column): \(error.message)"
            )
        }
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        throw CodecError(.configuration, codec: name, "it encodes elements of any length")
    }

    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        var values: [JSONValue] = []
        for element in elements {
            switch form.type {
            case .object: values.append(try element.withRawBytes(parse))
            default: values.append(.string(String(decoding: element, as: UTF8.self)))
            }
        }
        let list = ObjectList(name: name, form: form).list(values)
        output.append(Array(list.text(.compact).utf8))
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
