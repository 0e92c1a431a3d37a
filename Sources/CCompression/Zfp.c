// libzfp has no archive to link in, and its OpenMP runtime would cost every start of the program: it is loaded
// when a chunk first asks for it.
#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zfp.h>

#include "CCompression.h"

#define FUNCTIONS(use)                                                                                        \
    use(stream_open) use(stream_close) use(stream_size) use(zfp_stream_open) use(zfp_stream_close)             \
    use(zfp_stream_set_bit_stream) use(zfp_stream_set_params) use(zfp_stream_set_rate)                         \
    use(zfp_stream_set_precision) use(zfp_stream_set_accuracy) use(zfp_stream_set_reversible)                  \
    use(zfp_stream_maximum_size) use(zfp_compress) use(zfp_decompress) use(zfp_read_header) use(zfp_write_header)

#define POINTER(name) static __typeof__(&name) load_##name;
FUNCTIONS(POINTER)

static pthread_once_t loaded = PTHREAD_ONCE_INIT;
static int is_loaded;

// The program's own folder of libraries, as the archive that `make dist` makes has it.
static void *open_beside(const char *name) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) return NULL;
    path[length] = 0;
    char *slash = strrchr(path, '/');
    if (slash == NULL) return NULL;
    size_t room = sizeof path - (size_t)(slash - path);
    static const char folder[] = "/../lib/zscope/";
    if (strlen(folder) + strlen(name) >= room) return NULL;
    strcpy(slash, folder);
    strcat(slash, name);
    return dlopen(path, RTLD_NOW | RTLD_GLOBAL);
}

static void load(void) {
    void *library = dlopen("libzfp.so.1", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        open_beside("libgomp.so.1");
        library = open_beside("libzfp.so.1");
    }
    if (library == NULL) return;
    int found = 1;
#define LOAD(name)                                                                                            \
    *(void **)&load_##name = dlsym(library, #name);                                                           \
    found &= load_##name != NULL;
    FUNCTIONS(LOAD)
    is_loaded = found;
}

int zc_zfp_has(void) {
    pthread_once(&loaded, load);
    return is_loaded;
}

static zfp_field field_of(const zc_zfp_array *array, void *data) {
    zfp_field field;
    memset(&field, 0, sizeof field);
    field.type = (zfp_type)array->type;
    size_t *lengths[] = {&field.nx, &field.ny, &field.nz, &field.nw};
    // The last dimension is the fastest; none at all is one value.
    field.nx = 1;
    for (int place = 0; place < array->rank; place++) *lengths[place] = array->shape[array->rank - 1 - place];
    field.data = data;
    return field;
}

static unsigned rank_of(const zfp_field *field) {
    return field->nw != 0 ? 4 : field->nz != 0 ? 3 : field->ny != 0 ? 2 : 1;
}

static size_t bytes_of_type(zfp_type type) { return type == zfp_type_int32 || type == zfp_type_float ? 4 : 8; }

// 0 where the product does not fit.
static size_t count_of(const zfp_field *field) {
    size_t lengths[] = {field->ny, field->nz, field->nw}, count = field->nx;
    for (int place = 0; place < 3; place++) {
        if (lengths[place] != 0 && __builtin_mul_overflow(count, lengths[place], &count)) return 0;
    }
    return count;
}

// Whether the library takes the settings.
static int configure(zfp_stream *stream, const zc_zfp_mode *mode, zfp_type type, unsigned rank) {
    switch (mode->kind) {
        case ZC_ZFP_EXPERT:
            return mode->minbits <= ZFP_MAX_BITS && mode->maxprec <= ZFP_MAX_PREC &&
                   load_zfp_stream_set_params(stream, mode->minbits, mode->maxbits, mode->maxprec, mode->minexp);
        case ZC_ZFP_RATE:
            load_zfp_stream_set_rate(stream, mode->value, type, mode->rate_rank != 0 ? (unsigned)mode->rate_rank : rank, 0);
            return stream->minbits <= ZFP_MAX_BITS;
        case ZC_ZFP_PRECISION: load_zfp_stream_set_precision(stream, mode->maxprec); return 1;
        case ZC_ZFP_ACCURACY: load_zfp_stream_set_accuracy(stream, mode->value); return 1;
        default: load_zfp_stream_set_reversible(stream); return 1;
    }
}

// The library reads on where its input ends. So many bytes no stream of these settings goes beyond: each value
// of a block costs a bit in every plane and two more where it is found, each plane one to say that it is done.
static int most_read(const zfp_stream *stream, const zfp_field *field, size_t *most) {
    unsigned rank = rank_of(field);
    size_t values = (size_t)1 << (2 * rank), blocks = 1;
    size_t lengths[] = {field->nx, field->ny, field->nz, field->nw};
    for (unsigned place = 0; place < rank; place++) {
        if (__builtin_mul_overflow(blocks, lengths[place] / 4 + (lengths[place] % 4 != 0), &blocks)) return 0;
    }
    size_t bits = 64 * (values + 1) + 2 * values + 64;
    if (stream->minbits > bits) bits = stream->minbits;
    if (__builtin_mul_overflow(blocks, bits, &bits)) return 0;
    return !__builtin_add_overflow(bits / 8, (size_t)ZFP_HEADER_MAX_BITS / 8 + 64, most);
}

// A stream ends where its last block does, but for zeros up to a whole word: of 8 bytes where most programs
// write it, of 1 where the library was built so.
static int64_t check_end(const uint8_t *bytes, size_t used, size_t count) {
    if (used > count) return ZC_TRUNCATED;
    if (count != used && count != ((used + 7) & ~(size_t)7)) return ZC_TOO_LARGE;
    for (size_t place = used; place < count; place++) {
        if (bytes[place] != 0) return ZC_CORRUPT;
    }
    return 0;
}

