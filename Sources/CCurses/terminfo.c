// Apart from the rest because term.h defines macros named `rows`, `columns` and hundreds more.
#include "internal.h"

#include <term.h>

int ncx_probe(const char *term, int output) {
    int known = 0;
    if (setupterm(term, output, &known) != OK || known != 1) return NCX_UNKNOWN_TERMINAL;
    const char *place = tigetstr("cup");
    int able = place && place != (char *)-1;
    del_curterm(cur_term);
    return able ? NCX_OK : NCX_NOT_CAPABLE;
}
