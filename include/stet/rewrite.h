#ifndef STET_REWRITE_H
#define STET_REWRITE_H

/*
 * Rewriting: the same document with its links pointing elsewhere.
 *
 * Works by splicing at the offsets that stet/links.h reports: every byte
 * that is not part of a link (or of what `drop` names) stays as it was.
 * The new URL is escaped for the place it goes to: character references in
 * attributes, CSS escapes in strings and url(), JSON escapes, percent
 * encoding of white space, and of commas at the ends of srcset URLs.
 */

#include "stet/links.h"

/*
 * Says what becomes of a link, an http, https or ftp one; also of those that
 * no crawler follows (stet_links_options.everything).  Leaving *url as it is
 * (ptr NULL) leaves the link's bytes alone; else *url is the new one, fragment
 * included (the link's own is in l->fragment), and must stay good until the
 * next call or the end.  Anything but 0 stops the rewriting and is returned by
 * it.
 */
typedef int (*stet_rewrite_map_fn)(void *ctx, const struct stet_link *l,
                                   struct stet_span *url);

/*
 * What to disarm in HTML besides (bits of stet_rewrite_options.drop): a '_'
 * goes before the attribute's name, the rest stays to be seen.
 */
enum {
    /* integrity= of link and script: rewritten bytes no longer match. */
    STET_REWRITE_DROP_INTEGRITY = 1U << 0,
    /* crossorigin= of all elements: a mirror on disk has no CORS. */
    STET_REWRITE_DROP_CROSSORIGIN = 1U << 1,
    /* content= of <meta http-equiv=content-security-policy>. */
    STET_REWRITE_DROP_CSP = 1U << 2,
    /* href= of <base>, after it was used to resolve what follows. */
    STET_REWRITE_DROP_BASE = 1U << 3,
    /* href= of <link rel=manifest>, which no browser loads from disk. */
    STET_REWRITE_DROP_MANIFEST = 1U << 4,
    /* content= of <meta name=referrer>: a replay server tells by the Referer
     * which page a stray request belongs to. */
    STET_REWRITE_DROP_REFERRER = 1U << 5,
};

/* All that keeps a browser from showing a page from disk. */
#define STET_REWRITE_DROP_FOR_MIRROR                               \
    (STET_REWRITE_DROP_INTEGRITY | STET_REWRITE_DROP_CROSSORIGIN | \
     STET_REWRITE_DROP_CSP | STET_REWRITE_DROP_BASE |              \
     STET_REWRITE_DROP_MANIFEST)

struct stet_rewrite_options {
    enum stet_links_type type;
    struct stet_span base;    /* absolute URL of the document */
    struct stet_span charset; /* as in stet_links_options */
    unsigned drop;            /* STET_REWRITE_DROP_… */
    stet_rewrite_map_fn map;
    void *ctx;
};

#define STET_MAX_REWRITE_BYTES (256U << 20) /* of the new document */

/*
 * Rewrites a whole document into *out (the caller's to clear).  With a map
 * that leaves all alone and drop 0, *out equals content.  STET_EUSAGE,
 * STET_ENOMEM, STET_ELIMIT or what map returned; *out is then empty.
 */
STET_API STET_NODISCARD int stet_rewrite(struct stet_bytes *out,
                                         const struct stet_rewrite_options *o,
                                         struct stet_span content,
                                         struct stet_error *err);

/*
 * Ready map: replay under a prefix, in the form PREFIX TIMESTAMP MOD "/" URL
 * with pywb's modifiers: im_ image and icon, cs_ style, js_ script, if_ frame,
 * oe_ media, fonts, objects and other embeds, and `mod` for all that is
 * navigated to.
 */
struct stet_replay_options {
    struct stet_span prefix;    /* ends in '/': "/coll/", "http://h/coll/" */
    struct stet_span timestamp; /* 14 digits; or empty */
    struct stet_span mod;       /* for navigation: "mp_", or empty */
    /* Relative URLs that stay right under the prefix are left alone, as
     * pywb does: no leading '/', no "..", not a script. */
    bool keep_relative;
};
struct stet_replay_map;

STET_API STET_NODISCARD int stet_replay_map_new(
    struct stet_replay_map **out, const struct stet_replay_options *o,
    struct stet_error *err);
/* A stet_rewrite_map_fn; ctx is the map. */
STET_API int stet_replay_map_link(void *map, const struct stet_link *l,
                                  struct stet_span *url);
STET_API void stet_replay_map_free(struct stet_replay_map *map);

/* pywb's modifier for a link, "" for navigation; static. */
STET_API const char *stet_replay_modifier(const struct stet_link *l);

