#include "CKernels.h"
#include "levels.h"

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

LEVELS void kernel_list_groups(const float *x, long rows, long width, long chunk, float *values, int32_t *places,
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

LEVELS void kernel_list_groups_of_bytes(const uint8_t *x, const long *rows_of_x, long rows, long width,
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

INLINE void copy_panel(const float *from, long rows, long stride, long columns, float *to) {
  if (columns == PANEL) {
    for (long r = 0; r < rows; r++)
      for (int i = 0; i < PANEL; i += LANES) store(to + r * PANEL + i, load(from + r * stride + i));
    return;
  }
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < PANEL; c++) to[r * PANEL + c] = c < columns ? from[r * stride + c] : 0;
}

LEVELS void kernel_copy_panel(const float *from, long rows, long stride, long columns, float *to) {
  copy_panel(from, rows, stride, columns, to);
}

INLINE void copy_row(const float *from, long columns, float *to) {
  if (columns == PANEL)
    for (int i = 0; i < PANEL; i += LANES) store(to + i, load(from + i));
  else
    for (long c = 0; c < columns; c++) to[c] = from[c];
}

LEVELS void kernel_copy_from_panel(const float *panel, long rows, long stride, long columns, float *to) {
  for (long r = 0; r < rows; r++) copy_row(panel + r * PANEL, columns, to + r * stride);
}

LEVELS void kernel_start_panel(const float *row, long rows, long columns, float *panel) {
  float first[PANEL] = {0};
  if (row) copy_row(row, columns, first);
  for (long r = 0; r < rows; r++) copy_row(first, PANEL, panel + r * PANEL);
}

LEVELS void kernel_sum_panel(const float *panel, long rows, long columns, float *sums) {
  float total[PANEL] = {0};
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < PANEL; c++) total[c] += panel[r * PANEL + c];
  copy_row(total, columns, sums);
}

/// Adds to the rows of `panel` what the entries of one group make of the group's rows of w, in registers.
INLINE void add_products(struct entries found, const float *w, long stride, float *panel, const int vectors) {
  lanes weights[GROUP][PANEL / LANES];
  for (int j = 0; j < GROUP; j++)
    for (int i = 0; i < vectors; i++) weights[j][i] = load(w + j * stride + i * LANES);
  for (long k = 0; k < found.count; k++) {
    float *row = panel + found.places[k] * PANEL;
    lanes sum[PANEL / LANES];
    for (int i = 0; i < vectors; i++) sum[i] = load(row + i * LANES);
    for (int j = 0; j < GROUP; j++)
      for (int i = 0; i < vectors; i++) sum[i] += found.values[k * GROUP + j] * weights[j][i];
    for (int i = 0; i < vectors; i++) store(row + i * LANES, sum[i]);
  }
}

LEVELS void kernel_add_listed_products(const float *values, const int32_t *places, const int32_t *starts, long rows,
                                       long width, const float *w, long stride, long columns, float *panel) {
  float padded[GROUP * PANEL];
  bool is_whole = columns == PANEL || columns == 2 * LANES || columns == LANES;
  for (long g = 0; g * GROUP < width; g++) {
    struct entries found = entries_of(g, values, places, starts, rows);
    const float *from = w + g * GROUP * stride;
    long inside = width - g * GROUP < GROUP ? width - g * GROUP : GROUP, step = stride;
    // The next group's weights lie in the third cache or farther, and no loop runs ahead to them over its unknown end.
    if ((g + 2) * GROUP <= width)
      for (int j = 0; j < GROUP; j++)
        for (long c = 0; c < columns; c += LANES) __builtin_prefetch(from + (GROUP + j) * stride + c);
    if (!found.count) continue;
    if (!is_whole || inside < GROUP) {
      memset(padded, 0, sizeof padded);
      copy_panel(from, inside, stride, columns, padded);
      from = padded;
      step = PANEL;
    }
    if (columns <= LANES) add_products(found, from, step, panel, 1);
    else if (columns <= 2 * LANES) add_products(found, from, step, panel, 2);
    else add_products(found, from, step, panel, PANEL / LANES);
  }
}

/// What one group's entries make of the rows of `panel`: the group's rows of the result, in registers until done.
INLINE void sum_products(struct entries found, const float *panel, bool adds, float *g, const int vectors) {
  lanes sum[GROUP][PANEL / LANES];
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

LEVELS void kernel_listed_transposed_products(const float *values, const int32_t *places, const int32_t *starts,
                                              long rows, long first, long last, const float *panel, long columns,
                                              bool adds, float *g) {
  for (long group = first; group < last; group++, g += GROUP * PANEL) {
    struct entries found = entries_of(group, values, places, starts, rows);
    if (columns <= LANES) sum_products(found, panel, adds, g, 1);
    else if (columns <= 2 * LANES) sum_products(found, panel, adds, g, 2);
    else sum_products(found, panel, adds, g, PANEL / LANES);
  }
}

LEVELS long kernel_count_groups(const float *x, long count) {
  long found = 0, i = 0;
  for (; i + GROUP <= count; i += GROUP) found += x[i] != 0 || x[i + 1] != 0 || x[i + 2] != 0 || x[i + 3] != 0;
  for (; i < count; i++)
    if (x[i] != 0) return found + 1;
  return found;
}

LEVELS long kernel_count_nonzero(const float *x, long count) {
  long total = 0;
  for (long start = 0; start < count; start += 1 << 20) {
    long end = start + (1 << 20) < count ? start + (1 << 20) : count;
    int32_t found = 0;
    for (long i = start; i < end; i++) found += x[i] != 0;
    total += found;
  }
  return total;
}
