#include "frontier/seen.h"

#include "base/mem.h"

#include <string.h>

enum {
    WAYS = 8,          /* entries of a set */
    FIRST_SETS = 4096, /* 32,768 entries, 768 KB */
    SET_BYTES = WAYS * (int)sizeof(struct stet_seen_entry),
};

void stet_seen_init(struct stet_seen *s, size_t max_bytes)
{
    *s = (struct stet_seen){ .max_bytes = max_bytes, .whole = true };
}

void stet_seen_clear(struct stet_seen *s)
{
    stet_free(s->entries);
    stet_seen_init(s, s->max_bytes);
}

/* One of the two sets where a fingerprint may be. */
static struct stet_seen_entry *set_of(const struct stet_seen *s,
                                      const struct stet_sip *print, int which)
{
    return s->entries + WAYS * ((size_t)print->half[which] & (s->n_sets - 1));
}

static size_t free_of(const struct stet_seen_entry *set)
{
    size_t n = 0;

    while (n < WAYS && set[WAYS - 1 - n].id == 0)
        n++;
    return n;
}

/* The emptier of its two sets: so they fill up evenly. */
static struct stet_seen_entry *roomy_set(const struct stet_seen *s,
                                         const struct stet_sip *print)
{
    struct stet_seen_entry *a = set_of(s, print, 0), *b = set_of(s, print, 1);

    return free_of(a) > free_of(b) ? a : b;
}

/* Puts an entry at the front of its set; what it pushes out, or an id of 0,
 * is returned. */
static int64_t push(struct stet_seen_entry *set,
                    const struct stet_seen_entry *e)
{
    int64_t out = set[WAYS - 1].id;

    memmove(set + 1, set, (WAYS - 1) * sizeof(*set));
    set[0] = *e;
    return out;
}

static int64_t find_in(struct stet_seen_entry *set,
                       const struct stet_sip *print)
{
    struct stet_seen_entry e;

    for (size_t i = 0; i < WAYS && set[i].id != 0; i++) {
        if (set[i].print.half[0] != print->half[0] ||
            set[i].print.half[1] != print->half[1])
            continue;
        e = set[i];
        memmove(set + 1, set, i * sizeof(*set));
        set[0] = e;
        return e.id;
    }
    return 0;
}

int64_t stet_seen_find(struct stet_seen *s, const struct stet_sip *print)
{
    int64_t id = 0;

    for (int i = 0; i < 2 && id == 0 && s->n_sets > 0; i++)
        id = find_in(set_of(s, print, i), print);
    return id;
}

/* Doubles the sets.  STET_END: there may be no more. */
static int grow(struct stet_seen *s)
{
    struct stet_seen larger = *s;

    larger.n_sets = s->n_sets ? s->n_sets * 2 : FIRST_SETS;
    while (s->n_sets == 0 && larger.n_sets > s->max_bytes / SET_BYTES)
        larger.n_sets /= 2;
    if (larger.n_sets == 0 || larger.n_sets > s->max_bytes / SET_BYTES)
        return STET_END;
    larger.entries = stet_alloc(larger.n_sets * SET_BYTES);
    if (!larger.entries)
        return STET_ENOMEM;
    /* From each set's oldest, so that the order stays. */
    for (size_t i = s->n_sets * WAYS; i-- > 0;) {
        const struct stet_seen_entry *e = &s->entries[i];

        if (e->id != 0 && push(roomy_set(&larger, &e->print), e) != 0)
            larger.whole = false;
    }
    stet_free(s->entries);
    *s = larger;
    return STET_OK;
}

int stet_seen_put(struct stet_seen *s, const struct stet_sip *print, int64_t id)
{
    const struct stet_seen_entry e = { *print, id };
    int rc = STET_OK;

    while (rc == STET_OK &&
           (s->n_sets == 0 || free_of(roomy_set(s, print)) == 0))
        rc = grow(s);
    if (rc < 0)
        return rc;
    if (s->n_sets == 0 || push(roomy_set(s, print), &e) != 0)
        s->whole = false;
    return STET_OK;
}
