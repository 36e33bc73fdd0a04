#include "stet/pack.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/span.h"
#include "pack/pages.h"
#include "pack/signer.h"
#include "pack/wacz.h"
#include "stet/index.h"
#include "json/json.h"
#include "json/write.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
    PLAIN_INDEX = 4 << 20, /* a larger one is compressed */
    MAX_META = 64 << 20,   /* datapackage.json */
};

static const char pages_header[] =
    "{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All Pages\"";
static const char extra_header[] = "{\"format\":\"json-pages-1.0\",\"id\":"
                                   "\"extraPages\",\"title\":\"Extra Pages\"";

/* A WACZ being made. */
struct packer {
    const struct stet_pack_options *options;
    struct stet_pack_result *result;
    struct stet_wacz wacz;
    struct stet_warc_files warcs;
    struct stet_spool pages, extra;
    struct stet_texts texts; /* of pages, if they are wanted */
    int64_t newest;
};

static int no_memory(struct stet_error *err)
{
    return stet_fail(err, STET_ENOMEM, "no memory to pack a WACZ");
}

static int add_text(struct stet_spool *s, const char *text,
                    struct stet_error *err)
{
    return stet_spool_add(s, text, strlen(text), err);
}

/* -- archive/ -------------------------------------------------------------- */

static int add_warc(struct packer *p, const char *file, struct stet_error *err)
{
    const char *slash = strrchr(file, '/');
    const char *name = slash ? slash + 1 : file;
    char path[PATH_MAX];

    if (strcmp(file, "-") == 0)
        return stet_fail(err, STET_EUSAGE, "a WACZ is not made from a pipe");
    if (stet_span_ends(stet_span_of(name), STET_SPAN(".open")))
        return stet_fail(err, STET_EUSAGE, "%s is still being written", file);
    if (snprintf(path, sizeof(path), "archive/%s", name) >= (int)sizeof(path))
        return stet_fail(err, STET_ELIMIT, "the name is too long: %s", file);
    if (stet_wacz_find(&p->wacz, path))
        return stet_fail(err, STET_EUSAGE, "two WARC files are named %s", name);
    p->result->warcs++;
    return stet_wacz_add(&p->wacz, path, file) ? STET_OK : no_memory(err);
}

/* -- pages/ ---------------------------------------------------------------- */

static int copy_list(struct packer *p, const char *dir, const char *name,
                     struct stet_spool *to, struct stet_error *err)
{
    char path[PATH_MAX];
    struct stat st;

    if (snprintf(path, sizeof(path), "%s/pages/%s", dir, name) >=
            (int)sizeof(path) ||
        stat(path, &st) < 0)
        return STET_ENOTFOUND;
    return stet_pages_copy(to, path, &p->result->pages, err);
}

/* The WARCs and pages that one operand stands for. */
static int add_operand(struct packer *p, const char *operand,
                       struct stet_error *err)
{
    struct stet_pages_scan scan = { .texts =
                                        p->options->text ? &p->texts : NULL,
                                    .newest = p->newest };
    size_t from = p->warcs.len;
    int rc = stet_warc_files_add(&p->warcs, operand, err);
    int listed;

    if (rc < 0)
        return rc;
    listed = copy_list(p, operand, "pages.jsonl", &p->pages, NULL);
    if (listed == STET_OK)
        listed = copy_list(p, operand, "extraPages.jsonl", &p->extra, NULL);
    else
        scan.pages = &p->pages;
    if (stet_is_fatal(listed))
        return stet_fail(err, listed, "cannot read the pages of %s", operand);
    for (size_t i = from; i < p->warcs.len && rc == STET_OK; i++) {
        rc = add_warc(p, p->warcs.paths[i], err);
        if (rc == STET_OK)
            rc = stet_pages_scan(&scan, p->warcs.paths[i], err);
    }
    p->newest = scan.newest;
    p->result->pages += scan.n_pages;
    return rc;
}

