#ifndef STET_CHECK_UNIT_H
#define STET_CHECK_UNIT_H

#include "base/arena.h"
#include "base/digest.h"
#include "check/rules.h"
#include "stet/warc.h"

/*
 * What is being checked, cut into pieces that know nothing of each other:
 * a thread takes one, and writes down what the whole has to know of it.
 */

/* A WARC file: of the disk, or in memory as a part of a WACZ. */
struct stet_check_input {
    char *name;             /* in findings; owned */
    const char *path;       /* to open */
    struct stet_span bytes; /* ptr NULL: of the disk */
    uint64_t size;          /* 0: not known, a pipe */
    bool in_order;          /* it must be read from its start */
};

/* A finding that waits for its turn. */
struct stet_check_found {
    enum stet_check_rule rule;
    uint64_t offset;
    const char *text;
};

enum stet_check_ref_kind {
    STET_CHECK_CONCURRENT_TO,
    STET_CHECK_REFERS_TO_ID,
    STET_CHECK_WARCINFO_ID,
    STET_CHECK_SEGMENT_ORIGIN,
};

struct stet_check_ref {
    struct stet_span target;
    enum stet_check_ref_kind kind;
    size_t note; /* of whom */
};

/* A resource that a document cannot do without; those of one group stand
 * for each other (the candidates of a srcset). */
struct stet_check_want {
    struct stet_span url;
    uint32_t group;
};

/* What is remembered of a record. */
struct stet_check_note {
    uint64_t offset, length; /* length: of a capture, as indexes count it */
    int64_t date_ms;
    struct stet_span id;
    struct stet_digest payload; /* len 0: none */
    int type;                   /* enum stet_check_type */
    bool is_capture;
    uint64_t segment, segment_total, block_length; /* segment 0: none */
    bool is_cut;          /* a segment that says it is the last, or truncated */
    struct stet_span url; /* of a capture */
    bool is_page;         /* an HTML document, status 200 */
    size_t wants, n_wants;
};

struct stet_check_unit {
    size_t input;
    uint64_t from, to; /* records that begin in here; to UINT64_MAX: the end */
    struct stet_arena arena;
    struct stet_check_found *found;
    size_t n_found, cap_found;
    struct stet_check_note *notes;
    size_t n_notes, cap_notes;
    struct stet_check_ref *refs;
    size_t n_refs, cap_refs;
    struct stet_check_want *wants;
    size_t n_wants, cap_wants;
    uint64_t records;
    uint64_t end; /* of the record that was not read any more */
    int status;   /* STET_ELIMIT: too much was found to be held */
    struct stet_error why;
    bool done;
};

/* The most that a unit may hold. */
#define STET_MAX_CHECK_UNIT ((size_t)64 << 20)

void stet_check_unit_init(struct stet_check_unit *u);
void stet_check_unit_clear(struct stet_check_unit *u);

/* Forgets what was found and noted. */
void stet_check_unit_reset(struct stet_check_unit *u);

/* A copy of the bytes in the unit; ptr NULL: no room, which latches in
 * u->status. */
struct stet_span stet_check_unit_keep(struct stet_check_unit *u,
                                      struct stet_span s);

/* The note of the record being read. */
struct stet_check_note *stet_check_unit_note(struct stet_check_unit *u);

/* Cuts a file of that many bytes where records begin.  Adds at least one
 * unit.  STET_ENOMEM, STET_EIO. */
struct stet_check_units {
    struct stet_check_unit **items;
    size_t len, cap;
};

STET_NODISCARD int stet_check_cut(struct stet_check_units *out, size_t input,
                                  const struct stet_check_input *in, bool whole,
                                  struct stet_error *err);
void stet_check_units_clear(struct stet_check_units *u);

#endif
