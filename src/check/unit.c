#include "check/unit.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "codec/codec.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECE = 4 << 20,   /* compressed bytes of a unit */
    WINDOW = 1 << 20,  /* where its end is looked for */
    GZIP_HEAD = 10,    /* of a member, at least */
    SIGN = 5,          /* "WARC/" */
    LOOK_AT = 4 << 10, /* of a member, to see what is in it */
};

void stet_check_unit_init(struct stet_check_unit *u)
{
    *u = (struct stet_check_unit){ 0 };
    stet_arena_init(&u->arena, STET_MAX_CHECK_UNIT);
}

void stet_check_unit_clear(struct stet_check_unit *u)
{
    stet_arena_clear(&u->arena);
    stet_free(u->found);
    stet_free(u->notes);
    stet_free(u->refs);
    stet_free(u->wants);
    stet_check_unit_init(u);
}

void stet_check_unit_reset(struct stet_check_unit *u)
{
    stet_arena_clear(&u->arena);
    u->n_found = u->n_notes = u->n_refs = u->n_wants = 0;
    u->records = 0;
}

struct stet_span stet_check_unit_keep(struct stet_check_unit *u,
                                      struct stet_span s)
{
    struct stet_span copy = stet_arena_dup(&u->arena, s);

    if (!copy.ptr && u->status == STET_OK)
        u->status =
            u->arena.used + s.len >= u->arena.max ? STET_ELIMIT : STET_ENOMEM;
    return copy;
}

struct stet_check_note *stet_check_unit_note(struct stet_check_unit *u)
{
    return u->n_notes > 0 ? &u->notes[u->n_notes - 1] : NULL;
}

/* -- cutting --------------------------------------------------------------- */

static int read_at(const struct stet_check_input *in, int fd, uint64_t at,
                   char *buf, size_t cap, size_t *got)
{
    ssize_t n;

    if (in->bytes.ptr) {
        struct stet_span s = stet_span_sub(in->bytes, (size_t)at, cap);

        if (s.len > 0)
            memcpy(buf, s.ptr, s.len);
        *got = s.len;
        return STET_OK;
    }
    do
        n = pread(fd, buf, cap, (off_t)at);
    while (n < 0 && errno == EINTR);
    *got = n > 0 ? (size_t)n : 0;
    return n < 0 ? STET_EIO : STET_OK;
}

/* True for the start of a gzip member with a record in it. */
static bool begins_record(struct stet_span s, struct stet_decoder *d)
{
    char text[SIGN] = "";
    size_t got = 0;
    int rc;

    if (s.len < GZIP_HEAD || memcmp(s.ptr, "\x1f\x8b\x08", 3) != 0 ||
        ((unsigned char)s.ptr[3] & 0xE0))
        return false;
    s = stet_span_sub(s, 0, LOOK_AT);
    rc = stet_decoder_reset(d, NULL);
    if (rc == STET_OK)
        rc = stet_decoder_step(d, &s, text, sizeof(text), &got, NULL);
    return rc >= 0 && got == SIGN &&
           stet_span_istarts((struct stet_span){ text, got }, "WARC/");
}

/* The first member with a record in the window, or the window's length. */
static size_t find_member(struct stet_span window, struct stet_decoder *d)
{
    size_t at = 0;

    while (window.ptr && at + GZIP_HEAD <= window.len) {
        const char *p = memchr(window.ptr + at, 0x1f, window.len - at);

        if (!p)
            break;
        at = (size_t)(p - window.ptr);
        if (begins_record(stet_span_sub(window, at, window.len), d))
            return at;
        at++;
    }
    return window.len;
}

static int add_unit(struct stet_check_units *out, size_t input, uint64_t from)
{
    struct stet_check_unit *u = stet_alloc(sizeof(*u));

    if (!u || stet_grow_array(&out->items, &out->cap, out->len + 1,
                              sizeof(struct stet_check_unit *)) < 0) {
        stet_free(u);
        return STET_ENOMEM;
    }
    stet_check_unit_init(u);
    u->input = input;
    u->from = from;
    u->to = UINT64_MAX;
    out->items[out->len++] = u;
    return STET_OK;
}

static int cut(struct stet_check_units *out, size_t input,
               const struct stet_check_input *in, int fd, char *window,
               struct stet_decoder *d)
{
    uint64_t at = PIECE;
    size_t got, n;
    int rc = STET_OK;

    while (rc == STET_OK && at + PIECE < in->size) {
        rc = read_at(in, fd, at, window, WINDOW, &got);
        n = rc == STET_OK ? find_member((struct stet_span){ window, got }, d)
                          : 0;
        at += n;
        if (rc < 0 || n == got)
            continue;
        rc = add_unit(out, input, at);
        if (rc == STET_OK)
            out->items[out->len - 2]->to = at;
        at += PIECE;
    }
    return rc;
}

static bool is_gzip(const struct stet_check_input *in, int fd)
{
    char head[2];
    size_t got;

    return read_at(in, fd, 0, head, sizeof(head), &got) == STET_OK &&
           got == sizeof(head) && memcmp(head, "\x1f\x8b", 2) == 0;
}

int stet_check_cut(struct stet_check_units *out, size_t input,
                   const struct stet_check_input *in, bool whole,
                   struct stet_error *err)
{
    struct stet_decoder *d = NULL;
    char *window = NULL;
    int fd = -1;
    int rc = add_unit(out, input, 0);

    if (rc < 0)
        return stet_fail(err, rc, "no memory to check");
    if (whole || in->in_order || in->size < (uint64_t)2 * PIECE)
        return STET_OK;
    if (!in->bytes.ptr) {
        fd = open(in->path, O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return STET_OK; /* whoever reads it will say so */
    }
    window = stet_alloc(WINDOW);
    if (!window)
        rc = stet_fail(err, STET_ENOMEM, "no memory to check");
    if (rc == STET_OK)
        rc = stet_decoder_new(&d, STET_CODING_GZIP, NULL, err);
    if (rc == STET_OK && is_gzip(in, fd)) {
        rc = cut(out, input, in, fd, window, d);
        if (rc < 0)
            rc = stet_fail(err, rc, "cannot look through %s", in->name);
    }
    stet_decoder_free(d);
    stet_free(window);
    if (fd >= 0)
        close(fd);
    return rc;
}

void stet_check_units_clear(struct stet_check_units *u)
{
    for (size_t i = 0; i < u->len; i++) {
        stet_check_unit_clear(u->items[i]);
        stet_free(u->items[i]);
    }
    stet_free(u->items);
    *u = (struct stet_check_units){ 0 };
}
