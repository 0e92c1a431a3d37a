import ZarrModel

/// How one real number becomes one of another type, by value: Zarr v3 extension `cast_value`.
struct RealCast: Sendable {
    /// What happens to values beyond the range of the target.
    enum OutOfRange: String, Sendable {
        case clamp, wrap
    }

    let source: RealType
    let target: RealType
    let rule: FloatingPointRoundingRule
    let outOfRange: OutOfRange?
    /// Patterns that become others, whatever the rules say; the first that matches holds.
    let map: [(from: UInt64, to: UInt64)]

    /// The pattern in the target of a pattern in the source; `nil` where no rule says what it is.
    func cast(_ pattern: UInt64) -> UInt64? {
        if !map.isEmpty, let mapped = map.first(where: { isSame($0.from, pattern) }) {
            return mapped.to
        }
        switch source.form {
        case .integer: return cast(integer: source.integer(pattern))
        case .float(let type): return cast(value: type.value(ofBits: pattern))
        }
    }

    /// Whether two patterns of the source are the same number; any NaN is like any other.
    private func isSame(_ left: UInt64, _ right: UInt64) -> Bool {
        guard left != right, case .float(let type) = source.form else { return left == right }
        let values = (type.value(ofBits: left), type.value(ofBits: right))
        return values.0 == values.1 || (values.0.isNaN && values.1.isNaN)
    }

    private func cast(integer: Int128) -> UInt64? {
        switch target.form {
        case .integer(let type): return fit(integer, type)
        case .float(let type):
            return fit(Self.double(integer, precision: type.precision, rule), type)
        }
    }

    private func cast(value: Double) -> UInt64? {
        switch target.form {
        case .float(let type): return fit(value, type)
        case .integer(let type):
            guard value.isFinite else {
                guard outOfRange == .clamp, value.isInfinite else { return nil }
                return value > 0 ? target.greatest : target.least
            }
            let whole = value.rounded(rule)
            if let integer = Int128(exactly: whole) { return fit(integer, type) }
            switch outOfRange {
            case .clamp: return value > 0 ? target.greatest : target.least
            // What is so large is a multiple of every power of two that an integer has.
            case .wrap: return 0
            case nil: return nil
            }
        }
    }

    private func fit(_ integer: Int128, _ type: IntegerType) -> UInt64? {
        if type.range.contains(integer) { return UInt64(truncatingIfNeeded: integer) }
        switch outOfRange {
        case .wrap: return UInt64(truncatingIfNeeded: integer)
        case .clamp: return integer > 0 ? target.greatest : target.least
        case nil: return nil
        }
    }

    private func fit(_ value: Double, _ type: FloatType) -> UInt64? {
        if let bits = type.bits(of: value, rounded: rule) {
            // Finite numbers become infinite ones only where something says so.
            guard value.isFinite, type.value(ofBits: bits).isInfinite else {
                // What is 0 in the target for want of a sign is no longer the number.
                return isSigned(value, type) ? bits : nil
            }
            return outOfRange == .clamp ? bits : nil
        }
        guard outOfRange == .clamp, !value.isNaN, isSigned(value, type) else { return nil }
        return value > 0 ? target.greatest : target.least
    }

    private func isSigned(_ value: Double, _ type: FloatType) -> Bool {
        type != .float8_e8m0fnu || value > 0 || value.isNaN
    }

    /// An integer as the nearest `Double` by `rule`, or for a target of fewer bits, as one that rounds
    /// there as the integer does.
    static func double(
        _ integer: Int128,
        precision: Int,
        _ rule: FloatingPointRoundingRule
    ) -> Double {
        let magnitude = integer.magnitude
        let width = 128 - magnitude.leadingZeroBitCount
        guard width > 53 else { return Double(integer) }
        let shift = width - 53
        var kept = magnitude >> UInt128(shift)
        let rest = magnitude & ((1 << UInt128(shift)) - 1)
        if precision < 53 {
            // The lowest bit says that there was more; it lies below what the target keeps.
            if rest != 0 { kept |= 1 }
        } else {
            let half = UInt128(1) << UInt128(shift - 1)
            let isUp =
                switch rule {
                case .up: integer > 0 && rest > 0
                case .down: integer < 0 && rest > 0
                case .towardZero: false
                case .toNearestOrAwayFromZero: rest >= half
                default: rest > half || (rest == half && kept & 1 == 1)
                }
            if isUp { kept += 1 }
        }
        let value = Double(kept) * Double(UInt128(1) << UInt128(shift))
        return integer < 0 ? -value : value
    }

    /// Whether every number of the source is one of the target, and the kernel of `NumberType`s makes it.
    var widening: (from: NumberType, to: NumberType)? {
        guard let from = Scalar(source.dataType), let to = Scalar(target.dataType) else {
            return nil
        }
        let isExact =
            switch (source.form, target.form) {
            case (.integer(let from), .integer(let to)):
                to.range.contains(from.range.lowerBound) && to.range.contains(from.range.upperBound)
            case (.integer(let from), .float(let to)): from.bitCount <= to.precision
            case (.float(let from), .float(let to)): from.byteCount <= to.byteCount
            case (.float, .integer): false
            }
        return isExact ? (NumberType(from), NumberType(to)) : nil
    }

    /// Casts all numbers of `input`; `output` has room for exactly as many. Throws at the first that no
    /// rule makes a number of the target.
    func cast(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        codec: String
    ) throws(CodecError) {
        let count = input.byteCount / source.byteCount
        if let widening {
            Numbers.convert(input, widening.from, into: &output, widening.to)
            guard !map.isEmpty else { return }
            for position in 0..<count {
                let pattern = source.pattern(input, at: position)
                guard let mapped = map.first(where: { isSame($0.from, pattern) }) else { continue }
                target.store(mapped.to, into: &output, at: position)
            }
            return
        }
        for position in 0..<count {
            guard let made = cast(source.pattern(input, at: position)) else {
                throw CodecError(
                    .configuration,
                    codec: codec,
                    "element \(position) has no value of type \(target.dataType.name)"
                )
            }
            target.store(made, into: &output, at: position)
        }
    }
}
