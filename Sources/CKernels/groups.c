#include "CKernels.h"
#include "levels.h"

enum { GROUP = KERNEL_GROUP, PANEL = KERNEL_PANEL, TILE = KERNEL_TILE };

// An entry is written in any case, and counts only where something of it is not 0: no branch to guess wrong. Counts are
// kept apart until all rows are listed: those of other threads stand in the same lines of the cache.
enum { CHUNK = 64 };

INLINE void list_entry(const float *from, long columns, long r, long slot, float *values, int32_t *places,
                       int32_t *found) {
  uint32_t bits[GROUP] = {0}, any = 0;
  for (long i = 0; i < columns; i++) memcpy(bits + i, from + i, sizeof *bits);
  memcpy(values + slot * GROUP, bits, sizeof bits);
  places[slot] = (int32_t)r;
  for (int i = 0; i < GROUP; i++) any |= bits[i] << 1;  // −0 is 0 too
  *found += any != 0;
}

LEVELS void kernel_list_groups(const float *x, long rows, long width, long first, long last, float *values,
                               int32_t *places, int32_t *counts) {
  for (long start = first; start < last; start += CHUNK) {
    long end = start + CHUNK < last ? start + CHUNK : last, whole = end * GROUP <= width ? end : end - 1;
    int32_t found[CHUNK] = {0};
    for (long r = 0; r < rows; r++) {
      const float *row = x + r * width;
      for (long g = start; g < whole; g++)
        list_entry(row + g * GROUP, GROUP, r, g * rows + found[g - start], values, places, found + g - start);
      for (long g = whole; g < end; g++)
        list_entry(row + g * GROUP, width - g * GROUP, r, g * rows + found[g - start], values, places,
                   found + g - start);
    }
    memcpy(counts + start, found, (size_t)(end - start) * sizeof *counts);
  }
}

/// Rows of a shuffled set lie anywhere in memory: each is asked for so many rows before it is read.
enum { AHEAD = 12, LINE = 64 };

INLINE void prefetch(const uint8_t *from, long count) {
  for (long i = 0; i < count; i += LINE) __builtin_prefetch(from + i);
  __builtin_prefetch(from + count - 1);
}

/// What is found in the rows of a tile, as bytes: small enough for the first cache, and lengths of rows that do not make
/// all of them meet in the same few places of it.
struct found {
  int32_t counts[CHUNK];
  uint32_t words[CHUNK][TILE + 4];
  uint8_t rows[CHUNK][TILE + 16];
};

INLINE void find(const uint8_t *from, long columns, long r, long g, struct found *found) {
  uint32_t word = 0;
  if (columns == GROUP) memcpy(&word, from, sizeof word);
  else memcpy(&word, from, (size_t)columns);
  found->words[g][found->counts[g]] = word;
  found->rows[g][found->counts[g]] = (uint8_t)r;
  found->counts[g] += word != 0;
}

INLINE void read_found(const struct found *found, long g, const float *numbers, float *values, int32_t *places) {
  for (long k = 0; k < found->counts[g]; k++) {
    uint8_t bytes[GROUP];
    memcpy(bytes, &found->words[g][k], sizeof bytes);
    for (int i = 0; i < GROUP; i++) values[k * GROUP + i] = numbers[bytes[i]];
    places[k] = found->rows[g][k];
  }
}

