#define _GNU_SOURCE
#include "CFileSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ALWAYS (O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)

static int retried_openat(int directory, const char *name, int flags, unsigned mode) {
    int descriptor;
    do {
        descriptor = openat(directory, name, flags, mode);
    } while (descriptor < 0 && errno == EINTR);
    return descriptor < 0 ? -errno : descriptor;
}

int zscope_open_by_segments(int root, const char *path, int flags, unsigned mode) {
    char segment[256];
    int directory = root;
    for (;;) {
        const char *slash = strchr(path, '/');
        if (slash == NULL) break;
        size_t length = (size_t)(slash - path);
        int next = -ENAMETOOLONG;
        if (length < sizeof segment) {
            memcpy(segment, path, length);
            segment[length] = 0;
            next = retried_openat(directory, segment, O_PATH | O_DIRECTORY | ALWAYS, 0);
            // A link met with O_DIRECTORY and O_NOFOLLOW answers ENOTDIR; it must not read as absent.
            struct stat info;
            if (next == -ENOTDIR
                && fstatat(directory, segment, &info, AT_SYMLINK_NOFOLLOW) == 0
                && S_ISLNK(info.st_mode)) {
                next = -ELOOP;
            }
        }
        if (directory != root) close(directory);
        if (next < 0) return next;
        directory = next;
        path = slash + 1;
    }
    int opened = retried_openat(directory, path, flags | ALWAYS, mode);
    struct stat info;
    if (opened == -ENOTDIR
        && fstatat(directory, path, &info, AT_SYMLINK_NOFOLLOW) == 0
        && S_ISLNK(info.st_mode)) {
        opened = -ELOOP;
    }
    if (directory != root) close(directory);
    return opened;
}

int zscope_open_beneath(int root, const char *path, int flags, unsigned mode) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    // Without O_NOFOLLOW: with it, a link where a directory is wanted answers ENOTDIR, as a file would.
    how.flags = (uint64_t)((flags | ALWAYS) & ~O_NOFOLLOW);
    how.mode = (flags & O_CREAT) ? mode : 0;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    for (int attempt = 0; attempt < 128; attempt++) {
        long descriptor = syscall(SYS_openat2, root, path, &how, sizeof how);
        if (descriptor >= 0) return (int)descriptor;
        // EAGAIN: a rename raced with the walk, which is to be walked again.
        if (errno == EINTR || errno == EAGAIN) continue;
        // ENOSYS: an old kernel; EPERM: a sandbox that does not know the call.
        if (errno == ENOSYS || errno == EPERM) break;
        return -errno;
    }
    return zscope_open_by_segments(root, path, flags, mode);
}

long zscope_read_directory(int directory, void *buffer, size_t count) {
    long filled;
    do {
        filled = syscall(SYS_getdents64, directory, buffer, count);
    } while (filled < 0 && errno == EINTR);
    return filled < 0 ? -errno : filled;
}

void zscope_error_text(int error, char *buffer, size_t count) {
    const char *text = strerror_r(error, buffer, count);
    if (count == 0 || text == buffer) return;
    strncpy(buffer, text, count - 1);
    buffer[count - 1] = 0;
}

int zscope_entry_info(int directory, const char *name, struct zscope_entry *entry) {
    struct stat info;
    if (fstatat(directory, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return -errno;
    entry->size = info.st_size;
    entry->modified = info.st_mtime;
    entry->mode = info.st_mode;
    return 0;
}
