#include <limits.h>
#include <lz4.h>

#include "CCompression.h"

int64_t zc_lz4_decode(const void *input, size_t count, void *output, size_t capacity) {
    if (count > INT_MAX) return ZC_CORRUPT;
    if (capacity > INT_MAX) capacity = INT_MAX;
    int result = LZ4_decompress_safe(input, output, (int)count, (int)capacity);
    return result < 0 ? ZC_CORRUPT : result;
}

size_t zc_lz4_encoded_bound(size_t count) {
    return count > LZ4_MAX_INPUT_SIZE ? 0 : (size_t)LZ4_compressBound((int)count);
}

int64_t zc_lz4_encode(const void *input, size_t count, void *output, size_t capacity, int acceleration) {
    if (count > LZ4_MAX_INPUT_SIZE) return ZC_TOO_LARGE;
    if (capacity > INT_MAX) capacity = INT_MAX;
    int result = LZ4_compress_fast(input, output, (int)count, (int)capacity, acceleration);
    return result <= 0 ? ZC_TOO_LARGE : result;
}
