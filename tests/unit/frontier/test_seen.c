#include "frontier/seen.h"

#include "lib/tap.h"

static struct stet_sip print_of(uint64_t n)
{
    static const struct stet_sip key = { { 7, 11 } };

    return stet_sip_of(&key, (struct stet_span){ (const char *)&n, sizeof(n) });
}

static void put(struct stet_seen *s, int64_t id)
{
    struct stet_sip print = print_of((uint64_t)id);

    CHECK_INT(stet_seen_put(s, &print, id), STET_OK);
}

static int64_t find(struct stet_seen *s, int64_t id)
{
    struct stet_sip print = print_of((uint64_t)id);

    return stet_seen_find(s, &print);
}

static void knows_all_while_there_is_room(void)
{
    struct stet_seen s;
    int64_t known = 0;

    stet_seen_init(&s, STET_MAX_SEEN_BYTES);
    CHECK_INT(find(&s, 1), 0);
    for (int64_t id = 1; id <= 50000; id++)
        put(&s, id);
    for (int64_t id = 1; id <= 50000; id++)
        known += find(&s, id) == id;
    CHECK_INT(known, 50000);
    CHECK_INT(find(&s, 50001), 0);
    CHECK(s.whole);
    /* And does not take much more than that needs. */
    CHECK(s.n_sets * 8 <= 3 * 50000);
    stet_seen_clear(&s);
    CHECK_INT(find(&s, 1), 0);
}

static void forgets_the_oldest_and_says_so(void)
{
    struct stet_seen s;
    int64_t early = 0, late = 0;

    stet_seen_init(&s, 64 << 10);
    for (int64_t id = 1; id <= 50000; id++) {
        put(&s, id);
        if (id > 10)
            CHECK_INT(find(&s, 10), 10); /* asked for again and again */
        if (id == 100)
            CHECK(s.whole);
    }
    CHECK(!s.whole);
    CHECK(s.n_sets * 8 * sizeof(struct stet_seen_entry) <= 64 << 10);
    for (int64_t i = 0; i < 500; i++) {
        early += find(&s, 11 + i) != 0;
        late += find(&s, 50000 - i) == 50000 - i;
    }
    CHECK_INT(early, 0);
    CHECK(late > 450);
    stet_seen_clear(&s);
}

/* Half of a fingerprint is not enough. */
static void goes_by_the_whole_fingerprint(void)
{
    struct stet_seen s;
    struct stet_sip a = { { 1, 2 } }, b = { { 3, 2 } };

    stet_seen_init(&s, 64 << 10);
    CHECK_INT(stet_seen_put(&s, &a, 5), STET_OK);
    CHECK_INT(stet_seen_find(&s, &a), 5);
    CHECK_INT(stet_seen_find(&s, &b), 0);
    stet_seen_clear(&s);
}

TESTS({ "knows all while there is room", knows_all_while_there_is_room },
      { "forgets the oldest, and says so", forgets_the_oldest_and_says_so },
      { "goes by the whole fingerprint", goes_by_the_whole_fingerprint })
