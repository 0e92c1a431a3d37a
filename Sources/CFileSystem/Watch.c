#define _GNU_SOURCE
#include "CFileSystem.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

int zscope_watch_open(void) {
    int descriptor = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    return descriptor < 0 ? -errno : descriptor;
}

int zscope_watch_add(int watch, int directory) {
    // By the open directory and not by its name: no link and no rename in between can mislead it.
    char path[64] = "/proc/self/fd/";
    char *end = path + strlen(path);
    char digits[16];
    int count = 0;
    do {
        digits[count++] = (char)('0' + directory % 10);
        directory /= 10;
    } while (directory > 0);
    while (count > 0) *end++ = digits[--count];
    *end = 0;
    int number = inotify_add_watch(watch, path,
                                   IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ONLYDIR);
    return number < 0 ? -errno : number;
}

int zscope_alarm_open(void) {
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return descriptor < 0 ? -errno : descriptor;
}

void zscope_alarm_ring(int alarm) {
    uint64_t one = 1;
    ssize_t written = write(alarm, &one, sizeof one);
    (void)written;
}

int zscope_watch_wait(int watch, int alarm, int milliseconds) {
    struct pollfd files[2] = {{.fd = watch, .events = POLLIN}, {.fd = alarm, .events = POLLIN}};
    int ready = poll(files, 2, milliseconds);
    if (ready < 0) return errno == EINTR ? 0 : -errno;
    if (files[1].revents != 0) return ZSCOPE_WATCH_ALARM;
    return files[0].revents != 0 ? ZSCOPE_WATCH_READY : 0;
}

long zscope_watch_read(int watch, void *buffer, size_t count) {
    long filled;
    do {
        filled = read(watch, buffer, count);
    } while (filled < 0 && errno == EINTR);
    if (filled < 0) return errno == EAGAIN ? 0 : -errno;
    return filled;
}

uint32_t zscope_watch_kind(uint32_t mask) {
    if (mask & IN_Q_OVERFLOW) return ZSCOPE_WATCH_LOST;
    if (mask & IN_IGNORED) return ZSCOPE_WATCH_ENDED;
    if (!(mask & IN_ISDIR)) return ZSCOPE_WATCH_FILE;
    if (mask & IN_DELETE) return ZSCOPE_WATCH_EMPTY_DIRECTORY;
    return mask & (IN_CREATE | IN_MOVED_TO) ? ZSCOPE_WATCH_NEW_DIRECTORY : ZSCOPE_WATCH_OLD_DIRECTORY;
}
