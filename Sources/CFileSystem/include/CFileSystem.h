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

#endif
