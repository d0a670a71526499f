#include "CKernels.h"
#include "levels.h"

LEVELS void kernel_add_to_rows(float *y, const float *bias, long rows, long columns, long stride) {
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) y[r * stride + c] += bias[c];
}

LEVELS void kernel_sum_rows(const float *y, long rows, long columns, long stride, float *sums) {
  for (long c = 0; c < columns; c++) sums[c] = 0;
  for (long r = 0; r < rows; r++)
    for (long c = 0; c < columns; c++) sums[c] += y[r * stride + c];
}

LEVELS void kernel_keep_positive(const float *x, float *y, long count) {
  for (long i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : 0;
}

// Read first, chosen then: so the loop has no branch and takes many numbers at once.
LEVELS void kernel_keep_where_positive(const float *y, float *g, long count) {
  for (long i = 0; i < count; i++) {
    float slope = g[i];
    g[i] = y[i] > 0 ? slope : 0;
  }
}
