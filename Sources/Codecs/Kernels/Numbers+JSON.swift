import JSONValue

/// Single numbers as JSON and back.
extension Numbers {
    /// The number at `offset`, which lies inside.
    static func json(_ bytes: RawSpan, at offset: Int, _ type: NumberType) -> JSONValue {
        let part = bytes.extracting(offset..<(offset + type.byteCount))
        let plain = NumberType(type.scalar)
        var number = [UInt8](repeating: 0, count: 8)
        number.withMutableRawBytes { convert(part, type, into: &$0, plain) }
        return number.withRawBytes { number in
            switch type.scalar {
            case .bool: .bool(Bytes.load(number, at: 0, as: UInt8.self) != 0)
            case .int8: .integer(Bytes.load(number, at: 0, as: Int8.self))
            case .int16: .integer(Bytes.load(number, at: 0, as: Int16.self))
            case .int32: .integer(Bytes.load(number, at: 0, as: Int32.self))
            case .int64: .integer(Bytes.load(number, at: 0, as: Int64.self))
            case .uint8: .integer(Bytes.load(number, at: 0, as: UInt8.self))
            case .uint16: .integer(Bytes.load(number, at: 0, as: UInt16.self))
            case .uint32: .integer(Bytes.load(number, at: 0, as: UInt32.self))
            case .uint64: .integer(Bytes.load(number, at: 0, as: UInt64.self))
            case .float16:
                floating(
                    Float16(bitPattern: Bytes.load(number, at: 0, as: UInt16.self)).description
                )
            case .float32:
                floating(Float(bitPattern: Bytes.load(number, at: 0, as: UInt32.self)).description)
            case .float64:
                .floating(Double(bitPattern: Bytes.load(number, at: 0, as: UInt64.self)))
            }
        }
    }

    /// The shortest text that reads back in the number's own precision.
    private static func floating(_ text: String) -> JSONValue {
        .floating(Double(text) ?? .nan)
    }

    /// The bytes of a number of that type; what is no number counts as 0.
    static func bytes(of value: JSONValue, _ type: NumberType) -> [UInt8] {
        var plain = [UInt8](repeating: 0, count: 8)
        let isInteger = value.numberValue.flatMap {
            Int64($0.text) ?? UInt64($0.text).map(Int64.init(bitPattern:))
        }
        let wide: NumberType
        let bits: UInt64
        if let integer = isInteger ?? value.boolValue.map({ $0 ? 1 : 0 }) {
            bits = UInt64(bitPattern: integer)
            wide = NumberType(integer < 0 || type.scalar != .uint64 ? .int64 : .uint64)
        } else {
            bits = (value.doubleValue ?? Double(value.stringValue ?? "") ?? 0).bitPattern
            wide = NumberType(.float64)
        }
        for place in plain.indices {
            plain[place] = UInt8(truncatingIfNeeded: bits >> (8 * UInt64(place)))
        }
        var result = [UInt8](repeating: 0, count: type.byteCount)
        result.withMutableRawBytes { result in
            plain.withRawBytes { convert($0, wide, into: &result, type) }
        }
        return result
    }
}
