public import JSONValue

extension DataType {
    /// The v3 name: `uint16`, `r24`, `numpy.datetime64`, `fixed_length_utf32`, `struct`…
    public var name: String {
        switch self {
        case .bool: "bool"
        case .integer(let type): type.rawValue
        case .float(let type): type.rawValue
        case .complex(let type): Self.complexName(type)
        case .rawBits(let count): "r\(count * 8)"
        case .fixedBytes: "null_terminated_bytes"
        case .opaque: "raw_bytes"
        case .fixedText: "fixed_length_utf32"
        case .datetime: "numpy.datetime64"
        case .timedelta: "numpy.timedelta64"
        case .string: "string"
        case .bytes: "bytes"
        case .object: "object"
        case .structure: "struct"
        case .optional: "zarrs.optional"
        case .unknown(let name): name
        }
    }

    /// `complex64` is two `float32`; the others are named after their part.
    private static func complexName(_ part: FloatType) -> String {
        switch part {
        case .float32: "complex64"
        case .float64: "complex128"
        default: "complex_" + part.rawValue
        }
    }

    /// The name with what it needs beside it, for tables: `datetime64[10ms]`, `utf32[7]`, `bytes[4]`.
    public var summary: String {
        switch self {
        case .fixedBytes(let count): "bytes[\(count)]"
        case .opaque(let count): "raw[\(count)]"
        case .fixedText(let length): "utf32[\(length)]"
        case .datetime(let unit, let scale): "datetime64" + Self.unitText(unit, scale)
        case .timedelta(let unit, let scale): "timedelta64" + Self.unitText(unit, scale)
        case .structure(let fields):
            "struct{" + fields.map { "\($0.name):\($0.type.summary)" }.joined(separator: ",") + "}"
        case .optional(let type): "optional[\(type.summary)]"
        default: name
        }
    }

    private static func unitText(_ unit: TimeUnit, _ scale: Int) -> String {
        if unit == .generic { return "" }
        return "[" + (scale == 1 ? "" : String(scale)) + unit.rawValue + "]"
    }

    /// NumPy's name for the canonical form (`<f4`, `|b1`, `<M8[ns]`); `nil` where NumPy has none.
    public var numpyDescr: String? {
        switch self {
        case .bool: "|b1"
        case .integer(let type) where type.bitCount >= 8:
            Self.order(type.byteCount) + (type.isSigned ? "i" : "u") + String(type.byteCount)
        case .float(let type) where Self.isNumPyFloat(type): "<f\(type.byteCount)"
        case .complex(let type) where Self.isNumPyFloat(type) && type != .float16:
            "<c\(2 * type.byteCount)"
        case .rawBits(let count), .opaque(let count): "|V\(count)"
        case .fixedBytes(let count): "|S\(count)"
        case .fixedText(let length): "<U\(length)"
        case .datetime(let unit, let scale): "<M8" + Self.unitText(unit, scale)
        case .timedelta(let unit, let scale): "<m8" + Self.unitText(unit, scale)
        default: nil
        }
    }

    private static func isNumPyFloat(_ type: FloatType) -> Bool {
        type == .float16 || type == .float32 || type == .float64
    }

    private static func order(_ byteCount: Int) -> String {
        byteCount == 1 ? "|" : "<"
    }

    /// The `data_type` member of v3 metadata that names this type.
    public var json: JSONValue {
        switch self {
        case .fixedBytes(let count), .opaque(let count):
            ["name": .string(name), "configuration": ["length_bytes": .integer(count)]]
        case .fixedText(let length):
            ["name": .string(name), "configuration": ["length_bytes": .integer(4 * length)]]
        case .datetime(let unit, let scale), .timedelta(let unit, let scale):
            [
                "name": .string(name),
                "configuration": [
                    "unit": .string(unit.rawValue), "scale_factor": .integer(scale),
                ],
            ]
        case .structure(let fields):
            [
                "name": .string(name),
                "configuration": ["fields": .array(fields.map(\.json))],
            ]
        case .optional(let type):
            ["name": .string(name), "configuration": type.namedJSON]
        default: .string(name)
        }
    }

    /// The same with name and configuration, also where the name alone would do.
    private var namedJSON: JSONValue {
        let value = json
        return value.stringValue == nil
            ? value : ["name": value, "configuration": .object(JSONObject())]
    }
}

extension StructField {
    fileprivate var json: JSONValue {
        var object: JSONObject = ["name": .string(name), "data_type": type.json]
        if !shape.isEmpty { object["shape"] = .array(shape.map { .integer($0) }) }
        return .object(object)
    }
}
