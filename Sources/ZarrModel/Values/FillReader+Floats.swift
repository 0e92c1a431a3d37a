import JSONValue

extension FillReader {
    /// Numbers rounded once, `"NaN"`, `"Infinity"`, `"-Infinity"`, or the bits as `"0x…"`.
    mutating func float(_ value: JSONValue, _ type: FloatType) throws(MetadataError) -> [UInt8] {
        let format = FloatFormat(type)
        switch value {
        case .number(let number) where number.isBareSpecial:
            return try special(number.text, type)
        case .number(let number):
            guard let bits = pattern(number, type) else {
                throw failure("\(number.text.prefix(40)) is beyond the range of \(type.rawValue)")
            }
            if !format.value(bits).isFinite {
                warn("\(number.text.prefix(40)) is beyond \(type.rawValue) and reads as infinite")
            }
            return Self.littleEndian(bits, type.byteCount)
        case .string(let text):
            if version == .v2, type == .float4_e2m1fn, let bytes = Base64.decode(text),
                bytes.count == 1, bytes[0] < 16
            {
                return bytes
            }
            return try special(text, type)
        case .bool(let truth):
            warn("\(type.rawValue) is a number; \(truth) was read as \(truth ? 1 : 0)")
            return Self.littleEndian(format.nearest(truth ? 1 : 0) ?? 0, type.byteCount)
        default:
            throw failure("\(type.rawValue) is a number or a string, not \(value.kindPhrase)")
        }
    }

    private func pattern(_ number: JSONNumber, _ type: FloatType) -> UInt64? {
        switch type {
        case .float64: number.double.bitPattern
        case .float32: UInt64(number.float.bitPattern)
        default: FloatFormat(type).nearest(text: number.text)
        }
    }

    private mutating func special(
        _ text: String,
        _ type: FloatType
    ) throws(MetadataError) -> [UInt8] {
        let format = FloatFormat(type)
        let bits: UInt64?
        switch text {
        case "NaN": bits = format.nan
        case "Infinity": bits = format.infinity(isNegative: false)
        case "-Infinity": bits = format.infinity(isNegative: true)
        default: bits = try written(text, type)
        }
        guard let bits else { throw failure("\(type.rawValue) has no \(text)") }
        return Self.littleEndian(bits, type.byteCount)
    }

    /// The bits in hexadecimal, or a spelling that other programs use.
    private mutating func written(
        _ text: String,
        _ type: FloatType
    ) throws(MetadataError) -> UInt64? {
        let format = FloatFormat(type)
        if text.hasPrefix("0x") {
            let digits = text.dropFirst(2)
            guard digits.utf8.count == 2 * type.byteCount, digits.first != "+", digits.first != "-",
                let bits = UInt64(digits, radix: 16)
            else { throw failure("\(type.rawValue) has \(2 * type.byteCount) digits after 0x") }
            if version == .v2 { warn("v2 has no words for the bits of a float") }
            return bits
        }
        let known = [
            "nan": format.nan, "inf": format.infinity(isNegative: false),
            "+Infinity": format.infinity(isNegative: false),
            "-inf": format.infinity(isNegative: true),
        ]
        if let bits = known[text] {
            warn("\(text) is written NaN, Infinity or -Infinity")
            return bits
        }
        guard DecimalText(text)?.digits.count ?? 0 > 0 || text == "0" || text == "0.0" else {
            throw failure("\"\(text.prefix(40))\" is no \(type.rawValue)")
        }
        warn("\(type.rawValue) is a number; the string \(text.prefix(40)) was read as one")
        return pattern(JSONNumber(verbatim: text), type)
    }

    /// Two floats; one alone is the real part.
    mutating func complex(_ value: JSONValue, _ part: FloatType) throws(MetadataError) -> [UInt8] {
        if let parts = value.arrayValue {
            guard parts.count == 2 else {
                throw failure("a complex number has two parts, not \(parts.count)")
            }
            return try float(parts[0], part) + float(parts[1], part)
        }
        let real = try float(value, part)
        warn(
            "a complex number is a list of two; \(value.text().prefix(40)) was read as its real part"
        )
        return real + [UInt8](repeating: 0, count: real.count)
    }
}
