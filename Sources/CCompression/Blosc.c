#include <blosc.h>

#include "CCompression.h"

static uint32_t word(const uint8_t *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

int zc_blosc_inspect(const void *input, size_t count, zc_blosc_header *header) {
    if (count < BLOSC_MIN_HEADER_LENGTH) return ZC_TRUNCATED;
    const uint8_t *bytes = input;
    uint8_t flags = bytes[2];
    header->version = bytes[0];
    header->compressor = flags >> 5;
    header->shuffle = (flags & BLOSC_DOBITSHUFFLE) != 0 ? 2 : (flags & BLOSC_DOSHUFFLE) != 0 ? 1 : 0;
    header->element = bytes[3];
    header->decoded = word(bytes + 4);
    header->block = word(bytes + 8);
    header->encoded = word(bytes + 12);
    if (header->version == 0 || header->version > BLOSC_VERSION_FORMAT) return ZC_CORRUPT;
    if (header->encoded > count) return ZC_TRUNCATED;
    if (header->encoded < BLOSC_MIN_HEADER_LENGTH || header->encoded != count) return ZC_CORRUPT;
    if (header->decoded > BLOSC_MAX_BUFFERSIZE) return ZC_CORRUPT;
    return 0;
}

int64_t zc_blosc_decode(const void *input, size_t count, void *output, size_t capacity) {
    size_t decoded = 0;
    if (blosc_cbuffer_validate(input, count, &decoded) != 0) return ZC_CORRUPT;
    if (decoded > capacity) return ZC_TOO_LARGE;
    if (decoded == 0) return 0;
    int result = blosc_decompress_ctx(input, output, capacity, 1);
    if (result == -5) return ZC_UNSUPPORTED;
    return result < 0 || (size_t)result != decoded ? ZC_CORRUPT : result;
}

size_t zc_blosc_encoded_bound(size_t count) { return count + BLOSC_MAX_OVERHEAD; }

int64_t zc_blosc_encode(const void *input, size_t count, void *output, size_t capacity, const char *compressor,
                        int level, int shuffle, size_t element, size_t block) {
    if (count > BLOSC_MAX_BUFFERSIZE) return ZC_TOO_LARGE;
    int result =
        blosc_compress_ctx(level, shuffle, element, count, input, output, capacity, compressor, block, 1);
    if (result == 0) return ZC_TOO_LARGE;
    return result < 0 ? ZC_UNSUPPORTED : result;
}

int zc_blosc_has(const char *compressor) { return blosc_compname_to_compcode(compressor) >= 0; }
