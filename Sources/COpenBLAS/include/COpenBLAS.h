#ifndef COPENBLAS_H
#define COPENBLAS_H

#include <stdbool.h>
#include <stddef.h>

/// Loads OpenBLAS at the first call, so that a program that multiplies nothing does not pay for it.
///
/// Before loading, two environment variables are set: one thread inside each call (the work is cut outside), and the
/// AVX-512 kernels on a processor that has AVX-512 but that this OpenBLAS does not know by name (0.3.21 takes Zen 4 and
/// Zen 5 for Haswell: 110 instead of 200 GFLOP/s a core). What was set for other programs does not count: other kernels
/// add in another order, and the numbers of a session must not hang on that.
/// Returns NULL, or what the loader said went wrong.
const char *openblas_load(void);

/// Takes the buffers that `threads` calls at once work in, and keeps them for those calls.
///
/// OpenBLAS asks for them at the first calls, again and again without end where the system does not give them.
/// Returns 0, or the bytes that are not there. To be called when `openblas_load` has returned NULL.
size_t openblas_reserve(int threads);

/// c[m, n] = a·b + beta·c, row by row; a is [m, k] or, transposed, [k, m]; b is [k, n] or, transposed, [n, k].
/// a_stride, b_stride and c_stride are the floats from one stored row to the next.
void openblas_multiply(bool transpose_a, bool transpose_b, int m, int n, int k, const float *a, int a_stride,
                       const float *b, int b_stride, float beta, float *c, int c_stride);

#endif
