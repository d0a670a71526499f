// x86-64-v4 (AVX-512): registers of sixteen floats, thirty-two of them.

#include "bodies/levels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define MASK_512
#pragma clang attribute push(__attribute__((target("arch=x86-64-v4"))), apply_to = function)
// Clang takes vectors of 512 bits in halves unless told otherwise.
#pragma clang attribute push(__attribute__((min_vector_width(512))), apply_to = function)

enum {
  LANES = 16,
  CONVOLVE_PLACES = 8,
  CONVOLVE_VECTORS = 2,
  PANEL_VECTORS = 4,
  PATCH_VECTORS = 8,
  POOLED_NUMBERS = 12,
};
#define TABLE kernel_table_v4

#include "bodies/all.h"

#pragma clang attribute pop
#pragma clang attribute pop
#endif
