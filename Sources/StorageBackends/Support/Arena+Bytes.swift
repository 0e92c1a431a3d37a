internal import Arena

extension Arena {
    /// Makes the arena hold a copy of `bytes` and nothing else.
    func replace(with bytes: [UInt8]) {
        resize(to: 0)
        append(unsafe bytes.span.bytes)
    }
}

extension [UInt8] {
    /// Lends the bytes.
    func withRawBytes<Answer, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        try unsafe body(span.bytes)
    }
}
