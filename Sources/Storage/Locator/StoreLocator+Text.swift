extension StoreLocator: CustomStringConvertible {
    /// The canonical text: reading it gives an equal locator. Untrusted, and free of secrets.
    public var description: String {
        var text = ""
        if let scheme {
            text = scheme + ":" + Self.encoded(place, reserved: "?#|%")
            if !options.isEmpty {
                text += "?" + Self.text(options, separator: "&", reserved: "&=#|%")
            }
        } else {
            text = Self.doubled(place)
        }
        if let node {
            text += "#" + Self.doubled(node)
        }
        for layer in layers {
            text += "|" + layer.id
            if !layer.options.isEmpty {
                text += ":" + Self.text(layer.options, separator: ",", reserved: ",=#|%")
            }
        }
        return text
    }

    /// The same storage with another node.
    public func at(node: String?) -> StoreLocator {
        var copy = self
        copy.node = node
        return copy
    }

    /// `text` with two bars for each: one alone begins the layers.
    private static func doubled(_ text: String) -> String {
        parts(of: text[...], separator: "|").joined(separator: "||")
    }

    private static func text(
        _ options: [LocatorOption],
        separator: String,
        reserved: String
    ) -> String {
        options.map { option in
            let name = encoded(option.name, reserved: reserved)
            return option.value.isEmpty
                ? name : name + "=" + encoded(option.value, reserved: reserved)
        }.joined(separator: separator)
    }

    /// Percent-encodes the bytes of `text` that are in `reserved`, control characters and space.
    private static func encoded(_ text: String, reserved: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte <= 0x20 || byte == 0x7f || reserved.utf8.contains(byte) {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Decodes `%XX` once. Throws `.invalidLocator` for half an escape, NUL, or invalid UTF-8.
    static func decoded(_ text: Substring) throws(StorageError) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let pair = rest.prefix(2)
            guard pair.count == 2, let value = UInt8(String(Substring(pair)), radix: 16), value != 0
            else { throw invalid("'%' is followed by two hexadecimal digits, not 00") }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw invalid("percent-encoded bytes are UTF-8")
        }
        return decoded
    }
}
