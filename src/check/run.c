#include "check/inside.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "index/make.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int stet_checker_init(struct stet_checker *c, const bool *muted,
                      bool wants_docs, struct stet_error *err)
{
    *c = (struct stet_checker){ .muted = muted, .wants_docs = wants_docs };
    c->piece = stet_alloc(STET_CHECK_PIECE);
    return c->piece ? STET_OK
                    : stet_fail(err, STET_ENOMEM, "no memory to check");
}

void stet_checker_clear(struct stet_checker *c)
{
    stet_free(c->piece);
    stet_hasher_free(c->block);
    stet_hasher_free(c->raw);
    stet_hasher_free(c->entity);
    *c = (struct stet_checker){ 0 };
}

void stet_check_tell(struct stet_checker *c, enum stet_check_rule rule,
                     uint64_t offset, const char *fmt, ...)
{
    struct stet_check_unit *u = c->unit;
    struct stet_span text;
    char room[400];
    va_list ap;

    if (c->muted[rule] || u->status < 0)
        return;
    va_start(ap, fmt);
    vsnprintf(room, sizeof(room), fmt, ap);
    va_end(ap);
    if (stet_grow_array(&u->found, &u->cap_found, u->n_found + 1,
                        sizeof(*u->found)) < 0) {
        u->status = STET_ENOMEM;
        return;
    }
    text = stet_check_unit_keep(u, stet_span_of(room));
    if (text.ptr)
        u->found[u->n_found++] =
            (struct stet_check_found){ rule, offset, text.ptr };
}

/* The reader's problems are the first rules, in the same order.  Those of
 * the record that the unit ends at are the next unit's. */
static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct stet_checker *c = ctx;

    if (offset < c->unit->to)
        stet_check_tell(c, (enum stet_check_rule)p, offset, "%s", text);
}

/*
 * The proposal for .warc.zst asks each frame to say its size and to have a
 * checksum (RFC 8878 section 3.1.1.1.1: the frame header descriptor).
 */
static void check_frame(struct stet_checker *c, uint64_t offset)
{
    enum { MAGIC = 4, SIZE_FLAG = 0xC0, SINGLE = 0x20, CHECKSUM = 0x04 };
    unsigned char head[MAGIC + 1];

    if (c->zstd_fd < 0 ||
        pread(c->zstd_fd, head, sizeof(head), (off_t)offset) !=
            (ssize_t)sizeof(head) ||
        memcmp(head, "\x28\xb5\x2f\xfd", MAGIC) != 0)
        return;
    if (!(head[MAGIC] & (SIZE_FLAG | SINGLE)))
        stet_check_tell(c, STET_CHECK_ZSTD_FRAME, offset,
                        "the frame does not say how large its content is");
    if (!(head[MAGIC] & CHECKSUM))
        stet_check_tell(c, STET_CHECK_ZSTD_FRAME, offset,
                        "the frame has no checksum");
}

/* The file, if it is one of zstd frames. */
static int open_zstd(const struct stet_check_input *in)
{
    unsigned char head[4];
    int fd = in->bytes.ptr || in->in_order
                 ? -1
                 : open(in->path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return -1;
    if (pread(fd, head, sizeof(head), 0) == (ssize_t)sizeof(head) &&
        (memcmp(head, "\x28\xb5\x2f\xfd", 4) == 0 ||
         memcmp(head, "\x5d\x2a\x4d\x18", 4) == 0))
        return fd;
    close(fd);
    return -1;
}

static int check_record(struct stet_checker *c, struct stet_warc_reader *r,
                        const struct stet_warc_record *rec,
                        struct stet_error *err)
{
    uint64_t length;
    int rc;

    c->unit->records++;
    check_frame(c, rec->offset);
    stet_check_fields(c, rec);
    stet_check_note(c, rec);
    rc = stet_check_block(c, r, rec, err);
    if (rc == STET_OK)
        rc = stet_warc_reader_finish(r, &length, err);
    if (rc == STET_OK && stet_index_wants(rec)) {
        struct stet_check_note *n = stet_check_unit_note(c->unit);

        if (n) {
            n->is_capture = true;
            n->length = stet_index_length(r, rec, length);
        }
    }
    return rc;
}

static int open_reader(struct stet_checker *c, struct stet_warc_reader **r,
                       const struct stet_check_input *in,
                       struct stet_error *err)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, c };
    int rc = in->bytes.ptr ? stet_warc_reader_from_memory(r, in->bytes, &o, err)
                           : stet_warc_reader_open(r, in->path, &o, err);

    if (rc == STET_OK && c->unit->from > 0)
        rc = stet_warc_reader_seek(*r, c->unit->from, err);
    return rc;
}

void stet_checker_run(struct stet_checker *c, struct stet_check_unit *u,
                      const struct stet_check_input *in,
                      stet_check_step_fn step, void *ctx)
{
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    int rc;

    c->unit = u;
    u->end = UINT64_MAX;
    c->zstd_fd = open_zstd(in);
    rc = open_reader(c, &r, in, &u->why);
    while (rc == STET_OK) {
        rc = stet_warc_reader_next(r, &rec, &u->why);
        if (rc == STET_OK && rec.offset >= u->to) {
            u->end = rec.offset;
            break;
        }
        if (rc == STET_OK)
            rc = check_record(c, r, &rec, &u->why);
        if (rc == STET_OK)
            rc = u->status;
        if (rc == STET_OK && step)
            rc = step(ctx);
    }
    stet_warc_reader_free(r);
    if (c->zstd_fd >= 0)
        close(c->zstd_fd);
    c->zstd_fd = -1;
    if (rc != STET_END && rc != STET_OK)
        u->status = rc;
}
