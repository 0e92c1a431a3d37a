extension JSONParser {
    /// A number of a few digits and nothing else, as most lists have them; `nil`, and nothing was read,
    /// where something else stands.
    mutating func plainInteger() -> JSONValue? {
        var end = offset
        while end < bytes.count, isDigit(bytes[end]) { end += 1 }
        let digits = end - offset
        guard digits > 0, digits <= min(15, limits.numberByteCount), end < bytes.count,
            digits == 1 || bytes[offset] != UInt8(ascii: "0")
        else { return nil }
        switch bytes[end] {
        case UInt8(ascii: ","), UInt8(ascii: "]"), 0x20, 0x0a, 0x0d, 0x09: break
        default: return nil
        }
        let text = String(decoding: bytes[offset..<end], as: UTF8.self)
        offset = end
        return .number(JSONNumber(verbatim: text))
    }

    /// A number token, kept as text.
    mutating func number() throws(JSONError) -> JSONValue {
        let start = offset
        _ = take("-")
        if peek == UInt8(ascii: "I") { return try special("Infinity", from: start) }
        if take("0") {
            if isDigit(peek) {
                throw failure("a number does not start with a 0 before other digits")
            }
        } else {
            try digits(since: start)
        }
        if take(".") { try digits(since: start) }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits(since: start)
        }
        return .number(JSONNumber(verbatim: String(decoding: bytes[start..<offset], as: UTF8.self)))
    }

    /// One digit or more of the number that begins at `start`.
    private mutating func digits(since start: Int) throws(JSONError) {
        guard isDigit(peek) else { throw failure("a digit is expected") }
        while isDigit(peek) {
            offset += 1
            guard offset - start <= limits.numberByteCount else {
                throw failure("a number is longer than \(limits.numberByteCount) bytes", at: start)
            }
        }
    }

    private func isDigit(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    /// `NaN`, `Infinity` or (with `start` before the sign) `-Infinity`, as Python writes them.
    mutating func special(_ text: String, from start: Int? = nil) throws(JSONError) -> JSONValue {
        let start = start ?? offset
        try pass(text)
        guard mode == .lenient else {
            offset = start
            throw failure("JSON has no bare \(text)")
        }
        let token = String(decoding: bytes[start..<offset], as: UTF8.self)
        note(.bareSpecial, "JSON has no bare \(token); it was kept as it is")
        return .number(JSONNumber(verbatim: token))
    }

    /// A string with its quotes. Invalid UTF-8, raw control characters and lone surrogates are errors.
    mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        var unescaped: [UInt8]?
        skipPlain()
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                let text =
                    if let unescaped {
                        String(validating: unescaped, as: UTF8.self)
                    } else {
                        String(validating: bytes[start..<offset], as: UTF8.self)
                    }
                guard let text else {
                    throw failure("a string is not valid UTF-8", at: start)
                }
                offset += 1
                return text
            case UInt8(ascii: "\\"):
                var content = unescaped ?? Array(bytes[start..<offset])
                unescaped = nil
                try escape(into: &content)
                unescaped = content
            case ..<0x20:
                throw failure("a string holds a raw control character")
            default:
                unescaped?.append(byte)
                offset += 1
            }
        }
        throw failure("the document ends inside a string", at: start - 1)
    }

    /// Goes on to the first byte that ends a string or has to be looked at.
    private mutating func skipPlain() {
        var place = offset
        while place < bytes.count {
            let byte = bytes[place]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            place += 1
        }
        offset = place
    }

    private mutating func escape(into content: inout [UInt8]) throws(JSONError) {
        let start = offset
        offset += 1
        guard let letter = peek else { throw failure("the document ends inside a string") }
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0c)
        case UInt8(ascii: "n"): content.append(0x0a)
        case UInt8(ascii: "r"): content.append(0x0d)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): try unicodeEscape(from: start, into: &content)
        default: throw failure("no escape has this letter", at: start)
        }
    }

    private mutating func unicodeEscape(
        from start: Int,
        into content: inout [UInt8]
    ) throws(JSONError) {
        var code = UInt32(try fourDigits())
        if code >= 0xd800 && code <= 0xdbff {
            guard take("\\"), take("u") else { throw failure("a lone surrogate", at: start) }
            let low = UInt32(try fourDigits())
            guard low >= 0xdc00 && low <= 0xdfff else {
                throw failure("a lone surrogate", at: start)
            }
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw failure("a lone surrogate", at: start)
        }
        content.append(contentsOf: String(scalar).utf8)
    }

    private mutating func fourDigits() throws(JSONError) -> UInt16 {
        let digits = bytes[offset...].prefix(4).prefix {
            Unicode.Scalar($0).properties.isASCIIHexDigit
        }
        guard digits.count == 4 || digits.endIndex < bytes.count else {
            offset = bytes.count
            throw failure("the document ends inside a string")
        }
        guard digits.count == 4,
            let code = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("an escape \\u has four hexadecimal digits") }
        offset += 4
        return code
    }
}
