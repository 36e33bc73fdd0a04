#include "pack/pages.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/span.h"
#include "stet/warc.h"
#include "json/write.h"

#include <string.h>

enum {
    MAX_LINE = 4 << 20,
    MAX_LIST = 1 << 30, /* bytes of a page list */
    ID_BYTES = 8,       /* of a hash */
};

static int add_page(struct stet_pages_scan *s,
                    const struct stet_warc_record *rec, struct stet_error *err)
{
    struct stet_span url = stet_warc_record_uri(rec, "WARC-Target-URI");
    struct stet_span date = stet_warc_record_field(rec, "WARC-Date");
    struct stet_span id = stet_warc_record_uri(rec, "WARC-Record-ID");
    struct stet_json_writer w;
    struct stet_digest hash;
    struct stet_buf line, hex;
    int rc = stet_digest_of(&hash, STET_SHA256, id, err);

    if (rc < 0)
        return rc;
    stet_buf_init(&line, MAX_LINE);
    stet_buf_init(&hex, MAX_LINE);
    stet_hex_add(&hex, hash.bytes, ID_BYTES);
    stet_json_writer_init(&w, &line, STET_JSON_COMPACT);
    stet_json_begin_object(&w);
    stet_json_member_string(&w, "id", stet_buf_span(&hex));
    stet_json_member_string(&w, "url", url);
    stet_json_member_string(&w, "ts", date);
    stet_json_member_string(&w, "mime", STET_SPAN("text/html"));
    stet_json_member_int(&w, "status", 200);
    stet_json_end(&w);
    stet_buf_addc(&line, '\n');
    rc = stet_buf_status(&hex);
    if (rc == STET_OK)
        rc = stet_buf_status(&line);
    if (rc == STET_OK)
        rc = stet_spool_add(s->pages, line.data, line.len, err);
    s->n_pages++;
    stet_buf_clear(&line);
    stet_buf_clear(&hex);
    return rc;
}

static int look_for_page(struct stet_pages_scan *s, struct stet_warc_reader *r,
                         const struct stet_warc_record *rec,
                         struct stet_error *err)
{
    char type[STET_WARC_MEDIA_TYPE_MAX];
    struct stet_warc_payload *p = NULL;
    bool is_page;
    int rc;

    if (!s->pages || !stet_span_eqs(rec->type, "response"))
        return STET_OK;
    rc = stet_warc_payload_open(&p, r, rec, STET_WARC_RAW, err);
    if (rc < 0)
        return rc;
    rc = stet_warc_payload_media_type(p, rec, type);
    is_page =
        stet_warc_payload_status(p) == 200 && strcmp(type, "text/html") == 0;
    stet_warc_payload_free(p);
    if (rc < 0)
        return stet_fail(err, rc, "no memory for a media type");
    return is_page ? add_page(s, rec, err) : STET_OK;
}

/* Damage is refused; what is only untidy is not. */
static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct stet_error *damage = ctx;

    if (damage->code == 0 &&
        (p == STET_WARC_GZIP_BROKEN || p == STET_WARC_GZIP_CHECKSUM ||
         p == STET_WARC_GZIP_TRUNCATED || p == STET_WARC_GARBAGE ||
         p == STET_WARC_TRUNCATED || p == STET_WARC_BAD_LENGTH))
        stet_fail(damage, STET_EFORMAT, "damaged at %llu: %s",
                  (unsigned long long)offset, text);
}

int stet_pages_scan(struct stet_pages_scan *s, const char *path,
                    struct stet_error *err)
{
    struct stet_error damage = { 0 };
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, &damage };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    int rc = stet_warc_reader_open(&r, path, &o, err);

    while (rc == STET_OK) {
        int64_t date;

        rc = stet_warc_reader_next(r, &rec, err);
        if (rc != STET_OK)
            break;
        date = stet_warc_record_date(&rec);
        if (date > s->newest)
            s->newest = date;
        rc = s->texts ? stet_texts_take(s->texts, r, &rec, err) : STET_OK;
        if (rc == STET_OK)
            rc = look_for_page(s, r, &rec, err);
    }
    stet_warc_reader_free(r);
    if (rc >= 0 && damage.code != 0)
        return stet_fail(err, STET_EFORMAT, "%s: %s", path, damage.text);
    return rc < 0 ? rc : STET_OK;
}

int stet_pages_copy(struct stet_spool *out, const char *path, uint64_t *n,
                    struct stet_error *err)
{
    struct stet_span rest;
    struct stet_buf list;
    bool first = true;
    int rc;

    stet_buf_init(&list, MAX_LIST);
    rc = stet_file_read(path, &list, err);
    rest = stet_buf_span(&list);
    while (rc == STET_OK && rest.ptr && rest.len > 0) {
        struct stet_span line = stet_span_cut(&rest, '\n');

        if (!first && line.len > 0) {
            rc = stet_spool_add(out, line.ptr, line.len, err);
            if (rc == STET_OK)
                rc = stet_spool_add(out, "\n", 1, err);
            ++*n;
        }
        first = false;
    }
    stet_buf_clear(&list);
    return rc;
}
