#include "base/map.h"

#include "lib/tap.h"
#include "lib/torture.h"
#include "stet/error.h"

#include <stdio.h>

static struct stet_span key(char *room, int i)
{
    return (struct stet_span){ room, (size_t)snprintf(room, 32, "key %d", i) };
}

static void finds_what_was_put(void)
{
    struct stet_map m;
    char room[32];
    bool fresh;

    stet_map_init(&m, 1 << 20);
    CHECK(stet_map_find(&m, STET_SPAN("x")) == NULL);
    for (int i = 0; i < 5000; i++) {
        struct stet_map_entry *e = stet_map_put(&m, key(room, i), &fresh);
        if (!e || !fresh) {
            CHECK_INT(i, -1);
            break;
        }
    }
    CHECK(stet_map_put(&m, key(room, 77), &fresh) == &m.entries[77]);
    CHECK(!fresh);
    CHECK_INT(m.len, 5000);
    for (int i = 0; i < 5000; i++) {
        struct stet_map_entry *e = stet_map_find(&m, key(room, i));
        if (!e || e != &m.entries[i])
            CHECK_INT(i, -1);
    }
    CHECK(stet_map_find(&m, STET_SPAN("key 5000")) == NULL);
    CHECK(stet_map_put(&m, (struct stet_span){ "", 0 }, &fresh) != NULL);
    stet_map_clear(&m);
}

static void stops_at_its_limit(void)
{
    struct stet_map m;
    char room[32];
    int n = 0;

    stet_map_init(&m, 1000);
    while (n < 1000 && stet_map_put(&m, key(room, n), NULL))
        n++;
    CHECK(n > 10 && n < 200);
    CHECK(stet_map_find(&m, STET_SPAN("key 3")) != NULL);
    stet_map_clear(&m);
}

static int fill(void)
{
    struct stet_map m;
    char room[32];
    int rc = STET_OK;

    stet_map_init(&m, 1 << 20);
    for (int i = 0; i < 200 && rc == STET_OK; i++) {
        if (!stet_map_put(&m, key(room, i), NULL))
            rc = STET_ENOMEM;
    }
    stet_map_clear(&m);
    return rc;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(fill));
}

TESTS({ "finds what was put", finds_what_was_put },
      { "stops at its limit", stops_at_its_limit },
      { "survives every failed allocation", survives_every_failed_allocation })
