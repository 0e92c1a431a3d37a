/// How a document is laid out.
public enum JSONStyle: Sendable, Hashable {
    /// On one line, without spaces.
    case compact
    /// One member or element a line, indented by two spaces; short lists of plain values on a line.
    case pretty
}

extension JSONValue {
    /// The document as text. Control characters are always escaped. O(bytes).
    public func text(_ style: JSONStyle = .compact) -> String {
        var writer = JSONWriter(style: style)
        writer.write(self, indent: 0)
        return writer.text
    }
}

private struct JSONWriter {
    let style: JSONStyle
    var text = ""

    mutating func write(_ value: JSONValue, indent: Int) {
        switch value {
        case .null: text += "null"
        case .bool(let truth): text += truth ? "true" : "false"
        case .number(let number): text += number.text
        case .string(let string): write(string)
        case .array(let elements): write(elements, indent: indent)
        case .object(let object): write(object, indent: indent)
        }
    }

    private mutating func write(_ elements: [JSONValue], indent: Int) {
        if style == .pretty, elements.count <= 16, elements.allSatisfy(\.isPlain) {
            text += "["
            for (position, element) in elements.enumerated() {
                if position > 0 { text += ", " }
                write(element, indent: indent)
            }
            text += "]"
            return
        }
        text += "["
        for (position, element) in elements.enumerated() {
            separate(position, indent: indent + 1)
            write(element, indent: indent + 1)
        }
        if !elements.isEmpty { breakLine(indent) }
        text += "]"
    }

    private mutating func write(_ object: JSONObject, indent: Int) {
        text += "{"
        for (position, member) in object.members.enumerated() {
            separate(position, indent: indent + 1)
            write(member.key)
            text += style == .pretty ? ": " : ":"
            write(member.value, indent: indent + 1)
        }
        if !object.isEmpty { breakLine(indent) }
        text += "}"
    }

    private mutating func separate(_ position: Int, indent: Int) {
        if position > 0 { text += "," }
        breakLine(indent)
    }

    private mutating func breakLine(_ indent: Int) {
        guard style == .pretty else { return }
        text += "\n"
        for _ in 0..<indent { text += "  " }
    }

    /// C0, C1 and DEL are escaped, so that a document on a terminal cannot steer it.
    private mutating func write(_ string: String) {
        text += "\""
        guard !string.isPlainASCII else {
            text += string
            text += "\""
            return
        }
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension JSONValue {
    fileprivate var isPlain: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .array, .object: false
        }
    }
}

extension String {
    /// Whether it is in JSON what it is, character by character: most strings are, and are quick then.
    fileprivate var isPlainASCII: Bool {
        for byte in utf8 {
            guard byte >= 0x20, byte < 0x7f, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
            else { return false }
        }
        return true
    }
}
