import CCompression

/// The C functions over spans. Each reads and writes inside its two spans only; results are bytes
/// written, or one of the negative codes that ``failure(_:codec:)`` explains.
enum Native {
    /// Calls `body` with both spans as pointers that are never null.
    static func call(
        _ input: RawSpan,
        _ output: inout MutableRawSpan,
        _ body: (UnsafeRawPointer, Int, UnsafeMutableRawPointer, Int) -> Int64
    ) -> Int {
        var nothing: UInt64 = 0
        return unsafe withUnsafeMutableBytes(of: &nothing) { spare in
            guard let empty = spare.baseAddress else { return ZC_MEMORY }
            return unsafe output.withUnsafeMutableBytes { to in
                unsafe input.withUnsafeBytes { from in
                    unsafe Int(
                        body(
                            from.baseAddress ?? UnsafeRawPointer(empty),
                            from.count,
                            to.baseAddress ?? empty,
                            to.count
                        )
                    )
                }
            }
        }
    }

    /// Throws what a negative `result` means; answers it otherwise.
    static func check(_ result: Int, codec: String) throws(CodecError) -> Int {
        if result >= 0 { return result }
        switch result {
        case ZC_TOO_LARGE:
            throw CodecError(.long, codec: codec, "it decodes to more bytes than there may be")
        case ZC_TRUNCATED:
            throw CodecError(.short, codec: codec, "the encoded bytes end too early")
        case ZC_MEMORY:
            throw CodecError(.tooLarge, codec: codec, "it needs more memory than it may have")
        case ZC_UNSUPPORTED:
            throw CodecError(.unsupported, codec: codec, "the library lacks what it asks for")
        default:
            throw CodecError(.corrupt, codec: codec, "the encoded bytes are not valid")
        }
    }

}
