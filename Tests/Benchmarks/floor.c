// The least work that reading a whole array takes: read each object, decode it, lay its rows into the output.
//
// usage: floor KIND FOLDER     KIND is raw, blosc, zstd, gzip or shard; prints CPU seconds and the sum of the values
//
// Two threads on an atomic counter, one buffer for encoded bytes and one for decoded bytes each, one output. It knows
// shape, chunks and codec beforehand and checks nothing but sizes: an engine that also reads metadata, checks
// checksums and serves any array cannot be faster by much.

#include <blosc.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zstd.h>

enum { N0 = 1024, N1 = 512, N2 = 512, CHUNK = 128, SHARD = 256, INNER = 64 };
enum { SIDE = SHARD / INNER, INNERS = SIDE * SIDE * SIDE };

static const char *kind, *folder;
static uint16_t *output;
static atomic_int next_object;

struct worker {
    uint8_t *encoded, *decoded;
    size_t capacity;
    ZSTD_DCtx *zstd;
    struct libdeflate_decompressor *deflate;
};

static void fail(const char *what) {
    perror(what);
    exit(1);
}

/// Reads a stored object whole into the worker's buffer.
static size_t load(struct worker *worker, int i, int j, int k) {
    char path[4096];
    snprintf(path, sizeof path, "%s/c/%d/%d/%d", folder, i, j, k);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(path);
    size_t count = 0;
    for (ssize_t n; (n = read(file, worker->encoded + count, worker->capacity - count)) > 0;) count += n;
    close(file);
    return count;
}

static void decode(struct worker *worker, const uint8_t *bytes, size_t count, size_t expected) {
    size_t got = 0;
    if (!strcmp(kind, "blosc")) {
        got = blosc_decompress_ctx(bytes, worker->decoded, expected, 1);
    } else if (!strcmp(kind, "gzip")) {
        if (libdeflate_gzip_decompress(worker->deflate, bytes, count, worker->decoded, expected, &got)) fail("gzip");
    } else {
        got = ZSTD_decompressDCtx(worker->zstd, worker->decoded, expected, bytes, count);
    }
    if (got != expected) fail("decode");
}

/// Copies a cube of `side` elements into the output at an element position, row by row.
static void place(const uint16_t *cube, int side, int i, int j, int k) {
    for (int a = 0; a < side; a++)
        for (int b = 0; b < side; b++)
            memcpy(output + ((size_t)(i + a) * N1 + j + b) * N2 + k, cube + ((size_t)a * side + b) * side, side * 2);
}

static void *work(void *unused) {
    (void)unused;
    int side = strcmp(kind, "shard") ? CHUNK : SHARD;
    int grid1 = N1 / side, grid2 = N2 / side, total = N0 / side * grid1 * grid2;
    size_t size = (size_t)side * side * side * 2;
    struct worker worker = {.capacity = size * 2};
    worker.encoded = malloc(worker.capacity);
    worker.decoded = malloc(size);
    worker.zstd = ZSTD_createDCtx();
    worker.deflate = libdeflate_alloc_decompressor();
    for (int object; (object = atomic_fetch_add(&next_object, 1)) < total;) {
        int i = object / (grid1 * grid2), j = object / grid2 % grid1, k = object % grid2;
        size_t count = load(&worker, i, j, k);
        if (side == CHUNK) {
            int raw = !strcmp(kind, "raw");
            if (!raw) decode(&worker, worker.encoded, count, size);
            place((uint16_t *)(raw ? worker.encoded : worker.decoded), side, i * side, j * side, k * side);
            continue;
        }
        const uint64_t *index = (const uint64_t *)(worker.encoded + count - INNERS * 16 - 4);
        for (int n = 0; n < INNERS; n++) {
            uint64_t place_of[2];
            memcpy(place_of, index + 2 * n, 16);
            decode(&worker, worker.encoded + place_of[0], place_of[1], (size_t)INNER * INNER * INNER * 2);
            int a = n / (SIDE * SIDE), b = n / SIDE % SIDE, c = n % SIDE;
            place((uint16_t *)worker.decoded, INNER, i * side + a * INNER, j * side + b * INNER, k * side + c * INNER);
        }
    }
    return NULL;
}

int main(int count, char **words) {
    if (count != 3) return 2;
    kind = words[1];
    folder = words[2];
    size_t size = (size_t)N0 * N1 * N2 * 2;
    output = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (output == MAP_FAILED) fail("mmap");
    madvise(output, size, MADV_HUGEPAGE);
    pthread_t threads[2];
    for (int n = 0; n < 2; n++) pthread_create(&threads[n], NULL, work, NULL);
    for (int n = 0; n < 2; n++) pthread_join(threads[n], NULL);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double seconds = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    printf("{\"cpu\": %.4f, \"probe\": %u}\n", seconds, output[size / 4 + 12345]);
}
