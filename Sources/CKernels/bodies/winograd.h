// Winograd's F(2×2, 3×3): two by two places of a 3×3 kernel by 16 products instead of 36. Patches of 4×4 pixels, 2
// apart, and kernels are carried over to where a convolution is a product number by number, and the products back.
// Lavin and Gray 2015, https://arxiv.org/abs/1509.09308.

enum { POSITIONS = KERNEL_POSITIONS };

/// Bᵀ·d of one column of four.
INLINE void turn_patch(const lanes d[4], lanes v[4]) {
  v[0] = d[0] - d[2];
  v[1] = d[1] + d[2];
  v[2] = d[2] - d[1];
  v[3] = d[1] - d[3];
}

/// Aᵀ·m of one column of four.
INLINE void turn_products(const lanes m[4], lanes y[2]) {
  y[0] = m[0] + m[1] + m[2];
  y[1] = m[1] - m[2] - m[3];
}

INLINE void winograd_patch(const float *x, long line, long channels, float *v, long pitch, const long count) {
  lanes rows[4][4], columns[4][4], turned[4];
  for (int i = 0; i < 4; i++) {
    lanes d[4];
    for (int j = 0; j < 4; j++) d[j] = load_some(x + i * line + j * channels, count);
    turn_patch(d, rows[i]);
  }
  for (int j = 0; j < 4; j++) {
    for (int i = 0; i < 4; i++) columns[j][i] = rows[i][j];
    turn_patch(columns[j], turned);
    for (int i = 0; i < 4; i++) store_some(v + (i * 4 + j) * pitch, turned[i], count);
  }
}

static void winograd_patches(const float *x, long tiles, long line, long channels, float *v, long pitch) {
  for (long t = 0; t < tiles; t++, x += 2 * channels, v += channels) {
    long c = 0;
    for (; c + LANES <= channels; c += LANES) winograd_patch(x + c, line, channels, v + c, pitch, LANES);
    if (c < channels) winograd_patch(x + c, line, channels, v + c, pitch, channels - c);
  }
}

/// The products of some tiles at one position: the sums stay in registers.
INLINE void winograd_tile(const float *v, long channels, const float *u, float *m, const int tiles, const int vectors) {
  lanes sum[CONVOLVE_PLACES][CONVOLVE_VECTORS];
  for (int t = 0; t < tiles; t++)
    for (int i = 0; i < vectors; i++) sum[t][i] = (lanes){0};
  for (long c = 0; c < channels; c++, u += FILTERS)
    for (int t = 0; t < tiles; t++)
      for (int i = 0; i < vectors; i++) sum[t][i] += v[t * channels + c] * load(u + i * LANES);
  for (int t = 0; t < tiles; t++)
    for (int i = 0; i < vectors; i++) store(m + t * FILTERS + i * LANES, sum[t][i]);
}

static void winograd_products(const float *v, long tiles, long pitch, long channels, const float *u, long columns,
                              float *m) {
  long parts = (tiles + CONVOLVE_PLACES - 1) / CONVOLVE_PLACES;
  for (int position = 0; position < POSITIONS; position++, v += pitch, u += channels * FILTERS)
    for (long part = 0; part < parts; part++) {
      long first = tiles * part / parts, count = tiles * (part + 1) / parts - first;
      const float *from = v + first * channels;
      float *to = m + (position * tiles + first) * FILTERS;
#define CASE(N)                                                                                              \
  case N:                                                                                                    \
    if (!HAS_CASE(N)) break;                                                                                 \
    if (columns > LANES) winograd_tile(from, channels, u, to, HAS_CASE(N) ? N : 1, CONVOLVE_VECTORS);        \
    else winograd_tile(from, channels, u, to, HAS_CASE(N) ? N : 1, 1);                                       \
    break;
      switch (count) { CASES }
#undef CASE
    }
}

/// The four places of a tile, row by row.
INLINE void winograd_places(const float *m, long pitch, lanes bias, lanes y[4]) {
  lanes rows[4][2], column[4], turned[2];
  for (int i = 0; i < 4; i++) {
    for (int j = 0; j < 4; j++) column[j] = load(m + (i * 4 + j) * pitch);
    turn_products(column, rows[i]);
  }
  for (int j = 0; j < 2; j++) {
    for (int i = 0; i < 4; i++) column[i] = rows[i][j];
    turn_products(column, turned);
    for (int i = 0; i < 2; i++) y[i * 2 + j] = turned[i] + bias;
  }
}

static void winograd_sums(const float *m, long tiles, long pitch, const float *bias, long rows, long places, float *y,
                          long line, long stride, long columns) {
  for (long f = 0; f < columns; f += LANES) {
    long count = columns - f < LANES ? columns - f : LANES;
    lanes above = load(bias + f), sums[4];
    for (long t = 0; t < tiles; t++) {
      winograd_places(m + t * FILTERS + f, pitch, above, sums);
      for (int i = 0; i < rows; i++)
        for (int j = 0; j < 2 && 2 * t + j < places; j++)
          store_some(y + i * line + (2 * t + j) * stride + f, sums[i * 2 + j], count);
    }
  }
}

static void winograd_pooled(const float *m, long tiles, long pitch, const float *bias, float *y, int32_t *first,
                            long stride, long columns) {
  for (long f = 0; f < columns; f += LANES) {
    long count = columns - f < LANES ? columns - f : LANES;
    lanes above = load(bias + f), sums[4];
    for (long t = 0; t < tiles; t++) {
      winograd_places(m + t * FILTERS + f, pitch, above, sums);
      struct largest found = largest_of_four(sums);
      store_some(y + t * stride + f, found.value, count);
      if (first) store_some((float *)(first + t * stride + f), (lanes)found.place, count);
    }
  }
}

static void winograd_kernel(const float *w, long channels, long filters, long columns, float *u) {
  static const float G[4][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
  long pitch = channels * FILTERS;
  for (long c = 0; c < channels; c++)
    for (long f = 0; f < columns; f += LANES) {
      long count = columns - f < LANES ? columns - f : LANES;
      lanes g[3][3], turned[3][4];
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) g[i][j] = load_some(w + ((i * 3 + j) * channels + c) * filters + f, count);
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++) turned[i][j] = G[j][0] * g[i][0] + G[j][1] * g[i][1] + G[j][2] * g[i][2];
      for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
          store(u + (i * 4 + j) * pitch + c * FILTERS + f,
                G[i][0] * turned[0][j] + G[i][1] * turned[1][j] + G[i][2] * turned[2][j]);
    }
}
