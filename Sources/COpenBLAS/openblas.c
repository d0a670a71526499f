#include "COpenBLAS.h"
#include "CLoader.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

// CBLAS's own numbers (cblas.h).
enum { ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112 };

typedef void (*sgemm_function)(int, int, int, int, int, int, float, const float *, int, const float *, int, float,
                               float *, int);

static sgemm_function sgemm;
static void *(*take_buffer)(int);
static void (*give_buffer_back)(void *);
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
  void *library = loader_open("libopenblas.so.0", &failure);
  if (!library || !loader_find(library, "cblas_sgemm", (void **)&sgemm, &failure)) return;
  take_buffer = (void *(*)(int))dlsym(library, "blas_memory_alloc");
  give_buffer_back = (void (*)(void *))dlsym(library, "blas_memory_free");
}

const char *openblas_load(void) {
  pthread_once(&once, load);
  return failure;
}

// What one call works in (BUFFER_SIZE in OpenBLAS's common_x86_64.h and common_arm64.h), and a little for its seams.
static const size_t buffer_size = (128 << 20) + (1 << 20);
// More buffers than this are left to OpenBLAS: it has 50 at least, and no machine has so many threads and so little.
enum { MOST_BUFFERS = 48 };

size_t openblas_reserve(int threads) {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  static int reserved;
  size_t missing = 0;
  int wanted = threads < MOST_BUFFERS ? threads : MOST_BUFFERS;
  pthread_mutex_lock(&mutex);
  if (wanted > reserved && take_buffer && give_buffer_back) {
    size_t size = (size_t)(wanted - reserved) * buffer_size;
    void *room = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED) {
      missing = size;
    } else {
      void *buffers[MOST_BUFFERS];
      munmap(room, size);
      for (int i = 0; i < wanted; i++) buffers[i] = take_buffer(1);
      for (int i = 0; i < wanted; i++) give_buffer_back(buffers[i]);
      reserved = wanted;
    }
  }
  pthread_mutex_unlock(&mutex);
  return missing;
}

void openblas_multiply(bool transpose_a, bool transpose_b, int m, int n, int k, const float *a, int a_stride,
                       const float *b, int b_stride, float beta, float *c, int c_stride) {
  sgemm(ROW_MAJOR, transpose_a ? TRANSPOSE : NO_TRANSPOSE, transpose_b ? TRANSPOSE : NO_TRANSPOSE, m, n, k, 1, a,
        a_stride, b, b_stride, beta, c, c_stride);
}
