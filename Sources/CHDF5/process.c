#define _GNU_SOURCE
#include "hdf5.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROOM = 64 << 20 };

/// Bytes of addresses that this process has.
static rlim_t addresses(void) {
  char text[64] = {0};
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return RLIM_INFINITY;
  ssize_t count = read(file, text, sizeof text - 1);
  close(file);
  return count > 0 ? (rlim_t)strtoull(text, NULL, 10) * (rlim_t)sysconf(_SC_PAGESIZE) : RLIM_INFINITY;
}

static void lower(int resource, rlim_t most) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return;
  if (limit.rlim_max < most) most = limit.rlim_max;
  limit.rlim_cur = limit.rlim_max = most;
  setrlimit(resource, &limit);
}

/// Leaves the process nothing that a file could ask for: no files, little memory, little time, no last words.
static void confine(size_t count, size_t limit, int seconds) {
  static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGPIPE, SIGXCPU, SIGTERM};
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) signal(faults[i], SIG_DFL);
  // Whoever waits for the records decides when to stop.
  signal(SIGINT, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere >= 0)
    for (int file = 0; file < 3; file++) dup2(nowhere, file);
  rlim_t now = addresses();
  if (now != RLIM_INFINITY) lower(RLIMIT_AS, now + 2 * (rlim_t)limit + 2 * (rlim_t)count + ROOM);
  lower(RLIMIT_CPU, (rlim_t)seconds);
  lower(RLIMIT_CORE, 0);
  lower(RLIMIT_NOFILE, 0);
}

int hdf5_start_reading(const uint8_t *bytes, size_t count, size_t limit, int seconds, pid_t *child) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
  pthread_mutex_lock(&hdf5_use);
  *child = fork();
  if (*child == 0) {
    // Out of the way of what is closed to it.
    int end = ends[1] > 2 ? ends[1] : fcntl(ends[1], F_DUPFD, 3);
    confine(count, limit, seconds);
    hdf5_write_records(end, bytes, count, limit);
    // At once: closing a damaged file might not come to an end.
    _exit(0);
  }
  int code = errno;
  pthread_mutex_unlock(&hdf5_use);
  close(ends[1]);
  if (*child > 0) return ends[0];
  close(ends[0]);
  errno = code;
  return -1;
}

int hdf5_stop_reading(int pipe, pid_t child) {
  close(pipe);
  // Where nobody waits for it any more; one that has ended stays as it is.
  kill(child, SIGKILL);
  int status = 0;
  pid_t ended;
  do ended = waitpid(child, &status, 0);
  while (ended < 0 && errno == EINTR);
  return ended == child && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}
