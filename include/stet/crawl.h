#ifndef STET_CRAWL_H
#define STET_CRAWL_H

#include "stet/error.h"

/*
 * Crawling: pages with everything they need, their linked pictures and
 * their related stories, and the pages they link to as far as the scope
 * goes, into an archive folder (stet-archive(5)).
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

/* A host that a run has to do with. */
struct stet_crawl_host {
    struct stet_span name; /* "https://www.example.org" */
    int64_t active, begun; /* requests under way, and in all */
};

/* Where a run stands. */
struct stet_crawl_progress {
    int64_t done;    /* URLs */
    int64_t queued;  /* known and not done, those under way among them */
    int64_t active;  /* requests under way */
    int64_t failed;  /* done without a response */
    int64_t retried; /* tries that came to nothing, and were made again */
    int64_t bytes;   /* of message bodies */
    int64_t hosts;   /* seen so far */
    int64_t elapsed_ms;
    int64_t left_ms;   /* at the pace of late; -1: cannot be told */
    const char *phase; /* "fetching", "converting", "indexing" */
    const struct stet_crawl_host *busiest; /* hosts with most under way */
    size_t n_busiest;
    int metrics_port; /* where figures are served; 0: nowhere */
};

/* A URL is done. */
struct stet_crawl_event {
    struct stet_span url;
    const char *role;    /* "seed", "related", "requisite", "linked", "robots",
                            "page", "list" */
    const char *outcome; /* "ok", "dns", "robots", … (stet-archive(5)) */
    struct stet_span why;
    int status;
    int64_t bytes;
    bool revisit;
};

/* For tests, and for archives that must come out the same twice; zero is
 * off. */
struct stet_crawl_fixed {
    int64_t clock_ms;   /* the wall clock stands still here */
    uint64_t ids_seed;  /* record ids are made from it, not random */
    bool serial;        /* one request, one worker, in order */
    const char *crash;  /* "POINT:N": be killed there (base/crash.h) */
    int64_t large_body; /* bodies beyond it count as large (32 MB) */
};

/* Which pages belong to a crawl, besides its seeds.  What pages need is
 * fetched wherever it is. */
enum stet_crawl_scope {
    STET_CRAWL_PAGE,    /* none */
    STET_CRAWL_CLUSTER, /* the stories that stories call related */
    STET_CRAWL_PREFIX,  /* those below a seed's folder */
    STET_CRAWL_HOST,    /* those of a seed's host */
    STET_CRAWL_DOMAIN,  /* those of a seed's registrable domain */
    STET_CRAWL_ANY,     /* all */
};

/* How records are compressed: always a gzip member a record. */
enum stet_crawl_compression {
    STET_CRAWL_COMPRESS_DEFAULT,
    STET_CRAWL_COMPRESS_FAST, /* a fifth of the time, a tenth larger */
    STET_CRAWL_COMPRESS_BEST,
};

/* What is made durable when.  A killed process loses nothing in any case. */
enum stet_crawl_durability {
    STET_CRAWL_SYNC_GROUP,  /* up to 64 URLs or 100 ms together */
    STET_CRAWL_SYNC_RECORD, /* each URL by itself */
    STET_CRAWL_SYNC_NONE,   /* when files are sealed: a power cut may lose */
};

enum {
    STET_CRAWL_MAX_HOPS = 1000,
    STET_CRAWL_MAX_PER_HOST = 64,
    STET_CRAWL_MAX_TRIES = 100,
};

/* A thousand years. */
#define STET_CRAWL_MAX_REVISIT_MS (INT64_C(1000) * 366 * 24 * 60 * 60 * 1000)

struct stet_crawl_options {
    const char *archive;
    const char *const *urls; /* seeds */
    size_t n_urls;
    /* Without seeds, or with those of a run that was not ended: goes on
     * with it.  What it was to take in is then the earlier run's. */
    bool resume;

