/*
 * Pages that have one text: of a later one at another address it is said
 * which was first.  The fingerprints of the archive are gone through one by
 * one, which for a hundred thousand of them takes 0.4 ms.
 */
#include "archive/inside.h"

#include "base/fail.h"
#include "base/mem.h"
#include "stet/article.h"

struct stet_text {
    struct stet_fingerprint fingerprint;
    int64_t page;
};

static int keep(struct stet_twins *t, const struct stet_fingerprint *text,
                int64_t page, struct stet_error *err)
{
    if (t->len == STET_MAX_TEXTS)
        return STET_OK;
    if (stet_grow_array(&t->items, &t->cap, t->len + 1, sizeof(*t->items)) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for fingerprints");
    t->items[t->len++] = (struct stet_text){ *text, page };
    return STET_OK;
}

/* What earlier runs and an earlier start of this one have left. */
static int load(struct stet_archive *a, struct stet_error *err)
{
    struct stet_stmt *q;
    int rc;

    if (a->twins.loaded)
        return STET_OK;
    q = stet_archive_query(a, STET_Q_texts);
    while ((rc = stet_stmt_step(q, err)) == STET_OK) {
        const struct stet_fingerprint text = {
            { (uint64_t)stet_stmt_int(q, 1), (uint64_t)stet_stmt_int(q, 2) }
        };

        rc = keep(&a->twins, &text, stet_stmt_int(q, 0), err);
        if (rc < 0)
            break;
    }
    stet_stmt_reset(q);
    a->twins.loaded = rc == STET_END;
    return rc == STET_END ? STET_OK : rc;
}

static int remember(struct stet_archive *a, const struct stet_fingerprint *text,
                    int64_t page, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_add_text);
    int rc;

    stet_stmt_bind_int(q, 1, page);
    stet_stmt_bind_int(q, 2, (int64_t)text->bits[0]);
    stet_stmt_bind_int(q, 3, (int64_t)text->bits[1]);
    rc = stet_stmt_run(q, err);
    return rc == STET_OK ? keep(&a->twins, text, page, err) : rc;
}

/* A page has the text of an earlier one.  At one address it is the same
 * story, captured again. */
static int say(struct stet_archive *a, struct stet_product *p, int64_t first,
               struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_page_head);
    int rc;

    stet_stmt_bind_int(q, 1, first);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK && !stet_span_eq(stet_stmt_text(q, 1), p->target->url)) {
        p->same_text_as = stet_arena_dup(&p->strings, stet_stmt_text(q, 1));
        if (!p->same_text_as.ptr)
            rc = stet_fail(err, STET_ENOMEM, "no memory for a URL");
    }
    stet_stmt_reset(q);
    if (rc != STET_OK || p->same_text_as.len == 0)
        return rc == STET_END ? STET_OK : rc;
    q = stet_archive_query(a, STET_Q_set_same);
    stet_stmt_bind_int(q, 1, p->target->page);
    stet_stmt_bind_int(q, 2, first);
    return stet_stmt_run(q, err);
}

int stet_twins_note(struct stet_archive *a, struct stet_product *p,
                    struct stet_error *err)
{
    const struct stet_twins *t = &a->twins;
    const struct stet_fingerprint *text = &p->page.fingerprint;
    int rc = load(a, err);

    if (rc < 0)
        return rc;
    for (size_t i = 0; i < t->len; i++)
        if (stet_article_same_text(&t->items[i].fingerprint, text))
            return say(a, p, t->items[i].page, err);
    return remember(a, text, p->target->page, err);
}

void stet_twins_clear(struct stet_archive *a)
{
    stet_free(a->twins.items);
    a->twins = (struct stet_twins){ .items = NULL };
}
