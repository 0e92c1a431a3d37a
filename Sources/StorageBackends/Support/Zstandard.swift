internal import CCompression

/// Whole zstd frames with checksums, as census files use them.
enum Zstandard {
    /// `bytes` as one frame; `nil` where memory is short.
    static func encoded(_ bytes: [UInt8]) -> [UInt8]? {
        guard let encoder = unsafe zc_zstd_encoder_new() else { return nil }
        defer { unsafe zc_zstd_encoder_free(encoder) }
        let capacity = zc_zstd_encoded_bound(bytes.count)
        return unsafe filled(capacity) { output in
            unsafe bytes.withUnsafeBytes { input in
                unsafe zc_zstd_encode(
                    encoder,
                    input.baseAddress,
                    input.count,
                    output.baseAddress,
                    capacity,
                    level,
                    1
                )
            }
        }
    }

    /// The `size` bytes that the frame decodes to; `nil` when it is no frame of that many.
    static func decoded(_ frame: [UInt8], size: Int) -> [UInt8]? {
        guard let decoder = unsafe zc_zstd_decoder_new() else { return nil }
        defer { unsafe zc_zstd_decoder_free(decoder) }
        let bytes = unsafe filled(size) { output in
            unsafe frame.withUnsafeBytes { input in
                unsafe zc_zstd_decode(
                    decoder,
                    input.baseAddress,
                    input.count,
                    output.baseAddress,
                    size
                )
            }
        }
        return bytes?.count == size ? bytes : nil
    }

    /// Small and still as fast as the listing that is packed.
    private static let level: Int32 = 3

    private static func filled(
        _ capacity: Int,
        _ body: (UnsafeMutableBufferPointer<UInt8>) -> Int64
    ) -> [UInt8]? {
        var made: Int64 = -1
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            made = unsafe body(buffer)
            count = min(capacity, max(0, Int(made)))
        }
        return made < 0 ? nil : bytes
    }
}
