#ifndef STET_INDEX_CDXJ_H
#define STET_INDEX_CDXJ_H

#include "base/arena.h"
#include "base/buf.h"
#include "stet/error.h"

/*
 * CDXJ lines in the form that cdxj-indexer writes and pywb reads:
 *
 *     com,example)/a 20261123154019 {"url": "...", "mime": "...",
 *     "status": "200", "digest": "sha256:...", "length": "812",
 *     "offset": "395", "filename": "a.warc.gz"}
 *
 * on one line, all values strings, keys in this order, absent ones left out.
 */
struct stet_cdxj {
    struct stet_span key; /* SURT; empty when adding: made from url */
    struct stet_span url;
    int64_t date_ms;         /* to the second in the line */
    struct stet_span mime;   /* "warc/revisit" for a revisit */
    struct stet_span status; /* "200"; empty: none */
    struct stet_span digest; /* "sha256:..."; empty: none */
    uint64_t length, offset;
    struct stet_span filename;
};

enum { STET_MAX_CDXJ_LINE = 1 << 20 };

/*
 * Adds the line with its LF.  STET_ENOMEM, STET_ELIMIT; STET_EFORMAT when
 * no key can be made of the url (then nothing is added: a line with another
 * kind of key would spoil the whole index).
 */
STET_NODISCARD int stet_cdxj_add(struct stet_buf *out,
                                 const struct stet_cdxj *line);

/* Adds a member to an object whose '{' ends *out: a string in ASCII alone,
 * as Python's json.dumps() has it.  Adds nothing for a NULL value. */
void stet_cdxj_add_member(struct stet_buf *out, const char *name,
                          struct stet_span value);

/*
 * Reads a line (with or without its LF).  Numbers are taken as well as
 * strings, unknown names are passed over.  The key points into the line,
 * the other spans into the arena.  STET_EFORMAT, STET_ENOMEM.
 */
STET_NODISCARD int stet_cdxj_parse(struct stet_cdxj *out, struct stet_span line,
                                   struct stet_arena *arena);

#endif
