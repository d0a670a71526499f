#include "CLoader.h"

#include <dlfcn.h>
#include <string.h>

/// What the loader said last, in memory that stays: its own goes with its next call.
static const char *reason(void) {
  const char *said = dlerror();
  const char *kept = said ? strdup(said) : NULL;
  return kept ? kept : "no reason is told";
}

void *loader_open(const char *name, const char **trouble) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!library) *trouble = reason();
  return library;
}

bool loader_find(void *library, const char *name, void **place, const char **trouble) {
  *place = dlsym(library, name);
  if (!*place) *trouble = reason();
  return *place != NULL;
}
