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
