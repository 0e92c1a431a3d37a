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
        case .fixedBytes where parsed?.arrayValue == nil, .fixedText:
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
        do throws(MetadataError) {
            return try checked(value, type).bytes
        } catch {
            throw UsageError("\(what): \(error.message)")
        }
    }

    /// The bytes in canonical form of an element in the form of a v3 fill value, as `read --format json`
    /// prints it. Throws for what does not fit, and for what is only nearly a value of the type.
    static func bytes(of value: JSONValue, _ type: DataType) throws(MetadataError) -> [UInt8] {
        if case .fixedBytes = type, value.arrayValue == nil, value.stringValue == nil {
            throw MetadataError(
                at: "",
                "\(type.summary) is a list of numbers from 0 to 255, or text"
            )
        }
        let (bytes, odd) = try checked(value, type)
        guard let odd = odd.first else { return bytes }
        switch type {
        // A whole number with a fraction of nothing is one.
        case .integer, .datetime, .timedelta: return bytes
        default: throw MetadataError(at: "", odd.message)
        }
    }

    private static func checked(
        _ value: JSONValue,
        _ type: DataType
    ) throws(MetadataError) -> (bytes: [UInt8], odd: [Diagnostic]) {
        var odd: [Diagnostic] = []
        let plain = try plain(value, type)
        let bytes = try FillValue(v3: plain, type: type, at: "", diagnostics: &odd).bytes
        switch type {
        case .float, .complex:
            guard !overflows(value, ElementText.json(bytes[...], type)) else {
                throw MetadataError(
                    at: "",
                    "\(value.text()) is beyond the range of \(type.summary)"
                )
            }
        default: break
        }
        return (bytes, odd)
    }

    /// `value` with the texts of fixed bytes, also in fields, as numbers: they would be taken for
    /// base64. Throws for what would be stored as another value.
    private static func plain(
        _ value: JSONValue,
        _ type: DataType
    ) throws(MetadataError) -> JSONValue {
        switch type {
        case .fixedBytes(let count):
            guard let text = value.stringValue else { return value }
            try check(text.utf8.count, atMost: count, "bytes")
            return .array(text.utf8.map { .integer(Int($0)) })
        case .fixedText(let length):
            try check(value.stringValue?.unicodeScalars.count ?? 0, atMost: length, "characters")
            return value
        case .structure(let fields):
            return try plain(value, fields)
        case .datetime(let unit, let scale):
            guard let text = value.stringValue else { return try number(value, type) }
            return .integer(try CivilTime.count(text, unit, scale: scale))
        case .timedelta where value.stringValue.map { $0 != "NaT" } ?? false:
            throw MetadataError(
                at: "",
                "a span of time is a whole number of \(type.summary), or NaT"
            )
        case .bool, .string, .bytes, .object, .optional:
            return value
        default:
            return try number(value, type)
        }
    }

    private static func number(
        _ value: JSONValue,
        _ type: DataType
    ) throws(MetadataError) -> JSONValue {
        guard value.boolValue == nil else {
            throw MetadataError(at: "", "\(type.name) is no truth: write a number")
        }
        return value
    }

    /// The fields of a structured value, by name or in their order.
    private static func plain(
        _ value: JSONValue,
        _ fields: [StructField]
    ) throws(MetadataError) -> JSONValue {
        if var object = value.objectValue {
            for field in fields {
                guard let member = object[field.name] else { continue }
                object[field.name] = try plain(member, field, field.shape.count)
            }
            return .object(object)
        }
        guard var list = value.arrayValue, list.count == fields.count else { return value }
        for (position, field) in fields.enumerated() {
            list[position] = try plain(list[position], field, field.shape.count)
        }
        return .array(list)
    }

    /// A field, with as many lists around its values as `rank` says.
    private static func plain(
        _ value: JSONValue,
        _ field: StructField,
        _ rank: Int
    ) throws(MetadataError) -> JSONValue {
        guard rank > 0, let list = value.arrayValue else { return try plain(value, field.type) }
        var elements: [JSONValue] = []
        for element in list { elements.append(try plain(element, field, rank - 1)) }
        return .array(elements)
    }

    private static func check(
        _ count: Int,
        atMost limit: Int,
        _ unit: String
    ) throws(MetadataError) {
        guard count > limit else { return }
        throw MetadataError(at: "", "it has \(count) \(unit), and an element \(limit)")
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
