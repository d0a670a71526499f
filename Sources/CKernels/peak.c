#include "CKernels.h"
#include "levels.h"

// More chains than the units' latency times their number, fewer than there are registers.
enum { CHAINS = 12 };

// Clang takes vectors of 512 bits in halves unless told otherwise.
#if defined(__clang__)
#define WIDEST __attribute__((min_vector_width(512)))
#else
#define WIDEST
#endif

typedef float four __attribute__((vector_size(16)));
typedef float eight __attribute__((vector_size(32)));

// The factors come through memory that may change at any time, so that nothing can be worked out beforehand, and the
// sum of all chains goes out, so that none can be left out.
#define PEAK(name, type, level)                                                                          \
  level static long name(long rounds, volatile float *factors) {                                         \
    type sums[CHAINS], x = factors[0] - (type){0}, y = factors[1] - (type){0};                           \
    for (int i = 0; i < CHAINS; i++) sums[i] = (type){0} + (float)i;                                     \
    for (long r = 0; r < rounds; r++)                                                                    \
      for (int i = 0; i < CHAINS; i++) sums[i] = sums[i] * x + y;                                        \
    type sum = sums[0];                                                                                  \
    for (int i = 1; i < CHAINS; i++) sum += sums[i];                                                     \
    float total = 0;                                                                                     \
    for (unsigned long i = 0; i < sizeof(type) / sizeof(float); i++) total += sum[i];                    \
    factors[2] = total;                                                                                  \
    return 2 * rounds * CHAINS * (long)(sizeof(type) / sizeof(float));                                   \
  }

#if defined(__x86_64__)
PEAK(peak_v4, lanes, WIDEST __attribute__((target("arch=x86-64-v4"))))
PEAK(peak_v3, eight, __attribute__((target("arch=x86-64-v3"))))
#endif
PEAK(peak_baseline, four, )

long kernel_peak(long rounds, float *factors) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("x86-64-v4")) return peak_v4(rounds, factors);
  if (__builtin_cpu_supports("x86-64-v3")) return peak_v3(rounds, factors);
#endif
  return peak_baseline(rounds, factors);
}
