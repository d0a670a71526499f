// Every optimizer's formula is said once, for a register of numbers: w, g and up to three slots a, b, c of them. Its
// kernel takes rows a register at a time, the end of a row by way of registers of their own.

/// One register of w with its gradient and slots; slots that an optimizer does not have are NULL.
struct places {
  float *w, *a, *b, *c;
  const float *g;
};

/// The same in registers.
struct numbers {
  lanes w, g, a, b, c;
};

INLINE struct numbers read(struct places at) {
  lanes none = {0};
  return (struct numbers){load(at.w), load(at.g), at.a ? load(at.a) : none, at.b ? load(at.b) : none,
                          at.c ? load(at.c) : none};
}

INLINE void write(struct places at, struct numbers n) {
  store(at.w, n.w);
  if (at.a) store(at.a, n.a);
  if (at.b) store(at.b, n.b);
  if (at.c) store(at.c, n.c);
}

INLINE struct numbers read_first(struct places at, long count) {
  lanes none = {0};
  return (struct numbers){load_first(at.w, count), load_first(at.g, count), at.a ? load_first(at.a, count) : none,
                          at.b ? load_first(at.b, count) : none, at.c ? load_first(at.c, count) : none};
}

INLINE void write_first(struct places at, struct numbers n, long count) {
  store_first(at.w, n.w, count);
  if (at.a) store_first(at.a, n.a, count);
  if (at.b) store_first(at.b, n.b, count);
  if (at.c) store_first(at.c, n.c, count);
}

typedef struct numbers formula(struct numbers n, struct kernel_step step);

INLINE struct places moved(struct places at, long by, long gradient_by) {
  return (struct places){at.w + by, at.a ? at.a + by : 0, at.b ? at.b + by : 0, at.c ? at.c + by : 0,
                         at.g + gradient_by};
}

INLINE void update(struct places at, struct kernel_block block, struct kernel_step step, formula *change) {
  for (long r = 0; r < block.rows; r++, at = moved(at, block.stride, block.gradient_stride)) {
    long i = 0;
    for (; i + LANES <= block.columns; i += LANES) {
      struct places here = moved(at, i, i);
      write(here, change(read(here), step));
    }
    if (i < block.columns) {
      struct places here = moved(at, i, i);
      write_first(here, change(read_first(here, block.columns - i), step), block.columns - i);
    }
  }
}

INLINE struct numbers sgd_of(struct numbers n, struct kernel_step step) {
  n.w -= step.rate * n.g;
  return n;
}

INLINE struct numbers momentum_of(struct numbers n, struct kernel_step step) {
  n.a = step.momentum * n.a - step.rate * n.g;
  n.w += n.a;
  return n;
}

INLINE struct numbers nesterov_of(struct numbers n, struct kernel_step step) {
  n.a = step.momentum * n.a - step.rate * n.g;
  n.w += step.momentum * n.a - step.rate * n.g;
  return n;
}

INLINE struct numbers rmsprop_of(struct numbers n, struct kernel_step step) {
  n.a = step.keep_size * n.a + step.new_size * n.g * n.g;
  n.w -= step.rate * n.g / square_root(n.a + step.epsilon);
  return n;
}

/// Slots: mean square, mean, last step.
INLINE lanes rmsprop_step(struct numbers *n, struct kernel_step step, bool is_centered) {
  lanes spread = n->a = step.keep_size * n->a + step.new_size * n->g * n->g;
  if (is_centered) {
    n->b = step.keep_size * n->b + step.new_size * n->g;
    spread -= n->b * n->b;
  }
  return step.rate * n->g / square_root(spread + step.epsilon);
}

INLINE struct numbers rmsprop_centered_of(struct numbers n, struct kernel_step step) {
  n.w -= rmsprop_step(&n, step, true);
  return n;
}

INLINE struct numbers rmsprop_momentum_of(struct numbers n, struct kernel_step step) {
  n.c = step.momentum * n.c + rmsprop_step(&n, step, false);
  n.w -= n.c;
  return n;
}

INLINE struct numbers rmsprop_centered_momentum_of(struct numbers n, struct kernel_step step) {
  n.c = step.momentum * n.c + rmsprop_step(&n, step, true);
  n.w -= n.c;
  return n;
}

INLINE struct numbers with_moments(struct numbers n, struct kernel_step step) {
  n.a += (n.g - n.a) * step.new_mean;
  n.b += (n.g * n.g - n.b) * step.new_size;
  return n;
}

INLINE struct numbers adam_of(struct numbers n, struct kernel_step step) {
  n = with_moments(n, step);
  n.w -= step.rate * n.a / (square_root(n.b) + step.epsilon);
  return n;
}

INLINE struct numbers amsgrad_of(struct numbers n, struct kernel_step step) {
  n = with_moments(n, step);
  n.c = choose(n.c >= n.b, n.c, n.b);
  n.w -= step.rate * n.a / (square_root(n.c) + step.epsilon);
  return n;
}

INLINE struct numbers nadam_of(struct numbers n, struct kernel_step step) {
  n = with_moments(n, step);
  lanes ahead = step.of_mean * n.a + step.of_gradient * n.g;
  n.w -= step.rate * ahead / (square_root(n.b * step.of_size) + step.epsilon);
  return n;
}

INLINE struct numbers adamax_of(struct numbers n, struct kernel_step step) {
  lanes kept = step.keep_size * n.b, size = magnitude(n.g);
  n.a += (n.g - n.a) * step.new_mean;
  n.b = choose(kept >= size, kept, size);
  n.w -= step.rate * n.a / (n.b + step.epsilon);
  return n;
}

