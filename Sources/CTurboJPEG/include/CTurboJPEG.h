#ifndef CTURBOJPEG_H
#define CTURBOJPEG_H

#include <stddef.h>

#pragma clang assume_nonnull begin

/// Loads libturbojpeg at the first call, so that a program that reads no JPEG does not need it.
///
/// Returns NULL, or what the loader said went wrong.
const char *_Nullable turbojpeg_load(void);

/// Reads the extents from a JPEG's header; returns NULL, or what is wrong with it.
const char *_Nullable turbojpeg_measure(const unsigned char *bytes, size_t count, int *width, int *height);

/// Decodes a JPEG into width·height bytes of grey; returns NULL, or what is wrong with it.
const char *_Nullable turbojpeg_decode(const unsigned char *bytes, size_t count, unsigned char *grey, int width,
                                       int height);

/// Decodes a JPEG into width·height pixels of red, green and blue; returns NULL, or what is wrong with it.
const char *_Nullable turbojpeg_decode_colours(const unsigned char *bytes, size_t count, unsigned char *colours,
                                               int width, int height);

#pragma clang assume_nonnull end

#endif
