#ifndef ZSCOPE_CFILESYSTEM_H
#define ZSCOPE_CFILESYSTEM_H

#include <stddef.h>
#include <stdint.h>

/// What is known of a file without opening it.
struct zscope_entry {
    int64_t size;
    int64_t modified;
    uint32_t mode;
};

/// Opens `path` (relative, no dots) under the directory `root`, crossing no symbolic link.
/// Adds O_CLOEXEC, O_NOFOLLOW, O_NONBLOCK and O_NOCTTY. Answers a descriptor, or -errno.
int zscope_open_beneath(int root, const char *path, int flags, unsigned mode);

/// The same, one directory at a time, as kernels before 5.6 need it.
int zscope_open_by_segments(int root, const char *path, int flags, unsigned mode);

/// Fills `buffer` with raw directory entries. Answers the bytes filled, 0 at the end, or -errno.
long zscope_read_directory(int directory, void *buffer, size_t count);

/// What `name` in `directory` is, links not followed. Answers 0 or -errno.
int zscope_entry_info(int directory, const char *name, struct zscope_entry *entry);

/// Writes the system's words for `error` into `buffer`, closed by a NUL.
void zscope_error_text(int error, char *buffer, size_t count);

/// What `zscope_watch_wait` answers besides 0 (nothing in time) and -errno.
enum { ZSCOPE_WATCH_READY = 1, ZSCOPE_WATCH_ALARM = 2 };

/// What an event of a watched directory is about.
enum {
    ZSCOPE_WATCH_FILE = 0,
    ZSCOPE_WATCH_NEW_DIRECTORY = 1,
    ZSCOPE_WATCH_OLD_DIRECTORY = 2,
    ZSCOPE_WATCH_ENDED = 3,
    ZSCOPE_WATCH_LOST = 4,
    ZSCOPE_WATCH_EMPTY_DIRECTORY = 5,
};

/// Makes a queue of what changes in directories. Answers a descriptor, or -errno.
int zscope_watch_open(void);

/// Adds an open directory to the queue. Answers its number there, or -errno.
int zscope_watch_add(int watch, int directory);

/// Makes something that ends a wait when it rings. Answers a descriptor, or -errno.
int zscope_alarm_open(void);

/// Ends a wait, now or the next.
void zscope_alarm_ring(int alarm);

/// Waits for an event, the alarm, or so many milliseconds; without limit below 0.
int zscope_watch_wait(int watch, int alarm, int milliseconds);

/// Fills `buffer` with raw events. Answers the bytes filled, 0 where there are none, or -errno.
long zscope_watch_read(int watch, void *buffer, size_t count);

/// What the mask of an event means, as above.
uint32_t zscope_watch_kind(uint32_t mask);

/// Has the threads of this process share `count` heaps, where each would keep one of its own. For a
/// program, before its first thread; a library leaves that to the program.
void zscope_share_heaps(int count);

#endif
