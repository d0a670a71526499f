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
#define FOR_PARTS(PART, HEIGHT, VECTORS)                                               \
  for (long row = 0; row < (HEIGHT); row += (HEIGHT)-row >= 3 ? 3 : 1)                 \
    for (long first = 0, left = (VECTORS); left > 0;) {                                \
      int rows = (HEIGHT)-row >= 3 ? 3 : 1, most = rows == 3 ? PATCH_VECTORS : 8;      \
      int room = left < most ? (int)left : most;                                       \
      int vectors = room >= 8 ? 8 : room >= 6 ? 6 : room >= 4 ? 4 : room >= 2 ? 2 : 1; \
      switch (rows * 10 + vectors) {                                                   \
        case 38: PART(3, PATCH_VECTORS); break;                                        \
        case 36: PART(3, PATCH_VECTORS < 6 ? PATCH_VECTORS : 6); break;                \
        case 34: PART(3, 4); break;                                                    \
        case 32: PART(3, 2); break;                                                    \
        case 31: PART(3, 1); break;                                                    \
        case 18: PART(1, 8); break;                                                    \
        case 16: PART(1, 6); break;                                                    \
        case 14: PART(1, 4); break;                                                    \
        case 12: PART(1, 2); break;                                                    \
        default: PART(1, 1); break;                                                    \
      }                                                                                \
      first += vectors, left -= vectors;                                               \
    }

static void sum_patches(const float *values, const int32_t *offsets, const int32_t *starts, long filters,
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

static void add_patches(const float *values, const int32_t *places, const int32_t *starts, long count,
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
