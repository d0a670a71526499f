static void read_bytes(const uint8_t *restrict x, const float *restrict numbers, long count, float *restrict y) {
  for (long i = 0; i < count; i++) y[i] = numbers[x[i]];
}

/// As many rows and columns as a register has places, or fewer at an edge: after log₂ LANES rounds of putting each row
/// in turn with that half a square below it, rows are columns.
INLINE void transpose_square(const float *from, long rows, long columns, long stride, float *to, long to_stride,
                             const int is_whole) {
  lanes a[LANES], b[LANES];
  for (int r = 0; r < LANES; r++)
    a[r] = is_whole ? load(from + r * stride) : r < rows ? load_some(from + r * stride, columns) : (lanes){0};
  for (int round = 1; round < LANES; round *= 2) {
    for (int r = 0; r < LANES / 2; r++) {
      b[2 * r] = __builtin_shufflevector(a[r], a[r + LANES / 2], IN_TURN);
      b[2 * r + 1] = __builtin_shufflevector(a[r], a[r + LANES / 2], IN_TURN_BEHIND);
    }
    for (int r = 0; r < LANES; r++) a[r] = b[r];
  }
  for (int c = 0; c < LANES && (is_whole || c < columns); c++)
    if (is_whole) store(to + c * to_stride, a[c]);
    else store_some(to + c * to_stride, a[c], rows);
}

static void transpose(const float *restrict from, long rows, long columns, long stride, float *restrict to,
                      long to_stride) {
  for (long row = 0; row < rows; row += LANES)
    for (long column = 0; column < columns; column += LANES) {
      long down = rows - row < LANES ? rows - row : LANES, across = columns - column < LANES ? columns - column : LANES;
      const float *corner = from + row * stride + column;
      float *turned = to + column * to_stride + row;
      if (down == LANES && across == LANES) transpose_square(corner, down, across, stride, turned, to_stride, 1);
      else if (2 * down < LANES || 2 * across < LANES)
        for (long r = 0; r < down; r++)
          for (long c = 0; c < across; c++) turned[c * to_stride + r] = corner[r * stride + c];
      else transpose_square(corner, down, across, stride, turned, to_stride, 0);
    }
}

static void add_to_rows(float *restrict y, const float *restrict bias, long rows, long columns, long stride) {
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) y[r * stride + c] += bias[c];
}

static void sum_rows(const float *restrict y, long rows, long columns, long stride, float *restrict sums) {
  for (long c = 0; c < columns; c++) sums[c] = 0;
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) sums[c] += y[r * stride + c];
}

static void add_rows(const float *restrict y, long rows, long columns, float *restrict sums) {
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) sums[c] += y[r * columns + c];
}

// A register at a time, read before it is written: so the result may go where it came from.

static void multiply(const float *a, const float *b, float *y, long count) {
  long i = 0;
  for (; i + LANES <= count; i += LANES) store(y + i, load(a + i) * load(b + i));
  for (; i < count; i++) y[i] = a[i] * b[i];
}

static void scale(const float *x, float factor, float offset, float *y, long count) {
  long i = 0;
  for (; i + LANES <= count; i += LANES) store(y + i, load(x + i) * factor + offset);
  for (; i < count; i++) y[i] = x[i] * factor + offset;
}

static void drop(const float *restrict x, long first, uint64_t seed, uint64_t threshold, float factor, long count,
                 float *restrict kept, float *restrict y) {
  // Two registers of 64-bit numbers at once would not leave room for the constants.
#pragma clang loop interleave_count(1)
  for (long i = 0; i < count; i++) {
    uint64_t z = seed + (uint64_t)(first + i + 1) * 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z = (z ^ (z >> 31)) >> 11;
    kept[i] = z >= threshold ? factor : 0;
    y[i] = x[i] * kept[i];
  }
}

static void add(const float *restrict x, float *restrict y, long count) {
  for (long i = 0; i < count; i++) y[i] += x[i];
}

static void maximum(const float *restrict x, float *restrict y, long count) {
  for (long i = 0; i < count; i++) y[i] = y[i] >= x[i] || y[i] != y[i] ? y[i] : x[i];
}
