#ifndef STET_HTTP_MESSAGE_H
#define STET_HTTP_MESSAGE_H

#include "base/buf.h"
#include "base/span.h"
#include "stet/error.h"

/*
 * The head of an HTTP/1 message: a start line and header fields, read by
 * our own rules (RFC 9112) without changing a byte.
 *
 * Everything a server can send is accepted as far as it has a start line;
 * what is odd is kept and noted, so that an archive holds what was sent and
 * a check can say what is wrong with it.
 */
enum {
    STET_MAX_HEAD = 256 * 1024, /* bytes of one head with its empty line */
    STET_MAX_FIELDS = 2000,     /* fields of one head */
};

/* What is odd about a head; struct stet_head.notes holds these bits. */
enum stet_head_note {
    STET_HEAD_CUT = 1 << 0,         /* no empty line at the end */
    STET_HEAD_BARE_LF = 1 << 1,     /* a line ends in LF alone */
    STET_HEAD_BARE_CR = 1 << 2,     /* a CR that ends no line */
    STET_HEAD_NUL = 1 << 3,         /* a NUL byte */
    STET_HEAD_FOLD = 1 << 4,        /* obs-fold: a field of several lines */
    STET_HEAD_NO_COLON = 1 << 5,    /* a line that is no field; skipped */
    STET_HEAD_SPACE_COLON = 1 << 6, /* white space before the colon */
    STET_HEAD_BAD_NAME = 1 << 7,    /* a name that is no token, or "" */
    STET_HEAD_FIRST_FOLD = 1 << 8,  /* a fold with nothing before it */
    STET_HEAD_MANY_FIELDS = 1 << 9, /* past STET_MAX_FIELDS: not listed */
    STET_HEAD_ODD_START = 1 << 10,  /* a start line against the grammar */
    STET_HEAD_EIGHT_BIT = 1 << 11,  /* a byte above 0x7F */
};

/* One header field, pointing into the head's bytes. */
struct stet_field {
    struct stet_span name;  /* as sent, without white space around */
    struct stet_span value; /* the same; a fold inside is still there */
    size_t offset;          /* of the field's first byte in the head */
    size_t len;             /* to the end of its last line, line end too */
};

struct stet_head {
    struct stet_span bytes; /* what was parsed; borrowed */
    bool is_response;
    int major, minor;        /* HTTP version; 0.0 when it could not be read */
    int status;              /* response: 0 to 999 */
    struct stet_span reason; /* response; may be empty */
    struct stet_span method; /* request */
    struct stet_span target; /* request, as sent */
    struct stet_field *fields;
    size_t n_fields, cap_fields;
    unsigned notes; /* of enum stet_head_note */
};

/*
 * The length of the head that `bytes` begins with, through its empty line
 * (CRLF or LF, RFC 9112 section 2.2), or 0 when that has not come yet.
 * *scanned is 0 at first and remembers what was looked at, so that feeding
 * piece after piece stays linear; it may be NULL.
 */
size_t stet_head_end(struct stet_span bytes, size_t *scanned);

/* Allocates nothing. */
void stet_head_init(struct stet_head *h);
void stet_head_clear(struct stet_head *h);

/*
 * Reads the head that `bytes` is (to its end: cut it at stet_head_end()
 * first; bytes after an empty line are not looked at).  The head borrows
 * them.  STET_EFORMAT: there is no status line ("HTTP/x.y NNN") or request
 * line; STET_ELIMIT: longer than STET_MAX_HEAD; STET_ENOMEM.  After a
 * failure h is empty.
 */
STET_NODISCARD int stet_head_parse_response(struct stet_head *h,
                                            struct stet_span bytes,
                                            struct stet_error *err);
STET_NODISCARD int stet_head_parse_request(struct stet_head *h,
                                           struct stet_span bytes,
                                           struct stet_error *err);

/* As either, by what the first line begins with. */
STET_NODISCARD int stet_head_parse(struct stet_head *h, struct stet_span bytes,
                                   struct stet_error *err);

/* The first field of a name (in any case), or NULL. */
const struct stet_field *stet_head_find(const struct stet_head *h,
                                        const char *name);

/* The next field of the name after `prev` (NULL: the first), or NULL. */
const struct stet_field *stet_head_next(const struct stet_head *h,
                                        const char *name,
                                        const struct stet_field *prev);

/* The value of the first field of a name; its ptr is NULL if there is none. */
struct stet_span stet_head_get(const struct stet_head *h, const char *name);

/*
 * Adds all values of a name to *out, in order, joined by ", " as RFC 9110
 * section 5.3 reads them, folds made one space.  False, and nothing added,
 * when there is no such field.
 */
bool stet_head_join(const struct stet_head *h, const char *name,
                    struct stet_buf *out);

/* Adds a value with each fold (and NUL, CR, LF) made one space. */
void stet_field_unfold(struct stet_buf *out, struct stet_span value);

/*
 * Takes the next member of a comma-separated list (RFC 9110 section 5.6.1)
 * from the front of *rest: quoted strings are respected, empty members
 * skipped, white space around dropped.  False when there is none left.
 */
bool stet_list_next(struct stet_span *rest, struct stet_span *member);

/* True if the list has a member that is `token`, in any case. */
bool stet_list_has(struct stet_span list, const char *token);

/* True if s is an RFC 9110 token (not empty). */
bool stet_is_token(struct stet_span s);

/* True for fields that carry credentials in a request. */
bool stet_field_is_secret(struct stet_span name);

/*
 * Adds the head's bytes to *out with the value of every secret field of a
 * request replaced by "[redacted]", everything else byte for byte.  True
 * when something was replaced.
 */
bool stet_head_redact(const struct stet_head *h, struct stet_buf *out);

#endif
