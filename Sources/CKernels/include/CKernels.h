#ifndef CKERNELS_H
#define CKERNELS_H

#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>

// Hot loops. They know numbers and places, no layers and no optimizers. Each is compiled once for every level of
// processor, with the widths and the numbers of accumulators that suit it; a level's kernels are one table. Every sum
// has one order, whatever part of the work a call is given.

#pragma clang assume_nonnull begin

/// Has all threads of the process allocate from one heap, where the C library can be told so (glibc).
static inline void kernel_share_heap(void) {
#ifdef M_ARENA_MAX
  mallopt(M_ARENA_MAX, 1);
#endif
}

/// Tells the processor that this is a loop that waits.
static inline void kernel_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

enum {
  /// Columns beside each other that are listed together.
  KERNEL_GROUP = 4,
  /// Groups whose lists are made, and stand, together.
  KERNEL_CHUNK = 16,
  /// Columns that one panel of a result has at most.
  KERNEL_PANEL = 64,
  /// Rows that are listed at once, at most: a panel of so many stays in the first cache.
  KERNEL_TILE = 128,
  /// Places of a turned 4×4 patch.
  KERNEL_POSITIONS = 16,
};

/// Numbers in rows that are `stride` apart, and others for each of them, `gradient_stride` apart.
struct kernel_block {
  long rows, columns, stride, gradient_stride;
};

/// What the optimizers' kernels need of one step; each reads what its formula has.
struct kernel_step {
  /// What the step is multiplied by, with the corrections that are the same for all weights.
  float rate;
  /// Keeps divisors away from 0.
  float epsilon;
  /// The shares of the old mean, and of the gradient in the new one.
  float keep_mean, new_mean;
  /// The shares of the old mean square, and of the gradient's square in the new one.
  float keep_size, new_size;
  /// The share of the last step that is kept.
  float momentum;
  /// What nadam's mean, gradient and mean square are multiplied by.
  float of_mean, of_gradient, of_size;
};

/// Sums over some weights: of their sizes, and of their squares.
struct kernel_sums {
  double sizes, squares;
};

/// The numbers of an image that a window sees: rows of `width`, `line` floats apart.
struct kernel_sight {
  long rows;
  long width;
  long line;
};

/// A matrix [rows, columns] that stands in panels of `width` columns, one after the other, each row by row.
struct kernel_panels {
  const float *numbers;
  long rows, columns, width;
};

struct kernel_table {
  /// Floats in a register.
  long lanes;
  /// Filters that are convolved at once.
  long filters;

  /// Multiplies and adds as fast as the processor can, and nothing else; how many operations that were.
  /// factors is [3]: what is multiplied by, what is added, and a number that depends on all of them, written at the
  /// end.
  long (*peak)(long rounds, float *factors);

  // Lists of what is not 0.

  /// How many of the numbers are not 0.
  long (*count_nonzero)(const float *x, long count);

  /// How many groups of numbers beside each other have one that is not 0.
  long (*count_groups)(const float *x, long count);

  /// Lists for each group of one chunk of x's columns, x [rows, width], the rows in which one of the group is not 0.
  /// values [CHUNK·rows, GROUP], 0 after the last column, and places [CHUNK·rows], the rows, are those of this chunk;
  /// group g of it has entries starts[g] ..< starts[g + 1].
  void (*list_groups)(const float *x, long rows, long width, long chunk, float *values, int32_t *places,
                      int32_t *starts);

  /// The same of bytes, which are read as numbers[byte], of which numbers[0] is 0; row r is row rows_of_x[r] of x.
  void (*list_groups_of_bytes)(const uint8_t *x, const long *rows_of_x, long rows, long width, const float *numbers,
                               long chunk, float *values, int32_t *places, int32_t *starts);

  /// Lists the numbers of each row of x [rows, width] that are not 0: row r has entries starts[r] ..< starts[r + 1].
  /// There is room for rows·width + 16 entries.
  void (*csr_from_dense)(const float *x, long rows, long width, float *values, int32_t *places, int32_t *starts);

  /// The same lists by columns, rows in order, each by its offset; sums[c] += Σ of column c.
  void (*csr_transpose)(const float *values, const int32_t *places, const int32_t *starts, long rows, long width,
                        const int32_t *offsets, float *turned_values, int32_t *turned_offsets, int32_t *turned_starts,
                        float *sums);

  // Products with lists.

  /// to [rows, PANEL] = the first `columns` of from, rows `stride` apart; 0 after them.
  void (*copy_panel)(const float *from, long rows, long stride, long columns, float *to);

