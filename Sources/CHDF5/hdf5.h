// Functions of libhdf5 1.10 and later (H5public.h and the headers that it includes); identifiers have 64 bits.

#ifndef HDF5_FUNCTIONS_H
#define HDF5_FUNCTIONS_H

#include "CHDF5.h"

#include <pthread.h>
#include <stdbool.h>

typedef int64_t hid;
typedef uint64_t extent;

/// Called with a link's name and facts, of which the kind is the first.
typedef int (*link_visitor)(hid group, const char *name, const void *facts, void *context);

// The library's own numbers.
enum { HARD_LINK = 0, SOFT_LINK = 1 };
enum { IS_GROUP = 2, IS_DATASET = 5 };
enum { OF_INTEGERS = 0, OF_FLOATS = 1, OF_TEXTS = 3 };
enum { COMPACT = 0, CONTIGUOUS = 1, CHUNKED = 2 };
enum { DEFLATE = 1, SHUFFLE = 2, FLETCHER32 = 3 };
enum { BY_NAME = 0, RISING = 0, NULL_SPACE = 2, READ_ONLY = 0, TRUNCATE = 2 };

struct hdf5_functions {
  int (*open_library)(void);
  int (*dont_atexit)(void);
  int (*set_error_output)(hid stack, void *function, void *data);
  int (*set_plugins)(unsigned mask);
  hid (*create_properties)(hid class_id);
  int (*close_properties)(hid id);
  int (*set_core)(hid id, size_t increment, bool is_kept);
  int (*set_image)(hid id, void *bytes, size_t count);
  int (*set_intermediate)(hid id, unsigned is_on);
  int (*set_times)(hid id, bool is_on);
  hid (*open_file)(const char *name, unsigned flags, hid access);
  hid (*create_file)(const char *name, unsigned flags, hid creation, hid access);
  int (*close_file)(hid id);
  int (*flush)(hid id, int scope);
  ssize_t (*get_image)(hid id, void *bytes, size_t count);
  int (*iterate)(hid group, int index, int order, extent *place, link_visitor visitor, void *context);
  hid (*open_object)(hid group, const char *name, hid access);
  int (*close_object)(hid id);
  int (*kind_of)(hid id);
  hid (*create_group)(hid file, const char *path, hid links, hid creation, hid access);
  int (*close_group)(hid id);
  hid (*space_of)(hid dataset);
  hid (*type_of)(hid dataset);
  hid (*creation_of)(hid dataset);
  extent (*storage_of)(hid dataset);
  int (*read)(hid dataset, hid type, hid memory_space, hid file_space, hid transfer, void *numbers);
  int (*write)(hid dataset, hid type, hid memory_space, hid file_space, hid transfer, const void *numbers);
  hid (*create_dataset)(hid file, const char *path, hid type, hid space, hid links, hid creation, hid access);
  int (*close_dataset)(hid id);
  int (*space_kind)(hid space);
  int (*axes_of)(hid space);
  int (*extents_of)(hid space, extent *extents, extent *largest);
  int64_t (*points_of)(hid space);
  hid (*create_space)(int rank, const extent *extents, const extent *largest);
  int (*close_space)(hid id);
  int (*close_type)(hid id);
  int (*class_of)(hid type);
  size_t (*size_of)(hid type);
  int (*is_variable)(hid type);
  int (*characters_of)(hid type);
  hid (*copy_type)(hid type);
  int (*set_size)(hid type, size_t size);
  int (*set_characters)(hid type, int set);
  int (*external_count)(hid creation);
  int (*layout_of)(hid creation);
  int (*filter_count)(hid creation);
  int (*filter)(hid creation, unsigned index, unsigned *flags, size_t *count, unsigned *values, size_t name_size,
                char *name, unsigned *config);
  int (*chunk_of)(hid creation, int rank, extent *extents);
  int (*has_attribute)(hid object, const char *name);
  hid (*open_attribute)(hid object, const char *name, hid access);
  hid (*attribute_space)(hid attribute);
  hid (*attribute_type)(hid attribute);
  int (*read_attribute)(hid attribute, hid type, void *values);
  int (*close_attribute)(hid id);
  int (*free_memory)(void *memory);
  // Classes and types that the library makes when it is opened.
  hid file_access, link_creation, dataset_creation, native_float, native_integer, text, little_float, little_integer;
};

/// Filled by `hdf5_load`.
extern struct hdf5_functions h5;
/// Held while the library is used, and while a process that uses it begins.
extern pthread_mutex_t hdf5_use;

/// Writes the records of a file into a pipe, up to its end or a refusal, and leaves everything open.
void hdf5_write_records(int pipe, const uint8_t *bytes, size_t count, size_t limit);

#endif
