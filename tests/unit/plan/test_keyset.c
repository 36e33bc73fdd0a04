#include "plan/keyset.h"

#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <stdio.h>

static struct stet_span key(char room[32], int i)
{
    int n = snprintf(room, 32, "http://h%d.example/%d", i % 7, i);

    return (struct stet_span){ room, (size_t)n };
}

static void holds_what_was_added_and_nothing_else(void)
{
    struct stet_keyset k;
    char room[32];

    stet_keyset_init(&k);
    CHECK(!stet_keyset_has(&k, STET_SPAN("")));
    for (int i = 0; i < 100000; i += 2)
        CHECK_INT(stet_keyset_add(&k, key(room, i)), STET_OK);
    for (int i = 0; i < 100000; i++)
        CHECK_INT(stet_keyset_has(&k, key(room, i)), i % 2 == 0);
    CHECK_INT(k.len, 50000);
    CHECK_INT(stet_keyset_add(&k, key(room, 0)), STET_END);
    CHECK(!stet_keyset_has(&k, STET_SPAN("")));
    CHECK_INT(stet_keyset_add(&k, STET_SPAN("")), STET_OK);
    CHECK(stet_keyset_has(&k, STET_SPAN("")));
    CHECK(k.cap * sizeof(*k.slots) <= 22 * k.len);
    stet_keyset_clear(&k);
}

static void takes_as_many_late_ones_as_it_has_room_for(void)
{
    struct stet_keyset k;
    char room[32];
    int n = 0;

    stet_keyset_init(&k);
    CHECK_INT(stet_keyset_add_late(&k, STET_SPAN("a")), STET_ELIMIT);
    CHECK_INT(stet_keyset_add(&k, STET_SPAN("a")), STET_OK);
    CHECK_INT(stet_keyset_reserve(&k, 1000), STET_OK);
    while (n < 100000 && stet_keyset_add_late(&k, key(room, n)) == STET_OK)
        n++;
    CHECK(n >= 1000 && n < 4000);
    CHECK_INT(stet_keyset_add_late(&k, key(room, n)), STET_ELIMIT);
    CHECK(!stet_keyset_has(&k, key(room, n)));
    CHECK(stet_keyset_has(&k, key(room, n - 1)) &&
          stet_keyset_has(&k, STET_SPAN("a")));
    stet_keyset_clear(&k);
}

static int fill(void)
{
    struct stet_keyset k;
    char room[32];
    int rc = STET_OK;

    stet_keyset_init(&k);
    for (int i = 0; rc == STET_OK && i < 200; i++)
        rc = stet_keyset_add(&k, key(room, i));
    if (rc == STET_OK)
        rc = stet_keyset_reserve(&k, 1000);
    stet_keyset_clear(&k);
    return rc;
}

static void survives_a_lack_of_memory(void)
{
    CHECK(torture(fill));
}

TESTS({ "holds what was added and nothing else",
        holds_what_was_added_and_nothing_else },
      { "takes as many late ones as it has room for",
        takes_as_many_late_ones_as_it_has_room_for },
      { "survives a lack of memory", survives_a_lack_of_memory })
