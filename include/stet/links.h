#ifndef STET_LINKS_H
#define STET_LINKS_H

/*
 * Links: every place where a document names another resource, each with
 * the place it stands at, so that a crawler can follow it and a rewriter
 * can replace it.
 *
 * Links come from tokens, never from a tree: linear time, memory bounded
 * by named limits, and no document is too deep or too wide to lose one.
 * The same link found twice is reported twice.  Nothing here does I/O.
 *
 * Sources: HTML (WHATWG: srcset attributes, "shared declarative refresh
 * steps", the URL attributes of its attribute index and of SVG 2), CSS Syntax
 * 3, RFC 8288 (Link), the web manifest, and the conventions of publishers for
 * images that are loaded late.
 */

#include "stet/base.h"
#include "stet/error.h"

struct stet_html_token;

/* What a document does with the resource; the name is stable. */
#define STET_LINK_ROLES(X)                                                    \
    X(STET_LINK_IMAGE, "image")         /* a picture of the page */           \
    X(STET_LINK_STYLE, "style")         /* a style sheet, @import */          \
    X(STET_LINK_SCRIPT, "script")       /* a script or module */              \
    X(STET_LINK_FONT, "font")           /* url() inside @font-face */         \
    X(STET_LINK_MEDIA, "media")         /* audio, video, tracks */            \
    X(STET_LINK_FRAME, "frame")         /* a document inside this one */      \
    X(STET_LINK_OBJECT, "object")       /* object, embed, applet */           \
    X(STET_LINK_ICON, "icon")           /* favicons, touch icons */           \
    X(STET_LINK_MANIFEST, "manifest")   /* web app manifest */                \
    X(STET_LINK_PRELOAD, "preload")     /* preload, prefetch, prerender */    \
    X(STET_LINK_FEED, "feed")           /* RSS, Atom, JSON Feed */            \
    X(STET_LINK_SITEMAP, "sitemap")     /* a sitemap of a sitemap index */    \
    X(STET_LINK_CANONICAL, "canonical") /* also og:url */                     \
    X(STET_LINK_ALTERNATE, "alternate") /* another form or language */        \
    X(STET_LINK_AMP, "amp")             /* rel=amphtml */                     \
    X(STET_LINK_PAGING, "paging")       /* rel=next, rel=prev */              \
    X(STET_LINK_REFRESH, "refresh")     /* meta refresh: a redirect */        \
    X(STET_LINK_ANCHOR, "anchor")       /* a, area: a person clicks it */     \
    X(STET_LINK_FORM, "form")           /* where a form is sent */            \
    X(STET_LINK_BASE, "base")           /* <base href> itself */              \
    X(STET_LINK_RELATED, "related")     /* a story named in embedded JSON */  \
    X(STET_LINK_DATA, "data")           /* JSON that a script asks for */     \
    X(STET_LINK_CONNECT, "connect") /* preconnect, dns-prefetch: an origin */ \
    X(STET_LINK_OTHER, "other")     /* cite, profile, license, ping … */

enum stet_link_role {
#define STET_X(role, name) role,
    STET_LINK_ROLES(STET_X)
#undef STET_X
};

/* The name above, never NULL. */
STET_API const char *stet_link_role_name(enum stet_link_role role);

/* What the URL's text lies in. */
enum stet_link_place {
    STET_PLACE_NONE,     /* nowhere that could be spliced */
    STET_PLACE_TEXT,     /* the bytes of the file, or raw text of an element */
    STET_PLACE_DOUBLE,   /* an HTML attribute in "…" */
    STET_PLACE_SINGLE,   /* an HTML attribute in '…' */
    STET_PLACE_UNQUOTED, /* an HTML attribute without quotes */
    STET_PLACE_XML_TEXT, /* character data of an XML element */
};

/* How the URL is written there. */
enum stet_link_syntax {
    STET_SYNTAX_PLAIN,      /* the URL alone */
    STET_SYNTAX_SRCSET,     /* one candidate's URL: no space, no comma at
                               either end */
    STET_SYNTAX_REFRESH,    /* after url= in a meta refresh, without quotes */
    STET_SYNTAX_LIST,       /* one of several, separated by white space */
    STET_SYNTAX_CSS_DOUBLE, /* inside a CSS string "…" (in url() or not) */
    STET_SYNTAX_CSS_SINGLE, /* inside a CSS string '…' */
    STET_SYNTAX_CSS_URL,    /* bare inside url( ) */
    STET_SYNTAX_JSON,       /* inside a JSON string "…" */
    STET_SYNTAX_HEADER,     /* inside <…> of a Link header */
};

/*
 * A link.  Everything it points to is good until the callback returns.
 */
