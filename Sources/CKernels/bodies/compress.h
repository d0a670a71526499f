// Writes those numbers of a register that are to be kept one behind the other, with an integer of each; how many they
// are. Whole registers are written: there has to be room after the last.
#if defined(MASK_512)
INLINE long compress(lanes x, integers with, integers kept, float *values, int32_t *places) {
  __mmask16 mask = _mm512_movepi32_mask((__m512i)kept);
  _mm512_storeu_ps(values, _mm512_maskz_compress_ps(mask, (__m512)x));
  _mm512_storeu_si512(places, _mm512_maskz_compress_epi32(mask, (__m512i)with));
  return __builtin_popcount(mask);
}
#elif defined(MASK_256)
/// For every set of eight the places that are kept, in order; a byte each.
#define OF_8(N) OF_4(N), OF_4((N) + 4)
#define OF_4(N) BYTES(N), BYTES((N) + 1), BYTES((N) + 2), BYTES((N) + 3)
#define OF_64(N) OF_8(N), OF_8((N) + 8), OF_8((N) + 16), OF_8((N) + 24), OF_8((N) + 32), OF_8((N) + 40), \
                 OF_8((N) + 48), OF_8((N) + 56)
#define BIT(N, I) ((uint64_t)((N) >> (I) & 1))
#define BEFORE(N, I) __builtin_popcount((N) & ((1 << (I)) - 1))
#define BYTE(N, I) (BIT(N, I) * ((uint64_t)(I) << (8 * BEFORE(N, I))))
#define BYTES(N) (BYTE(N, 0) | BYTE(N, 1) | BYTE(N, 2) | BYTE(N, 3) | BYTE(N, 4) | BYTE(N, 5) | BYTE(N, 6) | BYTE(N, 7))
static const uint64_t kept_places[256] = {OF_64(0), OF_64(64), OF_64(128), OF_64(192)};

INLINE long compress(lanes x, integers with, integers kept, float *values, int32_t *places) {
  int mask = _mm256_movemask_ps((__m256)kept);
  __m256i order = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(kept_places + mask)));
  _mm256_storeu_ps(values, _mm256_permutevar8x32_ps((__m256)x, order));
  _mm256_storeu_si256((__m256i *)places, _mm256_permutevar8x32_epi32((__m256i)with, order));
  return __builtin_popcount((unsigned)mask);
}
#else
INLINE long compress(lanes x, integers with, integers kept, float *values, int32_t *places) {
  long found = 0;
  if (__builtin_reduce_and(~kept)) return 0;
  for (int i = 0; i < LANES; i++) {
    values[found] = x[i];
    places[found] = with[i];
    found += kept[i] != 0;
  }
  return found;
}
#endif
