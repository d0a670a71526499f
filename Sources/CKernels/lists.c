#include "CKernels.h"
#include "levels.h"

LEVELS long kernel_count_nonzero(const float *x, long count) {
  int32_t found = 0;
  long total = 0;
  for (long start = 0; start < count; start += 1 << 20) {
    long end = start + (1 << 20) < count ? start + (1 << 20) : count;
    found = 0;
    for (long i = start; i < end; i++) found += x[i] != 0;
    total += found;
  }
  return total;
}

// Writes every number and keeps the place only of those that are not 0: no branch to guess wrong.
static void list_rows(const float *x, long rows, long width, long block, float *values, int32_t *places,
                      int32_t *starts) {
  long blocks = (width + block - 1) / block;
  for (long r = 0; r < rows; r++) {
    const float *row = x + r * width;
    float *v = values + r * width;
    int32_t *p = places + r * width, *s = starts + r * (blocks + 1);
    long found = 0;
    for (long b = 0; b < blocks; b++) {
      s[b] = (int32_t)found;
      long end = (b + 1) * block < width ? (b + 1) * block : width;
      for (long i = b * block; i < end; i++) {
        v[found] = row[i];
        p[found] = (int32_t)i;
        found += row[i] != 0;
      }
    }
    s[blocks] = (int32_t)found;
  }
}

#ifdef __x86_64__
#include <immintrin.h>

// The same by the compress instruction, sixteen numbers at once. Only what was found is written: the lists of a row end
// where the row's memory ends.
__attribute__((target("avx512f"))) static void list_rows_wide(const float *x, long rows, long width, long block,
                                                              float *values, int32_t *places, int32_t *starts) {
  long blocks = (width + block - 1) / block;
  const __m512i count = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  for (long r = 0; r < rows; r++) {
    const float *row = x + r * width;
    float *v = values + r * width;
    int32_t *p = places + r * width, *s = starts + r * (blocks + 1);
    long found = 0;
    for (long b = 0; b < blocks; b++) {
      s[b] = (int32_t)found;
      long end = (b + 1) * block < width ? (b + 1) * block : width;
      for (long i = b * block; i < end; i += 16) {
        __mmask16 inside = end - i < 16 ? (__mmask16)((1u << (end - i)) - 1) : (__mmask16)0xFFFF;
        __m512 numbers = _mm512_maskz_loadu_ps(inside, row + i);
        __mmask16 kept = _mm512_mask_cmp_ps_mask(inside, numbers, _mm512_setzero_ps(), _CMP_NEQ_UQ);
        int more = __builtin_popcount(kept);
        __mmask16 first = (__mmask16)((1u << more) - 1);
        _mm512_mask_storeu_ps(v + found, first, _mm512_maskz_compress_ps(kept, numbers));
        _mm512_mask_storeu_epi32(
            p + found, first, _mm512_maskz_compress_epi32(kept, _mm512_add_epi32(count, _mm512_set1_epi32((int)i))));
        found += more;
      }
    }
    s[blocks] = (int32_t)found;
  }
}
#endif

void kernel_list_rows(const float *x, long rows, long width, long block, float *values, int32_t *places,
                      int32_t *starts) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) return list_rows_wide(x, rows, width, block, values, places, starts);
#endif
  list_rows(x, rows, width, block, values, places, starts);
}

/// One panel of `vectors`·16 columns of y.
INLINE void panel(const float *values, const int32_t *places, const int32_t *starts, long rows, long width, long blocks,
                  const float *w, long units, const float *bias, float *y, const int vectors) {
  for (long b = 0; b < blocks; b++)
    for (long r = 0; r < rows; r++) {
      const float *v = values + r * width, *from = b ? y + r * units : bias;
      const int32_t *p = places + r * width, *s = starts + r * (blocks + 1);
      lanes sum[8];
      for (int i = 0; i < vectors; i++) sum[i] = from ? load(from + i * LANES) : (lanes){0};
      for (long k = s[b]; k < s[b + 1]; k++) {
        const float *row = w + p[k] * units;
        lanes x = v[k] - (lanes){0};
        for (int i = 0; i < vectors; i++) sum[i] += x * load(row + i * LANES);
      }
      for (int i = 0; i < vectors; i++) store(y + r * units + i * LANES, sum[i]);
    }
}

