#ifndef LEVELS_H
#define LEVELS_H

#include <string.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif

// One function, built for each level; the loader chooses, before a thread sanitizer is ready to be called.
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__)
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
