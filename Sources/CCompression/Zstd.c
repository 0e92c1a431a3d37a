#define ZSTD_STATIC_LINKING_ONLY
#include <zstd.h>
#include <zstd_errors.h>

#include "CCompression.h"

void *zc_zstd_decoder_new(void) { return ZSTD_createDCtx(); }

void zc_zstd_decoder_free(void *decoder) { ZSTD_freeDCtx(decoder); }

static int64_t failure(size_t result) {
    switch (ZSTD_getErrorCode(result)) {
        case ZSTD_error_dstSize_tooSmall: return ZC_TOO_LARGE;
        case ZSTD_error_srcSize_wrong: return ZC_TRUNCATED;
        case ZSTD_error_memory_allocation: return ZC_MEMORY;
        case ZSTD_error_dictionary_wrong:
        case ZSTD_error_version_unsupported: return ZC_UNSUPPORTED;
        default: return ZC_CORRUPT;
    }
}

int64_t zc_zstd_decode(void *decoder, const void *input, size_t count, void *output, size_t capacity) {
    if (decoder == NULL) return ZC_MEMORY;
    if (count == 0) return ZC_TRUNCATED;
    size_t result = ZSTD_decompressDCtx(decoder, output, capacity, input, count);
    return ZSTD_isError(result) ? failure(result) : (int64_t)result;
}

int64_t zc_zstd_decoded_bound(const void *input, size_t count) {
    unsigned long long bound = ZSTD_decompressBound(input, count);
    if (bound == ZSTD_CONTENTSIZE_ERROR) return ZC_CORRUPT;
    return bound > INT64_MAX ? INT64_MAX : (int64_t)bound;
}

void *zc_zstd_encoder_new(void) { return ZSTD_createCCtx(); }

void zc_zstd_encoder_free(void *encoder) { ZSTD_freeCCtx(encoder); }

size_t zc_zstd_encoded_bound(size_t count) { return ZSTD_compressBound(count); }

int64_t zc_zstd_encode(void *encoder, const void *input, size_t count, void *output, size_t capacity, int level,
                       int checksum) {
    if (encoder == NULL) return ZC_MEMORY;
    ZSTD_CCtx_reset(encoder, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(encoder, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(encoder, ZSTD_c_checksumFlag, checksum != 0);
    size_t result = ZSTD_compress2(encoder, output, capacity, input, count);
    return ZSTD_isError(result) ? failure(result) : (int64_t)result;
}
