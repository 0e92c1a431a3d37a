// A frame leaves in one piece. ncurses writes after every move of the cursor, which makes dozens of
// small packets of a frame over a network, and lets a terminal draw half of it: what it writes is
// collected in memory, and goes to the terminal with one write.
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

/// Where a frame is collected; -1 until the first, and where there is no such thing.
static int collector = -1;
/// Whether the terminal was told that its character set is ASCII.
static int is_ascii;

/// Leads what ncurses writes to `descriptor` into the collector. 0 where that cannot be: then it writes
/// to the terminal as ever.
static int collect(int descriptor) {
    if (collector < 0) collector = memfd_create("frame", MFD_CLOEXEC);
    return collector >= 0 && ftruncate(collector, 0) == 0 && lseek(collector, 0, SEEK_SET) == 0
        && dup2(collector, descriptor) >= 0;
}

/// Sends what was collected.
static void deliver(void) {
    off_t end = lseek(collector, 0, SEEK_CUR);
    if (end <= 0) return;
    void *frame = mmap(NULL, (size_t)end, PROT_READ | PROT_WRITE, MAP_PRIVATE, collector, 0);
    if (frame == MAP_FAILED) return ncx_repaint();
    ncx_write(frame, ncx_squeeze(frame, (size_t)end, &is_ascii));
    munmap(frame, (size_t)end);
}

void ncx_flush(void) {
    if (!ncx_current.screen) return;
    int descriptor = fileno(ncx_current.output_file);
    if (is_cleared(curscr) || is_cleared(stdscr)) is_ascii = 0;
    wnoutrefresh(stdscr);
    int collects = collect(descriptor);
    doupdate();
    if (!collects) return;
    dup2(ncx_current.output, descriptor);
    deliver();
}

void ncx_frame_end(void) {
    if (collector >= 0) close(collector);
    collector = -1;
    is_ascii = 0;
}

void ncx_write(const uint8_t *bytes, size_t count) {
    if (!ncx_current.screen) return;
    fflush(ncx_current.output_file);
    while (count > 0) {
        ssize_t written = write(ncx_current.output, bytes, count);
        if (written < 0 && errno == EAGAIN) {
            // A terminal that another program made non-blocking.
            struct pollfd room = {.fd = ncx_current.output, .events = POLLOUT};
            if (poll(&room, 1, -1) < 0 && errno != EINTR) return;
            continue;
        }
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}
