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

LEVELS void kernel_keep_share(const float *x, float *y, float slope, long count) {
  if (x == y)
    for (long i = 0; i < count; i++) y[i] = y[i] > 0 ? y[i] : slope * y[i];
  else
    for (long i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : slope * x[i];
}

LEVELS void kernel_keep_share_where(const float *y, float *g, float slope, long count) {
  for (long i = 0; i < count; i++) g[i] *= y[i] > 0 ? 1 : slope;
}

LEVELS void kernel_read_bytes(const uint8_t *restrict x, const float *restrict numbers, long count,
                              float *restrict y) {
  for (long i = 0; i < count; i++) y[i] = numbers[x[i]];
}

LEVELS void kernel_transpose(const float *restrict from, long rows, long columns, long stride, float *restrict to,
                             long to_stride) {
  // Squares of sixteen: whole lines of the cache on both sides.
  for (long row = 0; row < rows; row += LANES)
    for (long column = 0; column < columns; column += LANES)
      for (long r = row; r < rows && r < row + LANES; r++)
        for (long c = column; c < columns && c < column + LANES; c++) to[c * to_stride + r] = from[r * stride + c];
}
