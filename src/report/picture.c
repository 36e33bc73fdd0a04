#include "report/picture.h"

#include "base/base64.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "stet/index.h"
#include "stet/url.h"
#include "json/json.h"

#include <limits.h>
#include <string.h>

struct stet_album {
    char *archive;
    struct stet_cdx *index; /* NULL: there is none */
    struct stet_buf path, body;
    size_t spent;
};

/* Where a record lies. */
struct place {
    char mime[32];
    char file[256];
    uint64_t offset, length;
};

/* The smallest of either; those of NO_LENGTH were not found. */
struct found {
    struct place picture, revisit;
};

#define NO_LENGTH ((uint64_t)STET_MAX_THUMB_BYTES)

int stet_album_open(struct stet_album **out, const char *archive,
                    struct stet_error *err)
{
    struct stet_album *a = stet_alloc(sizeof(*a));
    int rc = STET_OK;

    *out = NULL;
    if (!a)
        return stet_fail(err, STET_ENOMEM, "no memory for pictures");
    stet_buf_init(&a->path, PATH_MAX);
    stet_buf_init(&a->body, STET_MAX_THUMB_BYTES);
    a->archive = stet_span_dup(stet_span_of(archive));
    if (!a->archive ||
        stet_path_join(&a->path, archive, "indexes/index.cdx") < 0)
        rc = stet_fail(err, STET_ENOMEM, "no memory for pictures");
    if (rc == STET_OK)
        rc = stet_cdx_open(&a->index, a->path.data, err);
    if (rc == STET_ENOTFOUND)
        rc = STET_OK;
    if (rc < 0) {
        stet_album_close(a);
        return rc;
    }
    *out = a;
    return STET_OK;
}

void stet_album_close(struct stet_album *a)
{
    if (!a)
        return;
    stet_cdx_close(a->index);
    stet_buf_clear(&a->path);
    stet_buf_clear(&a->body);
    stet_free(a->archive);
    stet_free(a);
}

static bool copy(char *out, size_t cap, struct stet_span s)
{
    if (s.len >= cap)
        return false;
    memcpy(out, s.ptr, s.len);
    out[s.len] = '\0';
    return true;
}

/* Types that every browser shows, and that run nothing. */
static bool is_picture(struct stet_span mime)
{
    static const char *const good[] = { "image/jpeg", "image/png", "image/gif",
                                        "image/webp", "image/avif" };

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        if (stet_span_eqs(mime, good[i]))
            return true;
    }
    return false;
}

/* Takes a line of the index if it is a picture at that URL, or a revisit
 * that may be one, and smaller than what was found before. */
static void take_line(struct stet_span line, struct stet_span url,
                      struct found *found)
{
    size_t at = stet_span_find(line, STET_SPAN("{"));
    struct stet_json *tree = NULL;
    const struct stet_json_value *v;
    struct place p = { .offset = 0 }, *best = NULL;
    struct stet_span mime;

    if (stet_json_parse(&tree, stet_span_sub(line, at, line.len), NULL, NULL) <
        0)
        return;
    v = stet_json_root(tree);
    mime = stet_json_get_string(v, "mime");
    if (stet_span_eqs(mime, "warc/revisit"))
        best = &found->revisit;
    else if (is_picture(mime) &&
             stet_span_eqs(stet_json_get_string(v, "status"), "200"))
        best = &found->picture;
    if (best && stet_span_eq(stet_json_get_string(v, "url"), url) &&
        copy(p.mime, sizeof(p.mime), mime) &&
        copy(p.file, sizeof(p.file), stet_json_get_string(v, "filename")) &&
        !strchr(p.file, '/') &&
        stet_span_to_u64(stet_json_get_string(v, "offset"), &p.offset) &&
        stet_span_to_u64(stet_json_get_string(v, "length"), &p.length) &&
        p.length < best->length)
        *best = p;
    stet_json_free(tree);
}

static int look_up(struct stet_album *a, struct stet_span url,
                   struct found *found, struct stet_error *err)
{
    struct stet_bytes key = { NULL, 0 };
    struct stet_span line;
    int rc = stet_url_surt(&key, url, NULL);