static int add_pages(struct packer *p, struct stet_error *err)
{
    struct {
        const char *path, *header;
        struct stet_spool *lines;
    } lists[] = { { "pages/pages.jsonl", pages_header, &p->pages },
                  { "pages/extraPages.jsonl", extra_header, &p->extra } };
    int rc = STET_OK;

    for (size_t i = 0; i < 2 && rc == STET_OK; i++) {
        struct stet_wacz_member *m;
        struct stet_span lines;

        if (i > 0 && lists[i].lines->len == 0)
            break;
        m = stet_wacz_add(&p->wacz, lists[i].path, NULL);
        if (!m)
            return no_memory(err);
        m->deflated = true;
        rc = add_text(&m->spool, lists[i].header, err);
        if (rc == STET_OK)
            rc = add_text(&m->spool,
                          p->options->text ? ",\"hasText\":\"true\"}\n" : "}\n",
                          err);
        if (rc == STET_OK)
            rc = stet_spool_view(lists[i].lines, &lines, err);
        if (rc == STET_OK && p->options->text)
            rc = stet_texts_add(&p->texts, &m->spool, lines, err);
        else if (rc == STET_OK)
            rc = stet_spool_add(&m->spool, lines.ptr, lines.len, err);
    }
    return rc;
}

/* -- indexes/ -------------------------------------------------------------- */

/* An index in the making. */
struct index {
    struct stet_spool *cdx, *idx;
    struct stet_index_blocks *blocks;
    struct stet_error *err;
};

static int put_line(struct stet_spool *to, struct stet_span line,
                    struct stet_error *err)
{
    int rc = stet_spool_add(to, line.ptr, line.len, err);

    return rc == STET_OK ? stet_spool_add(to, "\n", 1, err) : rc;
}

static int put_plain(void *ctx, struct stet_span line)
{
    struct index *x = ctx;

    return put_line(x->cdx, line, x->err);
}

static int put_packed(void *ctx, struct stet_span line)
{
    struct index *x = ctx;

    return stet_index_blocks_add(x->blocks, line, x->err);
}

static int put_block(void *ctx, struct stet_span bytes)
{
    struct index *x = ctx;

    return stet_spool_add(x->cdx, bytes.ptr, bytes.len, x->err);
}

static int put_place(void *ctx, struct stet_span line)
{
    struct index *x = ctx;

    return put_line(x->idx, line, x->err);
}

/* The large kind.  wabac looks up blocks by its own keys. */
static int pack_index(struct packer *p, struct stet_error *err)
{
    const char *const *paths = (const char *const *)p->warcs.paths;
    struct stet_index_options o = { .sort = true, .wabac_keys = true };
    struct stet_wacz_member *cdx, *idx;
    struct index x = { .err = err };
    struct stet_index_blocks_options how = { .name = "index.cdx.gz",
                                             .on_data = put_block,
                                             .on_line = put_place,
                                             .ctx = &x };
    int rc;

    cdx = stet_wacz_add(&p->wacz, "indexes/index.cdx.gz", NULL);
    idx = stet_wacz_add(&p->wacz, "indexes/index.idx", NULL);
    if (!cdx || !idx)
        return no_memory(err);
    x.cdx = &cdx->spool;
    x.idx = &idx->spool;
    rc = stet_index_blocks_new(&x.blocks, &how, err);
    if (rc == STET_OK)
        rc = stet_index_files(paths, p->warcs.len, &o, put_packed, &x, err);
    if (rc == STET_OK)
        rc = stet_index_blocks_finish(x.blocks, err);
    stet_index_blocks_free(x.blocks);
    return rc;
}

