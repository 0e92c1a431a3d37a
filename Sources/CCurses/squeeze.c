// Fewer bytes for the same screen. ncurses takes a colour back before it takes back everything, names
// the character set with every change of attributes, and sends each change by itself: over a slow line
// a move of the cursor is a third of that.
#include "internal.h"

#include <string.h>

enum { ESCAPE = 0x1b, ROOM = 64 };

/// Changes of attributes that follow each other, as the parameters of one (ECMA-48, SGR).
typedef struct {
    uint8_t text[ROOM];
    size_t count;
    int begun;
} ncx_run;

static int resets(const uint8_t *text, size_t count) {
    return count == 0 || (text[0] == '0' && (count == 1 || text[1] == ';'));
}

/// Ends a run: writes it to `out`, and says how many bytes that took, never more than it had before.
static size_t end(ncx_run *run, uint8_t *out) {
    if (!run->begun) return 0;
    size_t count = run->count == 1 && run->text[0] == '0' ? 0 : run->count;
    memcpy(out, "\x1b[", 2);
    memcpy(out + 2, run->text, count);
    out[2 + count] = 'm';
    *run = (ncx_run){0};
    return count + 3;
}

/// Adds parameters to a run. What stood before a reset no longer matters. 0 where there is no room.
static int add(ncx_run *run, const uint8_t *text, size_t count) {
    if (resets(text, count)) run->count = 0;
    size_t comma = run->count > 0;
    size_t most = count > 0 ? count : 1;
    if (run->count + comma + most > ROOM) return 0;
    if (comma) run->text[run->count++] = ';';
    if (count == 0) run->text[run->count++] = '0';
    memcpy(run->text + run->count, text, count);
    run->count += count;
    run->begun = 1;
    return 1;
}

/// How many bytes of parameters stand between `ESC [` and `m`; -1 if it is no change of attributes.
static ptrdiff_t parameters(const uint8_t *bytes, size_t count) {
    if (count < 3 || bytes[1] != '[') return -1;
    size_t at = 2;
    while (at < count && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == ';')) at++;
    return at < count && bytes[at] == 'm' && at - 2 <= ROOM ? (ptrdiff_t)(at - 2) : -1;
}

size_t ncx_squeeze(uint8_t *bytes, size_t count, int *is_ascii) {
    ncx_run run = {0};
    size_t out = 0;
    for (size_t at = 0; at < count;) {
        const uint8_t *rest = bytes + at;
        ptrdiff_t length = rest[0] == ESCAPE ? parameters(rest, count - at) : -1;
        if (length >= 0) {
            // Writing never overtakes reading, but what is read has to be kept before it is written over.
            uint8_t text[ROOM];
            memcpy(text, rest + 2, (size_t)length);
            if (!add(&run, text, (size_t)length)) {
                out += end(&run, bytes + out);
                add(&run, text, (size_t)length);
            }
            at += (size_t)length + 3;
            continue;
        }
        size_t taken = 1;
        if (rest[0] == ESCAPE && count - at >= 3 && rest[1] == '(') {
            int names_ascii = rest[2] == 'B';
            taken = 3;
            if (names_ascii && *is_ascii) {
                at += taken;
                continue;
            }
            *is_ascii = names_ascii;
        }
        uint8_t kept[3];
        memcpy(kept, rest, taken);
        out += end(&run, bytes + out);
        memcpy(bytes + out, kept, taken);
        out += taken;
        at += taken;
    }
    return out + end(&run, bytes + out);
}
