// Compression libraries and byte kernels as plain functions over integers and pointers.
//
// Every decoder writes at most `capacity` bytes and reads at most `count` bytes, whatever the input
// holds. Results are the bytes written, or one of the negative codes below.
#ifndef ZSCOPE_CCOMPRESSION_H
#define ZSCOPE_CCOMPRESSION_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    ZC_CORRUPT = -1,      // the input is not a valid stream, or its checksum does not match
    ZC_TOO_LARGE = -2,    // the output does not fit in `capacity`
    ZC_TRUNCATED = -3,    // the input ends before its stream does
    ZC_MEMORY = -4,       // the library could not get (or may not use) the memory it wants
    ZC_UNSUPPORTED = -5,  // the library was built without what the stream or the settings need
};

// zstd: any number of frames, with or without content size. Contexts are reused, one per thread.
void *zc_zstd_decoder_new(void);
void zc_zstd_decoder_free(void *decoder);
int64_t zc_zstd_decode(void *decoder, const void *input, size_t count, void *output, size_t capacity);
// An upper bound of the decoded size, or ZC_CORRUPT.
int64_t zc_zstd_decoded_bound(const void *input, size_t count);
void *zc_zstd_encoder_new(void);
void zc_zstd_encoder_free(void *encoder);
size_t zc_zstd_encoded_bound(size_t count);
int64_t zc_zstd_encode(void *encoder, const void *input, size_t count, void *output, size_t capacity, int level,
                       int checksum);

// gzip (any number of members, zero padding after the last), zlib and raw deflate streams.
enum { ZC_GZIP = 0, ZC_ZLIB = 1, ZC_DEFLATE = 2 };
void *zc_deflate_decoder_new(void);
void zc_deflate_decoder_free(void *decoder);
int64_t zc_deflate_decode(void *decoder, int wrapping, const void *input, size_t count, void *output, size_t capacity);
// level 0 to 12; anything else is the library's default of 6.
void *zc_deflate_encoder_new(int level);
void zc_deflate_encoder_free(void *encoder);
size_t zc_deflate_encoded_bound(void *encoder, int wrapping, size_t count);
int64_t zc_deflate_encode(void *encoder, int wrapping, const void *input, size_t count, void *output, size_t capacity);

// A gzip stream of any number of members, piece by piece.
void *zc_gunzip_new(void);
void zc_gunzip_free(void *decoder);
// Takes from `input` and adds to `output` what goes. 1 at the end of a member, 0 before it, or ZC_CORRUPT.
int zc_gunzip_step(void *decoder, const void *input, size_t count, size_t *used, void *output, size_t capacity,
                   size_t *made);

// blosc, format of c-blosc 1. The header says what it holds: check it before decoding.
typedef struct {
    uint64_t decoded;   // bytes it decodes to
    uint64_t encoded;   // bytes of the whole buffer
    uint64_t block;     // bytes of one block
    int32_t element;    // size that was shuffled by
    int32_t version;    // of the format
    int32_t shuffle;    // 0 none, 1 bytes, 2 bits
    int32_t compressor; // 0 blosclz, 1 lz4 or lz4hc, 2 snappy, 3 zlib, 4 zstd
} zc_blosc_header;
// 0, or ZC_TRUNCATED, or ZC_CORRUPT where the header contradicts itself or `count`.
int zc_blosc_inspect(const void *input, size_t count, zc_blosc_header *header);
int64_t zc_blosc_decode(const void *input, size_t count, void *output, size_t capacity);
int64_t zc_blosc_encode(const void *input, size_t count, void *output, size_t capacity, const char *compressor,
                        int level, int shuffle, size_t element, size_t block);
size_t zc_blosc_encoded_bound(size_t count);
// Whether the library was built with it ("lz4", "snappy", ...).
int zc_blosc_has(const char *compressor);

// lz4 block, without any header.
int64_t zc_lz4_decode(const void *input, size_t count, void *output, size_t capacity);
int64_t zc_lz4_encode(const void *input, size_t count, void *output, size_t capacity, int acceleration);
size_t zc_lz4_encoded_bound(size_t count);

// bzip2, any number of streams. level 1 to 9.
int64_t zc_bz2_decode(const void *input, size_t count, void *output, size_t capacity);
int64_t zc_bz2_encode(const void *input, size_t count, void *output, size_t capacity, int level);
size_t zc_bz2_encoded_bound(size_t count);

