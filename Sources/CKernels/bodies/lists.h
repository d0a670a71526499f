enum { GROUP = KERNEL_GROUP, PANEL = KERNEL_PANEL, TILE = KERNEL_TILE };

// An entry is written in any case, and counts only where something of it is not 0: no branch to guess wrong. The
// entries of a chunk of groups are found first, then put one behind the other, so that they are read from few pages in
// order.
enum { CHUNK = KERNEL_CHUNK };

/// What is found in the rows of a tile: lengths of rows that do not make all of them meet in the same places of the
/// cache.
struct found {
  int32_t counts[CHUNK];
  uint8_t rows[CHUNK][TILE + 16];
  uint32_t words[CHUNK][TILE + 4];
};
struct found_floats {
  int32_t counts[CHUNK];
  uint8_t rows[CHUNK][TILE + 16];
  float numbers[CHUNK][TILE + 1][GROUP];
};

/// The groups of a chunk: the first of all, how many are there, and how many of them have all of their columns.
struct extent {
  long first, groups, whole;
};

INLINE struct extent extent_of(long chunk, long width) {
  long first = chunk * CHUNK, left = width - first * GROUP;
  long groups = (left + GROUP - 1) / GROUP, whole = left / GROUP;
  return (struct extent){first, groups < CHUNK ? groups : CHUNK, whole < CHUNK ? whole : CHUNK};
}

INLINE void find_floats(const float *from, long columns, long r, long g, struct found_floats *found) {
  uint32_t bits[GROUP] = {0}, any = 0;
  long slot = found->counts[g];
  for (long i = 0; i < columns; i++) memcpy(bits + i, from + i, sizeof *bits);
  memcpy(found->numbers[g][slot], bits, sizeof bits);
  found->rows[g][slot] = (uint8_t)r;
  for (int i = 0; i < GROUP; i++) any |= bits[i] << 1;  // −0 is 0 too
  found->counts[g] += any != 0;
}

static void list_groups(const float *x, long rows, long width, long chunk, float *values, int32_t *places,
                               int32_t *starts) {
  struct extent here = extent_of(chunk, width);
  long first = here.first, whole = here.whole, groups = here.groups, start = 0;
  struct found_floats found;
  memset(found.counts, 0, sizeof found.counts);
  for (long r = 0; r < rows; r++) {
    const float *row = x + r * width + first * GROUP;
    for (long g = 0; g < whole; g++) find_floats(row + g * GROUP, GROUP, r, g, &found);
    if (whole < groups) find_floats(row + whole * GROUP, width % GROUP, r, whole, &found);
  }
  for (long g = 0; g < groups; g++) {
    starts[g] = (int32_t)start;
    memcpy(values + start * GROUP, found.numbers[g], (size_t)found.counts[g] * GROUP * sizeof *values);
    for (long k = 0; k < found.counts[g]; k++) places[start + k] = found.rows[g][k];
    start += found.counts[g];
  }
  starts[groups] = (int32_t)start;
}

/// Rows of a shuffled set lie anywhere in memory: each is asked for so many rows before it is read.
enum { AHEAD = 24 };

INLINE void prefetch(const uint8_t *from, long count) {
  __builtin_prefetch(from);
  __builtin_prefetch(from + count - 1);
}

INLINE void find(const uint8_t *from, long columns, long r, long g, struct found *found) {
  uint32_t word = 0;
  if (columns == GROUP) memcpy(&word, from, sizeof word);
  else memcpy(&word, from, (size_t)columns);
  found->words[g][found->counts[g]] = word;
  found->rows[g][found->counts[g]] = (uint8_t)r;
  found->counts[g] += word != 0;
}

