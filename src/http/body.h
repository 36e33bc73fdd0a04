#ifndef STET_HTTP_BODY_H
#define STET_HTTP_BODY_H

#include "http/message.h"

/*
 * Where a message body ends (RFC 9112 section 6.3), and a reader that finds
 * that end in bytes that come in pieces of any size: the same answer for
 * every way of cutting them.
 */
enum stet_framing_kind {
    STET_FRAMING_NONE,    /* no body, whatever the fields say */
    STET_FRAMING_LENGTH,  /* Content-Length */
    STET_FRAMING_CHUNKED, /* Transfer-Encoding ends in chunked */
    STET_FRAMING_CLOSE,   /* until the connection ends */
};

/* What is odd about a framing; bits. */
enum stet_framing_note {
    STET_FRAMING_BAD_LENGTH = 1 << 0,   /* Content-Length is no number */
    STET_FRAMING_MANY_LENGTHS = 1 << 1, /* several, all equal */
    STET_FRAMING_UNEQUAL_LENGTHS = 1 << 2,
    STET_FRAMING_BOTH = 1 << 3,        /* Content-Length beside chunked */
    STET_FRAMING_BAD_CODING = 1 << 4,  /* chunked not last, twice, or unknown */
    STET_FRAMING_OLD_CHUNKED = 1 << 5, /* chunked from an HTTP/1.0 server */
    STET_FRAMING_OTHER_CODING = 1 << 6, /* another coding under chunked */
};

struct stet_framing {
    enum stet_framing_kind kind;
    uint64_t length; /* of STET_FRAMING_LENGTH */
    unsigned notes;  /* of enum stet_framing_note */
};

/*
 * The framing of a response to a request of that method, or of a request
 * itself.  Ambiguous lengths make it STET_FRAMING_CLOSE (response) or NONE
 * (request).  Fails only for want of memory.
 */
STET_NODISCARD int stet_framing_of_response(struct stet_framing *out,
                                            const struct stet_head *head,
                                            struct stet_span method);
STET_NODISCARD int stet_framing_of_request(struct stet_framing *out,
                                           const struct stet_head *head);

enum {
    STET_MAX_CHUNK_LINE = 128 * 1024, /* size and extensions of one chunk */
    STET_MAX_TRAILERS = 128 * 1024,   /* all trailer lines together */
};

/* Takes a piece of the entity (transfer coding removed); STET_OK to go on. */
typedef int stet_entity_fn(void *ctx, const char *p, size_t n);

/* What is odd about a chunked body; bits. */
enum stet_body_note {
    STET_BODY_BARE_LF = 1 << 0,    /* chunk lines that end in LF alone */
    STET_BODY_EXTENSIONS = 1 << 1, /* chunk extensions */
    STET_BODY_TRAILERS = 1 << 2,   /* trailer fields */
};

struct stet_body_reader {
    struct stet_framing framing;
    stet_entity_fn *on_entity; /* may be NULL */
    void *ctx;
    int state;
    int status;           /* latched: STET_OK, STET_END or an error */
    uint64_t consumed;    /* body bytes so far, framing included */
    uint64_t entity;      /* entity bytes so far */
    uint64_t left;        /* of the chunk or the length */
    uint64_t trailers_at; /* offset of the first trailer byte, or 0 */
    size_t line;          /* bytes of the line or trailer under way */
    unsigned digits;      /* of the chunk size */
    unsigned notes;       /* of enum stet_body_note */
    const char *fault;    /* what is wrong, when status is STET_EFORMAT */
};

/* Allocates nothing; there is nothing to clear. */
void stet_body_init(struct stet_body_reader *r,
                    const struct stet_framing *framing,
                    stet_entity_fn *on_entity, void *ctx);

/*
 * Takes the next piece.  *used is how much of it belongs to the message:
 * less than bytes.len only when the message has ended there.
 *   STET_OK       more may come
 *   STET_END      the message is whole; what is past *used is not its own
 *   STET_EFORMAT  bad framing at body offset r->consumed; see r->fault
 *   STET_ELIMIT   a chunk line or the trailers are too long
 * or what on_entity returned, if not STET_OK.  The answer is latched.
 */
STET_NODISCARD int stet_body_feed(struct stet_body_reader *r,
                                  struct stet_span bytes, size_t *used);

/*
 * The connection has ended: STET_END when that leaves the message whole,
 * STET_ETRUNC when bytes are missing, or the latched error.
 */
STET_NODISCARD int stet_body_finish(struct stet_body_reader *r);

/* True when the message is known to be whole before any byte of body. */
bool stet_body_is_over(const struct stet_body_reader *r);

/*
 * The entity of a stored message body in one span: `raw` itself (or its
 * front) unless it is chunked, else decoded into *room.  *out is good while
 * raw and room are.  Damage ends it early: STET_ETRUNC or STET_EFORMAT,
 * with *out what could be read.  STET_ELIMIT, STET_ENOMEM from *room.
 */
STET_NODISCARD int stet_body_entity(struct stet_span *out,
                                    struct stet_buf *room,
                                    const struct stet_framing *framing,
                                    struct stet_span raw);

#endif
