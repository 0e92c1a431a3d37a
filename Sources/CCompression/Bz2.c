#include <bzlib.h>
#include <string.h>

#include "CCompression.h"

static size_t at_most(size_t left) { return left > (1u << 30) ? (1u << 30) : left; }

// One stream from `input`; both positions move on.
static int decode_stream(const uint8_t *input, size_t count, size_t *position, uint8_t *output, size_t capacity,
                         size_t *total) {
    bz_stream stream;
    memset(&stream, 0, sizeof stream);
    if (BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK) return ZC_MEMORY;
    int result = BZ_OK;
    uint8_t spill;  // shows whether there is more to come once the output is full
    int spilled = 0;
    while (result == BZ_OK && !spilled) {
        size_t in = at_most(count - *position), out = at_most(capacity - *total);
        int full = out == 0;
        stream.next_in = (char *)(input + *position);
        stream.avail_in = (unsigned)in;
        stream.next_out = full ? (char *)&spill : (char *)(output + *total);
        stream.avail_out = full ? 1 : (unsigned)out;
        result = BZ2_bzDecompress(&stream);
        size_t read = in - stream.avail_in, written = (full ? 1 : out) - stream.avail_out;
        *position += read;
        if (full) {
            spilled = written > 0;
        } else {
            *total += written;
        }
        if (result == BZ_OK && read == 0 && written == 0) break;  // the input has ended
    }
    BZ2_bzDecompressEnd(&stream);
    if (spilled) return ZC_TOO_LARGE;
    if (result == BZ_STREAM_END) return 0;
    if (result == BZ_OK) return ZC_TRUNCATED;
    return result == BZ_MEM_ERROR ? ZC_MEMORY : ZC_CORRUPT;
}

int64_t zc_bz2_decode(const void *input, size_t count, void *output, size_t capacity) {
    size_t position = 0, total = 0;
    do {
        int result = decode_stream(input, count, &position, output, capacity, &total);
        if (result < 0) return result;
    } while (position < count);
    return (int64_t)total;
}

size_t zc_bz2_encoded_bound(size_t count) { return count + count / 100 + 600; }

int64_t zc_bz2_encode(const void *input, size_t count, void *output, size_t capacity, int level) {
    if (count > UINT32_MAX || level < 1 || level > 9) return ZC_UNSUPPORTED;
    unsigned written = capacity > UINT32_MAX ? UINT32_MAX : (unsigned)capacity;
    int result = BZ2_bzBuffToBuffCompress(output, &written, (char *)input, (unsigned)count, level, 0, 0);
    return result == BZ_OK ? (int64_t)written : result == BZ_OUTBUFF_FULL ? ZC_TOO_LARGE : ZC_MEMORY;
}
