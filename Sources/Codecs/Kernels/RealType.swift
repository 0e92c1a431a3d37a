import ZarrModel

/// A type of real numbers, of any width, one number at a time: for codecs that work on all of them.
///
/// A pattern is the number's bits in the low bits of 64.
struct RealType: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        case integer(IntegerType)
        case float(FloatType)
    }

    let form: Form

    init(form: Form) {
        self.form = form
    }

    /// `nil` where elements of `type` are no real numbers.
    init?(_ type: DataType) {
        switch type {
        case .integer(let type): form = .integer(type)
        case .float(let type): form = .float(type)
        default: return nil
        }
    }

    var dataType: DataType {
        switch form {
        case .integer(let type): .integer(type)
        case .float(let type): .float(type)
        }
    }

    var byteCount: Int {
        switch form {
        case .integer(let type): type.byteCount
        case .float(let type): type.byteCount
        }
    }

    var bitCount: Int {
        switch form {
        case .integer(let type): type.bitCount
        case .float(let type): type.bitCount
        }
    }

    private var mask: UInt64 {
        .max >> UInt64(64 - bitCount)
    }

    /// The pattern of number `position`, which lies inside; bits beyond its width are dropped.
    func pattern(_ bytes: RawSpan, at position: Int) -> UInt64 {
        let bits: UInt64 =
            switch byteCount {
            case 1: UInt64(Bytes.load(bytes, at: position, as: UInt8.self))
            case 2: UInt64(Bytes.load(bytes, at: 2 * position, as: UInt16.self))
            case 4: UInt64(Bytes.load(bytes, at: 4 * position, as: UInt32.self))
            default: Bytes.load(bytes, at: 8 * position, as: UInt64.self)
            }
        return bits & mask
    }

    /// Stores a pattern as number `position`; signed integers of fewer than 8 bits fill their byte.
    func store(_ pattern: UInt64, into bytes: inout MutableRawSpan, at position: Int) {
        switch byteCount {
        case 1:
            let bits = UInt8(truncatingIfNeeded: extended(pattern))
            bytes.storeBytes(of: bits, toByteOffset: position, as: UInt8.self)
        case 2:
            let bits = UInt16(truncatingIfNeeded: pattern).littleEndian
            bytes.storeBytes(of: bits, toByteOffset: 2 * position, as: UInt16.self)
        case 4:
            let bits = UInt32(truncatingIfNeeded: pattern).littleEndian
            bytes.storeBytes(of: bits, toByteOffset: 4 * position, as: UInt32.self)
        default:
            let bits = pattern.littleEndian
            bytes.storeBytes(of: bits, toByteOffset: 8 * position, as: UInt64.self)
        }
    }

    /// The pattern with the sign of a signed integer in all bits above it.
    func extended(_ pattern: UInt64) -> UInt64 {
        guard case .integer(let type) = form, type.isSigned else { return pattern & mask }
        let shift = Int64(64 - type.bitCount)
        return UInt64(bitPattern: (Int64(bitPattern: pattern) << shift) >> shift)
    }

    /// The integer of a pattern. Requires an integer type.
    func integer(_ pattern: UInt64) -> Int128 {
        guard case .integer(let type) = form else { return 0 }
        return type.isSigned ? Int128(Int64(bitPattern: extended(pattern))) : Int128(pattern & mask)
    }

    /// The pattern of the greatest finite number.
    var greatest: UInt64 {
        switch form {
        case .integer(let type): UInt64(type.range.upperBound)
        case .float(let type): type.greatestFinite.bits
        }
    }

    /// The pattern of the least finite number.
    var least: UInt64 {
        switch form {
        case .integer(let type): UInt64(truncatingIfNeeded: type.range.lowerBound) & mask
        case .float(.float8_e8m0fnu): 0
        case .float(let type): type.greatestFinite.bits | 1 << UInt64(type.bitCount - 1)
        }
    }
}
