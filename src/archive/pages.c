/*
 * Pages and what they need: when the last thing a page needs is done, its
 * urn:pageinfo record is written.
 */
#include "archive/inside.h"

#include "base/fail.h"
#include "base/mem.h"
#include "json/write.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    MAX_INFO = 64 << 20, /* bytes of one pageinfo */
    MAX_URN = 2 << 20,
};

int stet_pages_name(struct stet_archive *a, int64_t target,
                    char out[STET_UUID_TEXT_MAX], struct stet_error *err)
{
    char name[64];
    int n = snprintf(name, sizeof(name), "%" PRId64 ":%" PRId64 ":page", a->run,
                     target);
    int rc =
        stet_uuid_make(out, a->o.ids, (struct stet_span){ name, (size_t)n });

    return rc < 0 ? stet_fail(err, rc, "cannot make a page id") : STET_OK;
}

int stet_pages_add(struct stet_archive *a, int64_t target,
                   struct stet_target *t, struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_add_page);
    int rc = STET_OK;

    if (t->page_id[0] == '\0')
        rc = stet_pages_name(a, target, t->page_id, err);
    if (rc < 0)
        return rc;
    stet_stmt_bind_int(q, 1, a->run);
    stet_stmt_bind_text(q, 2, stet_span_of(t->page_id));
    stet_stmt_bind_text(q, 3, t->url);
    stet_stmt_bind_int(q, 4, t->role == STET_ROLE_SEED);
    stet_stmt_bind_int(q, 5, t->depth);
    stet_stmt_bind_int(q, 6, target);
    rc = stet_stmt_run(q, err);
    if (rc < 0)
        return rc;
    t->page = stet_store_last_id(a->store);

    q = stet_archive_query(a, STET_Q_own_page);
    stet_stmt_bind_int(q, 1, t->page);
    stet_stmt_bind_text(q, 2, stet_span_of(t->page_id));
    stet_stmt_bind_int(q, 3, target);
    rc = stet_stmt_run(q, err);
    return rc == STET_OK ? stet_needs_begin(a, t->page, err) : rc;
}

/* What the page's own document said. */
static int keep_facts(struct stet_archive *a, struct stet_product *p,
                      struct stet_error *err)
{
    struct stet_stmt *q;
    int rc;

    if (!stet_role_is_page(p->target->role) || p->status == 0 ||
        (p->status >= 300 && p->status < 400))
        return STET_OK;
    q = stet_archive_query(a, STET_Q_set_page);
    stet_stmt_bind_text(q, 1, p->target->url);
    stet_stmt_bind_text(q, 2, p->page.title);
    stet_stmt_bind_int(q, 3, p->date_ms);
    stet_stmt_bind_int(q, 4, p->status);
    stet_stmt_bind_text(q, 5, p->mime);
    stet_stmt_bind_text(q, 6, p->page.facts);
    stet_stmt_bind_text(q, 7, p->page.favicon);
    stet_stmt_bind_int(q, 8, p->target->page);
    stet_stmt_bind_text(
        q, 9, stet_span_of(p->came == STET_CAME_FRESH ? "fresh" : p->outcome));
    rc = stet_stmt_run(q, err);
    /* A fresh page was compared with others when it was captured. */
    return rc == STET_OK && p->page.has_fingerprint &&
                   p->came != STET_CAME_FRESH
               ? stet_twins_note(a, p, err)
               : rc;
}

/* A page's own row, as its pageinfo needs it. */
struct page {
    struct stet_buf url;
    char page_id[STET_UUID_TEXT_MAX];
    int64_t date_ms, root;
    int status;
    bool captured, fresh;
};

static int read_page(struct stet_archive *a, int64_t id, struct page *out,
                     struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_page_head);
    struct stet_span page_id;
    int rc;

    stet_stmt_bind_int(q, 1, id);
    rc = stet_stmt_step(q, err);
    if (rc != STET_OK)
        return rc;
    page_id = stet_stmt_text(q, 0);
    stet_buf_reset(&out->url);
    if (page_id.len < sizeof(out->page_id))
        memcpy(out->page_id, page_id.ptr, page_id.len);
    stet_buf_add_span(&out->url, stet_stmt_text(q, 1));
    out->captured = !stet_stmt_is_null(q, 2);
    out->date_ms = stet_stmt_int(q, 2);
    out->status = (int)stet_stmt_int(q, 3);
    out->root = stet_stmt_int(q, 4);
    out->fresh = stet_stmt_int(q, 5) != 0;
    stet_stmt_reset(q);
    return stet_buf_status(&out->url);
}

