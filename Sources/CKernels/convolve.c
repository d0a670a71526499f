#include "CKernels.h"
#include "levels.h"

enum { FILTERS = KERNEL_FILTERS, MOST = 12 };

// How many places, or numbers, there are is known when each of these is compiled.
#define CASES CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)

/// Some places at once, up to two registers of filters each: the sums stay in registers.
INLINE void convolve(const float *x, const int32_t *marks, const int32_t *offsets, long taps, long channels,
                     const float *w, const float *bias, float *y, long stride, long columns, const int places,
                     const int vectors) {
  lanes sum[MOST][2];
  for (int p = 0; p < places; p++)
    for (int i = 0; i < vectors; i++) sum[p][i] = load(bias + i * LANES);
  for (long t = 0; t < taps; t++) {
    const float *from[MOST];
    for (int p = 0; p < places; p++) from[p] = x + marks[p] + offsets[t];
    for (long c = 0; c < channels; c++, w += FILTERS)
      for (int p = 0; p < places; p++)
        for (int i = 0; i < vectors; i++) sum[p][i] += from[p][c] * load(w + i * LANES);
  }
  for (int p = 0; p < places; p++, y += stride)
    if (columns == vectors * LANES)
      for (int i = 0; i < vectors; i++) store(y + i * LANES, sum[p][i]);
    else {
      float row[2 * LANES];
      for (int i = 0; i < vectors; i++) store(row + i * LANES, sum[p][i]);
      for (long c = 0; c < columns; c++) y[c] = row[c];
    }
}

LEVELS void kernel_convolve(const float *x, const int32_t *marks, long places, const int32_t *offsets, long taps,
                            long channels, const float *w, const float *bias, float *y, long stride, long columns) {
  long parts = (places + MOST - 1) / MOST;
  for (long part = 0; part < parts; part++) {
    long first = places * part / parts, count = places * (part + 1) / parts - first;
#define CASE(N)                                                                                              \
  case N:                                                                                                    \
    if (columns > LANES)                                                                                     \
      convolve(x, marks + first, offsets, taps, channels, w, bias, y + first * stride, stride, columns, N, 2); \
    else                                                                                                     \
      convolve(x, marks + first, offsets, taps, channels, w, bias, y + first * stride, stride, columns, N, 1); \
    break;
    switch (count) { CASES }
#undef CASE
  }
}

/// Some numbers of each patch at once, times up to two registers of filters: the sums stay in registers.
INLINE void sum_slopes(const float *x, const int32_t *marks, long places, const int32_t *offsets, const float *dy,
                       long stride, float *sums, const int numbers, const int vectors) {
  lanes sum[MOST][2];
  for (int n = 0; n < numbers; n++)
    for (int i = 0; i < vectors; i++) sum[n][i] = load(sums + n * FILTERS + i * LANES);
  for (long p = 0; p < places; p++, dy += stride) {
    const float *from = x + marks[p];
    for (int n = 0; n < numbers; n++)
      for (int i = 0; i < vectors; i++) sum[n][i] += from[offsets[n]] * load(dy + i * LANES);
  }
  for (int n = 0; n < numbers; n++)
    for (int i = 0; i < vectors; i++) store(sums + n * FILTERS + i * LANES, sum[n][i]);
}

LEVELS void kernel_sum_convolved(const float *x, const int32_t *marks, long places, const int32_t *offsets,
                                 long length, const float *dy, long stride, long columns, float *sums) {
  for (long first = 0; first < length;) {
    long left = length - first, count = left >= MOST ? MOST : left;
#define CASE(N)                                                                                                      \
  case N:                                                                                                            \
    if (columns > LANES)                                                                                             \
      sum_slopes(x, marks, places, offsets + first, dy, stride, sums + first * FILTERS, N, 2);                       \
    else sum_slopes(x, marks, places, offsets + first, dy, stride, sums + first * FILTERS, N, 1);                    \
    break;
    switch (count) { CASES }
#undef CASE
    first += count;
  }
}