static int64_t decompress(zfp_stream *stream, zfp_field *field, const void *input, size_t count, int has_header) {
    size_t most;
    if (!most_read(stream, field, &most)) return ZC_MEMORY;
    if (most < count) most = count;
    most = (most + 15) & ~(size_t)7;
    uint8_t *padded = calloc(1, most);
    if (padded == NULL) return ZC_MEMORY;
    memcpy(padded, input, count);
    bitstream *bits = load_stream_open(padded, most);
    int64_t result = ZC_MEMORY;
    if (bits != NULL) {
        load_zfp_stream_set_bit_stream(stream, bits);
        zfp_field same = *field;
        result = ZC_CORRUPT;
        if (!has_header || load_zfp_read_header(stream, &same, ZFP_HEADER_FULL) != 0) {
            size_t used = load_zfp_decompress(stream, field);
            if (used != 0) result = check_end(padded, used, count);
        }
        load_stream_close(bits);
    }
    free(padded);
    return result;
}

// Reads what the header says into `stream` and `field`.
static int64_t read_header(zfp_stream *stream, zfp_field *field, const void *input, size_t count) {
    uint64_t head[8] = {0};
    memcpy(head, input, count < sizeof head ? count : sizeof head);
    bitstream *bits = load_stream_open(head, sizeof head);
    if (bits == NULL) return ZC_MEMORY;
    load_zfp_stream_set_bit_stream(stream, bits);
    size_t read = load_zfp_read_header(stream, field, ZFP_HEADER_FULL);
    load_stream_close(bits);
    if (read == 0) return ZC_CORRUPT;
    return (read + 7) / 8 > count ? ZC_TRUNCATED : 0;
}

int64_t zc_zfp_decode(const zc_zfp_array *array, const zc_zfp_mode *mode, const void *input, size_t count,
                      void *output, size_t capacity) {
    if (!zc_zfp_has()) return ZC_UNSUPPORTED;
    zfp_field field = field_of(array, NULL);
    size_t values = count_of(&field), size = bytes_of_type(field.type);
    if (values == 0 || values > capacity / size) return ZC_TOO_LARGE;
    zfp_stream *stream = load_zfp_stream_open(NULL);
    if (stream == NULL) return ZC_MEMORY;
    int64_t result = 0;
    if (mode == NULL) {
        zfp_field claimed;
        memset(&claimed, 0, sizeof claimed);
        result = read_header(stream, &claimed, input, count);
        // The header may have fewer dimensions than the chunk, but not other values.
        if (result == 0 && (claimed.type != field.type || count_of(&claimed) != values)) result = ZC_CORRUPT;
        field = claimed;
    } else if (!configure(stream, mode, field.type, rank_of(&field))) {
        result = ZC_UNSUPPORTED;
    }
    if (result == 0) {
        field.data = output;
        field.sx = field.sy = field.sz = field.sw = 0;
        result = decompress(stream, &field, input, count, mode == NULL);
    }
    load_zfp_stream_close(stream);
    return result == 0 ? (int64_t)(values * size) : result;
}

// A stream for `array` and its settings; NULL where the library does not take them.
static zfp_stream *encoder(const zc_zfp_mode *mode, const zfp_field *field) {
    zfp_stream *stream = load_zfp_stream_open(NULL);
    if (stream == NULL || configure(stream, mode, field->type, rank_of(field))) return stream;
    load_zfp_stream_close(stream);
    return NULL;
}

int64_t zc_zfp_encoded_bound(const zc_zfp_array *array, const zc_zfp_mode *mode) {
    if (!zc_zfp_has()) return ZC_UNSUPPORTED;
    zfp_field field = field_of(array, NULL);
    zfp_stream *stream = encoder(mode, &field);
    if (stream == NULL) return ZC_UNSUPPORTED;
    size_t most = load_zfp_stream_maximum_size(stream, &field);
    load_zfp_stream_close(stream);
    return most > INT64_MAX - 64 ? INT64_MAX : (int64_t)(most + 64);
}

int64_t zc_zfp_encode(const zc_zfp_array *array, const zc_zfp_mode *mode, int header, const void *input,
                      size_t count, void *output, size_t capacity) {
    if (!zc_zfp_has()) return ZC_UNSUPPORTED;
    zfp_field field = field_of(array, (void *)input);
    if (count_of(&field) != count / bytes_of_type(field.type)) return ZC_CORRUPT;
    int64_t bound = zc_zfp_encoded_bound(array, mode);
    if (bound < 0) return bound;
    if ((size_t)bound > capacity) return ZC_TOO_LARGE;
    zfp_stream *stream = encoder(mode, &field);
    if (stream == NULL) return ZC_UNSUPPORTED;
    bitstream *bits = load_stream_open(output, capacity);
    int64_t result = ZC_MEMORY;
    if (bits != NULL) {
        load_zfp_stream_set_bit_stream(stream, bits);
        result = ZC_UNSUPPORTED;
        if (!header || load_zfp_write_header(stream, &field, ZFP_HEADER_FULL) != 0) {
            size_t written = load_zfp_compress(stream, &field);
            // Whole words of 8 bytes, as readers take them.
            while (written % 8 != 0 && written < capacity) ((uint8_t *)output)[written++] = 0;
            if (written != 0) result = (int64_t)written;
        }
        load_stream_close(bits);
    }
    load_zfp_stream_close(stream);
    return result;
}
