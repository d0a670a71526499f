// Any processor: registers of four floats, sixteen of them.

#include "bodies/levels.h"

enum {
  LANES = 4,
  CONVOLVE_PLACES = 6,
  CONVOLVE_VECTORS = 2,
  PANEL_VECTORS = 2,
  PATCH_VECTORS = 4,
  POOLED_NUMBERS = 6,
};
#define TABLE kernel_table_plain

#include "bodies/all.h"
