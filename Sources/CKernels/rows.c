#include "CKernels.h"
#include "levels.h"

LEVELS void kernel_add_to_rows(float *y, const float *bias, long rows, long units) {
  for (long r = 0; r < rows; r++)
    for (long u = 0; u < units; u++) y[r * units + u] += bias[u];
}

LEVELS void kernel_sum_rows(const float *y, long rows, long units, float *sums) {
  for (long u = 0; u < units; u++) sums[u] = 0;
  for (long r = 0; r < rows; r++)
    for (long u = 0; u < units; u++) sums[u] += y[r * units + u];
}
