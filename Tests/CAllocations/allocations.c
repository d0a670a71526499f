#define _GNU_SOURCE
#include "CAllocations.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

// In the thread's static block: reading them allocates nothing.
static _Thread_local int is_counting __attribute__((tls_model("initial-exec")));
static _Thread_local long count __attribute__((tls_model("initial-exec")));

static void note(void *caller) {
  if (!is_counting) return;
  is_counting = 0;
  Dl_info info;
  count += !(dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, "openblas"));
  is_counting = 1;
}

void *malloc(size_t size) {
  note(__builtin_return_address(0));
  return __libc_malloc(size);
}

void *calloc(size_t members, size_t size) {
  note(__builtin_return_address(0));
  return __libc_calloc(members, size);
}

void *realloc(void *memory, size_t size) {
  note(__builtin_return_address(0));
  return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
  note(__builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note(__builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  note(__builtin_return_address(0));
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}

int allocations_can_be_counted(void) { return 1; }

void allocations_count(int begins) {
  if (begins) count = 0;
  is_counting = begins;
}

long allocations_counted(void) { return count; }

#else

int allocations_can_be_counted(void) { return 0; }

void allocations_count(int begins) { (void)begins; }

long allocations_counted(void) { return 0; }

#endif
