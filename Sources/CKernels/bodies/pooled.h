// Convolutions whose places max pooling takes four by four, two rows of two: only the largest of the four is written.

/// The first of the largest of four, and its number.
struct largest {
  lanes value;
  integers place;
};

INLINE struct largest largest_of_four(const lanes x[4]) {
  struct largest found = {x[0], (integers){0}};
  for (int t = 1; t < 4; t++) {
    // NaN is larger than everything.
    integers is_larger = (x[t] > found.value) | ((x[t] != x[t]) & (found.value == found.value));
    found.value = choose(is_larger, x[t], found.value);
    found.place = (t & is_larger) | (found.place & ~is_larger);
  }
  return found;
}

// At most two: one may be left.
enum { WINDOWS = CONVOLVE_PLACES / 4 };
_Static_assert(WINDOWS <= 2, "of the windows that wait for others at most one is left");

INLINE void pooled_tile(const float *x, const int32_t *patch_offsets, const int32_t *corners,
                        const int32_t *element_offsets, long length, const float *w, const float *bias, float *y,
                        int32_t *first, long stride, long columns, const long *wanted, const int windows,
                        const int vectors) {
  lanes sum[WINDOWS][CONVOLVE_VECTORS][4];
  const float *from[WINDOWS * 4];
  for (int p = 0; p < windows; p++)
    for (int t = 0; t < 4; t++) {
      from[p * 4 + t] = x + patch_offsets[wanted[p]] + corners[t];
      for (int i = 0; i < vectors; i++) sum[p][i][t] = load(bias + i * LANES);
    }
  for (long n = 0; n < length; n++, w += FILTERS) {
    long offset = element_offsets[n];
    for (int p = 0; p < windows; p++)
      for (int t = 0; t < 4; t++)
        for (int i = 0; i < vectors; i++) sum[p][i][t] += from[p * 4 + t][offset] * load(w + i * LANES);
  }
  for (int p = 0; p < windows; p++)
    for (int i = 0; i < vectors; i++) {
      long count = columns - i * LANES < LANES ? columns - i * LANES : LANES, to = wanted[p] * stride + i * LANES;
      struct largest found = largest_of_four(sum[p][i]);
      store_some(y + to, found.value, count);
      if (first) store_some((float *)(first + to), (lanes)found.place, count);
    }
}

/// Whether two windows see the same numbers, as those on an empty ground do.
INLINE int sees_same(const float *a, const float *b, struct kernel_sight sight) {
  for (long r = 0; r < sight.rows; r++, a += sight.line, b += sight.line)
    for (long c = 0; c < sight.width; c += LANES) {
      long count = sight.width - c < LANES ? sight.width - c : LANES;
      if (__builtin_reduce_or((integers)load_some(a + c, count) ^ (integers)load_some(b + c, count))) return 0;
    }
  return 1;
}

static void convolve_pooled(const float *x, const int32_t *patch_offsets, long windows, struct kernel_sight sight,
                            const int32_t *corners, const int32_t *element_offsets, long length, const float *w,
                            const float *bias, float *y, int32_t *first, long stride, long columns) {
  enum { BLOCK = 32 };
  const int whole = columns > LANES;
  for (long block = 0; block < windows; block += BLOCK) {
    long end = windows - block < BLOCK ? windows : block + BLOCK, wanted[WINDOWS];
    int waiting = 0;
    uint32_t same = 0;
    for (long p = block; p < end; p++) {
      if (p > 0 && sees_same(x + patch_offsets[p - 1], x + patch_offsets[p], sight)) same |= 1u << (p - block);
      else wanted[waiting++] = p;
#define POOLED(COUNT, VECTORS)                                                                                \
  pooled_tile(x, patch_offsets, corners, element_offsets, length, w, bias, y, first, stride, columns, wanted, \
              COUNT, VECTORS)
      if (waiting == WINDOWS) {
        if (whole) POOLED(WINDOWS, CONVOLVE_VECTORS);
        else POOLED(WINDOWS, 1);
        waiting = 0;
      }
    }
    if (waiting) {
      if (whole) POOLED(1, CONVOLVE_VECTORS);
      else POOLED(1, 1);
    }
#undef POOLED
    for (; same; same &= same - 1) {
      long to = (block + __builtin_ctz(same)) * stride;
      memcpy(y + to, y + to - stride, columns * sizeof *y);
      if (first) memcpy(first + to, first + to - stride, columns * sizeof *first);
    }
  }
}

static void gather_corners(const float *x, long count, const int32_t *corners, float *four) {
  for (long i = 0; i < count; i++)
    for (int t = 0; t < 4; t++) four[4 * i + t] = x[i + corners[t]];
}

