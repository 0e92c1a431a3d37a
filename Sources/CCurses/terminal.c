#include "internal.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

ncx_terminal ncx_current = {.input = -1, .output = -1};

int ncx_set_locale(const char *name) {
    if (!setlocale(LC_CTYPE, name)) setlocale(LC_CTYPE, "C");
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int64_t ncx_window_size(int descriptor) {
    struct winsize window;
    if (ioctl(descriptor, TIOCGWINSZ, &window) != 0) return 0;
    if (window.ws_row == 0 || window.ws_col == 0) return 0;
    return (int64_t)window.ws_row << 32 | window.ws_col;
}

static FILE *stream(int descriptor, const char *mode) {
    int copy = dup(descriptor);
    if (copy < 0) return NULL;
    FILE *file = fdopen(copy, mode);
    if (!file) close(copy);
    return file;
}

static void close_files(void) {
    if (ncx_current.input_file) fclose(ncx_current.input_file);
    if (ncx_current.output_file) fclose(ncx_current.output_file);
    ncx_current = (ncx_terminal){.input = -1, .output = -1};
}

/// Modes of the keyboard and the screen; also after the process was stopped.
static void set_modes(void) {
    raw();
    noecho();
    nonl();
    nodelay(stdscr, TRUE);
    keypad(stdscr, TRUE);
    meta(stdscr, TRUE);
    intrflush(stdscr, FALSE);
    leaveok(stdscr, TRUE);
    curs_set(0);
}

int ncx_open_direct(int input, int output, int rows, int columns) {
    // Only our own description is looked up there; whatever comes after has the person's place again.
    const char *place = getenv("TERMINFO");
    char *kept = place ? strdup(place) : NULL;
    int answer = ncx_open(NCX_DIRECT, input, output, rows, columns, 1);
    if (kept) setenv("TERMINFO", kept, 1);
    else unsetenv("TERMINFO");
    free(kept);
    return answer;
}

int ncx_open(const char *term, int input, int output, int rows, int columns, int uses_color) {
    if (ncx_current.screen) return NCX_ALREADY_OPEN;
    ncx_current.input_file = stream(input, "r");
    ncx_current.output_file = stream(output, "w");
    if (!ncx_current.input_file || !ncx_current.output_file) {
        close_files();
        return NCX_SYSTEM;
    }
    int probed = ncx_probe(term, output);
    if (probed != NCX_OK) {
        close_files();
        return probed;
    }
    ncx_current.input = input;
    ncx_current.output = output;
    ncx_signals_begin(input, output);
    ncx_current.screen = newterm(term, ncx_current.output_file, ncx_current.input_file);
    if (!ncx_current.screen) {
        ncx_signals_end();
        close_files();
        return NCX_UNKNOWN_TERMINAL;
    }
    if (rows > 0 && columns > 0) resizeterm(rows, columns);
    if (uses_color && has_colors() && start_color() == OK) {
        use_default_colors();
        ncx_current.colors = COLORS;
    }
    ncx_pairs_begin();
    set_modes();
    ncx_define_keys();
    ncx_escape_delay(25);
    ncx_signals_arm();
    static int registered = 0;
    if (!registered) registered = atexit(ncx_close) == 0;
    return NCX_OK;
}

void ncx_close(void) {
    if (!ncx_current.screen) return;
    ncx_send_reports(0);
    leaveok(stdscr, FALSE);
    curs_set(1);
    endwin();
    ncx_signals_end();
    ncx_pairs_end();
    ncx_frame_end();
    SCREEN *screen = ncx_current.screen;
    ncx_current.screen = NULL;
    delscreen(screen);
    close_files();
}

int ncx_colors(void) { return ncx_current.colors; }

int ncx_rows(void) { return ncx_current.screen ? LINES : 0; }

int ncx_columns(void) { return ncx_current.screen ? COLS : 0; }

void ncx_resize(int rows, int columns) {
    if (!ncx_current.screen) return;
    resizeterm(rows < 1 ? 1 : rows, columns < 1 ? 1 : columns);
    clearok(curscr, TRUE);
}

void ncx_suspend(void) {
    if (!ncx_current.screen) return;
    ncx_send_reports(0);
    leaveok(stdscr, FALSE);
    curs_set(1);
    def_prog_mode();
    endwin();
    ncx_signals_end();
    // To this thread, unblocked: it stops before the handlers are back. Sent to the process it could
    // reach another thread later, and be taken for a second stop.
    sigset_t stop, before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &before);
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    // Here again: the shell has put the process in the foreground.
    ncx_signals_begin(ncx_current.input, ncx_current.output);
    ncx_signals_arm();
    reset_prog_mode();
    set_modes();
    ncx_send_reports(1);
    clearok(curscr, TRUE);
}
