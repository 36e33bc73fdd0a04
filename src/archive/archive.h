#ifndef STET_ARCHIVE_ARCHIVE_H
#define STET_ARCHIVE_ARCHIVE_H

#include "base/clock.h"
#include "frontier/frontier.h"
#include "product/product.h"
#include "warc/writer.h"

/*
 * The archive folder (stet-archive(5)): opened by one process at a time,
 * put right after a crash, and written by commits.
 *
 *     ARCHIVE/archive/   WARC files        stet.db   the truth
 *     ARCHIVE/derived/   conversions       lock      who holds it
 *     ARCHIVE/indexes/   index.cdx         made anew from stet.db
 *     ARCHIVE/pages/     pages.jsonl, extraPages.jsonl   likewise
 *     ARCHIVE/logs/      crawl.jsonl       likewise, and live
 *
 * A commit appends records to a WARC file, makes them durable, then ends
 * one store transaction that says so.  What a crash leaves behind in a file
 * past its committed length is cut off at the next opening, and a file that
 * was begun for a large capture and never committed is removed.
 *
 * One thread at a time uses an archive.
 */
struct stet_archive;

/* When what was taken is made durable; a killed process loses nothing in
 * any case. */
enum stet_archive_sync {
    STET_SYNC_GROUP,  /* by groups */
    STET_SYNC_RECORD, /* each product by itself */
    STET_SYNC_NONE,   /* when files are sealed */
};

struct stet_archive_options {
    const char *path;
    const char *software;  /* for warcinfo: "stet/0.1.0" */
    struct stet_span info; /* further warcinfo lines, "name: value\r\n" */
    const char *host;      /* for file names; "localhost" */
    enum stet_warc_version version;
    enum stet_digest_kind digest;
    int gzip_level;
    uint64_t max_file_bytes; /* 0: STET_WARC_FILE_BYTES */
    enum stet_archive_sync sync;
    uint64_t min_free; /* bytes that must be left on the disk; 0 */
    struct stet_frontier_options frontier;
    const char *const *dedup_from; /* other archives, CDXJ files */
    size_t n_dedup_from;
    const struct stet_clock *clock;
    const struct stet_ids *ids;
};

/* What one commit may hold back at the most. */
enum {
    STET_COMMIT_RECORDS = 64,
    STET_COMMIT_BYTES = 8 << 20,
    STET_COMMIT_MS = 100,
};

/*
 * Opens or makes the folder, takes the lock, recovers.  STET_ELOCKED names
 * the process that holds it; STET_EIO; STET_EFORMAT when a WARC file is
 * shorter than what was committed to it (nothing is touched then);
 * STET_EUNSUPPORTED for a folder of a newer stet.
 */
STET_NODISCARD int stet_archive_open(struct stet_archive **out,
                                     const struct stet_archive_options *o,
                                     struct stet_error *err);

/* Lets go of everything; what is not committed is lost.  NULL is fine. */
void stet_archive_close(struct stet_archive *a);

/* True if an archive was begun in that folder. */
bool stet_archive_exists(const char *path);

/* The `job` of the newest run that was not ended, for the caller to free.
 * STET_END: there is none. */
STET_NODISCARD int stet_archive_unfinished(struct stet_archive *a,
                                           struct stet_bytes *job,
                                           struct stet_error *err);

/* Puts files of derived/ aside whose names begin so: they are made anew. */
STET_NODISCARD int stet_archive_drop_derived(struct stet_archive *a,
                                             const char *prefix,
                                             struct stet_error *err);

/* Counts pages that a run comes to find, and refuses those that are one too
 * many; zero limits: none is. */
STET_NODISCARD int stet_archive_set_traps(struct stet_archive *a,
                                          const struct stet_trap_limits *l,
                                          struct stet_error *err);

/* Where a run begins: a page, or a list of pages. */
struct stet_seed {
    struct stet_span url;
    enum stet_role role; /* SEED or LIST */
};

/*
 * Begins a run with these seeds, or goes on with the newest one that was
 * not ended if it has the same `job` text (seeds and what else makes it the
 * same work) — *resumed says which.  Seeds whose URL is twice count once.
 */
