import ZarrModel

/// How elements become numbers that zfp works on.
enum ZfpConversion: Hashable, Sendable {
    /// They are such numbers.
    case none
    /// Integers of fewer bits than 32, moved up to just below the sign.
    case promoted(IntegerType)
    /// Unsigned integers of 32 or 64 bits, of which zfp has the signed half.
    case halved(IntegerType)
    /// Floats of fewer bits than 32.
    case widened(FloatType)

    /// What the elements of `type` are to zfp; `nil` where they are no numbers.
    static func of(_ type: DataType) -> (ZfpArray.Number, ZfpConversion)? {
        switch type {
        case .integer(.int32): (.int32, .none)
        case .integer(.int64), .datetime, .timedelta: (.int64, .none)
        case .integer(.uint32): (.int32, .halved(.uint32))
        case .integer(.uint64): (.int64, .halved(.uint64))
        case .integer(let type): (.int32, .promoted(type))
        case .float(.float32): (.float32, .none)
        case .float(.float64): (.float64, .none)
        case .float(let type): (.float32, .widened(type))
        default: nil
        }
    }

    /// Makes numbers of `count` elements. Throws where an unsigned integer is beyond the signed half.
    func promote(
        _ elements: RawSpan,
        _ count: Int,
        into numbers: inout MutableRawSpan,
        codec: String
    ) throws(CodecError) {
        switch self {
        case .none: Bytes.copy(elements, into: &numbers, at: 0)
        case .promoted(let type):
            let reals = RealType(form: .integer(type))
            let shift = Int32(31 - type.bitCount)
            let lift: Int32 = type.isSigned ? 0 : 1 << Int32(type.bitCount - 1)
            for position in 0..<count {
                let value = Int32(reals.integer(reals.pattern(elements, at: position)))
                numbers.storeBytes(
                    of: (value - lift) << shift,
                    toByteOffset: 4 * position,
                    as: Int32.self
                )
            }
        case .halved(let type):
            let size = type.byteCount
            for position in 0..<count
            where Bytes.load(elements, at: size * (position + 1) - 1, as: UInt8.self) > 127 {
                throw CodecError(
                    .configuration,
                    codec: codec,
                    "element \(position) is beyond the signed half of \(type.rawValue)"
                )
            }
            Bytes.copy(elements, into: &numbers, at: 0)
        case .widened(let type):
            let reals = RealType(form: .float(type))
            for position in 0..<count {
                let value = type.value(ofBits: reals.pattern(elements, at: position))
                numbers.storeBytes(
                    of: Float(value),
                    toByteOffset: 4 * position,
                    as: Float.self
                )
            }
        }
    }

    /// Makes `count` elements of numbers; what does not fit becomes the nearest that does.
    func demote(_ numbers: RawSpan, _ count: Int, into elements: inout MutableRawSpan) {
        switch self {
        case .none: Bytes.copy(numbers, into: &elements, at: 0)
        case .promoted(let type):
            let reals = RealType(form: .integer(type))
            let shift = Int32(31 - type.bitCount)
            let lift: Int32 = type.isSigned ? 0 : 1 << Int32(type.bitCount - 1)
            let least = Int32(type.range.lowerBound)
            let most = Int32(type.range.upperBound)
            for position in 0..<count {
                let value = (Bytes.load(numbers, at: 4 * position, as: Int32.self) >> shift) + lift
                let held = min(max(value, least), most)
                reals.store(
                    UInt64(truncatingIfNeeded: held),
                    into: &elements,
                    at: position
                )
            }
        case .halved(let type):
            let size = type.byteCount
            Bytes.copy(numbers, into: &elements, at: 0)
            for position in 0..<count
            where Bytes.load(numbers, at: size * (position + 1) - 1, as: UInt8.self) > 127 {
                for place in 0..<size {
                    elements.storeBytes(
                        of: 0,
                        toByteOffset: size * position + place,
                        as: UInt8.self
                    )
                }
            }
        case .widened(let type):
            let reals = RealType(form: .float(type))
            for position in 0..<count {
                let bits = Bytes.load(numbers, at: 4 * position, as: UInt32.self)
                let value = Double(Float(bitPattern: bits))
                let nearest = type.bits(of: value) ?? (value < 0 ? reals.least : reals.greatest)
                reals.store(nearest, into: &elements, at: position)
            }
        }
    }
}

extension ZfpArray {
    /// The most bytes that a stream of such an array has, its header counted: each value of a block
    /// takes a bit in every plane and two more, each plane one more, or as many as the mode pads to.
    func mostBytes(_ mode: ZfpMode) -> Int {
        let values = 1 << (2 * max(1, shape.count))
        var bits = 64 * (values + 1) + 2 * values + 64
        if case .expert(let minBits, _, _, _) = mode { bits = max(bits, minBits) }
        if case .rate = mode { bits = max(bits, 64 * 64 + 64) }
        let blocks = shape.reduce(1) { $0.multipliedCapped(by: $1 / 4 + ($1 % 4 == 0 ? 0 : 1)) }
        return blocks.multipliedCapped(by: bits / 8 + 1).addingCapped(128)
    }
}
