#ifndef STET_ARCHIVE_INSIDE_H
#define STET_ARCHIVE_INSIDE_H

#include "archive/archive.h"
#include "archive/elsewhere.h"

/*
 * What the files of this module share: the open archive, its statements,
 * and the steps a commit is made of.
 */
/* 'fresh': its document was not asked for, and the page is that of the run
 * that last did. */
#define STET_PAGE_FAILED                        \
    "(p.date_ms IS NULL OR p.status >= 400 OR " \
    "p.outcome NOT IN ('ok', 'fresh'))"

/* A seed, a related story or a page: what the index url_page has.  IN (0, 1,
 * 5) would make SQLite fill a table of these three for each row it writes. */
#define STET_ROLES_OF_PAGES "(role < 2 OR role = 5)"

/* Responses with the payload digest ?1 and the framing ?2.  Without its plus
 * SQLite would put ?1 in place of `digest` everywhere, and find no use for
 * the index. */
#define STET_OF_PAYLOAD                            \
    " FROM capture INDEXED BY capture_digest"      \
    " WHERE substr(digest, -12) = substr(?1, -12)" \
    " AND type = 'response' AND size >= 1024"      \
    " AND +digest = ?1 AND chunked = ?2"

#define STET_ARCHIVE_STATEMENTS(X)                                             \
    X(add_file, "INSERT INTO file(name, committed) VALUES(?1, ?2)"             \
                " ON CONFLICT(name) DO UPDATE SET committed = ?2")             \
    X(add_capture,                                                             \
      "INSERT INTO capture(run, target, url, key, date_ms, type, status,"      \
      " mime, digest, chunked, size, file, offset, length, record_id)"         \
      " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)")           \
    X(find_original,                                                           \
      "SELECT url, date_ms, record_id" STET_OF_PAYLOAD " ORDER BY id LIMIT 1") \
    X(find_former,                                                             \
      "SELECT c.type, c.status, c.date_ms, c.digest, c.chunked, u.outcome,"    \
      " c.url, c.file, c.offset, c.record_id FROM capture c"                   \
      " JOIN url u ON u.id = c.target WHERE c.key = ?1 AND c.url = ?2"         \
      " AND c.run <> ?3 AND c.type IN ('response', 'revisit')"                 \
      " ORDER BY c.date_ms DESC, c.id DESC LIMIT 1")                           \
    X(find_own_body,                                                           \
      "SELECT date_ms, url, file, offset, record_id FROM capture"              \
      " WHERE key = ?1 AND url = ?2 AND digest = ?3 AND chunked = ?4"          \
      " AND type = 'response' AND status = 200"                                \
      " ORDER BY date_ms DESC LIMIT 1")                                        \
    X(find_same_body,                                                          \
      "SELECT date_ms, url, file, offset, record_id" STET_OF_PAYLOAD           \
      " AND status = 200 ORDER BY id LIMIT 1")                                 \
    X(add_page, "INSERT INTO page(run, page_id, url, seed, depth, root)"       \
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6)")                             \
    X(own_page, "UPDATE url SET page = ?1, page_id = ?2 WHERE id = ?3")        \
    X(set_page,                                                                \
      "UPDATE page SET url = ?1, title = ?2, date_ms = ?3,"                    \
      " status = ?4, mime = ?5, facts = ?6, favicon = ?7, outcome = ?9"        \
      " WHERE id = ?8")                                                        \
    X(parts, "SELECT children FROM part WHERE parent = ?1")                    \
    X(add_parts, "INSERT OR REPLACE INTO part(parent, children)"               \
                 " VALUES(?1, ?2)")                                            \
    X(add_wait, "INSERT OR IGNORE INTO wait(target, page) VALUES(?1, ?2)")     \
    X(waiting, "SELECT page FROM wait WHERE target = ?1")                      \
    X(drop_waits, "DELETE FROM wait WHERE target = ?1")                        \
    X(add_pending, "INSERT INTO pending(page, open) VALUES(?1, 1)")            \
    X(count_pending, "UPDATE pending SET open = open + ?1 WHERE page = ?2")    \
    X(pending, "SELECT open FROM pending WHERE page = ?1")                     \
    X(drop_pending, "DELETE FROM pending WHERE page = ?1")                     \
    X(url_head, "SELECT status, role, page FROM url WHERE id = ?1")            \
    X(borrow_page,                                                             \
      "UPDATE page SET"                                                        \
      " (date_ms, title, status, mime, facts, favicon, outcome) = (SELECT"     \
      " (SELECT min(date_ms) FROM url WHERE page = ?1"                         \
      " AND " STET_ROLES_OF_PAGES "),"                                         \
      " q.title, q.status, q.mime, q.facts, q.favicon, q.outcome"              \
      " FROM page q WHERE q.id = ?2 AND q.date_ms IS NOT NULL)"                \
      " WHERE id = ?1")                                                        \
    X(page_head, "SELECT page_id, url, date_ms, status, root,"                 \
                 " outcome IS 'fresh' FROM page WHERE id = ?1")                \
    X(page_need, "SELECT url, status, mime, resource, outcome FROM url"        \
                 " WHERE id = ?1")                                             \
    X(add_robots,                                                              \
      "INSERT INTO robots(run, origin, answer, body, date_ms)"                 \
      " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET"                  \
      " answer = ?3, body = ?4, date_ms = ?5, edition = edition + 1")          \
    X(find_rules, "SELECT origin, answer, body, date_ms, edition FROM robots"  \
                  " WHERE run = ?1 AND origin = ?2")                           \
    X(url_of, "SELECT url FROM url WHERE id = ?1")                             \
    X(each_document,                                                           \
      "SELECT c.url, c.mime, c.file, c.record_id, u.page_id, c.date_ms,"       \
      " c.offset, c.length FROM capture c JOIN url u ON u.id = c.target"       \
      " WHERE c.run = ?1 AND c.type = 'response' AND c.status = 200"           \
      " AND u.outcome = 'ok' AND u.role <> 4"                                  \
      " AND c.mime IN ('text/html', 'application/xhtml+xml', 'text/css')"      \
      " ORDER BY c.id")                                                        \
    X(moved_seeds,                                                             \
      "SELECT u.url FROM page p JOIN url u ON u.page = p.id"                   \
      " AND " STET_ROLES_OF_PAGES " WHERE p.run = ?1 AND p.seed = 1"           \
      " AND u.redirects > 0")                                                  \
    X(answer, "SELECT status, mime FROM url WHERE id = ?1")                    \
    X(find_body,                                                               \
      "SELECT file, offset FROM capture WHERE key = ?1 AND url = ?2"           \
      " AND type = 'response' AND status < 300"                                \
      " ORDER BY date_ms DESC LIMIT 1")                                        \
    X(tallies, "SELECT role, outcome, class, came, n, bytes, why FROM tally"   \
               " WHERE run = ?1")                                              \
    X(set_tally,                                                               \
      "INSERT OR REPLACE INTO tally(run, role, outcome, class, came, n,"       \
      " bytes, why) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")                   \
    X(tally_pages,                                                             \
      "SELECT (SELECT role FROM url u WHERE u.page = p.id AND"                 \
      " " STET_ROLES_OF_PAGES " ORDER BY u.id LIMIT 1) AS r, count(*),"        \
      " sum(" STET_PAGE_FAILED ") FROM page p WHERE run = ?1 GROUP BY r")      \
    X(failures,                                                                \
      "SELECT u.url, u.role, u.outcome, u.why, u.status FROM page p"           \
      " JOIN url u ON u.id = (SELECT max(id) FROM url WHERE run = p.run"       \
      " AND page = p.id AND " STET_ROLES_OF_PAGES ")"                          \
      " WHERE p.run = ?1 AND u.done = 1 AND " STET_PAGE_FAILED                 \
      " ORDER BY p.id")                                                        \
    X(add_listing, "INSERT OR REPLACE INTO listed(target, heading, position)"  \
                   " VALUES(?1, ?2, ?3)")                                      \
    X(listing, "SELECT heading, position FROM listed WHERE target = ?1")       \
    X(texts, "SELECT page, high, low FROM text ORDER BY page")                 \
    X(add_text, "INSERT OR REPLACE INTO text(page, high, low)"                 \
                " VALUES(?1, ?2, ?3)")                                         \
    X(set_same, "UPDATE page SET same = ?2 WHERE id = ?1")                     \
    X(page_facts, "SELECT facts FROM page WHERE id = ?1")                      \
    X(set_facts, "UPDATE page SET facts = ?2 WHERE id = ?1")

