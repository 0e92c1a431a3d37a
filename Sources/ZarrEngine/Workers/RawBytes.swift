import Glibc

extension [UInt8] {
    /// Lends the bytes as codecs take them.
    func withRawBytes<Answer, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        // Every bit pattern is a valid `UInt8`, which is what makes `bytes` safe here.
        try unsafe body(span.bytes)
    }

    /// A copy of `bytes`.
    init(copying bytes: RawSpan) {
        self = unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}

extension RawSpan {
    /// Whether the bytes are those of `other`.
    func isSame(as other: RawSpan) -> Bool {
        guard byteCount == other.byteCount else { return false }
        return unsafe withUnsafeBytes { left in
            unsafe other.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress else {
                    return true
                }
                return unsafe memcmp(first, second, left.count) == 0
            }
        }
    }
}
