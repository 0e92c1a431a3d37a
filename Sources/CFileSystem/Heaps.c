#include "CFileSystem.h"

#include <malloc.h>

void zscope_share_heaps(int count) {
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, count);
#else
    (void)count;
#endif
}