enum stet_archive_statement {
#define STET_X(name, sql) STET_Q_##name,
    STET_ARCHIVE_STATEMENTS(STET_X)
#undef STET_X
        STET_N_STATEMENTS
};

/* Numbers of rows in a growing array. */
struct stet_rows {
    int64_t *items;
    size_t len, cap;
};

STET_NODISCARD int stet_rows_add(struct stet_rows *v, int64_t id,
                                 struct stet_error *err);
void stet_rows_clear(struct stet_rows *v);

/* What became of a target. */
struct stet_known {
    int64_t id; /* 0: nothing is known */
    int64_t status;
    enum stet_resource resource;
    struct stet_span url, mime, outcome; /* into text */
    char *text;
};

enum {
    STET_ARCHIVE_LEAVES = 1 << 14,
    STET_ARCHIVE_FATES = 1 << 11,
    STET_MAX_TEXTS = 1 << 20, /* of which it is known that they were had */
};

/* The texts of the archive's articles, each with the first page that had
 * it. */
/* tally.c: the targets of the run that came out alike. */
struct stet_tally_row {
    enum stet_role role;
    enum stet_came came;
    int status_class;
    char outcome[32], why[STET_MAX_TALLY_WHY];
    int64_t n, bytes;
    bool dirty; /* not as the store has it */
};

