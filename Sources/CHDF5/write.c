#include "hdf5.h"

#include <stdio.h>

static hid write_space(int rank, const int64_t *extents) {
  extent all[hdf5_axes];
  for (int axis = 0; axis < rank; axis++) all[axis] = (extent)extents[axis];
  return h5.create_space(rank, all, NULL);
}

int64_t hdf5_create(void) {
  static unsigned count;
  char name[32];
  pthread_mutex_lock(&hdf5_use);
  // Files in memory are told apart by their names.
  snprintf(name, sizeof name, "memory %u", count++);
  hid access = h5.create_properties(h5.file_access);
  h5.set_core(access, 1 << 20, false);
  hid file = h5.create_file(name, TRUNCATE, 0, access);
  h5.close_properties(access);
  pthread_mutex_unlock(&hdf5_use);
  return file;
}

void hdf5_close(int64_t file) {
  pthread_mutex_lock(&hdf5_use);
  h5.close_file(file);
  pthread_mutex_unlock(&hdf5_use);
}

static hid with_groups(void) {
  hid links = h5.create_properties(h5.link_creation);
  h5.set_intermediate(links, 1);
  return links;
}

static int add(hid file, const char *path, int rank, const int64_t *extents, hid type, hid memory,
               const void *numbers) {
  pthread_mutex_lock(&hdf5_use);
  hid links = with_groups(), creation = h5.create_properties(h5.dataset_creation);
  // The same numbers give the same bytes.
  h5.set_times(creation, false);
  hid space = write_space(rank, extents);
  hid dataset = h5.create_dataset(file, path, type, space, links, creation, 0);
  int status = dataset < 0 ? -1 : h5.write(dataset, memory, 0, 0, 0, numbers);
  if (dataset >= 0 && h5.close_dataset(dataset) < 0) status = -1;
  h5.close_space(space);
  h5.close_properties(creation);
  h5.close_properties(links);
  pthread_mutex_unlock(&hdf5_use);
  return status < 0 ? -1 : 0;
}

int hdf5_add_floats(int64_t file, const char *path, int rank, const int64_t *extents, const float *numbers) {
  return add(file, path, rank, extents, h5.little_float, h5.native_float, numbers);
}

int hdf5_add_integer(int64_t file, const char *path, int32_t number) {
  int64_t wide = number;
  return add(file, path, 0, &wide, h5.little_integer, h5.native_integer, &wide);
}

int hdf5_add_group(int64_t file, const char *path) {
  pthread_mutex_lock(&hdf5_use);
  hid links = with_groups();
  hid group = h5.create_group(file, path, links, 0, 0);
  h5.close_properties(links);
  int status = group < 0 ? -1 : h5.close_group(group);
  pthread_mutex_unlock(&hdf5_use);
  return status;
}

ssize_t hdf5_size(int64_t file) {
  pthread_mutex_lock(&hdf5_use);
  ssize_t size = h5.flush(file, 0) < 0 ? -1 : h5.get_image(file, NULL, 0);
  pthread_mutex_unlock(&hdf5_use);
  return size;
}

ssize_t hdf5_copy(int64_t file, uint8_t *bytes, size_t count) {
  pthread_mutex_lock(&hdf5_use);
  ssize_t copied = h5.get_image(file, bytes, count);
  pthread_mutex_unlock(&hdf5_use);
  return copied;
}
