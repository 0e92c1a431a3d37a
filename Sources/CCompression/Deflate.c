#include <libdeflate.h>

#include "CCompression.h"

void *zc_deflate_decoder_new(void) { return libdeflate_alloc_decompressor(); }

void zc_deflate_decoder_free(void *decoder) { libdeflate_free_decompressor(decoder); }

// One member of a gzip file, or the whole of another stream.
static enum libdeflate_result decode_one(void *decoder, int wrapping, const uint8_t *input, size_t count,
                                         uint8_t *output, size_t capacity, size_t *read, size_t *written) {
    switch (wrapping) {
        case ZC_GZIP:
            return libdeflate_gzip_decompress_ex(decoder, input, count, output, capacity, read, written);
        case ZC_ZLIB:
            return libdeflate_zlib_decompress_ex(decoder, input, count, output, capacity, read, written);
        default:
            return libdeflate_deflate_decompress_ex(decoder, input, count, output, capacity, read, written);
    }
}

int64_t zc_deflate_decode(void *decoder, int wrapping, const void *input, size_t count, void *output,
                          size_t capacity) {
    if (decoder == NULL) return ZC_MEMORY;
    const uint8_t *from = input;
    uint8_t *to = output;
    size_t position = 0, total = 0;
    do {
        size_t read = 0, written = 0;
        enum libdeflate_result result = decode_one(decoder, wrapping, from + position, count - position, to + total,
                                                   capacity - total, &read, &written);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return ZC_TOO_LARGE;
        if (result != LIBDEFLATE_SUCCESS) return ZC_CORRUPT;
        position += read;
        total += written;
        if (wrapping != ZC_GZIP) break;
        while (position < count && from[position] == 0) position += 1;  // padding, as on tapes
    } while (position < count);
    return position == count ? (int64_t)total : ZC_CORRUPT;
}

void *zc_deflate_encoder_new(int level) {
    return libdeflate_alloc_compressor(level < 0 || level > 12 ? 6 : level);
}

void zc_deflate_encoder_free(void *encoder) { libdeflate_free_compressor(encoder); }

size_t zc_deflate_encoded_bound(void *encoder, int wrapping, size_t count) {
    switch (wrapping) {
        case ZC_GZIP: return libdeflate_gzip_compress_bound(encoder, count);
        case ZC_ZLIB: return libdeflate_zlib_compress_bound(encoder, count);
        default: return libdeflate_deflate_compress_bound(encoder, count);
    }
}

int64_t zc_deflate_encode(void *encoder, int wrapping, const void *input, size_t count, void *output,
                          size_t capacity) {
    if (encoder == NULL) return ZC_MEMORY;
    size_t written = 0;
    switch (wrapping) {
        case ZC_GZIP: written = libdeflate_gzip_compress(encoder, input, count, output, capacity); break;
        case ZC_ZLIB: written = libdeflate_zlib_compress(encoder, input, count, output, capacity); break;
        default: written = libdeflate_deflate_compress(encoder, input, count, output, capacity); break;
    }
    return written == 0 ? ZC_TOO_LARGE : (int64_t)written;
}

uint32_t zc_crc32(uint32_t seed, const void *input, size_t count) {
    return count == 0 ? seed : libdeflate_crc32(seed, input, count);
}

uint32_t zc_adler32(uint32_t seed, const void *input, size_t count) {
    return count == 0 ? seed : libdeflate_adler32(seed, input, count);
}
