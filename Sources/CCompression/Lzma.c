#include <lzma.h>
#include <string.h>

#include "CCompression.h"

// A dictionary above this is refused: no chunk needs it, and a header can claim 4 GiB.
static const uint64_t memory_limit = (uint64_t)1 << 28;

typedef struct {
    lzma_filter filters[LZMA_FILTERS_MAX + 1];
    lzma_options_lzma lzma[LZMA_FILTERS_MAX];
    lzma_options_delta delta[LZMA_FILTERS_MAX];
    lzma_options_bcj branch[LZMA_FILTERS_MAX];
} chain;

static uint32_t given(int64_t value, uint32_t otherwise) { return value < 0 ? otherwise : (uint32_t)value; }

static int set_lzma(lzma_options_lzma *options, const zc_lzma_filter *filter) {
    if (lzma_lzma_preset(options, given(filter->preset, LZMA_PRESET_DEFAULT))) return ZC_UNSUPPORTED;
    options->dict_size = given(filter->dictionary, options->dict_size);
    options->lc = given(filter->lc, options->lc);
    options->lp = given(filter->lp, options->lp);
    options->pb = given(filter->pb, options->pb);
    options->mode = given(filter->mode, options->mode);
    options->nice_len = given(filter->nice, options->nice_len);
    options->mf = given(filter->finder, options->mf);
    options->depth = given(filter->depth, options->depth);
    return 0;
}

static int set_chain(chain *result, const zc_lzma_filter *filters, int count) {
    if (count < 1 || count > LZMA_FILTERS_MAX) return ZC_UNSUPPORTED;
    memset(result, 0, sizeof *result);
    for (int i = 0; i < count; i++) {
        lzma_filter *to = &result->filters[i];
        to->id = filters[i].id;
        if (to->id == LZMA_FILTER_LZMA2 || to->id == LZMA_FILTER_LZMA1) {
            to->options = &result->lzma[i];
            if (set_lzma(&result->lzma[i], &filters[i]) != 0) return ZC_UNSUPPORTED;
        } else if (to->id == LZMA_FILTER_DELTA) {
            to->options = &result->delta[i];
            result->delta[i].type = LZMA_DELTA_TYPE_BYTE;
            result->delta[i].dist = given(filters[i].distance, 1);
        } else if (to->id >= LZMA_FILTER_X86 && to->id <= LZMA_FILTER_SPARC) {
            to->options = &result->branch[i];
            result->branch[i].start_offset = given(filters[i].start, 0);
        } else {
            return ZC_UNSUPPORTED;
        }
    }
    result->filters[count].id = LZMA_VLI_UNKNOWN;
    return 0;
}

static int64_t failure(lzma_ret result) {
    switch (result) {
        case LZMA_MEM_ERROR:
        case LZMA_MEMLIMIT_ERROR: return ZC_MEMORY;
        case LZMA_OPTIONS_ERROR:
        case LZMA_UNSUPPORTED_CHECK: return ZC_UNSUPPORTED;
        default: return ZC_CORRUPT;
    }
}

static int64_t run(lzma_stream *stream, const void *input, size_t count, void *output, size_t capacity) {
    stream->next_in = input;
    stream->avail_in = count;
    stream->next_out = output;
    stream->avail_out = capacity;
    lzma_ret result = LZMA_OK;
    while (result == LZMA_OK) result = lzma_code(stream, LZMA_FINISH);
    int64_t written = (int64_t)(capacity - stream->avail_out);
    size_t left = stream->avail_in, room = stream->avail_out;
    lzma_end(stream);
    if (result == LZMA_STREAM_END) return left == 0 ? written : ZC_CORRUPT;
    if (result == LZMA_BUF_ERROR) return room == 0 && left > 0 ? ZC_TOO_LARGE : ZC_TRUNCATED;
    return failure(result);
}

int64_t zc_lzma_decode(int format, const zc_lzma_filter *filters, int filter_count, const void *input, size_t count,
                       void *output, size_t capacity) {
    lzma_stream stream = LZMA_STREAM_INIT;
    chain raw;
    lzma_ret result;
    switch (format) {
        case ZC_LZMA_XZ: result = lzma_stream_decoder(&stream, memory_limit, LZMA_CONCATENATED); break;
        case ZC_LZMA_ALONE: result = lzma_alone_decoder(&stream, memory_limit); break;
        case ZC_LZMA_RAW:
            if (set_chain(&raw, filters, filter_count) != 0) return ZC_UNSUPPORTED;
            if (lzma_raw_decoder_memusage(raw.filters) > memory_limit) return ZC_MEMORY;
            result = lzma_raw_decoder(&stream, raw.filters);
            break;
        default: result = lzma_auto_decoder(&stream, memory_limit, LZMA_CONCATENATED); break;
    }
    return result == LZMA_OK ? run(&stream, input, count, output, capacity) : failure(result);
}

size_t zc_lzma_encoded_bound(size_t count) { return lzma_stream_buffer_bound(count) + 1024; }

int64_t zc_lzma_encode(int format, int check, uint32_t preset, const zc_lzma_filter *filters, int filter_count,
                       const void *input, size_t count, void *output, size_t capacity) {
    lzma_stream stream = LZMA_STREAM_INIT;
    chain given_filters;
    if (filter_count > 0 && set_chain(&given_filters, filters, filter_count) != 0) return ZC_UNSUPPORTED;
    lzma_check kind = check < 0 ? LZMA_CHECK_CRC64 : (lzma_check)check;
    lzma_options_lzma options;
    if (lzma_lzma_preset(&options, preset)) return ZC_UNSUPPORTED;
    lzma_ret result;
    switch (format) {
        case ZC_LZMA_ALONE: result = lzma_alone_encoder(&stream, &options); break;
        case ZC_LZMA_RAW:
            if (filter_count == 0) return ZC_UNSUPPORTED;
            result = lzma_raw_encoder(&stream, given_filters.filters);
            break;
        default:
            result = filter_count > 0 ? lzma_stream_encoder(&stream, given_filters.filters, kind)
                                      : lzma_easy_encoder(&stream, preset, kind);
    }
    return result == LZMA_OK ? run(&stream, input, count, output, capacity) : failure(result);
}
