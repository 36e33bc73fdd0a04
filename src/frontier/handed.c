#include "frontier/handed.h"

#include "base/mem.h"
#include "stet/error.h"

enum { FIRST_SLOTS = 64 };

void stet_handed_init(struct stet_handed_set *s)
{
    *s = (struct stet_handed_set){ NULL, 0, 0 };
}

void stet_handed_clear(struct stet_handed_set *s)
{
    stet_free(s->slots);
    stet_handed_init(s);
}

/* Where an id would like to be.  Ids follow each other, and so do these. */
static size_t home_of(const struct stet_handed_set *s, int64_t id)
{
    return (size_t)id & (s->n_slots - 1);
}

/* The slot of an id, or the free one where it belongs. */
static struct stet_handed *slot_of(const struct stet_handed_set *s, int64_t id)
{
    size_t at = home_of(s, id);

    while (s->slots[at].id != 0 && s->slots[at].id != id)
        at = (at + 1) & (s->n_slots - 1);
    return &s->slots[at];
}

struct stet_handed *stet_handed_find(const struct stet_handed_set *s,
                                     int64_t id)
{
    struct stet_handed *h = s->n_slots ? slot_of(s, id) : NULL;

    return h && h->id != 0 ? h : NULL;
}

static int grow(struct stet_handed_set *s)
{
    struct stet_handed_set larger = { NULL, FIRST_SLOTS, s->len };

    if (s->n_slots)
        larger.n_slots = s->n_slots * 2;
    larger.slots = stet_alloc(larger.n_slots * sizeof(*larger.slots));
    if (!larger.slots)
        return STET_ENOMEM;
    for (size_t i = 0; i < s->n_slots; i++) {
        if (s->slots[i].id != 0)
            *slot_of(&larger, s->slots[i].id) = s->slots[i];
    }
    stet_free(s->slots);
    *s = larger;
    return STET_OK;
}

int stet_handed_put(struct stet_handed_set *s, const struct stet_handed *h)
{
    int rc = s->len * 2 >= s->n_slots ? grow(s) : STET_OK;

    if (rc == STET_OK) {
        *slot_of(s, h->id) = *h;
        s->len++;
    }
    return rc;
}

void stet_handed_drop(struct stet_handed_set *s, struct stet_handed *h)
{
    size_t mask = s->n_slots - 1;
    size_t hole = (size_t)(h - s->slots), at = hole;

    s->len--;
    /* What comes after moves up, unless that is before its home. */
    for (;;) {
        at = (at + 1) & mask;
        if (s->slots[at].id == 0)
            break;
        if (((at - home_of(s, s->slots[at].id)) & mask) >=
            ((at - hole) & mask)) {
            s->slots[hole] = s->slots[at];
            hole = at;
        }
    }
    s->slots[hole].id = 0;
}
