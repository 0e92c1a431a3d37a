// Signals while the terminal is ours. The window's and job control's wake the loop through a pipe. The
// deadly ones give the terminal back first: only write, tcsetattr, sigaction and raise are called
// there, on bytes prepared beforehand, so that it works in the middle of anything, a trap included.
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

static const int deadly[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGSEGV,
                             SIGBUS, SIGILL, SIGFPE, SIGTRAP};
static const int waking[] = {SIGWINCH, SIGTSTP, SIGCONT};
enum { DEADLY = sizeof deadly / sizeof *deadly, WAKING = sizeof waking / sizeof *waking };

static struct sigaction before_deadly[DEADLY], before_waking[WAKING];
static int signal_pipe[2] = {-1, -1};

static volatile sig_atomic_t armed;
static char restore[512];
static size_t restore_length;
static int restore_output = -1;
static int modes_input = -1;
static struct termios modes;
static int has_modes;

static _Alignas(16) char handler_stack[64 * 1024];

// ---- Handlers ------------------------------------------------------------------------------

static void on_deadly(int number) {
    if (armed) {
        armed = 0;
        ssize_t ignored = write(restore_output, restore, restore_length);
        (void)ignored;
        if (has_modes) tcsetattr(modes_input, TCSANOW, &modes);
    }
    for (int i = 0; i < DEADLY; i++) {
        if (deadly[i] == number) sigaction(number, &before_deadly[i], NULL);
    }
    // Blocked until this handler returns; then it goes to whoever had it before, or kills.
    raise(number);
}

static void on_waking(int number) {
    int saved = errno;
    char byte = number == SIGWINCH ? NCX_RESIZED : number == SIGTSTP ? NCX_STOPPED : NCX_CONTINUED;
    ssize_t ignored = write(signal_pipe[1], &byte, 1);
    (void)ignored;
    errno = saved;
}

static void install(int number, void (*handler)(int), int flags, struct sigaction *before) {
    sigaction(number, NULL, before);
    // What the parent chose to ignore (nohup) stays ignored.
    if (before->sa_handler == SIG_IGN && number != SIGTSTP) return;
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigfillset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

// ---- Begin and end -------------------------------------------------------------------------

void ncx_signals_begin(int input, int output) {
    modes_input = input;
    restore_output = output;
    has_modes = tcgetattr(input, &modes) == 0;
    if (signal_pipe[0] < 0 && pipe2(signal_pipe, O_NONBLOCK | O_CLOEXEC) != 0) {
        signal_pipe[0] = signal_pipe[1] = -1;
    }
    stack_t stack = {.ss_sp = handler_stack, .ss_size = sizeof handler_stack};
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE)) {
        sigaltstack(&stack, NULL);
    }
    for (int i = 0; i < DEADLY; i++) {
        install(deadly[i], on_deadly, SA_ONSTACK, &before_deadly[i]);
    }
    for (int i = 0; i < WAKING; i++) {
        install(waking[i], on_waking, SA_RESTART, &before_waking[i]);
    }
}

void ncx_signals_end(void) {
    if (restore_output < 0) return;
    armed = 0;
    for (int i = 0; i < DEADLY; i++) sigaction(deadly[i], &before_deadly[i], NULL);
    for (int i = 0; i < WAKING; i++) sigaction(waking[i], &before_waking[i], NULL);
    restore_output = -1;
}

/// Appends bytes, without the delays `$<5>` that terminfo writes into them.
static void append(const char *text) {
    if (!text || text == (char *)-1) return;
    for (const char *at = text; *at && restore_length < sizeof restore; at++) {
        if (at[0] == '$' && at[1] == '<') {
            const char *end = strchr(at, '>');
            if (end) {
                at = end;
                continue;
            }
        }
        restore[restore_length++] = *at;
    }
}

void ncx_signals_arm(void) {
    restore_length = 0;
    if (tigetstr("kmous") && tigetstr("kmous") != (char *)-1) {
        append("\033[?1006l\033[?1002l\033[?1000l\033[?2004l");
    }
    append(tigetstr("sgr0"));
    append(tigetstr("op"));
    append(tigetstr("rmkx"));
    append(tigetstr("cnorm"));
    append(tigetstr("rmcup"));
    armed = 1;
}

size_t ncx_restore_bytes(uint8_t *bytes, size_t capacity) {
    size_t count = restore_length < capacity ? restore_length : capacity;
    memcpy(bytes, restore, count);
    return count;
}

int ncx_signal_descriptor(void) { return signal_pipe[0]; }

int ncx_take_signals(void) {
    int happened = 0;
    char bytes[64];
    ssize_t count;
    while ((count = read(signal_pipe[0], bytes, sizeof bytes)) > 0) {
        for (ssize_t i = 0; i < count; i++) happened |= bytes[i];
    }
    return happened;
}

// ---- Doorbell ------------------------------------------------------------------------------

int ncx_doorbell_open(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

void ncx_doorbell_ring(int doorbell) { eventfd_write(doorbell, 1); }

void ncx_doorbell_clear(int doorbell) {
    eventfd_t ignored;
    eventfd_read(doorbell, &ignored);
}

void ncx_doorbell_close(int doorbell) { close(doorbell); }
