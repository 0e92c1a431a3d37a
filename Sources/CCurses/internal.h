// What the parts of this module know of each other.
#ifndef ZSCOPE_CCURSES_INTERNAL_H
#define ZSCOPE_CCURSES_INTERNAL_H

#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1
#include <ncurses.h>

#include "CCurses.h"

/// The open terminal. Descriptors are -1 when there is none.
typedef struct {
    SCREEN *screen;
    FILE *input_file;
    FILE *output_file;
    int input;
    int output;
    int colors;
    int reports_mouse;
    int reports_paste;
} ncx_terminal;

extern ncx_terminal ncx_current;

/// Whether `term` has an entry, and one of a terminal whose cursor can be placed. An NCX code.
int ncx_probe(const char *term, int output);

/// Installs the handlers and saves the terminal's modes, before ncurses changes them.
void ncx_signals_begin(int input, int output);
/// Prepares the bytes that a deadly signal writes; terminfo must be loaded.
void ncx_signals_arm(void);
/// Nothing is written any more when a signal comes; the handlers of before are back.
void ncx_signals_end(void);

/// Sequences that the terminal's entry does not name, and marks for reports.
void ncx_define_keys(void);
/// Sends the modes of reports that are on, or turns them all off.
void ncx_send_reports(int on);

/// The pair of two colours, made when it is first asked for. 0 if there is none left.
int ncx_pair(int32_t foreground, int32_t background);
void ncx_pairs_begin(void);
void ncx_pairs_end(void);

/// Gives back what frames are collected in.
void ncx_frame_end(void);

/// A terminal description for systems that have none.
extern const char ncx_fallback_terminfo[];

/// A terminal description with direct colours, under the name below.
extern const char ncx_direct_terminfo[];
#define NCX_DIRECT "zscope-direct"

#endif
