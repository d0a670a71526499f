#include "functions.h"

// A register at a time, read before it is written, the last numbers by way of a register of their own.

/// y = f(x), f with what else it takes.
#define FORWARD(NAME, PARAMETERS, VALUE)                                                 \
  static void NAME PARAMETERS {                                                          \
    long i = 0;                                                                          \
    for (; i + LANES <= count; i += LANES) {                                             \
      lanes a = load(x + i);                                                             \
      store(y + i, VALUE);                                                               \
    }                                                                                    \
    if (i < count) {                                                                     \
      lanes a = load_first(x + i, count - i);                                            \
      store_first(y + i, VALUE, count - i);                                              \
    }                                                                                    \
  }

/// gradient = f(from, gradient), where `from` is the activation's output or its input.
#define BACKWARD(NAME, PARAMETERS, VALUE)                                                \
  static void NAME PARAMETERS {                                                          \
    long i = 0;                                                                          \
    for (; i + LANES <= count; i += LANES) {                                             \
      lanes a = load(from + i), g = load(gradient + i);                                  \
      store(gradient + i, VALUE);                                                        \
    }                                                                                    \
    if (i < count) {                                                                     \
      lanes a = load_first(from + i, count - i), g = load_first(gradient + i, count - i); \
      store_first(gradient + i, VALUE, count - i);                                       \
    }                                                                                    \
  }

#define X_TO_Y (const float *x, float *y, long count)
#define G_IN_PLACE (const float *from, float *gradient, long count)

FORWARD(relu, X_TO_Y, choose(a <= 0, (lanes){0}, a))
BACKWARD(relu_backward, G_IN_PLACE, choose(a > 0, g, (lanes){0}))

FORWARD(leaky_relu, (const float *x, float *y, float slope, long count), choose(a > 0, a, slope * a))
BACKWARD(leaky_relu_backward, (const float *from, float *gradient, float slope, long count),
         choose(a > 0, g, slope * g))

FORWARD(elu, (const float *x, float *y, float alpha, float scale, long count),
        scale * choose(a > 0, a, alpha * exp_minus_one(choose(a > 0, (lanes){0}, a))))
BACKWARD(elu_backward, (const float *from, float *gradient, float alpha, float scale, long count),
         g * choose(a > 0, all(scale), a + scale * alpha))

FORWARD(exponential, X_TO_Y, exp_of(a))

INLINE lanes sigmoid_of(lanes x) {
  lanes e = exp_of(-magnitude(x));
  return choose(x >= 0, all(1), e) / (1 + e);
}

FORWARD(sigmoid, X_TO_Y, sigmoid_of(a))
BACKWARD(sigmoid_backward, G_IN_PLACE, g * (a * (1 - a)))

FORWARD(tanh_forward, X_TO_Y, tanh_of(a))
BACKWARD(tanh_backward, G_IN_PLACE, g * (1 - a * a))

FORWARD(gelu, X_TO_Y, a * normal_of(a).share)
BACKWARD(gelu_backward, G_IN_PLACE, g * gelu_slope(a))

FORWARD(silu, X_TO_Y, a * sigmoid_of(a))

INLINE lanes silu_slope(lanes x) {
  lanes e = exp_of(-magnitude(x)), below = 1 / (1 + e);
  integers is_positive = x >= 0;
  lanes share = choose(is_positive, all(1), e) * below, rest = choose(is_positive, e, all(1)) * below;
  return share * (1 + x * rest);
}
BACKWARD(silu_backward, G_IN_PLACE, g * silu_slope(a))

FORWARD(softplus, X_TO_Y, choose(a <= 0, (lanes){0}, a) + log_one_plus(exp_of(-magnitude(a))))
BACKWARD(softplus_backward, G_IN_PLACE, g * -exp_minus_one(-a))

FORWARD(softsign, X_TO_Y, a / (1 + magnitude(a)))
BACKWARD(softsign_backward, G_IN_PLACE, g * ((1 - magnitude(a)) * (1 - magnitude(a))))

FORWARD(hard_sigmoid, X_TO_Y, choose(a > -3, choose(a > 3, all(6), a + 3), choose(a <= -3, (lanes){0}, a)) / 6)
BACKWARD(hard_sigmoid_backward, G_IN_PLACE, choose((a > 0) & (a < 1), g / 6, (lanes){0}))

/// e^(x − largest) of one row, and their sum.
INLINE float exp_row(const float *x, float largest, float *y, long width) {
  lanes sum = {0};
  long i = 0;
  for (; i + LANES <= width; i += LANES) {
    lanes e = exp_of(load(x + i) - largest);
    store(y + i, e);
    sum += e;
  }
  float total = sum_of(sum);
  if (i < width) {
    float rest[LANES];
    store(rest, exp_of(load_first(x + i, width - i) - largest));
    for (long k = 0; k < width - i; k++) total += y[i + k] = rest[k];
  }
  return total;
}

static void softmax(const float *x, float *y, long rows, long width) {
  for (long r = 0; r < rows; r++, x += width, y += width) {
    float largest = x[0];
    // NaN is passed over here, and comes back with the powers.
    for (long i = 1; i < width; i++) largest = x[i] > largest || largest != largest ? x[i] : largest;
    float total = exp_row(x, largest, y, width);
    for (long i = 0; i < width; i++) y[i] /= total;
  }
}

static void softmax_backward(const float *y, float *gradient, long rows, long width) {
  for (long r = 0; r < rows; r++, y += width, gradient += width) {
    float mean = 0;
    for (long i = 0; i < width; i++) mean += gradient[i] * y[i];
    for (long i = 0; i < width; i++) gradient[i] = y[i] * (gradient[i] - mean);
  }
}
