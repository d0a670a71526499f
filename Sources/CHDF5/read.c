#include "hdf5.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 1024, DEPTH = 16, OBJECTS = 100000, DEFLATE_RATIO = 1032, CHUNK_SLACK = 1 << 20 };

/// What is open, or allocated: an identifier and what closes it, or so many bytes behind this.
struct held {
  struct held *below;
  int (*close)(hid);
  hid id;
  size_t bytes;
  max_align_t memory[];
};

static int pipe_end;
static size_t bytes_of_file, bytes_left;
static int objects_left;
/// All that is held, the last first: a refusal leaves it where it stands.
static struct held *top;
/// Where a refusal goes, never out of a call of the library's.
static jmp_buf way_out;

static void put(const void *bytes, size_t count) {
  for (const char *rest = bytes; count > 0;) {
    ssize_t written = write(pipe_end, rest, count);
    // Nobody reads any more.
    if (written <= 0) longjmp(way_out, 1);
    rest += written;
    count -= (size_t)written;
  }
}

static void put_record(hdf5_record record, const char *name) {
  record.name_length = (int32_t)strlen(name);
  put(&record, sizeof record);
  put(name, (size_t)record.name_length);
}

static _Noreturn void refuse(int reason, const char *name) {
  put_record((hdf5_record){.kind = hdf5_refusal, .reason = reason}, name);
  longjmp(way_out, 1);
}

/// Holds an identifier that the library gave; refused where it gave none.
static hid hold(hid id, int (*close)(hid), const char *name) {
  if (id < 0) refuse(hdf5_unreadable, name);
  struct held *held = malloc(sizeof *held);
  if (!held) refuse(hdf5_beyond_limit, name);
  *held = (struct held){.below = top, .close = close, .id = id};
  top = held;
  return id;
}

/// Memory full of zeros, counted against what the reader allows; NULL where that is not enough.
static void *ask(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes) || bytes > bytes_left) return NULL;
  struct held *held = calloc(1, sizeof *held + bytes);
  if (!held) return NULL;
  held->below = top;
  held->bytes = bytes;
  bytes_left -= bytes;
  top = held;
  return held->memory;
}

static void *take(size_t count, size_t size, const char *name) {
  void *memory = ask(count, size);
  if (!memory) refuse(hdf5_beyond_limit, name);
  return memory;
}

/// Closes and frees what has been held since something was the last.
static void release(struct held *last) {
  while (top != last) {
    struct held *held = top;
    top = held->below;
    if (held->close) held->close(held->id);
    bytes_left += held->bytes;
    free(held);
  }
}

/// The product of extents and a size; refused where it does not fit.
static size_t product(const extent *extents, int rank, size_t size, const char *name) {
  size_t total = size;
  for (int axis = 0; axis < rank; axis++)
    if (__builtin_mul_overflow(total, extents[axis], &total)) refuse(hdf5_beyond_limit, name);
  return total;
}

/// Refuses numbers that are kept elsewhere, packed in an unknown way, or more than the bytes of the file can hold.
static void check_storage(hid dataset, int rank, const extent *extents, size_t size, const char *name) {
  hid creation = hold(h5.creation_of(dataset), h5.close_properties, name);
  int layout = h5.layout_of(creation), filters = h5.filter_count(creation);
  if (filters < 0) refuse(hdf5_unreadable, name);
  bool is_here = layout == COMPACT || layout == CONTIGUOUS || layout == CHUNKED;
  if (!is_here || h5.external_count(creation) != 0) refuse(hdf5_external_storage, name);
  bool is_deflated = false;
  for (int i = 0; i < filters; i++) {
    unsigned flags, values[16], config;
    size_t count = 16;
    char text[64];
    int filter = h5.filter(creation, (unsigned)i, &flags, &count, values, sizeof text, text, &config);
    if (filter != DEFLATE && filter != SHUFFLE && filter != FLETCHER32) refuse(hdf5_unknown_filter, name);
    // Twice deflated zeros would shrink by the square.
    if (filter == DEFLATE && is_deflated) refuse(hdf5_unknown_filter, name);
    is_deflated |= filter == DEFLATE;
  }
  size_t promised = product(extents, rank, size, name);
  extent stored = h5.storage_of(dataset);
  if (stored > bytes_of_file || promised / (is_deflated ? DEFLATE_RATIO : 1) > stored)
    refuse(hdf5_missing_bytes, name);
  if (layout == CHUNKED) {
    extent chunk[hdf5_axes];
    if (h5.chunk_of(creation, hdf5_axes, chunk) != rank) refuse(hdf5_unreadable, name);
    if (product(chunk, rank, size, name) / 2 > promised + CHUNK_SLACK) refuse(hdf5_beyond_limit, name);
  }
}

