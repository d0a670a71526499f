#ifndef CSQLITE_H
#define CSQLITE_H

#include <stdint.h>

#pragma clang assume_nonnull begin

/// Loads libsqlite3 at the first call, so that a program that keeps no ledger does not need it.
///
/// Returns NULL, or what the loader said went wrong.
const char *_Nullable sqlite_load(void);

/// Opens a database, made when it is not there; waits up to two seconds for others. Returns NULL, or what went wrong.
const char *_Nullable sqlite_open(const char *path, void *_Nullable *_Nonnull database);

void sqlite_close(void *_Nullable database);

/// Prepares a statement. Returns NULL, or what went wrong.
const char *_Nullable sqlite_prepare(void *database, const char *sql, void *_Nullable *_Nonnull statement);

/// Gives the parameter of a place, from 1, a value. The text is copied.
int sqlite_bind_text(void *statement, int place, const char *text);
int sqlite_bind_double(void *statement, int place, double value);
int sqlite_bind_integer(void *statement, int place, int64_t value);

/// 1 for a row, 0 at the end, -1 when it failed.
int sqlite_step(void *statement);

/// The value of a column, from 0; a text is good until the next step.
const char *_Nullable sqlite_text(void *statement, int column);
double sqlite_double(void *statement, int column);
int64_t sqlite_integer(void *statement, int column);

void sqlite_finish(void *_Nullable statement);

/// What went wrong last.
const char *sqlite_error(void *database);

#pragma clang assume_nonnull end

#endif
