#include "CKernels.h"
#include "levels.h"

/// Every number is written, and counts only where it is not 0: no branch to guess wrong.
static long list_row(const float *x, long width, float *values, int32_t *places) {
  long found = 0;
  for (long i = 0; i < width; i++) {
    values[found] = x[i];
    places[found] = (int32_t)i;
    found += x[i] != 0;
  }
  return found;
}

#ifdef __x86_64__
#include <immintrin.h>

/// The same by the compress instruction. Whole registers are written: there is room behind.
__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw"))) static long list_row_wide(const float *x, long width,
                                                                                       float *values,
                                                                                       int32_t *places) {
  const __m512i count = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  long found = 0;
  for (long i = 0; i < width; i += 16) {
    __mmask16 inside = width - i < 16 ? (__mmask16)((1u << (width - i)) - 1) : (__mmask16)0xFFFF;
    __m512 numbers = _mm512_maskz_loadu_ps(inside, x + i);
    __mmask16 kept = _mm512_mask_cmp_ps_mask(inside, numbers, _mm512_setzero_ps(), _CMP_NEQ_UQ);
    _mm512_storeu_ps(values + found, _mm512_maskz_compress_ps(kept, numbers));
    _mm512_storeu_si512(places + found,
                        _mm512_maskz_compress_epi32(kept, _mm512_add_epi32(count, _mm512_set1_epi32((int)i))));
    found += __builtin_popcount(kept);
  }
  return found;
}
#endif

void kernel_list_rows(const float *x, long rows, long width, float *values, int32_t *places, int32_t *starts) {
  long found = 0;
#ifdef __x86_64__
  bool wide = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
#endif
  for (long r = 0; r < rows; r++) {
    starts[r] = (int32_t)found;
#ifdef __x86_64__
    if (wide) {
      found += list_row_wide(x + r * width, width, values + found, places + found);
      continue;
    }
#endif
    found += list_row(x + r * width, width, values + found, places + found);
  }
  starts[rows] = (int32_t)found;
}

LEVELS void kernel_turn_lists(const float *values, const int32_t *places, const int32_t *starts, long rows,
                              long width, const int32_t *marks, float *turned_values, int32_t *turned_marks,
                              int32_t *turned_starts, float *sums) {
  for (long c = 0; c <= width; c++) turned_starts[c] = 0;
  for (long k = 0; k < starts[rows]; k++) turned_starts[places[k] + 1]++;
  for (long c = 0; c < width; c++) turned_starts[c + 1] += turned_starts[c];
  // Each start moves on to its end, which is the next one's start, and is put back then.
  for (long r = 0; r < rows; r++)
    for (long k = starts[r]; k < starts[r + 1]; k++) {
      long slot = turned_starts[places[k]]++;
      turned_values[slot] = values[k];
      turned_marks[slot] = marks[r];
      sums[places[k]] += values[k];
    }
  for (long c = width; c > 0; c--) turned_starts[c] = turned_starts[c - 1];
  turned_starts[0] = 0;
}

/// Adds to sums what lies at `offsets` of the image: some rows of patches, some registers of each.
INLINE void sum_part(const float *values, const int32_t *offsets, long count, const float *image, long line,
                     float *sums, long length, const int rows, const int vectors) {
  lanes sum[3][8];
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++) sum[i][j] = load(sums + i * length + j * LANES);
  for (long k = 0; k < count; k++) {
    const float *from = image + offsets[k];
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < vectors; j++) sum[i][j] += values[k] * load(from + i * line + j * LANES);
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++) store(sums + i * length + j * LANES, sum[i][j]);
}

/// The other way: adds to a patch of the image what its filters have there.
INLINE void add_part(const float *values, const int32_t *places, long count, const float *w, long pitch, long length,
                     float *image, long line, const int rows, const int vectors) {
  lanes sum[3][8];
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++) sum[i][j] = load(image + i * line + j * LANES);
  for (long k = 0; k < count; k++) {
    const float *from = w + places[k] * pitch;
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < vectors; j++) sum[i][j] += values[k] * load(from + i * length + j * LANES);
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++) store(image + i * line + j * LANES, sum[i][j]);
}

// As many rows and registers at once as there are registers for sums; the numbers are known when this is compiled.
#define FOR_PARTS(PART, HEIGHT, VECTORS)                                   \
  for (long row = 0; row < (HEIGHT); row += (HEIGHT)-row >= 3 ? 3 : 1)     \
    for (long first = 0, left = (VECTORS); left > 0;) {                    \
      int rows = (HEIGHT)-row >= 3 ? 3 : 1;                                \
      int vectors = left >= 8 ? 8 : left >= 6 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1; \
      switch (rows * 10 + vectors) {                                       \
        case 38: PART(3, 8); break;                                        \
        case 36: PART(3, 6); break;                                        \
        case 34: PART(3, 4); break;                                        \
        case 32: PART(3, 2); break;                                        \
        case 31: PART(3, 1); break;                                        \
        case 18: PART(1, 8); break;                                        \
        case 16: PART(1, 6); break;                                        \
        case 14: PART(1, 4); break;                                        \
        case 12: PART(1, 2); break;                                        \
        default: PART(1, 1); break;                                        \
      }                                                                    \
      first += vectors, left -= vectors;                                   \
    }

LEVELS void kernel_sum_patches(const float *values, const int32_t *offsets, const int32_t *starts, long filters,
                               const float *image, long line, long height, long vectors, float *sums) {
  long length = vectors * LANES;
  for (long f = 0; f < filters; f++, sums += height * length) {
    const float *v = values + starts[f];
    const int32_t *o = offsets + starts[f];
    long count = starts[f + 1] - starts[f];
    if (!count) continue;
#define PART(ROWS, VECTORS)                                                                       \
  sum_part(v, o, count, image + row * line + first * LANES, line, sums + row * length + first * LANES, length, ROWS, \
           VECTORS)
    FOR_PARTS(PART, height, vectors)
#undef PART
  }
}

LEVELS void kernel_add_patches(const float *values, const int32_t *places, const int32_t *starts, long count,
                               const int32_t *offsets, const float *w, long height, long vectors, float *image,
                               long line) {
  long length = vectors * LANES, pitch = height * length;
  for (long p = 0; p < count; p++) {
    const float *v = values + starts[p];
    const int32_t *f = places + starts[p];
    long entries = starts[p + 1] - starts[p];
    float *to = image + offsets[p];
    if (!entries) continue;
#define PART(ROWS, VECTORS)                                                                                    \
  add_part(v, f, entries, w + row * length + first * LANES, pitch, length, to + row * line + first * LANES, line, ROWS, \
           VECTORS)
    FOR_PARTS(PART, height, vectors)
#undef PART
  }
}
