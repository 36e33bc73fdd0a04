#include "product/stored.h"

#include "base/fail.h"
#include "warc/payload.h"

#include <limits.h>

enum { READ_AT_ONCE = 64 * 1024 };

void stet_stored_init(struct stet_stored *s)
{
    *s = (struct stet_stored){ .reader = NULL };
    stet_buf_init(&s->path, PATH_MAX);
}

void stet_stored_clear(struct stet_stored *s)
{
    stet_warc_payload_free(s->payload);
    stet_warc_reader_free(s->reader);
    stet_buf_clear(&s->path);
    stet_stored_init(s);
}

/* The file under its name or, while it is still written to, with ".open". */
static int open_file(struct stet_stored *s, const char *dir,
                     struct stet_span file, struct stet_error *err)
{
    struct stet_buf path;
    int rc;

    stet_buf_init(&path, PATH_MAX);
    stet_buf_addf(&path, "%s/", dir);
    stet_buf_add_span(&path, file);
    rc = stet_buf_status(&path);
    if (rc < 0)
        rc = stet_fail(err, rc, "the path of a WARC");
    if (rc == STET_OK && s->reader &&
        stet_span_eq(stet_buf_span(&s->path), stet_buf_span(&path))) {
        stet_buf_clear(&path);
        return STET_OK;
    }
    stet_warc_reader_free(s->reader);
    s->reader = NULL;
    stet_buf_reset(&s->path);
    if (rc == STET_OK)
        rc = stet_warc_reader_open(&s->reader, path.data, NULL, err);
    if (rc < 0 && rc != STET_ENOMEM) {
        stet_buf_adds(&path, ".open");
        if (stet_buf_status(&path) == STET_OK)
            rc = stet_warc_reader_open(&s->reader, path.data, NULL, err);
        stet_buf_cut(&path, path.len - 5);
    }
    if (rc == STET_OK) {
        stet_buf_clear(&s->path);
        s->path = path;
        return STET_OK;
    }
    stet_buf_clear(&path);
    return rc;
}

/* An index may lie: the record must be the one that it tells of. */
static int check_record(const struct stet_warc_record *rec,
                        const struct stet_former *f, struct stet_error *err)
{
    if (stet_span_eqs(rec->type, "response") && f->record_id[0] &&
        stet_span_ends(stet_warc_record_uri(rec, "WARC-Record-ID"),
                       stet_span_of(f->record_id)))
        return STET_OK;
    return stet_fail(err, STET_EFORMAT, "another record than %s", f->record_id);
}

int stet_stored_open(struct stet_stored *s, const char *dir,
                     const struct stet_former *f, const struct stet_head **head,
                     struct stet_error *err)
{
    struct stet_warc_record rec;
    int rc;

    stet_warc_payload_free(s->payload);
    s->payload = NULL;
    *head = NULL;
    rc = open_file(s, dir, f->file, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_seek(s->reader, f->offset, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(s->reader, &rec, err);
    if (rc == STET_OK)
        rc = check_record(&rec, f, err);
    if (rc == STET_OK)
        rc = stet_warc_payload_open(&s->payload, s->reader, &rec,
                                    STET_WARC_ENTITY, err);
    if (rc == STET_OK)
        *head = stet_warc_payload_http(s->payload);
    if (rc == STET_OK && !*head)
        rc = stet_fail(err, STET_EFORMAT, "a response without a head");
    return rc == STET_END ? STET_EFORMAT : rc;
}

int stet_stored_read(struct stet_stored *s, struct stet_buf *out, size_t max,
                     struct stet_error *err)
{
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0) {
        size_t left = max - out->len;
        size_t n = left < READ_AT_ONCE ? left : READ_AT_ONCE;
        char *room = n > 0 ? stet_buf_room(out, n) : NULL;

        if (n == 0)
            return STET_ELIMIT;
        if (!room)
            return stet_fail(err, STET_ENOMEM, "no memory for a body");
        rc = stet_warc_payload_read(s->payload, room, n, &got, err);
        stet_buf_added(out, got);
    }
    return rc == STET_ENOMEM ? rc : STET_OK;
}