LEVELS void kernel_list_groups_of_bytes(const uint8_t *x, const long *rows_of_x, long rows, long width,
                                        const float *numbers, long first, long last, float *values, int32_t *places,
                                        int32_t *counts) {
  for (long start = first; start < last; start += CHUNK) {
    long end = start + CHUNK < last ? start + CHUNK : last, whole = end * GROUP <= width ? end : end - 1;
    struct found found;
    memset(found.counts, 0, sizeof found.counts);
    for (long r = 0; r < rows; r++) {
      const uint8_t *row = x + rows_of_x[r] * width;
      if (r + AHEAD < rows)
        prefetch(x + rows_of_x[r + AHEAD] * width + start * GROUP, whole * GROUP - start * GROUP + 1);
      for (long g = start; g < whole; g++) find(row + g * GROUP, GROUP, r, g - start, &found);
      if (whole < end) find(row + whole * GROUP, width - whole * GROUP, r, whole - start, &found);
    }
    for (long g = start; g < end; g++) {
      read_found(&found, g - start, numbers, values + g * rows * GROUP, places + g * rows);
      counts[g] = found.counts[g - start];
    }
  }
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
INLINE void add_products(const float *values, const int32_t *places, long count, const float *w, long stride,
                         float *panel, const int vectors) {
  lanes weights[GROUP][PANEL / LANES];
  for (int j = 0; j < GROUP; j++)
    for (int i = 0; i < vectors; i++) weights[j][i] = load(w + j * stride + i * LANES);
  for (long k = 0; k < count; k++) {
    float *row = panel + places[k] * PANEL;
    lanes sum[PANEL / LANES];
    for (int i = 0; i < vectors; i++) sum[i] = load(row + i * LANES);
    for (int j = 0; j < GROUP; j++)
      for (int i = 0; i < vectors; i++) sum[i] += values[k * GROUP + j] * weights[j][i];
    for (int i = 0; i < vectors; i++) store(row + i * LANES, sum[i]);
  }
}

LEVELS void kernel_add_listed_products(const float *values, const int32_t *places, const int32_t *counts, long rows,
                                       long width, const float *w, long stride, long columns, float *panel) {
  float padded[GROUP * PANEL];
  for (long g = 0; g * GROUP < width; g++) {
    const float *v = values + g * rows * GROUP, *from = w + g * GROUP * stride;
    const int32_t *p = places + g * rows;
    long inside = width - g * GROUP < GROUP ? width - g * GROUP : GROUP, step = stride;
    if (!counts[g]) continue;
    if (columns < PANEL || inside < GROUP) {
      memset(padded, 0, sizeof padded);
      copy_panel(from, inside, stride, columns, padded);
      from = padded;
      step = PANEL;
    }
    if (columns <= LANES) add_products(v, p, counts[g], from, step, panel, 1);
    else if (columns <= 2 * LANES) add_products(v, p, counts[g], from, step, panel, 2);
    else add_products(v, p, counts[g], from, step, panel, PANEL / LANES);
  }
}

/// What one group's entries make of the rows of `panel`: the group's rows of the result, in registers until done.
INLINE void sum_products(const float *values, const int32_t *places, long count, const float *panel, bool adds,
                         float *g, const int vectors) {
  lanes sum[GROUP][PANEL / LANES];
  for (int j = 0; j < GROUP; j++)
    for (int i = 0; i < vectors; i++) sum[j][i] = adds ? load(g + j * PANEL + i * LANES) : (lanes){0};
  for (long k = 0; k < count; k++) {
    const float *row = panel + places[k] * PANEL;
    for (int j = 0; j < GROUP; j++)
      for (int i = 0; i < vectors; i++) sum[j][i] += values[k * GROUP + j] * load(row + i * LANES);
  }
  for (int j = 0; j < GROUP; j++)
    for (int i = 0; i < vectors; i++) store(g + j * PANEL + i * LANES, sum[j][i]);
}

LEVELS void kernel_listed_transposed_products(const float *values, const int32_t *places, const int32_t *counts,
                                              long rows, long first, long last, const float *panel, long columns,
                                              bool adds, float *g) {
  for (long group = first; group < last; group++, g += GROUP * PANEL) {
    const float *v = values + group * rows * GROUP;
    const int32_t *p = places + group * rows;
    if (columns <= LANES) sum_products(v, p, counts[group], panel, adds, g, 1);
    else if (columns <= 2 * LANES) sum_products(v, p, counts[group], panel, adds, g, 2);
    else sum_products(v, p, counts[group], panel, adds, g, PANEL / LANES);
  }
}

LEVELS long kernel_count_groups(const float *x, long count) {
  long found = 0, i = 0;
  for (; i + GROUP <= count; i += GROUP) found += x[i] != 0 || x[i + 1] != 0 || x[i + 2] != 0 || x[i + 3] != 0;
  for (; i < count; i++)
    if (x[i] != 0) return found + 1;
  return found;
}
