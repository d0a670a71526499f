#include "CKernels.h"
#include "levels.h"

LEVELS void kernel_add_to_rows(float *restrict y, const float *restrict bias, long rows, long columns, long stride) {
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) y[r * stride + c] += bias[c];
}

LEVELS void kernel_sum_rows(const float *restrict y, long rows, long columns, long stride, float *restrict sums) {
  for (long c = 0; c < columns; c++) sums[c] = 0;
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) sums[c] += y[r * stride + c];
}

LEVELS void kernel_add_rows(const float *restrict y, long rows, long columns, float *restrict sums) {
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) sums[c] += y[r * columns + c];
}

LEVELS void kernel_keep_positive(const float *x, float *y, long count) {
  // In place apart: the compiler takes many numbers at once only where it knows what is the same.
  if (x == y)
    for (long i = 0; i < count; i++) y[i] = y[i] > 0 ? y[i] : 0;
  else
    for (long i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : 0;
}

// Read first, chosen then: so the loop has no branch and takes many numbers at once.
LEVELS void kernel_keep_where_positive(const float *y, float *g, long count) {
  for (long i = 0; i < count; i++) {
    float slope = g[i];
    g[i] = y[i] > 0 ? slope : 0;
  }
}
