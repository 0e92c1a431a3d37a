#include "internal.h"

#include <string.h>
#include <sys/ioctl.h>

// Numbers that ncurses gives our own sequences; above all of its own.
enum { OWN_KEYS = 0x4000 };

typedef struct {
    const char *sequence;
    int key;
} ncx_sequence;

// Terminals and multiplexers send cursor keys in the form of the other mode, and keys with modifiers,
// whatever their entry says. A modifier that means nothing here is dropped.
static const ncx_sequence sequences[] = {
    {"\033[A", NCX_UP}, {"\033[B", NCX_DOWN}, {"\033[C", NCX_RIGHT}, {"\033[D", NCX_LEFT},
    {"\033OA", NCX_UP}, {"\033OB", NCX_DOWN}, {"\033OC", NCX_RIGHT}, {"\033OD", NCX_LEFT},
    {"\033[H", NCX_HOME}, {"\033[F", NCX_END}, {"\033OH", NCX_HOME}, {"\033OF", NCX_END},
    {"\033[1~", NCX_HOME}, {"\033[7~", NCX_HOME}, {"\033[4~", NCX_END}, {"\033[8~", NCX_END},
    {"\033[2~", NCX_INSERT}, {"\033[3~", NCX_DELETE},
    {"\033[5~", NCX_PAGE_UP}, {"\033[6~", NCX_PAGE_DOWN},
    {"\033[Z", NCX_BACK_TAB}, {"\033OM", NCX_ENTER},
    {"\033OP", NCX_FUNCTION + 1}, {"\033OQ", NCX_FUNCTION + 2},
    {"\033OR", NCX_FUNCTION + 3}, {"\033OS", NCX_FUNCTION + 4},
    {"\033[11~", NCX_FUNCTION + 1}, {"\033[12~", NCX_FUNCTION + 2},
    {"\033[13~", NCX_FUNCTION + 3}, {"\033[14~", NCX_FUNCTION + 4},
    {"\033[<", NCX_MOUSE_SGR}, {"\033[M", NCX_MOUSE_X10},
    {"\033[200~", NCX_PASTE_BEGIN}, {"\033[201~", NCX_PASTE_END},
    {"\033[I", NCX_FOCUS}, {"\033[O", NCX_FOCUS},
};

void ncx_define_keys(void) {
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        define_key(sequences[i].sequence, OWN_KEYS + sequences[i].key);
    }
}

static int name_of(wint_t code) {
    if (code >= OWN_KEYS) return (int)code - OWN_KEYS;
    if (code > KEY_F0 && code <= KEY_F(63)) return NCX_FUNCTION + (int)(code - KEY_F0);
    switch (code) {
    case KEY_UP: case KEY_SR: return NCX_UP;
    case KEY_DOWN: case KEY_SF: return NCX_DOWN;
    case KEY_LEFT: case KEY_SLEFT: return NCX_LEFT;
    case KEY_RIGHT: case KEY_SRIGHT: return NCX_RIGHT;
    case KEY_HOME: case KEY_SHOME: case KEY_A1: return NCX_HOME;
    case KEY_END: case KEY_SEND: case KEY_C1: case KEY_LL: return NCX_END;
    case KEY_PPAGE: case KEY_SPREVIOUS: case KEY_A3: return NCX_PAGE_UP;
    case KEY_NPAGE: case KEY_SNEXT: case KEY_C3: return NCX_PAGE_DOWN;
    case KEY_BACKSPACE: return NCX_BACKSPACE;
    case KEY_DC: case KEY_SDC: return NCX_DELETE;
    case KEY_IC: case KEY_SIC: return NCX_INSERT;
    case KEY_ENTER: return NCX_ENTER;
    case KEY_BTAB: return NCX_BACK_TAB;
    case KEY_MOUSE: return NCX_MOUSE_X10;
    default: return NCX_OTHER;
    }
}

ncx_key ncx_next_key(void) {
    // Bytes that are no character in this locale fail as if there were none, and may leave others behind
    // in ncurses' own queue, of which poll knows nothing: ask until it is surely empty.
    enum { ATTEMPTS = 1000 };
    int empty = 0;
    for (int i = 0; ncx_current.screen && i < ATTEMPTS && empty < 2; i++) {
        wint_t code = 0;
        switch (get_wch(&code)) {
        case OK: return (ncx_key){NCX_CHARACTER, (int32_t)code};
        case KEY_CODE_YES: return (ncx_key){NCX_NAMED, name_of(code)};
        }
        int waiting = 0;
        int failed = ioctl(ncx_current.input, FIONREAD, &waiting);
        empty += failed || waiting == 0;
    }
    return (ncx_key){NCX_NONE, 0};
}

void ncx_escape_delay(int milliseconds) {
    if (ncx_current.screen) set_escdelay(milliseconds);
}

void ncx_discard_input(void) {
    if (!ncx_current.screen) return;
    flushinp();
    // What is not from a keyboard is not flushed by that.
    while (ncx_next_key().kind != NCX_NONE) {
    }
}

// ---- Reports -------------------------------------------------------------------------------

static void send(const char *sequence) {
    ncx_write((const uint8_t *)sequence, strlen(sequence));
}

/// Whether the entry is of a terminal that takes the private modes of xterm.
static int takes_reports(void) {
    const char *mouse = tigetstr("kmous");
    return mouse && mouse != (char *)-1;
}

void ncx_send_reports(int on) {
    if (!ncx_current.screen || !takes_reports()) return;
    if (ncx_current.reports_mouse) {
        send(on ? "\033[?1000h\033[?1002h\033[?1006h" : "\033[?1006l\033[?1002l\033[?1000l");
    }
    if (ncx_current.reports_paste) send(on ? "\033[?2004h" : "\033[?2004l");
}

void ncx_report_mouse(int on) {
    if (!ncx_current.screen || ncx_current.reports_mouse == on || !takes_reports()) return;
    ncx_current.reports_mouse = on;
    send(on ? "\033[?1000h\033[?1002h\033[?1006h" : "\033[?1006l\033[?1002l\033[?1000l");
}

void ncx_report_paste(int on) {
    if (!ncx_current.screen || ncx_current.reports_paste == on || !takes_reports()) return;
    ncx_current.reports_paste = on;
    send(on ? "\033[?2004h" : "\033[?2004l");
}
