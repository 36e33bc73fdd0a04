/*
 * A URL, well formed or not:
 *
 *   - a URL that is no trap by itself is none when it is asked again, and one
 *     that is counted is over its limit in the end;
 *   - without its session id it is no longer, and has none;
 *   - its day, if it has one, is in a year of four digits.
 */
#include "plan/trap.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool ok)
{
    if (!ok)
        abort();
}

static void count(const struct stet_trap_limits *l, struct stet_span url)
{
    static struct stet_traps *t;
    enum stet_rule rule = STET_RULE_SCOPE;

    if (!t)
        demand(stet_traps_new(&t, l, NULL) == STET_OK);
    if (stet_traps_catch(t, url, &rule))
        demand(rule == STET_RULE_SESSION || rule == STET_RULE_CALENDAR ||
               rule == STET_RULE_FACETS);
}

static void strip(struct stet_span url)
{
    char *once = malloc(url.len + 1), *twice = malloc(url.len + 1);
    size_t n, m;

    demand(once && twice);
    if (stet_trap_strip_session(url, once, &n)) {
        demand(n < url.len);
        demand(
            !stet_trap_strip_session((struct stet_span){ once, n }, twice, &m));
    }
    demand(n <= url.len);
    free(once);
    free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span url = { (const char *)data, size };
    enum stet_rule first = STET_RULE_SCOPE, second = STET_RULE_SCOPE;
    struct stet_trap_limits l;
    struct stet_place place;
    int64_t days;
    bool calendar;

    stet_trap_limits_init(&l, INT64_C(1795448400000));
    if (stet_place_split(&place, url)) {
        demand(stet_trap_look(&l, url, &place, &first) ==
               stet_trap_look(&l, url, &place, &second));
        demand(first == second);
        if (stet_trap_date(&place, &days, &calendar))
            demand(days > -400000 && days < 120000);
    }
    count(&l, url);
    strip(url);
    return 0;
}