/*
 * The path of a URL in an offline mirror: "host/path/name.ext", relative,
 * with '/' between parts, and safe on every file system: parts of at most
 * STET_MAX_MIRROR_NAME bytes of [A-Za-z0-9._-] and '%', '@', '+', ',', '=',
 * '~', none of them a reserved device name, none ending in '.' or ' ', none "."
 * or "..". The port, the query and whatever had to be changed or cut is kept
 * apart by a hash in the name, so two URLs never share a path, also where upper
 * and lower case are one.  The extension follows the media type (text/html
 * gives .html); an empty media type keeps what the URL has. STET_EFORMAT when
 * url is not absolute http(s).
 */
STET_API STET_NODISCARD int stet_mirror_path(struct stet_bytes *out,
                                             struct stet_span url,
                                             struct stet_span media_type,
                                             struct stet_error *err);
#define STET_MAX_MIRROR_NAME 120 /* bytes of one part of a mirror path */
#define STET_MAX_MIRROR_PATH \
    200 /* bytes of a whole mirror path: Windows allows 259 to it and DIR */

/*
 * The relative URL that leads from one mirror path to another
 * ("a/b/c.html" to "a/d.css" is "../d.css"), percent-encoded as a URL
 * must be.
 */
STET_API STET_NODISCARD int stet_mirror_relative(struct stet_bytes *out,
                                                 struct stet_span from,
                                                 struct stet_span to);

/*
 * Ready map for mirrors.  `find` says where a URL lies in the mirror (*path
 * good until the next call), STET_ENOTFOUND when it is not there: then the
 * link becomes the absolute URL, which leads back to the web.  With find NULL
 * everything is taken to be there, at stet_mirror_path() with a media type
 * guessed from the role.
 */
struct stet_mirror_options {
    struct stet_span from; /* mirror path of the document being rewritten */
    int (*find)(void *ctx, const struct stet_link *l, struct stet_span *path);
    void *ctx;
    /*
     * Mirror path of a page that says what is missing, or empty: links that a
     * person follows, and frames, lead there (the URL after a '#') when their
     * target is not in the mirror.
     */
    struct stet_span missing;
};
struct stet_mirror_map;

STET_API STET_NODISCARD int stet_mirror_map_new(
    struct stet_mirror_map **out, const struct stet_mirror_options *o,
    struct stet_error *err);
/* A stet_rewrite_map_fn; ctx is the map. */
STET_API int stet_mirror_map_link(void *map, const struct stet_link *l,
                                  struct stet_span *url);
STET_API void stet_mirror_map_free(struct stet_mirror_map *map);

/*
 * A document as a mirror holds it: one that opens right from disk.  HTML,
 * XHTML, SVG and CSS have their links rewritten and what would keep a browser
 * from loading a file disarmed (STET_REWRITE_DROP_FOR_MIRROR).  Besides:
 *
 *   - When only the HTTP header told the charset, the document gets to say it
 *     itself: a byte order mark for UTF-8, else a meta element behind the
 *     doctype, or @charset.  What HTML, CSS and XML cannot say there (UTF-16,
 *     ISO-2022-JP, scripts and texts in other charsets) becomes UTF-8.
 *   - Elements that HTML takes from another SVG file (<use href="x.svg#id">),
 *     which browsers do not load from disk, are copied to its end.
 *
 * Of other types only text and scripts are looked at, for their charset.
 */
struct stet_mirror_document {
    struct stet_span url;        /* absolute; with the type gives its path */
    struct stet_span media_type; /* its essence */
    struct stet_span charset;    /* the label in its Content-Type, or empty */
    /* As in stet_mirror_options. */
    int (*find)(void *ctx, const struct stet_link *l, struct stet_span *path);
    /* The decoded bytes of a URL, good until the next call; STET_ENOTFOUND,
     * also for what is longer than STET_MAX_MIRROR_TAKEN.  NULL: nothing is
     * taken from other files. */
    int (*read)(void *ctx, struct stet_span url, struct stet_span *text);
    void *ctx;
    struct stet_span missing;
};

/* Bytes of a file that elements are taken from: each of up to 512 elements
 * is looked for in all of it. */
#define STET_MAX_MIRROR_TAKEN ((size_t)1 << 20)

/* What was done to a document besides its links. */
enum {
    STET_MIRROR_DECLARED = 1U << 0, /* it now says its charset */
    STET_MIRROR_RECODED = 1U << 1,  /* it is now UTF-8 */
    STET_MIRROR_INLINED = 1U << 2,  /* SVG elements were copied in */
};

/* True if the mirror's file may differ from what was served. */
STET_API bool stet_mirror_changes(struct stet_span media_type);

/* Makes it into *out, which is the caller's to clear; *done (STET_MIRROR_…)
 * may be NULL.  Errors as stet_rewrite(), or what find and read returned. */
STET_API STET_NODISCARD int stet_mirror_document(
    struct stet_bytes *out, unsigned *done,
    const struct stet_mirror_document *d, struct stet_span content,
    struct stet_error *err);

#endif
