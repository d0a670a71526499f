#include "COpenBLAS.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

// CBLAS's own numbers (cblas.h).
enum { ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112 };

typedef void (*sgemm_function)(int, int, int, int, int, int, float, const float *, int, const float *, int, float,
                               float *, int);

static sgemm_function sgemm;
static const char *failure;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
#ifdef __x86_64__
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq"))
    setenv("OPENBLAS_CORETYPE", "SkylakeX", 1);
#endif
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (library) sgemm = (sgemm_function)dlsym(library, "cblas_sgemm");
  if (!sgemm) {
    failure = dlerror();
    if (!failure) failure = "libopenblas.so.0 has no cblas_sgemm";
  }
}

const char *openblas_load(void) {
  pthread_once(&once, load);
  return failure;
}

void openblas_multiply(bool transpose_a, bool transpose_b, int m, int n, int k, const float *a, int a_stride,
                       const float *b, int b_stride, float beta, float *c, int c_stride) {
  sgemm(ROW_MAJOR, transpose_a ? TRANSPOSE : NO_TRANSPOSE, transpose_b ? TRANSPOSE : NO_TRANSPOSE, m, n, k, 1, a,
        a_stride, b, b_stride, beta, c, c_stride);
}
