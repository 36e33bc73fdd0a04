#ifndef STET_LINKS_MARKUP_H
#define STET_LINKS_MARKUP_H

#include "base/buf.h"

/*
 * A reader of XML that never gives up: what is not well-formed is read as
 * far as its tags can be told, and every piece is a span of the source.
 * No entities are expanded but character references and predefined ones.
 */
enum stet_markup_kind {
    STET_MARKUP_END_OF_INPUT,
    STET_MARKUP_OPEN, /* self_closing ones have no CLOSE */
    STET_MARKUP_CLOSE,
    STET_MARKUP_TEXT,
    STET_MARKUP_CDATA,
};

struct stet_markup {
    const char *at, *end;
    enum stet_markup_kind kind;
    struct stet_span name;  /* local: without its prefix */
    struct stet_span attrs; /* all of them, as they stand */
    struct stet_span text;
    bool self_closing;
};

void stet_markup_init(struct stet_markup *m, struct stet_span source);
void stet_markup_next(struct stet_markup *m);

/* The value of an attribute as it stands, by its local name in any case;
 * ptr NULL if there is none. */
struct stet_span stet_markup_attr(const struct stet_markup *m,
                                  const char *name);

/* Adds text with its references decoded; an '&' that begins none stands for
 * itself.  False: one names an entity that is not known. */
bool stet_markup_decode(struct stet_buf *out, struct stet_span text);

#endif
