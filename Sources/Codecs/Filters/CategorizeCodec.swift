import Arena
import JSONValue
import ZarrModel

/// **What**: texts as their numbers in a list of labels, the first 1; 0 for a text that is not in it.
///
/// **Specification**: numcodecs `categorize`.
///
/// **Names**: v2 `categorize`, as a filter of `|O` or of `<U`; v3 has none.
///
/// **Configuration**: `{"id": "categorize", "labels": ["a", "b"], "dtype": "|O", "astype": "|u1"}`.
///
/// **Interoperability**: as numcodecs does, 0 and numbers beyond the list read as the empty text. Writing a
/// text that is not in the list is refused: it could not be read again.
struct CategorizeCodec: Sendable {
    static let descriptor = CodecDescriptor(
        v2: ["categorize"],
        .arrayToBytes,
        "texts as numbers of labels"
    ) {
        spec,
        place throws(CodecError) in
        let codec = try CategorizeCodec(SpecReader(spec), place)
        if place.isBytes { return .bytes(CategorizedText(codec: codec)) }
        return .serializer(CategorizedObjects(codec: codec))
    }

    let name: String
    let form: ArrayForm
    let number: NumberType
    /// Each label's bytes as an element has them; behind them the empty text.
    let labels: [[UInt8]]

    private init(_ reader: SpecReader, _ place: CodecPlace) throws(CodecError) {
        name = reader.spec.name
        guard let number = NumberType(try reader.string("astype") ?? "|u1"),
            !number.scalar.isFloating, number.scalar != .bool
        else { throw reader.wrong("astype must name a type of integers") }
        self.number = number
        let list = try reader.list("labels") ?? []
        let texts = list.compactMap(\.stringValue)
        guard texts.count == list.count else { throw reader.wrong("labels must be texts") }
        guard place.isBytes else {
            form = try place.variableForm(reader)
            labels = texts.map { Array($0.utf8) } + [[]]
            return
        }
        form = place.form
        guard case .fixedText(let length) = form.type else {
            throw reader.wrong("it does not work on elements of type \(form.type.name)")
        }
        let size = texts.count.addingCapped(1).multipliedCapped(by: form.elementSize ?? 1)
        try place.limits.check(size, codec: name)
        let isBig = try reader.string("dtype")?.utf8.first == UInt8(ascii: ">")
        labels = (texts + [""]).map { Self.units($0, length: length, isBig: isBig) }
    }

    /// A text in UTF-32, cut or padded.
    private static func units(_ text: String, length: Int, isBig: Bool) -> [UInt8] {
        var units = text.unicodeScalars.prefix(length).map { $0.value }
        units += [UInt32](repeating: 0, count: length - units.count)
        return units.flatMap { unit in
            (0..<4).map { UInt8(truncatingIfNeeded: unit >> UInt32(8 * (isBig ? 3 - $0 : $0))) }
        }
    }

    /// The labels' places in the list that the numbers stand for.
    fileprivate func places(_ encoded: RawSpan) throws(CodecError) -> [Int] {
        let wanted = form.count.multipliedCapped(by: number.byteCount)
        guard encoded.byteCount == wanted else {
            throw CodecError(
                encoded.byteCount < wanted ? .short : .long,
                codec: name,
                "there are \(encoded.byteCount) bytes where the chunk has \(wanted)"
            )
        }
        var numbers = [UInt8](repeating: 0, count: 8 * form.count)
        numbers.withMutableRawBytes {
            Numbers.convert(encoded, number, into: &$0, NumberType(.int64))
        }
        return numbers.withRawBytes { bytes in
            (0..<form.count).map { position in
                let code = Bytes.load(bytes, at: 8 * position, as: Int64.self)
                return code > 0 && code < labels.count ? Int(code) - 1 : labels.count - 1
            }
        }
    }

    /// Appends the numbers of elements.
    fileprivate func append(
        _ elements: some Sequence<[UInt8]>,
        to output: Arena
    ) throws(CodecError) {
        var codes: [[UInt8]: Int64] = [labels[labels.count - 1]: 0]
        for (place, label) in labels.dropLast().enumerated().reversed() {
            codes[label] = Int64(place + 1)
        }
        let numbers = Arena(capacity: max(1, 8 * form.count))
        for (position, element) in elements.enumerated() {
            guard let code = codes[element] else {
                throw CodecError(
                    .configuration,
                    codec: name,
                    "element \(position) is not among the labels"
                )
            }
            numbers.append(littleEndian: code)
        }
        let size = numbers.count / 8 * number.byteCount
        output.append(upTo: size) { bytes in
            numbers.withBytes {
                Numbers.convert($0, NumberType(.int64), into: &bytes, number)
            }
            return size
        }
    }
}

/// The filter of objects, which stands where the array becomes bytes.
private struct CategorizedObjects: VariableCodec {
    let codec: CategorizeCodec

    var name: String {
        codec.name
    }

    var encodedSize: SizeBound {
        .exact(codec.form.count.multipliedCapped(by: codec.number.byteCount))
    }

    func decode(_ encoded: RawSpan) throws(CodecError) -> [[UInt8]] {
        try codec.places(encoded).map { codec.labels[$0] }
    }

    func encodeVariable(
        _ elements: [[UInt8]],
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        try codec.append(elements, to: output)
    }
}

/// The filter of texts of fixed length, which stands behind their bytes.
private struct CategorizedText: BytesToBytesCodec {
    let codec: CategorizeCodec

    private var elementSize: Int {
        codec.form.elementSize ?? 1
    }

    func encodedSize(of decoded: SizeBound) -> SizeBound {
        .exact(codec.form.count.multipliedCapped(by: codec.number.byteCount))
    }

    func decodedSize(of encoded: RawSpan) -> SizeBound? {
        codec.form.byteCount.map { .exact($0) }
    }

    func decode(
        _ encoded: RawSpan,
        into output: inout MutableRawSpan,
        _ contexts: CodecContexts
    ) throws(CodecError) -> Int {
        let size = codec.form.byteCount ?? 0
        guard size <= output.byteCount else {
            throw CodecError(.long, codec: codec.name, "it decodes to \(size) bytes")
        }
        for (position, place) in try codec.places(encoded).enumerated() {
            codec.labels[place].withRawBytes {
                Bytes.copy($0, into: &output, at: position * elementSize)
            }
        }
        return size
    }

    func encode(
        _ decoded: RawSpan,
        into output: Arena,
        _ contexts: CodecContexts
    ) throws(CodecError) {
        let size = elementSize
        let elements = stride(from: 0, to: decoded.byteCount / size * size, by: size).map {
            Bytes.array(decoded.extracting($0..<($0 + size)))
        }
        try codec.append(elements, to: output)
    }
}
