#include <stdlib.h>
#include <zlib.h>

#include "CCompression.h"

void *zc_gunzip_new(void) {
    z_stream *stream = calloc(1, sizeof *stream);
    if (stream != NULL && inflateInit2(stream, 15 + 16) != Z_OK) {
        free(stream);
        stream = NULL;
    }
    return stream;
}

void zc_gunzip_free(void *decoder) {
    if (decoder == NULL) return;
    inflateEnd(decoder);
    free(decoder);
}

int zc_gunzip_step(void *decoder, const void *input, size_t count, size_t *used, void *output, size_t capacity,
                   size_t *made) {
    z_stream *stream = decoder;
    *used = 0;
    *made = 0;
    if (stream == NULL) return ZC_MEMORY;
    stream->next_in = (Bytef *)input;
    stream->avail_in = (uInt)count;
    stream->next_out = output;
    stream->avail_out = (uInt)capacity;
    int result = inflate(stream, Z_NO_FLUSH);
    *used = count - stream->avail_in;
    *made = capacity - stream->avail_out;
    if (result == Z_STREAM_END) return inflateReset(stream) == Z_OK ? 1 : ZC_CORRUPT;
    return result == Z_OK || result == Z_BUF_ERROR ? 0 : ZC_CORRUPT;
}
