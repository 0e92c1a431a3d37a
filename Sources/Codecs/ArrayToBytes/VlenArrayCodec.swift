import Arena
import JSONValue
import ZarrModel

/// **What**: lists of numbers of any length, each behind its length.
///
/// **Specification**: numcodecs `vlen-array`: laid out as `vlen-bytes`, an item being the numbers' bytes.
///
/// **Names**: v3 `numcodecs.vlen-array`; v2 `vlen-array`, as a filter of `|O`.
///
/// **Configuration**: `{"id": "vlen-array", "dtype": "<i4"}`.
///
/// **Interoperability**: an element is kept as the text of a JSON list.
struct VlenArrayCodec: VariableCodec {
    static let descriptor = CodecDescriptor(
        v3: ["numcodecs.vlen-array"],
        v2: ["vlen-array"],
        .arrayToBytes,
        "lists of numbers, each behind its length; an element reads as a JSON list"
    ) { spec, place throws(CodecError) in
        let reader = SpecReader(spec)
        let form = try place.variableForm(reader)
        guard let name = try reader.string("dtype"), let number = NumberType(name) else {
            throw reader.wrong("dtype must name a type of numbers")
        }
        return .serializer(
            VlenArrayCodec(
                name: spec.name,
                count: form.count,
                number: number,
                encodedSize: .atMost(place.limits.variableBytes)
            )
        )
    }

    let name: String
    let count: Int
    let number: NumberType
    let encodedSize: SizeBound

    func decode(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        var items = try VlenItems.decode(encoded, count: count, codec: name)
        for position in items.indices { items[position] = try text(items[position]) }
        return items
    }

    private func text(_ item: [UInt8]) throws(CodecError) -> [UInt8] {
        guard item.count % number.byteCount == 0 else {
            throw CodecError(
                .corrupt,
                codec: name,
                "\(item.count) bytes are no multiple of \(number.byteCount)"
            )
        }
        let values = item.withRawBytes { bytes in
            stride(from: 0, to: item.count, by: number.byteCount).map { offset in
                Numbers.json(bytes, at: offset, number)
            }
        }
        return Array(JSONValue.array(values).text(.compact).utf8)
    }

    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        var items: [[UInt8]] = []
        for element in elements {
            guard let list = (try? JSONParser.parse(element, mode: .lenient))?.value.arrayValue
            else {
                throw CodecError(.configuration, codec: name, "an element is no list of numbers")
            }
            items.append(list.flatMap { Numbers.bytes(of: $0, number) })
        }
        try VlenItems.encode(items, into: output, codec: name)
    }
}