    if (rc < 0)
        return rc == STET_ENOMEM ? rc : STET_OK;
    rc = stet_cdx_seek(a->index, (struct stet_span){ key.data, key.len }, err);
    while (rc == STET_OK && (rc = stet_cdx_next(a->index, &line, err)) == 0) {
        struct stet_span k = stet_span_trim(stet_cdx_key(line));
        if (!stet_span_eq(k, (struct stet_span){ key.data, key.len }))
            break;
        take_line(line, url, found);
    }
    stet_bytes_clear(&key);
    return rc == STET_END ? STET_OK : rc;
}

/* Opens the file of a place and reads that record's header. */
static int open_record(struct stet_album *a, const struct place *p,
                       struct stet_warc_reader **r,
                       struct stet_warc_record *rec, struct stet_error *err)
{
    struct stet_buf name;
    int rc;

    stet_buf_init(&name, PATH_MAX);
    stet_buf_addf(&name, "archive/%s", p->file);
    rc = stet_buf_status(&name);
    if (rc == STET_OK)
        rc = stet_path_join(&a->path, a->archive, name.data);
    if (rc == STET_OK)
        rc = stet_warc_reader_open(r, a->path.data, NULL, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_seek(*r, p->offset, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(*r, rec, err);
    stet_buf_clear(&name);
    return rc;
}

static int read_body(struct stet_album *a, struct stet_warc_reader *r,
                     const struct stet_warc_record *rec, struct stet_error *err)
{
    struct stet_warc_payload *payload = NULL;
    char piece[16384];
    size_t got = 1;
    int rc = stet_warc_payload_open(&payload, r, rec, STET_WARC_BODY, err);

    stet_buf_reset(&a->body);
    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(payload, piece, sizeof(piece), &got, err);
        if (rc == STET_OK)
            stet_buf_add(&a->body, piece, got);
    }
    stet_warc_payload_free(payload);
    return rc == STET_OK ? stet_buf_status(&a->body) : rc;
}

/* Looks for the picture that a revisit says it is. */
static int follow(struct stet_album *a, struct found *found,
                  struct stet_error *err)
{
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    int rc = open_record(a, &found->revisit, &r, &rec, err);

    if (rc == STET_OK)
        rc = look_up(a, stet_warc_record_uri(&rec, "WARC-Refers-To-Target-URI"),
                     found, err);
    stet_warc_reader_free(r);
    return rc;
}

static int read_picture(struct stet_album *a, const struct place *p,
                        struct stet_error *err)
{
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    int rc = open_record(a, p, &r, &rec, err);

    if (rc == STET_OK)
        rc = read_body(a, r, &rec, err);
    stet_warc_reader_free(r);
    return rc;
}

/* What cannot be read is not there: the report is about the rest. */
int stet_album_add(struct stet_album *a, const struct stet_sighting *seen,
                   struct stet_buf *out, struct stet_error *err)
{
    struct found found = { { .length = NO_LENGTH }, { .length = NO_LENGTH } };
    int rc = STET_OK;

    if (!a->index || a->spent > STET_MAX_THUMBS_BYTES)
        return STET_ENOTFOUND;
    for (size_t i = 0; rc == STET_OK && i < seen->n_pictures; i++)
        rc = look_up(a, seen->pictures[i], &found, err);
    if (rc == STET_OK && found.picture.length == NO_LENGTH &&
        found.revisit.length < NO_LENGTH)
        rc = follow(a, &found, err);
    if (rc == STET_OK && found.picture.length < NO_LENGTH)
        rc = read_picture(a, &found.picture, err);
    else if (rc == STET_OK)
        return STET_ENOTFOUND;
    if (rc < 0)
        return rc == STET_ENOMEM ? stet_fail(err, rc, "no memory for pictures")
                                 : STET_ENOTFOUND;
    a->spent += a->body.len;
    stet_buf_addf(out, "data:%s;base64,", found.picture.mime);
    stet_base64_add(out, stet_buf_span(&a->body));
    return STET_OK;
}
