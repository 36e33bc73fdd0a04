#ifndef STET_LINKS_PARTS_H
#define STET_LINKS_PARTS_H

#include "links/out.h"

/*
 * Finders, one for each syntax that holds links.  Each looks through a
 * spot, fills in *proto (role, context and flags are the caller's, except
 * where said) once per link, and delivers it.  They return STET_OK,
 * STET_ENOMEM or what the caller's function returned.
 */

/* All image candidates (HTML, "parse a srcset attribute"), those with
 * descriptors nobody knows too. */
STET_NODISCARD int stet_links_srcset(struct stet_links_out *out,
                                     struct stet_links_spot *s,
                                     struct stet_link *proto);

/* URLs separated by white space. */
STET_NODISCARD int stet_links_list(struct stet_links_out *out,
                                   struct stet_links_spot *s,
                                   struct stet_link *proto);

/* The URL of a meta refresh (HTML, "shared declarative refresh steps"). */
STET_NODISCARD int stet_links_refresh(struct stet_links_out *out,
                                      struct stet_links_spot *s,
                                      struct stet_link *proto);

/* A sheet or declarations.  Sets the role and, with no context, that. */
STET_NODISCARD int stet_links_css(struct stet_links_out *out,
                                  struct stet_links_spot *s,
                                  struct stet_link *proto);

enum stet_links_json_kind {
    STET_JSON_LINKS_ANY,      /* what is a URL by its shape */
    STET_JSON_LINKS_LD,       /* JSON-LD with schema.org's words */
    STET_JSON_LINKS_MANIFEST, /* web app manifest */
    STET_JSON_LINKS_MAP,      /* import map, speculation rules */
};

/*
 * Strings of a JSON text.  Sets role, context (proto's, ':' and the key)
 * and the flags.  Nothing is refused: what is not JSON has fewer links.
 */
STET_NODISCARD int stet_links_json(struct stet_links_out *out,
                                   struct stet_links_spot *s,
                                   enum stet_links_json_kind kind,
                                   struct stet_link *proto);

/* Absolute URLs anywhere in a script, in whatever escapes. */
STET_NODISCARD int stet_links_script(struct stet_links_out *out,
                                     struct stet_links_spot *s,
                                     struct stet_link *proto);

/* String literals of an event handler that look like URLs. */
STET_NODISCARD int stet_links_handler(struct stet_links_out *out,
                                      struct stet_links_spot *s,
                                      struct stet_link *proto);

/* "name=FILE&name=FILE", as plug-ins took their parameters. */
STET_NODISCARD int stet_links_flashvars(struct stet_links_out *out,
                                        struct stet_links_spot *s,
                                        struct stet_link *proto);

/* A Link header field's value.  Sets all. */
STET_NODISCARD int stet_links_header(struct stet_links_out *out,
                                     struct stet_links_spot *s,
                                     struct stet_link *proto);

/*
 * Sets role, requisite, speculative and nofollow by the relations of a
 * link element or header.  `as` and `type` may be empty.  STET_END: it
 * names nothing that could be fetched.
 */
int stet_links_by_rel(struct stet_link *l, struct stet_span rel,
                      struct stet_span type);

/* True if a list of words holds `word`, in any case. */
bool stet_links_has_word(struct stet_span words, const char *word);

/* "HOLDER", "HOLDER@ATTR" or "HOLDER@ATTR:WHAT" in out->context; parts with
 * ptr NULL are left out, long ones cut. */
const char *stet_links_context(struct stet_links_out *out,
                               struct stet_span holder, struct stet_span attr,
                               struct stet_span what);

#endif
