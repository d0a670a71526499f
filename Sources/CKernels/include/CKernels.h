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

/// How many of the numbers are not 0.
long kernel_count_nonzero(const float *x, long count);

/// Lists the numbers of each row that are not 0, in order: x is [rows, width].
/// values and places are [rows, width]; of row r the first starts[r, blocks] are set, and those whose place lies in
/// block b, of `block` places each, are number starts[r, b] ..< starts[r, b + 1].
void kernel_list_rows(const float *x, long rows, long width, long block, float *values, int32_t *places,
                      int32_t *starts);

/// y[:, first ..< last] = x·w + bias for listed rows x, w [width, units]; bias may be NULL.
void kernel_rows_times_matrix(const float *values, const int32_t *places, const int32_t *starts, long rows, long width,
                              long block, const float *w, long units, const float *bias, long first, long last, float *y);

/// g[b·block ..< (b + 1)·block, :] = xᵀ·dy for listed rows x, dy [rows, units], g [width, units].
/// list_values and list_rows are [block, rows], memory to work on.
void kernel_block_of_transposed_product(const float *values, const int32_t *places, const int32_t *starts, long rows,
                                        long width, long block, long b, const float *dy, long units,
                                        float *list_values, int32_t *list_rows, float *g);

/// y[r, :] += bias
void kernel_add_to_rows(float *y, const float *bias, long rows, long units);

/// sums[:] = Σ over r of y[r, :]
void kernel_sum_rows(const float *y, long rows, long units, float *sums);

/// w −= rate·g
void kernel_step(float *w, const float *g, long count, float rate);

/// v = keep·v − rate·g; w += v or, looking ahead, w += keep·v − rate·g
void kernel_step_with_momentum(float *w, const float *g, float *v, long count, float rate, float keep, bool looks_ahead);

/// v = keep·v + (1 − keep)·g²; w −= rate·g / √(v + epsilon)
void kernel_step_by_root(float *w, const float *g, float *v, long count, float rate, float keep, float new_share,
                         float epsilon);

/// m += (g − m)·new_mean; v += (g² − v)·new_size; w −= rate·m / (√v + epsilon)
void kernel_step_by_moments(float *w, const float *g, float *m, float *v, long count, float rate, float new_mean,
                            float new_size, float epsilon);

#endif
