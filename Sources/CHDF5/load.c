#include "hdf5.h"
#include "CLoader.h"

#include <dlfcn.h>

struct hdf5_functions h5;
pthread_mutex_t hdf5_use = PTHREAD_MUTEX_INITIALIZER;

static const char *trouble;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// Debian 12 and 13, and what others call it.
static const char *const names[] = {
    "libhdf5_serial.so.103", "libhdf5_serial.so.310", "libhdf5_serial.so.320", "libhdf5.so.103", "libhdf5.so.310",
    "libhdf5.so.320",        "libhdf5.so.200",        "libhdf5_serial.so",     "libhdf5.so",
};

static void *open_any(void) {
  void *library = loader_open(names[0], &trouble);
  // What is told is why the first is not there.
  const char *other;
  for (size_t i = 1; !library && i < sizeof names / sizeof *names; i++) library = loader_open(names[i], &other);
  if (library) trouble = NULL;
  return library;
}

static bool find(void *library, const char *name, void **function) {
  return loader_find(library, name, function, &trouble);
}

static bool find_functions(void *library) {
  struct {
    const char *name;
    void **function;
  } functions[] = {
      {"H5open", (void **)&h5.open_library},
      {"H5dont_atexit", (void **)&h5.dont_atexit},
      {"H5Eset_auto2", (void **)&h5.set_error_output},
      {"H5PLset_loading_state", (void **)&h5.set_plugins},
      {"H5Pcreate", (void **)&h5.create_properties},
      {"H5Pclose", (void **)&h5.close_properties},
      {"H5Pset_fapl_core", (void **)&h5.set_core},
      {"H5Pset_file_image", (void **)&h5.set_image},
      {"H5Pset_create_intermediate_group", (void **)&h5.set_intermediate},
      {"H5Pset_obj_track_times", (void **)&h5.set_times},
      {"H5Fopen", (void **)&h5.open_file},
      {"H5Fcreate", (void **)&h5.create_file},
      {"H5Fclose", (void **)&h5.close_file},
      {"H5Fflush", (void **)&h5.flush},
      {"H5Fget_file_image", (void **)&h5.get_image},
      {"H5Oopen", (void **)&h5.open_object},
      {"H5Oclose", (void **)&h5.close_object},
      {"H5Iget_type", (void **)&h5.kind_of},
      {"H5Gcreate2", (void **)&h5.create_group},
      {"H5Gclose", (void **)&h5.close_group},
      {"H5Dget_space", (void **)&h5.space_of},
      {"H5Dget_type", (void **)&h5.type_of},
      {"H5Dget_create_plist", (void **)&h5.creation_of},
      {"H5Dget_storage_size", (void **)&h5.storage_of},
      {"H5Dread", (void **)&h5.read},
      {"H5Dwrite", (void **)&h5.write},
      {"H5Dcreate2", (void **)&h5.create_dataset},
      {"H5Dclose", (void **)&h5.close_dataset},
      {"H5Sget_simple_extent_type", (void **)&h5.space_kind},
      {"H5Sget_simple_extent_ndims", (void **)&h5.axes_of},
      {"H5Sget_simple_extent_dims", (void **)&h5.extents_of},
      {"H5Sget_simple_extent_npoints", (void **)&h5.points_of},
      {"H5Screate_simple", (void **)&h5.create_space},
      {"H5Sclose", (void **)&h5.close_space},
      {"H5Tclose", (void **)&h5.close_type},
      {"H5Tget_class", (void **)&h5.class_of},
      {"H5Tget_size", (void **)&h5.size_of},
      {"H5Tis_variable_str", (void **)&h5.is_variable},
      {"H5Tget_cset", (void **)&h5.characters_of},
      {"H5Tcopy", (void **)&h5.copy_type},
      {"H5Tset_size", (void **)&h5.set_size},
      {"H5Tset_cset", (void **)&h5.set_characters},
      {"H5Pget_external_count", (void **)&h5.external_count},
      {"H5Pget_layout", (void **)&h5.layout_of},
      {"H5Pget_nfilters", (void **)&h5.filter_count},
      {"H5Pget_filter2", (void **)&h5.filter},
      {"H5Pget_chunk", (void **)&h5.chunk_of},
      {"H5Aexists", (void **)&h5.has_attribute},
      {"H5Aopen", (void **)&h5.open_attribute},
      {"H5Aget_space", (void **)&h5.attribute_space},
      {"H5Aget_type", (void **)&h5.attribute_type},
      {"H5Aread", (void **)&h5.read_attribute},
      {"H5Aclose", (void **)&h5.close_attribute},
      {"H5free_memory", (void **)&h5.free_memory},
  };
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
    if (!find(library, functions[i].name, functions[i].function)) return false;
  // From version 1.12 on it has a number.
  h5.iterate = (int (*)(hid, int, int, extent *, link_visitor, void *))dlsym(library, "H5Literate2");
  return h5.iterate || find(library, "H5Literate", (void **)&h5.iterate);
}

/// Identifiers are variables of the library, filled when it is opened.
static bool find_identifiers(void *library) {
  struct {
    const char *name;
    hid *identifier;
  } identifiers[] = {
      {"H5P_CLS_FILE_ACCESS_ID_g", &h5.file_access},       {"H5P_CLS_LINK_CREATE_ID_g", &h5.link_creation},
      {"H5P_CLS_DATASET_CREATE_ID_g", &h5.dataset_creation}, {"H5T_NATIVE_FLOAT_g", &h5.native_float},
      {"H5T_NATIVE_INT64_g", &h5.native_integer},          {"H5T_C_S1_g", &h5.text},
      {"H5T_IEEE_F32LE_g", &h5.little_float},              {"H5T_STD_I32LE_g", &h5.little_integer},
  };
  for (size_t i = 0; i < sizeof identifiers / sizeof *identifiers; i++) {
    void *place;
    if (!find(library, identifiers[i].name, &place)) return false;
    *identifiers[i].identifier = *(hid *)place;
  }
  return true;
}

static void load(void) {
  void *library = open_any();
  if (!library || !find_functions(library)) return;
  // A process that reads ends at once, and one that goes on has nothing open at its end.
  h5.dont_atexit();
  if (h5.open_library() < 0) {
    trouble = "it cannot be started";
    return;
  }
  if (!find_identifiers(library)) return;
  // What goes wrong is told in our words; filters that a file names are not looked for on the disk.
  h5.set_error_output(0, NULL, NULL);
  h5.set_plugins(0);
}

const char *hdf5_load(void) {
  pthread_once(&once, load);
  return trouble;
}
