#ifndef LEVELS_H
#define LEVELS_H

#include <string.h>

// One function, built for each level; the loader chooses.
#if defined(__x86_64__)
#define LEVELS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define LEVELS
#endif

#define INLINE static inline __attribute__((always_inline))

/// Sixteen floats, the width of the widest level; narrower ones take it in parts.
typedef float lanes __attribute__((vector_size(64)));
enum { LANES = 16 };

INLINE lanes load(const float *from) {
  lanes value;
  memcpy(&value, from, sizeof value);
  return value;
}

INLINE void store(float *to, lanes value) { memcpy(to, &value, sizeof value); }

#endif
