#ifndef STET_LINKS_HTML_H
#define STET_LINKS_HTML_H

#include "links/parts.h"
#include "stet/html.h"

enum {
    STET_MAX_RAW_LINK_TEXT = 16 << 20, /* of one style or script element;
                                          longer ones are read in pieces */
    STET_MAX_LINK_REL = 1024,          /* of a rel attribute */
    STET_MAX_LINK_HELD = 12,           /* attributes kept of a long tag */
    STET_MAX_LINK_HELD_BYTES = 1 << 18,
};

/* Folded text of an anchor, cut at its limit. */
struct stet_links_text {
    size_t len;
    bool space; /* white space came since */
    bool full;
    char bytes[STET_MAX_LINK_TEXT];
};

/* An anchor whose end tag has not come. */
struct stet_links_anchor {
    bool is_open;
    struct stet_link link; /* url and pointers are filled when it is done */
    struct stet_buf href, raw, rel; /* href: URL and fragment */
    char context[48];
    struct stet_links_text text, label, title, alt;
};

/* What is kept of a tag whose attributes come in batches. */
struct stet_links_held {
    struct stet_html_attr attrs[STET_MAX_LINK_HELD];
    size_t n;
    struct stet_buf bytes; /* names and values, one after the other */
};

/* What is made of the text of the raw-text element that is open. */
enum stet_links_raw {
    STET_RAW_NOTHING,
    STET_RAW_STYLE,
    STET_RAW_SCRIPT,
    STET_RAW_JSON,
    STET_RAW_LD,
    STET_RAW_MAP,
    STET_RAW_HTML, /* noframes, noembed */
};

struct stet_links_html {
    struct stet_links_out out;
    bool in_order;
    struct stet_span source;
    struct stet_links_anchor anchor;
    struct stet_links_held held;

    enum stet_links_raw raw;
    const char *raw_context;
    struct stet_buf raw_text; /* source bytes, if there is no source */
    uint64_t raw_from, raw_to;
    bool marked; /* raw_text is text between tags (svg, XML), decoded */
    enum stet_links_raw around; /* a comment */
    bool xml;

    bool nofollow;                 /* <meta name=robots> says so of all */
    unsigned noscripts, templates; /* open ones */
    unsigned pictures;
    bool nested;    /* inside a comment, srcdoc or noframes */
    bool unplaced;  /* offsets mean nothing: inside srcdoc */
    uint64_t shift; /* added to the offsets of tokens while nested */
};

/* attrs.c: a start tag's attributes, but for those below. */
STET_NODISCARD int stet_links_on_attrs(struct stet_links_html *h,
                                       const struct stet_html_token *t);

/* The attribute with that number; NULL when there is none with a value. */
const struct stet_html_attr *stet_links_attr(const struct stet_html_token *t,
                                             enum stet_html_attr_id id);
struct stet_span stet_links_attr_value(const struct stet_html_token *t,
                                       enum stet_html_attr_id id);

void stet_links_spot_attr(struct stet_links_html *h, struct stet_links_spot *s,
                          const struct stet_html_attr *a);

/* A link with flags and context for an attribute. */
void stet_links_begin(struct stet_links_html *h, struct stet_link *l,
                      const struct stet_html_token *t,
                      const struct stet_html_attr *a);

/* The whole value is one URL. */
STET_NODISCARD int stet_links_add_attr(struct stet_links_html *h,
                                       const struct stet_html_attr *a,
                                       struct stet_link *l);

/* held.c: calls fn with the tag, once, and with all of its attributes that
 * tell something of each other, however many others stand between them. */
typedef int (*stet_links_tag_fn)(struct stet_links_html *h,
                                 const struct stet_html_token *t);
STET_NODISCARD int stet_links_held(struct stet_links_html *h,
                                   const struct stet_html_token *t,
                                   stet_links_tag_fn fn);

/* meta.c: elements whose attributes must be seen together. */
STET_NODISCARD int stet_links_on_link(struct stet_links_html *h,
                                      const struct stet_html_token *t);
STET_NODISCARD int stet_links_on_meta(struct stet_links_html *h,
                                      const struct stet_html_token *t);
STET_NODISCARD int stet_links_on_base(struct stet_links_html *h,
                                      const struct stet_html_token *t);
STET_NODISCARD int stet_links_on_param(struct stet_links_html *h,
                                       const struct stet_html_token *t);

/* island.c: a gu-island element. */
STET_NODISCARD int stet_links_on_island(struct stet_links_html *h,
                                        const struct stet_html_token *t);

/* anchor.c */
void stet_links_text_add(struct stet_links_text *x, struct stet_span s);
/* Begins one, ending the one before.  `href` may be NULL. */
STET_NODISCARD int stet_links_anchor_start(struct stet_links_html *h,
                                           const struct stet_html_token *t,
                                           const struct stet_html_attr *href);
STET_NODISCARD int stet_links_anchor_end(struct stet_links_html *h);
STET_NODISCARD int stet_links_anchor_text(struct stet_links_html *h,
                                          const struct stet_html_token *t);
void stet_links_anchor_alt(struct stet_links_html *h, struct stet_span alt);

/* html.c: markup inside something else, whose first byte is at `offset`. */
STET_NODISCARD int stet_links_nested(struct stet_links_html *h,
                                     struct stet_span markup, uint64_t offset);

#endif