STET_NODISCARD int stet_archive_begin_run(struct stet_archive *a,
                                          struct stet_span job,
                                          const struct stet_seed *seeds,
                                          size_t n, bool *resumed,
                                          struct stet_error *err);
int64_t stet_archive_run(const struct stet_archive *a);

/* The URLs that seeds of the run have redirected to; what fn returns but
 * STET_OK ends it.  They are good until it returns. */
STET_NODISCARD int stet_archive_each_moved_seed(
    struct stet_archive *a, int (*fn)(void *ctx, struct stet_span url),
    void *ctx, struct stet_error *err);

/* The run's queue, for all that is not below; what it changes ends up in
 * the next commit. */
struct stet_frontier *stet_archive_frontier(struct stet_archive *a);

/* As stet_frontier_lease() and _count(), for now and the run. */
STET_NODISCARD int stet_archive_lease(struct stet_archive *a, size_t max,
                                      int (*take)(void *ctx,
                                                  const struct stet_target *t),
                                      void *ctx, struct stet_error *err);
STET_NODISCARD int stet_archive_count(struct stet_archive *a,
                                      struct stet_frontier_counts *out,
                                      struct stet_error *err);

/* How many URLs the run has known and not done, counted from when it was
 * begun or gone on with. */
int64_t stet_archive_known(const struct stet_archive *a);

/*
 * The oldest capture of this payload with the same framing, if there is
 * one, here or in the archives to dedup from: fills *out, whose text the caller
 * frees.  Sees what is taken but not yet committed.
 */
STET_NODISCARD int stet_archive_find_original(struct stet_archive *a,
                                              const struct stet_digest *digest,
                                              bool chunked,
                                              struct stet_original *out,
                                              struct stet_error *err);

/*
 * What earlier runs have of a target's URL, if its newest capture is a whole
 * answer with a status of success or a redirect, or a revisit of such a one
 * that lies here: *out is the caller's.  It is fresh when that capture was
 * made less than max_age_ms before the run began.  NULL: there is none, and
 * what failed, was cut off or is a revisit of another archive is none.
 */
STET_NODISCARD int stet_archive_find_former(struct stet_archive *a,
                                            const struct stet_target *t,
                                            int64_t max_age_ms,
                                            struct stet_former **out,
                                            struct stet_error *err);

/*
 * Takes a slice of the capture of a target that is too large to be in memory,
 * in order: it goes to a WARC file of its own.  The product comes when all of
 * them are there, or they are dropped.
 */
STET_NODISCARD int stet_archive_take_slice(struct stet_archive *a,
                                           int64_t target,
                                           struct stet_spool *slice,
                                           struct stet_error *err);
void stet_archive_drop_slices(struct stet_archive *a, int64_t target);

/*
 * Takes a product in: appends its records, marks its target done, adds what
 * it wants, settles the pages that needed it.  A robots.txt whose redirects
 * lead in a circle gets its answer here.  Nothing counts before the
 * next _commit().  After an error the archive takes no more: close it.
 */
STET_NODISCARD int stet_archive_take(struct stet_archive *a,
                                     struct stet_product *p,
                                     struct stet_error *err);

/* Records and bytes taken since the last commit, and whether one is due. */
bool stet_archive_is_full(const struct stet_archive *a);
bool stet_archive_is_dirty(const struct stet_archive *a);

/* Whether the disk has less left than it must; after _commit(). */
bool stet_archive_is_short_of_space(const struct stet_archive *a);

/* Makes durable what was taken.  A failure is final: what is called after it
 * fails too. */
STET_NODISCARD int stet_archive_commit(struct stet_archive *a,
                                       struct stet_error *err);

/* The answer of a host to robots.txt. */
struct stet_rules {
    enum stet_robots_answer answer; /* NONE: there is none yet */
    struct stet_span origin; /* URL of the robots.txt that was asked first */
    struct stet_span body;   /* as in struct stet_product */
    int64_t date_ms;         /* when it came, wall clock */
    int64_t edition;         /* how often it came before */
};

