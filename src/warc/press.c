#include "warc/press.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

enum {
    SAMPLES = 2000,       /* records to train on, ... */
    SAMPLE = 32 * 1024,   /* ... so much of each, ... */
    SAMPLED = 16 << 20,   /* ... so much in all */
    HELD_SHOWN = 8 << 20, /* in memory; beyond it a temporary file */
};

struct stet_warc_press {
    struct stet_warc_pack pack;
    bool holding;
    struct stet_spool held; /* records, one after the other ... */
    size_t *lengths;        /* ... of these lengths */
    size_t *sizes;          /* of the samples */
    size_t n, lengths_cap, sizes_cap;
    struct stet_buf samples;
    struct stet_spool preface;
    struct stet_span preface_bytes;
};

static int make_packers(struct stet_warc_press *p,
                        const struct stet_warc_press_options *o,
                        struct stet_error *err)
{
    if (o->dictionary && o->packing != STET_WARC_ZSTD)
        return stet_fail(err, STET_EUSAGE, "only zstd has dictionaries");
    if (o->packing == STET_WARC_GZIP)
        return stet_gzip_new(&p->pack.gzip,
                             o->level ? o->level : STET_GZIP_LEVEL, err);
    if (o->packing == STET_WARC_ZSTD)
        return stet_zstd_new(&p->pack.zstd,
                             o->level ? o->level : STET_ZSTD_LEVEL, err);
    return STET_OK;
}

int stet_warc_press_new(struct stet_warc_press **out,
                        const struct stet_warc_press_options *options,
                        struct stet_error *err)
{
    struct stet_warc_press *p = stet_alloc(sizeof(*p));
    int rc;

    *out = NULL;
    if (!p)
        return stet_fail(err, STET_ENOMEM, "no memory to pack records");
    stet_spool_init(&p->held, NULL, HELD_SHOWN);
    stet_spool_init(&p->preface, NULL, 4 * STET_ZSTD_DICTIONARY);
    stet_buf_init(&p->samples, SAMPLED + SAMPLE);
    p->preface_bytes = STET_SPAN("");
    p->holding = options->dictionary;
    rc = make_packers(p, options, err);
    if (rc < 0) {
        stet_warc_press_free(p);
        return rc;
    }
    *out = p;
    return STET_OK;
}

void stet_warc_press_free(struct stet_warc_press *p)
{
    if (!p)
        return;
    stet_gzip_free(p->pack.gzip);
    stet_zstd_free(p->pack.zstd);
    stet_spool_clear(&p->held);
    stet_spool_clear(&p->preface);
    stet_buf_clear(&p->samples);
    stet_free(p->lengths);
    stet_free(p->sizes);
    stet_free(p);
}

/* The dictionary, if the samples are good for one. */
static int train(struct stet_warc_press *p, struct stet_error *err)
{
    struct stet_buf dictionary;
    int rc = STET_END;

    stet_buf_init(&dictionary, STET_ZSTD_DICTIONARY);
    if (p->n > 0)
        rc = stet_zstd_train(&dictionary, stet_buf_span(&p->samples), p->sizes,
                             p->n, err);
    if (rc == STET_OK)
        rc = stet_zstd_begin_with(p->pack.zstd, &p->preface,
                                  stet_buf_span(&dictionary), err);
    if (rc == STET_OK)
        rc = stet_spool_view(&p->preface, &p->preface_bytes, err);
    stet_buf_clear(&dictionary);
    stet_buf_clear(&p->samples);
    return rc < 0 ? rc : STET_OK;
}

static int let_go(struct stet_warc_press *p, struct stet_spool *out,
                  struct stet_error *err)
{
    struct stet_span all = STET_SPAN("");
    int rc = train(p, err);

    p->holding = false;
    if (rc == STET_OK)
        rc = stet_spool_view(&p->held, &all, err);
    for (size_t i = 0; i < p->n && rc == STET_OK; i++) {
        struct stet_span one = stet_span_sub(all, 0, p->lengths[i]);

        rc = stet_warc_pack_add(&p->pack, out, &one, 1, err);
        all = stet_span_sub(all, one.len, all.len);
    }
    stet_spool_clear(&p->held);
    return rc;
}

static int hold(struct stet_warc_press *p, const struct stet_span *parts,
                size_t n, struct stet_error *err)
{
    uint64_t before = p->held.len;
    size_t sampled = p->samples.len;
    int rc = STET_OK;

    if (stet_grow_array(&p->lengths, &p->lengths_cap, p->n + 1,
                        sizeof(*p->lengths)) < 0 ||
        stet_grow_array(&p->sizes, &p->sizes_cap, p->n + 1, sizeof(*p->sizes)) <
            0)
        return stet_fail(err, STET_ENOMEM, "no memory to pack records");
    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        size_t left = SAMPLE - (p->samples.len - sampled);

        rc = stet_spool_add(&p->held, parts[i].ptr, parts[i].len, err);
        stet_buf_add_span(&p->samples, stet_span_sub(parts[i], 0, left));
    }
    if (rc == STET_OK && stet_buf_status(&p->samples) < 0)
        rc = stet_fail(err, STET_ENOMEM, "no memory to pack records");
    p->lengths[p->n] = (size_t)(p->held.len - before);
    p->sizes[p->n++] = p->samples.len - sampled;
    return rc;
}

int stet_warc_press_add(struct stet_warc_press *p,
                        const struct stet_span *parts, size_t n,
                        struct stet_spool *out, struct stet_error *err)
{
    int rc;

    if (!p->holding)
        return stet_warc_pack_add(&p->pack, out, parts, n, err);
    rc = hold(p, parts, n, err);
    if (rc == STET_OK && (p->n >= SAMPLES || p->samples.len >= SAMPLED))
        rc = let_go(p, out, err);
    return rc;
}

int stet_warc_press_finish(struct stet_warc_press *p, struct stet_spool *out,
                           struct stet_error *err)
{
    return p->holding ? let_go(p, out, err) : STET_OK;
}

bool stet_warc_press_is_holding(const struct stet_warc_press *p)
{
    return p->holding;
}

struct stet_span stet_warc_press_preface(const struct stet_warc_press *p)
{
    return p->preface_bytes;
}

const struct stet_warc_pack *stet_warc_press_pack(
    const struct stet_warc_press *p)
{
    return &p->pack;
}
