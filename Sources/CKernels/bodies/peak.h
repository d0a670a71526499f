// More chains than the units' latency times their number, fewer than there are registers.
enum { CHAINS = 12 };

// The factors come through memory that may change at any time, so that nothing can be worked out beforehand, and the
// sum of all chains goes out, so that none can be left out.
static long peak(long rounds, float *numbers) {
  volatile float *factors = numbers;
  lanes sums[CHAINS], x = all(factors[0]), y = all(factors[1]);
  for (int i = 0; i < CHAINS; i++) sums[i] = all((float)i);
  for (long r = 0; r < rounds; r++)
    for (int i = 0; i < CHAINS; i++) sums[i] = sums[i] * x + y;
  lanes sum = sums[0];
  for (int i = 1; i < CHAINS; i++) sum += sums[i];
  factors[2] = sum_of(sum);
  return 2 * rounds * CHAINS * LANES;
}
