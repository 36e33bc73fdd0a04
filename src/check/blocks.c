#include "check/package.h"

#include "base/digest.h"
#include "base/fail.h"
#include "base/span.h"
#include "codec/codec.h"

#include <limits.h>
#include <stdio.h>

enum { IN_MEMORY = 4 << 20, MAX_BLOCK = 64 << 20 };

/* An .idx being read: "KEY TIME {...}" a block of a .cdx.gz. */
struct reading {
    struct stet_check_wacz *w;
    char name[PATH_MAX];
    struct stet_span data; /* of the .cdx.gz last named */
    uint64_t at;           /* of the line */
};

static void tell(struct reading *x, const char *text)
{
    stet_check_say(x->w->s, x->name, STET_CHECK_WACZ_BLOCKS, x->at, "%s", text);
}

/* The bytes of indexes/NAME, which is stored. */
static bool find_data(struct reading *x, struct stet_span name)
{
    for (size_t i = 0; i < x->w->zip.len; i++) {
        const struct stet_zip_file *f = &x->w->zip.files[i];

        if (stet_span_starts(f->name, STET_SPAN("indexes/")) &&
            stet_span_eq(stet_span_sub(f->name, 8, f->name.len), name))
            return f->method == STET_ZIP_STORED &&
                   stet_zip_packed(&x->w->zip, f, &x->data, NULL) == STET_OK;
    }
    return false;
}

/* The block begins with the line that its own line repeats. */
static int check_first(struct reading *x, struct stet_span block,
                       struct stet_span start)
{
    struct stet_buf text;
    int rc;

    stet_buf_init(&text, MAX_BLOCK);
    rc = stet_codec_inflate(STET_CODING_GZIP, block, &text, NULL, NULL);
    if (rc == STET_ENOMEM) {
        stet_buf_clear(&text);
        return rc;
    }
    if (rc < 0)
        tell(x, "its block cannot be unpacked");
    else if (!stet_span_starts(stet_buf_span(&text), start))
        tell(x, "its block begins with another line");
    stet_buf_clear(&text);
    return STET_OK;
}

static int check_place(struct reading *x, const struct stet_json_value *o,
                       struct stet_span start)
{
    struct stet_span digest = stet_json_get_string(o, "digest");
    struct stet_span name = stet_json_get_string(o, "filename"), block;
    struct stet_digest said, is;
    int64_t offset, length;
    int rc;

    if (name.ptr && !find_data(x, name)) {
        tell(x, "the file of its block is not there, or not stored");
        return STET_OK;
    }
    if (!stet_json_int(stet_json_get(o, "offset"), &offset) ||
        !stet_json_int(stet_json_get(o, "length"), &length) || offset < 0 ||
        length < 0 || (uint64_t)offset > x->data.len ||
        (uint64_t)length > x->data.len - (uint64_t)offset) {
        tell(x, "its block is not in the file");
        return STET_OK;
    }
    block = stet_span_sub(x->data, (size_t)offset, (size_t)length);
    if (digest.len > 0 && stet_digest_parse(&said, digest) == STET_OK) {
        rc = stet_digest_of(&is, said.kind, block, NULL);
        if (rc < 0)
            return rc;
        if (!stet_digest_eq(&is, &said))
            tell(x, "its block has not the digest it should");
    }
    return check_first(x, block, start);
}

static int check_line(struct reading *x, struct stet_span line)
{
    struct stet_json *json = NULL;
    size_t brace = stet_span_find(line, STET_SPAN("{"));
    struct stet_span start = stet_span_trim(stet_span_sub(line, 0, brace));
    bool meta = stet_span_starts(line, STET_SPAN("!meta"));
    int rc = stet_json_parse(&json, stet_span_sub(line, brace, line.len), NULL,
                             NULL);

    if (rc == STET_ENOMEM)
        return rc;
    if (rc < 0)
        tell(x, "not a line of key, date and JSON");
    else if (!meta)
        rc = check_place(x, stet_json_root(json), start);
    else if (!find_data(x,
                        stet_json_get_string(stet_json_root(json), "filename")))
        tell(x, "the file of its blocks is not there, or not stored");
    stet_json_free(json);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

int stet_check_blocks(struct stet_check_wacz *w,
                      const struct stet_zip_file *idx, struct stet_error *err)
{
    struct reading x = { .w = w };
    struct stet_spool room;
    struct stet_span text, rest;
    int rc;

    snprintf(x.name, sizeof(x.name), "%s/%.*s", w->path,
             (int)(idx->name.len & 0xFFF), idx->name.ptr);
    stet_spool_init(&room, NULL, IN_MEMORY);
    rc = stet_zip_read(&w->zip, idx, &room, &text, err);
    if (rc < 0 && !stet_is_fatal(rc)) {
        stet_spool_clear(&room);
        return STET_OK; /* that it is broken was told */
    }
    rest = text;
    while (rc == STET_OK && rest.ptr && rest.len > 0) {
        x.at = (uint64_t)(rest.ptr - text.ptr);
        rc = check_line(&x, stet_span_trim(stet_span_cut(&rest, '\n')));
    }
    stet_spool_clear(&room);
    return rc < 0 ? stet_fail(err, rc, "no memory for an index") : STET_OK;
}
