#include "CKernels.h"
#include "levels.h"

typedef int32_t marks __attribute__((vector_size(64)));

INLINE lanes choose(marks which, lanes a, lanes b) {
  return (lanes)(((marks)a & which) | ((marks)b & ~which));
}

/// One register of channels at one place.
INLINE void largest(const float *x, const int32_t *offsets, const int32_t *numbers, long taps, float *y,
                    float *first) {
  lanes best = load(x + offsets[0]), tap = (float)numbers[0] - (lanes){0};
  for (long t = 1; t < taps; t++) {
    lanes value = load(x + offsets[t]);
    marks is_larger = value > best;
    best = choose(is_larger, value, best);
    tap = choose(is_larger, (float)numbers[t] - (lanes){0}, tap);
  }
  store(y, best);
  if (first) store(first, tap);
}

LEVELS void kernel_pool_largest(const float *x, const int32_t *offsets, const int32_t *numbers, long taps, long places,
                                long step, long channels, float *y, float *first) {
  for (long p = 0; p < places; p++, x += step, y += channels, first += first ? channels : 0) {
    long c = 0;
    for (; c + LANES <= channels; c += LANES)
      largest(x + c, offsets, numbers, taps, y + c, first ? first + c : NULL);
    for (; c < channels; c++) {
      y[c] = x[offsets[0] + c];
      if (first) first[c] = (float)numbers[0];
      for (long t = 1; t < taps; t++)
        if (x[offsets[t] + c] > y[c]) {
          y[c] = x[offsets[t] + c];
          if (first) first[c] = (float)numbers[t];
        }
    }
  }
}

LEVELS void kernel_add_to_largest(const float *dy, const float *first, const int32_t *offsets, const int32_t *numbers,
                                  long taps, long places, long step, long channels, float *dx) {
  for (long p = 0; p < places; p++, dx += step, dy += channels, first += channels)
    for (long t = 0; t < taps; t++) {
      float *to = dx + offsets[t], number = (float)numbers[t];
      // Read first, chosen then: so the loop has no branch and takes many channels at once.
      for (long c = 0; c < channels; c++) {
        float slope = dy[c];
        to[c] += first[c] == number ? slope : 0;
      }
    }
}
