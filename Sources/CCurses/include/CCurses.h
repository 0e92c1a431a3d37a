#ifndef ZSCOPE_CCURSES_H
#define ZSCOPE_CCURSES_H
#endif