struct stet_tallies {
    struct stet_tally_row *rows;
    size_t len, cap;
};

struct stet_twins {
    struct stet_text *items;
    size_t len, cap;
    bool loaded; /* from the store */
};

struct stet_large;

struct stet_archive {
    struct stet_archive_options o; /* strings copied into text */
    struct stet_arena text;
    struct stet_buf path;
    int lock_fd;
    struct stet_store *store;
    struct stet_frontier frontier;
    struct stet_traps *traps;         /* NULL: none are looked for */
    struct stet_elsewhere *elsewhere; /* NULL: nowhere */
    struct stet_stmt *q[STET_N_STATEMENTS];
    struct stet_gzip *gzip;
    struct stet_warc_writer *writer;
    struct stet_large *large; /* captures that have a file of their own */
    int64_t run, began_ms;
    int64_t known; /* targets of the run */
    int broken;    /* the error after which nothing is taken or committed */

    struct stet_buf log; /* lines of what is taken but not committed */
    int log_fd;
    struct stet_buf file; /* the WARC that was appended to last */
    uint64_t file_length; /* as it is to be committed; 0: nothing is new */
    size_t held_records;
    uint64_t held_bytes;
    struct stet_spool scratch; /* a page's urn:pageinfo record */
    struct stet_bytes found;   /* what _find_…() and _robots_origin() gave */
    struct stet_bytes found_mime;

    struct stet_rows needed; /* by the document that is taken in */
    /* Targets that are done and need nothing, each where its id leads. */
    int64_t leaves[STET_ARCHIVE_LEAVES];
    struct stet_known fates[STET_ARCHIVE_FATES]; /* the same way */
    struct stet_known known_long; /* one that is too long for them */
    struct stet_twins twins;
    struct stet_tallies tallies;
};

extern const char *const stet_archive_schema[];

/* A statement, reset and ready to be bound. */
struct stet_stmt *stet_archive_query(struct stet_archive *a,
                                     enum stet_archive_statement q);

/* Appends packed records; the commit notes the file's new length.  *place is
 * good until the next append. */
STET_NODISCARD int stet_archive_append(struct stet_archive *a,
                                       struct stet_spool *records,
                                       struct stet_warc_place *place,
                                       struct stet_error *err);

/* Makes what was written to a file durable, unless that is to wait until it
 * is sealed. */
STET_NODISCARD int stet_archive_sync(const struct stet_archive *a,
                                     struct stet_warc_writer *w,
                                     struct stet_error *err);

/* STET_OK, or what ended the archive's work. */
STET_NODISCARD int stet_archive_is_sound(const struct stet_archive *a,
                                         struct stet_error *err);

/*
 * large.c: the steps of a commit for captures that went out in slices.
 * _finish adds the records behind the slices, and says where the first one
 * lies; _sync makes whole ones durable and notes their lengths; _seal ends
 * their files once that is committed.  _clear removes what is not whole.
 */
