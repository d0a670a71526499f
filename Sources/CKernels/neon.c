// 64-bit ARM: registers of four floats, thirty-two of them.

#include "bodies/levels.h"

#if defined(__aarch64__)

enum {
  LANES = 4,
  CONVOLVE_PLACES = 6,
  CONVOLVE_VECTORS = 4,
  PANEL_VECTORS = 4,
  PATCH_VECTORS = 8,
  POOLED_NUMBERS = 12,
};
#define TABLE kernel_table_neon

#include "bodies/all.h"

#endif
