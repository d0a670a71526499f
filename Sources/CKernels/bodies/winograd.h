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
      float *to = y + 2 * t * stride + f;
      bool has_right = 2 * t + 1 < places, has_below = rows > 1;
      winograd_places(m + t * FILTERS + f, pitch, above, sums);
      store_some(to, sums[0], count);
      if (has_right) store_some(to + stride, sums[1], count);
      if (has_below) store_some(to + line, sums[2], count);
      if (has_right && has_below) store_some(to + line + stride, sums[3], count);
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

/// G·g of one column of three.
INLINE void turn_kernel(lanes a, lanes b, lanes c, lanes u[4]) {
  lanes ends = 0.5f * (a + c), middle = 0.5f * b;
  u[0] = a;
  u[1] = ends + middle;
  u[2] = ends - middle;
  u[3] = c;
}

static void winograd_kernel(const float *w, long channels, long filters, long columns, float *u) {
  long pitch = channels * FILTERS, tap = channels * filters;
  for (long c = 0; c < channels; c++)
    for (long f = 0; f < columns; f += LANES) {
      long count = columns - f < LANES ? columns - f : LANES;
      lanes turned[4][3];
      for (int j = 0; j < 3; j++) {
        const float *from = w + (j * channels + c) * filters + f;
        lanes column[4];
        turn_kernel(load_some(from, count), load_some(from + 3 * tap, count), load_some(from + 6 * tap, count), column);
        for (int i = 0; i < 4; i++) turned[i][j] = column[i];
      }
      for (int i = 0; i < 4; i++) {
        lanes row[4];
        turn_kernel(turned[i][0], turned[i][1], turned[i][2], row);
        for (int j = 0; j < 4; j++) store(u + (i * 4 + j) * pitch + c * FILTERS + f, row[j]);
      }
    }
}

/// A·y of one column of two.
INLINE void turn_gradients(lanes a, lanes b, lanes d[4]) {
  d[0] = a;
  d[1] = a + b;
  d[2] = a - b;
  d[3] = -b;
}

static void winograd_gradients(const float *dy, long tiles, long rows, long places, long line, long stride,
                               long columns, float *d, long pitch) {
  for (long f = 0; f < columns; f += LANES) {
    long count = columns - f < LANES ? columns - f : LANES;
    for (long t = 0; t < tiles; t++) {
      const float *from = dy + 2 * t * stride + f;
      bool has_right = 2 * t + 1 < places, has_below = rows > 1;
      lanes none = {0}, left[4], right[4], row[4];
      turn_gradients(load_some(from, count), has_below ? load_some(from + line, count) : none, left);
      turn_gradients(has_right ? load_some(from + stride, count) : none,
                     has_right && has_below ? load_some(from + line + stride, count) : none, right);
      for (int i = 0; i < 4; i++) {
        turn_gradients(left[i], right[i], row);
        for (int j = 0; j < 4; j++) store(d + (i * 4 + j) * pitch + t * FILTERS + f, row[j]);
      }
    }
  }
}

/// Gᵀ·u of one column of four.
INLINE void turn_sums(const lanes u[4], lanes w[3]) {
  lanes sum = 0.5f * (u[1] + u[2]);
  w[0] = u[0] + sum;
  w[1] = 0.5f * (u[1] - u[2]);
  w[2] = sum + u[3];
}

static void winograd_kernel_backward(float *u, long channels) {
  long pitch = channels * FILTERS;
  for (long c = 0; c < pitch; c += LANES) {
    lanes rows[4][3], column[4], turned[3];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) column[j] = load(u + (i * 4 + j) * pitch + c);
      turn_sums(column, rows[i]);
    }
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 4; i++) column[i] = rows[i][j];
      turn_sums(column, turned);
      for (int i = 0; i < 3; i++) store(u + (i * 3 + j) * pitch + c, turned[i]);
    }
  }
}