static void add_need_row(struct stet_json_writer *w, const struct stet_known *k)
{
    stet_json_key_span(w, k->url);
    stet_json_begin_object(w);
    stet_json_member_int(w, "status", k->status);
    stet_json_member_string(w, "mime", k->mime);
    stet_json_member_string(w, "type",
                            stet_span_of(stet_resource_name(k->resource)));
    if (!stet_span_eqs(k->outcome, "ok"))
        stet_json_member_string(w, "error", k->outcome);
    stet_json_end(w);
}

static int add_needs(struct stet_archive *a, int64_t root,
                     struct stet_json_writer *w, struct stet_error *err)
{
    struct stet_rows all = { NULL, 0, 0 };
    const struct stet_known *k;
    int rc = stet_needs_all(a, root, &all, err);

    for (size_t i = 0; rc == STET_OK && i < all.len; i++) {
        rc = stet_fates_get(a, all.items[i], &k, err);
        if (rc == STET_OK)
            add_need_row(w, k);
        rc = rc == STET_END ? STET_OK : rc;
    }
    stet_rows_clear(&all);
    return rc;
}

/* In Webrecorder's form (urn:pageinfo). */
static int build_info(struct stet_archive *a, const struct page *p,
                      struct stet_buf *out, struct stet_error *err)
{
    char date[STET_DATE_TEXT_MAX];
    struct stet_json_writer w;
    int rc;

    stet_date_print_ms(date, p->date_ms);
    stet_json_writer_init(&w, out, STET_JSON_PRETTY);
    stet_json_begin_object(&w);
    stet_json_member_string(&w, "pageid", stet_span_of(p->page_id));
    stet_json_key(&w, "urls");
    stet_json_begin_object(&w);
    rc = add_needs(a, p->root, &w, err);
    stet_json_end(&w);
    stet_json_member_string(&w, "url", stet_buf_span(&p->url));
    stet_json_key(&w, "counts");
    stet_json_begin_object(&w);
    stet_json_member_int(&w, "jsErrors", 0);
    stet_json_end(&w);
    stet_json_member_string(&w, "ts", stet_span_of(date));
    stet_json_member_int(&w, "tsStatus", p->status);
    stet_json_end(&w);
    if (rc == STET_OK)
        rc = stet_buf_status(out);
    return rc < 0 ? stet_fail(err, rc, "the list of what %s needs", p->page_id)
                  : STET_OK;
}

static int pack_info(struct stet_archive *a, const struct page *p,
                     struct stet_entry *e, struct stet_span info,
                     const struct stet_digest *digest, struct stet_error *err)
{
    struct stet_warc_pack pack = { .gzip = a->gzip,
                                   .digest = a->o.digest,
                                   .block = digest };
    struct stet_warc_header h;
    struct stet_buf name;
    int rc;

    stet_buf_init(&name, 64);
    stet_buf_addf(&name, "%s:pageinfo", p->page_id);
    rc = stet_uuid_make(e->record_id, a->o.ids, stet_buf_span(&name));
    stet_buf_clear(&name);
    if (rc < 0)
        return rc;
    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, a->o.version, "resource", e->record_id,
                           p->date_ms);
    stet_warc_header_add_uri(&h, "WARC-Target-URI", e->url);
    stet_warc_header_add(&h, "WARC-Page-ID", stet_span_of(p->page_id));
    stet_warc_header_add_digest(&h, "WARC-Payload-Digest", digest);
    stet_warc_header_add(&h, "Content-Type", e->mime);
    rc = stet_warc_record_pack(&a->scratch, &h, info,
                               (struct stet_span){ "", 0 }, &pack, err);
    stet_warc_header_clear(&h);
    return rc;
}

static int write_info(struct stet_archive *a, const struct stet_product *last,
                      const struct page *p, struct stet_span info,
                      struct stet_error *err)
{
    struct stet_product about = { .target = last->target,
                                  .date_ms = p->date_ms,
                                  .entity_len = info.len };
    struct stet_entry e = { .type = "resource",
                            .mime = STET_SPAN("application/json") };
    struct stet_warc_place place;
    char text[STET_DIGEST_TEXT_MAX];
    struct stet_digest digest;
    struct stet_buf urn;
    int rc = stet_digest_of(&digest, a->o.digest, info, err);

