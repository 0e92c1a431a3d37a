import Arena
import Glibc

/// Reading and writing single numbers and runs of bytes. Bounds are checked here, by traps that no
/// caller reaches: lengths are compared before.
enum Bytes {
    /// Copies all of `source` to `offset`. Requires that it fits.
    static func copy(_ source: RawSpan, into output: inout MutableRawSpan, at offset: Int) {
        let count = source.byteCount
        precondition(offset >= 0 && count <= output.byteCount - offset, "copy outside the output")
        unsafe output.withUnsafeMutableBytes { to in
            unsafe source.withUnsafeBytes { from in
                guard let start = from.baseAddress, let target = to.baseAddress else { return }
                // Both lie inside by the precondition; spans of different owners do not overlap.
                unsafe (target + offset).copyMemory(from: start, byteCount: count)
            }
        }
    }

    /// The little-endian number at `offset`. Requires that it lies inside.
    static func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: RawSpan,
        at offset: Int,
        as type: Number.Type
    ) -> Number {
        // `unsafeLoadUnaligned` is checked against the span's bounds.
        Number(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type))
    }

    /// Sets every byte to `byte`.
    static func clear(_ output: inout MutableRawSpan, to byte: UInt8 = 0) {
        unsafe output.withUnsafeMutableBytes { bytes in
            _ = unsafe bytes.initializeMemory(as: UInt8.self, repeating: byte)
        }
    }

    /// Whether `bytes` are `element` again and again.
    static func repeats(_ bytes: RawSpan, _ element: [UInt8]) -> Bool {
        let size = element.count
        guard size > 0, bytes.byteCount % size == 0 else { return bytes.byteCount == 0 }
        return unsafe bytes.withUnsafeBytes { all in
            guard let start = all.baseAddress else { return true }
            // The first is the element, and every byte is the one `size` before it.
            return unsafe memcmp(start, element, size) == 0
                && memcmp(start, start + size, all.count - size) == 0
        }
    }

    /// A copy as an array.
    static func array(_ bytes: RawSpan) -> [UInt8] {
        unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}

extension RawSpan {
    /// Whether the bytes are `element` again and again, bit by bit. O(bytes), to the first that differs.
    package func repeats(_ element: [UInt8]) -> Bool {
        Bytes.repeats(self, element)
    }
}

extension [UInt8] {
    /// Lends the elements as raw bytes.
    package func withRawBytes<Answer, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        try unsafe body(span.bytes)
    }

    /// Lends the elements as raw bytes that can be changed.
    package mutating func withMutableRawBytes<Answer, Failure: Error>(
        _ body: (inout MutableRawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        var elements = mutableSpan
        var bytes = unsafe elements.mutableBytes
        return try body(&bytes)
    }
}

extension Arena {
    /// Appends a number, least significant byte first.
    func append<Number: FixedWidthInteger & BitwiseCopyable>(littleEndian number: Number) {
        let start = count
        resize(to: start + MemoryLayout<Number>.size)
        withMutableBytes { bytes in
            bytes.storeBytes(of: number.littleEndian, toByteOffset: start, as: Number.self)
        }
    }

    /// Appends the elements.
    func append(_ bytes: [UInt8]) {
        bytes.withRawBytes { append($0) }
    }

    /// Makes room for `most` bytes behind what is there, lets `body` fill from their start, and keeps
    /// as many as it answers.
    func append<Failure: Error>(
        upTo most: Int,
        _ body: (inout MutableRawSpan) throws(Failure) -> Int
    ) throws(Failure) {
        let start = count
        resize(to: start.addingCapped(most))
        var written = 0
        defer { resize(to: start + written) }
        try withMutableBytes { (bytes: inout MutableRawSpan) throws(Failure) in
            var tail = bytes._mutatingExtracting(start..<bytes.byteCount)
            written = min(most, max(0, try body(&tail)))
        }
    }

    /// Empties the arena and makes it `count` bytes long, without keeping what was there.
    func reset(to count: Int) {
        resize(to: 0)
        resize(to: count)
    }
}
