#ifndef CLOADER_H
#define CLOADER_H

#include <stdbool.h>

/// Opens a library; NULL with the loader's words in `trouble` where it cannot be.
void *_Nullable loader_open(const char *_Nonnull name, const char *_Nullable *_Nonnull trouble);

/// Finds a function or variable; whether it is there, else the loader's words in `trouble`.
bool loader_find(void *_Nonnull library, const char *_Nonnull name, void *_Nullable *_Nonnull place,
                 const char *_Nullable *_Nonnull trouble);

#endif
