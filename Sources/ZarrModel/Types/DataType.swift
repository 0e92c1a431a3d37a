/// What one element of an array is.
///
/// In memory, everywhere above the codecs, elements stand in C order and packed, each number (a
/// UTF-32 unit, a part of a complex number, a field too) little-endian. Elements of types without a
/// fixed length are byte strings, one each.
public indirect enum DataType: Hashable, Sendable {
    /// One byte, 0 or 1.
    case bool
    /// An integer.
    case integer(IntegerType)
    /// A floating-point number.
    case float(FloatType)
    /// Two floating-point numbers: real, imaginary.
    case complex(FloatType)
    /// Bytes without a meaning (v3 `r*`).
    case rawBits(byteCount: Int)
    /// Text of a fixed number of bytes, padded with NUL (v2 `|S`, v3 `null_terminated_bytes`).
    case fixedBytes(byteCount: Int)
    /// Bytes of a fixed number (v2 `|V`, v3 `raw_bytes`).
    case opaque(byteCount: Int)
    /// Text of a fixed number of UTF-32 units, padded with NUL (v2 `<U`, v3 `fixed_length_utf32`).
    case fixedText(length: Int)
    /// A point in time: an int64 count of `scale` units since 1970; `Int64.min` is no time.
    case datetime(TimeUnit, scale: Int)
    /// A span of time: an int64 count of `scale` units; `Int64.min` is no time.
    case timedelta(TimeUnit, scale: Int)
    /// Text of any length, UTF-8.
    case string
    /// Bytes of any length.
    case bytes
    /// Any object, by the JSON text that its object codec gives.
    case object
    /// Named fields, packed in order.
    case structure([StructField])
    /// A value of another type, or none: behind the value a byte, 1 where there is one. Without one,
    /// a value of a fixed length is zeros, and one of any length is empty.
    case optional(DataType)
    /// A type that this program does not know, by its name: its chunks can be counted, not read.
    case unknown(name: String)
}

/// One field of a structured type.
public struct StructField: Hashable, Sendable {
    /// Its name. Untrusted text.
    public var name: String
    /// What it holds.
    public var type: DataType
    /// The shape of a sub-array; empty for a single value.
    public var shape: [Int]

    /// Makes a field.
    public init(name: String, type: DataType, shape: [Int] = []) {
        self.name = name
        self.type = type
        self.shape = shape
    }

    /// Values in the field, or `nil` when that does not fit.
    public var elementCount: Int? {
        shape.checkedProduct()
    }

    /// Bytes of the field, or `nil` when it has no fixed length or that does not fit.
    public var byteCount: Int? {
        guard let count = elementCount, let one = type.byteCount else { return nil }
        let (total, overflowed) = count.multipliedReportingOverflow(by: one)
        return overflowed ? nil : total
    }
}

extension DataType {
    /// The groups that programs treat alike.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case bool, signed, unsigned, float, complex, rawBits, fixedBytes, opaque, fixedText
        case datetime, timedelta, string, bytes, object, structure, optional, unknown
    }

    /// The group this belongs to.
    public var kind: Kind {
        switch self {
        case .bool: .bool
        case .integer(let type): type.isSigned ? .signed : .unsigned
        case .float: .float
        case .complex: .complex
        case .rawBits: .rawBits
        case .fixedBytes: .fixedBytes
        case .opaque: .opaque
        case .fixedText: .fixedText
        case .datetime: .datetime
        case .timedelta: .timedelta
        case .string: .string
        case .bytes: .bytes
        case .object: .object
        case .structure: .structure
        case .optional: .optional
        case .unknown: .unknown
        }
    }

    /// Bytes of one element in memory; `nil` where elements have no fixed length or it is unknown.
    public var byteCount: Int? {
        switch self {
        case .bool: 1
        case .integer(let type): type.byteCount
        case .float(let type): type.byteCount
        case .complex(let type): 2 * type.byteCount
        case .rawBits(let count), .fixedBytes(let count), .opaque(let count): count
        case .fixedText(let length): 4 * length
        case .datetime, .timedelta: 8
        case .string, .bytes, .object, .unknown: nil
        case .structure(let fields): Self.total(of: fields)
        case .optional(let type): type.byteCount.map { $0 + 1 }
        }
    }

    /// Whether elements are byte strings of any length.
    public var isVariableLength: Bool {
        switch self {
        case .string, .bytes, .object: true
        case .optional(let type): type.isVariableLength
        default: false
        }
    }

    /// The most bytes that one element may have: a metadata document cannot ask for more.
    public static let elementLimit = 1 << 30

    private static func total(of fields: [StructField]) -> Int? {
        var total = 0
        for field in fields {
            guard let bytes = field.byteCount else { return nil }
            let (sum, overflowed) = total.addingReportingOverflow(bytes)
            guard !overflowed else { return nil }
            total = sum
        }
        return total
    }
}
