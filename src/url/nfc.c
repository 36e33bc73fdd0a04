#include "url/nfc.h"

#include "url/unicode.h"

#include <stdbool.h>
#include <string.h>

enum {
    MAX_PARTS = 3,      /* of a code point, wholly decomposed */
    FIRST_PART = 0x300, /* below, nothing combines with what it follows */
};

struct text {
    uint32_t points[MAX_PARTS * STET_MAX_NFC];
    unsigned char classes[MAX_PARTS * STET_MAX_NFC];
    size_t n;
};

static void add(struct text *t, uint32_t c)
{
    t->points[t->n] = c;
    t->classes[t->n++] = stet_unicode_props(c).ccc;
}

/* Only the first of a pair may be one itself. */
static void add_decomposed(struct text *t, uint32_t c)
{
    uint32_t parts[MAX_PARTS], first;
    size_t n = 0;

    while (n + 1 < MAX_PARTS && stet_unicode_decompose(c, &first, &parts[n])) {
        c = first;
        n++;
    }
    add(t, c);
    while (n > 0)
        add(t, parts[--n]);
}

/* Canonical ordering: what combines stands by its class, else as it did. */
static void sort_marks(struct text *t)
{
    for (size_t i = 1; i < t->n; i++) {
        uint32_t c = t->points[i];
        unsigned char class = t->classes[i];
        size_t at = i;

        while (class > 0 && at > 0 && t->classes[at - 1] > class) {
            t->points[at] = t->points[at - 1];
            t->classes[at] = t->classes[at - 1];
            at--;
        }
        t->points[at] = c;
        t->classes[at] = class;
    }
}

/* A mark reaches the last starter unless one of its own class or a higher
 * one stands between them. */
static void compose(struct text *t)
{
    size_t starter = t->n, out = 0;

    for (size_t i = 0; i < t->n; i++) {
        uint32_t c = t->points[i], composite = 0;
        unsigned char class = t->classes[i];

        if (starter < out &&
            (out == starter + 1 || t->classes[out - 1] < class))
            composite = stet_unicode_compose(t->points[starter], c);
        if (composite) {
            t->points[starter] = composite;
            continue;
        }
        if (class == 0)
            starter = out;
        t->points[out] = c;
        t->classes[out++] = class;
    }
    t->n = out;
}

void stet_nfc(uint32_t *points, size_t *n)
{
    struct text t;
    bool plain = true;

    for (size_t i = 0; i < *n; i++)
        plain = plain && points[i] < FIRST_PART;
    if (plain)
        return;
    t.n = 0;
    for (size_t i = 0; i < *n; i++)
        add_decomposed(&t, points[i]);
    sort_marks(&t);
    compose(&t);
    memcpy(points, t.points, t.n * sizeof(*points));
    *n = t.n;
}
