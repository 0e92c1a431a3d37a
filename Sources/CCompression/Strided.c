#include <string.h>

#include "CCompression.h"

typedef struct {
    int64_t count, in, out;
} axis;

typedef struct {
    int rank;
    axis axes[ZC_MAX_RANK];
} box;

static int64_t magnitude(int64_t value) { return value < 0 ? -value : value; }

// Orders the axes by output stride, outermost first, leaves out those of one element, and joins
// neighbours that lie behind each other on both sides. Answers 0 where there is nothing to do.
static int simplify(box *result, int rank, const int64_t *counts, const int64_t *in, const int64_t *out) {
    int n = 0;
    for (int i = 0; i < rank; i++) {
        if (counts[i] <= 0) return 0;
        if (counts[i] == 1) continue;
        axis next = {counts[i], in[i], out[i]};
        int at = n++;
        while (at > 0 && magnitude(result->axes[at - 1].out) < magnitude(next.out)) {
            result->axes[at] = result->axes[at - 1];
            at--;
        }
        result->axes[at] = next;
    }
    int kept = 0;
    for (int i = 1; i < n; i++) {
        axis *outer = &result->axes[kept], inner = result->axes[i];
        if (outer->out == inner.out * inner.count && outer->in == inner.in * inner.count) {
            *outer = (axis){outer->count * inner.count, inner.in, inner.out};
        } else {
            result->axes[++kept] = inner;
        }
    }
    result->rank = n == 0 ? 0 : kept + 1;
    return 1;
}

// Moves to the next position of the outer axes; 0 after the last.
static int advance(const axis *axes, int rank, int64_t *index, int64_t *in, int64_t *out) {
    for (int i = rank - 1; i >= 0; i--) {
        *in += axes[i].in;
        *out += axes[i].out;
        if (++index[i] < axes[i].count) return 1;
        *in -= axes[i].in * axes[i].count;
        *out -= axes[i].out * axes[i].count;
        index[i] = 0;
    }
    return 0;
}

static void take(box *from, int at, axis *to) {
    *to = from->axes[at];
    for (int i = at + 1; i < from->rank; i++) from->axes[i - 1] = from->axes[i];
    from->rank--;
}

// Elements lie anywhere: an inner chunk begins at any byte of its shard.
#define ANYWHERE __attribute__((aligned(1), may_alias))
typedef uint8_t element_1 ANYWHERE;
typedef uint16_t element_2 ANYWHERE;
typedef uint32_t element_4 ANYWHERE;
typedef uint64_t element_8 ANYWHERE;
typedef unsigned __int128 element_16 ANYWHERE;

static inline uint8_t reversed_1(uint8_t value) { return value; }
static inline uint16_t reversed_2(uint16_t value) { return __builtin_bswap16(value); }
static inline uint32_t reversed_4(uint32_t value) { return __builtin_bswap32(value); }
static inline uint64_t reversed_8(uint64_t value) { return __builtin_bswap64(value); }
static inline unsigned __int128 reversed_16(unsigned __int128 value) {
    return (unsigned __int128)__builtin_bswap64((uint64_t)value) << 64 | __builtin_bswap64((uint64_t)(value >> 64));
}

// Transposes a square that fills one 16-byte vector per row, by halving: each round interleaves
// row i with row i + rows/2.
typedef uint8_t bytes16 __attribute__((vector_size(16)));
typedef uint16_t words8 __attribute__((vector_size(16)));
typedef uint32_t words4 __attribute__((vector_size(16)));
typedef uint64_t words2 __attribute__((vector_size(16)));
#define LOW16(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define HIGH16(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#define LOW8(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define HIGH8(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#define LOW4(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define HIGH4(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#define LOW2(a, b) __builtin_shufflevector(a, b, 0, 2)
#define HIGH2(a, b) __builtin_shufflevector(a, b, 1, 3)

#define SIZE 1
#define VECTOR bytes16
#define LANES 16
#include "StridedKernel.inc"
#define SIZE 2
#define VECTOR words8
#define LANES 8
#include "StridedKernel.inc"
#define SIZE 4
#define VECTOR words4
#define LANES 4
#include "StridedKernel.inc"
#define SIZE 8
#define VECTOR words2
#define LANES 2
#include "StridedKernel.inc"
#define SIZE 16
#include "StridedKernel.inc"

// Walks every axis but the innermost whose input runs backwards by ones from its other end: then it
// runs forwards, as tiles need it.
static void unreverse(box *whole, uint8_t **output, const uint8_t **input, int size) {
    for (int i = 0; i + 1 < whole->rank; i++) {
        axis *reversed = &whole->axes[i];
        if (reversed->in != -1) continue;
        *input += reversed->in * (reversed->count - 1) * size;
        *output += reversed->out * (reversed->count - 1) * size;
        reversed->in = 1;
        reversed->out = -reversed->out;
    }
}

void zc_strided_copy(void *to, const void *from, int rank, const int64_t *counts, const int64_t *input_strides,
                     const int64_t *output_strides, int size, int swap) {
    box whole;
    if (rank > ZC_MAX_RANK || !simplify(&whole, rank, counts, input_strides, output_strides)) return;
    uint8_t *output = to;
    const uint8_t *input = from;
    unreverse(&whole, &output, &input, size);
    switch (size) {
        case 1: copy_1((element_1 *)output, (const element_1 *)input, whole, 0); break;
        case 2: copy_2((element_2 *)output, (const element_2 *)input, whole, swap); break;
        case 4: copy_4((element_4 *)output, (const element_4 *)input, whole, swap); break;
        case 8: copy_8((element_8 *)output, (const element_8 *)input, whole, swap); break;
        case 16: copy_16((element_16 *)output, (const element_16 *)input, whole, swap); break;
    }
}

// Repeats the element over `count` places that follow each other.
static void fill_run(uint8_t *to, int64_t count, const void *element, int64_t size) {
    const uint8_t *bytes = element;
    int64_t total = count * size, done = size, same = 1;
    for (int64_t i = 1; i < size; i++) same &= bytes[i] == bytes[0];
    if (same) {
        memset(to, bytes[0], (size_t)total);
        return;
    }
    memcpy(to, element, (size_t)size);
    while (done < total) {
        int64_t part = done > 4096 ? 4096 / size * size : done;
        if (part == 0) part = size;
        if (part > total - done) part = total - done;
        memcpy(to + done, to, (size_t)part);
        done += part;
    }
}

void zc_strided_fill(void *output, int rank, const int64_t *counts, const int64_t *output_strides,
                     const void *element, int64_t size) {
    box whole;
    if (rank > ZC_MAX_RANK || size <= 0 || !simplify(&whole, rank, counts, output_strides, output_strides)) return;
    int64_t index[ZC_MAX_RANK] = {0}, in = 0, out = 0, run = 1;
    if (whole.rank > 0 && whole.axes[whole.rank - 1].out == 1) run = whole.axes[--whole.rank].count;
    do fill_run((uint8_t *)output + out * size, run, element, size);
    while (advance(whole.axes, whole.rank, index, &in, &out));
}

void zc_swap_in_place(void *bytes, size_t count, int size) {
    int64_t numbers = (int64_t)(count / (size_t)size);
    // Input and output are the same: the run is read and written one number at a time.
    switch (size) {
        case 2: swap_run_2(bytes, numbers); break;
        case 4: swap_run_4(bytes, numbers); break;
        case 8: swap_run_8(bytes, numbers); break;
        case 16: swap_run_16(bytes, numbers); break;
    }
}
