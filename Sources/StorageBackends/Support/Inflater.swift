internal import Arena
internal import CCompression

/// Raw deflate and CRC-32, as archives use them.
enum Inflater {
    /// Decodes `input` into exactly `size` bytes; `nil` when it is no such stream.
    ///
    /// Deflate never grows its input by more than 1,032 times, so a claim beyond that is refused
    /// before anything is allocated.
    static func inflate(_ input: [UInt8], size: Int) -> [UInt8]? {
        guard size <= input.count.multipliedReportingOverflow(by: 1032).partialValue + 64 else {
            return nil
        }
        guard let decoder = unsafe zc_deflate_decoder_new() else { return nil }
        defer { unsafe zc_deflate_decoder_free(decoder) }
        var written: Int64 = -1
        let output = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            written = unsafe input.withUnsafeBytes { input in
                unsafe zc_deflate_decode(
                    decoder,
                    Int32(ZC_DEFLATE),
                    input.baseAddress,
                    input.count,
                    buffer.baseAddress,
                    size
                )
            }
            count = min(size, max(0, Int(written)))
        }
        return written == Int64(size) ? output : nil
    }

    /// The CRC-32 of `bytes`.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        unsafe bytes.withUnsafeBytes { unsafe zc_crc32(0, $0.baseAddress, $0.count) }
    }

    /// The CRC-32 of what `arena` holds.
    static func crc32(_ arena: Arena) -> UInt32 {
        arena.withBytes { span in
            unsafe span.withUnsafeBytes { unsafe zc_crc32(0, $0.baseAddress, $0.count) }
        }
    }
}
