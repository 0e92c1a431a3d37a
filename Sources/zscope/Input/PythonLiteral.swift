import JSONValue

/// The head of a NumPy file: a Python dictionary of texts, whole numbers, truths, lists and tuples.
enum PythonLiteral {
    /// The value as JSON, tuples as arrays; `nil` where it is none of those.
    static func parse(_ text: [UInt8]) -> JSONValue? {
        var reader = Reader(text: text)
        guard let value = reader.value(depth: 0) else { return nil }
        reader.skipSpace()
        return reader.isAtEnd ? value : nil
    }

    private struct Reader {
        let text: [UInt8]
        var position = 0

        var isAtEnd: Bool { position >= text.count }
        var next: UInt8? { isAtEnd ? nil : text[position] }

        mutating func skipSpace() {
            while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x09 { position += 1 }
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            skipSpace()
            guard next == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func value(depth: Int) -> JSONValue? {
            guard depth < 32 else { return nil }
            skipSpace()
            switch next {
            case UInt8(ascii: "{"): return dictionary(depth)
            case UInt8(ascii: "["): return list(depth, "[", "]")
            case UInt8(ascii: "("): return list(depth, "(", ")")
            case UInt8(ascii: "'"), UInt8(ascii: "\""): return string().map(JSONValue.string)
            default: return word()
            }
        }

        private mutating func dictionary(_ depth: Int) -> JSONValue? {
            guard take("{") else { return nil }
            var object = JSONObject()
            while !take("}") {
                skipSpace()
                guard let key = string(), take(":"), let value = value(depth: depth + 1) else {
                    return nil
                }
                object[key] = value
                if !take(",") { return take("}") ? .object(object) : nil }
            }
            return .object(object)
        }

        private mutating func list(
            _ depth: Int,
            _ open: Unicode.Scalar,
            _ close: Unicode.Scalar
        ) -> JSONValue? {
            guard take(open) else { return nil }
            var elements: [JSONValue] = []
            while !take(close) {
                guard let element = value(depth: depth + 1) else { return nil }
                elements.append(element)
                if !take(",") {
                    guard take(close) else { return nil }
                    // `(x)` is x; only a comma makes a tuple.
                    return open == "(" && elements.count == 1 ? elements[0] : .array(elements)
                }
            }
            return .array(elements)
        }

        private mutating func string() -> String? {
            guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
                return nil
            }
            position += 1
            var bytes: [UInt8] = []
            while let byte = next {
                position += 1
                if byte == quote { return String(decoding: bytes, as: UTF8.self) }
                guard byte != UInt8(ascii: "\\") else {
                    guard let escaped = next, [quote, UInt8(ascii: "\\")].contains(escaped) else {
                        return nil
                    }
                    bytes.append(escaped)
                    position += 1
                    continue
                }
                bytes.append(byte)
            }
            return nil
        }

        private mutating func word() -> JSONValue? {
            let start = position
            while let byte = next,
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte & 0xdf)
            {
                position += 1
            }
            switch String(decoding: text[start..<position], as: UTF8.self) {
            case "True": return true
            case "False": return false
            case "None": return .null
            case let digits:
                // Python 2 wrote long numbers with an L.
                return Int(digits.hasSuffix("L") ? String(digits.dropLast()) : digits)
                    .map { .integer($0) }
            }
        }
    }
}
