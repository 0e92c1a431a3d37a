/// A number by its text: no digit is lost between reading and writing.
///
/// Two numbers are equal when their texts are: `1` and `1.0` differ.
public struct JSONNumber: Sendable, Hashable {
    /// The token. Besides JSON's own form it can be `NaN`, `Infinity` or `-Infinity`, where a
    /// document held that and was read leniently.
    public let text: String

    /// Takes `text` as it is. Requires a number token: it is written out unquoted.
    public init(verbatim text: String) {
        self.text = text
    }

    /// The exact value of `integer`.
    public init(_ integer: some BinaryInteger) {
        text = String(integer)
    }

    /// The shortest text that reads back as `value`; a whole number gets `.0`.
    public init(_ value: Double) {
        if value.isNaN {
            text = "NaN"
        } else if value.isInfinite {
            text = value < 0 ? "-Infinity" : "Infinity"
        } else {
            text = value.description
        }
    }

    /// Whether the token is a plain integer: no fraction, no exponent.
    public var isPlainInteger: Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        return !digits.isEmpty && digits.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }

    /// The exact integer, where the token is a plain one and fits.
    public var int: Int? {
        let digits = text.utf8
        guard let first = digits.first, first >= 0x30, digits.count <= 18 else {
            return integer(as: Int.self)
        }
        // So few digits always fit.
        var number = 0
        for digit in digits {
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            number = 10 * number + Int(digit - 0x30)
        }
        return number
    }

    /// The exact integer, where the token is a plain one and fits.
    public func integer<Integer: FixedWidthInteger>(as type: Integer.Type) -> Integer? {
        isPlainInteger ? Integer(text) : nil
    }

    /// The nearest `Double`, rounded once; infinite where the text is too large for one.
    public var double: Double {
        Double(text) ?? .nan
    }

    /// The nearest `Float`, rounded once from the text and not by way of `Double`.
    public var float: Float {
        Float(text) ?? .nan
    }

    /// Whether the token is one that JSON does not have: `NaN`, `Infinity`, `-Infinity`.
    public var isBareSpecial: Bool {
        text == "NaN" || text == "Infinity" || text == "-Infinity"
    }
}
