#include "CKernels.h"
#include "levels.h"

LEVELS void kernel_step(float *restrict w, const float *restrict g, long count, float rate) {
  for (long i = 0; i < count; i++) w[i] -= rate * g[i];
}

LEVELS void kernel_step_with_momentum(float *restrict w, const float *restrict g, float *restrict v, long count,
                                      float rate, float keep, bool looks_ahead) {
  for (long i = 0; i < count; i++) {
    v[i] = keep * v[i] - rate * g[i];
    w[i] += looks_ahead ? keep * v[i] - rate * g[i] : v[i];
  }
}

LEVELS void kernel_step_by_root(float *restrict w, const float *restrict g, float *restrict v, long count, float rate,
                                float keep, float new_share, float epsilon) {
  for (long i = 0; i < count; i++) {
    float size = keep * v[i] + new_share * g[i] * g[i];
    v[i] = size;
    w[i] -= rate * g[i] / __builtin_sqrtf(size + epsilon);
  }
}

LEVELS void kernel_step_by_moments(float *restrict w, const float *restrict g, float *restrict m, float *restrict v,
                                   long count, float rate, float new_mean, float new_size, float epsilon) {
  for (long i = 0; i < count; i++) {
    float mean = m[i] + (g[i] - m[i]) * new_mean, size = v[i] + (g[i] * g[i] - v[i]) * new_size;
    m[i] = mean;
    v[i] = size;
    w[i] -= rate * mean / (__builtin_sqrtf(size) + epsilon);
  }
}
