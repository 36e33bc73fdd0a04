#include "export/scan.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/span.h"
#include "http/mime.h"
#include "links/out.h"
#include "stet/url.h"
#include "warc/payload.h"

#include <inttypes.h>
#include <stdio.h>

struct scanner {
    const struct stet_scan *s;
    const char *path;
    struct stet_warc_reader *reader;
    struct stet_url url, target;
    struct stet_url refers;
    struct stet_buf mime, charset;
    char head[STET_MIME_SNIFF_BYTES];
};

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct scanner *c = ctx;
    char told[320];

    /* What does not keep records from being read is no matter here. */
    if (p == STET_WARC_GZIP_MEMBER || p == STET_WARC_LINE_END ||
        p == STET_WARC_VERSION || p == STET_WARC_HEADER_LINE)
        return;
    snprintf(told, sizeof(told), "at %" PRIu64 ": %s", offset, text);
    c->s->on_problem(c->s->ctx, stet_span_of(c->path), told);
}

/* The URL of a field, without user name and fragment; STET_ENOTFOUND when it
 * is none of http. */
static int take_url(struct stet_url *u, struct stet_span text,
                    const struct stet_url *base)
{
    int rc = text.len ? stet_url_parse(u, text, base, NULL) : STET_ENOTFOUND;

    if (rc == STET_OK && stet_url_is_http(u)) {
        stet_url_strip_credentials(u);
        return STET_OK;
    }
    return rc == STET_ENOMEM ? rc : STET_ENOTFOUND;
}

/* A little of the body, for its type. */
static int read_head(struct scanner *c, struct stet_warc_payload *p,
                     struct stet_span *out)
{
    size_t len = 0, got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0 && len < sizeof(c->head)) {
        rc = stet_warc_payload_read(p, c->head + len, sizeof(c->head) - len,
                                    &got, NULL);
        if (rc == STET_OK)
            len += got;
    }
    *out = (struct stet_span){ c->head, len };
    return rc == STET_ENOMEM || rc == STET_EIO ? rc : STET_OK;
}

/* Browsers take a sheet or a script that comes without a type; from disk,
 * where the name tells, its name must not say that it is plain text. */
static const char *type_by_name(struct stet_span url)
{
    switch ((int)stet_link_file_of(url)) {
    case STET_FILE_STYLE:
        return "text/css";
    case STET_FILE_SCRIPT:
        return "text/javascript";
    default:
        return NULL;
    }
}

static int read_type(struct scanner *c, const struct stet_head *http,
                     struct stet_span body)
{
    struct stet_span type = stet_head_get(http, "Content-Type");
    const char *by_name = type_by_name(stet_url_page(&c->url));
    struct stet_mime m;
    int rc;

    if (type.len == 0 && by_name) {
        stet_buf_adds(&c->mime, by_name);
        return STET_OK;
    }

    stet_mime_init(&m);
    rc = stet_mime_of_head(&m, http);
    if (rc == STET_OK)
        stet_buf_add_span(&c->charset, stet_mime_get(&m, "charset"));
    stet_mime_clear(&m);
    if (rc == STET_ENOMEM)
        return rc;
    rc = stet_mime_compute(
        &c->mime, type,
        stet_span_ieqs(stet_head_get(http, "X-Content-Type-Options"),
                       "nosniff"),
        body);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static bool redirects(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 ||
           status == 308;
}

static int read_http(struct scanner *c, struct stet_holding *h,
                     struct stet_warc_payload *p)
{
    const struct stet_head *http = stet_warc_payload_http(p);
    struct stet_span body;
    int rc = read_head(c, p, &body);

