#ifndef STET_CRAWL_H
#define STET_CRAWL_H

#include "stet/error.h"

/*
 * Saving pages: each with everything it needs, its linked pictures and its
 * related stories, into an archive folder (stet-archive(5)).
 *
 *     struct stet_crawl_options o;
 *     stet_crawl_options_init(&o);
 *     o.archive = "stet-archive";
 *     o.urls = urls, o.n_urls = 1;
 *     rc = stet_crawl(&o, &summary, &err);
 *
 * What the world answers is no error: it is recorded and counted.
 */
enum stet_crawl_http {
    STET_CRAWL_HTTP_AUTO,
    STET_CRAWL_HTTP_1_1,
    STET_CRAWL_HTTP_2
};

enum stet_crawl_digest { STET_CRAWL_SHA256, STET_CRAWL_SHA1 };

/* Where a run stands. */
struct stet_crawl_progress {
    int64_t done;   /* URLs */
    int64_t queued; /* known and not done, those under way among them */
    int64_t active; /* requests under way */
    int64_t failed; /* done without a response */
    int64_t bytes;  /* of message bodies */
    int64_t hosts;  /* seen so far */
    int64_t elapsed_ms;
    const char *phase; /* "fetching", "converting", "indexing" */
};

/* A URL is done. */
struct stet_crawl_event {
    struct stet_span url;
    const char *role; /* "seed", "related", "requisite", "linked", "robots" */
    const char *outcome; /* "ok", "dns", "robots", … (stet-archive(5)) */
    struct stet_span why;
    int status;
    int64_t bytes;
    bool revisit;
};

/* For archives that must come out the same twice; zero is off. */
struct stet_crawl_fixed {
    int64_t clock_ms;  /* the wall clock stands still here */
    uint64_t ids_seed; /* record ids are made from it, not random */
    bool serial;       /* one request, one worker, in order */
};

struct stet_crawl_options {
    const char *archive;
    const char *const *urls;
    size_t n_urls;

    int related_hops;   /* 1; 0: related stories are not followed */
    bool linked_images; /* true */
    bool ignore_robots; /* said in warcinfo when used */
    bool rewrite;       /* true: conversion records into derived/ */
    int64_t delay_ms;   /* 1000; between pages of one host */
    int max_connections;

    const char *user_agent;       /* NULL: "stet/VERSION (+…)" */
    const char *operator_contact; /* NULL; an address or a URL */
    const char *const *headers;   /* "Name: value" */
    size_t n_headers;
    const char *const *connect_to; /* HOST1:PORT1:HOST2:PORT2 */
    size_t n_connect_to;
    const char *const *allow_addresses; /* CIDRs */
    size_t n_allow_addresses;
    const char *cacert;
    const char *proxy;
    const char *cookies;
    enum stet_crawl_http http;
    int64_t timeout_ms; /* of one exchange; 300,000 */
    int64_t max_size;   /* bytes of one body; 0: no limit */
    bool keep_credentials;

    bool warc_1_0;
    enum stet_crawl_digest digest;
    int gzip_level;         /* 1 to 9; 6 */
    int64_t max_file_bytes; /* of one WARC; 0: 1 GB */
    const char *spool_dir;  /* NULL: $TMPDIR or /tmp */

    struct stet_crawl_fixed fixed;

    void *ctx;
    void (*on_progress)(void *ctx, const struct stet_crawl_progress *p);
    void (*on_event)(void *ctx, const struct stet_crawl_event *e);
    /* At the end, for each seed and related story that failed. */
    void (*on_failure)(void *ctx, const struct stet_crawl_event *e);
    /* Asked several times a second: 0 go on, 1 finish what is under way and
     * stop, 2 stop now.  A stopped run is gone on with by the same call. */
    int (*should_stop)(void *ctx);
};

/* The defaults named above. */
STET_API void stet_crawl_options_init(struct stet_crawl_options *o);

/* What became of the run. */
struct stet_crawl_summary {
    bool resumed, stopped;
    int64_t seeds, seeds_failed;
    int64_t related, related_failed;
    int64_t requisites, requisites_failed;
    int64_t linked, linked_failed;
    int64_t robots;   /* robots.txt files asked for */
    int64_t revisits; /* bodies that were there already */
    int64_t bytes;    /* of message bodies */
    int64_t conversions;
    int64_t elapsed_ms;
};

/*
 * Does the whole run and waits for its end.  A response with an error
 * status counts as failed for seeds and related stories, as does one that
 * robots.txt forbids.
 *
 *   STET_OK       see the summary (also when it was stopped)
 *   STET_EUSAGE   an option or a URL makes no sense; nothing was touched
 *   STET_ELOCKED  another process has the archive
 *   STET_EIO      the disk; what was committed is whole
 *   STET_ENOMEM   likewise
 *   STET_EFORMAT, STET_EUNSUPPORTED   the archive there is damaged or newer
 */
STET_API STET_NODISCARD int stet_crawl(const struct stet_crawl_options *o,
                                       struct stet_crawl_summary *out,
                                       struct stet_error *err);

#endif
