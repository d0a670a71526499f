#ifndef CKERNELS_H
#define CKERNELS_H

#include <stdbool.h>
#include <stdint.h>

// Hot loops, each built for several levels of the processor and chosen when the program is loaded. They know numbers
// and places, no layers and no optimizers. Every sum has one order, whatever part of the work a call is given.

/// Tells the processor that this is a loop that waits.
static inline void kernel_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Multiplies and adds as fast as the processor can, and nothing else; how many operations that were.
/// factors is [3]: what is multiplied by, what is added, and a number that hangs on all of them, written at the end.
long kernel_peak(long rounds, float *factors);

enum {
  /// Columns beside each other that are listed together.
  KERNEL_GROUP = 4,
  /// Groups whose lists are made, and stand, together.
  KERNEL_CHUNK = 16,
  /// Filters that are convolved at once: two registers of sixteen.
  KERNEL_FILTERS = 32,
  /// Columns that one panel of a result has at most: four registers of sixteen.
  KERNEL_PANEL = 64,
  /// Rows that are listed at once, at most: a panel of so many stays in the first cache.
  KERNEL_TILE = 128,
};

/// How many of the numbers are not 0.
long kernel_count_nonzero(const float *x, long count);

/// How many groups of numbers beside each other have one that is not 0.
long kernel_count_groups(const float *x, long count);

/// Lists for each group of one chunk of x's columns, x [rows, width], the rows in which one of the group is not 0.
/// values [CHUNK·rows, GROUP], 0 behind the last column, and places [CHUNK·rows], the rows, are those of this chunk;
/// group g of it has entries starts[g] ..< starts[g + 1].
void kernel_list_groups(const float *x, long rows, long width, long chunk, float *values, int32_t *places,
                        int32_t *starts);

/// The same of bytes, which are read as numbers[byte], of which numbers[0] is 0; row r is row rows_of_x[r] of x.
void kernel_list_groups_of_bytes(const uint8_t *x, const long *rows_of_x, long rows, long width, const float *numbers,
                                 long chunk, float *values, int32_t *places, int32_t *starts);

/// Lists the numbers of each row of x [rows, width] that are not 0: row r has entries starts[r] ..< starts[r + 1].
/// There is room for rows·width + 16 entries.
void kernel_list_rows(const float *x, long rows, long width, float *values, int32_t *places, int32_t *starts);

/// The same lists by columns, rows in order, each by its mark; sums[c] += Σ of column c.
void kernel_turn_lists(const float *values, const int32_t *places, const int32_t *starts, long rows, long width,
                       const int32_t *marks, float *turned_values, int32_t *turned_marks, int32_t *turned_starts,
                       float *sums);

/// sums[f] [height, vectors·16] += Σ over entries k of f of values[k]·(patch of the image at offsets[k]): `height`
/// rows, `line` floats apart, of `vectors`·16 floats.
void kernel_sum_patches(const float *values, const int32_t *offsets, const int32_t *starts, long filters,
                        const float *image, long line, long height, long vectors, float *sums);

/// For each of `count` places p: patch of the image at offsets[p] += Σ over entries k of p of values[k]·w[places[k]].
void kernel_add_patches(const float *values, const int32_t *places, const int32_t *starts, long count,
                        const int32_t *offsets, const float *w, long height, long vectors, float *image, long line);

/// to [rows, PANEL] = the first `columns` of from, rows `stride` apart; 0 behind them.
void kernel_copy_panel(const float *from, long rows, long stride, long columns, float *to);

/// The other way: `columns` columns of to, rows `stride` apart, = panel [rows, PANEL].
void kernel_copy_from_panel(const float *panel, long rows, long stride, long columns, float *to);

/// panel[r, :] = row, or 0 when that is NULL; 0 behind its columns.
void kernel_start_panel(const float *row, long rows, long columns, float *panel);

/// sums[0 ..< columns] = Σ over r of panel[r, :]
void kernel_sum_panel(const float *panel, long rows, long columns, float *sums);

/// panel [rows, PANEL] += x·w for listed x [rows, width] and `columns` columns of w, rows `stride` apart.
void kernel_add_listed_products(const float *values, const int32_t *places, const int32_t *starts, long rows,
                                long width, const float *w, long stride, long columns, float *panel);

