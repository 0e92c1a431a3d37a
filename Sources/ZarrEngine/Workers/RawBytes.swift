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

    /// How many elements of `size` bytes (at least 1) differ from those of `other`, and the first.
    func elements(
        ofSize size: Int,
        differingFrom other: RawSpan
    ) -> (count: Int, first: Int?) {
        if isSame(as: other) { return (0, nil) }
        return unsafe withUnsafeBytes { left in
            unsafe other.withUnsafeBytes { right in
                var count = 0
                var first: Int?
                var place = 0
                let end = min(left.count, right.count)
                while place < end {
                    guard unsafe left[place] != right[place] else {
                        place += 1
                        continue
                    }
                    let element = place / size
                    first = first ?? element
                    count += 1
                    place = (element + 1) * size
                }
                return (count, first)
            }
        }
    }
}