static void read_dataset(hid dataset, const char *name) {
  hid space = hold(h5.space_of(dataset), h5.close_space, name);
  hid type = hold(h5.type_of(dataset), h5.close_type, name);
  int rank = h5.axes_of(space), kind = h5.class_of(type);
  size_t size = h5.size_of(type);
  if (kind != OF_INTEGERS && kind != OF_FLOATS) refuse(hdf5_no_numbers, name);
  if (rank < 0 || size == 0 || h5.space_kind(space) == NULL_SPACE) refuse(hdf5_unreadable, name);
  if (rank > hdf5_axes) refuse(hdf5_too_many_axes, name);
  extent extents[hdf5_axes] = {0};
  if (h5.extents_of(space, extents, NULL) != rank) refuse(hdf5_unreadable, name);
  check_storage(dataset, rank, extents, size, name);
  bool is_floats = kind == OF_FLOATS;
  size_t width = is_floats ? sizeof(float) : sizeof(int64_t), count = product(extents, rank, 1, name);
  void *numbers = take(count, width, name);
  if (count > 0 && h5.read(dataset, is_floats ? h5.native_float : h5.native_integer, 0, 0, 0, numbers) < 0)
    refuse(hdf5_unreadable, name);
  hdf5_record record = {.kind = is_floats ? hdf5_floats : hdf5_integers, .rank = rank};
  for (int axis = 0; axis < rank; axis++) record.extents[axis] = (int64_t)extents[axis];
  record.bytes = (int64_t)(count * width);
  put_record(record, name);
  put(numbers, count * width);
}

/// Texts of so many bytes at most, a NULL being none; whether there was room for them.
static bool put_texts(const char *name, char *const *texts, size_t count, size_t longest) {
  hdf5_record record = {.kind = hdf5_texts, .rank = 1, .extents = {(int64_t)count}};
  for (size_t i = 0; i < count; i++) record.bytes += (texts[i] ? (int64_t)strnlen(texts[i], longest) : 0) + 1;
  if ((size_t)record.bytes > bytes_left) return false;
  put_record(record, name);
  for (size_t i = 0; i < count; i++) {
    if (texts[i]) put(texts[i], strnlen(texts[i], longest));
    put("", 1);
  }
  return true;
}

/// Reads texts of any length, which the library allocates.
static void read_variable_texts(hid attribute, hid type, size_t count, const char *name) {
  hid memory = hold(h5.copy_type(h5.text), h5.close_type, name);
  if (h5.set_size(memory, SIZE_MAX) < 0 || h5.set_characters(memory, h5.characters_of(type)) < 0)
    refuse(hdf5_unreadable, name);
  char **texts = take(count, sizeof *texts, name);
  bool is_read = count == 0 || h5.read_attribute(attribute, memory, texts) >= 0;
  bool is_put = is_read && put_texts(name, texts, count, SIZE_MAX);
  for (size_t i = 0; i < count; i++) h5.free_memory(texts[i]);
  if (!is_put) refuse(is_read ? hdf5_beyond_limit : hdf5_unreadable, name);
}

static void read_fixed_texts(hid attribute, hid type, size_t count, const char *name) {
  size_t size = h5.size_of(type);
  char **texts = take(count, sizeof *texts, name), *all = take(count, size, name);
  if (count > 0 && h5.read_attribute(attribute, type, all) < 0) refuse(hdf5_unreadable, name);
  for (size_t i = 0; i < count; i++) texts[i] = all + i * size;
  if (!put_texts(name, texts, count, size)) refuse(hdf5_beyond_limit, name);
}

static void read_texts(hid attribute, const char *name) {
  hid space = hold(h5.attribute_space(attribute), h5.close_space, name);
  hid type = hold(h5.attribute_type(attribute), h5.close_type, name);
  int64_t count = h5.points_of(space);
  if (count < 0 || h5.size_of(type) == 0) refuse(hdf5_unreadable, name);
  // NumPy has lists of nothing hold floats.
  if (h5.class_of(type) != OF_TEXTS) {
    if (count > 0) refuse(hdf5_no_numbers, name);
    put_texts(name, NULL, 0, 0);
  } else if (h5.is_variable(type) > 0) {
    read_variable_texts(attribute, type, (size_t)count, name);
  } else {
    read_fixed_texts(attribute, type, (size_t)count, name);
  }
}

/// Reads an attribute of a group; whether it is there.
static bool read_attribute(hid group, const char *path, const char *name) {
  if (h5.has_attribute(group, name) <= 0) return false;
  char full[PATH + 64];
  strcpy(full, path);
  strcat(strcat(full, "@"), name);
  struct held *last = top;
  read_texts(hold(h5.open_attribute(group, name, 0), h5.close_attribute, full), full);
  release(last);
  return true;
}