INLINE struct numbers adagrad_of(struct numbers n, struct kernel_step step) {
  n.a += n.g * n.g;
  n.w -= step.rate * n.g / square_root(n.a + step.epsilon);
  return n;
}

INLINE struct numbers adadelta_of(struct numbers n, struct kernel_step step) {
  n.a = step.keep_size * n.a + step.new_size * n.g * n.g;
  lanes change = square_root(n.b + step.epsilon) * n.g / square_root(n.a + step.epsilon);
  n.b = step.keep_size * n.b + step.new_size * change * change;
  n.w -= step.rate * change;
  return n;
}

INLINE struct numbers lion_of(struct numbers n, struct kernel_step step) {
  lanes direction = n.a * step.keep_mean + n.g * step.new_mean;
  // 0 and NaN are their own signs.
  n.w -= choose(direction == 0 | direction != direction, direction, signed_as(all(step.rate), direction));
  n.a = n.a * step.keep_size + n.g * step.new_size;
  return n;
}

#define STEP struct kernel_block block, struct kernel_step step

static void sgd(float *w, const float *g, STEP) { update((struct places){w, 0, 0, 0, g}, block, step, sgd_of); }

static void momentum(float *w, const float *g, float *v, STEP, bool nesterov) {
  struct places at = {w, v, 0, 0, g};
  if (nesterov) update(at, block, step, nesterov_of);
  else update(at, block, step, momentum_of);
}

/// A pixel that is 0 in every image of a batch has a gradient of 0: its weights stay, and its mean square only becomes
/// smaller, to the same bits as by the formula.
static void rmsprop(float *w, const float *g, float *v, STEP) {
  struct places at = {w, v, 0, 0, g};
  bool may_rest = step.epsilon > 0;
  for (long r = 0; r < block.rows; r++, at = moved(at, block.stride, block.gradient_stride)) {
    long i = 0;
    for (; i + LANES <= block.columns; i += LANES) {
      struct places here = moved(at, i, i);
      if (may_rest && __builtin_reduce_and(load(here.g) == 0)) store(here.a, step.keep_size * load(here.a));
      else write(here, rmsprop_of(read(here), step));
    }
    if (i < block.columns) {
      struct places here = moved(at, i, i);
      write_first(here, rmsprop_of(read_first(here, block.columns - i), step), block.columns - i);
    }
  }
}

static void rmsprop_variant(float *w, const float *g, float *v, float *m, float *u, STEP) {
  if (m && u) update((struct places){w, v, m, u, g}, block, step, rmsprop_centered_momentum_of);
  else if (m) update((struct places){w, v, m, 0, g}, block, step, rmsprop_centered_of);
  else update((struct places){w, v, 0, u, g}, block, step, rmsprop_momentum_of);
}

static void adam(float *w, const float *g, float *m, float *v, STEP) {
  update((struct places){w, m, v, 0, g}, block, step, adam_of);
}

static void amsgrad(float *w, const float *g, float *m, float *v, float *h, STEP) {
  update((struct places){w, m, v, h, g}, block, step, amsgrad_of);
}

static void nadam(float *w, const float *g, float *m, float *v, STEP) {
  update((struct places){w, m, v, 0, g}, block, step, nadam_of);
}

static void adamax(float *w, const float *g, float *m, float *u, STEP) {
  update((struct places){w, m, u, 0, g}, block, step, adamax_of);
}

static void adagrad(float *w, const float *g, float *a, STEP) {
  update((struct places){w, a, 0, 0, g}, block, step, adagrad_of);
}

static void adadelta(float *w, const float *g, float *v, float *u, STEP) {
  update((struct places){w, v, u, 0, g}, block, step, adadelta_of);
}

static void lion(float *w, const float *g, float *m, STEP) {
  update((struct places){w, m, 0, 0, g}, block, step, lion_of);
}

static void add_penalty(const float *w, float *g, struct kernel_block block, float l1, float l2) {
  for (long r = 0; r < block.rows; r++, w += block.stride, g += block.gradient_stride)
    for (long i = 0; i < block.columns; i++)
      g[i] += (w[i] > 0 ? l1 : w[i] < 0 ? -l1 : 0) + l2 * w[i];
}

static struct kernel_sums sum_penalty(const float *w, long count) {
  typedef double doubles __attribute__((vector_size(LANES * 8)));
  doubles sizes = {0}, squares = {0};
  for (long i = 0; i < count; i += LANES) {
    lanes x = i + LANES <= count ? load(w + i) : load_first(w + i, count - i);
    sizes += __builtin_convertvector(magnitude(x), doubles);
    squares += __builtin_convertvector(x, doubles) * __builtin_convertvector(x, doubles);
  }
  struct kernel_sums sums = {0, 0};
  for (int i = 0; i < LANES; i++) {
    sums.sizes += sizes[i];
    sums.squares += squares[i];
  }
  return sums;
}

static void limit(float *restrict w, float *restrict g, struct kernel_block block, float factor, float limit,
                  float decay, float rate) {
  for (long r = 0; r < block.rows; r++, w += block.stride, g += block.gradient_stride)
    for (long i = 0; i < block.columns; i++) {
      float x = factor * g[i];
      g[i] = x > limit ? limit : x < -limit ? -limit : x;
      w[i] -= w[i] * decay * rate;
    }
}
