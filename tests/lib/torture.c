#include "lib/torture.h"

#include "base/mem.h"
#include "stet/error.h"

#include <stdio.h>
#include <stdlib.h>

static int countdown; /* fails when it reaches 0 */
static int live;
static bool hit;

static void *failing_grow(void *p, size_t size)
{
    if (--countdown == 0) {
        hit = true;
        return NULL;
    }
    void *q = realloc(p, size);
    if (q && !p)
        live++;
    return q;
}

static void counting_free(void *p)
{
    if (p)
        live--;
    free(p);
}

bool torture(int (*work)(void))
{
    static const struct stet_allocator failing = { failing_grow,
                                                   counting_free };
    bool good = true;

    stet_set_allocator(&failing);
    for (int n = 1; good; n++) {
        countdown = n;
        live = 0;
        hit = false;
        int rc = work();
        good = live == 0 && rc == (hit ? STET_ENOMEM : STET_OK);
        if (!good)
            printf("# allocation %d: %s, %d left allocated\n", n,
                   stet_strerror(rc), live);
        if (!hit)
            break;
    }
    stet_set_allocator(NULL);
    return good;
}