static int add_index(struct packer *p, struct stet_error *err)
{
    const char *const *paths = (const char *const *)p->warcs.paths;
    struct stet_index_options o = { .sort = true };
    struct stet_spool cdx;
    struct index x = { .cdx = &cdx, .err = err };
    struct stet_wacz_member *m;
    int rc;

    stet_spool_init(&cdx, NULL, PLAIN_INDEX);
    rc = stet_index_files(paths, p->warcs.len, &o, put_plain, &x, err);
    if (rc == STET_OK && cdx.len > PLAIN_INDEX) {
        stet_spool_clear(&cdx);
        return pack_index(p, err);
    }
    m = rc == STET_OK ? stet_wacz_add(&p->wacz, "indexes/index.cdx", NULL)
                      : NULL;
    if (m) {
        stet_spool_clear(&m->spool);
        stet_spool_move(&m->spool, &cdx);
    } else if (rc == STET_OK) {
        rc = no_memory(err);
    }
    stet_spool_clear(&cdx);
    return rc;
}

/* -- datapackage.json ------------------------------------------------------ */

/* Frictionless names: lower-case letters, digits, ".", "-", "_". */
static void add_name(struct stet_json_writer *w, const char *path)
{
    char name[NAME_MAX + 1];
    const char *from = strrchr(path, '/');
    size_t n = 0;

    for (from = from ? from + 1 : path; *from && n < NAME_MAX; from++) {
        char c = *from;

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789.-_", c))
            c = '-';
        name[n++] = c;
    }
    name[n] = '\0';
    stet_json_member_string(w, "name", stet_span_of(name));
}

static void add_resource(struct stet_json_writer *w,
                         const struct stet_wacz_member *m)
{
    char hash[STET_DIGEST_TEXT_MAX];

    stet_digest_print(hash, &m->hash);
    stet_json_begin_object(w);
    add_name(w, m->path);
    stet_json_member_string(w, "path", stet_span_of(m->path));
    stet_json_member_string(w, "hash", stet_span_of(hash));
    stet_json_member_int(w, "bytes", (int64_t)m->bytes);
    stet_json_end(w);
}

/* The first page of the list is where a reader begins. */
static int add_main_page(struct stet_json_writer *w, struct stet_span lines)
{
    struct stet_json *page = NULL;
    struct stet_span url, ts;
    int rc = STET_OK;

    if (lines.len > 0)
        rc = stet_json_parse(&page, stet_span_cut(&lines, '\n'), NULL, NULL);
    if (rc < 0)
        return rc == STET_ENOMEM ? rc : STET_OK;
    url = stet_json_get_string(stet_json_root(page), "url");
    ts = stet_json_get_string(stet_json_root(page), "ts");
    if (url.len > 0)
        stet_json_member_string(w, "mainPageUrl", url);
    if (url.len > 0 && ts.len > 0)
        stet_json_member_string(w, "mainPageDate", ts);
    stet_json_free(page);
    return STET_OK;
}

static int put_package(struct packer *p, struct stet_buf *out,
                       struct stet_span lines)
{
    char created[STET_DATE_TEXT_MAX];
    struct stet_json_writer w;
    int rc;

    stet_date_print_s(created, p->newest);
    stet_json_writer_init(&w, out, STET_JSON_PRETTY);
    stet_json_begin_object(&w);
    stet_json_member_string(&w, "profile", STET_SPAN("data-package"));
    stet_json_member_string(&w, "wacz_version", STET_SPAN("1.1.1"));
    stet_json_member_string(&w, "software", STET_SPAN("stet " STET_VERSION));
    stet_json_member_string(&w, "created", stet_span_of(created));
    stet_json_member_string(&w, "modified", stet_span_of(created));
    if (p->options->title)
        stet_json_member_string(&w, "title", stet_span_of(p->options->title));
    if (p->options->description)
        stet_json_member_string(&w, "description",
                                stet_span_of(p->options->description));
    rc = add_main_page(&w, lines);
    stet_json_key(&w, "resources");
    stet_json_begin_array(&w);
    for (size_t i = 0; i < p->wacz.len; i++)
        add_resource(&w, p->wacz.members[i]);
    stet_json_end(&w);
    stet_json_end(&w);
    stet_buf_addc(out, '\n');
    return rc;
}

