import CCompression

/// What the libraries keep between two chunks, made when first needed. One worker's own.
final class CodecContexts {
    private(set) lazy var zstd = ZstdContexts()
    private(set) lazy var deflate = DeflateContexts()
}

/// zstd's decoder and encoder.
@safe
final class ZstdContexts {
    private(set) lazy var decoder: UnsafeMutableRawPointer? = unsafe zc_zstd_decoder_new()
    private(set) lazy var encoder: UnsafeMutableRawPointer? = unsafe zc_zstd_encoder_new()
    private var isDecoding = false
    private var isEncoding = false

    /// Bytes written, or a negative code.
    func decode(_ input: RawSpan, into output: inout MutableRawSpan) -> Int {
        isDecoding = true
        let decoder = unsafe decoder
        return unsafe Native.call(input, &output) { from, count, to, capacity in
            unsafe zc_zstd_decode(decoder, from, count, to, capacity)
        }
    }

    /// Bytes written, or a negative code.
    func encode(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        level: Int,
        checksum: Bool
    ) -> Int {
        isEncoding = true
        let encoder = unsafe encoder
        return unsafe Native.call(input, &output) { from, count, to, capacity in
            unsafe zc_zstd_encode(
                encoder,
                from,
                count,
                to,
                capacity,
                Int32(clamping: level),
                checksum ? 1 : 0
            )
        }
    }

    deinit {
        if isDecoding { unsafe zc_zstd_decoder_free(decoder) }
        if isEncoding { unsafe zc_zstd_encoder_free(encoder) }
    }
}

/// How a deflate stream is wrapped.
enum DeflateWrapping: Int32 {
    case gzip = 0
    case zlib = 1
}

/// The decoder of deflate streams, and encoders by level.
@safe
final class DeflateContexts {
    private let decoder = unsafe zc_deflate_decoder_new()
    private var encoders: [Int: UnsafeMutableRawPointer] = unsafe [:]

    /// Bytes written, or a negative code.
    func decode(
        _ wrapping: DeflateWrapping,
        _ input: RawSpan,
        into output: inout MutableRawSpan
    ) -> Int {
        let decoder = unsafe decoder
        return unsafe Native.call(input, &output) { from, count, to, capacity in
            unsafe zc_deflate_decode(decoder, wrapping.rawValue, from, count, to, capacity)
        }
    }

    private func encoder(_ level: Int) -> UnsafeMutableRawPointer? {
        if let made = unsafe encoders[level] { return unsafe made }
        let made = unsafe zc_deflate_encoder_new(Int32(clamping: level))
        unsafe encoders[level] = unsafe made
        return unsafe made
    }

    /// The most bytes that `count` can become.
    func bound(_ wrapping: DeflateWrapping, level: Int, _ count: Int) -> Int {
        unsafe Int(zc_deflate_encoded_bound(encoder(level), wrapping.rawValue, count))
    }

    /// Bytes written, or a negative code.
    func encode(
        _ wrapping: DeflateWrapping,
        level: Int,
        _ input: RawSpan,
        into output: inout MutableRawSpan
    ) -> Int {
        let encoder = unsafe encoder(level)
        return unsafe Native.call(input, &output) { from, count, to, capacity in
            unsafe zc_deflate_encode(encoder, wrapping.rawValue, from, count, to, capacity)
        }
    }

    deinit {
        unsafe zc_deflate_decoder_free(decoder)
        unsafe encoders.forEach { unsafe zc_deflate_encoder_free($0.value) }
    }
}
