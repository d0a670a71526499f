/// Where the entries of a group are: each chunk has room for all of its groups' rows, and one start more than groups.
struct entries {
  const float *values;
  const int32_t *places;
  long count;
};

INLINE struct entries entries_of(long g, const float *values, const int32_t *places, const int32_t *starts, long rows) {
  long chunk = g / CHUNK, base = chunk * CHUNK * rows;
  const int32_t *from = starts + chunk * (CHUNK + 1) + g % CHUNK;
  return (struct entries){values + (base + from[0]) * GROUP, places + base + from[0], from[1] - from[0]};
}

INLINE void copy_to_panel(const float *from, long rows, long stride, long columns, float *to) {
  if (columns == PANEL) {
    for (long r = 0; r < rows; r++)
      for (int i = 0; i < PANEL; i += LANES) store(to + r * PANEL + i, load(from + r * stride + i));
    return;
  }
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < PANEL; c++) to[r * PANEL + c] = c < columns ? from[r * stride + c] : 0;
}

static void copy_panel(const float *from, long rows, long stride, long columns, float *to) {
  copy_to_panel(from, rows, stride, columns, to);
}

INLINE void copy_row(const float *from, long columns, float *to) {
  if (columns == PANEL)
    for (int i = 0; i < PANEL; i += LANES) store(to + i, load(from + i));
  else
    for (long c = 0; c < columns; c++) to[c] = from[c];
}

static void copy_from_panel(const float *panel, long rows, long stride, long columns, float *to) {
  for (long r = 0; r < rows; r++) copy_row(panel + r * PANEL, columns, to + r * stride);
}

static void start_panel(const float *row, long rows, long columns, float *panel) {
  float first[PANEL] = {0};
  if (row) copy_row(row, columns, first);
  for (long r = 0; r < rows; r++) copy_row(first, PANEL, panel + r * PANEL);
}

static void sum_panel(const float *panel, long rows, long columns, float *sums) {
  float total[PANEL] = {0};
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < PANEL; c++) total[c] += panel[r * PANEL + c];
  copy_row(total, columns, sums);
}

// How many registers of a panel's row are worked on at once is known when this is compiled.
#define FOR_VECTORS(PART, COLUMNS)                                                                    \
  for (long first = 0, left = ((COLUMNS) + LANES - 1) / LANES; left > 0; first += PANEL_VECTORS * LANES) { \
    if (left >= PANEL_VECTORS) PART(PANEL_VECTORS);                                                   \
    else if (left == 3) PART(PANEL_VECTORS > 3 ? 3 : 1);                                              \
    else if (left == 2) PART(PANEL_VECTORS > 2 ? 2 : 1);                                              \
    else PART(1);                                                                                     \
    left -= PANEL_VECTORS;                                                                            \
  }

/// Adds to the rows of `panel` what the entries of one group make of the group's rows of w, in registers.
INLINE void add_group(struct entries found, const float *w, long stride, float *panel, const int vectors) {
  lanes weights[GROUP][PANEL_VECTORS];
  for (int j = 0; j < GROUP; j++)
    for (int i = 0; i < vectors; i++) weights[j][i] = load(w + j * stride + i * LANES);
  for (long k = 0; k < found.count; k++) {
    float *row = panel + found.places[k] * PANEL;
    lanes sum[PANEL_VECTORS];
    for (int i = 0; i < vectors; i++) sum[i] = load(row + i * LANES);
    for (int j = 0; j < GROUP; j++)
      for (int i = 0; i < vectors; i++) sum[i] += found.values[k * GROUP + j] * weights[j][i];
    for (int i = 0; i < vectors; i++) store(row + i * LANES, sum[i]);
  }
}

static void add_listed_products(const float *values, const int32_t *places, const int32_t *starts, long rows,
                                long width, const float *w, long stride, long columns, float *panel) {
  float padded[GROUP * PANEL];
  bool is_whole = columns % LANES == 0;
  for (long g = 0; g * GROUP < width; g++) {
    struct entries found = entries_of(g, values, places, starts, rows);
    const float *from = w + g * GROUP * stride;
    long inside = width - g * GROUP < GROUP ? width - g * GROUP : GROUP, step = stride;
    // The next group's weights lie in the third cache or farther, and no loop runs ahead to them over its unknown end.
    if ((g + 2) * GROUP <= width)
      for (int j = 0; j < GROUP; j++)
        for (long c = 0; c < columns; c += 16) __builtin_prefetch(from + (GROUP + j) * stride + c);
    if (!found.count) continue;
    if (!is_whole || inside < GROUP) {
      memset(padded, 0, sizeof padded);
      copy_to_panel(from, inside, stride, columns, padded);
      from = padded;
      step = PANEL;
    }
#define PART(VECTORS) add_group(found, from + first, step, panel + first, VECTORS)
    FOR_VECTORS(PART, columns)
#undef PART
  }
}

/// What one group's entries make of the rows of `panel`: the group's rows of the result, in registers until done.
INLINE void sum_group(struct entries found, const float *panel, bool adds, float *g, const int vectors) {
  lanes sum[GROUP][PANEL_VECTORS];
  for (int j = 0; j < GROUP; j++)
    for (int i = 0; i < vectors; i++) sum[j][i] = adds ? load(g + j * PANEL + i * LANES) : (lanes){0};
  for (long k = 0; k < found.count; k++) {
    const float *row = panel + found.places[k] * PANEL;
    for (int j = 0; j < GROUP; j++)
      for (int i = 0; i < vectors; i++) sum[j][i] += found.values[k * GROUP + j] * load(row + i * LANES);
  }
  for (int j = 0; j < GROUP; j++)
    for (int i = 0; i < vectors; i++) store(g + j * PANEL + i * LANES, sum[j][i]);
}

static void listed_transposed_products(const float *values, const int32_t *places, const int32_t *starts, long rows,
                                       long first_group, long last, const float *panel, long columns, bool adds,
                                       float *g) {
  for (long group = first_group; group < last; group++, g += GROUP * PANEL) {
    struct entries found = entries_of(group, values, places, starts, rows);
#define PART(VECTORS) sum_group(found, panel + first, adds, g + first, VECTORS)
    FOR_VECTORS(PART, columns)
#undef PART
  }
}
