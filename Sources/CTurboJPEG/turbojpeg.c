#include "CTurboJPEG.h"
#include "CLoader.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

// TurboJPEG's own numbers for three bytes of colour and for bytes of grey (turbojpeg.h 1.2 and later).
enum { PIXELS_OF_COLOUR = 0, PIXELS_OF_GREY = 6 };

static void *(*create)(void);
static int (*destroy)(void *handle);
static int (*read_header)(void *handle, const unsigned char *bytes, unsigned long count, int *width, int *height,
                          int *sampling, int *colours);
static int (*decompress)(void *handle, const unsigned char *bytes, unsigned long count, unsigned char *pixels,
                         int width, int pitch, int height, int format, int flags);
static char *(*error_text)(void *handle);

static const char *trouble;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local char message[200];

static bool find(void *library, const char *name, void **function) {
  return loader_find(library, name, function, &trouble);
}

static void load(void) {
  void *library = loader_open("libturbojpeg.so.0", &trouble);
  if (!library) return;
  if (find(library, "tjInitDecompress", (void **)&create) && find(library, "tjDestroy", (void **)&destroy) &&
      find(library, "tjDecompressHeader3", (void **)&read_header) &&
      find(library, "tjDecompress2", (void **)&decompress))
    find(library, "tjGetErrorStr2", (void **)&error_text);
}

const char *turbojpeg_load(void) {
  pthread_once(&once, load);
  return trouble;
}

// Keeps the error's text beyond the handle that it belongs to.
static const char *finish(void *handle, int status) {
  if (status != 0) snprintf(message, sizeof message, "%s", error_text(handle));
  destroy(handle);
  return status == 0 ? NULL : message;
}

const char *turbojpeg_measure(const unsigned char *bytes, size_t count, int *width, int *height) {
  int sampling, colours;
  void *handle = create();
  if (!handle) return "TurboJPEG cannot be started";
  return finish(handle, read_header(handle, bytes, count, width, height, &sampling, &colours));
}

const char *turbojpeg_decode(const unsigned char *bytes, size_t count, unsigned char *grey, int width, int height) {
  void *handle = create();
  if (!handle) return "TurboJPEG cannot be started";
  return finish(handle, decompress(handle, bytes, count, grey, width, 0, height, PIXELS_OF_GREY, 0));
}

const char *turbojpeg_decode_colours(const unsigned char *bytes, size_t count, unsigned char *colours, int width,
                                     int height) {
  void *handle = create();
  if (!handle) return "TurboJPEG cannot be started";
  return finish(handle, decompress(handle, bytes, count, colours, width, 0, height, PIXELS_OF_COLOUR, 0));
}
