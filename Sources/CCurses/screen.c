#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

// ---- Colour pairs --------------------------------------------------------------------------

// ncurses numbers pairs of colours. Asking it for the number takes a search, so those of up to 256
// colours and the terminal's own are kept in a table, 0 for none yet.
enum { TABLE_SIDE = 257 };
static uint16_t *pair_table;

void ncx_pairs_begin(void) {
    if (ncx_current.colors > 0 && ncx_current.colors <= 256) {
        pair_table = calloc(TABLE_SIDE * TABLE_SIDE, sizeof *pair_table);
    }
}

void ncx_pairs_end(void) {
    free(pair_table);
    pair_table = NULL;
}

/// One of the fixed 240 colours as RGB: a cube of 6 steps and a ramp of 24 greys.
static int32_t indexed_rgb(int32_t index) {
    static const int32_t steps[] = {0, 95, 135, 175, 215, 255};
    if (index >= 232) return (8 + 10 * (index - 232)) * 0x10101;
    index -= 16;
    return steps[index / 36] << 16 | steps[index / 6 % 6] << 8 | steps[index % 6];
}

/// A colour as this terminal numbers it. One with direct colour knows 0 to 7 by number, all else by RGB.
static int32_t known_color(int32_t color) {
    if (color < 0) return -1;
    if (ncx_current.colors > 256) {
        if (color & 0x1000000) return (color & 0xFFFFFF) < 8 ? 0 : color & 0xFFFFFF;
        return color >= 16 && color < 256 ? indexed_rgb(color) : color & 7;
    }
    return color < ncx_current.colors ? color : -1;
}

int ncx_pair(int32_t foreground, int32_t background) {
    if (ncx_current.colors <= 0) return 0;
    foreground = known_color(foreground);
    background = known_color(background);
    if (foreground < 0 && background < 0) return 0;
    if (!pair_table) {
        int pair = alloc_pair(foreground, background);
        return pair < 0 ? 0 : pair;
    }
    uint16_t *entry = &pair_table[(foreground + 1) * TABLE_SIDE + background + 1];
    if (*entry == 0) {
        int pair = find_pair(foreground, background);
        if (pair <= 0) pair = alloc_pair(foreground, background);
        if (pair <= 0 || pair > UINT16_MAX) return 0;
        *entry = (uint16_t)pair;
    }
    return *entry;
}

// ---- Cells ---------------------------------------------------------------------------------

static attr_t curses_attributes(int32_t attributes) {
    attr_t result = WA_NORMAL;
    if (attributes & NCX_BOLD) result |= WA_BOLD;
    if (attributes & NCX_DIM) result |= WA_DIM;
    if (attributes & NCX_UNDERLINE) result |= WA_UNDERLINE;
    if (attributes & NCX_REVERSE) result |= WA_REVERSE;
    return result;
}

/// Characters without a shape that would turn text around, hide it or join it. The canvas has none; this
/// is the last gate before the terminal.
static int is_hidden(wchar_t character) {
    static const struct {
        wchar_t first, last;
    } ranges[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x180E, 0x180E},
        {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
        {0x1D173, 0x1D17A}, {0xE0000, 0xE00FF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (character >= ranges[i].first && character <= ranges[i].last) return 1;
    }
    return 0;
}

/// What is sent for a cell: its own text if this locale draws it in as many columns, else a sign.
static void cell_text(const ncx_cell *cell, wchar_t text[6]) {
    memset(text, 0, 6 * sizeof *text);
    wchar_t base = (wchar_t)cell->text[0];
    if (is_hidden(base) || wcwidth(base) != cell->width) {
        text[0] = wcwidth(0xFFFD) == 1 ? 0xFFFD : L'?';
        return;
    }
    text[0] = base;
    int length = 1;
    for (int i = 1; i < 5 && cell->text[i]; i++) {
        wchar_t mark = (wchar_t)cell->text[i];
        if (wcwidth(mark) == 0 && !is_hidden(mark)) text[length++] = mark;
    }
}

void ncx_blit(int row, int column, const ncx_cell *cells, int count) {
    if (!ncx_current.screen || count <= 0 || row < 0 || row >= LINES || column < 0) return;
    enum { BATCH = 256 };
    cchar_t batch[BATCH];
    int filled = 0, start = column, at = column;
    for (int i = 0; i < count && at < COLS; i++) {
        const ncx_cell *cell = &cells[i];
        wchar_t text[6];
        cell_text(cell, text);
        int width = cell->width == 2 && at + 1 < COLS ? 2 : 1;
        if (cell->width == 2 && width == 1) text[0] = L' ', text[1] = 0;
        int pair = ncx_pair(cell->foreground, cell->background);
        attr_t attributes = curses_attributes(cell->attributes);
        setcchar(&batch[filled++], text, attributes, 0, &pair);
        at += width;
        // A sign of one column in place of two: the second column must not keep what was there.
        if (width == 2 && wcwidth(text[0]) != 2) {
            setcchar(&batch[filled++], L" ", attributes, 0, &pair);
        }
        if (filled >= BATCH - 1 || i == count - 1 || at >= COLS) {
            mvadd_wchnstr(row, start, batch, filled);
            start = at;
            filled = 0;
        }
    }
}

int ncx_read_cell(int row, int column, ncx_cell *cell) {
    memset(cell, 0, sizeof *cell);
    if (!ncx_current.screen || row < 0 || row >= LINES || column < 0 || column >= COLS) return 0;
    cchar_t content;
    if (mvwin_wch(stdscr, row, column, &content) == ERR) return 0;
    wchar_t text[CCHARW_MAX + 1] = {0};
    attr_t attributes = 0;
    short short_pair = 0;
    int pair = 0, foreground = -1, background = -1;
    if (getcchar(&content, text, &attributes, &short_pair, &pair) == ERR) return 0;
    if (pair != 0) extended_pair_content(pair, &foreground, &background);
    for (int i = 0; i < 5; i++) cell->text[i] = (uint32_t)text[i];
    cell->width = wcwidth(text[0]);
    if (attributes & WA_BOLD) cell->attributes |= NCX_BOLD;
    if (attributes & WA_DIM) cell->attributes |= NCX_DIM;
    if (attributes & WA_UNDERLINE) cell->attributes |= NCX_UNDERLINE;
    if (attributes & WA_REVERSE) cell->attributes |= NCX_REVERSE;
    cell->foreground = foreground;
    cell->background = background;
    return 1;
}

void ncx_cursor(int row, int column) {
    if (!ncx_current.screen) return;
    if (row < 0) {
        leaveok(stdscr, TRUE);
        curs_set(0);
    } else {
        leaveok(stdscr, FALSE);
        move(row, column);
        curs_set(1);
    }
}

void ncx_repaint(void) {
    if (ncx_current.screen) clearok(curscr, TRUE);
}
