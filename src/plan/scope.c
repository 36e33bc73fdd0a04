#include "plan/scope.h"

/* Guesses are taken where a publisher's own conventions make them good
 * (late images, embedded picture lists), not from strings in scripts. */
static bool is_needed(const struct stet_link *l)
{
    return l->requisite ||
           (l->speculative && l->role == STET_LINK_IMAGE &&
            !stet_span_starts(stet_span_of(l->context), STET_SPAN("script")));
}

/* What kind of thing a link's role promises; false: nothing to fetch. */
static bool resource_of(enum stet_link_role role, enum stet_resource *out)
{
    switch (role) {
    case STET_LINK_IMAGE:
    case STET_LINK_ICON:
        *out = STET_RESOURCE_IMAGE;
        return true;
    case STET_LINK_STYLE:
        *out = STET_RESOURCE_STYLE;
        return true;
    case STET_LINK_SCRIPT:
        *out = STET_RESOURCE_SCRIPT;
        return true;
    case STET_LINK_FONT:
        *out = STET_RESOURCE_FONT;
        return true;
    case STET_LINK_MEDIA:
        *out = STET_RESOURCE_MEDIA;
        return true;
    case STET_LINK_FRAME:
        *out = STET_RESOURCE_DOCUMENT;
        return true;
    case STET_LINK_MANIFEST:
        *out = STET_RESOURCE_MANIFEST;
        return true;
    case STET_LINK_OBJECT:
    case STET_LINK_PRELOAD:
        *out = STET_RESOURCE_OTHER;
        return true;
    case STET_LINK_FEED:
    case STET_LINK_SITEMAP:
    case STET_LINK_CANONICAL:
    case STET_LINK_ALTERNATE:
    case STET_LINK_AMP:
    case STET_LINK_PAGING:
    case STET_LINK_REFRESH:
    case STET_LINK_ANCHOR:
    case STET_LINK_FORM:
    case STET_LINK_BASE:
    case STET_LINK_RELATED:
    case STET_LINK_CONNECT:
    case STET_LINK_OTHER:
        break;
    }
    return false;
}

static bool is_http(struct stet_span url)
{
    return stet_span_starts(url, STET_SPAN("http://")) ||
           stet_span_starts(url, STET_SPAN("https://"));
}

/* The path ends in what cameras and layouts make. */
static bool is_picture(struct stet_span url)
{
    static const char *const ends[] = { ".jpg", ".jpeg", ".png",
                                        ".gif", ".webp", ".avif" };
    size_t query = stet_span_find(url, STET_SPAN("?"));

    url.len = query;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        struct stet_span end = stet_span_of(ends[i]);
        if (url.len > end.len &&
            stet_span_ieq(stet_span_sub(url, url.len - end.len, end.len), end))
            return true;
    }
    return false;
}

bool stet_scope_link(const struct stet_scope *s, const struct stet_target *from,
                     const struct stet_link *l, struct stet_want *out)
{
    bool page = stet_role_is_page(from->role);

    *out = (struct stet_want){ .depth = from->depth };
    if (!is_http(l->url) || from->hops.len >= STET_MAX_HOPS)
        return false;
    if (l->role == STET_LINK_REFRESH && page)
        return stet_scope_redirect(from, out);
    if (l->role == STET_LINK_ANCHOR && l->linked_media && page) {
        out->role = STET_ROLE_LINKED;
        out->resource = STET_RESOURCE_IMAGE;
        out->hop = 'L';
        return s->linked_images && is_picture(l->url);
    }
    out->role = STET_ROLE_REQUISITE;
    out->hop = l->speculative ? 'X' : 'E';
    out->embeds = from->embeds + 1;
    return s->requisites && is_needed(l) &&
           (page || from->role == STET_ROLE_REQUISITE) &&
           out->embeds <= STET_MAX_EMBEDS &&
           resource_of(l->role, &out->resource);
}

bool stet_scope_related(const struct stet_scope *s,
                        const struct stet_target *from, struct stet_want *out)
{
    *out = (struct stet_want){ .role = STET_ROLE_RELATED,
                               .resource = STET_RESOURCE_DOCUMENT,
                               .hop = 'L',
                               .depth = from->depth + 1 };
    return stet_role_is_page(from->role) && from->depth < s->related_hops &&
           from->hops.len < STET_MAX_HOPS;
}

bool stet_scope_redirect(const struct stet_target *from, struct stet_want *out)
{
    int most = from->role == STET_ROLE_ROBOTS ? STET_MAX_ROBOTS_REDIRECTS
                                              : STET_MAX_REDIRECTS;

    *out = (struct stet_want){ .role = from->role,
                               .resource = from->resource,
                               .hop = 'R',
                               .depth = from->depth,
                               .embeds = from->embeds,
                               .redirects = from->redirects + 1 };
    return out->redirects <= most && from->hops.len < STET_MAX_HOPS;
}

bool stet_scope_favicon(const struct stet_scope *s,
                        const struct stet_target *from, struct stet_want *out)
{
    *out = (struct stet_want){ .role = STET_ROLE_REQUISITE,
                               .resource = STET_RESOURCE_IMAGE,
                               .hop = 'I',
                               .depth = from->depth,
                               .embeds = 1 };
    return s->requisites && stet_role_is_page(from->role);
}

bool stet_scope_asks_robots(const struct stet_target *t)
{
    return stet_role_is_page(t->role) || t->role == STET_ROLE_LINKED;
}