/// g [(last − first)·GROUP, PANEL] = xᵀ·panel for groups first ..< last of listed x, panel [rows, PANEL]; or += it.
void kernel_listed_transposed_products(const float *values, const int32_t *places, const int32_t *starts, long rows,
                                       long first, long last, const float *panel, long columns, bool adds, float *g);

/// y[p, :columns] = bias + Σ over taps t and channels c of x[marks[p] + offsets[t] + c]·w[t, c, :], rows of y `stride`
/// apart, w [taps, channels, FILTERS], bias [FILTERS].
void kernel_convolve(const float *x, const int32_t *marks, long places, const int32_t *offsets, long taps,
                     long channels, const float *w, const float *bias, float *y, long stride, long columns);

/// sums [length, FILTERS] += Σ over places p of x[marks[p] + offsets[l]]·dy[p, :columns], rows of dy `stride` apart;
/// where columns are fewer than whole registers, what stands behind them in memory is summed too.
void kernel_sum_convolved(const float *x, const int32_t *marks, long places, const int32_t *offsets, long length,
                          const float *dy, long stride, long columns, float *sums);

/// For each of `places` windows, `step` floats apart: y[c] is the largest of x[offsets[t] + c] over `taps`, and
/// first[c], unless first is NULL, the number of the first tap that has it. y and first are [places, channels].
void kernel_pool_largest(const float *x, const int32_t *offsets, const int32_t *numbers, long taps, long places,
                         long step, long channels, float *y, float *first);

/// The way back: dx[offsets[t] + c] += dy[c] where first[c] is numbers[t].
void kernel_add_to_largest(const float *dy, const float *first, const int32_t *offsets, const int32_t *numbers,
                           long taps, long places, long step, long channels, float *dx);

/// y[i] = numbers[x[i]]
void kernel_read_bytes(const uint8_t *x, const float *numbers, long count, float *y);

/// to [columns, rows] = from [rows, columns], rows `stride` and `to_stride` apart.
void kernel_transpose(const float *from, long rows, long columns, long stride, float *to, long to_stride);

/// y[i] = x[i] where that is above 0, else slope·x[i]; y may be x.
void kernel_keep_share(const float *x, float *y, float slope, long count);

/// g[i] = slope·g[i] where y[i] is not above 0.
void kernel_keep_share_where(const float *y, float *g, float slope, long count);

/// y[i] = x[i] where that is above 0, else 0; y may be x.
void kernel_keep_positive(const float *x, float *y, long count);

/// g[i] = 0 where y[i] is not above 0.
void kernel_keep_where_positive(const float *y, float *g, long count);

/// y[r, :] += bias, rows `stride` apart
void kernel_add_to_rows(float *y, const float *bias, long rows, long columns, long stride);

/// sums[:] += Σ over r of y[r, :]
void kernel_add_rows(const float *y, long rows, long columns, float *sums);

/// sums[:] = Σ over r of y[r, :], rows `stride` apart
void kernel_sum_rows(const float *y, long rows, long columns, long stride, float *sums);

/// Numbers in rows that are `stride` apart, and others for each of them, `gradient_stride` apart.
struct kernel_block {
  long rows, columns, stride, gradient_stride;
};

/// w −= rate·g
void kernel_step(float *w, const float *g, struct kernel_block block, float rate);

/// v = keep·v − rate·g; w += v or, looking ahead, w += keep·v − rate·g
void kernel_step_with_momentum(float *w, const float *g, float *v, struct kernel_block block, float rate, float keep,
                               bool looks_ahead);

/// v = keep·v + new_share·g²; w −= rate·g / √(v + epsilon)
void kernel_step_by_root(float *w, const float *g, float *v, struct kernel_block block, float rate, float keep,
                         float new_share, float epsilon);

/// m += (g − m)·new_mean; v += (g² − v)·new_size; w −= rate·m / (√v + epsilon)
void kernel_step_by_moments(float *w, const float *g, float *m, float *v, struct kernel_block block, float rate,
                            float new_mean, float new_size, float epsilon);

#endif