    enum stet_crawl_scope scope; /* PAGE */
    const char *const *include;  /* POSIX extended expressions: taken */
    size_t n_include;
    const char *const *exclude; /* and refused, which is stronger */
    size_t n_exclude;
    const char *const *sitemaps; /* seeds whose URLs are seeds */
    size_t n_sitemaps;
    bool robots_sitemaps; /* those that robots.txt files of seeds name too */
    int depth;            /* -1: links from a seed; -1 is no limit */
    int extra_hops;       /* 0: links out of the scope */
    int related_hops;     /* 1; 0: related stories are not followed; -1 */
    bool linked_images;   /* true */
    bool check_traps;     /* true: refuse URLs that look endless */
    bool rewrite;         /* true: conversion records into derived/ */
    bool facts;           /* true: read stories for their facts */

    int64_t max_urls, max_bytes, max_time_ms; /* 0: no limit */
    int64_t max_per_host;                     /* URLs of one host; 0 */
    int64_t min_free_space;                   /* bytes; 0: not looked at */

    bool ignore_robots; /* said in warcinfo when used */
    int64_t delay_ms;   /* 1000; between pages of one host, at the least */
    int pages_per_host; /* 1; at once */
    int max_connections;
    int tries;              /* 1; of what fails in passing */
    int64_t retry_delay_ms; /* -1: before the second, then growing;
                               -1: as fits the fault */
    int64_t limit_rate;     /* bytes a second; 0: no limit */

    /* -1: all is fetched anew.  Else what earlier runs captured less long
     * before this one is not asked for, and counts as captured; what is older
     * is asked for only if it has changed (stet-archive(5)). */
    int64_t revisit_after_ms;

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
    enum stet_crawl_compression compression;
    enum stet_crawl_durability durability;
    const char *const *dedup_from; /* archives and CDXJ files */
    size_t n_dedup_from;
    int64_t max_file_bytes; /* of one WARC; 0: 1 GB */
    const char *spool_dir;  /* NULL: $TMPDIR, or without it the archive */
    int metrics_port;       /* -1: none; 0: any that is free */

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

/* How the URLs of a run came out, robots.txt files among them: each is
 * counted once. */
struct stet_crawl_outcomes {
    int64_t captured;      /* with a status of success and a new body */
    int64_t known;         /* likewise, with a body that was there already */
    int64_t not_modified;  /* the server said that it had not changed */
    int64_t fresh;         /* not asked for (revisit_after_ms) */
    int64_t redirects;     /* 3xx */
    int64_t client_errors; /* 4xx */
    int64_t server_errors; /* 5xx, and what is no status */
    int64_t robots;        /* not asked for: robots.txt forbids it */
    int64_t traps;         /* not asked for: they look endless */
    int64_t limits;        /* not asked for: max_per_host */
    int64_t cut_off;       /* a response that is not whole */
    int64_t failed;        /* no response */
};

/* Those that failed or were cut off in one way. */
struct stet_crawl_fault {
    char outcome[32]; /* "dns", "length", ... (stet-archive(5)) */
    char why[160];    /* of one of them, in words for people */
    int64_t n;
};

enum { STET_CRAWL_MAX_FAULTS = 32 };

/* What became of the run. */
struct stet_crawl_summary {
    bool resumed, stopped;
    bool nothing;      /* no run was left to go on with */
    const char *limit; /* the option whose limit stopped it; NULL: none */
    int64_t pages, pages_failed; /* found by following links */
    int64_t seeds, seeds_failed;
    int64_t related, related_failed;
    int64_t requisites, requisites_failed;
    int64_t linked, linked_failed;
    int64_t robots; /* robots.txt files asked for */
    int64_t bytes;  /* of message bodies */
    struct stet_crawl_outcomes outcomes;
    struct stet_crawl_fault faults[STET_CRAWL_MAX_FAULTS]; /* most first */
    size_t n_faults;
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

/*
 * What would become of `url`, were it linked to from the first seed: one
 * sentence in *text, for the caller to clear, that names the rule; *taken
 * says whether it belongs to the crawl.  Nothing is fetched or touched.
 * STET_EUSAGE, STET_ENOMEM.
 */
STET_API STET_NODISCARD int stet_crawl_explain(
    struct stet_bytes *text, bool *taken, const struct stet_crawl_options *o,
    const char *url, struct stet_error *err);

#endif
