enum { FILTERS = CONVOLVE_VECTORS * LANES };

// How many places, or numbers, there are is known when each of these is compiled. The compiler drops the cases that a
// level has not.
#define CASES CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)
#define HAS_CASE(N) ((N) <= CONVOLVE_PLACES)

/// Some places at once, one or all registers of filters each: the sums stay in registers.
INLINE void convolve_tile(const float *x, const int32_t *patch_offsets, const int32_t *element_offsets, long length,
                          const float *w, const float *bias, float *y, long stride, long columns, const int places,
                          const int vectors) {
  lanes sum[CONVOLVE_PLACES][CONVOLVE_VECTORS];
  const float *from[CONVOLVE_PLACES];
  for (int p = 0; p < places; p++) {
    from[p] = x + patch_offsets[p];
    for (int i = 0; i < vectors; i++) sum[p][i] = load(bias + i * LANES);
  }
  for (long n = 0; n < length; n++, w += FILTERS) {
    long offset = element_offsets[n];
    for (int p = 0; p < places; p++)
      for (int i = 0; i < vectors; i++) sum[p][i] += from[p][offset] * load(w + i * LANES);
  }
  for (int p = 0; p < places; p++, y += stride)
    for (int i = 0; i < vectors; i++) store_beginning(y + i * LANES, sum[p][i], columns - i * LANES);
}

static void convolve(const float *x, const int32_t *patch_offsets, long places, const int32_t *element_offsets,
                     long length, const float *w, const float *bias, float *y, long stride, long columns) {
  long parts = (places + CONVOLVE_PLACES - 1) / CONVOLVE_PLACES;
  for (long part = 0; part < parts; part++) {
    long first = places * part / parts, count = places * (part + 1) / parts - first;
    const int32_t *patches = patch_offsets + first;
    float *to = y + first * stride;
#define CASE(N)                                                                                                   \
  case N:                                                                                                         \
    if (!HAS_CASE(N)) break;                                                                                      \
    if (columns > LANES)                                                                                          \
      convolve_tile(x, patches, element_offsets, length, w, bias, to, stride, columns, HAS_CASE(N) ? N : 1,       \
                    CONVOLVE_VECTORS);                                                                            \
    else convolve_tile(x, patches, element_offsets, length, w, bias, to, stride, columns, HAS_CASE(N) ? N : 1, 1); \
    break;
    switch (count) { CASES }
#undef CASE
  }
}

/// Some numbers of each patch at once, times one or all registers of filters: the sums stay in registers.
INLINE void sum_convolved_tile(const float *x, const int32_t *patch_offsets, long places,
                               const int32_t *element_offsets, const float *dy, long stride, float *sums,
                               const int numbers, const int vectors) {
  lanes sum[CONVOLVE_PLACES][CONVOLVE_VECTORS];
  long offsets[CONVOLVE_PLACES];
  for (int n = 0; n < numbers; n++) {
    offsets[n] = element_offsets[n];
    for (int i = 0; i < vectors; i++) sum[n][i] = load(sums + n * FILTERS + i * LANES);
  }
  for (long p = 0; p < places; p++, dy += stride) {
    const float *from = x + patch_offsets[p];
    for (int n = 0; n < numbers; n++)
      for (int i = 0; i < vectors; i++) sum[n][i] += from[offsets[n]] * load(dy + i * LANES);
  }
  for (int n = 0; n < numbers; n++)
    for (int i = 0; i < vectors; i++) store(sums + n * FILTERS + i * LANES, sum[n][i]);
}

static void sum_convolved(const float *x, const int32_t *patch_offsets, long places, const int32_t *element_offsets,
                          long length, const float *dy, long stride, long columns, float *sums) {
  long parts = (length + CONVOLVE_PLACES - 1) / CONVOLVE_PLACES;
  // A tile reads whole registers, and must not read beyond what the caller promised.
  int vectors = (int)((columns + LANES - 1) / LANES);
  for (long part = 0; part < parts; part++) {
    long first = length * part / parts, count = length * (part + 1) / parts - first;
    const int32_t *elements = element_offsets + first;
    float *to = sums + first * FILTERS;
#define CASE(N)                                                                                               \
  case N:                                                                                                     \
    if (!HAS_CASE(N)) break;                                                                                  \
    if (vectors == CONVOLVE_VECTORS)                                                                          \
      sum_convolved_tile(x, patch_offsets, places, elements, dy, stride, to, HAS_CASE(N) ? N : 1,             \
                         CONVOLVE_VECTORS);                                                                   \
    else                                                                                                      \
      for (int i = 0; i < vectors; i++)                                                                       \
        sum_convolved_tile(x, patch_offsets, places, elements, dy + i * LANES, stride, to + i * LANES,        \
                           HAS_CASE(N) ? N : 1, 1);                                                           \
    break;
    switch (count) { CASES }
#undef CASE
  }
}

static void multiply_channels(const float *restrict x, const float *restrict w, long channels, long multiplier,
                              float *restrict y) {
  if (multiplier == 1)
    for (long c = 0; c < channels; c++) y[c] += x[c] * w[c];
  else
    for (long c = 0; c < channels; c++)
      for (long k = c * multiplier; k < (c + 1) * multiplier; k++) y[k] += x[c] * w[k];
}

static void multiply_channels_back(const float *restrict dy, const float *restrict w, long channels, long multiplier,
                                   float *restrict dx) {
  if (multiplier == 1)
    for (long c = 0; c < channels; c++) dx[c] += dy[c] * w[c];
  else
    for (long c = 0; c < channels; c++)
      for (long k = c * multiplier; k < (c + 1) * multiplier; k++) dx[c] += dy[k] * w[k];
}
