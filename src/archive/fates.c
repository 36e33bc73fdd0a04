/*
 * What became of the targets that pages need.  Most pages of a site need
 * the same ones, so the latest that were asked for are remembered.
 */
#include "archive/inside.h"

#include "base/fail.h"
#include "base/mem.h"

#include <string.h>

enum { MAX_KEPT_TEXT = 1024 }; /* of one; longer ones are not remembered */

/* The texts one after the other, in memory of their own. */
static int keep_texts(struct stet_known *k, const struct stet_span texts[3],
                      struct stet_error *err)
{
    struct stet_span *const to[3] = { &k->url, &k->mime, &k->outcome };
    size_t n = texts[0].len + texts[1].len + texts[2].len;
    char *p = stet_grow(NULL, n + 1);

    if (!p)
        return stet_fail(err, STET_ENOMEM, "no memory for what pages need");
    stet_free(k->text);
    k->text = p;
    for (int i = 0; i < 3; i++) {
        if (texts[i].len > 0)
            memcpy(p, texts[i].ptr, texts[i].len);
        *to[i] = (struct stet_span){ p, texts[i].len };
        p += texts[i].len;
    }
    return STET_OK;
}

static int read_row(struct stet_archive *a, int64_t id, struct stet_known **out,
                    struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_page_need);
    struct stet_known *k = *out;
    int rc;

    stet_stmt_bind_int(q, 1, id);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK) {
        const struct stet_span texts[3] = { stet_stmt_text(q, 0),
                                            stet_stmt_text(q, 2),
                                            stet_stmt_text(q, 4) };
        if (texts[0].len + texts[1].len + texts[2].len > MAX_KEPT_TEXT)
            k = &a->known_long;
        k->id = 0;
        k->status = stet_stmt_int(q, 1);
        k->resource = (enum stet_resource)stet_stmt_int(q, 3);
        rc = keep_texts(k, texts, err);
    }
    if (rc == STET_OK && k != &a->known_long)
        k->id = id;
    stet_stmt_reset(q);
    *out = k;
    return rc;
}

int stet_fates_get(struct stet_archive *a, int64_t id,
                   const struct stet_known **out, struct stet_error *err)
{
    struct stet_known *k = &a->fates[(uint64_t)id % STET_ARCHIVE_FATES];
    int rc = k->id == id ? STET_OK : read_row(a, id, &k, err);

    *out = rc == STET_OK ? k : NULL;
    return rc;
}

void stet_fates_clear(struct stet_archive *a)
{
    for (size_t i = 0; i < STET_ARCHIVE_FATES; i++)
        stet_free(a->fates[i].text);
    stet_free(a->known_long.text);
}
