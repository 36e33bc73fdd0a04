#ifndef STET_HTML_TOKENIZER_H
#define STET_HTML_TOKENIZER_H

/*
 * What the files of the tokenizer share.
 *
 * A tokenizer looks at a window: source bytes [base, base + len), either
 * the caller's own or those of `carry`, where what could not be finished
 * waits for more.  A state function moves `pos` on over the window.  When
 * it needs bytes that are not there it says HTML_MORE and comes to be called
 * again with a window that begins at `hold` and has more bytes; at the end
 * of the document (`final`) it has to do without.
 */

#include "base/buf.h"
#include "html/charset.h"

enum html_step {
    HTML_GO,   /* call the function of the state it is in now */
    HTML_MORE, /* call again with more bytes; final: all is done */
    HTML_STOP  /* `status` says why */
};

enum html_state {
    HTML_DATA, /* the text states come first, in this order */
    HTML_RCDATA,
    HTML_RAWTEXT,
    HTML_SCRIPT,
    HTML_PLAINTEXT,
    HTML_CDATA,
    HTML_TAG_NAME,
    HTML_BEFORE_ATTR,
    HTML_ATTR_NAME,
    HTML_AFTER_ATTR_NAME,
    HTML_BEFORE_VALUE,
    HTML_VALUE_QUOTED,
    HTML_VALUE_UNQUOTED,
    HTML_COMMENT,
    HTML_BOGUS,
    HTML_DOCTYPE,
    HTML_N_STATES
};

/* Inside a script: section 13.2.5.18 and on. */
enum html_script { HTML_PLAIN, HTML_ESCAPED, HTML_DOUBLE_ESCAPED };

/* What was seen in a string, and so what it takes to make text of it. */
enum {
    HTML_DIRTY = 1, /* '&', '\r', NUL, upper case or bytes above 0x7F */
    HTML_SAVED = 2, /* it is in cur_name or cur_value, not in the window */
    HTML_RAW_NAME_MAX = 64,
    HTML_SLICE = 1 << 14, /* bytes added to the carry at a time */
};

/* svg, math, or a place in them where HTML begins again. */
struct html_foreign {
    enum stet_html_tag tag;
    bool html;      /* an integration point */
    unsigned depth; /* HTML elements open in it */
};

struct stet_html_tokenizer {
    struct stet_html_options opts;
    enum stet_charset charset;
    bool utf8;
    int status;
    bool started, final;

    const char *win;
    uint64_t base;
    size_t len;
    uint64_t pos, hold;
    struct stet_buf carry;

    bool recode; /* decoded first; `recoded` is what it gave */
    struct stet_decoder decoder;
    struct stet_buf recoded;

    /* Given out again and again: what is not set each time stays zero. */
    struct stet_html_token text_token, tag_token;

    enum html_state state;
    struct stet_buf scratch; /* decoded strings of the token under way */

    /* Raw text. */
    char raw_name[HTML_RAW_NAME_MAX];
    size_t raw_name_len;
    enum stet_html_tag raw_tag;
    enum html_script script;
    unsigned dashes; /* just before pos, at most 2 */

    /* The tag, comment or doctype under way. */
    uint64_t start; /* of its '<' */
    uint64_t piece; /* where its next piece begins */
    bool continued; /* a piece has been given out */
    bool end_tag;
    bool self_closing;
    uint64_t name_at, name_len;
    unsigned name_flags;
    bool in_attr, in_value; /* attrs[n_attrs] is under way */
    struct stet_buf name;   /* when saved */
    uint64_t content;       /* of a comment: where it goes on */
    struct stet_buf cur_name, cur_value;
    uint64_t batch; /* where its first attribute begins */
    size_t n_attrs;
    struct stet_html_attr attrs[STET_MAX_HTML_ATTRS + 1];
    unsigned char name_marks[STET_MAX_HTML_ATTRS + 1];
    unsigned char value_marks[STET_MAX_HTML_ATTRS + 1];

    struct html_foreign foreign[STET_MAX_HTML_FOREIGN];
    size_t n_foreign;
};

/* tokenizer.c */
enum html_step stet_html_emit(struct stet_html_tokenizer *t,
                              const struct stet_html_token *tok);
