#include "bodies/levels.h"

#include <stddef.h>

const struct kernel_table *kernel_table_of(enum kernel_level level) {
  switch (level) {
    case KERNEL_PLAIN: return &kernel_table_plain;
#if defined(__aarch64__)
    case KERNEL_NEON: return &kernel_table_neon;
#elif defined(__x86_64__)
    // The loader has not asked the processor yet when this runs before main.
    case KERNEL_V3: __builtin_cpu_init(); return __builtin_cpu_supports("x86-64-v3") ? &kernel_table_v3 : NULL;
    case KERNEL_V4: __builtin_cpu_init(); return __builtin_cpu_supports("x86-64-v4") ? &kernel_table_v4 : NULL;
#endif
    default: return NULL;
  }
}
