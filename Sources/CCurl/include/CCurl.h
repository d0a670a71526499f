#ifndef CCURL_H
#define CCURL_H

#include <stdbool.h>

#pragma clang assume_nonnull begin

/// What is to be fetched, and where its bytes go.
typedef struct {
  /// http or https.
  const char *address;
  /// An open file; bytes are appended where the server goes on from `from`, else it is emptied first.
  int file;
  /// Bytes that the file holds already; the server is asked for the rest.
  long long from;
  /// More bytes than these are not taken.
  long long limit;
  /// Seconds to wait for a connection, and seconds without a byte.
  long connect_seconds, stall_seconds;
  /// Told several times a second how many bytes there are, and will be (0 when unknown); anything but 0 stops.
  int (*watch)(void *_Nullable context, long long done, long long total);
  void *_Nullable context;
} curl_request;

/// How it ended.
typedef struct {
  /// The number of libcurl's result, 0 for success.
  int code;
  /// The status of the last HTTP answer, 0 when there was none.
  long status;
  /// Bytes in the file now.
  long long received;
  /// The system's error number when the file could not be written, else 0.
  int write_error;
  /// Whether more than `limit` came.
  bool is_too_long;
  /// What libcurl says of it; empty where it says nothing.
  char message[256];
} curl_answer;

/// Loads libcurl at the first call, so that a program that downloads nothing does not need it.
///
/// Returns NULL, or what the loader said went wrong.
const char *_Nullable curl_load(void);

/// Fetches with redirects and the proxies of the environment; to be called after `curl_load` succeeded.
void curl_fetch(const curl_request *request, curl_answer *answer);

#pragma clang assume_nonnull end

#endif
