#ifndef STET_HTML_CHARSET_H
#define STET_HTML_CHARSET_H

/*
 * Which encoding a document is in, and its text as UTF-8 (WHATWG Encoding
 * Standard; HTML section 13.2.3).  iconv is not used: it differs from what
 * browsers do in windows-125x, Shift_JIS, Big5 and others.
 */

#include "base/buf.h"
#include "stet/html.h"

enum {
    STET_HTML_PRESCAN = 1024, /* bytes in which a meta element is looked for
                                 before anything is parsed */
    STET_HTML_LATE_META = 1 << 16, /* and while parsing */
};

/* The encoding of a label ("latin1", " UTF8 "), in any case and with white
 * space around it; STET_CHARSET_NONE when there is none of that name. */
enum stet_charset stet_charset_of_label(struct stet_span label);

/* Its name in the standard ("windows-1252"); "" for _NONE. */
const char *stet_charset_name(enum stet_charset c);

/* True if ASCII bytes of markup always stand for themselves: all but UTF-16,
 * ISO-2022-JP and the replacement encoding. */
bool stet_charset_keeps_markup(enum stet_charset c);

enum stet_charset_source {
    STET_CHARSET_FROM_BOM,
    STET_CHARSET_FROM_HTTP,
    STET_CHARSET_FROM_META,
    STET_CHARSET_FROM_XML,    /* the XML declaration */
    STET_CHARSET_FROM_BYTES,  /* not ASCII, and good UTF-8 */
    STET_CHARSET_FROM_DEFAULT /* windows-1252 */
};

struct stet_charset_guess {
    enum stet_charset charset; /* never _NONE */
    enum stet_charset_source source;
    size_t bom_len; /* bytes of the byte order mark: 0, 2 or 3 */
};

/*
 * The encoding of an HTML document, from its first bytes (all of it if at
 * hand: the later steps look further) and the charset of its Content-Type
 * ("" when there is none).  In this order: byte order mark; http_charset if
 * it is a known label; meta or XML declaration in the first
 * STET_HTML_PRESCAN bytes (UTF-16 there means UTF-8, x-user-defined
 * windows-1252); a meta element that a parser meets in the first
 * STET_HTML_LATE_META bytes (a browser changes the encoding then and begins
 * anew); UTF-8 if the head is well-formed UTF-8 beyond ASCII (a sequence cut
 * by its end is fine), as browsers' guessing has it; else windows-1252.
 * Only STET_ENOMEM, with the guess as if no later meta element were there.
 */
int stet_charset_detect(struct stet_charset_guess *out, struct stet_span head,
                        struct stet_span http_charset);

/* The charset that a meta element or an XML declaration in the first
 * STET_HTML_PRESCAN bytes names, or _NONE.  *source may be NULL. */
enum stet_charset stet_charset_prescan(struct stet_span head,
                                       enum stet_charset_source *source);

/* The same while parsing: a meta element among the tokens of the first
 * STET_HTML_LATE_META bytes, or _NONE, into *out.  Only STET_ENOMEM. */
int stet_charset_late_meta(enum stet_charset *out, struct stet_span head);

/* The encoding that "text/html; charset=x" in a meta's content attribute
 * names (HTML: extracting a character encoding from a meta element). */
enum stet_charset stet_charset_of_meta_content(struct stet_span content);

/* The byte order mark at the start: its encoding, or _NONE; *len its bytes. */
enum stet_charset stet_charset_of_bom(struct stet_span head, size_t *len);

/* A decoder in the making: bytes in pieces of any size to UTF-8. */
struct stet_decoder {
    enum stet_charset charset;
    unsigned char lead[4]; /* bytes of a sequence that is not complete */
    unsigned char n_lead;
    unsigned char mode, out_mode; /* ISO-2022-JP */
    bool flag;                    /* ISO-2022-JP output; replacement told */
};

/* Allocates nothing; there is nothing to clear.  A byte order mark is not
 * treated in any way. */
void stet_decoder_init(struct stet_decoder *d, enum stet_charset c);

/* Adds the text of the bytes to *out; what is malformed is U+FFFD.  Errors
 * latch in *out. */
void stet_decoder_add(struct stet_decoder *d, struct stet_span bytes,
                      struct stet_buf *out);

/* The end: a sequence that is not complete is U+FFFD.  Then as after _init().
 */
void stet_decoder_finish(struct stet_decoder *d, struct stet_buf *out);

/* How many bytes at the end of s are a character that is not complete; s
 * begins with a whole one. */
size_t stet_charset_open_tail(enum stet_charset c, struct stet_span s);

/* All at once.  Every source byte gives at most 3 bytes. */
void stet_charset_decode(enum stet_charset c, struct stet_span bytes,
                         struct stet_buf *out);

#endif
