#ifndef STET_ARTICLE_FACTS_H
#define STET_ARTICLE_FACTS_H

#include "article/find.h"
#include "article/fold.h"
#include "base/arena.h"
#include "base/span.h"
#include "stet/url.h"
#include "json/json.h"

/*
 * What the finders of one page share: the page, what was read from its
 * head once, and the article that they fill.  Memory that runs out is
 * latched in `status`; finders go on with less and the caller asks at the
 * end.
 */
enum {
    STET_MAX_ARTICLE_BYTES = 64 << 20, /* of all texts of one page */
    STET_MAX_ARTICLE_FIELD = 4 << 10,  /* of one text, but the main one */
    STET_MAX_ARTICLE_METAS = 512,
    STET_MAX_ARTICLE_SCRIPTS = 64, /* JSON-LD scripts */
    STET_MAX_ARTICLE_IMAGES = 64,  /* ImageObjects in them */
    STET_MAX_ARTICLE_THINGS = 256  /* objects in them */
};

/* A meta element: its name without anything but letters and digits, in
 * lower case ("article:published_time" is articlepublishedtime). */
struct stet_meta {
    struct stet_span key, value;
};

struct stet_nodes {
    const xmlNode **items;
    size_t len, cap;
};

/* A stretch of text in one block, without another block between. */
struct stet_run {
    const xmlNode *block;        /* the innermost block around it */
    const xmlNode *first, *last; /* its text nodes */
    uint32_t bytes, link_bytes;  /* of text; of that in links */
    bool aside;  /* in something that is never the story: nav, footer, ... */
    bool hidden; /* not shown */
};

struct stet_runs {
    struct stet_run *items;
    size_t len, cap;
};

struct stet_facts {
    const struct stet_article_input *in;
    const struct stet_dom *dom;
    struct stet_article *out;
    struct stet_arena *arena;
    struct stet_buf scratch; /* whoever uses it cuts it back */
    struct stet_url url, base;
    bool has_url, has_base;
    int status; /* STET_OK or STET_ENOMEM */

    struct stet_meta *metas;
    size_t n_metas;

    struct stet_json *scripts[STET_MAX_ARTICLE_SCRIPTS];
    size_t n_scripts;
    const struct stet_json_value *ld;        /* the article's object, or NULL */
    const struct stet_json_value *ld_page;   /* a WebPage or the like */
    const struct stet_json_value *ld_crumbs; /* a BreadcrumbList */
    const struct stet_json_value *ld_images[STET_MAX_ARTICLE_IMAGES];
    size_t n_ld_images; /* ImageObjects */

    struct stet_json *lightbox; /* of the Guardian, once it was asked for */
    bool lightbox_read;

    struct stet_nodes props;   /* elements with an itemprop */
    struct stet_nodes areas;   /* elements with a data-gu-name */
    struct stet_nodes islands; /* gu-island elements */
    struct stet_nodes blocks;  /* that an attribute calls related, ... */
    struct stet_runs runs;     /* all of the body, in order */
    uint32_t *weights; /* by order: letters of running text in a subtree */

    const xmlNode *h1;   /* of the page's own headline, or NULL */
    const xmlNode *main; /* holds the story; the body if all else fails */
    const xmlNode *body; /* the innermost element around its paragraphs */
};

/* A copy in the article's memory, white space folded; ptr NULL if nothing
 * is left, or no memory. */
struct stet_span stet_facts_keep(struct stet_facts *f, struct stet_span s);
/* The same for text that may be HTML. */
struct stet_span stet_facts_keep_html(struct stet_facts *f, struct stet_span s);
/* What can be read in n (without `but`, which may be NULL). */
struct stet_span stet_facts_keep_node(struct stet_facts *f, const xmlNode *n,
                                      const xmlNode *but);
/* As it is. */
struct stet_span stet_facts_dup(struct stet_facts *f, struct stet_span s);

/* Absolute, http or https, resolved against the page's base; else NULL. */
struct stet_span stet_facts_url(struct stet_facts *f, struct stet_span s);

/* Latches what went wrong, if it is memory. */
void stet_facts_note(struct stet_facts *f, int rc);

/* The value of the first meta with one of the keys, which stand between
 * spaces, the most wanted first. */
struct stet_span stet_facts_meta(const struct stet_facts *f, const char *keys);

/* Reads metas, base and JSON-LD. */
void stet_facts_read(struct stet_facts *f);

void stet_facts_add_node(struct stet_facts *f, struct stet_nodes *to,
                         const xmlNode *n);

/* The first element with this itemprop, or NULL. */
const xmlNode *stet_facts_prop(const struct stet_facts *f, const char *name);

/* True if the attribute's words (split at white space) have `word`. */
bool stet_facts_has_word(struct stet_span value, const char *word);

/* The text of a run in the scratch, a space at every tag, at most about
 * max bytes; the caller cuts the scratch back to *from. */
struct stet_span stet_facts_run(struct stet_facts *f, const struct stet_run *r,
                                size_t max, size_t *from);

/* The first run at or after a place in document order. */
size_t stet_facts_find_run(const struct stet_facts *f, uint32_t order);

void stet_facts_clear(struct stet_facts *f);

#endif
