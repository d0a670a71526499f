#include "CChafa.h"
#include "CLoader.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

static chafa_functions functions;
static char *(*string_free)(chafa_text *text, int frees_bytes);
static const char *trouble;
static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find(void *library, const char *name, void **function) {
  return loader_find(library, name, function, &trouble);
}

#define FIND(name) find(library, "chafa_" #name, (void **)&functions.name)

static void load(void) {
  void *library = loader_open("libchafa.so.0", &trouble);
  if (!library) return;
  is_loaded = FIND(canvas_config_new) && FIND(canvas_config_unref) && FIND(canvas_config_set_geometry) &&
              FIND(canvas_config_set_cell_geometry) && FIND(canvas_config_set_canvas_mode) &&
              FIND(canvas_config_set_pixel_mode) && FIND(canvas_config_set_symbol_map) &&
              FIND(canvas_config_set_work_factor) && FIND(canvas_config_set_transparency_threshold) &&
              FIND(canvas_config_set_preprocessing_enabled) && FIND(symbol_map_new) && FIND(symbol_map_unref) &&
              FIND(symbol_map_add_by_tags) && FIND(symbol_map_remove_by_tags) && FIND(canvas_new) &&
              FIND(canvas_unref) && FIND(canvas_draw_all_pixels) && FIND(canvas_get_char_at) &&
              FIND(canvas_get_raw_colors_at) && FIND(canvas_print) && FIND(term_db_get_default) &&
              FIND(term_db_get_fallback_info) && FIND(term_info_unref) &&
              // A function of GLib, which chafa brings along.
              find(library, "g_string_free", (void **)&string_free);
  // One thread draws: GLib ends the program when it cannot have another. chafa before 1.10 cannot be told.
  void (*set_threads)(int) = (void (*)(int))dlsym(library, "chafa_set_n_threads");
  if (set_threads) set_threads(1);
}

const chafa_functions *chafa_load(const char **failure) {
  pthread_once(&once, load);
  *failure = trouble;
  return is_loaded ? &functions : NULL;
}

void chafa_free_text(chafa_text *text) { string_free(text, 1); }