    stet_buf_init(&urn, MAX_URN);
    stet_buf_adds(&urn, "urn:pageinfo:");
    stet_buf_add_span(&urn, stet_buf_span(&p->url));
    e.url = stet_buf_span(&urn);
    stet_spool_clear(&a->scratch);
    if (rc == STET_OK)
        rc = stet_buf_status(&urn);
    if (rc == STET_OK)
        rc = pack_info(a, p, &e, info, &digest, err);
    if (rc == STET_OK) {
        stet_digest_print(text, &digest);
        e.digest = stet_span_of(text);
        e.length = a->scratch.len;
        rc = stet_archive_append(a, &a->scratch, &place, err);
    }
    if (rc == STET_OK)
        rc = stet_archive_index(a, &about, &e, &place, err);
    stet_buf_clear(&urn);
    return rc;
}

/* What is known of a target of the run. */
struct known {
    int64_t status, role, page;
};

static int look_at(struct stet_archive *a, int64_t id, struct known *out,
                   struct stet_error *err)
{
    struct stet_stmt *q = stet_archive_query(a, STET_Q_url_head);
    int rc;

    stet_stmt_bind_int(q, 1, id);
    rc = stet_stmt_step(q, err);
    if (rc == STET_OK)
        *out = (struct known){ stet_stmt_int(q, 0), stet_stmt_int(q, 1),
                               stet_stmt_int(q, 2) };
    stet_stmt_reset(q);
    return rc;
}

/* A page that redirects to one that the run knew already has no document
 * of its own: what is said of the other holds for it. */
static int borrow(struct stet_archive *a, int64_t page, int64_t root,
                  struct stet_error *err)
{
    struct known at = { 0, 0, 0 };
    struct stet_stmt *q;
    int rc = look_at(a, root, &at, err);

    for (int i = 0; rc == STET_OK && i < STET_MAX_REDIRECTS &&
                    at.status >= 300 && at.status < 400;
         i++) {
        rc = stet_needs_first(a, root, &root, err);
        if (rc == STET_OK)
            rc = look_at(a, root, &at, err);
    }
    if (rc != STET_OK || at.page == page || at.page == 0 ||
        !stet_role_is_page((enum stet_role)at.role))
        return rc == STET_END ? STET_OK : rc;
    q = stet_archive_query(a, STET_Q_borrow_page);
    stet_stmt_bind_int(q, 1, page);
    stet_stmt_bind_int(q, 2, at.page);
    return stet_stmt_run(q, err);
}

static int complete(struct stet_archive *a, const struct stet_product *last,
                    int64_t id, struct stet_error *err)
{
    struct page p = { .captured = false };
    struct stet_buf info;
    int rc;

    stet_buf_init(&p.url, MAX_URN);
    stet_buf_init(&info, MAX_INFO);
    rc = read_page(a, id, &p, err);
    if (rc == STET_OK && !p.captured) {
        rc = borrow(a, id, p.root, err);
        if (rc == STET_OK)
            rc = read_page(a, id, &p, err);
    }
    /* What a fresh page needs was said when it was captured. */
    if (rc == STET_OK && p.captured && !p.fresh) {
        rc = build_info(a, &p, &info, err);
        if (rc == STET_OK)
            rc = write_info(a, last, &p, stet_buf_span(&info), err);
    }
    stet_buf_clear(&info);
    stet_buf_clear(&p.url);
    return rc == STET_END ? STET_OK : rc;
}

int stet_pages_settle(struct stet_archive *a, struct stet_product *p,
                      struct stet_error *err)
{
    struct stet_rows waited = { NULL, 0, 0 }, ready = { NULL, 0, 0 };
    int rc = keep_facts(a, p, err);

    if (rc == STET_OK)
        rc = stet_needs_settle(a, p->target, &waited, &ready, err);
    for (size_t i = 0; rc == STET_OK && i < waited.len; i++) {
        if (p->page.lists.len > 0)
            rc = stet_pages_add_lists(a, waited.items[i], p->page.lists, err);
    }
    for (size_t i = 0; rc == STET_OK && i < ready.len; i++)
        rc = complete(a, p, ready.items[i], err);
    stet_rows_clear(&waited);
    stet_rows_clear(&ready);
    return rc;
}