/// Reads what Keras says of a model in attributes; lists too long for one are cut into `layer_names0` and so on.
static void read_attributes(hid group, const char *path) {
  static const char *const names[] = {"model_config", "training_config", "keras_version", "backend"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) read_attribute(group, path, names[i]);
  static const char *const lists[] = {"layer_names", "weight_names"};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    if (read_attribute(group, path, lists[i])) continue;
    char part[32];
    for (unsigned number = 0; number < 1000; number++) {
      char digits[4] = {0};
      size_t length = 0;
      if (number >= 100) digits[length++] = (char)('0' + number / 100);
      if (number >= 10) digits[length++] = (char)('0' + number / 10 % 10);
      digits[length] = (char)('0' + number % 10);
      strcat(strcpy(part, lists[i]), digits);
      if (!read_attribute(group, path, part)) break;
    }
  }
}

struct place {
  char path[PATH];
  int depth;
};

/// A link of a group.
struct link {
  struct link *next;
  int kind;
  char name[];
};

/// The links of a group, as far as the library has told of them, and what kept it from telling more.
struct links {
  struct link *first, **end;
  int count, trouble;
};

static int note_link(hid group, const char *name, const void *facts, void *context) {
  struct links *links = context;
  size_t length = strlen(name);
  struct link *link = NULL;
  if (length >= PATH) links->trouble = hdf5_long_name;
  else if (links->count++ == objects_left) links->trouble = hdf5_too_many_objects;
  else if (!(link = ask(1, sizeof *link + length + 1))) links->trouble = hdf5_beyond_limit;
  if (!link) return -1;
  memcpy(&link->kind, facts, sizeof link->kind);
  memcpy(link->name, name, length);
  *links->end = link;
  links->end = &link->next;
  return 0;
}

static void read_group(hid group, const struct place *place);

static void read_link(hid group, const struct link *link, const struct place *above) {
  struct place place = {.depth = above->depth + 1};
  size_t length = strlen(above->path);
  if (length + strlen(link->name) + 2 > PATH) refuse(hdf5_long_name, above->path);
  strcpy(place.path, above->path);
  if (length > 0) strcat(place.path, "/");
  strcat(place.path, link->name);
  if (link->kind != HARD_LINK) refuse(link->kind == SOFT_LINK ? hdf5_soft_link : hdf5_external_link, place.path);
  if (objects_left-- == 0 || place.depth > DEPTH) refuse(hdf5_too_many_objects, place.path);
  struct held *last = top;
  hid object = hold(h5.open_object(group, link->name, 0), h5.close_object, place.path);
  switch (h5.kind_of(object)) {
    case IS_GROUP: read_group(object, &place); break;
    case IS_DATASET: read_dataset(object, place.path); break;
    default: refuse(hdf5_no_numbers, place.path);
  }
  release(last);
}

static void read_group(hid group, const struct place *place) {
  read_attributes(group, place->path);
  struct links links = {.end = &links.first};
  int status = h5.iterate(group, BY_NAME, RISING, NULL, note_link, &links);
  if (links.trouble) refuse(links.trouble, place->path);
  if (status < 0) refuse(hdf5_unreadable, place->path);
  for (struct link *link = links.first; link; link = link->next) read_link(group, link, place);
}

static void read_file(const uint8_t *bytes, size_t count) {
  // A file that the library could not close is not taken for the next one.
  static unsigned number;
  char name[32];
  snprintf(name, sizeof name, "file %u", number++);
  hid access = hold(h5.create_properties(h5.file_access), h5.close_properties, "");
  h5.set_core(access, 1 << 16, false);
  if (h5.set_image(access, (void *)bytes, count) < 0) refuse(hdf5_beyond_limit, "");
  hid file = h5.open_file(name, READ_ONLY, access);
  if (file < 0) refuse(hdf5_no_file, "");
  hold(file, h5.close_file, "");
  read_group(hold(h5.open_object(file, "/", 0), h5.close_object, ""), &(struct place){.depth = 0});
  put_record((hdf5_record){.kind = hdf5_end_of_file}, "");
}

void hdf5_write_records(int pipe, const uint8_t *bytes, size_t count, size_t limit) {
  pipe_end = pipe;
  bytes_of_file = count;
  bytes_left = limit;
  objects_left = OBJECTS;
  if (setjmp(way_out) == 0) read_file(bytes, count);
}

void hdf5_read_here(int records, const uint8_t *bytes, size_t count, size_t limit) {
  pthread_mutex_lock(&hdf5_use);
  hdf5_write_records(records, bytes, count, limit);
  release(NULL);
  pthread_mutex_unlock(&hdf5_use);
}