// lzma in its containers; `filters` is for raw streams (and for encoding xz with given filters).
enum { ZC_LZMA_AUTO = 0, ZC_LZMA_XZ = 1, ZC_LZMA_ALONE = 2, ZC_LZMA_RAW = 3 };
typedef struct {
    uint64_t id;     // 3 delta, 4 to 9 branch filters, 0x21 LZMA2, 0x4000000000000001 LZMA1
    int64_t preset;  // the rest: -1 where not given
    int64_t dictionary, lc, lp, pb, mode, nice, finder, depth, distance, start;
} zc_lzma_filter;
int64_t zc_lzma_decode(int format, const zc_lzma_filter *filters, int filter_count, const void *input, size_t count,
                       void *output, size_t capacity);
// preset 0 to 9 (+ 2^31 extreme); check as in lzma_check, -1 for the default.
int64_t zc_lzma_encode(int format, int check, uint32_t preset, const zc_lzma_filter *filters, int filter_count,
                       const void *input, size_t count, void *output, size_t capacity);
size_t zc_lzma_encoded_bound(size_t count);

// zfp, arrays of 1 to 4 dimensions of 32- and 64-bit integers and floats. The library is loaded when it is first
// asked for; without it everything answers ZC_UNSUPPORTED.
enum { ZC_ZFP_INT32 = 1, ZC_ZFP_INT64 = 2, ZC_ZFP_FLOAT = 3, ZC_ZFP_DOUBLE = 4 };
enum { ZC_ZFP_EXPERT = 1, ZC_ZFP_RATE = 2, ZC_ZFP_PRECISION = 3, ZC_ZFP_ACCURACY = 4, ZC_ZFP_REVERSIBLE = 5 };
typedef struct {
    int32_t type;
    int32_t rank;      // 0 (one value) to 4
    uint64_t shape[4]; // outermost first, none 0
} zc_zfp_array;
typedef struct {
    int32_t kind;
    int32_t rate_rank; // dimensions that a rate is reckoned for; 0 for the array's own
    double value;      // rate, or tolerance
    uint32_t minbits, maxbits, maxprec;
    int32_t minexp;
} zc_zfp_mode;
// Whether the library is there.
int zc_zfp_has(void);
// Without a mode, the stream begins with a header that says it.
int64_t zc_zfp_decode(const zc_zfp_array *array, const zc_zfp_mode *mode, const void *input, size_t count,
                      void *output, size_t capacity);
int64_t zc_zfp_encode(const zc_zfp_array *array, const zc_zfp_mode *mode, int header, const void *input,
                      size_t count, void *output, size_t capacity);
// What encoding needs room for, or ZC_UNSUPPORTED.
int64_t zc_zfp_encoded_bound(const zc_zfp_array *array, const zc_zfp_mode *mode);

// Checksums. crc32c uses the processor's instruction where there is one.
uint32_t zc_crc32c(uint32_t seed, const void *input, size_t count);
// The same, copying the bytes on the way: they are read from memory once.
uint32_t zc_crc32c_copy(uint32_t seed, const void *input, size_t count, void *output);
uint32_t zc_crc32c_portable(uint32_t seed, const void *input, size_t count);
uint32_t zc_crc32(uint32_t seed, const void *input, size_t count);
uint32_t zc_adler32(uint32_t seed, const void *input, size_t count);
uint32_t zc_fletcher32(const void *input, size_t count);
uint32_t zc_lookup3(uint32_t seed, const void *input, size_t count);

// Byte shuffle: byte j of element i moves to j * elements + i, and back. `count` is a multiple of `element`.
void zc_shuffle(const void *input, size_t count, void *output, size_t element);
void zc_unshuffle(const void *input, size_t count, void *output, size_t element);

// Copies a box of elements between two strided arrays that do not overlap. `size` (1, 2, 4, 8 or 16) is in
// bytes, strides in elements; both pointers are at the element of coordinates zero. With `swap`, the bytes of
// each element are reversed. The caller has checked that every element touched lies inside its array.
// rank <= ZC_MAX_RANK.
enum { ZC_MAX_RANK = 68 };
void zc_strided_copy(void *output, const void *input, int rank, const int64_t *counts, const int64_t *input_strides,
                     const int64_t *output_strides, int size, int swap);
// Sets a box of elements of any size.
void zc_strided_fill(void *output, int rank, const int64_t *counts, const int64_t *output_strides,
                     const void *element, int64_t size);
// Reverses the bytes of every `size`-byte number in place; size 2, 4, 8 or 16.
void zc_swap_in_place(void *bytes, size_t count, int size);

#ifdef __cplusplus
}
#endif
#endif
