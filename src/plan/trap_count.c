#include "plan/trap.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/uuid.h"

#include <string.h>

enum {
    SLOTS = STET_MAX_TRAP_COUNTS,
    FULL = SLOTS / 4 * 3,
    OLD_DAYS = 30 * 365,
    FREE_PARAMETERS = 2, /* name things */
    FEW_PARAMETERS = 3,
    FEW_FACTOR = 4,      /* so many more for them */
    MAX_STRIPPED = 8192, /* bytes of a URL whose session is looked for */
};

struct count {
    uint64_t key; /* 0: free */
    uint32_t n;
};

struct table {
    struct count *slots;
    size_t len;
};

struct stet_traps {
    struct stet_trap_limits limits;
    struct table now, before;
    uint64_t seed;
};

int stet_traps_new(struct stet_traps **out, const struct stet_trap_limits *l,
                   struct stet_error *err)
{
    struct stet_traps *t = stet_alloc(sizeof(*t));

    *out = NULL;
    if (t) {
        t->limits = *l;
        t->seed = stet_random_u64() | 1;
        t->now.slots = stet_alloc(SLOTS * sizeof(struct count));
        t->before.slots = stet_alloc(SLOTS * sizeof(struct count));
    }
    if (!t || !t->now.slots || !t->before.slots) {
        stet_traps_free(t);
        return stet_fail(err, STET_ENOMEM, "no memory to count traps");
    }
    *out = t;
    return STET_OK;
}

void stet_traps_free(struct stet_traps *t)
{
    if (!t)
        return;
    stet_free(t->now.slots);
    stet_free(t->before.slots);
    stet_free(t);
}

/* The key of a kind of count and a text; never 0. */
static uint64_t key_of(const struct stet_traps *t, enum stet_rule kind,
                       struct stet_span a, struct stet_span b)
{
    uint64_t h = t->seed + (uint64_t)kind * UINT64_C(0x9E3779B97F4A7C15);
    const struct stet_span both[] = { a, b };

    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < both[k].len; i++) {
            h = (h ^ (unsigned char)both[k].ptr[i]) *
                UINT64_C(0xD6E8FEB86659FD93);
            h ^= h >> 32;
        }
        h += t->seed;
    }
    return h ? h : 1;
}

static struct count *slot_of(struct table *t, uint64_t key)
{
    size_t at = (size_t)key & (SLOTS - 1);

    while (t->slots[at].key != 0 && t->slots[at].key != key)
        at = (at + 1) & (SLOTS - 1);
    return &t->slots[at];
}

/* The count of a key, made when it is new. */
static uint32_t *count(struct stet_traps *t, uint64_t key)
{
    struct count *c = slot_of(&t->now, key);

    if (c->key == 0 && t->now.len >= FULL) {
        struct table old = t->before;

        t->before = t->now;
        memset(old.slots, 0, SLOTS * sizeof(*old.slots));
        t->now = (struct table){ old.slots, 0 };
        c = slot_of(&t->now, key);
    }
    if (c->key == 0) {
        *c = (struct count){ key, slot_of(&t->before, key)->n };
        t->now.len++;
    }
    return &c->n;
}

/* True if there were `most` before. */
static bool is_over(struct stet_traps *t, uint64_t key, uint32_t most)
{
    uint32_t *n = count(t, key);

    if (*n >= most)
        return true;
    ++*n;
    return false;
}

static bool is_another_session(struct stet_traps *t, struct stet_span url)
{
    char plain[MAX_STRIPPED];
    struct stet_span s = { plain, 0 };

    return url.len <= sizeof(plain) &&
           stet_trap_strip_session(url, plain, &s.len) &&
           is_over(t, key_of(t, STET_RULE_SESSION, s, STET_SPAN("")), 1);
}

static bool is_an_old_day(struct stet_traps *t, const struct stet_place *p)
{
    int64_t days;
    bool calendar;

    if (t->limits.now_ms == 0 || !stet_trap_date(p, &days, &calendar) ||
        !calendar || t->limits.now_ms / 86400000 - days < OLD_DAYS)
        return false;
    return is_over(t, key_of(t, STET_RULE_CALENDAR, p->host, STET_SPAN("")),
                   (uint32_t)t->limits.max_old_days);
}

static bool is_another_facet(struct stet_traps *t, const struct stet_place *p)
{
    uint32_t most = (uint32_t)t->limits.max_facets;
    size_t n = 1;

    for (size_t i = 0; i < p->query.len; i++)
        n += p->query.ptr[i] == '&' || p->query.ptr[i] == ';';
    if (p->query.len == 0 || n <= FREE_PARAMETERS)
        return false;
    return is_over(
        t,
        key_of(t, n == FEW_PARAMETERS ? STET_RULE_PARAMETERS : STET_RULE_FACETS,
               p->host, p->path),
        n == FEW_PARAMETERS ? most * FEW_FACTOR : most);
}

bool stet_traps_catch(struct stet_traps *t, struct stet_span url,
                      enum stet_rule *rule)
{
    struct stet_place p;

    if (!stet_place_split(&p, url))
        return false;
    if (t->limits.sessions && is_another_session(t, url)) {
        *rule = STET_RULE_SESSION;
        return true;
    }
    if (t->limits.max_old_days > 0 && is_an_old_day(t, &p)) {
        *rule = STET_RULE_CALENDAR;
        return true;
    }
    if (t->limits.max_facets > 0 && is_another_facet(t, &p)) {
        *rule = STET_RULE_FACETS;
        return true;
    }
    return false;
}