  /// The other way: `columns` columns of to, rows `stride` apart, = panel [rows, PANEL].
  void (*copy_from_panel)(const float *panel, long rows, long stride, long columns, float *to);

  /// panel[r, :] = row, or 0 when that is NULL; 0 after its columns.
  void (*start_panel)(const float *_Nullable row, long rows, long columns, float *panel);

  /// sums[0 ..< columns] = Σ over r of panel[r, :]
  void (*sum_panel)(const float *panel, long rows, long columns, float *sums);

  /// panel [rows, PANEL] += x·w for listed x [rows, width] and `columns` columns of w, rows `stride` apart.
  void (*add_listed_products)(const float *values, const int32_t *places, const int32_t *starts, long rows, long width,
                              const float *w, long stride, long columns, float *panel);

  /// g [(last − first)·GROUP, PANEL] = xᵀ·panel for groups first ..< last of listed x, panel [rows, PANEL]; or += it.
  void (*listed_transposed_products)(const float *values, const int32_t *places, const int32_t *starts, long rows,
                                     long first, long last, const float *panel, long columns, bool adds, float *g);

  // Convolutions.

  /// y[p, :columns] = bias + Σ over n of x[patch_offsets[p] + element_offsets[n]]·w[n, :], rows of y `stride` apart,
  /// w [length, filters], bias [filters].
  void (*convolve)(const float *x, const int32_t *patch_offsets, long places, const int32_t *element_offsets,
                   long length, const float *w, const float *bias, float *y, long stride, long columns);

  /// sums [length, filters] += Σ over places p of x[patch_offsets[p] + element_offsets[n]]·dy[p, :columns], rows of dy
  /// `stride` apart; where columns are fewer than whole registers, what stands after them in memory is summed too.
  void (*sum_convolved)(const float *x, const int32_t *patch_offsets, long places, const int32_t *element_offsets,
                        long length, const float *dy, long stride, long columns, float *sums);

  // Products of matrices.

  /// y [rows, columns] = bias + x·w for x [rows, depth] and `columns` columns of w and of y, rows `stride` and
  /// `y_stride` apart; a bias of 0 where that is NULL.
  void (*multiply_dense)(const float *x, long rows, long depth, const float *w, long stride,
                         const float *_Nullable bias, float *y, long y_stride, long columns);

  /// dx [rows, w.rows] = dy·wᵀ for `columns` of dx's columns, from the first on, dy [rows, w.columns], rows of dx
  /// `stride` apart.
  void (*multiply_dense_back)(const float *dy, long rows, struct kernel_panels w, float *dx, long stride, long first,
                              long columns);

  /// g [depth, columns] = xᵀ·dy for the first `depth` of the columns of x [rows, width] and `columns` columns of dy and
  /// of g, rows `dy_stride` and `stride` apart.
  void (*multiply_dense_turned)(const float *x, long rows, long width, long depth, const float *dy, long dy_stride,
                                long columns, float *g, long stride);

  // Convolutions whose places are pooled two by two: number 2i + j of the four is row i, column j.

  /// y[p, :columns] = the largest of four places, the sums of `convolve` at patch_offsets[p] + corners[0 ..< 4]; NaN
  /// where one is; first, unless it is NULL, the number of the first of the four that has it. A window that sees what
  /// the one before it saw is not computed again.
  void (*convolve_pooled)(const float *x, const int32_t *patch_offsets, long windows, struct kernel_sight sight,
                          const int32_t *corners, const int32_t *element_offsets, long length, const float *w,
                          const float *bias, float *y, int32_t *_Nullable first, long stride, long columns);

  /// four[i, t] = x[i + corners[t]] for `count` numbers of an image, so that the four that a window may have taken stand
  /// side by side.
  void (*gather_corners)(const float *x, long count, const int32_t *corners, float *four);

  /// sums [length, filters] += Σ over windows p of four[patch_offsets[p] + element_offsets[n], first[p, c]]·dy[p, c],
  /// rows of dy and first `stride` apart: the gradient of the kernel by as many products as windows have numbers.
  void (*sum_pooled)(const float *four, const int32_t *patch_offsets, long windows, const int32_t *element_offsets,
                     long length, const float *dy, const int32_t *first, long stride, long columns, float *sums);

  /// The four places of `windows` windows beside each other, two lines of to [2, 2·windows], places `stride` and lines
  /// `line` floats apart: dy[p, c] at number first[p, c], 0 at the others.
  void (*spread_pooled)(const float *dy, const int32_t *first, long windows, long channels, float *to, long stride,
                        long line);

