import CCompression

extension Native {
    /// The most bytes that `input` can decode to by its frame headers, or a negative code.
    static func zstdBound(_ input: RawSpan) -> Int {
        unsafe input.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return ZC_TRUNCATED }
            return unsafe Int(zc_zstd_decoded_bound(start, bytes.count))
        }
    }

    static func zstdEncodedBound(_ count: Int) -> Int {
        Int(clamping: zc_zstd_encoded_bound(count))
    }

    static func lz4Decode(_ input: RawSpan, into output: inout MutableRawSpan) -> Int {
        unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_lz4_decode(from, count, to, capacity)
        }
    }

    static func lz4Encode(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        acceleration: Int
    ) -> Int {
        unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_lz4_encode(from, count, to, capacity, Int32(clamping: acceleration))
        }
    }

    static func lz4EncodedBound(_ count: Int) -> Int {
        Int(clamping: zc_lz4_encoded_bound(count))
    }

    static func bz2Decode(_ input: RawSpan, into output: inout MutableRawSpan) -> Int {
        unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_bz2_decode(from, count, to, capacity)
        }
    }

    static func bz2Encode(_ input: RawSpan, into output: inout MutableRawSpan, level: Int) -> Int {
        unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_bz2_encode(from, count, to, capacity, Int32(clamping: level))
        }
    }

    static func bz2EncodedBound(_ count: Int) -> Int {
        Int(clamping: zc_bz2_encoded_bound(count))
    }

    static func lzmaDecode(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        format: Int,
        filters: [zc_lzma_filter]
    ) -> Int {
        unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_lzma_decode(
                Int32(clamping: format),
                filters,
                Int32(filters.count),
                from,
                count,
                to,
                capacity
            )
        }
    }

    static func lzmaEncode(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        format: Int,
        check: Int,
        preset: UInt32,
        filters: [zc_lzma_filter]
    ) -> Int {
        unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_lzma_encode(
                Int32(clamping: format),
                Int32(clamping: check),
                preset,
                filters,
                Int32(filters.count),
                from,
                count,
                to,
                capacity
            )
        }
    }

    static func lzmaEncodedBound(_ count: Int) -> Int {
        Int(clamping: zc_lzma_encoded_bound(count))
    }

    /// The bytes that it decodes to by its header, or a negative code.
    static func bloscDecodedSize(_ input: RawSpan) -> Int {
        var header = zc_blosc_header()
        let result = unsafe input.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return Int32(ZC_TRUNCATED) }
            return unsafe zc_blosc_inspect(start, bytes.count, &header)
        }
        return result < 0 ? Int(result) : Int(clamping: header.decoded)
    }

    static func bloscDecode(_ input: RawSpan, into output: inout MutableRawSpan) -> Int {
        unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_blosc_decode(from, count, to, capacity)
        }
    }

    static func bloscEncode(
        _ input: RawSpan,
        into output: inout MutableRawSpan,
        _ settings: BloscCodec.Settings
    ) -> Int {
        unsafe call(input, &output) { from, count, to, capacity in
            unsafe zc_blosc_encode(
                from,
                count,
                to,
                capacity,
                settings.compressor,
                Int32(clamping: settings.level),
                Int32(settings.shuffle.rawValue),
                settings.typeSize,
                settings.blockSize
            )
        }
    }

    static func bloscEncodedBound(_ count: Int) -> Int {
        Int(clamping: zc_blosc_encoded_bound(count))
    }
}
