enum { GROUP = KERNEL_GROUP, PANEL = KERNEL_PANEL, TILE = KERNEL_TILE };

// An entry is written in any case, and counts only where something of it is not 0: no branch to guess wrong. The
// entries of a chunk of groups are found first, then put one behind the other, so that they are read from few pages in
// order.
enum { CHUNK = KERNEL_CHUNK };

/// What is found in the rows of a tile: lengths of rows that do not make all of them meet in the same places of the
/// cache, with room for a register more.
struct found {
  int32_t counts[CHUNK];
  int32_t rows[CHUNK][TILE + 20];
  /// The group's four bytes.
  float words[CHUNK][TILE + 20];
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

/// Rows of registers become columns: blocks of half the size change places, then those of a quarter, and so on.
#if defined(MASK_512)
#define EACH(FROM, H) \
  FROM(0, H), FROM(1, H), FROM(2, H), FROM(3, H), FROM(4, H), FROM(5, H), FROM(6, H), FROM(7, H), FROM(8, H), \
      FROM(9, H), FROM(10, H), FROM(11, H), FROM(12, H), FROM(13, H), FROM(14, H), FROM(15, H)
#elif defined(MASK_256)
#define EACH(FROM, H) FROM(0, H), FROM(1, H), FROM(2, H), FROM(3, H), FROM(4, H), FROM(5, H), FROM(6, H), FROM(7, H)
#else
#define EACH(FROM, H) FROM(0, H), FROM(1, H), FROM(2, H), FROM(3, H)
#endif
#define UPPER(L, H) ((L) & (H) ? LANES + (L) - (H) : (L))
#define LOWER(L, H) ((L) & (H) ? LANES + (L) : (L) + (H))
#define EXCHANGE(H)                                                           \
  _Pragma("clang loop unroll(full)") for (int i = 0; i < LANES; i++) {        \
    if (i & (H)) continue;                                                    \
    integers a = block[i], b = block[i + (H)];                                \
    block[i] = __builtin_shufflevector(a, b, EACH(UPPER, H));                 \
    block[i + (H)] = __builtin_shufflevector(a, b, EACH(LOWER, H));           \
  }
INLINE void turn(integers block[LANES]) {
#if defined(MASK_512)
  EXCHANGE(8)
#endif
#if defined(MASK_512) || defined(MASK_256)
  EXCHANGE(4)
#endif
  EXCHANGE(2)
  EXCHANGE(1)
}

/// Lists as many groups of as many rows as a register has places: turned, a register is a group.
INLINE void list_block(integers block[LANES], long first_row, struct found *found, long group) {
  turn(block);
  _Pragma("clang loop unroll(full)") for (int i = 0; i < LANES; i++) {
    int32_t count = found->counts[group + i];
    found->counts[group + i] += (int32_t)compress((lanes)block[i], numbered() + (int32_t)first_row, block[i] != 0,
                                                  found->words[group + i] + count, found->rows[group + i] + count);
  }
}

INLINE integers load_groups(const uint8_t *from) {
  integers groups;
  memcpy(&groups, from, sizeof groups);
  return groups;
}

INLINE void find(const uint8_t *x, const long *rows_of_x, long width, long first_row, struct found *found, long group) {
  integers block[LANES];
  _Pragma("clang loop unroll(full)") for (int i = 0; i < LANES; i++)
    block[i] = load_groups(x + rows_of_x[first_row + i] * width);
  list_block(block, first_row, found, group);
}

/// The same where there are fewer rows, or only `left` bytes of each.
static __attribute__((noinline)) void find_edge(const uint8_t *x, const long *rows_of_x, long rows, long width,
                                                long left, long first_row, struct found *found, long group) {
  uint8_t rest[LANES][sizeof(integers)] = {{0}};
  size_t count = left < (long)sizeof(integers) ? (size_t)left : sizeof(integers);
  for (long i = 0; i < LANES && first_row + i < rows; i++) memcpy(rest[i], x + rows_of_x[first_row + i] * width, count);
  integers block[LANES];
  _Pragma("clang loop unroll(full)") for (int i = 0; i < LANES; i++) block[i] = load_groups(rest[i]);
  list_block(block, first_row, found, group);
}

static void list_groups_of_bytes(const uint8_t *x, const long *rows_of_x, long rows, long width,
                                        const float *numbers, long chunk, float *values, int32_t *places,
                                        int32_t *starts) {
  struct extent here = extent_of(chunk, width);
  long start = 0, first_column = here.first * GROUP;
  struct found found;
  memset(found.counts, 0, sizeof found.counts);
  long near = width - first_column < CHUNK * GROUP ? width - first_column : CHUNK * GROUP;
  for (long r = 0; r < AHEAD && r < rows; r++) prefetch(x + rows_of_x[r] * width + first_column, near);
  for (long r = 0; r < rows; r += LANES) {
    for (long i = r + AHEAD; i < r + AHEAD + LANES && i < rows; i++)
      prefetch(x + rows_of_x[i] * width + first_column, near);
    for (long g = 0; g < here.groups; g += LANES) {
      const uint8_t *from = x + first_column + g * GROUP;
      long left = width - first_column - g * GROUP;
      if (r + LANES <= rows && left >= LANES * GROUP) find(from, rows_of_x, width, r, &found, g);
      else find_edge(from, rows_of_x, rows, width, left, r, &found, g);
    }
  }
  for (long g = 0; g < here.groups; g++) {
    starts[g] = (int32_t)start;
    const uint8_t *bytes = (const uint8_t *)found.words[g];
    for (long k = 0; k < found.counts[g] * GROUP; k++) values[start * GROUP + k] = numbers[bytes[k]];
    memcpy(places + start, found.rows[g], (size_t)found.counts[g] * sizeof *places);
    start += found.counts[g];
  }
  starts[here.groups] = (int32_t)start;
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
