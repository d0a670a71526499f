#ifndef CCAIRO_H
#define CCAIRO_H

#pragma clang assume_nonnull begin

typedef struct cairo_surface cairo_surface;
typedef struct cairo_context cairo_context;
typedef struct cairo_pattern cairo_pattern;
typedef struct cairo_options cairo_options;

typedef struct {
  double x_bearing, y_bearing, width, height, x_advance, y_advance;
} cairo_extents;

/// Gets or gives bytes; returns a status, 0 for success.
typedef int (*_Nonnull cairo_writer)(void *_Nullable closure, const unsigned char *data, unsigned int length);
typedef int (*_Nonnull cairo_reader)(void *_Nullable closure, unsigned char *data, unsigned int length);

/// The functions of Cairo that are used, with the signatures of cairo.h 1.10 and later; enumerations are their numbers.
typedef struct {
  cairo_surface *_Nonnull (*_Nonnull image_surface_create)(int format, int width, int height);
  cairo_surface *_Nonnull (*_Nonnull image_surface_create_for_data)(unsigned char *data, int format, int width,
                                              int height, int stride);
  cairo_surface *_Nonnull (*_Nonnull image_surface_create_from_png_stream)(cairo_reader reader, void *closure);
  unsigned char *_Nullable (*_Nonnull image_surface_get_data)(cairo_surface *surface);
  int (*_Nonnull image_surface_get_format)(cairo_surface *surface);
  int (*_Nonnull image_surface_get_width)(cairo_surface *surface);
  int (*_Nonnull image_surface_get_height)(cairo_surface *surface);
  int (*_Nonnull image_surface_get_stride)(cairo_surface *surface);
  cairo_surface *_Nonnull (*_Nonnull svg_surface_create_for_stream)(cairo_writer writer, void *closure, double width,
                                              double height);
  cairo_surface *_Nonnull (*_Nonnull pdf_surface_create_for_stream)(cairo_writer writer, void *closure, double width,
                                              double height);
  int (*_Nonnull surface_write_to_png_stream)(cairo_surface *surface, cairo_writer writer, void *closure);
  void (*_Nonnull surface_flush)(cairo_surface *surface);
  void (*_Nonnull surface_finish)(cairo_surface *surface);
  int (*_Nonnull surface_status)(cairo_surface *surface);
  void (*_Nonnull surface_destroy)(cairo_surface *surface);
  const char *_Nonnull (*_Nonnull status_to_string)(int status);
  cairo_context *_Nonnull (*_Nonnull create)(cairo_surface *target);
  void (*_Nonnull destroy)(cairo_context *context);
  int (*_Nonnull status)(cairo_context *context);
  void (*_Nonnull save)(cairo_context *context);
  void (*_Nonnull restore)(cairo_context *context);
  void (*_Nonnull scale)(cairo_context *context, double x, double y);
  void (*_Nonnull translate)(cairo_context *context, double x, double y);
  void (*_Nonnull rotate)(cairo_context *context, double angle);
  void (*_Nonnull set_source_rgba)(cairo_context *context, double red, double green, double blue, double alpha);
  void (*_Nonnull set_source_surface)(cairo_context *context, cairo_surface *surface, double x, double y);
  cairo_pattern *_Nonnull (*_Nonnull get_source)(cairo_context *context);
  void (*_Nonnull pattern_set_filter)(cairo_pattern *pattern, int filter);
  void (*_Nonnull pattern_set_extend)(cairo_pattern *pattern, int extend);
  void (*_Nonnull set_line_width)(cairo_context *context, double width);
  void (*_Nonnull set_line_cap)(cairo_context *context, int cap);
  void (*_Nonnull set_line_join)(cairo_context *context, int join);
  void (*_Nonnull set_dash)(cairo_context *context, const double *_Nullable dashes, int count, double offset);
  void (*_Nonnull new_path)(cairo_context *context);
  void (*_Nonnull move_to)(cairo_context *context, double x, double y);
  void (*_Nonnull line_to)(cairo_context *context, double x, double y);
  void (*_Nonnull rectangle)(cairo_context *context, double x, double y, double width, double height);
  void (*_Nonnull arc)(cairo_context *context, double x, double y, double radius, double from, double to);
  void (*_Nonnull close_path)(cairo_context *context);
  void (*_Nonnull fill)(cairo_context *context);
  void (*_Nonnull fill_preserve)(cairo_context *context);
  void (*_Nonnull stroke)(cairo_context *context);
  void (*_Nonnull paint)(cairo_context *context);
  void (*_Nonnull select_font_face)(cairo_context *context, const char *family, int slant, int weight);
  void (*_Nonnull set_font_size)(cairo_context *context, double size);
  cairo_options *_Nonnull (*_Nonnull font_options_create)(void);
  void (*_Nonnull font_options_destroy)(cairo_options *options);
  void (*_Nonnull font_options_set_hint_metrics)(cairo_options *options, int choice);
  void (*_Nonnull font_options_set_hint_style)(cairo_options *options, int choice);
  void (*_Nonnull set_font_options)(cairo_context *context, const cairo_options *options);
  void (*_Nonnull text_extents)(cairo_context *context, const char *text, cairo_extents *extents);
  void (*_Nonnull show_text)(cairo_context *context, const char *text);
} cairo_functions;

/// Loads Cairo at the first call, so that a program that draws nothing does not pay for it.
///
/// Returns NULL when that fails; `failure` is then what the loader said.
const cairo_functions *_Nullable cairo_load(const char *_Nullable *_Nonnull failure);

#pragma clang assume_nonnull end

#endif
