/*
 * What became of a run, counted from what the archive says of it.
 */
#include "crawl/run.h"

#include <stdio.h>
#include <stdlib.h>

/* Counts the way in which some failed; there are fewer than there is room
 * for. */
static void add_fault(struct stet_crawl_summary *out,
                      const struct stet_tally *t)
{
    struct stet_crawl_fault *f;
    size_t i = 0;

    while (i < out->n_faults &&
           !stet_span_eqs(t->outcome, out->faults[i].outcome))
        i++;
    if (i == STET_CRAWL_MAX_FAULTS)
        return;
    f = &out->faults[i];
    if (i == out->n_faults) {
        out->n_faults++;
        snprintf(f->outcome, sizeof(f->outcome), "%.*s", (int)t->outcome.len,
                 t->outcome.ptr);
        snprintf(f->why, sizeof(f->why), "%.*s", (int)t->why.len, t->why.ptr);
    }
    f->n += t->n;
}

static int64_t *count_of_answer(struct stet_crawl_outcomes *o,
                                const struct stet_tally *t)
{
    switch (t->came) {
    case STET_CAME_KNOWN:
        return &o->known;
    case STET_CAME_UNCHANGED:
        return &o->not_modified;
    case STET_CAME_FRESH:
        return &o->fresh;
    case STET_CAME_ANEW:
        break;
    }
    return t->status_class == 2   ? &o->captured
           : t->status_class == 3 ? &o->redirects
           : t->status_class == 4 ? &o->client_errors
                                  : &o->server_errors;
}

static void add_outcome(struct stet_crawl_summary *out,
                        const struct stet_tally *t)
{
    struct stet_crawl_outcomes *o = &out->outcomes;

    if (stet_span_eqs(t->outcome, "ok")) {
        *count_of_answer(o, t) += t->n;
    } else if (stet_span_eqs(t->outcome, "robots")) {
        o->robots += t->n;
    } else if (stet_span_eqs(t->outcome, "trap")) {
        o->traps += t->n;
    } else if (stet_span_eqs(t->outcome, "limit")) {
        o->limits += t->n;
    } else {
        *(t->status_class > 0 ? &o->cut_off : &o->failed) += t->n;
        add_fault(out, t);
    }
}

static int tally(void *ctx, const struct stet_tally *t)
{
    struct stet_crawl_summary *out = ctx;
    bool failed = !stet_span_eqs(t->outcome, "ok") || t->status_class >= 4;
    bool redirect = t->status_class == 3;

    out->bytes += t->bytes;
    add_outcome(out, t);
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

static int most_first(const void *a, const void *b)
{
    const struct stet_crawl_fault *x = a, *y = b;

    return (x->n < y->n) - (x->n > y->n);
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
    int rc = stet_archive_tally(r->archive, tally, out);

    qsort(out->faults, out->n_faults, sizeof(*out->faults), most_first);
    if (rc == STET_OK)
        rc = stet_archive_tally_pages(r->archive, tally_pages, out, err);
    if (rc < 0)
        return rc;
    if (!o.on_failure)
        return STET_OK;
    return stet_archive_each_failure(r->archive, tell_failure, &o, err);
}
