#ifndef STET_DOM_TAG_H
#define STET_DOM_TAG_H

#include "stet/html.h"

/*
 * What HTML's tree construction (HTML Standard 13.2.6) needs to know of an
 * element name.
 */
enum {
    STET_TAG_VOID = 1 << 0,     /* has no content, no end tag */
    STET_TAG_SPECIAL = 1 << 1,  /* 13.2.4.2: an inline end stops at it */
    STET_TAG_CLOSES_P = 1 << 2, /* its start ends an open p */
    STET_TAG_SCOPE = 1 << 3,    /* bounds the search for what to close */
    STET_TAG_HEAD = 1 << 4,     /* may stand in head */
    STET_TAG_HEADING = 1 << 5,
    STET_TAG_FOREIGN = 1 << 6, /* svg, math: "/>" counts inside */
    STET_TAG_TABLE = 1 << 7    /* its end reaches past cells, not tables */
};

/* What start tags end by implication. */
enum stet_tag_rule {
    STET_RULE_NONE,
    STET_RULE_HTML,
    STET_RULE_HEAD,
    STET_RULE_BODY,
    STET_RULE_ITEM,   /* li */
    STET_RULE_TERM,   /* dt, dd */
    STET_RULE_OPTION, /* option, optgroup */
    STET_RULE_CELL,
    STET_RULE_ROW,
    STET_RULE_ROWS, /* thead, tbody, tfoot, caption, colgroup */
    STET_RULE_LINK, /* a */
    STET_RULE_BUTTON
};

struct stet_tag_kind {
    uint16_t flags;
    uint8_t rule; /* enum stet_tag_rule */
};

const struct stet_tag_kind *stet_tag_kind(enum stet_html_tag tag);

#endif
