import JSONValue

extension Output {
    /// Writes `document` for a person or a program to read, and a line break.
    func json(_ document: JSONValue, _ style: JSONStyle = .pretty) throws(ToolError) {
        try write(JSONText.safe(document.text(style)) + "\n")
    }
}

/// JSON that is fit for any reader and any terminal.
enum JSONText {
    /// A quoted string.
    static func quoted(_ text: String) -> String {
        safe(JSONValue.string(text).text(.compact))
    }

    private static func isASCII(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in unsafe bytes.allSatisfy { $0 < 0x80 } }
    }

    /// `text` with the characters escaped that would steer a terminal or break a line: format
    /// characters (bidirectional controls, zero-width) and separators. They stand in strings alone.
    static func safe(_ text: String) -> String {
        guard !isASCII(text) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    safe.append("\\")
                    safe.append("u")
                    safe.append(
                        contentsOf: String(repeating: "0", count: 4 - digits.count).unicodeScalars
                    )
                    safe.append(contentsOf: digits.unicodeScalars)
                }
            default:
                safe.append(scalar)
            }
        }
        return String(safe)
    }
}
