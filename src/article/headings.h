#ifndef STET_ARTICLE_HEADINGS_H
#define STET_ARTICLE_HEADINGS_H

#include "stet/base.h"

/* What a block of links is. */
enum stet_block_class {
    STET_BLOCK_NONE,
    STET_BLOCK_AD,
    STET_BLOCK_NAV,
    STET_BLOCK_TOPIC,
    STET_BLOCK_MOST,        /* most read, viewed, popular */
    STET_BLOCK_RELATED,     /* to this story */
    STET_BLOCK_RECOMMENDED, /* to the reader */
};

/* What a heading says of the links below it, in any language of the table;
 * marks before the words and after them do not count. */
enum stet_block_class stet_heading_class(struct stet_span s);

/* What the words of an attribute (class, id, data-..., aria-label) say. */
enum stet_block_class stet_token_class(struct stet_span value);

#endif
