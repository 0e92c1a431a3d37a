import ZarrModel

/// The numbers that filters work on.
enum Scalar: String, Hashable, Sendable, CaseIterable {
    case bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, float32, float64

    var byteCount: Int {
        switch self {
        case .bool, .int8, .uint8: 1
        case .int16, .uint16, .float16: 2
        case .int32, .uint32, .float32: 4
        case .int64, .uint64, .float64: 8
        }
    }

    var isFloating: Bool {
        self == .float16 || self == .float32 || self == .float64
    }

    /// What an element of `type` is to a filter; `nil` where no filter works on it.
    init?(_ type: DataType) {
        switch type {
        case .bool: self = .bool
        case .integer(let type): self.init(rawValue: type.rawValue)
        case .float(let type): self.init(rawValue: type.rawValue)
        case .datetime, .timedelta: self = .int64
        default: return nil
        }
    }

    /// The data type of that name.
    var dataType: DataType {
        if self == .bool { return .bool }
        if let type = IntegerType(rawValue: rawValue) { return .integer(type) }
        return .float(FloatType(rawValue: rawValue) ?? .float64)
    }
}

/// A number and the order of its bytes.
struct NumberType: Hashable, Sendable {
    var scalar: Scalar
    var isBig = false

    /// Bytes of one number.
    var byteCount: Int {
        scalar.byteCount
    }

    /// Reads a NumPy type string (`<i4`, `|b1`, `>M8[s]`) or a v3 name (`int32`).
    init?(_ name: String) {
        if let scalar = Scalar(rawValue: name) {
            self.scalar = scalar
            return
        }
        var text = name.unicodeScalars[...]
        if let first = text.first, "<>|=".unicodeScalars.contains(first) {
            isBig = first == ">"
            text = text.dropFirst()
        }
        let names: [String: Scalar] = [
            "b1": .bool, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64,
            "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64,
            "f2": .float16, "f4": .float32, "f8": .float64, "M8": .int64, "m8": .int64,
        ]
        guard let scalar = names[String(text.prefix(2))] else { return nil }
        guard text.count == 2 || text.first == "M" || text.first == "m" else { return nil }
        self.scalar = scalar
        if byteCount == 1 { isBig = false }
    }

    init(_ scalar: Scalar, isBig: Bool = false) {
        self.scalar = scalar
        self.isBig = isBig
    }

    /// The list of so many bytes of such numbers; `nil` where their count is not known.
    func form(of size: SizeBound, codec: String) throws(CodecError) -> ArrayForm? {
        guard case .exact(let count) = size else { return nil }
        return try ArrayForm(
            shape: [count / byteCount],
            type: scalar.dataType,
            fill: [UInt8](repeating: 0, count: byteCount),
            codec: codec
        )
    }
}