  /// Lists the gradients that are not 0: place 4p + first[p, c] has channel c's. There is room for a register more.
  void (*csr_from_pooled)(const float *dy, const int32_t *first, long windows, long channels, float *values,
                          int32_t *places, int32_t *starts);

  /// The same from columns, dy and first [channels, windows]: channel c lists patch_offsets[p] + corners[first[c, p]],
  /// of which the fourth corner is the sum of the second and the third.
  void (*csr_from_columns)(const float *dy, const int32_t *first, const int32_t *corners, const int32_t *patch_offsets,
                           long windows, long channels, float *values, int32_t *offsets, int32_t *starts);

  // Winograd's F(2×2, 3×3), in tiles of two by two places. v, u and m have KERNEL_POSITIONS parts, `pitch` floats
  // apart.

  /// u [positions, channels, filters] = G·w·Gᵀ for `columns` filters of w [3, 3, channels, filters]; 0 after a
  /// register's columns.
  void (*winograd_kernel)(const float *w, long channels, long filters, long columns, float *u);

  /// v[:, t, c] = Bᵀ·x·B for `tiles` patches of 4×4 pixels, 2 pixels apart, rows `line` floats apart.
  void (*winograd_patches)(const float *x, long tiles, long line, long channels, float *v, long pitch);

  /// m [positions, tiles, filters] = v·u, position by position, for as many registers of filters as `columns` need.
  void (*winograd_products)(const float *v, long tiles, long pitch, long channels, const float *u, long columns,
                            float *m);

  /// y = Aᵀ·m·A + bias: `rows` (1 or 2) lines of y, `line` floats apart, with `places` places, `stride` floats apart.
  void (*winograd_sums)(const float *m, long tiles, long pitch, const float *bias, long rows, long places, float *y,
                        long line, long stride, long columns);

  /// y[t, :columns] = the largest of the four of a tile, and its number, as in `convolve_pooled`.
  void (*winograd_pooled)(const float *m, long tiles, long pitch, const float *bias, float *y,
                          int32_t *_Nullable first, long stride, long columns);

  /// d [positions, tiles, filters] = A·dy·Aᵀ, the way back of `winograd_sums`; 0 after a register's columns.
  void (*winograd_gradients)(const float *dy, long tiles, long rows, long places, long line, long stride, long columns,
                             float *d, long pitch);

  /// The way back of `winograd_kernel`, in place: u [3·3, channels, filters] = Gᵀ·u·G, u [positions, channels,
  /// filters].
  void (*winograd_kernel_backward)(float *u, long channels);

  // Sums over lists of places.

  /// sums[f] [height, vectors·lanes] += Σ over entries k of f of values[k]·(patch of the image at offsets[k]): `height`
  /// rows, `line` floats apart, of `vectors`·lanes floats; or = it.
  void (*sum_patches)(const float *values, const int32_t *offsets, const int32_t *starts, long filters,
                      const float *image, long line, long height, long vectors, bool adds, float *sums);

  /// For each of `count` places p: patch of the image at offsets[p] += Σ over entries k of p of values[k]·w[places[k]].
  void (*add_patches)(const float *values, const int32_t *places, const int32_t *starts, long count,
                      const int32_t *offsets, const float *w, long height, long vectors, float *image, long line);

  /// y[c·multiplier + k] += x[c]·w[c·multiplier + k]
  void (*multiply_channels)(const float *x, const float *w, long channels, long multiplier, float *y);

  /// dx[c] += Σ over k of dy[c·multiplier + k]·w[c·multiplier + k]
  void (*multiply_channels_back)(const float *dy, const float *w, long channels, long multiplier, float *dx);

  // Pooling.

  /// For each of `places` windows, `step` floats apart: y[c] is the largest of x[offsets[t] + c] over `taps`, NaN where
  /// one is, and first[c], unless first is NULL, the number of the first tap that has it. y and first are
  /// [places, channels].
  void (*max_pool)(const float *x, const int32_t *offsets, const int32_t *numbers, long taps, long places, long step,
                   long channels, float *y, int32_t *_Nullable first);

  /// The way back: dx[offsets[t] + c] += dy[c] where first[c] is numbers[t].
  void (*max_pool_backward)(const float *dy, const int32_t *first, const int32_t *offsets, const int32_t *numbers,
                            long taps, long places, long step, long channels, float *dx);

  /// y[c] = the mean of x[offsets[t] + c] over `taps`, for windows as in `max_pool`.
  void (*average_pool)(const float *x, const int32_t *offsets, long taps, long places, long step, long channels,
                       float *y);

  /// The way back: dx[offsets[t] + c] += dy[c] / taps.
  void (*average_pool_backward)(const float *dy, const int32_t *offsets, long taps, long places, long step,
                                long channels, float *dx);