/// Some numbers of each window's patch at once, times one register of filters: the sums stay in registers, and where the
/// numbers are in others.
INLINE void sum_pooled_tile(const float *four, const int32_t *patch_offsets, long windows,
                            const int32_t *element_offsets, const float *dy, const int32_t *first, long stride,
                            long count, float *sums, const int numbers, const int is_whole) {
  lanes sum[POOLED_NUMBERS];
  long offsets[POOLED_NUMBERS];
  for (int n = 0; n < numbers; n++) {
    offsets[n] = 4 * (long)element_offsets[n];
    sum[n] = load(sums + n * FILTERS);
  }
  for (long p = 0; p < windows; p++, dy += stride, first += stride) {
    const float *from = four + 4 * (long)patch_offsets[p];
    lanes gradient = is_whole ? load(dy) : load_first(dy, count);
    integers number = (integers)(is_whole ? load((const float *)first) : load_first((const float *)first, count));
    for (int n = 0; n < numbers; n++) sum[n] += one_of_four(from + offsets[n], number) * gradient;
  }
  for (int n = 0; n < numbers; n++) store(sums + n * FILTERS, sum[n]);
}

INLINE void sum_pooled_columns(const float *four, const int32_t *patch_offsets, long windows,
                               const int32_t *element_offsets, long length, const float *dy, const int32_t *first,
                               long stride, long count, float *sums, const int is_whole) {
  long parts = (length + POOLED_NUMBERS - 1) / POOLED_NUMBERS;
  for (long part = 0; part < parts; part++) {
    long begin = length * part / parts, numbers = length * (part + 1) / parts - begin;
#define CASE(N)                                                                                            \
  case N:                                                                                                  \
    if (N > POOLED_NUMBERS) break;                                                                         \
    sum_pooled_tile(four, patch_offsets, windows, element_offsets + begin, dy, first, stride, count,       \
                    sums + begin * FILTERS, N <= POOLED_NUMBERS ? N : 1, is_whole);                        \
    break;
    switch (numbers) { CASES }
#undef CASE
  }
}

EDGE sum_pooled_edge(const float *four, const int32_t *patch_offsets, long windows, const int32_t *element_offsets,
                     long length, const float *dy, const int32_t *first, long stride, long count, float *sums) {
  sum_pooled_columns(four, patch_offsets, windows, element_offsets, length, dy, first, stride, count, sums, 0);
}

static void sum_pooled(const float *four, const int32_t *patch_offsets, long windows, const int32_t *element_offsets,
                       long length, const float *dy, const int32_t *first, long stride, long columns, float *sums) {
  for (; columns >= LANES; columns -= LANES, dy += LANES, first += LANES, sums += LANES)
    sum_pooled_columns(four, patch_offsets, windows, element_offsets, length, dy, first, stride, LANES, sums, 1);
  if (columns)
    sum_pooled_edge(four, patch_offsets, windows, element_offsets, length, dy, first, stride, columns, sums);
}

static void spread_pooled(const float *dy, const int32_t *first, long windows, long channels, float *to, long stride,
                          long line) {
  for (long p = 0; p < windows; p++, to += 2 * stride, dy += channels, first += channels)
    for (long c = 0; c < channels; c += LANES) {
      long count = channels - c < LANES ? channels - c : LANES;
      lanes gradient = load_some(dy + c, count);
      integers number = (integers)load_some((const float *)(first + c), count);
      for (int t = 0; t < 4; t++)
        store_some(to + (t / 2) * line + (t % 2) * stride + c, choose(number == t, gradient, (lanes){0}), count);
    }
}

static void csr_from_pooled(const float *dy, const int32_t *first, long windows, long channels, float *values,
                            int32_t *places, int32_t *starts) {
  long found = 0;
  for (long p = 0; p < windows; p++, dy += channels, first += channels)
    for (int t = 0; t < 4; t++) {
      starts[p * 4 + t] = (int32_t)found;
      for (long c = 0; c < channels; c += LANES) {
        long count = channels - c < LANES ? channels - c : LANES;
        lanes gradient = load_some(dy + c, count);
        integers number = (integers)load_some((const float *)(first + c), count);
        found += compress(gradient, numbered() + (int32_t)c, (gradient != 0) & (number == t), values + found,
                          places + found);
      }
    }
  starts[windows * 4] = (int32_t)found;
}

static void csr_from_columns(const float *dy, const int32_t *first, const int32_t *corners,
                             const int32_t *patch_offsets, long windows, long channels, float *values,
                             int32_t *offsets, int32_t *starts) {
  long found = 0;
  for (long c = 0; c < channels; c++, dy += windows, first += windows) {
    starts[c] = (int32_t)found;
    for (long p = 0; p < windows; p += LANES) {
      long count = windows - p < LANES ? windows - p : LANES;
      lanes gradient = load_some(dy + p, count);
      integers number = (integers)load_some((const float *)(first + p), count);
      integers offset = (integers)load_some((const float *)(patch_offsets + p), count);
      offset += (number & 1) * corners[1] + (number >> 1) * corners[2];
      found += compress(gradient, offset, gradient != 0, values + found, offsets + found);
    }
  }
  starts[channels] = (int32_t)found;
}
