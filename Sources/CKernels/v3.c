// x86-64-v3 (AVX2 and FMA): registers of eight floats, sixteen of them. A tile has 12 sums, two numbers that all of
// them share, and one that is multiplied by.

#include "bodies/levels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define MASK_256
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)

enum {
  LANES = 8,
  CONVOLVE_PLACES = 6,
  CONVOLVE_VECTORS = 2,
  PANEL_VECTORS = 2,
  PATCH_VECTORS = 4,
  POOLED_NUMBERS = 6,
};
#define TABLE kernel_table_v3

#include "bodies/all.h"

#pragma clang attribute pop
#endif
