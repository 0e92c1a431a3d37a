/// Blocks of numbers to and from the two types that hold them all.
extension Numbers {
    static func loadIntegers(
        _ from: UnsafeRawPointer,
        _ type: NumberType,
        _ count: Int,
        into block: UnsafeMutableBufferPointer<Int64>
    ) {
        switch type.scalar {
        case .bool: unsafe load(from, UInt8.self, type, count, block) { $0 == 0 ? 0 : 1 }
        case .int8: unsafe load(from, Int8.self, type, count, block) { Int64($0) }
        case .int16: unsafe load(from, Int16.self, type, count, block) { Int64($0) }
        case .int32: unsafe load(from, Int32.self, type, count, block) { Int64($0) }
        case .uint8: unsafe load(from, UInt8.self, type, count, block) { Int64($0) }
        case .uint16: unsafe load(from, UInt16.self, type, count, block) { Int64($0) }
        case .uint32: unsafe load(from, UInt32.self, type, count, block) { Int64($0) }
        default: unsafe load(from, Int64.self, type, count, block) { $0 }
        }
    }

    static func storeIntegers(
        _ block: UnsafeMutableBufferPointer<Int64>,
        _ count: Int,
        into to: UnsafeMutableRawPointer,
        _ type: NumberType
    ) {
        if type.scalar == .bool {
            unsafe store(block, count, UInt8.self, to, type) { $0 == 0 ? 0 : 1 }
            return
        }
        switch type.byteCount {
        case 1: unsafe store(block, count, UInt8.self, to, type) { .init(truncatingIfNeeded: $0) }
        case 2: unsafe store(block, count, UInt16.self, to, type) { .init(truncatingIfNeeded: $0) }
        case 4: unsafe store(block, count, UInt32.self, to, type) { .init(truncatingIfNeeded: $0) }
        default: unsafe store(block, count, UInt64.self, to, type) { .init(bitPattern: $0) }
        }
    }

    static func loadDoubles(
        _ from: UnsafeRawPointer,
        _ type: NumberType,
        _ count: Int,
        into block: UnsafeMutableBufferPointer<Double>
    ) {
        switch type.scalar {
        case .float16:
            unsafe load(from, UInt16.self, type, count, block) { Double(Float16(bitPattern: $0)) }
        case .float32:
            unsafe load(from, UInt32.self, type, count, block) { Double(Float(bitPattern: $0)) }
        case .float64:
            unsafe load(from, UInt64.self, type, count, block) { Double(bitPattern: $0) }
        case .uint64: unsafe load(from, UInt64.self, type, count, block) { Double($0) }
        case .int64: unsafe load(from, Int64.self, type, count, block) { Double($0) }
        case .bool: unsafe load(from, UInt8.self, type, count, block) { $0 == 0 ? 0 : 1 }
        case .int8: unsafe load(from, Int8.self, type, count, block) { Double($0) }
        case .int16: unsafe load(from, Int16.self, type, count, block) { Double($0) }
        case .int32: unsafe load(from, Int32.self, type, count, block) { Double($0) }
        case .uint8: unsafe load(from, UInt8.self, type, count, block) { Double($0) }
        case .uint16: unsafe load(from, UInt16.self, type, count, block) { Double($0) }
        case .uint32: unsafe load(from, UInt32.self, type, count, block) { Double($0) }
        }
    }

    static func storeDoubles(
        _ block: UnsafeMutableBufferPointer<Double>,
        _ count: Int,
        into to: UnsafeMutableRawPointer,
        _ type: NumberType
    ) {
        switch type.scalar {
        case .float16:
            unsafe store(block, count, UInt16.self, to, type) { Float16($0).bitPattern }
        case .float32:
            unsafe store(block, count, UInt32.self, to, type) { Float($0).bitPattern }
        case .float64: unsafe store(block, count, UInt64.self, to, type) { $0.bitPattern }
        case .bool: unsafe store(block, count, UInt8.self, to, type) { $0 == 0 ? 0 : 1 }
        case .int8, .uint8:
            unsafe store(block, count, UInt8.self, to, type) {
                .init(truncatingIfNeeded: whole($0))
            }
        case .int16, .uint16:
            unsafe store(block, count, UInt16.self, to, type) {
                .init(truncatingIfNeeded: whole($0))
            }
        case .int32, .uint32:
            unsafe store(block, count, UInt32.self, to, type) {
                .init(truncatingIfNeeded: whole($0))
            }
        case .int64: unsafe store(block, count, Int64.self, to, type) { whole($0) }
        case .uint64:
            unsafe store(block, count, UInt64.self, to, type) { value in
                UInt64(exactly: value.rounded(.towardZero)) ?? UInt64(bitPattern: whole(value))
            }
        }
    }

    /// Without its fraction; the lowest integer where it is not finite or does not fit.
    private static func whole(_ value: Double) -> Int64 {
        Int64(exactly: value.rounded(.towardZero)) ?? .min
    }

    private static func load<Stored: FixedWidthInteger & BitwiseCopyable, Wide>(
        _ from: UnsafeRawPointer,
        _ stored: Stored.Type,
        _ type: NumberType,
        _ count: Int,
        _ block: UnsafeMutableBufferPointer<Wide>,
        _ widen: (Stored) -> Wide
    ) {
        let size = MemoryLayout<Stored>.size
        let isBig = type.isBig
        for position in 0..<count {
            let bits = unsafe from.loadUnaligned(fromByteOffset: position * size, as: stored)
            unsafe block[position] = widen(isBig ? bits.byteSwapped : bits)
        }
    }

    private static func store<Stored: FixedWidthInteger & BitwiseCopyable, Wide>(
        _ block: UnsafeMutableBufferPointer<Wide>,
        _ count: Int,
        _ stored: Stored.Type,
        _ to: UnsafeMutableRawPointer,
        _ type: NumberType,
        _ narrow: (Wide) -> Stored
    ) {
        let size = MemoryLayout<Stored>.size
        let isBig = type.isBig
        for position in 0..<count {
            let bits = narrow(unsafe block[position])
            unsafe to.storeBytes(
                of: isBig ? bits.byteSwapped : bits,
                toByteOffset: position * size,
                as: stored
            )
        }
    }
}
