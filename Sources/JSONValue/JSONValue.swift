/// A JSON document or a part of one, exactly as it was written.
///
/// Numbers keep their text and objects their order, so a document survives reading and writing.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, by its text.
    case number(JSONNumber)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// Named members in the order they were written.
    case object(JSONObject)
}

extension JSONValue {
    /// A number with the exact value of `integer`.
    public static func integer(_ integer: some BinaryInteger) -> JSONValue {
        .number(JSONNumber(integer))
    }

    /// A finite number as the shortest text that reads back; what is not finite as a string:
    /// `"NaN"`, `"Infinity"`, `"-Infinity"`.
    public static func floating(_ value: Double) -> JSONValue {
        if value.isNaN { return .string("NaN") }
        if value.isInfinite { return .string(value < 0 ? "-Infinity" : "Infinity") }
        return .number(JSONNumber(value))
    }

    /// The text, where this is a string.
    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The exact integer, where this is a number written without fraction and exponent that fits.
    public var intValue: Int? {
        if case .number(let number) = self { number.int } else { nil }
    }

    /// The nearest `Double`, where this is a number.
    public var doubleValue: Double? {
        if case .number(let number) = self { number.double } else { nil }
    }

    /// The truth value, where this is one.
    public var boolValue: Bool? {
        if case .bool(let truth) = self { truth } else { nil }
    }

    /// The elements, where this is an array.
    public var arrayValue: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members, where this is an object.
    public var objectValue: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The number, where this is one.
    public var numberValue: JSONNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    /// Whether this is `null`.
    public var isNull: Bool {
        self == .null
    }

    /// The member `key`, where this is an object that has it.
    public subscript(key: String) -> JSONValue? {
        objectValue?[key]
    }

    /// The element at `position`, where this is an array that reaches so far.
    public subscript(position: Int) -> JSONValue? {
        guard let elements = arrayValue, elements.indices.contains(position) else { return nil }
        return elements[position]
    }

    /// What this is, for messages: `null`, `a boolean`, `a number`, `a string`…
    public var kindPhrase: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `null`.
    public init(nilLiteral: ()) {
        self = .null
    }

    /// `true` or `false`.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// A number.
    public init(integerLiteral value: Int) {
        self = .integer(value)
    }

    /// A number.
    public init(floatLiteral value: Double) {
        self = .floating(value)
    }

    /// A text.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// A list.
    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// Named members in the order given; of members with one name the last stays.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}
