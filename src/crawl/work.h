#ifndef STET_CRAWL_WORK_H
#define STET_CRAWL_WORK_H

#include "base/arena.h"
#include "base/buf.h"
#include "stet/crawl.h"

/*
 * The work of a run: its seeds and what it is to take in besides, without
 * manners, limits and passwords.  The archive keeps it as text, so that a
 * run can be known again and gone on with; runs with the same text are the
 * same work.
 */
enum {
    STET_MAX_WORK_BYTES = 64 << 20, /* all seeds and expressions */
    STET_MAX_CREDENTIALS = 4096,    /* "user:password" of a seed */
};

struct stet_spans {
    struct stet_span *items;
    size_t len, cap;
};

/* What a seed's URL held before its '@': sent with that seed alone, and
 * written nowhere. */
struct stet_credentials {
    struct stet_span url;  /* of the seed, without them */
    struct stet_span text; /* "user:password", decoded */
};

struct stet_work {
    enum stet_crawl_scope scope;
    int depth, extra_hops, related_hops;
    bool linked_images, check_traps, robots_sitemaps;
    int64_t revisit_after_ms; /* -1: what earlier runs have is no matter */
    struct stet_spans include, exclude, sitemaps, seeds;
    struct stet_credentials *credentials; /* none when parsed */
    size_t n_credentials, cap_credentials;
    struct stet_arena text; /* what all of it points to */
};

/* Allocates nothing. */
void stet_work_init(struct stet_work *w);
void stet_work_clear(struct stet_work *w);

/* Of the options: URLs parsed, serialised and freed of fragments and
 * passwords.  STET_EUSAGE names what is no URL; STET_ENOMEM. */
STET_NODISCARD int stet_work_of_options(struct stet_work *w,
                                        const struct stet_crawl_options *o,
                                        struct stet_error *err);

/* As text, a line each; *out is the caller's.  The buffer's status. */
STET_NODISCARD int stet_work_print(struct stet_buf *out,
                                   const struct stet_work *w);

/* The inverse.  STET_EFORMAT names the line. */
STET_NODISCARD int stet_work_parse(struct stet_work *w, struct stet_span text,
                                   struct stet_error *err);

#endif
