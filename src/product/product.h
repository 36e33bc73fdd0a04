#ifndef STET_PRODUCT_PRODUCT_H
#define STET_PRODUCT_PRODUCT_H

#include "base/arena.h"
#include "fetch/exchange.h"
#include "plan/scope.h"
#include "stet/article.h"
#include "warc/pour.h"

/*
 * What a worker makes of a capture: the pure function in the middle.
 *
 *     target + exchange + verdict  ->  records, index facts, wants, page facts
 *
 * A worker holds no state that another one sees, reads no clock, writes to
 * no file but its own spool and reads none but what the archive has of
 * earlier runs, so any number of them can run at once.
 */
enum {
    STET_MAX_PRODUCT_BYTES = 256 << 20, /* all strings of one product */
    STET_MAX_PRODUCT_WANTS = 100000,    /* targets that one page names */
    STET_MAX_PRODUCT_OUTLINKS = 100000, /* outlink lines of one page */
    STET_MAX_PRODUCT_PARSE = 64 << 20,  /* decoded bytes that are parsed */
    STET_MAX_PRODUCT_TREE = 32 << 20,   /* of a page, for its facts */
    STET_MAX_PRODUCT_ENTRIES = 8,       /* records of one capture */
    STET_MAX_ROBOTS_BODY = 1 << 20,     /* of robots.txt that is kept */
    STET_MIN_DEDUP_BYTES = 1024,        /* smaller entities are stored anew */
    STET_LARGE_BODY = 32 << 20,         /* bodies beyond it go out in slices */
};

/*
 * Takes a slice of the response record of a large body, in order, before the
 * product is there; it may move it out of the spool.  STET_END: no more is
 * wanted, the product is given up.
 */
typedef int stet_product_slice_fn(void *ctx, const struct stet_target *t,
                                  struct stet_spool *slice,
                                  struct stet_error *err);

/* What all workers of a run share, unchanged while they run. */
struct stet_product_config {
    enum stet_warc_version version;
    enum stet_digest_kind digest;
    bool keep_credentials;
    bool facts; /* read pages for their article facts */
    int gzip_level;
    struct stet_scope scope;
    const struct stet_ids *ids;
    int64_t run;
    const char *spool_dir;
    size_t spool_memory;
    /* Of bodies larger than this the response record goes to put_slice();
     * NULL: to the product, as all others do. */
    uint64_t large_body; /* 0: STET_LARGE_BODY */
    stet_product_slice_fn *put_slice;
    void *slice_ctx;
    const char *stored; /* folder of the WARC files of former responses */
};

/*
 * What the archive already holds of the same payload, as the engine was
 * told when it looked the digest up.  With a url the capture becomes a
 * revisit.
 */
struct stet_original {
    struct stet_span url; /* ptr NULL: none, the capture is new */
    int64_t date_ms;
    char record_id[STET_UUID_TEXT_MAX];
    char *text; /* owns url */
};

/* A capture on its way to a worker; owns what it points to. */
struct stet_job {
    struct stet_target *target;
    struct stet_exchange *exchange; /* NULL: for stet_worker_recall() */
    struct stet_original original;
};

/* NULL is fine. */
void stet_job_free(struct stet_job *j);

/* One record of a product. */
struct stet_entry {
    const char *type;        /* "response", "revisit", "resource", … */
    uint64_t offset, length; /* in what was sliced and the records behind */
    char record_id[STET_UUID_TEXT_MAX];
    struct stet_span url;
    struct stet_span mime;   /* as an index has it */
    struct stet_span digest; /* printed; "" for none */
    int status;              /* 0: none */
    bool indexed;            /* gets a line in index.cdx */
};

struct stet_wanted {
    struct stet_span url;
    struct stet_span list; /* related stories: see struct stet_target */
    uint32_t position;
    struct stet_want how;
};

/* What was learned of a page: from its own document, or from an answer that
 * its script would ask for. */
struct stet_page_facts {
    bool is_html;
    struct stet_span title;
    struct stet_span facts; /* the article facts as one JSON object, or "" */
    struct stet_span favicon;
    bool has_fingerprint;
    struct stet_fingerprint fingerprint; /* of its text */
    struct stet_span lists; /* of such an answer: facts that are only lists */
};

