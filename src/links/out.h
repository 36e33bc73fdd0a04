#ifndef STET_LINKS_OUT_H
#define STET_LINKS_OUT_H

#include "base/buf.h"
#include "links/spot.h"
#include "stet/url.h"

/*
 * Where finders put links: resolves each against the base in force, leaves
 * out what is none, and hands the rest to the caller's function.
 */
struct stet_links_out {
    stet_link_fn fn;
    void *ctx;
    bool everything;
    enum stet_charset charset; /* URLs encode their query in it */
    bool base_is_set;          /* by <base href>: only the first counts */
    struct stet_url document, base;
    struct stet_url url;   /* of the link being made */
    struct stet_buf href;  /* the same, where plain.c made it */
    struct stet_buf raw;   /* of a link whose escapes were decoded */
    struct stet_buf input; /* what is parsed in place of raw; input.c */
    char context[96];      /* see stet_links_context() */
};

STET_NODISCARD int stet_links_out_init(struct stet_links_out *out,
                                       const struct stet_links_options *o,
                                       stet_link_fn fn, void *ctx,
                                       struct stet_error *err);
void stet_links_out_clear(struct stet_links_out *out);

/* What <base href> says.  STET_OK, also when it is no URL; STET_ENOMEM. */
STET_NODISCARD int stet_links_out_set_base(struct stet_links_out *out,
                                           struct stet_span href);

/*
 * What the URL parser is to be given for a link whose raw and place are
 * known: raw, but where the document's encoding shows in the query.  Decodes
 * l->raw where it still needs that.  Good until the next call.
 */
STET_NODISCARD int stet_links_out_input(struct stet_links_out *out,
                                        const struct stet_links_spot *s,
                                        struct stet_link *l,
                                        struct stet_span *input);

/*
 * Resolves `input` into l->url and l->fragment, good until the next call.
 * STET_OK, STET_END when that is no link, STET_ENOMEM.
 */
STET_NODISCARD int stet_links_out_resolve(struct stet_links_out *out,
                                          struct stet_link *l,
                                          struct stet_span input);

/*
 * The same for URLs that need no parser: absolute ones or paths, of
 * characters that the URL Standard leaves as they are.  STET_END when it is
 * not so plain; then nothing is said of it.
 */
STET_NODISCARD int stet_links_out_plain(struct stet_links_out *out,
                                        struct stet_link *l,
                                        struct stet_span input);

/* Resolves l->raw (trimmed by it) and delivers; STET_OK also when it is no
 * link. */
STET_NODISCARD int stet_links_out_add(struct stet_links_out *out,
                                      struct stet_link *l);

/* The same with another input for the parser. */
STET_NODISCARD int stet_links_out_add_as(struct stet_links_out *out,
                                         struct stet_link *l,
                                         struct stet_span input);

/* The same for a part of a spot, which becomes l->raw. */
STET_NODISCARD int stet_links_out_add_part(struct stet_links_out *out,
                                           struct stet_links_spot *s,
                                           struct stet_span part,
                                           struct stet_link *l);

/* The last part of a path, lower case, tells a kind: see link.c. */
enum stet_link_file {
    STET_FILE_OTHER,
    STET_FILE_PAGE,
    STET_FILE_IMAGE,
    STET_FILE_MEDIA,
    STET_FILE_DOCUMENT, /* PDF, office, archives */
    STET_FILE_STYLE,
    STET_FILE_SCRIPT,
    STET_FILE_FONT,
    STET_FILE_FEED,
    STET_FILE_XML,
    STET_FILE_JSON,
    STET_FILE_HLS,
    STET_FILE_DASH,
};

/* From the extension of a URL's path, absolute or not. */
enum stet_link_file stet_link_file_of(struct stet_span url);

/* The role that a guessed link to such a file has. */
enum stet_link_role stet_link_role_of_file(enum stet_link_file f);

#endif
