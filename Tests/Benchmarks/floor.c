// The least work that reading or writing a whole array takes, with the same libraries as zscope.
//
// usage: floor WORK KIND FOLDER   WORK is read, chunks or write; KIND is raw, blosc, zstd, gzip or shard
//
// read    each object is read, decoded, and its rows laid into one output
// chunks  each object is read and decoded, and looked at where it lies
// write   each chunk is gathered from one input, encoded and written under FOLDER, which holds no chunk yet
//
// Two threads on an atomic counter; each has one buffer for encoded bytes, one for decoded ones, and one codec context,
// used again and again. It knows shape, chunks and codec beforehand and checks nothing but sizes: an engine that also
// reads metadata, checks checksums, writes so that a crash leaves whole chunks, and serves any array cannot be faster
// by much. Prints CPU seconds (of the writing alone where it writes) and a value to compare with.

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
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

enum { N = 1024, CHUNK = 256, INNER = 64, GRID = N / CHUNK, OBJECTS = GRID * GRID * GRID };
enum { SIDE = CHUNK / INNER, INNERS = SIDE * SIDE * SIDE, INDEX = INNERS * 16 };
enum { SIZE = CHUNK * CHUNK * CHUNK * 2, INNER_SIZE = INNER * INNER * INNER * 2 };

static const char *work_name, *kind, *folder;
static uint16_t *values;
static atomic_int next_object;
static atomic_ullong firsts;

struct worker {
    uint8_t *encoded, *decoded;
    size_t capacity;
    ZSTD_DCtx *reader;
    ZSTD_CCtx *writer;
    struct libdeflate_decompressor *deflate;
};

static int is(const char *word, const char *other) {
    return !strcmp(word, other);
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void name(char *path, size_t size, int object, int writes) {
    int i = object / (GRID * GRID), j = object / GRID % GRID, k = object % GRID;
    if (writes) {
        snprintf(path, size, "%s/c", folder), mkdir(path, 0777);
        snprintf(path, size, "%s/c/%d", folder, i), mkdir(path, 0777);
        snprintf(path, size, "%s/c/%d/%d", folder, i, j), mkdir(path, 0777);
    }
    snprintf(path, size, "%s/c/%d/%d/%d", folder, i, j, k);
}

/// Reads a stored object whole into the worker's buffer.
static size_t load(struct worker *worker, int object) {
    char path[4096];
    name(path, sizeof path, object, 0);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(path);
    size_t count = 0;
    for (ssize_t n; (n = read(file, worker->encoded + count, worker->capacity - count)) > 0;) count += n;
    close(file);
    return count;
}

static void save(const uint8_t *bytes, size_t count, int object) {
    char path[4096];
    name(path, sizeof path, object, 1);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) fail(path);
    for (size_t done = 0; done < count;) {
        ssize_t n = write(file, bytes + done, count - done);
        if (n <= 0) fail(path);
        done += n;
    }
    close(file);
}

static void decode(struct worker *worker, const uint8_t *bytes, size_t count, size_t expected) {
    size_t got = 0;
    if (is(kind, "blosc")) {
        got = blosc_decompress_ctx(bytes, worker->decoded, expected, 1);
    } else if (is(kind, "gzip")) {
        if (libdeflate_gzip_decompress(worker->deflate, bytes, count, worker->decoded, expected, &got)) fail("gzip");
    } else {
        got = ZSTD_decompressDCtx(worker->reader, worker->decoded, expected, bytes, count);
    }
    if (got != expected) fail("decode");
}

static size_t encode(struct worker *worker, const uint8_t *bytes, size_t count, uint8_t *into, size_t room) {
    if (is(kind, "blosc")) return blosc_compress_ctx(5, BLOSC_SHUFFLE, 2, count, bytes, into, room, "lz4", 0, 1);
    return ZSTD_compressCCtx(worker->writer, into, room, bytes, count, 3);
}

/// Copies a cube of `side` elements out of or into the array at an element position, row by row.
static void rows(uint16_t *cube, int side, int i, int j, int k, int out) {
    for (int a = 0; a < side; a++)
        for (int b = 0; b < side; b++) {
            uint16_t *row = values + ((size_t)(i + a) * N + j + b) * N + k;
            uint16_t *part = cube + ((size_t)a * side + b) * side;
            out ? memcpy(part, row, side * 2) : memcpy(row, part, side * 2);
        }
}

