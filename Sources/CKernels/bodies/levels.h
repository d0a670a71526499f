#ifndef LEVELS_H
#define LEVELS_H

#include "CKernels.h"

/// The tables of all levels, each in a file of its own.
extern const struct kernel_table kernel_table_plain, kernel_table_neon, kernel_table_v3, kernel_table_v4;

#endif
