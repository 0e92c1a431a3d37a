#include <pthread.h>
#include <string.h>

#include "CCompression.h"

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

// CRC-32C (Castagnoli, reflected 0x82f63b78).
enum { POLYNOMIAL = 0x82f63b78, LONG_STREAM = 4096, SHORT_STREAM = 256 };

static uint32_t table[8][256];
static uint32_t long_shift[4][256], short_shift[4][256];
static pthread_once_t prepared = PTHREAD_ONCE_INIT;

// The effect of `length` zero bytes on each of the 32 bits, spread over the four bytes of a state.
static void make_shift(uint32_t shift[4][256], size_t length) {
    uint32_t basis[32];
    for (int bit = 0; bit < 32; bit++) {
        uint32_t state = (uint32_t)1 << bit;
        for (size_t i = 0; i < length; i++) state = table[0][state & 255] ^ (state >> 8);
        basis[bit] = state;
    }
    for (int byte = 0; byte < 4; byte++) {
        for (int value = 0; value < 256; value++) {
            uint32_t sum = 0;
            for (int bit = 0; bit < 8; bit++) sum ^= (value >> bit & 1) ? basis[byte * 8 + bit] : 0;
            shift[byte][value] = sum;
        }
    }
}

static void prepare(void) {
    for (uint32_t value = 0; value < 256; value++) {
        uint32_t state = value;
        for (int bit = 0; bit < 8; bit++) state = (state >> 1) ^ ((state & 1) ? (uint32_t)POLYNOMIAL : 0);
        table[0][value] = state;
    }
    for (int value = 0; value < 256; value++)
        for (int row = 1; row < 8; row++)
            table[row][value] = table[0][table[row - 1][value] & 255] ^ (table[row - 1][value] >> 8);
    make_shift(long_shift, LONG_STREAM);
    make_shift(short_shift, SHORT_STREAM);
}

static uint64_t load(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, 8);
    return value;
}

uint32_t zc_crc32c_portable(uint32_t seed, const void *input, size_t count) {
    pthread_once(&prepared, prepare);
    const uint8_t *bytes = input;
    uint32_t state = ~seed;
    for (; count >= 8; count -= 8, bytes += 8) {
        uint64_t word = load(bytes) ^ state;
        state = 0;
        for (int row = 0; row < 8; row++) state ^= table[7 - row][word >> (8 * row) & 255];
    }
    for (; count > 0; count--) state = table[0][(state ^ *bytes++) & 255] ^ (state >> 8);
    return ~state;
}

#if defined(__x86_64__)
static uint32_t advance(uint32_t shift[4][256], uint32_t state) {
    return shift[0][state & 255] ^ shift[1][state >> 8 & 255] ^ shift[2][state >> 16 & 255] ^ shift[3][state >> 24];
}

// Three independent streams hide the three cycles that the instruction takes.
__attribute__((target("sse4.2"))) static uint32_t three(uint32_t state, const uint8_t **bytes, size_t *count,
                                                        size_t length, uint32_t shift[4][256]) {
    uint64_t first = state;
    while (*count >= 3 * length) {
        const uint8_t *from = *bytes, *end = from + length;
        uint64_t second = 0, third = 0;
        for (; from < end; from += 8) {
            first = _mm_crc32_u64(first, load(from));
            second = _mm_crc32_u64(second, load(from + length));
            third = _mm_crc32_u64(third, load(from + 2 * length));
        }
        first = advance(shift, (uint32_t)first) ^ second;
        first = advance(shift, (uint32_t)first) ^ third;
        *bytes += 3 * length;
        *count -= 3 * length;
    }
    return (uint32_t)first;
}

__attribute__((target("sse4.2"))) static uint32_t crc32c_instruction(uint32_t seed, const uint8_t *bytes,
                                                                     size_t count) {
    uint32_t state = ~seed;
    state = three(state, &bytes, &count, LONG_STREAM, long_shift);
    state = three(state, &bytes, &count, SHORT_STREAM, short_shift);
    uint64_t wide = state;
    for (; count >= 8; count -= 8, bytes += 8) wide = _mm_crc32_u64(wide, load(bytes));
    state = (uint32_t)wide;
    for (; count > 0; count--) state = _mm_crc32_u8(state, *bytes++);
    return ~state;
}
#endif

uint32_t zc_crc32c(uint32_t seed, const void *input, size_t count) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2")) {
        pthread_once(&prepared, prepare);
        return crc32c_instruction(seed, input, count);
    }
#endif
    return zc_crc32c_portable(seed, input, count);
}

uint32_t zc_crc32c_copy(uint32_t seed, const void *input, size_t count, void *output) {
    const uint8_t *from = input;
    uint8_t *to = output;
    const size_t block = 12288;  // three long streams, half of a first-level cache
    while (count > 0) {
        size_t part = count < block ? count : block;
        seed = zc_crc32c(seed, from, part);
        memcpy(to, from, part);
        from += part;
        to += part;
        count -= part;
    }
    return seed;
}

static uint32_t folded(uint32_t sum) { return (sum & 0xffff) + (sum >> 16); }

// Fletcher's checksum over big-endian 16-bit words, as HDF5 defines it.
uint32_t zc_fletcher32(const void *input, size_t count) {
    const uint8_t *bytes = input;
    uint32_t low = 0, high = 0;
    for (size_t words = count / 2; words > 0;) {
        size_t part = words > 360 ? 360 : words;  // as many as cannot overflow 32 bits
        words -= part;
        for (; part > 0; part--, bytes += 2) {
            low += (uint32_t)bytes[0] << 8 | bytes[1];
            high += low;
        }
        low = folded(low);
        high = folded(high);
    }
    if (count % 2 == 1) {
        low = low + ((uint32_t)bytes[0] << 8);
        high = high + low;
        low = folded(low);
        high = folded(high);
    }
    return folded(high) << 16 | folded(low);
}

static uint32_t rotate(uint32_t value, int by) { return value << by | value >> (32 - by); }

// Bob Jenkins's lookup3 ("hashlittle"), read byte by byte.
uint32_t zc_lookup3(uint32_t seed, const void *input, size_t count) {
    const uint8_t *bytes = input;
    uint32_t state[3], start = 0xdeadbeef + (uint32_t)count + seed;
    state[0] = state[1] = state[2] = start;
    for (; count > 12; count -= 12, bytes += 12) {
        for (int i = 0; i < 12; i++) state[i / 4] += (uint32_t)bytes[i] << (8 * (i % 4));
        uint32_t a = state[0], b = state[1], c = state[2];
        a -= c; a ^= rotate(c, 4); c += b;
        b -= a; b ^= rotate(a, 6); a += c;
        c -= b; c ^= rotate(b, 8); b += a;
        a -= c; a ^= rotate(c, 16); c += b;
        b -= a; b ^= rotate(a, 19); a += c;
        c -= b; c ^= rotate(b, 4); b += a;
        state[0] = a; state[1] = b; state[2] = c;
    }
    if (count == 0) return state[2];
    for (size_t i = 0; i < count; i++) state[i / 4] += (uint32_t)bytes[i] << (8 * (i % 4));
    uint32_t a = state[0], b = state[1], c = state[2];
    c ^= b; c -= rotate(b, 14);
    a ^= c; a -= rotate(c, 11);
    b ^= a; b -= rotate(a, 25);
    c ^= b; c -= rotate(b, 16);
    a ^= c; a -= rotate(c, 4);
    b ^= a; b -= rotate(a, 14);
    c ^= b; c -= rotate(b, 24);
    return c;
}
