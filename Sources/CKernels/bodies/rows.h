static void read_bytes(const uint8_t *restrict x, const float *restrict numbers, long count, float *restrict y) {
  for (long i = 0; i < count; i++) y[i] = numbers[x[i]];
}

static void transpose(const float *restrict from, long rows, long columns, long stride, float *restrict to,
                      long to_stride) {
  // Squares of sixteen: whole lines of the cache on both sides.
  enum { LINE = 16 };
  for (long row = 0; row < rows; row += LINE)
    for (long column = 0; column < columns; column += LINE)
      for (long r = row; r < rows && r < row + LINE; r++)
        for (long c = column; c < columns && c < column + LINE; c++) to[c * to_stride + r] = from[r * stride + c];
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
