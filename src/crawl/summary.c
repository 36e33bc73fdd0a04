/*
 * What became of a run, counted from what the archive says of it.
 */
#include "crawl/run.h"

#include <stdio.h>

static int tally(void *ctx, const struct stet_tally *t)
{
    struct stet_crawl_summary *out = ctx;
    bool failed = !stet_span_eqs(t->outcome, "ok") || t->status >= 400;
    bool redirect = t->status >= 300 && t->status < 400;

    out->bytes += t->bytes;
    out->revisits += t->revisits;
    if (t->role == STET_ROLE_REQUISITE && !redirect) {
        out->requisites += t->n;
        out->requisites_failed += failed ? t->n : 0;
    } else if (t->role == STET_ROLE_LINKED && !redirect) {
        out->linked += t->n;
        out->linked_failed += failed ? t->n : 0;
    } else if (t->role == STET_ROLE_ROBOTS) {
        out->robots += t->n;
    }
    return STET_OK;
}

static int tally_pages(void *ctx, const struct stet_page_tally *t)
{
    struct stet_crawl_summary *out = ctx;

    if (t->role == STET_ROLE_SEED) {
        out->seeds = t->n;
        out->seeds_failed = t->failed;
    } else if (t->role == STET_ROLE_RELATED) {
        out->related = t->n;
        out->related_failed = t->failed;
    } else {
        out->pages = t->n;
        out->pages_failed = t->failed;
    }
    return STET_OK;
}

static int tell_failure(void *ctx, const struct stet_failure *f)
{
    const struct stet_crawl_options *o = ctx;
    char word[32];
    struct stet_crawl_event e = { .url = f->url,
                                  .role = stet_role_name(f->role),
                                  .outcome = word,
                                  .why = f->why,
                                  .status = f->status };

    snprintf(word, sizeof(word), "%.*s",
             (int)stet_span_sub(f->outcome, 0, sizeof(word) - 1).len,
             f->outcome.ptr);
    o->on_failure(o->ctx, &e);
    return STET_OK;
}

int stet_run_sum_up(struct stet_run *r, struct stet_crawl_summary *out,
                    struct stet_error *err)
{
    struct stet_crawl_options o = *r->o;
    int rc = stet_archive_tally(r->archive, tally, out, err);

    if (rc == STET_OK)
        rc = stet_archive_tally_pages(r->archive, tally_pages, out, err);
    if (rc < 0)
        return rc;
    if (!o.on_failure)
        return STET_OK;
    return stet_archive_each_failure(r->archive, tell_failure, &o, err);
}