enum html_step stet_html_fail(struct stet_html_tokenizer *t, int status);

static inline const char *html_at(const struct stet_html_tokenizer *t,
                                  uint64_t at)
{
    return t->win + (at - t->base);
}

static inline const char *html_end(const struct stet_html_tokenizer *t)
{
    return t->win + t->len;
}

static inline uint64_t html_offset(const struct stet_html_tokenizer *t,
                                   const char *p)
{
    return t->base + (uint64_t)(p - t->win);
}

/* text.c: the state functions of text. */
enum html_step stet_html_data(struct stet_html_tokenizer *t);
enum html_step stet_html_raw(struct stet_html_tokenizer *t);
enum html_step stet_html_script(struct stet_html_tokenizer *t);
enum html_step stet_html_plaintext(struct stet_html_tokenizer *t);
enum html_step stet_html_cdata(struct stet_html_tokenizer *t);
/* Gives out source bytes [pos, to) as text and moves pos; not complete:
 * what could still change with more bytes stays. */
enum html_step stet_html_text(struct stet_html_tokenizer *t, const char *to,
                              bool complete);
/* Where a piece of [from, to) of at most STET_MAX_HTML_TEXT bytes ends: not
 * inside a character or a line end. */
const char *stet_html_chunk(const struct stet_html_tokenizer *t,
                            const char *from, const char *to);

/* markup.c: from '<' on, and comments and doctypes. */
enum html_step stet_html_markup(struct stet_html_tokenizer *t);
enum html_step stet_html_comment(struct stet_html_tokenizer *t);
enum html_step stet_html_bogus(struct stet_html_tokenizer *t);
enum html_step stet_html_doctype(struct stet_html_tokenizer *t);

/* tag.c: the states inside a tag. */
enum html_step stet_html_tag_name(struct stet_html_tokenizer *t);
enum html_step stet_html_before_attr(struct stet_html_tokenizer *t);
enum html_step stet_html_attr_name(struct stet_html_tokenizer *t);
enum html_step stet_html_after_attr_name(struct stet_html_tokenizer *t);
enum html_step stet_html_before_value(struct stet_html_tokenizer *t);
enum html_step stet_html_value_quoted(struct stet_html_tokenizer *t);
enum html_step stet_html_value_unquoted(struct stet_html_tokenizer *t);

/* emit.c: a tag, or a batch of its attributes, up to `to`. */
enum html_step stet_html_emit_tag(struct stet_html_tokenizer *t, uint64_t to,
                                  bool more);

/* foreign.c: what a tag that is over does to the states after it; says in
 * tok->foreign whether it is of svg or math. */
void stet_html_on_tag(struct stet_html_tokenizer *t,
                      struct stet_html_token *tok);
/* True if what stands here is of svg or math. */
bool stet_html_in_foreign(const struct stet_html_tokenizer *t);
/* True if a CDATA section may stand here. */
bool stet_html_takes_cdata(const struct stet_html_tokenizer *t);
/* True if nobody wants the text that stands here. */
bool stet_html_skips_text(const struct stet_html_tokenizer *t);
/* An element that never holds anything. */
bool stet_html_is_void(enum stet_html_tag tag);

/* decode.c */
enum html_text {
    HTML_REFS_IN_ATTR = 1, /* decode references, as in attributes */
    HTML_NUL = 2,          /* NUL becomes U+FFFD */
    HTML_LOWER = 4         /* ASCII letters to lower case */
};

/* Room in scratch for n source bytes to be decoded: what is there does not
 * move while no more than that is added.  False: no memory. */
bool stet_html_reserve(struct stet_html_tokenizer *t, size_t n);

/* The text of a raw string: itself, or decoded into scratch. */
struct stet_span stet_html_decode(struct stet_html_tokenizer *t,
                                  struct stet_span raw, unsigned how);

/* The text of a run without '&', '\r' and NUL but with bytes above 0x7F:
 * itself, or decoded into scratch. */
struct stet_span stet_html_decode_run(struct stet_html_tokenizer *t,
                                      struct stet_span raw);

/* How many bytes at the end of a run are a character not yet complete. */
size_t stet_html_open_tail(const struct stet_html_tokenizer *t,
                           struct stet_span raw);

#endif
