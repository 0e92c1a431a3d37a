#include <string.h>

#include "CCompression.h"

// With the size known when it is compiled, the loops become interleaving vector instructions.
#define FIXED(NAME, SIZE)                                                                               \
    static void shuffle_##NAME(const uint8_t *restrict in, size_t n, uint8_t *restrict out) {           \
        for (size_t i = 0; i < n; i++)                                                                  \
            for (size_t j = 0; j < SIZE; j++) out[j * n + i] = in[i * SIZE + j];                        \
    }                                                                                                   \
    static void unshuffle_##NAME(const uint8_t *restrict in, size_t n, uint8_t *restrict out) {         \
        for (size_t i = 0; i < n; i++)                                                                  \
            for (size_t j = 0; j < SIZE; j++) out[i * SIZE + j] = in[j * n + i];                        \
    }

FIXED(2, 2)
FIXED(4, 4)
FIXED(8, 8)

void zc_shuffle(const void *input, size_t count, void *output, size_t element) {
    if (element <= 1) {
        if (count > 0) memcpy(output, input, count);
        return;
    }
    size_t n = count / element;
    switch (element) {
        case 2: shuffle_2(input, n, output); return;
        case 4: shuffle_4(input, n, output); return;
        case 8: shuffle_8(input, n, output); return;
    }
    const uint8_t *in = input;
    uint8_t *out = output;
    for (size_t j = 0; j < element; j++)
        for (size_t i = 0; i < n; i++) *out++ = in[i * element + j];
}

void zc_unshuffle(const void *input, size_t count, void *output, size_t element) {
    if (element <= 1) {
        if (count > 0) memcpy(output, input, count);
        return;
    }
    size_t n = count / element;
    switch (element) {
        case 2: unshuffle_2(input, n, output); return;
        case 4: unshuffle_4(input, n, output); return;
        case 8: unshuffle_8(input, n, output); return;
    }
    const uint8_t *in = input;
    uint8_t *out = output;
    for (size_t j = 0; j < element; j++)
        for (size_t i = 0; i < n; i++) out[i * element + j] = *in++;
}
