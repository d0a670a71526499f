/// One register of channels at one place.
INLINE void max_lanes(const float *x, const int32_t *offsets, const int32_t *numbers, long taps, float *y,
                      int32_t *first) {
  lanes best = load(x + offsets[0]);
  integers tap = numbers[0] - (integers){0};
  for (long t = 1; t < taps; t++) {
    lanes value = load(x + offsets[t]);
    // NaN is larger than everything.
    integers is_larger = (value > best) | ((value != value) & (best == best)), number = numbers[t] - (integers){0};
    best = choose(is_larger, value, best);
    tap = (number & is_larger) | (tap & ~is_larger);
  }
  store(y, best);
  if (first) memcpy(first, &tap, sizeof tap);
}

static void max_pool(const float *x, const int32_t *offsets, const int32_t *numbers, long taps, long places, long step,
                     long channels, float *y, int32_t *first) {
  for (long p = 0; p < places; p++, x += step, y += channels, first += first ? channels : 0) {
    long c = 0;
    for (; c + LANES <= channels; c += LANES)
      max_lanes(x + c, offsets, numbers, taps, y + c, first ? first + c : NULL);
    for (; c < channels; c++) {
      float best = x[offsets[0] + c];
      int32_t tap = numbers[0];
      for (long t = 1; t < taps; t++) {
        float value = x[offsets[t] + c];
        if (value > best || (value != value && best == best)) best = value, tap = numbers[t];
      }
      y[c] = best;
      if (first) first[c] = tap;
    }
  }
}

static void max_pool_backward(const float *dy, const int32_t *first, const int32_t *offsets, const int32_t *numbers,
                              long taps, long places, long step, long channels, float *dx) {
  for (long p = 0; p < places; p++, dx += step, dy += channels, first += channels)
    for (long t = 0; t < taps; t++) {
      float *to = dx + offsets[t];
      int32_t number = numbers[t];
      // Read first, chosen then: so the loop has no branch and takes many channels at once.
      for (long c = 0; c < channels; c++) {
        float gradient = dy[c];
        to[c] += first[c] == number ? gradient : 0;
      }
    }
}

static void average_pool(const float *x, const int32_t *offsets, long taps, long places, long step, long channels,
                         float *restrict y) {
  float share = 1 / (float)taps;
  for (long p = 0; p < places; p++, x += step, y += channels) {
    long c = 0;
    for (; c + LANES <= channels; c += LANES) {
      lanes sum = load(x + offsets[0] + c);
      for (long t = 1; t < taps; t++) sum += load(x + offsets[t] + c);
      store(y + c, sum * share);
    }
    for (; c < channels; c++) {
      float sum = x[offsets[0] + c];
      for (long t = 1; t < taps; t++) sum += x[offsets[t] + c];
      y[c] = sum * share;
    }
  }
}

static void average_pool_backward(const float *restrict dy, const int32_t *offsets, long taps, long places, long step,
                                  long channels, float *restrict dx) {
  float share = 1 / (float)taps;
  for (long p = 0; p < places; p++, dx += step, dy += channels)
    for (long t = 0; t < taps; t++) {
      float *to = dx + offsets[t];
      for (long c = 0; c < channels; c++) to[c] += dy[c] * share;
    }
}
