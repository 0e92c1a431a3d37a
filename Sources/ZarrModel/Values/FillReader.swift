import JSONValue

/// Reads one fill value into canonical bytes, and reports what is odd about how it is written.
struct FillReader {
    let version: FormatVersion
    /// In which order v2 wrote the bytes of a structured fill.
    var endianness: Endianness = .little
    var fieldEndianness: [Endianness]?
    let location: String
    var diagnostics: [Diagnostic] = []

    init(_ version: FormatVersion, at location: String) {
        self.version = version
        self.location = location
    }

    mutating func warn(_ message: String) {
        diagnostics.append(Diagnostic(.warning, at: location, message))
    }

    func failure(_ message: String) -> MetadataError {
        MetadataError(at: location, message)
    }

    mutating func bytes(_ value: JSONValue, _ type: DataType) throws(MetadataError) -> [UInt8] {
        switch type {
        case .bool: [try bool(value) ? 1 : 0]
        case .integer(let type): try integer(value, type)
        case .float(let type): try float(value, type)
        case .complex(let part): try complex(value, part)
        case .rawBits(let count): try byteString(value, count: count, mayPad: false)
        case .fixedBytes(let count): try byteString(value, count: count, mayPad: true)
        case .opaque(let count): try byteString(value, count: count, mayPad: false)
        case .fixedText(let length): try fixedText(value, length: length)
        case .datetime, .timedelta: try time(value)
        case .string: try string(value)
        case .bytes: try variableBytes(value)
        case .object: Array(value.text().utf8)
        case .structure(let fields): try structure(value, fields, type)
        case .optional(let type): try optional(value, type)
        case .unknown: []
        }
    }

    private mutating func bool(_ value: JSONValue) throws(MetadataError) -> Bool {
        if let truth = value.boolValue { return truth }
        if let number = value.doubleValue, number == 0 || number == 1 {
            warn("a boolean is written true or false; \(value.text()) was read as one")
            return number == 1
        }
        throw failure("a boolean is true or false, not \(value.kindPhrase)")
    }

    private mutating func integer(
        _ value: JSONValue,
        _ type: IntegerType
    ) throws(MetadataError) -> [UInt8] {
        let number = try wholeNumber(value, type.rawValue)
        guard type.range.contains(number) else {
            throw failure("\(number) is beyond the range of \(type.rawValue)")
        }
        return Self.littleEndian(UInt64(truncatingIfNeeded: number), type.byteCount)
    }

    /// An exact whole number; `1.0`, `true` and the like are read with a warning.
    private mutating func wholeNumber(
        _ value: JSONValue,
        _ what: String
    ) throws(MetadataError) -> Int128 {
        if let truth = value.boolValue {
            warn("\(what) is a number; \(truth) was read as \(truth ? 1 : 0)")
            return truth ? 1 : 0
        }
        guard let number = value.numberValue else {
            throw failure("\(what) is a number, not \(value.kindPhrase)")
        }
        if number.isPlainInteger {
            guard let whole = number.integer(as: Int128.self) else {
                throw failure("\(number.text.prefix(40)) is beyond the range of \(what)")
            }
            return whole
        }
        guard let whole = Int128(exactly: number.double), abs(number.double) < 0x1p53 else {
            throw failure("\(what) is a whole number, not \(number.text.prefix(40))")
        }
        warn("\(what) is written without fraction and exponent; \(number.text.prefix(40)) was read")
        return whole
    }

    /// `null`, or a list of one.
    private mutating func optional(
        _ value: JSONValue,
        _ type: DataType
    ) throws(MetadataError) -> [UInt8] {
        if value.isNull { return [UInt8](repeating: 0, count: type.byteCount ?? 0) + [0] }
        guard let list = value.arrayValue, let only = list.first, list.count == 1 else {
            throw failure("a value that may be absent is null or a list of one")
        }
        return try bytes(only, type) + [1]
    }

    private mutating func time(_ value: JSONValue) throws(MetadataError) -> [UInt8] {
        if value.stringValue == "NaT" { return Self.littleEndian(UInt64(1) << 63, 8) }
        let number = try wholeNumber(value, "a count of time units")
        guard let count = Int64(exactly: number) else {
            throw failure("\(number) is beyond the range of int64")
        }
        return Self.littleEndian(UInt64(bitPattern: count), 8)
    }

    static func littleEndian(_ bits: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    }
}
