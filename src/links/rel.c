#include "base/ascii.h"
#include "base/span.h"
#include "links/parts.h"

#include <string.h>

static struct stet_span next_word(struct stet_span *rest)
{
    size_t n = 0;
    struct stet_span word;

    while (rest->len && stet_is_space((unsigned char)*rest->ptr))
        *rest = stet_span_sub(*rest, 1, rest->len);
    while (n < rest->len && !stet_is_space((unsigned char)rest->ptr[n]))
        n++;
    word = stet_span_sub(*rest, 0, n);
    *rest = stet_span_sub(*rest, n, rest->len);
    return word;
}

bool stet_links_has_word(struct stet_span words, const char *word)
{
    struct stet_span w;

    while ((w = next_word(&words)).len)
        if (stet_span_ieqs(w, word))
            return true;
    return false;
}

enum { NEEDED = 1, GUESS = 2, USELESS = 4 };

/* In the order of precedence: an "alternate stylesheet" is a sheet. */
static const struct {
    const char *rel;
    enum stet_link_role role;
    unsigned flags;
} rels[] = {
    { "stylesheet", STET_LINK_STYLE, NEEDED },
    { "icon", STET_LINK_ICON, NEEDED },
    { "apple-touch-icon", STET_LINK_ICON, NEEDED },
    { "apple-touch-icon-precomposed", STET_LINK_ICON, NEEDED },
    { "apple-touch-startup-image", STET_LINK_ICON, NEEDED },
    { "mask-icon", STET_LINK_ICON, NEEDED },
    { "fluid-icon", STET_LINK_ICON, NEEDED },
    { "manifest", STET_LINK_MANIFEST, NEEDED },
    { "modulepreload", STET_LINK_PRELOAD, NEEDED },
    { "preload", STET_LINK_PRELOAD, NEEDED },
    { "import", STET_LINK_FRAME, NEEDED },
    { "image_src", STET_LINK_IMAGE, NEEDED },
    { "prefetch", STET_LINK_PRELOAD, GUESS },
    { "prerender", STET_LINK_PRELOAD, GUESS },
    { "subresource", STET_LINK_PRELOAD, GUESS },
    { "canonical", STET_LINK_CANONICAL, 0 },
    { "amphtml", STET_LINK_AMP, 0 },
    { "next", STET_LINK_PAGING, 0 },
    { "prev", STET_LINK_PAGING, 0 },
    { "previous", STET_LINK_PAGING, 0 },
    { "alternate", STET_LINK_ALTERNATE, 0 },
    { "sitemap", STET_LINK_SITEMAP, 0 },
    { "dns-prefetch", STET_LINK_CONNECT, USELESS },
    { "preconnect", STET_LINK_CONNECT, USELESS },
    { "pingback", STET_LINK_OTHER, USELESS },
};

enum { N_RELS = sizeof(rels) / sizeof(rels[0]) };

/* Its number, if that is below n; else n. */
static size_t find_rel(struct stet_span word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (rels[i].rel[0] == stet_to_lower(*word.ptr) &&
            stet_span_ieqs(word, rels[i].rel))
            return i;
    return n;
}

static bool is_feed(struct stet_span type)
{
    return stet_span_istarts(type, "application/rss+xml") ||
           stet_span_istarts(type, "application/atom+xml") ||
           stet_span_istarts(type, "application/feed+json") ||
           stet_span_istarts(type, "application/rdf+xml");
}

int stet_links_by_rel(struct stet_link *l, struct stet_span rel,
                      struct stet_span type)
{
    struct stet_span rest = rel, word = next_word(&rest);
    size_t first = N_RELS;

    l->role = STET_LINK_OTHER;
    l->rel = rel;
    if (!word.len)
        return STET_END;
    for (; word.len; word = next_word(&rest))
        first = find_rel(word, first);
    if (first == N_RELS)
        return STET_OK;
    l->role = rels[first].role;
    l->requisite = rels[first].flags & NEEDED;
    l->speculative = rels[first].flags & GUESS;
    if (l->role == STET_LINK_ALTERNATE && is_feed(type))
        l->role = STET_LINK_FEED;
    return rels[first].flags & USELESS ? STET_END : STET_OK;
}

static void put(char *room, size_t size, size_t *at, const char *sep,
                struct stet_span s)
{
    size_t sep_len = strlen(sep), room_left = size - 1 - *at;
    size_t n = s.len < 32 ? s.len : 32;

    if (!s.ptr || sep_len + n > room_left)
        return;
    memcpy(room + *at, sep, sep_len);
    memcpy(room + *at + sep_len, s.ptr, n);
    *at += sep_len + n;
}

const char *stet_links_context(struct stet_links_out *out,
                               struct stet_span holder, struct stet_span attr,
                               struct stet_span what)
{
    size_t at = 0;

    put(out->context, sizeof(out->context), &at, "", holder);
    put(out->context, sizeof(out->context), &at, "@", attr);
    put(out->context, sizeof(out->context), &at, ":", what);
    out->context[at] = '\0';
    return out->context;
}
