/// Adds to sums, or where nothing is there yet writes to them, what lies at `offsets` of the image: some rows of patches,
/// some registers of each.
INLINE void sum_part(const float *values, const int32_t *offsets, long count, const float *image, long line, bool adds,
                     float *sums, long length, const int rows, const int vectors) {
  lanes sum[3][12];
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < vectors; j++) sum[i][j] = adds ? load(sums + i * length + j * LANES) : (lanes){0};
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
  lanes sum[3][12];
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
                        const float *image, long line, long height, long vectors, bool adds, float *sums) {
  long length = vectors * LANES;
  for (long f = 0; f < filters; f++, sums += height * length) {
    const float *v = values + starts[f];
    const int32_t *o = offsets + starts[f];
    long count = starts[f + 1] - starts[f];
    if (!count && adds) continue;
#define PART(ROWS, VECTORS)                                                                       \
  sum_part(v, o, count, image + row * line + first * LANES, line, adds, sums + row * length + first * LANES, length, \
           ROWS, VECTORS)
    FOR_PARTS(PART, height, vectors)
#undef PART
  }
}

/// One row of the kernel after the other: what all filters have of it stays in the first cache.
INLINE void add_rows_of_patches(const float *values, const int32_t *places, const int32_t *starts, long count,
                                const int32_t *offsets, const float *w, long pitch, float *image, const int vectors) {
  for (long p = 0; p < count; p++) {
    long start = starts[p], entries = starts[p + 1] - start;
    if (entries) add_part(values + start, places + start, entries, w, pitch, 0, image + offsets[p], 0, 1, vectors);
  }
}

static void add_patches(const float *values, const int32_t *places, const int32_t *starts, long count,
                        const int32_t *offsets, const float *w, long height, long vectors, float *image, long line) {
  long length = vectors * LANES, pitch = height * length;
  for (long row = 0; row < height; row++)
    for (long first = 0; first < vectors;) {
      const float *from = w + row * length + first * LANES;
      float *to = image + row * line + first * LANES;
      long left = vectors - first;
#define ROWS(VECTORS)                                                                       \
  add_rows_of_patches(values, places, starts, count, offsets, from, pitch, to, VECTORS), \
      first += VECTORS
      if (left >= 12) ROWS(12);
      else if (left >= 9) ROWS(9);
      else if (left >= 6) ROWS(6);
      else if (left == 5) ROWS(5);
      else if (left == 4) ROWS(4);
      else if (left == 3) ROWS(3);
      else if (left == 2) ROWS(2);
      else ROWS(1);
#undef ROWS
    }
}
