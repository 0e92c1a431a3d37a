import JSONValue
import ZarrEngine
import ZarrModel

/// Values in the formats that `zscope read` prints.
struct ValuesReport {
    let values: ArrayValues
    let output: Output

    private var columns: Int { values.shape.last ?? 1 }

    /// One document: shape, type, and every element in the form of a v3 fill value.
    func json() throws {
        var text = ByteText()
        text.append("{\"shape\":[")
        text.append(list: values.shape)
        text.append("],\"data_type\":\(JSONText.quoted(values.dataType.name)),\"values\":[")
        for place in 0..<values.count {
            if place > 0 { text.append(place % max(1, columns) == 0 ? ",\n" : ",") }
            text.append(element(place))
            try text.flush(to: output)
        }
        text.append("]}\n")
        try text.flush(to: output, always: true)
    }

    /// Every element on a line of its own.
    func elements() throws {
        var text = ByteText()
        for place in 0..<values.count {
            text.append(element(place))
            text.append(byte: 0x0a)
            try text.flush(to: output)
        }
        try text.flush(to: output, always: true)
    }

    /// A line per row; the last dimension runs across, or the first one of two if `isTransposed`. Of
    /// one dimension, a line per element.
    func csv(isTransposed: Bool = false) throws {
        let height = values.shape.first ?? 1
        let width = values.shape.count < 2 ? 1 : isTransposed ? height : columns
        // A terminal would act on what a program is to get as it is.
        let isShown = output.isTerminal
        var text = ByteText()
        for place in 0..<values.count {
            if place > 0 { text.append(place % width == 0 ? "\n" : ",") }
            let own = isTransposed ? place % width * columns + place / width : place
            text.append(field(values.json(own).standard, isShown: isShown))
            try text.flush(to: output)
        }
        if values.count > 0 { text.append("\n") }
        try text.flush(to: output, always: true)
    }

    /// NumPy's file format; of `shape` where the values are a part of what it holds or lie in another
    /// order.
    func npy(as shape: [Int]? = nil, isFortran: Bool = false) throws {
        let shape = shape ?? values.shape
        if let elements = values.variable {
            try variableNPY(elements, shape, isFortran: isFortran)
            return
        }
        try Self.npyHead(values.dataType, shape, isFortran: isFortran, to: output)
        try raw()
    }

    /// What stands before the elements in NumPy's file format. Throws where NumPy has no such type.
    static func npyHead(
        _ type: DataType,
        _ shape: [Int],
        isFortran: Bool,
        to output: Output
    ) throws {
        guard let descr = descr(type) else {
            throw ToolError(
                "NumPy has no type for \(type.name)",
                remedy: "--format json and --format raw can hold it"
            )
        }
        try output.write(NumPyFile.head(descr: descr, shape: shape, isFortran: isFortran))
    }

    /// The packed elements: C order, little-endian.
    func raw() throws {
        guard values.variable == nil else {
            throw ToolError(
                "elements of type \(values.dataType.name) have no fixed length",
                remedy: "use --format json"
            )
        }
        try values.withBytes { bytes throws(ToolError) in try output.write(bytes) }
    }

    /// Texts become NumPy's fixed-length texts, as long as the longest.
    private func variableNPY(
        _ elements: [[UInt8]],
        _ shape: [Int],
        isFortran: Bool
    ) throws {
        guard values.dataType == .string else {
            throw ToolError(
                "NumPy has no type for \(values.dataType.name)",
                remedy: "use --format json"
            )
        }
        let texts = elements.map { String(decoding: $0, as: UTF8.self).unicodeScalars }
        let length = max(1, texts.map(\.count).max() ?? 1)
        let head = NumPyFile.head(descr: "'<U\(length)'", shape: shape, isFortran: isFortran)
        try output.write(head)
        var bytes: [UInt8] = []
        for text in texts {
            var count = 0
            for scalar in text {
                for shift in [0, 8, 16, 24] as [UInt32] {
                    bytes.append(UInt8(truncatingIfNeeded: scalar.value >> shift))
                }
                count += 1
            }
            bytes += repeatElement(0, count: 4 * (length - count))
            if bytes.count > 1 << 15 {
                try output.write(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try output.write(bytes)
    }

    /// The type as NumPy's header spells it: quoted, or a list of fields.
    static func descr(_ type: DataType) -> String? {
        if let text = type.numpyDescr { return "'\(text)'" }
        guard case .structure(let fields) = type else { return nil }
        var parts: [String] = []
        for field in fields {
            guard let inner = descr(field.type) else { return nil }
            let extents = field.shape.map(String.init).joined(separator: ", ")
            let comma = field.shape.count == 1 ? "," : ""
            let shape = field.shape.isEmpty ? "" : ", (\(extents)\(comma))"
            parts.append("(\(pythonText(field.name)), \(inner)\(shape))")
        }
        return "[" + parts.joined(separator: ", ") + "]"
    }

    /// A text as Python's `repr` quotes it.
    private static func pythonText(_ text: String) -> String {
        let quote = text.contains("'") && !text.contains("\"") ? "\"" : "'"
        let inside = text.map { character in
            switch character {
            case "\\": "\\\\"
            case "\n": "\\n"
            case "'" where quote == "'": "\\'"
            default: String(character)
            }
        }
        return quote + inside.joined() + quote
    }

    private func element(_ place: Int) -> String {
        JSONText.safe(values.json(place).standard.text(.compact))
    }

    /// A value as one field: texts as they are, quoted where they must be; lists as JSON.
    private func field(_ value: JSONValue, isShown: Bool) -> String {
        let raw = value.stringValue ?? value.text(.compact)
        let text = isShown ? visible(raw) : raw
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else {
            return text
        }
        return commaQuoted(text)
    }
}