STET_NODISCARD int stet_large_finish(struct stet_archive *a,
                                     struct stet_product *p,
                                     struct stet_warc_place *place,
                                     struct stet_error *err);
STET_NODISCARD int stet_large_sync(struct stet_archive *a,
                                   struct stet_error *err);
STET_NODISCARD int stet_large_seal(struct stet_archive *a,
                                   struct stet_error *err);
void stet_large_clear(struct stet_archive *a);

/* Removes a file that was begun and is not whole, if it is there. */
STET_NODISCARD int stet_large_remove(struct stet_archive *a,
                                     struct stet_span name,
                                     struct stet_error *err);

/* A row of the index for one record that lies at `place`. */
STET_NODISCARD int stet_archive_index(struct stet_archive *a,
                                      const struct stet_product *p,
                                      const struct stet_entry *e,
                                      const struct stet_warc_place *place,
                                      struct stet_error *err);

/* pages.c: what a finished target means to the pages that need it.  _name
 * gives a target that is to become a page the id of that. */
STET_NODISCARD int stet_pages_name(struct stet_archive *a, int64_t target,
                                   char out[STET_UUID_TEXT_MAX],
                                   struct stet_error *err);
STET_NODISCARD int stet_pages_add(struct stet_archive *a, int64_t target,
                                  struct stet_target *t,
                                  struct stet_error *err);
STET_NODISCARD int stet_pages_settle(struct stet_archive *a,
                                     struct stet_product *p,
                                     struct stet_error *err);

/* lists.c: puts lists of stories (an object of arrays, as in the facts) into
 * a page's facts; what is there already stays. */
STET_NODISCARD int stet_pages_add_lists(struct stet_archive *a, int64_t page,
                                        struct stet_span lists,
                                        struct stet_error *err);

/* fates.c: what became of a target that is done, until the next call;
 * STET_END: there is none. */
STET_NODISCARD int stet_fates_get(struct stet_archive *a, int64_t id,
                                  const struct stet_known **out,
                                  struct stet_error *err);
void stet_fates_clear(struct stet_archive *a);

/* needs.c: a page is there and waits for its own document. */
STET_NODISCARD int stet_needs_begin(struct stet_archive *a, int64_t page,
                                    struct stet_error *err);

/* The document that is taken in needs a target. */
STET_NODISCARD int stet_needs_note(struct stet_archive *a, int64_t child,
                                   struct stet_error *err);

/* A target is done, and what it needs is noted: adds the pages that waited
 * for it, and of these the ones that wait for nothing any more. */
STET_NODISCARD int stet_needs_settle(struct stet_archive *a,
                                     const struct stet_target *t,
                                     struct stet_rows *waited,
                                     struct stet_rows *ready,
                                     struct stet_error *err);

/* A page's document and everything it needs, by number; all are done. */
STET_NODISCARD int stet_needs_all(struct stet_archive *a, int64_t root,
                                  struct stet_rows *out,
                                  struct stet_error *err);

/* The first thing that a done target needs, which of a redirect is where it
 * leads; STET_END: it needs nothing. */
STET_NODISCARD int stet_needs_first(struct stet_archive *a, int64_t parent,
                                    int64_t *child, struct stet_error *err);

/* twins.c: a page has a text; says in the product, and notes, which page was
 * first to have it at another address. */
STET_NODISCARD int stet_twins_note(struct stet_archive *a,
                                   struct stet_product *p,
                                   struct stet_error *err);
void stet_twins_clear(struct stet_archive *a);

/* tally.c: counts t->n targets; notes what was counted in the store's
 * transaction; takes up what an earlier start of the run has counted. */
STET_NODISCARD int stet_tallies_add(struct stet_archive *a,
                                    const struct stet_tally *t,
                                    struct stet_error *err);
STET_NODISCARD int stet_tallies_write(struct stet_archive *a,
                                      struct stet_error *err);
STET_NODISCARD int stet_tallies_load(struct stet_archive *a,
                                     struct stet_error *err);
void stet_tallies_clear(struct stet_archive *a);

/* derive.c: the line of crawl.jsonl for a finished target. */
STET_NODISCARD int stet_archive_log(const struct stet_product *p,
                                    struct stet_buf *out,
                                    struct stet_error *err);
STET_NODISCARD int stet_archive_rebuild_log(struct stet_archive *a,
                                            struct stet_error *err);

#endif