  // Rows.

  /// y[i] = numbers[x[i]]
  void (*read_bytes)(const uint8_t *x, const float *numbers, long count, float *y);

  /// to [columns, rows] = from [rows, columns], rows `stride` and `to_stride` apart.
  void (*transpose)(const float *from, long rows, long columns, long stride, float *to, long to_stride);

  /// y[r, :] += bias, rows `stride` apart
  void (*add_to_rows)(float *y, const float *bias, long rows, long columns, long stride);

  /// sums[:] += Σ over r of y[r, :]
  void (*add_rows)(const float *y, long rows, long columns, float *sums);

  /// sums[:] = Σ over r of y[r, :], rows `stride` apart
  void (*sum_rows)(const float *y, long rows, long columns, long stride, float *sums);

  /// y[i] = a[i]·b[i]; y may be either.
  void (*multiply)(const float *a, const float *b, float *y, long count);

  /// y[i] = x[i]·factor + offset; y may be x.
  void (*scale)(const float *x, float factor, float offset, float *y, long count);

  /// kept[i] = scale where number first + i of SplitMix64 with this seed is at least `threshold` in its upper 53 bits,
  /// else 0; y[i] = x[i]·kept[i].
  void (*drop)(const float *x, long first, uint64_t seed, uint64_t threshold, float scale, long count, float *kept,
               float *y);

  /// y[i] += x[i]
  void (*add)(const float *x, float *y, long count);

  /// y[i] = max(y[i], x[i]), NaN where one of them is.
  void (*maximum)(const float *x, float *y, long count);

  // Activations; y may be x, and gradients are changed in place from ∂L/∂y to ∂L/∂x. Errors are the largest against
  // double precision that the tests allow, in units in the last place of the result (ULP).

  /// y = x where that is not below 0, else 0; NaN stays NaN.
  void (*relu)(const float *x, float *y, long count);
  void (*relu_backward)(const float *y, float *gradient, long count);

  /// y = x where that is above 0, else slope·x; NaN stays NaN.
  void (*leaky_relu)(const float *x, float *y, float slope, long count);
  void (*leaky_relu_backward)(const float *y, float *gradient, float slope, long count);

  /// y = scale·x where x > 0, else scale·alpha·(eˣ − 1); 3 ULP.
  void (*elu)(const float *x, float *y, float alpha, float scale, long count);
  void (*elu_backward)(const float *y, float *gradient, float alpha, float scale, long count);

  /// y = eˣ; 2 ULP.
  void (*exponential)(const float *x, float *y, long count);

  /// y = 1 / (1 + e⁻ˣ); 3 ULP.
  void (*sigmoid)(const float *x, float *y, long count);
  void (*sigmoid_backward)(const float *y, float *gradient, long count);

  /// y = tanh x; 3 ULP.
  void (*tanh)(const float *x, float *y, long count);
  void (*tanh_backward)(const float *y, float *gradient, long count);

  /// y = x·Φ(x), Φ the normal distribution; 8 ULP.
  void (*gelu)(const float *x, float *y, long count);
  void (*gelu_backward)(const float *x, float *gradient, long count);

  /// y = x / (1 + e⁻ˣ); 4 ULP.
  void (*silu)(const float *x, float *y, long count);
  void (*silu_backward)(const float *x, float *gradient, long count);

  /// y = log(1 + eˣ); 4 ULP.
  void (*softplus)(const float *x, float *y, long count);
  void (*softplus_backward)(const float *y, float *gradient, long count);

  /// y = x / (1 + |x|)
  void (*softsign)(const float *x, float *y, long count);
  void (*softsign_backward)(const float *y, float *gradient, long count);

  /// y = min(max(x + 3, 0), 6) / 6
  void (*hard_sigmoid)(const float *x, float *y, long count);
  void (*hard_sigmoid_backward)(const float *y, float *gradient, long count);

  /// y[r, :] = e^(x[r, :] − max) / Σ, rows of `width`.
  void (*softmax)(const float *x, float *y, long rows, long width);
  void (*softmax_backward)(const float *y, float *gradient, long rows, long width);

  // Normalisation.

  /// y[r, c] = (x[r, c] − mean[c])·factor[c] + offset[c]
  void (*normalize_columns)(const float *x, const float *mean, const float *factor, const float *offset, long rows,
                            long columns, float *y);

  /// dx[r, c] = factor[c]·(dy[r, c] − shift[c] − (x[r, c] − mean[c])·slope[c])
  void (*normalize_columns_backward)(const float *x, const float *dy, const float *mean, const float *factor,
                                     const float *shift, const float *slope, long rows, long columns, float *dx);

