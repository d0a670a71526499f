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

enum { WINDOWS = CONVOLVE_PLACES / 4 };

INLINE void pooled_tile(const float *x, const int32_t *patch_offsets, const int32_t *corners,
                        const int32_t *element_offsets, long length, const float *w, const float *bias, float *y,
                        int32_t *first, long stride, long columns, const int windows, const int vectors) {
  lanes sum[WINDOWS][CONVOLVE_VECTORS][4];
  const float *from[WINDOWS * 4];
  for (int p = 0; p < windows; p++)
    for (int t = 0; t < 4; t++) {
      from[p * 4 + t] = x + patch_offsets[p] + corners[t];
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
      long count = columns - i * LANES < LANES ? columns - i * LANES : LANES, to = p * stride + i * LANES;
      struct largest found = largest_of_four(sum[p][i]);
      store_some(y + to, found.value, count);
      if (first) store_some((float *)(first + to), (lanes)found.place, count);
    }
}

static void convolve_pooled(const float *x, const int32_t *patch_offsets, long windows, const int32_t *corners,
                            const int32_t *element_offsets, long length, const float *w, const float *bias, float *y,
                            int32_t *first, long stride, long columns) {
  const int whole = columns > LANES;
  for (long p = 0; p < windows;) {
    int count = windows - p >= WINDOWS ? WINDOWS : 1;
    float *to = y + p * stride;
    int32_t *number = first ? first + p * stride : NULL;
#define POOLED(COUNT, VECTORS)                                                                               \
  pooled_tile(x, patch_offsets + p, corners, element_offsets, length, w, bias, to, number, stride, columns, \
              COUNT, VECTORS)
    if (whole && count == WINDOWS) POOLED(WINDOWS, CONVOLVE_VECTORS);
    else if (whole) POOLED(1, CONVOLVE_VECTORS);
    else if (count == WINDOWS) POOLED(WINDOWS, 1);
    else POOLED(1, 1);
#undef POOLED
    p += count;
  }
}

static void spread_pooled(const float *dy, const int32_t *first, long windows, long channels, float *to, long line) {
  for (long p = 0; p < windows; p++, to += 2 * channels, dy += channels, first += channels)
    for (long c = 0; c < channels; c += LANES) {
      long count = channels - c < LANES ? channels - c : LANES;
      lanes gradient = load_some(dy + c, count);
      integers number = (integers)load_some((const float *)(first + c), count);
      for (int t = 0; t < 4; t++)
        store_some(to + (t / 2) * line + (t % 2) * channels + c, choose(number == t, gradient, (lanes){0}), count);
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
