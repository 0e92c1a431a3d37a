import JSONValue

extension ElementText {
    /// The element as short text for a table: floats with at most `digits` significant digits,
    /// times as dates, strings quoted. Holds no character that could steer a terminal.
    public static func text(
        _ bytes: ArraySlice<UInt8>,
        _ type: DataType,
        digits: Int = 17
    ) -> String {
        switch type {
        case .float(let type): float(bytes, type, digits)
        case .complex(let part): complex(bytes, part, digits)
        case .rawBits, .opaque, .unknown: hexadecimal(bytes)
        case .fixedBytes: quoted(bytes, dropsPadding: true)
        case .bytes: quoted(bytes, dropsPadding: false)
        case .datetime(let unit, let scale):
            CivilTime.text(Int64(bitPattern: bits(bytes, 8)), unit, scale: scale)
        case .timedelta(let unit, let scale): span(Int64(bitPattern: bits(bytes, 8)), unit, scale)
        case .structure(let fields): structure(bytes, fields, digits)
        case .optional(let type): optional(bytes, type, digits)
        case .bool, .integer, .fixedText, .string, .object: visible(json(bytes, type).text())
        }
    }

    private static func float(
        _ bytes: ArraySlice<UInt8>,
        _ type: FloatType,
        _ digits: Int
    ) -> String {
        switch float(bytes, type) {
        case .string("Infinity"): return "inf"
        case .string("-Infinity"): return "-inf"
        case .string: return "NaN"
        case let value:
            guard let text = value.numberValue?.text, let exact = DecimalText(text) else {
                return ""
            }
            return exact.digits.count > digits ? exact.rounded(to: max(1, digits)).text : text
        }
    }

    private static func complex(
        _ bytes: ArraySlice<UInt8>,
        _ part: FloatType,
        _ digits: Int
    ) -> String {
        let real = float(bytes.prefix(part.byteCount), part, digits)
        let imaginary = float(bytes.dropFirst(part.byteCount), part, digits)
        return real + (imaginary.hasPrefix("-") ? "" : "+") + imaginary + "j"
    }

    private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
        let shown = bytes.prefix(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return "0x" + shown.joined() + (bytes.count > 32 ? "…" : "")
    }

    /// Printable ASCII as it is, all else as `\x1b`.
    private static func quoted(_ bytes: ArraySlice<UInt8>, dropsPadding: Bool) -> String {
        var bytes = bytes
        while dropsPadding, bytes.last == 0 { bytes.removeLast() }
        var text = "\""
        for byte in bytes {
            if byte >= 0x20, byte < 0x7f, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return text + "\""
    }

    private static func span(_ count: Int64, _ unit: TimeUnit, _ scale: Int) -> String {
        guard count != .min else { return "NaT" }
        let product = Int128(count) * Int128(scale)
        return unit == .generic ? "\(product)" : "\(product) \(unit.rawValue)"
    }

    private static func optional(
        _ bytes: ArraySlice<UInt8>,
        _ type: DataType,
        _ digits: Int
    ) -> String {
        guard bytes.last == 1 else { return "null" }
        let inner = text(bytes.dropLast(), type, digits: digits)
        return type.kind == .optional ? "[" + inner + "]" : inner
    }

    private static func structure(
        _ bytes: ArraySlice<UInt8>,
        _ fields: [StructField],
        _ digits: Int
    ) -> String {
        var rest = bytes
        var texts: [String] = []
        for field in fields {
            let own = rest.prefix(field.byteCount ?? 0)
            rest = rest.dropFirst(own.count)
            if field.shape.isEmpty {
                texts.append(text(own, field.type, digits: digits))
            } else {
                let alone = DataType.structure([field])
                texts.append(visible(json(own, alone)[0]?.text() ?? ""))
            }
        }
        return "(" + texts.joined(separator: ", ") + ")"
    }
}
