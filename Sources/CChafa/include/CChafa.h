#ifndef CCHAFA_H
#define CCHAFA_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct chafa_config chafa_config;
typedef struct chafa_symbols chafa_symbols;
typedef struct chafa_canvas chafa_canvas;
typedef struct chafa_terminals chafa_terminals;
typedef struct chafa_terminal chafa_terminal;

/// GLib's GString.
typedef struct {
  char *str;
  size_t len;
  size_t allocated_len;
} chafa_text;

/// The functions of chafa that are used, with the signatures of chafa.h 1.8 and later; enumerations are their numbers.
typedef struct {
  chafa_config *_Nonnull (*_Nonnull canvas_config_new)(void);
  void (*_Nonnull canvas_config_unref)(chafa_config *config);
  void (*_Nonnull canvas_config_set_geometry)(chafa_config *config, int width, int height);
  void (*_Nonnull canvas_config_set_cell_geometry)(chafa_config *config, int width, int height);
  void (*_Nonnull canvas_config_set_canvas_mode)(chafa_config *config, int mode);
  void (*_Nonnull canvas_config_set_pixel_mode)(chafa_config *config, int mode);
  void (*_Nonnull canvas_config_set_symbol_map)(chafa_config *config, const chafa_symbols *symbols);
  void (*_Nonnull canvas_config_set_work_factor)(chafa_config *config, float factor);
  void (*_Nonnull canvas_config_set_transparency_threshold)(chafa_config *config, float threshold);
  void (*_Nonnull canvas_config_set_preprocessing_enabled)(chafa_config *config, int enabled);
  chafa_symbols *_Nonnull (*_Nonnull symbol_map_new)(void);
  void (*_Nonnull symbol_map_unref)(chafa_symbols *symbols);
  void (*_Nonnull symbol_map_add_by_tags)(chafa_symbols *symbols, unsigned int tags);
  void (*_Nonnull symbol_map_remove_by_tags)(chafa_symbols *symbols, unsigned int tags);
  chafa_canvas *_Nonnull (*_Nonnull canvas_new)(const chafa_config *config);
  void (*_Nonnull canvas_unref)(chafa_canvas *canvas);
  void (*_Nonnull canvas_draw_all_pixels)(chafa_canvas *canvas, int pixel_type, const uint8_t *pixels, int width,
                                 int height, int stride);
  uint32_t (*_Nonnull canvas_get_char_at)(chafa_canvas *canvas, int x, int y);
  void (*_Nonnull canvas_get_raw_colors_at)(chafa_canvas *canvas, int x, int y, int *foreground, int *background);
  chafa_text *_Nonnull (*_Nonnull canvas_print)(chafa_canvas *canvas, chafa_terminal *terminal);
  chafa_terminals *_Nonnull (*_Nonnull term_db_get_default)(void);
  chafa_terminal *_Nonnull (*_Nonnull term_db_get_fallback_info)(chafa_terminals *terminals);
  void (*_Nonnull term_info_unref)(chafa_terminal *terminal);
} chafa_functions;

/// Loads chafa at the first call, so that a program that shows no picture does not pay for it.
///
/// Returns NULL when that fails; `failure` is then what the loader said.
const chafa_functions *_Nullable chafa_load(const char *_Nullable *_Nonnull failure);

/// Frees what `canvas_print` gave.
void chafa_free_text(chafa_text *text);

#pragma clang assume_nonnull end

#endif