/* The newest answer that the run has from the host ("https://a.example");
 * good until the next call. */
STET_NODISCARD int stet_archive_find_rules(struct stet_archive *a,
                                           struct stet_span host,
                                           struct stet_rules *out,
                                           struct stet_error *err);

/* Queues the robots.txt of rules that were found once more. */
STET_NODISCARD int stet_archive_renew_rules(struct stet_archive *a,
                                            const struct stet_rules *old,
                                            struct stet_error *err);
/* Where the chain of redirects began that this robots.txt ends; the bytes
 * live until the next call. */
STET_NODISCARD int stet_archive_robots_origin(struct stet_archive *a,
                                              const struct stet_target *t,
                                              struct stet_span *out,
                                              struct stet_error *err);

/* A capture that a last pass over the run may want to convert. */
struct stet_capture {
    struct stet_span url, mime, filename, record_id, page_id;
    int64_t date_ms;
    uint64_t offset, length;
};
typedef int stet_archive_capture_fn(void *ctx, const struct stet_capture *c);

/* The run's whole 200 responses in HTML and CSS, in the order they came. */
STET_NODISCARD int stet_archive_each_document(struct stet_archive *a,
                                              stet_archive_capture_fn *fn,
                                              void *ctx,
                                              struct stet_error *err);

/*
 * The media type of a URL that the archive holds (after redirects, whose
 * last URL goes to *url) and its status, which may be NULL: STET_OK, or
 * STET_ENOTFOUND.  Good until the next call.
 */
STET_NODISCARD int stet_archive_find_url(struct stet_archive *a,
                                         struct stet_span *url,
                                         struct stet_span *mime, int *status,
                                         struct stet_error *err);

/* The newest whole response of a URL, redirects aside: its file and offset
 * alone.  STET_ENOTFOUND.  Good until the next call. */
STET_NODISCARD int stet_archive_find_body(struct stet_archive *a,
                                          struct stet_span url,
                                          struct stet_capture *out,
                                          struct stet_error *err);

/* Seals the WARC, writes index, page lists and log anew from the store. */
STET_NODISCARD int stet_archive_derive(struct stet_archive *a,
                                       struct stet_error *err);

/* The run has nothing left to do: it will not be resumed. */
STET_NODISCARD int stet_archive_end_run(struct stet_archive *a,
                                        struct stet_error *err);

/* Targets of the run that came out alike. */
enum {
    STET_MAX_TALLIES = 4096, /* kinds of them */
    STET_MAX_TALLY_WHY = 160,
};

struct stet_tally {
    enum stet_role role;
    struct stet_span outcome;
    struct stet_span why; /* of the first, in words for people */
    int status_class;     /* the status by hundreds; 0: no response */
    enum stet_came came;
    int64_t n, bytes;
};
typedef int stet_archive_tally_fn(void *ctx, const struct stet_tally *t);

/* What the run has done so far, by kinds; what fn returns but STET_OK ends
 * it. */
int stet_archive_tally(const struct stet_archive *a, stet_archive_tally_fn *fn,
                       void *ctx);

/* How the run's pages of one role came out: how many, and how many of these
 * are not there whole with a good status. */
struct stet_page_tally {
    enum stet_role role;
    int64_t n, failed;
};
typedef int stet_archive_page_tally_fn(void *ctx,
                                       const struct stet_page_tally *t);
STET_NODISCARD int stet_archive_tally_pages(struct stet_archive *a,
                                            stet_archive_page_tally_fn *fn,
                                            void *ctx, struct stet_error *err);

/* The last word on a page that failed. */
struct stet_failure {
    struct stet_span url, outcome, why;
    enum stet_role role;
    int status;
};
typedef int stet_archive_failure_fn(void *ctx, const struct stet_failure *f);
STET_NODISCARD int stet_archive_each_failure(struct stet_archive *a,
                                             stet_archive_failure_fn *fn,
                                             void *ctx, struct stet_error *err);

/* "ARCHIVE/name": until the next call; "" if it is too long. */
const char *stet_archive_path(struct stet_archive *a, const char *name);

#endif
