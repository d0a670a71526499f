#ifndef CHDF5_H
#define CHDF5_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

/// Loads libhdf5 at the first call, so that a program that reads no file of Keras's does not need it.
///
/// Returns NULL, or what the loader said went wrong.
const char *_Nullable hdf5_load(void);

/// Axes of an array at most.
enum { hdf5_axes = 8 };

/// What a record of a reading process is.
enum {
  /// The file has been read to its end; nothing follows.
  hdf5_end_of_file = 0,
  /// Single-precision floats, row by row.
  hdf5_floats = 1,
  /// 64-bit integers, row by row.
  hdf5_integers = 2,
  /// Texts of an attribute, each with a 0 behind it; `extents[0]` is how many.
  hdf5_texts = 3,
  /// The file is not read; `reason` says why, the name where.
  hdf5_refusal = 4,
};

/// Why a file is not read.
enum {
  hdf5_no_file = 1,
  hdf5_external_link,
  hdf5_soft_link,
  hdf5_external_storage,
  hdf5_unknown_filter,
  hdf5_missing_bytes,
  hdf5_too_many_objects,
  hdf5_no_numbers,
  hdf5_unreadable,
  hdf5_beyond_limit,
  hdf5_too_many_axes,
  hdf5_long_name,
};

/// What stands before each name and its numbers in the pipe of a reading process.
typedef struct {
  int32_t kind;
  int32_t reason;
  int32_t rank;
  /// Bytes of the name, which follows: `layers/dense/vars/0`, an attribute's with `@` before it.
  int32_t name_length;
  int64_t extents[hdf5_axes];
  /// Bytes behind the name.
  int64_t bytes;
} hdf5_record;

/// Starts a process that reads a file's bytes and writes records into a pipe.
///
/// libhdf5 crashes at some damaged files, works without end at others, and opens what they name; so it reads in a
/// process that can open nothing, has `limit` bytes of memory and so many seconds of a processor, and may die.
/// Returns the pipe's end, or -1 with errno.
int hdf5_start_reading(const uint8_t *bytes, size_t count, size_t limit, int seconds, pid_t *child);

/// Closes the pipe and ends the process where it has not ended. Returns the signal that ended it, else 0.
int hdf5_stop_reading(int pipe, pid_t child);

/// Writes the records of a file as such a process does, but in this one, which libhdf5 may end; for fuzzing alone.
void hdf5_read_here(int records, const uint8_t *bytes, size_t count, size_t limit);

/// Begins a file in memory; less than 0 when it cannot. Calls from several threads wait for each other.
int64_t hdf5_create(void);

/// Adds an array under a path whose groups are made; 0 when it went well.
int hdf5_add_floats(int64_t file, const char *path, int rank, const int64_t *extents, const float *numbers);
int hdf5_add_integer(int64_t file, const char *path, int32_t number);

/// Adds a group, and the groups on its path that are not there; 0 when it went well.
int hdf5_add_group(int64_t file, const char *path);

/// How many bytes the file has; less than 0 when that went wrong.
ssize_t hdf5_size(int64_t file);

/// Copies the file's bytes; less than 0 when that went wrong.
ssize_t hdf5_copy(int64_t file, uint8_t *bytes, size_t count);

void hdf5_close(int64_t file);

#pragma clang assume_nonnull end

#endif