static uint32_t checksum(const uint8_t *bytes, size_t count) {
    uint64_t sum = ~0u;
    for (; count >= 8; bytes += 8, count -= 8) sum = __builtin_ia32_crc32di(sum, *(const uint64_t *)bytes);
    return ~(uint32_t)sum;
}

static void read_object(struct worker *worker, int object, int i, int j, int k) {
    size_t count = load(worker, object);
    int lays = is(work_name, "read");
    if (!is(kind, "shard")) {
        int raw = is(kind, "raw");
        if (!raw) decode(worker, worker->encoded, count, SIZE);
        uint16_t *cube = (uint16_t *)(raw ? worker->encoded : worker->decoded);
        lays ? rows(cube, CHUNK, i, j, k, 0) : (void)atomic_fetch_add(&firsts, cube[0]);
        return;
    }
    const uint8_t *index = worker->encoded + count - INDEX - 4;
    for (int n = 0; n < INNERS; n++) {
        uint64_t at[2];
        memcpy(at, index + 16 * n, 16);
        decode(worker, worker->encoded + at[0], at[1], INNER_SIZE);
        int a = n / (SIDE * SIDE), b = n / SIDE % SIDE, c = n % SIDE;
        uint16_t *cube = (uint16_t *)worker->decoded;
        if (lays) rows(cube, INNER, i + a * INNER, j + b * INNER, k + c * INNER, 0);
        else if (n == 0) atomic_fetch_add(&firsts, cube[0]);
    }
}

static void write_object(struct worker *worker, int object, int i, int j, int k) {
    uint16_t *cube = (uint16_t *)worker->decoded;
    if (!is(kind, "shard")) {
        rows(cube, CHUNK, i, j, k, 1);
        if (is(kind, "raw")) return save(worker->decoded, SIZE, object);
        return save(worker->encoded, encode(worker, worker->decoded, SIZE, worker->encoded, worker->capacity), object);
    }
    uint64_t index[2 * INNERS];
    size_t end = 0;
    for (int n = 0; n < INNERS; n++) {
        int a = n / (SIDE * SIDE), b = n / SIDE % SIDE, c = n % SIDE;
        rows(cube, INNER, i + a * INNER, j + b * INNER, k + c * INNER, 1);
        index[2 * n] = end;
        index[2 * n + 1] = encode(worker, worker->decoded, INNER_SIZE, worker->encoded + end, worker->capacity - end);
        end += index[2 * n + 1];
    }
    memcpy(worker->encoded + end, index, INDEX);
    uint32_t sum = checksum((uint8_t *)index, INDEX);
    memcpy(worker->encoded + end + INDEX, &sum, 4);
    save(worker->encoded, end + INDEX + 4, object);
}

static void *work(void *unused) {
    (void)unused;
    struct worker worker = {.capacity = (size_t)SIZE * 2};
    worker.encoded = malloc(worker.capacity);
    worker.decoded = malloc(SIZE);
    worker.reader = ZSTD_createDCtx();
    worker.writer = ZSTD_createCCtx();
    worker.deflate = libdeflate_alloc_decompressor();
    for (int object; (object = atomic_fetch_add(&next_object, 1)) < OBJECTS;) {
        int i = object / (GRID * GRID) * CHUNK, j = object / GRID % GRID * CHUNK, k = object % GRID * CHUNK;
        (is(work_name, "write") ? write_object : read_object)(&worker, object, i, j, k);
    }
    return NULL;
}

static double cpu(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

int main(int count, char **words) {
    if (count != 4) return 2;
    work_name = words[1];
    kind = words[2];
    folder = words[3];
    size_t size = (size_t)N * N * N * 2;
    values = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (values == MAP_FAILED) fail("mmap");
    madvise(values, size, MADV_HUGEPAGE);
    if (is(work_name, "write"))
        for (size_t i = 0; i < N; i++)
            for (size_t j = 0; j < N; j++)
                for (size_t k = 0; k < N; k++) values[(i * N + j) * N + k] = k + j * j / 32 + i * i * i;
    double before = is(work_name, "write") ? cpu() : 0;
    pthread_t threads[2];
    for (int n = 0; n < 2; n++) pthread_create(&threads[n], NULL, work, NULL);
    for (int n = 0; n < 2; n++) pthread_join(threads[n], NULL);
    unsigned long long probe = is(work_name, "chunks") ? firsts : values[size / 4 + 12345];
    printf("{\"cpu\": %.4f, \"probe\": %llu}\n", cpu() - before, probe);
}
