// Functions of a register of numbers. NaN stays NaN; how exact each is, is said in CKernels.h and tested.

/// Added to a number of less than 22 bits, leaves its nearest whole number in the last bits.
#define ROUNDING 12582912.0f
#define LOG2_E 1.44269504088896341f
/// ln 2 in two parts, of which the first has so few digits that whole multiples of it are exact.
#define LN_2_HIGH 0.693359375f
#define LN_2_LOW -2.12194440e-4f

/// x = n·ln 2 + r: eʳ − 1 and the whole number n.
struct reduced {
  lanes power_minus_one;
  integers n;
};

/// Of x + low, where low is so small that it does not change n. The polynomial is that of Cephes 2.8 `expf`, by
/// Moshier.
INLINE struct reduced reduce(lanes x, lanes low) {
  lanes rounded = x * LOG2_E + ROUNDING, n = rounded - ROUNDING;
  lanes r = (x - n * LN_2_HIGH) - n * LN_2_LOW + low;
  lanes p = 1.9875691500e-4f * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  return (struct reduced){p * (r * r) + r, (integers)rounded - (integers)all(ROUNDING)};
}

/// 2ⁿ for n in −126 … 127.
INLINE lanes power_of_two(integers n) { return (lanes)((n + 127) << 23); }

/// e^(x + low). Two factors, so that results below the smallest normal number come out too, and infinity above.
INLINE lanes exp_of_sum(lanes x, lanes low) {
  x = choose(x < -104, all(-104), choose(x > 89, all(89), x));
  struct reduced parts = reduce(x, low);
  integers half = parts.n >> 1;
  return (parts.power_minus_one + 1) * power_of_two(half) * power_of_two(parts.n - half);
}

INLINE lanes exp_of(lanes x) { return exp_of_sum(x, (lanes){0}); }

/// eˣ − 1 for x not above 0.
INLINE lanes exp_minus_one(lanes x) {
  struct reduced parts = reduce(choose(x < -40, all(-40), x), (lanes){0});
  lanes scale = power_of_two(parts.n);
  return parts.power_minus_one * scale + (scale - 1);
}

/// By way of e^(−2|x|) − 1, which keeps its digits where x is small.
INLINE lanes tanh_of(lanes x) {
  lanes below = exp_minus_one(-2 * magnitude(x));
  return signed_as(-below / (2 + below), x);
}

/// log(1 + x) for x in 0 … 1: twice the inverse hyperbolic tangent of x / (2 + x), which is at most 1/3, as a series.
INLINE lanes log_one_plus(lanes x) {
  lanes s = x / (2 + x), square = s * s;
  lanes p = square * (1.0f / 13) + (1.0f / 11);
  p = p * square + (1.0f / 9);
  p = p * square + (1.0f / 7);
  p = p * square + (1.0f / 5);
  p = p * square + (1.0f / 3);
  return 2 * s + 2 * s * square * p;
}

/// What the normal distribution has below x, and its density there.
struct normal {
  lanes share, density;
};

/// The share beyond z = |x| is e^(−z²/2)·t·P(t) with t = 1 / (1 + 0.35·z); P was fitted to
/// ½·erfc(z / √2)·e^(z²/2) / t for z up to 14.5, with a relative error of 3.2e-8 at most, by least squares weighted
/// until the errors were even (Lawson's method). z² is taken apart, so that its last bits are not lost to the power.
INLINE struct normal normal_of(lanes x) {
  lanes size = magnitude(x), z = choose(size > 15, all(15), size);
  lanes high = (lanes)((integers)z & (int32_t)0xFFFFF000);
  lanes e = exp_of_sum(high * high * -0.5f, (z - high) * (z + high) * -0.5f);
  lanes t = 1 / (1 + 0.35f * z);
  lanes p = -0.029158029705286026f * t + 0.1440316140651703f;
  p = p * t - 0.25584039092063904f;
  p = p * t + 0.15932124853134155f;
  p = p * t - 0.023213393986225128f;
  p = p * t + 0.10555292665958405f;
  p = p * t + 0.11982118338346481f;
  p = p * t + 0.1398635357618332f;
  p = p * t + 0.139621302485466f;
  lanes beyond = e * (p * t);
  return (struct normal){choose(x < 0, beyond, 1 - beyond), e * 0.3989422804014327f};
}

/// ∂/∂x of x·Φ(x) = Φ(x) + x·φ(x)
INLINE lanes gelu_slope(lanes x) {
  struct normal normal = normal_of(x);
  return normal.share + x * normal.density;
}