struct stet_link {
    /* Absolute, in the WHATWG serialisation, without the fragment. */
    struct stet_span url;
    /* With its '#', or empty.  What is only a fragment is not reported, but
     * for anchors where a base element leads them to another document. */
    struct stet_span fragment;
    /* As written, references and escapes decoded, white space trimmed.
     * "www.…" in a script or in a sitemap of lines stands for the URL with
     * "http://" before it; in a script of that very host, with the scheme of
     * the page. */
    struct stet_span raw;
    enum stet_link_role role;
    /*
     * Where it stands: "img@srcset"; "style", "div@style" (the role tells
     * which use); in a sheet "@import", "@font-face", "url()"; with what
     * decided the role after a colon: "link@href:icon",
     * "meta@content:og:image", "script:ld+json:image", "script",
     * "gu-island@props:masterUrl"; "Link" for the header field.
     */
    const char *context;
    /*
     * Anchors: their text, else aria-label, title, or the alt texts of
     * images in them.  Images: alt.  White space folded, UTF-8, at most
     * STET_MAX_LINK_TEXT bytes (cut at a character).
     */
    struct stet_span text;
    struct stet_span rel; /* the rel attribute or parameter as written */
    /* The bytes of the URL in the source: quotes, url( ) and descriptors
     * are outside of it, escapes and references inside. */
    uint64_t offset, length;
    enum stet_link_place place;
    enum stet_link_syntax syntax;
    bool requisite;    /* needed to show the page */
    bool speculative;  /* guessed from its shape: JSON, scripts, data-* */
    bool fallback;     /* in noscript, template or a conditional comment */
    bool linked_media; /* an anchor whose path ends in .jpg, .pdf, .mp4 … */
    bool nofollow;     /* rel has nofollow, ugc or sponsored, or a meta
                          robots before it has nofollow */
};

#define STET_MAX_LINK_TEXT 512 /* bytes of stet_link.text */
#define STET_MAX_LINK_URL                          \
    8192 /* bytes of a URL as written; longer ones \
            are not links (data: URLs never are) */

/*
 * Heritrix's letter for the kind of hop: L (navigation), E (embed),
 * X (speculative embed), R (refresh).
 */
STET_API char stet_link_hop(const struct stet_link *l);

/* Called once per link; anything but 0 stops the search and is what the
 * search returns. */
typedef int (*stet_link_fn)(void *ctx, const struct stet_link *l);

enum stet_links_type {
    STET_LINKS_NONE, /* nothing is found in it */
    STET_LINKS_HTML,
    STET_LINKS_CSS,
    STET_LINKS_SRCSET,   /* the value of one srcset attribute */
    STET_LINKS_STYLE,    /* the value of one style attribute */
    STET_LINKS_REFRESH,  /* the content of one meta refresh */
    STET_LINKS_HEADER,   /* the value of a Link header field */
    STET_LINKS_JSON,     /* strings that are URLs, all speculative */
    STET_LINKS_MANIFEST, /* a web app manifest */
    STET_LINKS_SITEMAP,  /* sitemap or sitemap index, XML or text */
    STET_LINKS_FEED,     /* RSS, Atom */
    STET_LINKS_HLS,      /* m3u8 */
    STET_LINKS_DASH,     /* mpd */
    STET_LINKS_XHTML,    /* XHTML and SVG, read as XML */
};

/*
 * The type to use for a resource, from its media type (parameters are
 * ignored) and, where that says too little, the last part of its URL's
 * path; STET_LINKS_NONE when links are not looked for in such a thing.
 */
STET_API enum stet_links_type stet_links_type_of(struct stet_span media_type,
                                                 struct stet_span url);
/* "html", "css", …: the name for the command line; NULL/NONE if unknown. */
STET_API const char *stet_links_type_name(enum stet_links_type type);
STET_API enum stet_links_type stet_links_type_find(struct stet_span name);

struct stet_links_options {
    enum stet_links_type type;
    struct stet_span base; /* the absolute URL of the document */
    /*
     * The encoding's label, or empty for UTF-8: URLs encode their query in
     * it, as browsers do.  What is UTF-16 or ISO-2022-JP by it (or by a byte
     * order mark, but for HTML) is decoded first: then offsets count in the
     * decoded HTML, and links of all else have no place.
     */
    struct stet_span charset;
    /*
     * Anchors are delivered at their start tag, without their inner text,
     * so that all links come in the order of their offsets.
     */
    bool in_order;
    /*
     * Also what is of no use to a crawler: other schemes than http, https and
     * ftp, origins (preconnect), pingback, link elements without rel.
     */
    bool everything;
    /*
     * For stet_links_html_new(): the bytes of the whole document, if at hand.
     * Without them, a link in an attribute that holds several and whose
     * value has character references has the place of the whole value, and
     * STET_PLACE_NONE.
     */
    struct stet_span source;
};

/*
 * Finds the links of a whole document and calls fn for each.  STET_OK,
 * what fn returned, STET_EUSAGE (the base is not an absolute URL) or
 * STET_ENOMEM.  Broken content is never an error.
 */
STET_API STET_NODISCARD int stet_links_find(const struct stet_links_options *o,
                                            struct stet_span content,
                                            stet_link_fn fn, void *ctx,
                                            struct stet_error *err);

/*
 * The same for HTML as a sink, so that one pass of the tokenizer feeds
 * links and whatever else wants tokens.  o->type is _XHTML if the tokens are
 * those of XML, and any other for HTML.
 * An anchor is delivered at its end tag (or where its text reaches the
 * limit, or another anchor starts), all others at once.
 */
struct stet_links_html;

STET_API STET_NODISCARD int stet_links_html_new(
    struct stet_links_html **out, const struct stet_links_options *o,
    stet_link_fn fn, void *ctx, struct stet_error *err);
/* Every token, in order.  Nothing of *t is kept. */
STET_API STET_NODISCARD int stet_links_html_token(
    struct stet_links_html *l, const struct stet_html_token *t);
/* After the last token: delivers what is still held. */
STET_API STET_NODISCARD int stet_links_html_finish(struct stet_links_html *l);
STET_API void stet_links_html_free(struct stet_links_html *l); /* NULL too */
/* The base URL now in force (after <base>), until the next token. */
STET_API struct stet_span stet_links_html_base(const struct stet_links_html *l);

#endif
