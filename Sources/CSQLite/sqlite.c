#include "CSQLite.h"
#include "CLoader.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

// SQLite's own numbers (sqlite3.h 3).
enum { OK = 0, ROW = 100, DONE = 101, MILLISECONDS = 2000 };

static int (*open_database)(const char *path, void **database);
static int (*close_database)(void *database);
static int (*busy_timeout)(void *database, int milliseconds);
static int (*prepare)(void *database, const char *sql, int length, void **statement, const char **rest);
static int (*bind_text)(void *statement, int place, const char *text, int length, void (*destructor)(void *));
static int (*bind_double)(void *statement, int place, double value);
static int (*bind_int64)(void *statement, int place, int64_t value);
static int (*step)(void *statement);
static const unsigned char *(*column_text)(void *statement, int column);
static double (*column_double)(void *statement, int column);
static int64_t (*column_int64)(void *statement, int column);
static int (*finalize)(void *statement);
static const char *(*error_text)(void *database);

static const char *trouble;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find(void *library, const char *name, void **function) {
  return loader_find(library, name, function, &trouble);
}

static void load(void) {
  void *library = loader_open("libsqlite3.so.0", &trouble);
  if (!library) return;
  struct {
    const char *name;
    void **function;
  } functions[] = {
      {"sqlite3_open", (void **)&open_database},       {"sqlite3_close", (void **)&close_database},
      {"sqlite3_busy_timeout", (void **)&busy_timeout}, {"sqlite3_prepare_v2", (void **)&prepare},
      {"sqlite3_bind_text", (void **)&bind_text},      {"sqlite3_bind_double", (void **)&bind_double},
      {"sqlite3_bind_int64", (void **)&bind_int64},    {"sqlite3_step", (void **)&step},
      {"sqlite3_column_text", (void **)&column_text},  {"sqlite3_column_double", (void **)&column_double},
      {"sqlite3_column_int64", (void **)&column_int64}, {"sqlite3_finalize", (void **)&finalize},
      {"sqlite3_errmsg", (void **)&error_text},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
    if (!find(library, functions[i].name, functions[i].function)) return;
}

const char *sqlite_load(void) {
  pthread_once(&once, load);
  return trouble;
}

const char *sqlite_open(const char *path, void **database) {
  if (open_database(path, database) != OK) return *database ? error_text(*database) : "out of memory";
  busy_timeout(*database, MILLISECONDS);
  return NULL;
}

void sqlite_close(void *database) {
  if (database) close_database(database);
}

const char *sqlite_prepare(void *database, const char *sql, void **statement) {
  return prepare(database, sql, -1, statement, NULL) == OK ? NULL : error_text(database);
}

int sqlite_bind_text(void *statement, int place, const char *text) {
  // -1 has SQLite copy the text (SQLITE_TRANSIENT).
  return bind_text(statement, place, text, -1, (void (*)(void *))-1);
}

int sqlite_bind_double(void *statement, int place, double value) { return bind_double(statement, place, value); }

int sqlite_bind_integer(void *statement, int place, int64_t value) { return bind_int64(statement, place, value); }

int sqlite_step(void *statement) {
  int status = step(statement);
  return status == ROW ? 1 : status == DONE ? 0 : -1;
}

const char *sqlite_text(void *statement, int column) { return (const char *)column_text(statement, column); }

double sqlite_double(void *statement, int column) { return column_double(statement, column); }

int64_t sqlite_integer(void *statement, int column) { return column_int64(statement, column); }

void sqlite_finish(void *statement) {
  if (statement) finalize(statement);
}

const char *sqlite_error(void *database) { return error_text(database); }
