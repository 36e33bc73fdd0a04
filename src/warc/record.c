#include "warc/record.h"

#include "base/fail.h"
#include "base/span.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char crlf[] = "\r\n";
static const char record_end[] = "\r\n\r\n";

struct stet_span stet_warc_profile_identical(enum stet_warc_version v)
{
    return v == STET_WARC_1_0 ? STET_SPAN("http://netpreserve.org/warc/1.0/"
                                          "revisit/identical-payload-digest")
                              : STET_SPAN("http://netpreserve.org/warc/1.1/"
                                          "revisit/identical-payload-digest");
}

struct stet_span stet_warc_profile_not_modified(enum stet_warc_version v)
{
    return v == STET_WARC_1_0 ? STET_SPAN("http://netpreserve.org/warc/1.0/"
                                          "revisit/server-not-modified")
                              : STET_SPAN("http://netpreserve.org/warc/1.1/"
                                          "revisit/server-not-modified");
}

void stet_warc_header_init(struct stet_warc_header *h)
{
    stet_buf_init(&h->text, STET_WARC_MAX_HEADER);
    h->version = STET_WARC_1_1;
}

void stet_warc_header_clear(struct stet_warc_header *h)
{
    stet_buf_clear(&h->text);
}

void stet_warc_header_begin(struct stet_warc_header *h,
                            enum stet_warc_version v, const char *type,
                            const char *uuid, int64_t date_ms)
{
    stet_buf_reset(&h->text);
    h->version = v;
    stet_buf_adds(&h->text,
                  v == STET_WARC_1_0 ? "WARC/1.0\r\n" : "WARC/1.1\r\n");
    stet_warc_header_add(h, "WARC-Type", stet_span_of(type));
    stet_warc_header_add_id(h, "WARC-Record-ID", uuid);
    stet_warc_header_add_date(h, "WARC-Date", date_ms);
}

/* The controls of ASCII, and those of Latin-1 that UTF-8 can spell. */
static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0);
}

static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7F;
}

/* Plain and fit to stand in a URI between spaces or brackets. */
static bool is_plain_in_uri(char c)
{
    return c > 0x20 && c < 0x7F && c != '<' && c != '>' && c != '"';
}

/* Moves what is plain at the front of *rest into b. */
static void move_plain(struct stet_buf *b, struct stet_span *rest,
                       bool (*plain)(char c))
{
    size_t n = 0;

    while (n < rest->len && plain(rest->ptr[n]))
        n++;
    stet_buf_add(b, rest->ptr, n);
    *rest = stet_span_sub(*rest, n, rest->len);
}

static void add_value(struct stet_buf *b, struct stet_span value)
{
    move_plain(b, &value, is_plain);
    while (value.len > 0) {
        uint32_t cp = stet_utf8_next(&value);
        stet_utf8_add(b, is_control(cp) ? ' ' : cp);
        move_plain(b, &value, is_plain);
    }
}

void stet_warc_header_add(struct stet_warc_header *h, const char *name,
                          struct stet_span value)
{
    value = stet_span_trim(value);
    if (value.len == 0)
        return;
    stet_buf_adds(&h->text, name);
    stet_buf_adds(&h->text, ": ");
    add_value(&h->text, value);
    stet_buf_adds(&h->text, crlf);
}

static void add_percent(struct stet_buf *b, struct stet_span bytes)
{
    for (size_t i = 0; i < bytes.len; i++)
        stet_buf_addf(b, "%%%02X", (unsigned char)bytes.ptr[i]);
}

void stet_warc_header_add_uri(struct stet_warc_header *h, const char *name,
                              struct stet_span uri)
{
    struct stet_buf *b = &h->text;

    if (uri.len == 0)
        return;
    stet_buf_adds(b, name);
    stet_buf_adds(b, ": ");
    move_plain(b, &uri, is_plain_in_uri);
    while (uri.len > 0) {
        struct stet_span at = uri;
        uint32_t cp = stet_utf8_next(&uri);
        struct stet_span one = { at.ptr, at.len - uri.len };
        bool ill = cp == STET_UTF8_REPLACEMENT && !stet_utf8_is_valid(one);

        if (ill || is_control(cp) || cp == ' ' || cp == '<' || cp == '>' ||
            cp == '"')
            add_percent(b, one);
        else
            stet_buf_add_span(b, one);
        move_plain(b, &uri, is_plain_in_uri);
    }
    stet_buf_adds(b, crlf);
}

