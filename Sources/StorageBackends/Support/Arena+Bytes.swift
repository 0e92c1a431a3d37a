internal import Arena

extension Arena {
    /// Makes the arena hold a copy of `bytes` and nothing else.
    func replace(with bytes: [UInt8]) {
        resize(to: 0)
        append(unsafe bytes.span.bytes)
    }
}