static void list_groups_of_bytes(const uint8_t *x, const long *rows_of_x, long rows, long width,
                                        const float *numbers, long chunk, float *values, int32_t *places,
                                        int32_t *starts) {
  struct extent here = extent_of(chunk, width);
  long first = here.first, whole = here.whole, groups = here.groups, start = 0;
  struct found found;
  memset(found.counts, 0, sizeof found.counts);
  x += first * GROUP;
  long near = width - first * GROUP < CHUNK * GROUP ? width - first * GROUP : CHUNK * GROUP;
  for (long r = 0; r < AHEAD && r < rows; r++) prefetch(x + rows_of_x[r] * width, near);
  for (long r = 0; r < rows; r++) {
    const uint8_t *row = x + rows_of_x[r] * width;
    if (r + AHEAD < rows) prefetch(x + rows_of_x[r + AHEAD] * width, near);
    for (long g = 0; g < whole; g++) find(row + g * GROUP, GROUP, r, g, &found);
    if (whole < groups) find(row + whole * GROUP, width % GROUP, r, whole, &found);
  }
  for (long g = 0; g < groups; g++) {
    starts[g] = (int32_t)start;
    for (long k = 0; k < found.counts[g]; k++) {
      uint8_t bytes[GROUP];
      memcpy(bytes, &found.words[g][k], sizeof bytes);
      for (int i = 0; i < GROUP; i++) values[(start + k) * GROUP + i] = numbers[bytes[i]];
      places[start + k] = found.rows[g][k];
    }
    start += found.counts[g];
  }
  starts[groups] = (int32_t)start;
}

static long count_groups(const float *x, long count) {
  long found = 0, i = 0;
  for (; i + GROUP <= count; i += GROUP) found += x[i] != 0 || x[i + 1] != 0 || x[i + 2] != 0 || x[i + 3] != 0;
  for (; i < count; i++)
    if (x[i] != 0) return found + 1;
  return found;
}

static long count_nonzero(const float *x, long count) {
  long total = 0;
  for (long start = 0; start < count; start += 1 << 20) {
    long end = start + (1 << 20) < count ? start + (1 << 20) : count;
    int32_t found = 0;
    for (long i = start; i < end; i++) found += x[i] != 0;
    total += found;
  }
  return total;
}

/// Every number is written, and counts only where it is not 0: no branch to guess wrong.
INLINE long list_row(const float *x, long from, long width, float *values, int32_t *places) {
  long found = 0;
  for (long i = from; i < width; i++) {
    values[found] = x[i];
    places[found] = (int32_t)i;
    found += x[i] != 0;
  }
  return found;
}

/// The same, a register at a time. Whole registers are written: there is room after the last.
static long list_lanes(const float *x, long width, float *values, int32_t *places) {
  long found = 0;
  for (long i = 0; i + LANES <= width; i += LANES) {
    lanes numbers = load(x + i);
    found += compress(numbers, numbered() + (int32_t)i, numbers != 0, values + found, places + found);
  }
  return found;
}

static void csr_from_dense(const float *x, long rows, long width, float *values, int32_t *places, int32_t *starts) {
  long found = 0, whole = width / LANES * LANES;
  for (long r = 0; r < rows; r++, x += width) {
    starts[r] = (int32_t)found;
    found += list_lanes(x, width, values + found, places + found);
    found += list_row(x, whole, width, values + found, places + found);
  }
  starts[rows] = (int32_t)found;
}

static void csr_transpose(const float *values, const int32_t *places, const int32_t *starts, long rows,
                              long width, const int32_t *offsets, float *turned_values, int32_t *turned_offsets,
                              int32_t *turned_starts, float *sums) {
  for (long c = 0; c <= width; c++) turned_starts[c] = 0;
  for (long k = 0; k < starts[rows]; k++) turned_starts[places[k] + 1]++;
  for (long c = 0; c < width; c++) turned_starts[c + 1] += turned_starts[c];
  // Each start moves on to its end, which is the next one's start, and is put back then.
  for (long r = 0; r < rows; r++)
    for (long k = starts[r]; k < starts[r + 1]; k++) {
      long slot = turned_starts[places[k]]++;
      turned_values[slot] = values[k];
      turned_offsets[slot] = offsets[r];
      sums[places[k]] += values[k];
    }
  for (long c = width; c > 0; c--) turned_starts[c] = turned_starts[c - 1];
  turned_starts[0] = 0;
}