  /// sums[c] += Σ over r of (x[r, c] − mean[c])²
  void (*add_squares)(const float *x, const float *mean, long rows, long columns, float *sums);

  /// sums[c] += Σ over r of dy[r, c]; products[c] += Σ over r of dy[r, c]·(x[r, c] − mean[c])·inverse[c]
  void (*add_products)(const float *x, const float *dy, const float *mean, const float *inverse, long rows,
                       long columns, float *sums, float *products);

  /// y = (x − mean)·inverse·gamma + beta along one row, gamma 1 and beta 0 where NULL; moments [2] are the mean and
  /// 1 / √(σ² + epsilon).
  void (*normalize_row)(const float *x, const float *_Nullable gamma, const float *_Nullable beta, double epsilon,
                        long width, float *y, float *moments);

  /// dx of one row from the moments that normalize_row left.
  void (*normalize_row_backward)(const float *x, const float *dy, const float *_Nullable gamma, const float *moments,
                                 long width, float *dx);

  /// sums[c] += dy[c]; products[c] += dy[c]·(x[c] − mean)·inverse, of one row with its moments.
  void (*add_row_products)(const float *x, const float *dy, const float *moments, long width, float *sums,
                           float *products);

  // Updates.

  /// w −= rate·g
  void (*sgd)(float *w, const float *g, struct kernel_block block, struct kernel_step step);

  /// v = momentum·v − rate·g; w += v or, with nesterov, w += momentum·v − rate·g
  void (*momentum)(float *w, const float *g, float *v, struct kernel_block block, struct kernel_step step,
                   bool nesterov);

  /// v = keep_size·v + new_size·g²; w −= rate·g / √(v + epsilon)
  void (*rmsprop)(float *w, const float *g, float *v, struct kernel_block block, struct kernel_step step);

  /// As rmsprop with d = rate·g / √(v − m² + epsilon), m = keep_size·m + new_size·g where m is there, else 0; then
  /// w −= d or, where u is there, u = momentum·u + d, w −= u.
  void (*rmsprop_variant)(float *w, const float *g, float *v, float *_Nullable m, float *_Nullable u,
                          struct kernel_block block, struct kernel_step step);

  /// m += (g − m)·new_mean; v += (g² − v)·new_size; w −= rate·m / (√v + epsilon)
  void (*adam)(float *w, const float *g, float *m, float *v, struct kernel_block block, struct kernel_step step);

  /// As adam with the largest v so far, h = max(h, v), in v's place.
  void (*amsgrad)(float *w, const float *g, float *m, float *v, float *h, struct kernel_block block,
                  struct kernel_step step);

  /// As adam with w −= rate·(of_mean·m + of_gradient·g) / (√(of_size·v) + epsilon)
  void (*nadam)(float *w, const float *g, float *m, float *v, struct kernel_block block,
                struct kernel_step step);

  /// m += (g − m)·new_mean; u = max(keep_size·u, |g|); w −= rate·m / (u + epsilon)
  void (*adamax)(float *w, const float *g, float *m, float *u, struct kernel_block block,
                 struct kernel_step step);

  /// a += g²; w −= rate·g / √(a + epsilon)
  void (*adagrad)(float *w, const float *g, float *a, struct kernel_block block, struct kernel_step step);

  /// v = keep_size·v + new_size·g²; d = g·√(u + epsilon) / √(v + epsilon); u = keep_size·u + new_size·d²; w −= rate·d
  void (*adadelta)(float *w, const float *g, float *v, float *u, struct kernel_block block,
                   struct kernel_step step);

  /// w −= rate·sign(keep_mean·m + new_mean·g); m = keep_size·m + new_size·g
  void (*lion)(float *w, const float *g, float *m, struct kernel_block block, struct kernel_step step);

  /// g += l1·sign w + l2·w
  void (*add_penalty)(const float *w, float *g, struct kernel_block block, float l1, float l2);

  /// Σ |w| and Σ w²
  struct kernel_sums (*sum_penalty)(const float *w, long count);

  /// g = min(max(factor·g, −limit), limit), NaN stays NaN; then w −= w·decay·rate
  void (*limit)(float *w, float *g, struct kernel_block block, float factor, float limit, float decay, float rate);
};

/// The levels, least first.
enum kernel_level { KERNEL_PLAIN, KERNEL_NEON, KERNEL_V3, KERNEL_V4 };

/// A level's kernels; NULL where they were not built, or this processor cannot run them.
const struct kernel_table *_Nullable kernel_table_of(enum kernel_level level);

#pragma clang assume_nonnull end

#endif
