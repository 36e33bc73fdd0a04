#ifndef STET_URL_H
#define STET_URL_H

#include "stet/error.h"

/*
 * URLs as the WHATWG URL Standard has them: parsed, resolved against a
 * base, serialised; and the keys that archives sort them by.
 *
 * A struct stet_url owns one buffer, its href; every part is a span of it,
 * good until the URL is changed or cleared.  Text goes in as UTF-8 (what
 * is not UTF-8 counts as U+FFFD) and comes out as ASCII.
 */

enum {
    STET_MAX_URL = 1 << 20 /* bytes of an href, and of an input */
};

/* Read it through the functions below; the fields are theirs. */
struct stet_url {
    struct stet_bytes href;
    uint32_t scheme_end; /* offset of the first ':' */
    uint32_t user_start, user_end;
    uint32_t pass_start, pass_end;
    uint32_t host_start, host_end;
    uint32_t path_start, path_end;
    uint32_t search_end;  /* and where the hash starts */
    int32_t port;         /* -1: none, or the scheme's default */
    int32_t default_port; /* of the scheme; -1: it has none */
    bool special, has_host, opaque_path, host_is_ip;
};

/* Allocates nothing: the empty URL, all of whose parts are empty. */
STET_API void stet_url_init(struct stet_url *u);
STET_API void stet_url_clear(struct stet_url *u);

/*
 * Parses `input`, relative to `base` where there is one (URL Standard
 * 4.4, the basic URL parser without state override).  *out is initialised;
 * what it held is freed, on failure it is empty.  It may be the base.
 * STET_EFORMAT: not a URL.  STET_ELIMIT: longer than STET_MAX_URL.
 */
STET_API int stet_url_parse(struct stet_url *out, struct stet_span input,
                            const struct stet_url *base,
                            struct stet_error *err);

/*
 * The parts, as the href spells them.  `scheme` is without its ':',
 * `search` with its '?', `hash` with its '#', and both are empty when
 * nothing follows that; an IPv6 host keeps its brackets; a URL without a
 * host has an empty one.
 */
STET_API struct stet_span stet_url_href(const struct stet_url *u);
STET_API struct stet_span stet_url_scheme(const struct stet_url *u);
STET_API struct stet_span stet_url_username(const struct stet_url *u);
STET_API struct stet_span stet_url_password(const struct stet_url *u);
STET_API struct stet_span stet_url_host(const struct stet_url *u);
STET_API struct stet_span stet_url_path(const struct stet_url *u);
STET_API struct stet_span stet_url_search(const struct stet_url *u);
STET_API struct stet_span stet_url_hash(const struct stet_url *u);

/* The href without its fragment: what is fetched, and what is archived. */
STET_API struct stet_span stet_url_page(const struct stet_url *u);

/* The host with its port, if that is not the default one: a Host field. */
STET_API struct stet_span stet_url_authority(const struct stet_url *u);

/* Path and search: the target of a request line, the subject of a robots
 * rule. */
STET_API struct stet_span stet_url_target(const struct stet_url *u);

/* The port, or the scheme's default; -1 when it has neither. */
STET_API int stet_url_port(const struct stet_url *u);

/* http or https. */
STET_API bool stet_url_is_http(const struct stet_url *u);

/* The host is an IPv4 address or a bracketed IPv6 one. */
STET_API bool stet_url_is_ip(const struct stet_url *u);

STET_API bool stet_url_has_credentials(const struct stet_url *u);

/* HTML Standard 7.1.1, for URLs whose origin is a tuple (http, https, ws,
 * wss, ftp); opaque origins equal nothing. */
STET_API bool stet_url_same_origin(const struct stet_url *a,
                                   const struct stet_url *b);

/* "https://example.org:8080", or "null" for an opaque origin (URL Standard
 * 4.7). */
STET_API int stet_url_origin(const struct stet_url *u, struct stet_bytes *out);

/* *to is initialised; what it held is freed. */
STET_API int stet_url_copy(struct stet_url *to, const struct stet_url *from);

/* Takes user name and password out.  Cannot fail. */
STET_API void stet_url_strip_credentials(struct stet_url *u);

/*
 * The registrable domain (public suffix plus one label, after the list
 * built into libpsl, private suffixes included); the host itself when it
 * is an IP address, a public suffix or a single label.
 */
STET_API struct stet_span stet_url_site(const struct stet_url *u);

/*
 * The key of a URL as Python's surt 0.3.1 makes it (IA canonicaliser, no
 * trailing comma): what pywb, cdxj-indexer and py-wacz look up.  Takes any
 * text; only what surt itself refuses is STET_EFORMAT.
 */
STET_API int stet_url_surt(struct stet_bytes *out, struct stet_span url,
                           struct stet_error *err);

/*
 * The key of an href as warcio.js and wabac.js make it (getSurt): what is
 * not http(s), or not a URL, is its own key.
 */
STET_API int stet_url_surt_wabac(struct stet_bytes *out, struct stet_span url,
                                 struct stet_error *err);

#endif