LEVELS void kernel_rows_times_matrix(const float *values, const int32_t *places, const int32_t *starts, long rows,
                                     long width, long block, const float *w, long units, const float *bias, long first,
                                     long last, float *y) {
  long blocks = (width + block - 1) / block, c = first;
  for (; c + 128 <= last; c += 128)
    panel(values, places, starts, rows, width, blocks, w + c, units, bias ? bias + c : NULL, y + c, 8);
  for (; c + 32 <= last; c += 32)
    panel(values, places, starts, rows, width, blocks, w + c, units, bias ? bias + c : NULL, y + c, 2);
  for (; c + 16 <= last; c += 16)
    panel(values, places, starts, rows, width, blocks, w + c, units, bias ? bias + c : NULL, y + c, 1);
  for (; c < last; c++)
    for (long r = 0; r < rows; r++) {
      float sum = bias ? bias[c] : 0;
      for (long k = 0; k < starts[r * (blocks + 1) + blocks]; k++)
        sum += values[r * width + k] * w[places[r * width + k] * units + c];
      y[r * units + c] = sum;
    }
}

/// Lists the rows in which each place of the block is not 0; how many into `counts`.
INLINE void turn(const float *values, const int32_t *places, const int32_t *starts, long rows, long width, long blocks,
                 long b, long first, float *list_values, int32_t *list_rows, int32_t *counts) {
  for (long r = 0; r < rows; r++) {
    const float *v = values + r * width;
    const int32_t *p = places + r * width, *s = starts + r * (blocks + 1);
    for (long k = s[b]; k < s[b + 1]; k++) {
      long place = p[k] - first, slot = place * rows + counts[place]++;
      list_values[slot] = v[k];
      list_rows[slot] = (int32_t)r;
    }
  }
}

/// `vectors`·16 columns of one row of g; two sums, so that additions need not wait for each other.
INLINE void gradient(const float *v, const int32_t *rows, long count, const float *dy, long units, float *g,
                     const int vectors) {
  lanes even[4] = {{0}}, odd[4] = {{0}};
  long k = 0;
  for (; k + 2 <= count; k += 2) {
    const float *one = dy + rows[k] * units, *other = dy + rows[k + 1] * units;
    lanes x = v[k] - (lanes){0}, z = v[k + 1] - (lanes){0};
    for (int i = 0; i < vectors; i++) {
      even[i] += x * load(one + i * LANES);
      odd[i] += z * load(other + i * LANES);
    }
  }
  if (k < count)
    for (int i = 0; i < vectors; i++) even[i] += (v[k] - (lanes){0}) * load(dy + rows[k] * units + i * LANES);
  for (int i = 0; i < vectors; i++) store(g + i * LANES, even[i] + odd[i]);
}

enum { LARGEST_BLOCK = 256 };

LEVELS void kernel_block_of_transposed_product(const float *values, const int32_t *places, const int32_t *starts,
                                               long rows, long width, long block, long b, const float *dy, long units,
                                               float *list_values, int32_t *list_rows, float *g) {
  int32_t counts[LARGEST_BLOCK] = {0};
  long blocks = (width + block - 1) / block, first = b * block;
  long places_here = first + block < width ? block : width - first;
  turn(values, places, starts, rows, width, blocks, b, first, list_values, list_rows, counts);
  long c = 0;
  for (; c + 64 <= units; c += 64)
    for (long p = 0; p < places_here; p++)
      gradient(list_values + p * rows, list_rows + p * rows, counts[p], dy + c, units, g + (first + p) * units + c, 4);
  for (; c + 16 <= units; c += 16)
    for (long p = 0; p < places_here; p++)
      gradient(list_values + p * rows, list_rows + p * rows, counts[p], dy + c, units, g + (first + p) * units + c, 1);
  for (; c < units; c++)
    for (long p = 0; p < places_here; p++) {
      float sum = 0;
      for (long k = 0; k < counts[p]; k++) sum += list_values[p * rows + k] * dy[list_rows[p * rows + k] * units + c];
      g[(first + p) * units + c] = sum;
    }
}
