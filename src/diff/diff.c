#include "stet/diff.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/span.h"
#include "diff/page.h"

const char *stet_diff_kind_name(enum stet_diff_kind k)
{
    switch (k) {
    case STET_DIFF_PAGE_GONE:
        return "page-gone";
    case STET_DIFF_PAGE_NEW:
        return "page-new";
    case STET_DIFF_FACT:
        return "fact";
    case STET_DIFF_TEXT_GONE:
        return "text-gone";
    case STET_DIFF_TEXT_NEW:
        return "text-new";
    case STET_DIFF_NEEDED_GONE:
        return "needed-gone";
    case STET_DIFF_NEEDED_NEW:
        return "needed-new";
    case STET_DIFF_NEEDED_CHANGED:
        return "needed-changed";
    }
    return "";
}

struct run {
    const struct stet_diff_options *options;
    struct stet_diff_result *result;
    const struct stet_side *a, *b;
    int64_t from_ms, to_ms;
    struct stet_error *err;
};

static int give(void *ctx, const struct stet_diff *d)
{
    struct run *r = ctx;

    r->result->differences++;
    return r->options->on_diff ? r->options->on_diff(r->options->ctx, d)
                               : STET_OK;
}

/* A page that only one side has: `gone` from the second, or new in it. */
static int give_lone(struct run *r, const struct stet_side_capture *only,
                     bool gone)
{
    struct stet_diff d = { .kind =
                               gone ? STET_DIFF_PAGE_GONE : STET_DIFF_PAGE_NEW,
                           .page = only->url,
                           .a_ms = gone ? only->date_ms : INT64_MIN,
                           .b_ms = gone ? INT64_MIN : only->date_ms };

    return give(r, &d);
}

static int compare(struct run *r, const struct stet_side_capture *a,
                   const struct stet_side_capture *b)
{
    uint64_t before = r->result->differences;
    struct stet_diff_page x = { 0 }, y = { 0 };
    int rc;

    r->result->pages++;
    if (a == b)
        return STET_OK;
    rc = stet_diff_page_read(&x, r->a, a, r->err);
    if (rc == STET_OK)
        rc = stet_diff_page_read(&y, r->b, b, r->err);
    if (rc == STET_OK)
        rc = stet_diff_pages(&x, &y, give, r, r->err);
    r->result->changed += r->result->differences > before;
    stet_diff_page_clear(&x);
    stet_diff_page_clear(&y);
    return rc;
}

static int look_at(struct run *r, struct stet_span url)
{
    const struct stet_side_capture *a =
        stet_side_find(r->a, url, r->from_ms, true);
    const struct stet_side_capture *b =
        stet_side_find(r->b, url, r->to_ms, true);

    if (a && b)
        return compare(r, a, b);
    if (a)
        return give_lone(r, a, true);
    return b ? give_lone(r, b, false) : STET_ENOTFOUND;
}

/* A URL that is no page is none of the comparison's. */
static int look_at_any(struct run *r, struct stet_span url)
{
    int rc = look_at(r, url);

    return rc == STET_ENOTFOUND ? STET_OK : rc;
}

/* The pages of the first side in its order, then those that are new. */
static int run_all(struct run *r)
{
    int rc = STET_OK;

    for (size_t i = 0; i < r->a->by_url.len && rc == STET_OK; i++)
        rc = look_at_any(r, r->a->by_url.entries[i].key);
    for (size_t i = 0; i < r->b->by_url.len && rc == STET_OK && r->a != r->b;
         i++)
        if (!stet_map_find(&r->a->by_url, r->b->by_url.entries[i].key))
            rc = look_at_any(r, r->b->by_url.entries[i].key);
    return rc;
}

static int run(struct run *r)
{
    const struct stet_diff_options *o = r->options;
    int rc;

    if (!o->page)
        return run_all(r);
    rc = look_at(r, stet_span_of(o->page));
    return rc == STET_ENOTFOUND
               ? stet_fail(r->err, rc, "there is no such page: %s", o->page)
               : rc;
}

int stet_diff(const char *a, const char *b,
              const struct stet_diff_options *options,
              struct stet_diff_result *result, struct stet_error *err)
{
    static const struct stet_diff_options none = { 0 };
    const struct stet_diff_options *o = options ? options : &none;
    struct stet_diff_result unasked = { 0 };
    struct stet_side x = { 0 }, y = { 0 };
    struct run r = { .options = o, .a = &x, .b = b ? &y : &x, .err = err };
    int rc;

    r.result = result ? result : &unasked;
    *r.result = (struct stet_diff_result){ 0 };
    r.from_ms = o->has_from ? o->from_ms : b ? INT64_MAX : INT64_MIN;
    r.to_ms = o->has_to ? o->to_ms : INT64_MAX;
    y = (struct stet_side){ 0 };
    rc = stet_side_open(&x, a, err);
    if (rc == STET_OK && b)
        rc = stet_side_open(&y, b, err);
    if (rc == STET_OK)
        rc = run(&r);
    stet_side_clear(&x);
    stet_side_clear(&y);
    return rc;
}

int stet_diff_parse_time(int64_t *out, struct stet_span text)
{
    *out = stet_date_parse_w3c(text);
    if (*out == STET_NO_DATE)
        *out = stet_date_parse_digits(text);
    return *out == STET_NO_DATE ? STET_EFORMAT : STET_OK;
}
