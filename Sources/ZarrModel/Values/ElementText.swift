public import JSONValue

/// Elements as text: the JSON form of fill values, and a short form for tables.
///
/// Both take the bytes of one element in canonical form; of a type without a fixed length, the
/// element's own bytes. Bytes that are too few read as if zeros followed.
public enum ElementText {
    /// The element in Zarr v3's fill-value JSON form: integers exactly; floats as the shortest text
    /// that reads back in their own precision, `"NaN"`, `"Infinity"`, `"-Infinity"`, other NaNs as
    /// `"0x…"`; complex numbers and structured values as lists; bytes as lists of numbers; a value
    /// that may be absent as a list of one, or null.
    public static func json(_ bytes: ArraySlice<UInt8>, _ type: DataType) -> JSONValue {
        switch type {
        case .bool: .bool(bytes.contains { $0 != 0 })
        case .integer(let type): integer(bytes, type)
        case .float(let type): float(bytes, type)
        case .complex(let part):
            [
                float(bytes.prefix(part.byteCount), part),
                float(bytes.dropFirst(part.byteCount), part),
            ]
        case .rawBits, .opaque, .bytes, .unknown: .array(bytes.map { .integer($0) })
        case .fixedBytes: .array(withoutPadding(bytes).map { .integer($0) })
        case .fixedText: .string(text32(bytes))
        case .datetime, .timedelta: .integer(Int64(bitPattern: bits(bytes, 8)))
        case .string: .string(String(decoding: bytes, as: UTF8.self))
        case .object: object(bytes)
        case .structure(let fields): structure(bytes, fields)
        case .optional(let type):
            bytes.last == 1 ? [json(bytes.dropLast(), type)] : .null
        }
    }

    /// Text of fixed length without the NULs at its end, which are padding, as NumPy has it.
    private static func withoutPadding(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        bytes.prefix(upTo: (bytes.lastIndex { $0 != 0 } ?? bytes.startIndex - 1) + 1)
    }

    /// The JSON that an object codec gave; what is none, as a string.
    private static func object(_ bytes: ArraySlice<UInt8>) -> JSONValue {
        let parsed = try? JSONParser.parse(Array(bytes), mode: .lenient)
        return parsed?.value ?? .string(String(decoding: bytes, as: UTF8.self))
    }

    private static func integer(_ bytes: ArraySlice<UInt8>, _ type: IntegerType) -> JSONValue {
        let bits = bits(bytes, type.byteCount)
        guard type.isSigned else {
            return .integer(bits & (UInt64.max >> UInt64(64 - type.bitCount)))
        }
        let shift = Int64(64 - type.bitCount)
        return .integer((Int64(bitPattern: bits) << shift) >> shift)
    }

    static func float(_ bytes: ArraySlice<UInt8>, _ type: FloatType) -> JSONValue {
        let bits = bits(bytes, type.byteCount)
        let format = FloatFormat(type)
        if format.isNaN(bits) {
            let sign = UInt64(1) << UInt64(type.bitCount - 1)
            if bits == format.nan || bits & ~sign == format.nan { return .string("NaN") }
            let digits = String(bits, radix: 16)
            let zeros = String(repeating: "0", count: 2 * type.byteCount - digits.count)
            return .string("0x" + zeros + digits)
        }
        switch type {
        case .float64: return finite(Double(bitPattern: bits))
        case .float32: return finite(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case .float16: return finite(Float16(bitPattern: UInt16(truncatingIfNeeded: bits)))
        case .bfloat16 where format.value(bits).isFinite:
            return .number(JSONNumber(verbatim: format.shortestText(bits)))
        default:
            // Numbers of 8 bits are few, and known by their exact values.
            return .floating(format.value(bits))
        }
    }

    private static func finite<Value: BinaryFloatingPoint & CustomStringConvertible>(
        _ value: Value
    ) -> JSONValue {
        if value.isInfinite { return .string(value < 0 ? "-Infinity" : "Infinity") }
        return .number(JSONNumber(verbatim: value.description))
    }

    private static func structure(_ bytes: ArraySlice<UInt8>, _ fields: [StructField]) -> JSONValue
    {
        var values: [JSONValue] = []
        var rest = bytes
        for field in fields {
            let own = rest.prefix(field.byteCount ?? 0)
            rest = rest.dropFirst(own.count)
            values.append(nested(own, field.type, field.shape[...]))
        }
        return .array(values)
    }

    private static func nested(
        _ bytes: ArraySlice<UInt8>,
        _ type: DataType,
        _ shape: ArraySlice<Int>
    ) -> JSONValue {
        guard let length = shape.first, length > 0 else { return json(bytes, type) }
        let step = bytes.count / length
        return .array(
            (0..<length).map { position in
                nested(bytes.dropFirst(position * step).prefix(step), type, shape.dropFirst())
            }
        )
    }

    /// The text of UTF-32 units up to the closing NULs; what is no character becomes U+FFFD.
    static func text32(_ bytes: ArraySlice<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var rest = bytes
        while !rest.isEmpty {
            let unit = UInt32(truncatingIfNeeded: bits(rest, 4))
            text.append(Unicode.Scalar(unit) ?? "\u{fffd}")
            rest = rest.dropFirst(4)
        }
        while text.last == "\0" { text.removeLast() }
        return String(text)
    }

    /// The first `count` (at most 8) bytes as a little-endian number.
    static func bits(_ bytes: ArraySlice<UInt8>, _ count: Int) -> UInt64 {
        var bits: UInt64 = 0
        for byte in bytes.prefix(count).reversed() { bits = bits << 8 | UInt64(byte) }
        return bits
    }
}