/* Adds a member of these bytes, and hashes it. */
static int add_bytes(struct packer *p, const char *path,
                     const struct stet_buf *bytes,
                     struct stet_wacz_member **out, struct stet_error *err)
{
    int rc = stet_buf_status(bytes);

    *out = rc == STET_OK ? stet_wacz_add(&p->wacz, path, NULL) : NULL;
    if (!*out)
        return no_memory(err);
    rc = stet_spool_add(&(*out)->spool, bytes->data, bytes->len, err);
    return rc == STET_OK ? stet_wacz_hash(*out, err) : rc;
}

static int put_digest(struct packer *p, struct stet_buf *out,
                      struct stet_span hash, struct stet_error *err)
{
    struct stet_json_writer w;
    int rc;

    stet_json_writer_init(&w, out, STET_JSON_SPACED);
    stet_json_begin_object(&w);
    stet_json_member_string(&w, "path", STET_SPAN("datapackage.json"));
    stet_json_member_string(&w, "hash", hash);
    rc = stet_pack_sign(&w, p->options, hash, err);
    stet_json_end(&w);
    stet_buf_addc(out, '\n');
    return rc;
}

static int add_package(struct packer *p, struct stet_error *err)
{
    char hash[STET_DIGEST_TEXT_MAX];
    struct stet_wacz_member *m = NULL;
    struct stet_buf text;
    struct stet_span lines;
    int rc = stet_spool_view(&p->pages, &lines, err);

    for (size_t i = 0; i < p->wacz.len && rc == STET_OK; i++)
        rc = stet_wacz_hash(p->wacz.members[i], err);
    if (rc < 0)
        return rc;
    stet_buf_init(&text, MAX_META);
    rc = put_package(p, &text, lines);
    rc = rc < 0 ? no_memory(err)
                : add_bytes(p, "datapackage.json", &text, &m, err);
    if (rc == STET_OK) {
        stet_digest_print(hash, &m->hash);
        stet_buf_reset(&text);
        rc = put_digest(p, &text, stet_span_of(hash), err);
    }
    if (rc == STET_OK) {
        rc = add_bytes(p, "datapackage-digest.json", &text, &m, err);
    }
    stet_buf_clear(&text);
    return rc;
}

/* -- the whole ------------------------------------------------------------- */

int stet_pack(const char *const *paths, size_t n, const char *out,
              const struct stet_pack_options *options,
              struct stet_pack_result *result, struct stet_error *err)
{
    static const struct stet_pack_options none = { 0 };
    struct stet_pack_result unasked = { 0 };
    struct packer p = { .options = options ? options : &none,
                        .result = result ? result : &unasked,
                        .newest = STET_NO_DATE };
    int rc = STET_OK;

    *p.result = (struct stet_pack_result){ 0 };
    stet_spool_init(&p.pages, NULL, PLAIN_INDEX);
    stet_spool_init(&p.extra, NULL, PLAIN_INDEX);
    stet_texts_init(&p.texts);
    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = add_operand(&p, paths[i], err);
    if (rc == STET_OK && p.newest == STET_NO_DATE)
        p.newest = 0;
    if (rc == STET_OK)
        rc = add_index(&p, err);
    if (rc == STET_OK)
        rc = add_pages(&p, err);
    if (rc == STET_OK)
        rc = add_package(&p, err);
    if (rc == STET_OK)
        rc = stet_wacz_write(&p.wacz, out, p.newest, err);
    p.result->files = p.wacz.len;
    stet_spool_clear(&p.pages);
    stet_spool_clear(&p.extra);
    stet_texts_clear(&p.texts);
    stet_wacz_clear(&p.wacz);
    stet_warc_files_clear(&p.warcs);
    return rc;
}
