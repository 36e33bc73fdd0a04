#ifndef STET_CHECK_SET_H
#define STET_CHECK_SET_H

#include "base/map.h"
#include "check/inside.h"
#include "stet/check.h"

/*
 * The whole of what is checked: what its parts have found goes out through
 * it, in order, and what they have noted is held together at the end.  One
 * thread's.
 */
struct stet_check_entry { /* of an id */
    int64_t date_ms;
    int type; /* enum stet_check_type */
    struct stet_digest payload;
};

struct stet_check_said { /* a reference, and who makes it */
    struct stet_span target;
    enum stet_check_ref_kind kind;
    uint32_t input;
    int type;
    uint64_t offset;
    int64_t date_ms;
    struct stet_digest payload;
};

struct stet_check_capture {
    uint32_t input;
    bool seen; /* in the index */
    uint64_t offset, length, url_hash;
    int64_t date_ms;
};

struct stet_check_segment {
    struct stet_span origin;
    uint64_t number, total, length, url_hash, offset;
    uint32_t input;
    bool is_cut;
};

/* A document and what it needs; kept only for replay. */
struct stet_check_document {
    struct stet_span url;
    int64_t date_ms;
    uint32_t input;
    uint64_t offset;
    bool is_page;
    size_t wants, n_wants;
};

struct stet_check_set {
    stet_finding_fn on_finding;
    void *ctx;
    struct stet_check_result *result;
    bool muted[STET_CHECK_N_RULES];
    bool replay; /* documents are kept */
    struct stet_check_input *inputs;
    size_t n_inputs, cap_inputs;
    uint64_t *records; /* by input */
    struct stet_map ids;
    struct stet_arena arena;
    struct stet_check_said *refs;
    size_t n_refs, cap_refs;
    struct stet_check_capture *captures; /* by input, then offset */
    size_t n_captures, cap_captures;
    struct stet_check_segment *segments;
    size_t n_segments, cap_segments;
    struct stet_check_document *docs;
    size_t n_docs, cap_docs;
    struct stet_check_want *wants;
    size_t n_wants, cap_wants;
    bool full;       /* no room for more: told once */
    size_t from, to; /* inputs of the folder or WACZ under way */
};

/* The most that ids and references may take. */
#define STET_MAX_CHECK_BYTES ((size_t)2 << 30)

void stet_check_set_init(struct stet_check_set *s);
void stet_check_set_clear(struct stet_check_set *s);

/* Adds a file, whose name is copied; `bytes` ptr NULL: of the disk. */
STET_NODISCARD int stet_check_set_input(struct stet_check_set *s,
                                        const char *name, const char *path,
                                        struct stet_span bytes);

/* Gives out a finding that no unit has. */
STET_PRINTF(5, 6)
void stet_check_say(struct stet_check_set *s, const char *file,
                    enum stet_check_rule rule, uint64_t offset, const char *fmt,
                    ...);

/* Gives out what a unit found and takes what it noted; the unit is then
 * reset.  Units of a file come in order.  STET_ENOMEM. */
STET_NODISCARD int stet_check_set_merge(struct stet_check_set *s,
                                        struct stet_check_unit *u);

/* Tells what does not fit together, once all units are in. */
void stet_check_set_resolve(struct stet_check_set *s);

/*
 * Checks inputs from `from` on, on as many threads as there are cores, and
 * merges.  STET_EIO and others: a file could not be read.
 */
STET_NODISCARD int stet_check_set_run(struct stet_check_set *s, size_t from,
                                      struct stet_error *err);

/* The capture at an offset, or NULL. */
struct stet_check_capture *stet_check_set_capture(struct stet_check_set *s,
                                                  size_t input,
                                                  uint64_t offset);

/*
 * Lines of an index, however it is stored.  STET_OK, STET_END, or an error.
 */
struct stet_check_lines {
    int (*next)(void *ctx, struct stet_span *line, struct stet_error *err);
    void *ctx;
};

/* Where lines of an index are remembered by what they answer to. */
struct stet_check_keys;

/*
 * Holds an index, called `name`, against the captures of all inputs, and
 * notes its keys.  `keys` may be NULL.  STET_ENOMEM, STET_EIO.
 */
STET_NODISCARD int stet_check_index(struct stet_check_set *s, const char *name,
                                    const struct stet_check_lines *lines,
                                    struct stet_check_keys *keys,
                                    struct stet_error *err);

/* Lines of a text in memory. */
struct stet_check_text {
    struct stet_span rest;
};
struct stet_check_lines stet_check_text_lines(struct stet_check_text *t);

/* Tells the captures, of the folder or WACZ, that its indexes lack. */
void stet_check_unseen(struct stet_check_set *s);

/* -- replay ---------------------------------------------------------------- */

STET_NODISCARD int stet_check_keys_new(struct stet_check_keys **out,
                                       struct stet_error *err);
void stet_check_keys_free(struct stet_check_keys *k);

/* Notes that an index has a line of this key for this URL. */
STET_NODISCARD int stet_check_keys_add(struct stet_check_keys *k,
                                       struct stet_span key,
                                       struct stet_span url);

/*
 * Looks for what each page needs as pywb and as wabac.js look it up, and
 * tells the holes.  `pages` are URLs of the page list; with none every
 * HTML document is a page.  STET_ENOMEM.
 */
struct stet_check_page {
    struct stet_span url;
    int64_t date_ms; /* STET_NO_DATE: not said */
    const char *list;
    uint64_t offset;
};

STET_NODISCARD int stet_check_replay(struct stet_check_set *s,
                                     const struct stet_check_keys *keys,
                                     const struct stet_check_page *pages,
                                     size_t n_pages);

/* Reads a page list (JSON lines); tells lines that are none by `rule`.
 * Pages are added to *out, their text in the set's arena. */
struct stet_check_pages {
    struct stet_check_page *items;
    size_t len, cap;
};

STET_NODISCARD int stet_check_page_list(struct stet_check_set *s,
                                        const char *name, struct stet_span text,
                                        struct stet_check_pages *out,
                                        struct stet_error *err);

/* -- WACZ ------------------------------------------------------------------ */

struct stet_roots;
struct stet_check_wacz;

/*
 * Opens a WACZ file in memory: its ZIP, package, hashes and signature are
 * checked, and its WARC files become inputs.  The bytes outlive the set;
 * what is opened is closed after the set is cleared.
 */
STET_NODISCARD int stet_check_wacz_open(struct stet_check_wacz **out,
                                        struct stet_check_set *s,
                                        const char *path,
                                        struct stet_span bytes,
                                        const struct stet_roots *roots,
                                        struct stet_error *err);

/* After its WARC files: index, pages, and how they replay. */
STET_NODISCARD int stet_check_wacz_finish(struct stet_check_wacz *w,
                                          struct stet_check_set *s,
                                          struct stet_error *err);
void stet_check_wacz_close(struct stet_check_wacz *w);

#endif
