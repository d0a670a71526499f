#include <string.h>

#define INLINE static inline __attribute__((always_inline))

// Columns that do not fill registers are functions of their own, so that their masks stand in no one else's way.
#define EDGE static __attribute__((noinline)) void

/// One register of floats, and one of integers of the same size.
typedef float lanes __attribute__((vector_size(LANES * 4)));
typedef int32_t integers __attribute__((vector_size(LANES * 4)));

INLINE lanes load(const float *from) {
  lanes value;
  memcpy(&value, from, sizeof value);
  return value;
}

INLINE void store(float *to, lanes value) { memcpy(to, &value, sizeof value); }

INLINE lanes all(float value) { return value - (lanes){0}; }

/// The numbers of a register's places, from 0.
INLINE integers numbered(void) {
  static const int32_t numbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  integers value;
  memcpy(&value, numbers, sizeof value);
  return value;
}

// The first numbers of a register, at the end of a row; 0 after them. Nothing after them is read or written.
#if defined(MASK_512)
INLINE lanes load_first(const float *from, long count) {
  return (lanes)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), from);
}

INLINE void store_first(float *to, lanes value, long count) {
  _mm512_mask_storeu_ps(to, (__mmask16)((1u << count) - 1), (__m512)value);
}
#elif defined(MASK_256)
INLINE lanes load_first(const float *from, long count) {
  return (lanes)_mm256_maskload_ps(from, (__m256i)(numbered() < (int32_t)count));
}

INLINE void store_first(float *to, lanes value, long count) {
  _mm256_maskstore_ps(to, (__m256i)(numbered() < (int32_t)count), (__m256)value);
}
#else
INLINE lanes load_first(const float *from, long count) {
  float row[LANES] = {0};
  for (long i = 0; i < count; i++) row[i] = from[i];
  return load(row);
}

INLINE void store_first(float *to, lanes value, long count) {
  float row[LANES];
  store(row, value);
  for (long i = 0; i < count; i++) to[i] = row[i];
}
#endif

/// A whole register or, at the end of a row, the first `count` numbers of one.
INLINE lanes load_some(const float *from, long count) {
  return count == LANES ? load(from) : load_first(from, count);
}

INLINE void store_some(float *to, lanes value, long count) {
  if (count == LANES) store(to, value);
  else store_first(to, value, count);
}

/// Numbers of a row of which `left` are there; 0 after them, and nothing after them is read.
INLINE lanes load_beginning(const float *from, long left) {
  return left >= LANES ? load(from) : left > 0 ? load_first(from, left) : (lanes){0};
}

/// The other way: only those that are there are written.
INLINE void store_beginning(float *to, lanes value, long left) {
  if (left >= LANES) store(to, value);
  else if (left > 0) store_first(to, value, left);
}

INLINE lanes choose(integers which, lanes a, lanes b) {
  return (lanes)(((integers)a & which) | ((integers)b & ~which));
}

INLINE lanes magnitude(lanes x) { return (lanes)((integers)x & 0x7FFFFFFF); }

/// x with the sign of y, x not below 0.
INLINE lanes signed_as(lanes x, lanes y) { return (lanes)((integers)x | ((integers)y & (int32_t)0x80000000)); }

/// The larger one; y where x is NaN, x where y is.
INLINE lanes larger(lanes x, lanes y) { return choose(x > y, x, y); }

INLINE lanes smaller(lanes x, lanes y) { return choose(x < y, x, y); }

INLINE lanes square_root(lanes x) { return __builtin_elementwise_sqrt(x); }

/// For each place of a register one of four numbers in memory: which of them, 0 to 3, says an integer.
#if defined(MASK_512)
INLINE lanes one_of_four(const float *four, integers which) {
  return (lanes)_mm512_permutevar_ps(_mm512_broadcast_f32x4(_mm_loadu_ps(four)), (__m512i)which);
}
#elif defined(MASK_256)
INLINE lanes one_of_four(const float *four, integers which) {
  return (lanes)_mm256_permutevar_ps(_mm256_broadcast_ps((const __m128 *)four), (__m256i)which);
}
#else
INLINE lanes one_of_four(const float *four, integers which) {
  integers is_right = (which & 1) != 0;
  return choose(which > 1, choose(is_right, all(four[3]), all(four[2])), choose(is_right, all(four[1]), all(four[0])));
}
#endif

// Two registers in turn, number by number: the first halves of both, and the second.
#if defined(MASK_512)
#define IN_TURN 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
#define IN_TURN_BEHIND 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif defined(MASK_256)
#define IN_TURN 0, 8, 1, 9, 2, 10, 3, 11
#define IN_TURN_BEHIND 4, 12, 5, 13, 6, 14, 7, 15
#else
#define IN_TURN 0, 4, 1, 5
#define IN_TURN_BEHIND 2, 6, 3, 7
#endif

/// The sum of a register, by halves.
INLINE float sum_of(lanes x) {
  float row[LANES];
  store(row, x);
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) row[i] += row[i + half];
  return row[0];
}

INLINE float largest_of(lanes x) {
  float row[LANES], largest;
  store(row, x);
  largest = row[0];
  for (int i = 1; i < LANES; i++) largest = row[i] > largest ? row[i] : largest;
  return largest;
}
