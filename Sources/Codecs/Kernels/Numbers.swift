import CCompression

/// Loops over numbers of types that are known only when metadata has been read.
///
/// Everywhere, `input` and `output` hold the same number of numbers; what is beyond the shorter is
/// left alone.
enum Numbers {
    /// What the numbers are while they are worked on: exact for integers, and for floats.
    private static let blockLength = 512

    /// Converts as NumPy's `astype` does: integers wrap, floats lose their fraction, what does not fit
    /// becomes what the processor gives for it; `bool` is whether it differs from 0.
    static func convert(
        _ input: RawSpan,
        _ from: NumberType,
        into output: inout MutableRawSpan,
        _ to: NumberType
    ) {
        if from.scalar.isFloating || to.scalar.isFloating {
            map(input, from, into: &output, to) { $0 }
            return
        }
        unsafe blocks(input, from, &output, to) { input, output, count in
            unsafe withUnsafeTemporaryAllocation(of: Int64.self, capacity: blockLength) { block in
                unsafe loadIntegers(input, from, count, into: block)
                unsafe storeIntegers(block, count, into: output, to)
            }
        }
    }

    /// Converts through `Double`, with `change` between.
    static func map(
        _ input: RawSpan,
        _ from: NumberType,
        into output: inout MutableRawSpan,
        _ to: NumberType,
        _ change: (Double) -> Double
    ) {
        unsafe blocks(input, from, &output, to) { input, output, count in
            unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: blockLength) { block in
                unsafe loadDoubles(input, from, count, into: block)
                for position in 0..<count {
                    unsafe block[position] = change(unsafe block[position])
                }
                unsafe storeDoubles(block, count, into: output, to)
            }
        }
    }

    /// Each number becomes the sum (for `bool`, the exclusive or) of itself and all before it.
    /// Integers wrap. The bytes are little-endian.
    static func accumulate(_ bytes: inout MutableRawSpan, _ scalar: Scalar) {
        switch scalar {
        case .bool: scan(&bytes, UInt8.self) { $0 ^ $1 }
        case .int8, .uint8: scan(&bytes, UInt8.self) { $0 &+ $1 }
        case .int16, .uint16: scan(&bytes, UInt16.self) { $0 &+ $1 }
        case .int32, .uint32: scan(&bytes, UInt32.self) { $0 &+ $1 }
        case .int64, .uint64: scan(&bytes, UInt64.self) { $0 &+ $1 }
        case .float16: scan(&bytes, Float16.self) { $0 + $1 }
        case .float32: scan(&bytes, Float.self) { $0 + $1 }
        case .float64: scan(&bytes, Double.self) { $0 + $1 }
        }
    }

    /// The way back: each number but the first becomes its difference from the one before.
    static func differences(_ bytes: inout MutableRawSpan, _ scalar: Scalar) {
        switch scalar {
        case .bool: scanBack(&bytes, UInt8.self) { $0 ^ $1 }
        case .int8, .uint8: scanBack(&bytes, UInt8.self) { $0 &- $1 }
        case .int16, .uint16: scanBack(&bytes, UInt16.self) { $0 &- $1 }
        case .int32, .uint32: scanBack(&bytes, UInt32.self) { $0 &- $1 }
        case .int64, .uint64: scanBack(&bytes, UInt64.self) { $0 &- $1 }
        case .float16: scanBack(&bytes, Float16.self) { $0 - $1 }
        case .float32: scanBack(&bytes, Float.self) { $0 - $1 }
        case .float64: scanBack(&bytes, Double.self) { $0 - $1 }
        }
    }

    /// Rounds the significands to `keepBits` bits, half to even. The bytes are little-endian floats.
    static func roundBits(_ bytes: inout MutableRawSpan, _ scalar: Scalar, keepBits: Int) {
        switch scalar {
        case .float16: roundBits(&bytes, UInt16.self, dropping: 10 - keepBits)
        case .float32: roundBits(&bytes, UInt32.self, dropping: 23 - keepBits)
        case .float64: roundBits(&bytes, UInt64.self, dropping: 52 - keepBits)
        default: break
        }
    }

    /// Reverses the bytes of every number.
    static func swap(_ bytes: inout MutableRawSpan, _ size: Int) {
        guard size > 1 else { return }
        unsafe bytes.withUnsafeMutableBytes { all in
            guard let start = all.baseAddress else { return }
            unsafe zc_swap_in_place(start, all.count, Int32(size))
        }
    }
}

extension Numbers {
    private typealias Target = UnsafeMutableRawPointer

    /// Calls `body` for runs of at most a block.
    private static func blocks(
        _ input: RawSpan,
        _ from: NumberType,
        _ output: inout MutableRawSpan,
        _ to: NumberType,
        _ body: (UnsafeRawPointer, UnsafeMutableRawPointer, Int) -> Void
    ) {
        let count = min(input.byteCount / from.byteCount, output.byteCount / to.byteCount)
        unsafe output.withUnsafeMutableBytes { target in
            unsafe input.withUnsafeBytes { source in
                guard let source = source.baseAddress, let target = target.baseAddress else {
                    return
                }
                var done = 0
                while done < count {
                    let part = min(blockLength, count - done)
                    unsafe body(source + done * from.byteCount, target + done * to.byteCount, part)
                    done += part
                }
            }
        }
    }

    private static func scan<Number: BitwiseCopyable>(
        _ bytes: inout MutableRawSpan,
        _ type: Number.Type,
        _ join: (Number, Number) -> Number
    ) {
        let size = MemoryLayout<Number>.size
        unsafe bytes.withUnsafeMutableBytes { all in
            let count = all.count / size
            guard count > 0 else { return }
            var sum = unsafe all.loadUnaligned(as: type)
            for position in 1..<max(1, count) {
                let offset = position * size
                sum = join(sum, unsafe all.loadUnaligned(fromByteOffset: offset, as: type))
                unsafe all.storeBytes(of: sum, toByteOffset: offset, as: type)
            }
        }
    }

    private static func scanBack<Number: BitwiseCopyable>(
        _ bytes: inout MutableRawSpan,
        _ type: Number.Type,
        _ split: (Number, Number) -> Number
    ) {
        let size = MemoryLayout<Number>.size
        unsafe bytes.withUnsafeMutableBytes { all in
            let count = all.count / size
            guard count > 0 else { return }
            var before = unsafe all.loadUnaligned(as: type)
            for position in 1..<max(1, count) {
                let offset = position * size
                let number = unsafe all.loadUnaligned(fromByteOffset: offset, as: type)
                unsafe all.storeBytes(of: split(number, before), toByteOffset: offset, as: type)
                before = number
            }
        }
    }

    private static func roundBits<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: inout MutableRawSpan,
        _ type: Bits.Type,
        dropping: Int
    ) {
        guard dropping > 0 else { return }
        let size = MemoryLayout<Bits>.size
        let half = (Bits(1) << (dropping - 1)) - 1
        unsafe bytes.withUnsafeMutableBytes { all in
            for position in 0..<(all.count / size) {
                var bits = unsafe all.loadUnaligned(fromByteOffset: position * size, as: type)
                bits &+= ((bits >> dropping) & 1) &+ half
                bits = (bits >> dropping) << dropping
                unsafe all.storeBytes(of: bits, toByteOffset: position * size, as: type)
            }
        }
    }
}
