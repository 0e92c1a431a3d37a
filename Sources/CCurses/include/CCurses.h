// The terminal through ncurses, in plain integers. ncurses' own header stays behind this one: its
// macros and shared variables cannot be used from Swift, and its names (move, clear, filter) are
// too general to let in.
//
// There is one terminal at a time and one thread that calls these functions; only the doorbell may
// be rung from any thread.
#ifndef ZSCOPE_CCURSES_H
#define ZSCOPE_CCURSES_H

#include <stddef.h>
#include <stdint.h>

// ---- Opening and closing -------------------------------------------------------------------

enum {
    NCX_OK = 0,
    NCX_UNKNOWN_TERMINAL = 1,  // terminfo has no such entry
    NCX_NOT_CAPABLE = 2,       // the entry cannot place the cursor
    NCX_ALREADY_OPEN = 3,
    NCX_SYSTEM = 4,            // no descriptor, no memory
};

/// Chooses the locale for characters; "" is that of the environment. 1 if it is UTF-8.
int ncx_set_locale(const char *name);

/// Opens the terminal called `term` on two descriptors, which stay the caller's. 0 rows or columns:
/// ask the descriptor. No colour is ever sent unless `uses_color`. Answers an NCX code.
int ncx_open(const char *term, int input, int output, int rows, int columns, int uses_color);

/// The same for a terminal that understands xterm and colours by red, green and blue, whatever its entry
/// says.
int ncx_open_direct(int input, int output, int rows, int columns);

/// How many colours the entry of `term` counts; 0 where there is none.
int ncx_described_colors(const char *term, int output);

/// Gives the terminal back as it was. Does nothing if none is open.
void ncx_close(void);

/// The number of colours: 0 in monochrome.
int ncx_colors(void);

/// Rows (high 32 bits) and columns (low 32 bits) of a descriptor's window; 0 if it has none.
int64_t ncx_window_size(int descriptor);

int ncx_rows(void);
int ncx_columns(void);

/// Makes the screen that size, at least 1 by 1. Everything has to be drawn again.
void ncx_resize(int rows, int columns);

// ---- Drawing -------------------------------------------------------------------------------

enum { NCX_BOLD = 1, NCX_DIM = 2, NCX_UNDERLINE = 4, NCX_REVERSE = 8 };

/// A character with up to four marks, its cells (1 or 2), and how it is drawn. A colour is -1 for the
/// terminal's own, 0 to 255, or 0x1000000 + 0xRRGGBB where there are that many.
typedef struct {
    uint32_t text[5];
    int32_t width;
    int32_t attributes;
    int32_t foreground;
    int32_t background;
} ncx_cell;

/// Puts `count` cells from a place to the right. What the terminal would draw with another width, or
/// cannot draw, is replaced; nothing but printable characters is ever sent.
void ncx_blit(int row, int column, const ncx_cell *cells, int count);

/// The cell as ncurses has it on its screen. 1 if there is one.
int ncx_read_cell(int row, int column, ncx_cell *cell);

/// Where the cursor is left, or that it is hidden (row -1).
void ncx_cursor(int row, int column);

/// Sends what changed, in one write.
void ncx_flush(void);

/// Makes the bytes of a frame fewer, in place, where it changes nothing that is seen: changes of
/// attributes that follow each other become one, and a character set is named once. `is_ascii` says
/// whether it was, and is kept from frame to frame. How many bytes are left.
size_t ncx_squeeze(uint8_t *bytes, size_t count, int *is_ascii);

/// Sends everything at the next flush, whatever the terminal is thought to show.
void ncx_repaint(void);

/// Writes bytes past ncurses. The caller answers for what they do.
void ncx_write(const uint8_t *bytes, size_t count);

// ---- Input ---------------------------------------------------------------------------------

enum {
    NCX_NONE = 0,
    NCX_CHARACTER = 1,  // code is a scalar, controls included
    NCX_NAMED = 2,      // code is one of the names below
};

enum {
    NCX_UP = 1, NCX_DOWN, NCX_LEFT, NCX_RIGHT, NCX_HOME, NCX_END, NCX_PAGE_UP, NCX_PAGE_DOWN,
    NCX_BACKSPACE, NCX_DELETE, NCX_INSERT, NCX_ENTER, NCX_BACK_TAB,
    NCX_MOUSE_SGR,    // the report's numbers follow as characters
    NCX_MOUSE_X10,    // three characters follow
    NCX_PASTE_BEGIN, NCX_PASTE_END, NCX_FOCUS, NCX_OTHER,
    NCX_FUNCTION = 100,  // + number
};

typedef struct {
    int32_t kind;
    int32_t code;
} ncx_key;

/// The next key that has arrived; kind NCX_NONE if there is none. Never waits, except for what may
/// follow an ESC.
ncx_key ncx_next_key(void);

/// How long an ESC waits for more, in milliseconds.
void ncx_escape_delay(int milliseconds);

/// Turns reports of the mouse on or off, and marks around pasted text.
void ncx_report_mouse(int on);
void ncx_report_paste(int on);

/// Forgets input that was not read.
void ncx_discard_input(void);

// ---- Signals -------------------------------------------------------------------------------

enum { NCX_RESIZED = 1, NCX_STOPPED = 2, NCX_CONTINUED = 4 };

/// Becomes readable when the window changed, or the process is asked to stop or goes on.
int ncx_signal_descriptor(void);

/// Which of those happened since the last call, as bits.
int ncx_take_signals(void);

/// Gives the terminal back, stops this process, and takes the terminal again when it goes on.
void ncx_suspend(void);

/// The bytes that a deadly signal writes, at most `capacity` of them. Answers their number.
size_t ncx_restore_bytes(uint8_t *bytes, size_t capacity);

// ---- Doorbell ------------------------------------------------------------------------------

/// A descriptor that becomes readable when it is rung; -1 if there is none to be had.
int ncx_doorbell_open(void);
void ncx_doorbell_ring(int doorbell);
void ncx_doorbell_clear(int doorbell);
void ncx_doorbell_close(int doorbell);

#endif
