// Apart from the rest because term.h defines macros named `rows`, `columns` and hundreds more.
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <term.h>

/// Whether the kind of terminal is described: by the system or, the one that most understand, by ourselves.
static int load(const char *term, int output) {
    int known = 0;
    if (strcmp(term, NCX_DIRECT) == 0) setenv("TERMINFO", ncx_direct_terminfo, 1);
    if (setupterm(term, output, &known) == OK && known == 1) return 1;
    if (strcmp(term, "xterm-256color") != 0) return 0;
    return setenv("TERMINFO", ncx_fallback_terminfo, 1) == 0 && setupterm(term, output, &known) == OK && known == 1;
}

int ncx_probe(const char *term, int output) {
    if (!load(term, output)) return NCX_UNKNOWN_TERMINAL;
    const char *place = tigetstr("cup");
    int able = place && place != (char *)-1;
    del_curterm(cur_term);
    return able ? NCX_OK : NCX_NOT_CAPABLE;
}

int ncx_described_colors(const char *term, int output) {
    if (!load(term, output)) return 0;
    int colors = tigetnum("colors");
    del_curterm(cur_term);
    return colors < 0 ? 0 : colors;
}