    if (rc < 0)
        return rc;
    h->status = stet_warc_payload_status(p);
    if (!http)
        return STET_OK;
    /* Some writers keep it as a response; its body is still another's. */
    if (h->status == 304 && !h->is_revisit) {
        h->is_revisit = true;
        h->digest = STET_SPAN("");
    }
    if (!h->is_revisit || stet_head_get(http, "Content-Type").len)
        rc = read_type(c, http, body);
    h->mime = stet_buf_span(&c->mime);
    h->charset = stet_buf_span(&c->charset);
    if (stet_buf_status(&c->charset) == STET_ENOMEM)
        rc = STET_ENOMEM;
    if (rc < 0 || !redirects(h->status))
        return rc;
    rc = take_url(&c->target, stet_head_get(http, "Location"), &c->url);
    if (rc == STET_OK)
        h->location = stet_url_page(&c->target);
    return rc == STET_ENOTFOUND ? STET_OK : rc;
}

/* A resource record: its Content-Type is that of the thing. */
static int read_plain(struct scanner *c, struct stet_holding *h,
                      const struct stet_warc_record *rec)
{
    struct stet_mime m;
    int rc = stet_mime_parse(&m, stet_warc_record_field(rec, "Content-Type"));

    if (rc == STET_OK) {
        stet_buf_add_span(&c->mime, m.essence);
        stet_buf_add_span(&c->charset, stet_mime_get(&m, "charset"));
    }
    stet_mime_clear(&m);
    h->mime = stet_buf_span(&c->mime);
    h->charset = stet_buf_span(&c->charset);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static int read_payload(struct scanner *c, struct stet_holding *h,
                        const struct stet_warc_record *rec,
                        struct stet_error *err)
{
    struct stet_warc_payload *p = NULL;
    int rc;

    if (!stet_warc_record_is_http(rec))
        return read_plain(c, h, rec);
    rc = stet_warc_payload_open(&p, c->reader, rec, STET_WARC_BODY, err);
    if (rc == STET_OK)
        rc = read_http(c, h, p);
    stet_warc_payload_free(p);
    return rc;
}

static bool is_wanted(struct stet_span type)
{
    return stet_span_eqs(type, "response") || stet_span_eqs(type, "revisit") ||
           stet_span_eqs(type, "resource");
}

static int on_record(struct scanner *c, size_t file,
                     const struct stet_warc_record *rec, struct stet_error *err)
{
    struct stet_holding h = {
        .date_ms = stet_warc_record_date(rec),
        .digest = stet_warc_record_field(rec, "WARC-Payload-Digest"),
        .refers_ms = stet_date_parse_w3c(
            stet_warc_record_field(rec, "WARC-Refers-To-Date")),
        .is_revisit = stet_span_eqs(rec->type, "revisit"),
        .file = file,
        .offset = rec->offset,
        .in_member = rec->in_member,
    };
    int rc;

    if (!is_wanted(rec->type))
        return STET_OK;
    rc = take_url(&c->url, stet_warc_record_uri(rec, "WARC-Target-URI"), NULL);
    if (rc < 0)
        return rc == STET_ENOTFOUND ? STET_OK : rc;
    h.url = stet_url_page(&c->url);
    rc = take_url(&c->refers,
                  stet_warc_record_uri(rec, "WARC-Refers-To-Target-URI"), NULL);
    if (rc == STET_OK)
        h.refers_url = stet_url_page(&c->refers);
    else if (rc == STET_ENOMEM)
        return rc;
    stet_buf_reset(&c->mime);
    stet_buf_reset(&c->charset);
    rc = read_payload(c, &h, rec, err);
    return rc == STET_OK ? stet_catalogue_add(c->s->catalogue, &h, err) : rc;
}

int stet_scan_file(const struct stet_scan *s, size_t file, const char *path,
                   struct stet_error *err)
{
    struct scanner c = { .s = s, .path = path };
    struct stet_warc_reader_options o = { .on_problem = on_problem, .ctx = &c };
    struct stet_warc_record rec;
    struct stet_error why = { 0, 0, "" };
    int rc = stet_warc_reader_open(&c.reader, path, &o, err);

    stet_url_init(&c.url);
    stet_url_init(&c.target);
    stet_url_init(&c.refers);
    stet_buf_init(&c.mime, STET_MAX_MIME);
    stet_buf_init(&c.charset, STET_MAX_MIME);
    while (rc == STET_OK &&
           (rc = stet_warc_reader_next(c.reader, &rec, err)) == STET_OK) {
        rc = on_record(&c, file, &rec, &why);
        if (rc < 0 && rc != STET_ENOMEM && rc != STET_EIO) {
            s->on_problem(s->ctx, stet_warc_record_uri(&rec, "WARC-Target-URI"),
                          why.text[0] ? why.text : stet_strerror(rc));
            rc = STET_OK;
        } else if (rc < 0) {
            stet_fail(err, rc, "%s: %s", path,
                      why.text[0] ? why.text : stet_strerror(rc));
        }
    }
    stet_warc_reader_free(c.reader);
    stet_url_clear(&c.url);
    stet_url_clear(&c.target);
    stet_url_clear(&c.refers);
    stet_buf_clear(&c.mime);
    stet_buf_clear(&c.charset);
    return rc == STET_END ? STET_OK : rc;
}
