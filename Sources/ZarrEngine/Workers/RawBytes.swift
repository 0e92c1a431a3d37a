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
