#include "CCairo.h"
#include "CLoader.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

static cairo_functions functions;
static const char *trouble;
static bool is_loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find(void *library, const char *name, void **function) {
  return loader_find(library, name, function, &trouble);
}

#define FIND(name) find(library, "cairo_" #name, (void **)&functions.name)

static void load(void) {
  void *library = loader_open("libcairo.so.2", &trouble);
  if (!library) return;
  is_loaded =
      FIND(image_surface_create) && FIND(image_surface_create_for_data) && FIND(image_surface_create_from_png_stream) &&
      FIND(image_surface_get_data) && FIND(image_surface_get_format) && FIND(image_surface_get_width) &&
      FIND(image_surface_get_height) && FIND(image_surface_get_stride) && FIND(svg_surface_create_for_stream) &&
      FIND(pdf_surface_create_for_stream) && FIND(surface_write_to_png_stream) &&
      FIND(surface_flush) && FIND(surface_finish) && FIND(surface_status) && FIND(surface_destroy) &&
      FIND(status_to_string) && FIND(create) && FIND(destroy) && FIND(status) && FIND(save) && FIND(restore) &&
      FIND(scale) && FIND(translate) && FIND(rotate) && FIND(set_source_rgba) && FIND(set_source_surface) &&
      FIND(get_source) &&
      FIND(pattern_set_filter) && FIND(pattern_set_extend) && FIND(set_line_width) && FIND(set_line_cap) &&
      FIND(set_line_join) && FIND(set_dash) && FIND(new_path) && FIND(move_to) && FIND(line_to) && FIND(rectangle) &&
      FIND(arc) && FIND(close_path) && FIND(fill) && FIND(fill_preserve) && FIND(stroke) && FIND(paint) &&
      FIND(select_font_face) &&
      FIND(set_font_size) && FIND(font_options_create) && FIND(font_options_destroy) &&
      FIND(font_options_set_hint_metrics) && FIND(font_options_set_hint_style) && FIND(set_font_options) &&
      FIND(text_extents) && FIND(show_text);
}

const cairo_functions *cairo_load(const char **failure) {
  pthread_once(&once, load);
  *failure = trouble;
  return is_loaded ? &functions : NULL;
}