/* Limits that a document reached: what they cut off is not in the product.
 * The words are those of the metadata field limit-reached. */
#define STET_PRODUCT_LIMITS(X)                                             \
    X(STET_LIMITED_OUTLINKS, 0, "outlinks") /* more links than lines */    \
    X(STET_LIMITED_TARGETS, 1, "targets")   /* more wanted than taken */   \
    X(STET_LIMITED_DECODING, 2, "decoding") /* a body that swells */       \
    X(STET_LIMITED_PARSING, 3, "parsing")   /* a body too large to read */ \
    X(STET_LIMITED_TREE, 4, "tree") /* depth, attributes, nodes, length */

enum stet_product_limit {
#define STET_X(name, bit, word) name = 1 << (bit),
    STET_PRODUCT_LIMITS(STET_X)
#undef STET_X
};

enum stet_robots_answer {
    STET_ROBOTS_NONE,  /* not a robots.txt, or one that redirects */
    STET_ROBOTS_RULES, /* robots holds it */
    STET_ROBOTS_ALLOW, /* 4xx: there are no rules (RFC 9309 2.3.1.3) */
    STET_ROBOTS_DENY,  /* 5xx or no network: none can be known (2.3.1.4) */
};

struct stet_product {
    struct stet_target *target;
    const char *outcome; /* a constant word */
    struct stet_span why;
    int status; /* of the answer; of the former one where that holds */
    int64_t date_ms, took_ms;
    uint64_t bytes; /* of the message body */
    bool chunked;   /* how it is framed: revisits need the same */
    struct stet_span mime;
    struct stet_digest digest; /* of the entity; len 0: not whole */
    uint64_t entity_len;
    enum stet_came came;
    struct stet_span same_text_as; /* the page with the same text that the
                                      archive had first; it says so itself */

    uint64_t sliced;           /* bytes of a record that went out in slices */
    struct stet_spool records; /* whole gzip members, adjacent */
    struct stet_entry entries[STET_MAX_PRODUCT_ENTRIES];
    size_t n_entries;

    struct stet_wanted *wants;
    size_t n_wants, cap_wants;
    size_t wants_len; /* bytes of their URLs */
    size_t n_links;   /* found in all */
    unsigned limits;  /* of enum stet_product_limit */
    struct stet_page_facts page;
    enum stet_robots_answer robots_answer;
    struct stet_span robots; /* RULES: the file.  DENY: why, as an outcome's
                                word, ": " and words for people */

    struct stet_arena strings; /* what the spans point to */
};

/* NULL is fine. */
void stet_product_free(struct stet_product *p);

/* A worker's own tools, reused from capture to capture. */
struct stet_worker;

STET_NODISCARD int stet_worker_new(struct stet_worker **out,
                                   const struct stet_product_config *config,
                                   struct stet_error *err);
void stet_worker_free(struct stet_worker *w);

/*
 * Makes the product of a job.  It takes the job's target (job->target is
 * then NULL); the rest stays the caller's.  What is wrong with the bytes is
 * in the product; it fails only with STET_ENOMEM, STET_ELIMIT or STET_EIO
 * (of the spool).  STET_END: no more slices were wanted, and *out has the
 * target and the digest of what is not to be archived.
 */
STET_NODISCARD int stet_worker_make(struct stet_product **out,
                                    struct stet_worker *w, struct stet_job *job,
                                    struct stet_error *err);

/*
 * Looks at the former response of a job's target.  If it is fresh *out is
 * a product of it: its links and facts, without records (it takes the
 * target).  Else *out is NULL and the target, which stays the job's, is to be
 * asked for: with the validators that are now in its `former`, or, when that
 * is NULL now, as if nothing were known.  Errors as _make().
 */
STET_NODISCARD int stet_worker_recall(struct stet_product **out,
                                      struct stet_worker *w,
                                      struct stet_job *job,
                                      struct stet_error *err);

/*
 * The product of a target that is not fetched at all: no records, only its
 * fate; of a robots.txt, that its host cannot be asked.  Takes the target
 * unless it fails (STET_ENOMEM).
 */
STET_NODISCARD int stet_product_skip(struct stet_product **out,
                                     struct stet_target *target,
                                     const char *outcome, struct stet_span why,
                                     int64_t now_ms, struct stet_error *err);

#endif
