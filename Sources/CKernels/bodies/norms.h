static void normalize_columns(const float *restrict x, const float *restrict mean, const float *restrict factor,
                              const float *restrict offset, long rows, long columns, float *restrict y) {
  for (long r = 0; r < rows; r++, x += columns, y += columns)
    for (long c = 0; c < columns; c++) y[c] = (x[c] - mean[c]) * factor[c] + offset[c];
}

static void normalize_columns_backward(const float *restrict x, const float *restrict dy, const float *restrict mean,
                                       const float *restrict factor, const float *restrict shift,
                                       const float *restrict slope, long rows, long columns, float *restrict dx) {
  for (long r = 0; r < rows; r++, x += columns, dy += columns, dx += columns)
    for (long c = 0; c < columns; c++) dx[c] = factor[c] * (dy[c] - shift[c] - (x[c] - mean[c]) * slope[c]);
}

static void add_squares(const float *restrict x, const float *restrict mean, long rows, long columns,
                        float *restrict sums) {
  for (long r = 0; r < rows; r++, x += columns)
    for (long c = 0; c < columns; c++) sums[c] += (x[c] - mean[c]) * (x[c] - mean[c]);
}

static void add_products(const float *restrict x, const float *restrict dy, const float *restrict mean,
                         const float *restrict inverse, long rows, long columns, float *restrict sums,
                         float *restrict products) {
  for (long r = 0; r < rows; r++, x += columns, dy += columns)
    for (long c = 0; c < columns; c++) {
      sums[c] += dy[c];
      products[c] += dy[c] * ((x[c] - mean[c]) * inverse[c]);
    }
}

/// Sums along a row that keep the digits of double precision: so many chains as two registers have.
enum { SUMS = 2 * LANES };

INLINE double sum_of_doubles(const double *sums) {
  double total = 0;
  for (int i = 0; i < SUMS; i++) total += sums[i];
  return total;
}

static void normalize_row(const float *x, const float *gamma, const float *beta, double epsilon, long width, float *y,
                          float *moments) {
  double sums[SUMS] = {0}, squares[SUMS] = {0};
  long whole = width / SUMS * SUMS;
  for (long i = 0; i < whole; i += SUMS)
    for (int k = 0; k < SUMS; k++) sums[k] += (double)x[i + k];
  for (long i = whole; i < width; i++) sums[i - whole] += (double)x[i];
  double mean = sum_of_doubles(sums) / (double)width;
  for (long i = 0; i < whole; i += SUMS)
    for (int k = 0; k < SUMS; k++) squares[k] += ((double)x[i + k] - mean) * ((double)x[i + k] - mean);
  for (long i = whole; i < width; i++) squares[i - whole] += ((double)x[i] - mean) * ((double)x[i] - mean);
  double inverse = 1 / __builtin_sqrt(sum_of_doubles(squares) / (double)width + epsilon);
  float center = moments[0] = (float)mean, factor = moments[1] = (float)inverse;
  for (long i = 0; i < width; i++) y[i] = (x[i] - center) * factor;
  if (gamma)
    for (long i = 0; i < width; i++) y[i] *= gamma[i];
  if (beta)
    for (long i = 0; i < width; i++) y[i] += beta[i];
}

static void normalize_row_backward(const float *x, const float *dy, const float *gamma, const float *moments,
                                   long width, float *dx) {
  float mean = moments[0], inverse = moments[1];
  double sums[SUMS] = {0}, products[SUMS] = {0};
  for (long i = 0; i < width; i++) dx[i] = gamma ? dy[i] * gamma[i] : dy[i];
  long whole = width / SUMS * SUMS;
  for (long i = 0; i < whole; i += SUMS)
    for (int k = 0; k < SUMS; k++) {
      sums[k] += (double)dx[i + k];
      products[k] += (double)dx[i + k] * (double)((x[i + k] - mean) * inverse);
    }
  for (long i = whole; i < width; i++) {
    sums[i - whole] += (double)dx[i];
    products[i - whole] += (double)dx[i] * (double)((x[i] - mean) * inverse);
  }
  float shift = (float)(sum_of_doubles(sums) / (double)width);
  float slope = (float)(sum_of_doubles(products) / (double)width);
  for (long i = 0; i < width; i++) dx[i] = inverse * (dx[i] - shift - (x[i] - mean) * inverse * slope);
}

static void add_row_products(const float *restrict x, const float *restrict dy, const float *moments, long width,
                             float *restrict sums, float *restrict products) {
  float mean = moments[0], inverse = moments[1];
  for (long i = 0; i < width; i++) {
    sums[i] += dy[i];
    products[i] += dy[i] * ((x[i] - mean) * inverse);
  }
}
