// libcurl is loaded when first needed: FoundationNetworking's URLSession would be linked into every start of the
// program (some 20 MB of ICU and Foundation, tens of milliseconds), and is libcurl underneath all the same.
#include "CCurl.h"
#include "CLoader.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

// Numbers of options and of information, which never change (curl.h 7.32 and later).
enum {
  WRITE_DATA = 10001, URL = 10002, RANGE = 10007, ERROR_BUFFER = 10010, USER_AGENT = 10018, HEADER_DATA = 10029,
  PROGRESS_DATA = 10057, WRITE_FUNCTION = 20011, HEADER_FUNCTION = 20079, PROGRESS_FUNCTION = 20219,
  LOW_SPEED_LIMIT = 19, LOW_SPEED_TIME = 20, NO_PROGRESS = 43, FOLLOW_LOCATION = 52, MAX_REDIRECTS = 68,
  CONNECT_TIMEOUT = 78, NO_SIGNAL = 99, PROTOCOLS = 181, REDIRECT_PROTOCOLS = 182,
  RESPONSE_CODE = 0x200002, GLOBAL_DEFAULT = 3, HTTP_AND_HTTPS = 3, FAILED_INIT = 2,
};

static int (*global_init)(long flags);
static void *(*easy_init)(void);
static int (*easy_setopt)(void *handle, int option, ...);
static int (*easy_perform)(void *handle);
static int (*easy_getinfo)(void *handle, int information, ...);
static void (*easy_cleanup)(void *handle);
static const char *(*easy_strerror)(int code);

static const char *trouble;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find(void *library, const char *name, void **function) {
  return loader_find(library, name, function, &trouble);
}

static void load(void) {
  void *library = loader_open("libcurl.so.4", &trouble);
  if (!library) library = loader_open("libcurl-gnutls.so.4", &trouble);
  if (!library) return;
  trouble = NULL;
  if (find(library, "curl_global_init", (void **)&global_init) &&
      find(library, "curl_easy_init", (void **)&easy_init) &&
      find(library, "curl_easy_setopt", (void **)&easy_setopt) &&
      find(library, "curl_easy_perform", (void **)&easy_perform) &&
      find(library, "curl_easy_getinfo", (void **)&easy_getinfo) &&
      find(library, "curl_easy_cleanup", (void **)&easy_cleanup) &&
      find(library, "curl_easy_strerror", (void **)&easy_strerror) && global_init(GLOBAL_DEFAULT) != 0)
    trouble = "libcurl cannot be started";
}

const char *curl_load(void) {
  pthread_once(&once, load);
  return trouble;
}

// One fetch on its way.
typedef struct {
  const curl_request *request;
  curl_answer *answer;
  void *handle;
  // Where a 206 answer begins; -1 before its header came.
  long long range_start;
  // Bytes that were there before this answer, once its body has begun.
  long long base;
  bool has_begun;
} transfer;

static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
  transfer *one = context;
  const char name[] = "content-range: bytes ";
  size_t length = size * count;
  // Each answer of a chain of redirects has headers of its own.
  if (length >= 5 && memcmp(bytes, "HTTP/", 5) == 0) one->range_start = -1;
  if (length > sizeof name && strncasecmp(bytes, name, sizeof name - 1) == 0) {
    char number[24] = {0};
    size_t rest = length - (sizeof name - 1);
    memcpy(number, bytes + sizeof name - 1, rest < sizeof number - 1 ? rest : sizeof number - 1);
    one->range_start = strtoll(number, NULL, 10);
  }
  return length;
}

// Decides, when the body begins, whether it goes on with what is there or takes its place; false when neither.
static bool begin(transfer *one) {
  one->has_begun = true;
  easy_getinfo(one->handle, RESPONSE_CODE, &one->answer->status);
  if (one->answer->status == 206 && one->range_start == one->request->from) return true;
  if (one->answer->status != 200) return false;
  if (ftruncate(one->request->file, 0) != 0 || lseek(one->request->file, 0, SEEK_SET) != 0) {
    one->answer->write_error = errno;
    return false;
  }
  one->base = one->answer->received = 0;
  return true;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
  transfer *one = context;
  curl_answer *answer = one->answer;
  size_t length = size * count, done = 0;
  if (!one->has_begun && !begin(one)) return 0;
  if (answer->received + (long long)length > one->request->limit) {
    answer->is_too_long = true;
    return 0;
  }
  while (done < length) {
    ssize_t written = write(one->request->file, bytes + done, length - done);
    if (written > 0) {
      done += (size_t)written;
    } else if (written == 0 || errno != EINTR) {
      answer->write_error = written == 0 ? ENOSPC : errno;
      return 0;
    }
    answer->received += written > 0 ? written : 0;
  }
  return length;
}

static int watch(void *context, long long total, long long done, long long unused, long long unused_too) {
  transfer *one = context;
  (void)unused, (void)unused_too;
  return one->request->watch(one->request->context, one->base + done, total > 0 ? one->base + total : 0);
}

void curl_fetch(const curl_request *request, curl_answer *answer) {
  transfer one = {.request = request, .answer = answer, .range_start = -1, .base = request->from};
  char range[32];
  memset(answer, 0, sizeof *answer);
  answer->received = request->from;
  void *handle = one.handle = easy_init();
  if (!handle) {
    answer->code = FAILED_INIT;
    return;
  }
  easy_setopt(handle, URL, request->address);
  easy_setopt(handle, PROTOCOLS, (long)HTTP_AND_HTTPS);
  easy_setopt(handle, REDIRECT_PROTOCOLS, (long)HTTP_AND_HTTPS);
  easy_setopt(handle, FOLLOW_LOCATION, 1L);
  easy_setopt(handle, MAX_REDIRECTS, 10L);
  easy_setopt(handle, USER_AGENT, "sumi");
  easy_setopt(handle, NO_SIGNAL, 1L);
  easy_setopt(handle, CONNECT_TIMEOUT, request->connect_seconds);
  easy_setopt(handle, LOW_SPEED_LIMIT, 1L);
  easy_setopt(handle, LOW_SPEED_TIME, request->stall_seconds);
  easy_setopt(handle, ERROR_BUFFER, answer->message);
  easy_setopt(handle, WRITE_FUNCTION, take_body);
  easy_setopt(handle, WRITE_DATA, &one);
  easy_setopt(handle, HEADER_FUNCTION, take_header);
  easy_setopt(handle, HEADER_DATA, &one);
  easy_setopt(handle, NO_PROGRESS, 0L);
  easy_setopt(handle, PROGRESS_FUNCTION, watch);
  easy_setopt(handle, PROGRESS_DATA, &one);
  if (request->from > 0) {
    // A range of our own, as libcurl's resuming fails where a server sends the whole file instead.
    snprintf(range, sizeof range, "%lld-", request->from);
    easy_setopt(handle, RANGE, range);
  }
  answer->code = easy_perform(handle);
  easy_getinfo(handle, RESPONSE_CODE, &answer->status);
  if (answer->code != 0 && !answer->message[0])
    strncpy(answer->message, easy_strerror(answer->code), sizeof answer->message - 1);
  // An empty answer has no body that could have emptied the file.
  if (answer->code == 0 && !one.has_begun && answer->status == 200 && request->from > 0 &&
      ftruncate(request->file, 0) == 0)
    answer->received = 0;
  easy_cleanup(handle);
}