void stet_warc_header_add_id(struct stet_warc_header *h, const char *name,
                             const char *uuid)
{
    char id[sizeof("<urn:uuid:>") + STET_UUID_TEXT_MAX];

    snprintf(id, sizeof(id), "<urn:uuid:%s>", uuid);
    stet_warc_header_add(h, name, stet_span_of(id));
}

void stet_warc_header_add_date(struct stet_warc_header *h, const char *name,
                               int64_t date_ms)
{
    char text[STET_DATE_TEXT_MAX];

    /* Section 5.4: fractions came with WARC 1.1. */
    if (h->version == STET_WARC_1_0)
        stet_date_print_s(text, date_ms);
    else
        stet_date_print_ms(text, date_ms);
    stet_warc_header_add(h, name, stet_span_of(text));
}

void stet_warc_header_add_digest(struct stet_warc_header *h, const char *name,
                                 const struct stet_digest *d)
{
    char text[STET_DIGEST_TEXT_MAX];

    stet_digest_print(text, d);
    stet_warc_header_add(h, name, stet_span_of(text));
}

static int hash_block(struct stet_digest *out, struct stet_span head,
                      struct stet_span body, enum stet_digest_kind kind,
                      struct stet_error *err)
{
    struct stet_hasher *h;
    int rc = stet_hasher_new(&h, kind, err);

    if (rc < 0)
        return rc;
    stet_hasher_add(h, head.ptr, head.len);
    stet_hasher_add(h, body.ptr, body.len);
    stet_hasher_finish(h, out);
    stet_hasher_free(h);
    return STET_OK;
}

int stet_warc_header_finish(struct stet_warc_header *h,
                            const struct stet_digest *block, uint64_t length,
                            struct stet_error *err)
{
    int rc;

    stet_warc_header_add_digest(h, "WARC-Block-Digest", block);
    stet_buf_addf(&h->text, "Content-Length: %" PRIu64 "\r\n\r\n", length);
    rc = stet_buf_status(&h->text);
    return rc < 0 ? stet_fail(err, rc, "a WARC header is too long") : STET_OK;
}

/* The whole header: the caller's fields and those that the block decides. */
static int finish_header(struct stet_warc_header *out,
                         const struct stet_warc_header *h,
                         struct stet_span head, struct stet_span body,
                         const struct stet_warc_pack *how,
                         struct stet_error *err)
{
    struct stet_digest digest = { .len = 0 };
    int rc = STET_OK;

    if (how->block)
        digest = *how->block;
    else
        rc = hash_block(&digest, head, body, how->digest, err);
    if (rc < 0)
        return rc;
    stet_buf_add_span(&out->text, stet_buf_span(&h->text));
    return stet_warc_header_finish(out, &digest, (uint64_t)head.len + body.len,
                                   err);
}

static int add_plain(struct stet_spool *out, const struct stet_span *parts,
                     size_t n, struct stet_error *err)
{
    uint64_t start = out->len;
    int rc = STET_OK;

    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = stet_spool_add(out, parts[i].ptr, parts[i].len, err);
    if (rc < 0 && out->len > start && stet_spool_cut(out, start, NULL) < 0)
        rc = STET_EIO;
    return rc;
}

int stet_warc_pack_add(const struct stet_warc_pack *how, struct stet_spool *out,
                       const struct stet_span *parts, size_t n,
                       struct stet_error *err)
{
    if (how->gzip)
        return stet_gzip_add(how->gzip, out, parts, n, how->stored, err);
    if (how->zstd)
        return stet_zstd_add(how->zstd, out, parts, n, err);
    return add_plain(out, parts, n, err);
}

int stet_warc_record_pack(struct stet_spool *out,
                          const struct stet_warc_header *h,
                          struct stet_span head, struct stet_span body,
                          const struct stet_warc_pack *how,
                          struct stet_error *err)
{
    enum { PARTS = 4 };
    struct stet_warc_header whole;
    int rc = stet_buf_status(&h->text);

    if (rc < 0)
        return stet_fail(err, rc, "a WARC header could not be built");
    stet_warc_header_init(&whole);
    rc = finish_header(&whole, h, head, body, how, err);
    if (rc == STET_OK) {
        struct stet_span parts[PARTS] = { stet_buf_span(&whole.text), head,
                                          body, stet_span_of(record_end) };
        rc = stet_warc_pack_add(how, out, parts, PARTS, err);
    }
    stet_warc_header_clear(&whole);
    return rc;
}
