import JSONValue
import ZarrModel

/// One element as a word of the command line.
enum ValueWord {
    /// Its bytes in canonical form: `text` is a v3 fill value as JSON, or where it is no JSON, a text.
    /// Of fixed bytes it is the text itself, in UTF-8. Throws for what does not fit, too.
    static func bytes(_ text: String, _ type: DataType, what: String) throws -> [UInt8] {
        let parsed = try? JSONParser.parse(Array(text.utf8), mode: .strict).value
        let word = parsed?.stringValue ?? text
        switch type {
        case .fixedBytes(let count) where parsed?.arrayValue == nil:
            let bytes = Array(word.utf8)
            try check(bytes.count, atMost: count, "bytes", what)
            return bytes + [UInt8](repeating: 0, count: count - bytes.count)
        case .fixedText(let length):
            try check(word.unicodeScalars.count, atMost: length, "characters", what)
            return try bytes(.string(word), type, what)
        case .rawBits where parsed?.arrayValue == nil,
            .opaque where parsed?.arrayValue == nil,
            .bytes where parsed?.arrayValue == nil:
            guard isBase64(word) else {
                throw UsageError("\(what): bytes are base64, padded with '=', or a list of numbers")
            }
            return try bytes(.string(word), type, what)
        case .string where parsed?.stringValue == nil:
            // Texts may look like numbers.
            return Array(text.utf8)
        default:
            return try bytes(parsed ?? .string(text), type, what)
        }
    }

    private static func bytes(
        _ value: JSONValue,
        _ type: DataType,
        _ what: String
    ) throws(UsageError) -> [UInt8] {
        var odd: [Diagnostic] = []
        let bytes: [UInt8]
        do throws(MetadataError) {
            bytes = try FillValue(v3: value, type: type, at: what, diagnostics: &odd).bytes
        } catch {
            throw UsageError("\(what): \(error.message)")
        }
        switch type {
        case .float, .complex:
            guard !overflows(value, ElementText.json(bytes[...], type)) else {
                throw UsageError("\(what): \(value.text()) is beyond the range of \(type.summary)")
            }
        default: break
        }
        return bytes
    }

    private static func check(
        _ count: Int,
        atMost limit: Int,
        _ unit: String,
        _ what: String
    ) throws(UsageError) {
        guard count > limit else { return }
        throw UsageError("\(what) has \(count) \(unit), and an element \(limit)")
    }

    /// Whether a number, or one of several, became infinite.
    private static func overflows(_ value: JSONValue, _ stored: JSONValue) -> Bool {
        if let parts = value.arrayValue, let stored = stored.arrayValue {
            return zip(parts, stored).contains { overflows($0, $1) }
        }
        return value.numberValue != nil && stored.stringValue?.hasSuffix("Infinity") == true
    }

    /// Whether `text` is base64 as it is written: padded, and without stray bits (RFC 4648, 3.5).
    private static func isBase64(_ text: String) -> Bool {
        var letters = Array(text.utf8)[...]
        guard letters.count % 4 == 0 else { return false }
        var padding = 0
        while padding < 2, letters.last == UInt8(ascii: "=") {
            letters.removeLast()
            padding += 1
        }
        let isPlain = letters.allSatisfy { byte in
            (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
        }
        let ends = ["", "AEIMQUYcgkosw048", "AQgw"][padding]
        return isPlain && (padding == 0 || letters.last.map(ends.utf8.contains) == true)
    }
}
