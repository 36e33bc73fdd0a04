#include "stet/index.h"

#include "base/digest.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/spool.h"
#include "codec/codec.h"
#include "json/write.h"

#include <inttypes.h>

enum {
    BLOCK_LINES = 1024, /* as py-wacz makes them */
    MAX_BLOCK = 64 << 20,
    MAX_LINE = 1 << 20,
};

struct stet_index_blocks {
    struct stet_index_blocks_options options;
    char *name;
    struct stet_gzip *gzip;
    struct stet_buf block, line;
    struct stet_spool packed;
    unsigned lines;  /* in the block */
    uint64_t offset; /* of the block in the data */
    bool begun;
};

int stet_index_blocks_new(struct stet_index_blocks **out,
                          const struct stet_index_blocks_options *options,
                          struct stet_error *err)
{
    struct stet_index_blocks *b = stet_alloc(sizeof(*b));
    int rc;

    *out = NULL;
    if (!b)
        return stet_fail(err, STET_ENOMEM, "no memory for an index");
    b->options = *options;
    if (b->options.lines == 0)
        b->options.lines = BLOCK_LINES;
    stet_buf_init(&b->block, MAX_BLOCK);
    stet_buf_init(&b->line, MAX_LINE);
    stet_spool_init(&b->packed, NULL, 2 * (size_t)MAX_BLOCK);
    b->name = stet_span_dup(stet_span_of(options->name));
    rc = b->name ? stet_gzip_new(&b->gzip, STET_GZIP_LEVEL, err)
                 : stet_fail(err, STET_ENOMEM, "no memory for an index");
    if (rc < 0) {
        stet_index_blocks_free(b);
        return rc;
    }
    *out = b;
    return STET_OK;
}

void stet_index_blocks_free(struct stet_index_blocks *b)
{
    if (!b)
        return;
    stet_gzip_free(b->gzip);
    stet_buf_clear(&b->block);
    stet_buf_clear(&b->line);
    stet_spool_clear(&b->packed);
    stet_free(b->name);
    stet_free(b);
}

static int give_line(struct stet_index_blocks *b, struct stet_error *err)
{
    int rc = stet_buf_status(&b->line);

    if (rc < 0)
        return stet_fail(err, rc, "no room for an index line");
    return b->options.on_line(b->options.ctx, stet_buf_span(&b->line));
}

/* "!meta 0 {...}", once and first. */
static int begin(struct stet_index_blocks *b, struct stet_error *err)
{
    struct stet_json_writer w;

    if (b->begun)
        return STET_OK;
    b->begun = true;
    stet_buf_reset(&b->line);
    stet_buf_adds(&b->line, "!meta 0 ");
    stet_json_writer_init(&w, &b->line, STET_JSON_SPACED);
    stet_json_begin_object(&w);
    stet_json_member_string(&w, "format", STET_SPAN("cdxj-gzip-1.0"));
    stet_json_member_string(&w, "filename", stet_span_of(b->name));
    stet_json_end(&w);
    return give_line(b, err);
}

/* "KEY TIME {...}": the block's first line, and where the block lies. */
static int say_where(struct stet_index_blocks *b, struct stet_span packed,
                     struct stet_error *err)
{
    struct stet_span rest = stet_buf_span(&b->block), key, time;
    char text[STET_DIGEST_TEXT_MAX];
    struct stet_json_writer w;
    struct stet_digest digest;
    int rc = stet_digest_of(&digest, STET_SHA256, packed, err);

    if (rc < 0)
        return rc;
    rest = stet_span_cut(&rest, '\n');
    key = stet_span_cut(&rest, ' ');
    time = stet_span_cut(&rest, ' ');
    stet_digest_print(text, &digest);
    stet_buf_reset(&b->line);
    stet_buf_add_span(&b->line, key);
    stet_buf_addc(&b->line, ' ');
    stet_buf_add_span(&b->line, time);
    stet_buf_addc(&b->line, ' ');
    stet_json_writer_init(&w, &b->line, STET_JSON_SPACED);
    stet_json_begin_object(&w);
    stet_json_member_int(&w, "offset", (int64_t)b->offset);
    stet_json_member_int(&w, "length", (int64_t)packed.len);
    stet_json_member_string(&w, "digest", stet_span_of(text));
    stet_json_member_string(&w, "filename", stet_span_of(b->name));
    stet_json_end(&w);
    return give_line(b, err);
}

static int end_block(struct stet_index_blocks *b, struct stet_error *err)
{
    struct stet_span block = stet_buf_span(&b->block), packed;
    int rc = stet_spool_cut(&b->packed, 0, err);

    if (rc == STET_OK)
        rc = stet_gzip_add(b->gzip, &b->packed, &block, 1, false, err);
    if (rc == STET_OK)
        rc = stet_spool_view(&b->packed, &packed, err);
    if (rc == STET_OK)
        rc = say_where(b, packed, err);
    if (rc == STET_OK)
        rc = b->options.on_data(b->options.ctx, packed);
    if (rc == STET_OK)
        b->offset += packed.len;
    stet_buf_reset(&b->block);
    b->lines = 0;
    return rc;
}

int stet_index_blocks_add(struct stet_index_blocks *b, struct stet_span line,
                          struct stet_error *err)
{
    int rc = begin(b, err);

    if (rc < 0)
        return rc;
    stet_buf_add_span(&b->block, line);
    stet_buf_addc(&b->block, '\n');
    rc = stet_buf_status(&b->block);
    if (rc < 0)
        return stet_fail(err, rc, "no room for a block of an index");
    return ++b->lines < b->options.lines ? STET_OK : end_block(b, err);
}

int stet_index_blocks_finish(struct stet_index_blocks *b,
                             struct stet_error *err)
{
    int rc = begin(b, err);

    return rc == STET_OK && b->lines > 0 ? end_block(b, err) : rc;
}
