// Products of matrices without zeros, by the tiles of a convolution: the sums of a tile stay in registers, and what all
// tiles share is packed so that it stays in the first cache. What is packed is on the stack.

enum {
  /// Rows of w that are packed at once.
  STRIP_ROWS = 256,
  /// Rows of x and dy whose products are summed at once, and how many columns of each are packed.
  TURNED_ROWS = 128,
  TURNED_NUMBERS = 48,
  TURNED_COLUMNS = 128,
};

/// to [rows, FILTERS] = the first `columns` of from, rows `stride` apart; 0 after them.
INLINE void pack(const float *from, long rows, long stride, long columns, float *to) {
  for (long r = 0; r < rows; r++, from += stride, to += FILTERS)
    for (int i = 0; i < FILTERS; i += LANES) store(to + i, load_beginning(from + i, columns - i));
}

EDGE pack_edge(const float *from, long rows, long stride, long columns, float *to) {
  pack(from, rows, stride, columns, to);
}

INLINE void pack_strip(const float *from, long rows, long stride, long columns, float *to) {
  if (columns < FILTERS) pack_edge(from, rows, stride, columns, to);
  else pack(from, rows, stride, FILTERS, to);
}

/// y [places, columns] = first + x·w for some rows of x, `stride` apart; first is a row, the rows of y itself, or 0
/// where it is NULL.
INLINE void dense_tile(const float *x, long stride, const float *w, long depth, const float *first, long first_stride,
                       float *y, long y_stride, long columns, const int places, const int vectors) {
  lanes sum[CONVOLVE_PLACES][CONVOLVE_VECTORS];
  for (int p = 0; p < places; p++)
    for (int i = 0; i < vectors; i++)
      sum[p][i] = first ? load_beginning(first + p * first_stride + i * LANES, columns - i * LANES) : (lanes){0};
  for (long n = 0; n < depth; n++, w += FILTERS)
    for (int p = 0; p < places; p++)
      for (int i = 0; i < vectors; i++) sum[p][i] += x[p * stride + n] * load(w + i * LANES);
  for (int p = 0; p < places; p++, y += y_stride)
    for (int i = 0; i < vectors; i++) store_beginning(y + i * LANES, sum[p][i], columns - i * LANES);
}

/// `places` rows of y, in all or fewer than all columns of a strip.
#define CASE(N)                                                                                                     \
  case N:                                                                                                           \
    if (!HAS_CASE(N)) break;                                                                                        \
    dense_tile(x, stride, w, depth, first, first_stride, y, y_stride, columns, HAS_CASE(N) ? N : 1, vectors);       \
    break;
INLINE void dense_rows(const float *x, long stride, const float *w, long depth, const float *first, long first_stride,
                       float *y, long y_stride, long columns, long places, const int vectors) {
  switch (places) { CASES }
}
#undef CASE

EDGE dense_edge(const float *x, long stride, const float *w, long depth, const float *first, long first_stride,
                float *y, long y_stride, long columns, long places) {
  if (columns > LANES)
    dense_rows(x, stride, w, depth, first, first_stride, y, y_stride, columns, places, CONVOLVE_VECTORS);
  else dense_rows(x, stride, w, depth, first, first_stride, y, y_stride, columns, places, 1);
}

/// y [rows, columns] = first + x·w for a strip of w, as `dense_tile`.
INLINE void multiply_strip(const float *x, long rows, long stride, const float *strip, long depth, const float *first,
                           long first_stride, float *y, long y_stride, long columns) {
  long parts = (rows + CONVOLVE_PLACES - 1) / CONVOLVE_PLACES;
  for (long part = 0; part < parts; part++) {
    long row = rows * part / parts, count = rows * (part + 1) / parts - row;
    const float *from = x + row * stride, *begin = first ? first + row * first_stride : NULL;
    float *to = y + row * y_stride;
    if (columns < FILTERS) dense_edge(from, stride, strip, depth, begin, first_stride, to, y_stride, columns, count);
    else dense_rows(from, stride, strip, depth, begin, first_stride, to, y_stride, FILTERS, count, CONVOLVE_VECTORS);
  }
}

static void multiply_dense(const float *x, long rows, long depth, const float *w, long stride, const float *bias,
                           float *y, long y_stride, long columns) {
  float strip[STRIP_ROWS * FILTERS];
  for (long c = 0; c < columns; c += FILTERS)
    for (long k = 0; k < depth; k += STRIP_ROWS) {
      long length = depth - k < STRIP_ROWS ? depth - k : STRIP_ROWS;
      long some = columns - c < FILTERS ? columns - c : FILTERS;
      pack_strip(w + k * stride + c, length, stride, some, strip);
      const float *first = k ? y + c : bias ? bias + c : NULL;
      multiply_strip(x + k, rows, depth, strip, length, first, k ? y_stride : 0, y + c, y_stride, some);
    }
}

/// to [columns, FILTERS] = wᵀ for `rows` rows of a matrix in panels, from a column on; 0 after the rows.
INLINE void pack_turned(struct kernel_panels w, long row, long rows, long column, long columns, float *to) {
  if (rows < FILTERS) memset(to, 0, (size_t)(columns * FILTERS) * sizeof *to);
  for (long done = 0, some; done < columns; done += some) {
    long panel = (column + done) / w.width * w.width, inside = column + done - panel;
    long width = w.columns - panel < w.width ? w.columns - panel : w.width;
    some = width - inside < columns - done ? width - inside : columns - done;
    transpose(w.numbers + panel * w.rows + row * width + inside, rows, some, width, to + done * FILTERS, FILTERS);
  }
}

