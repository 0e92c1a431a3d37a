import CCompression

extension Native {
    private static func sum(
        _ input: RawSpan,
        _ body: (UnsafeRawPointer, Int) -> UInt32,
        empty: UInt32
    ) -> UInt32 {
        unsafe input.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return empty }
            return unsafe body(start, bytes.count)
        }
    }

    static func crc32c(_ input: RawSpan) -> UInt32 {
        unsafe sum(input, { unsafe zc_crc32c(0, $0, $1) }, empty: 0)
    }

    /// The checksum of `input`, which is copied to the start of `output`. Requires room for it.
    static func crc32cCopying(_ input: RawSpan, into output: inout MutableRawSpan) -> UInt32 {
        precondition(input.byteCount <= output.byteCount, "copy outside the output")
        var sum: UInt32 = 0
        _ = unsafe call(input, &output) { from, count, to, _ in
            sum = unsafe zc_crc32c_copy(0, from, count, to)
            return 0
        }
        return sum
    }

    static func crc32cPortable(_ input: RawSpan) -> UInt32 {
        unsafe sum(input, { unsafe zc_crc32c_portable(0, $0, $1) }, empty: 0)
    }

    static func crc32(_ input: RawSpan) -> UInt32 {
        unsafe sum(input, { unsafe zc_crc32(0, $0, $1) }, empty: 0)
    }

    static func adler32(_ input: RawSpan) -> UInt32 {
        unsafe sum(input, { unsafe zc_adler32(1, $0, $1) }, empty: 1)
    }

    static func fletcher32(_ input: RawSpan) -> UInt32 {
        unsafe sum(input, { unsafe zc_fletcher32($0, $1) }, empty: 0)
    }

    static func lookup3(_ input: RawSpan, seed: UInt32) -> UInt32 {
        unsafe sum(input, { unsafe zc_lookup3(seed, $0, $1) }, empty: 0xdead_beef &+ seed)
    }

    /// Moves byte j of every element behind those of byte j - 1. Requires `output` as long as `input`.
    static func shuffle(_ input: RawSpan, into output: inout MutableRawSpan, elementSize: Int) {
        precondition(output.byteCount == input.byteCount, "a shuffle keeps the length")
        _ = unsafe call(input, &output) { from, count, to, _ in
            unsafe zc_shuffle(from, count, to, elementSize)
            return 0
        }
    }

    /// The way back.
    static func unshuffle(_ input: RawSpan, into output: inout MutableRawSpan, elementSize: Int) {
        precondition(output.byteCount == input.byteCount, "a shuffle keeps the length")
        _ = unsafe call(input, &output) { from, count, to, _ in
            unsafe zc_unshuffle(from, count, to, elementSize)
            return 0
        }
    }
}
