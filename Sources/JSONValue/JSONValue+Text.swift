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
        return String(decoding: writer.text, as: UTF8.self)
    }
}

private struct JSONWriter {
    let style: JSONStyle
    /// UTF-8: appending to bytes costs a fifth of what appending to a string does.
    var text: [UInt8] = []

    mutating func write(_ value: JSONValue, indent: Int) {
        switch value {
        case .null: text.append(contentsOf: "null".utf8)
        case .bool(let truth): text.append(contentsOf: (truth ? "true" : "false").utf8)
        case .number(let number): text.append(contentsOf: number.text.utf8)
        case .string(let string): write(string)
        case .array(let elements): write(elements, indent: indent)
        case .object(let object): write(object, indent: indent)
        }
    }

    private mutating func add(_ character: Unicode.Scalar) {
        text.append(UInt8(ascii: character))
    }

    private mutating func write(_ elements: [JSONValue], indent: Int) {
        if style == .pretty, elements.count <= 16, elements.allSatisfy(\.isPlain) {
            add("[")
            for (position, element) in elements.enumerated() {
                if position > 0 {
                    add(",")
                    add(" ")
                }
                write(element, indent: indent)
            }
            add("]")
            return
        }
        add("[")
        for (position, element) in elements.enumerated() {
            separate(position, indent: indent + 1)
            write(element, indent: indent + 1)
        }
        if !elements.isEmpty { breakLine(indent) }
        add("]")
    }

    private mutating func write(_ object: JSONObject, indent: Int) {
        add("{")
        for (position, member) in object.members.enumerated() {
            separate(position, indent: indent + 1)
            write(member.key)
            add(":")
            if style == .pretty { add(" ") }
            write(member.value, indent: indent + 1)
        }
        if !object.isEmpty { breakLine(indent) }
        add("}")
    }

    private mutating func separate(_ position: Int, indent: Int) {
        if position > 0 { add(",") }
        breakLine(indent)
    }

    private mutating func breakLine(_ indent: Int) {
        guard style == .pretty else { return }
        add("\n")
        text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
    }

    /// C0, C1 and DEL are escaped, so that a document on a terminal cannot steer it.
    private mutating func write(_ string: String) {
        add("\"")
        let start = text.count
        text.append(contentsOf: string.utf8)
        if !Self.isPlain(text[start...]) {
            text.removeSubrange(start...)
            writeEscaped(string)
        }
        add("\"")
    }

    /// Whether bytes are in JSON what they are, one by one: most strings are, and are quick then.
    private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
        for byte in bytes {
            guard byte >= 0x20, byte < 0x7f, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
            else { return false }
        }
        return true
    }

    private mutating func escape(_ letter: Unicode.Scalar) {
        add("\\")
        add(letter)
    }

    private mutating func writeEscaped(_ string: String) {
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": escape("\"")
            case "\\": escape("\\")
            case "\n": escape("n")
            case "\r": escape("r")
            case "\t": escape("t")
            case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                let zeros = String(repeating: "0", count: 4 - digits.count)
                text.append(contentsOf: "\\u\(zeros)\(digits)".utf8)
            default:
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
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