static void multiply_dense_back(const float *dy, long rows, struct kernel_panels w, float *dx, long stride, long first,
                                long columns) {
  float strip[STRIP_ROWS * FILTERS];
  for (long c = first; c < first + columns; c += FILTERS)
    for (long k = 0; k < w.columns; k += STRIP_ROWS) {
      long depth = w.columns - k < STRIP_ROWS ? w.columns - k : STRIP_ROWS;
      long some = first + columns - c < FILTERS ? first + columns - c : FILTERS;
      pack_turned(w, c, some, k, depth, strip);
      multiply_strip(dy + k, rows, w.columns, strip, depth, k ? dx + c : NULL, stride, dx + c, stride, some);
    }
}

/// g [numbers, columns] = or += xᵀ·dy for some columns of packed x, and a packed strip of dy.
INLINE void dense_turned_tile(const float *x, long rows, const float *dy, bool adds, float *g, long stride,
                              long columns, const int numbers, const int vectors) {
  lanes sum[CONVOLVE_PLACES][CONVOLVE_VECTORS];
  for (int n = 0; n < numbers; n++)
    for (int i = 0; i < vectors; i++)
      sum[n][i] = load_beginning(g + n * stride + i * LANES, adds ? columns - i * LANES : 0);
  for (long r = 0; r < rows; r++, x += TURNED_NUMBERS, dy += FILTERS)
    for (int n = 0; n < numbers; n++)
      for (int i = 0; i < vectors; i++) sum[n][i] += x[n] * load(dy + i * LANES);
  for (int n = 0; n < numbers; n++, g += stride)
    for (int i = 0; i < vectors; i++) store_beginning(g + i * LANES, sum[n][i], columns - i * LANES);
}

/// `numbers` columns of packed x, in all or fewer than all columns of a strip.
#define CASE(N)                                                                                     \
  case N:                                                                                           \
    if (!HAS_CASE(N)) break;                                                                        \
    dense_turned_tile(x, rows, dy, adds, g, stride, columns, HAS_CASE(N) ? N : 1, vectors);         \
    break;
INLINE void dense_turned_rows(const float *x, long rows, const float *dy, bool adds, float *g, long stride,
                              long columns, long numbers, const int vectors) {
  switch (numbers) { CASES }
}
#undef CASE

EDGE dense_turned_edge(const float *x, long rows, const float *dy, bool adds, float *g, long stride, long columns,
                       long numbers) {
  if (columns > LANES) dense_turned_rows(x, rows, dy, adds, g, stride, columns, numbers, CONVOLVE_VECTORS);
  else dense_turned_rows(x, rows, dy, adds, g, stride, columns, numbers, 1);
}

EDGE pack_rows(const float *x, long rows, long width, long numbers, float *to) {
  for (long r = 0; r < rows; r++) memcpy(to + r * TURNED_NUMBERS, x + r * width, (size_t)numbers * sizeof *to);
}

INLINE void multiply_turned_columns(const float *x, long rows, long width, long depth, const float *dy,
                                    long dy_stride, long columns, float *g, long stride) {
  float left[TURNED_ROWS * TURNED_NUMBERS], right[TURNED_ROWS * TURNED_COLUMNS];
  for (long row = 0; row < rows; row += TURNED_ROWS) {
    long count = rows - row < TURNED_ROWS ? rows - row : TURNED_ROWS;
    for (long c = 0; c < columns; c += FILTERS)
      pack_strip(dy + row * dy_stride + c, count, dy_stride, columns - c, right + c * TURNED_ROWS);
    for (long k = 0; k < depth; k += TURNED_NUMBERS) {
      long numbers = depth - k < TURNED_NUMBERS ? depth - k : TURNED_NUMBERS;
      long parts = (numbers + CONVOLVE_PLACES - 1) / CONVOLVE_PLACES;
      pack_rows(x + row * width + k, count, width, numbers, left);
      for (long c = 0; c < columns; c += FILTERS)
        for (long part = 0; part < parts; part++) {
          long first = numbers * part / parts, some = numbers * (part + 1) / parts - first;
          const float *strip = right + c * TURNED_ROWS;
          float *to = g + (k + first) * stride + c;
          if (columns - c < FILTERS)
            dense_turned_edge(left + first, count, strip, row > 0, to, stride, columns - c, some);
          else
            dense_turned_rows(left + first, count, strip, row > 0, to, stride, FILTERS, some, CONVOLVE_VECTORS);
        }
    }
  }
}

static void multiply_dense_turned(const float *x, long rows, long width, long depth, const float *dy, long dy_stride,
                                  long columns, float *g, long stride) {
  for (long c = 0; c < columns; c += TURNED_COLUMNS)
    multiply_turned_columns(x, rows, width, depth, dy + c, dy_stride,
                            columns - c < TURNED_COLUMNS ? columns - c : TURNED_COLUMNS, g + c, stride);
}
