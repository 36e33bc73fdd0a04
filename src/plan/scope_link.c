#include "plan/scope_rules.h"

#include "base/span.h"

static bool refuse(struct stet_want *out, enum stet_rule rule)
{
    out->rule = rule;
    return false;
}

static bool accept(struct stet_want *out, enum stet_rule rule)
{
    out->rule = rule;
    return true;
}

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
    case STET_LINK_DATA:
        *out = STET_RESOURCE_FETCH;
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

/* What holds for all that a document names. */
static bool may_follow(const struct stet_scope *s,
                       const struct stet_target *from, struct stet_span url,
                       struct stet_place *place, struct stet_want *out)
{
    if (!stet_place_split(place, url))
        return refuse(out, STET_RULE_SCHEME);
    if (from->hops.len >= STET_MAX_HOPS)
        return refuse(out, STET_RULE_HOPS);
    out->pattern = stet_patterns_find(&s->excludes, url);
    if (out->pattern >= 0 && !stet_keyset_has(&s->seeds, url))
        return refuse(out, STET_RULE_EXCLUDE);
    return true;
}

/* Frames show their anchors as the page's own. */
static bool has_pages(const struct stet_target *from)
{
    return stet_role_is_page(from->role) || from->role == STET_ROLE_LIST ||
           (from->role == STET_ROLE_REQUISITE &&
            from->resource == STET_RESOURCE_DOCUMENT);
}

/* Links from the last page in scope.  What the target says is made sure of:
 * a page is in scope or it is not, whoever kept the count. */
static int outside_of(const struct stet_scope *s,
                      const struct stet_target *from)
{
    struct stet_want w;
    struct stet_place p;

    if (from->role == STET_ROLE_SEED || from->role == STET_ROLE_LIST)
        return from->outside;
    if (from->outside == 0 && stet_place_split(&p, from->url) &&
        !stet_scope_holds(s, from->url, &p, &w))
        return 1;
    return from->outside;
}

/* A page by the scope, or, with `far`, by the hops beyond it. */
static bool judge_page(const struct stet_scope *s,
                       const struct stet_target *from, struct stet_span url,
                       bool far, struct stet_want *out)
{
    /* A list only says what there is. */
    bool is_list = from->role == STET_ROLE_LIST;
    struct stet_place place;

    *out = (struct stet_want){ .role = STET_ROLE_PAGE,
                               .resource = STET_RESOURCE_DOCUMENT,
                               .hop = 'L',
                               .depth = from->depth + !is_list };
    if (!has_pages(from))
        return refuse(out, STET_RULE_KIND);
    if (!may_follow(s, from, url, &place, out))
        return false;
    if (!stet_scope_holds(s, url, &place, out)) {
        if (!far || s->extra_hops == 0)
            return false;
        out->outside = outside_of(s, from) + 1;
        if (out->outside > s->extra_hops)
            return false;
        out->rule = STET_RULE_EXTRA_HOPS;
    }
    if (s->max_depth >= 0 && out->depth > s->max_depth &&
        out->rule != STET_RULE_SEED)
        return refuse(out, STET_RULE_DEPTH);
    return out->rule == STET_RULE_SEED ||
           !stet_trap_look(&s->traps, url, &place, &out->rule);
}

bool stet_scope_page(const struct stet_scope *s, const struct stet_target *from,
                     struct stet_span url, struct stet_want *out)
{
    return judge_page(s, from, url, from->role != STET_ROLE_REQUISITE, out);
}

bool stet_scope_list(const struct stet_scope *s, const struct stet_target *from,
                     struct stet_span url, struct stet_want *out)
{
    bool nested = from->role == STET_ROLE_LIST;
    struct stet_place place, self;

    *out = (struct stet_want){ .role = STET_ROLE_LIST,
                               .resource = STET_RESOURCE_OTHER,
                               .hop = 'L',
                               .depth = from->depth,
                               .embeds = nested ? from->embeds + 1 : 0 };
    if (!may_follow(s, from, url, &place, out))
        return false;
    if ((!s->lists && !nested) ||
        (s->kind <= STET_SCOPE_CLUSTER && s->includes.len == 0) ||
        (from->role == STET_ROLE_ROBOTS &&
         (!stet_place_split(&self, from->url) ||
          !stet_scope_knows_host(s, &self))) ||
        (from->role != STET_ROLE_ROBOTS && !nested &&
         (!stet_role_is_page(from->role) || outside_of(s, from) > 0)))
        return refuse(out, STET_RULE_KIND);
    return out->embeds < STET_MAX_LISTS ? accept(out, STET_RULE_LIST)
                                        : refuse(out, STET_RULE_LISTS);
}

static bool judge_requisite(const struct stet_scope *s,
                            const struct stet_target *from,
                            const struct stet_link *l, struct stet_want *out)
{
    struct stet_place place;

    out->role = STET_ROLE_REQUISITE;
    out->hop = l->speculative ? 'X' : 'E';
    out->embeds = from->embeds + 1;
    out->outside = from->outside;
    if (!resource_of(l->role, &out->resource) || !is_needed(l) ||
        (!stet_role_is_page(from->role) && from->role != STET_ROLE_REQUISITE))
        return refuse(out, STET_RULE_KIND);
    if (!may_follow(s, from, l->url, &place, out))
        return false;
    if (!s->requisites)
        return refuse(out, STET_RULE_NO_REQUISITES);
    return out->embeds <= STET_MAX_EMBEDS ? accept(out, STET_RULE_REQUISITE)
                                          : refuse(out, STET_RULE_EMBEDS);
}

static bool judge_linked(const struct stet_scope *s,
                         const struct stet_target *from, struct stet_span url,
                         struct stet_want *out)
{
    struct stet_place place;

    out->role = STET_ROLE_LINKED;
    out->resource = STET_RESOURCE_IMAGE;
    out->hop = 'L';
    if (!may_follow(s, from, url, &place, out))
        return false;
    return s->linked_images ? accept(out, STET_RULE_LINKED_IMAGE)
                            : refuse(out, STET_RULE_NO_LINKED_IMAGES);
}

/* The same story for a phone: only where an include asks for it. */
static bool judge_amp(const struct stet_scope *s,
                      const struct stet_target *from, struct stet_span url,
                      struct stet_want *out)
{
    return judge_page(s, from, url, false, out) &&
           (out->rule == STET_RULE_INCLUDE || refuse(out, STET_RULE_KIND));
}

static bool judge_anchor(const struct stet_scope *s,
                         const struct stet_target *from,
                         const struct stet_link *l, struct stet_want *out)
{
    if (l->linked_media && stet_role_is_page(from->role) && is_picture(l->url))
        return judge_linked(s, from, l->url, out);
    if (l->nofollow && s->obey_nofollow)
        return refuse(out, STET_RULE_NOFOLLOW);
    return stet_scope_page(s, from, l->url, out);
}

bool stet_scope_link(const struct stet_scope *s, const struct stet_target *from,
                     const struct stet_link *l, struct stet_want *out)
{
    *out = (struct stet_want){ .depth = from->depth };
    switch (l->role) {
    case STET_LINK_REFRESH:
        if (!stet_role_is_page(from->role))
            return refuse(out, STET_RULE_KIND);
        return stet_scope_redirect(s, from, l->url, out);
    case STET_LINK_ANCHOR:
        return judge_anchor(s, from, l, out);
    case STET_LINK_PAGING:
        /* The next part of a list is a list. */
        if (from->role == STET_ROLE_LIST)
            return stet_scope_list(s, from, l->url, out);
        return judge_page(s, from, l->url, false, out);
    case STET_LINK_CANONICAL:
    case STET_LINK_ALTERNATE:
    case STET_LINK_RELATED:
        return judge_page(s, from, l->url, false, out);
    case STET_LINK_AMP:
        return judge_amp(s, from, l->url, out);
    case STET_LINK_FEED:
    case STET_LINK_SITEMAP:
        return stet_scope_list(s, from, l->url, out);
    case STET_LINK_IMAGE:
    case STET_LINK_STYLE:
    case STET_LINK_SCRIPT:
    case STET_LINK_FONT:
    case STET_LINK_MEDIA:
    case STET_LINK_FRAME:
    case STET_LINK_OBJECT:
    case STET_LINK_ICON:
    case STET_LINK_MANIFEST:
    case STET_LINK_PRELOAD:
    case STET_LINK_DATA:
        return judge_requisite(s, from, l, out);
    case STET_LINK_FORM:
    case STET_LINK_BASE:
    case STET_LINK_CONNECT:
    case STET_LINK_OTHER:
        break;
    }
    return refuse(out, STET_RULE_KIND);
}

bool stet_scope_related(const struct stet_scope *s,
                        const struct stet_target *from, struct stet_span url,
                        struct stet_want *out)
{
    bool counts_depth = s->kind <= STET_SCOPE_CLUSTER;
    struct stet_place place;
    int far;

    *out = (struct stet_want){ .role = STET_ROLE_RELATED,
                               .resource = STET_RESOURCE_DOCUMENT,
                               .hop = 'L',
                               .depth = from->depth + 1 };
    if (!stet_role_is_page(from->role) &&
        !(from->role == STET_ROLE_REQUISITE &&
          from->resource == STET_RESOURCE_FETCH))
        return refuse(out, STET_RULE_KIND);
    if (!may_follow(s, from, url, &place, out))
        return false;
    far = counts_depth           ? from->depth
          : s->related_hops == 0 ? 0
                                 : outside_of(s, from);
    if (far >= s->related_hops)
        return refuse(out, STET_RULE_RELATED_HOPS);
    if (!counts_depth && !stet_scope_holds(s, url, &place, out))
        out->outside = far + 1;
    return accept(out, STET_RULE_RELATED);
}

bool stet_scope_redirect(const struct stet_scope *s,
                         const struct stet_target *from, struct stet_span url,
                         struct stet_want *out)
{
    int most = from->role == STET_ROLE_ROBOTS ? STET_MAX_ROBOTS_REDIRECTS
                                              : STET_MAX_REDIRECTS;
    struct stet_place place;

    *out = (struct stet_want){ .role = from->role,
                               .resource = from->resource,
                               .hop = 'R',
                               .depth = from->depth,
                               .embeds = from->embeds,
                               .redirects = from->redirects + 1,
                               .outside = from->outside };
    if (out->redirects > most)
        return refuse(out, STET_RULE_REDIRECTS);
    if (!may_follow(s, from, url, &place, out) &&
        !(out->rule == STET_RULE_EXCLUDE && from->role == STET_ROLE_ROBOTS))
        return false;
    if (from->role == STET_ROLE_PAGE && from->outside == 0 &&
        !stet_scope_holds(s, url, &place, out)) {
        if (s->extra_hops == 0)
            return false;
        out->outside = 1;
    }
    return accept(out, STET_RULE_REDIRECT);
}

bool stet_scope_favicon(const struct stet_scope *s,
                        const struct stet_target *from, struct stet_span url,
                        struct stet_want *out)
{
    struct stet_place place;

    *out = (struct stet_want){ .role = STET_ROLE_REQUISITE,
                               .resource = STET_RESOURCE_IMAGE,
                               .hop = 'I',
                               .depth = from->depth,
                               .embeds = 1 };
    if (!stet_role_is_page(from->role))
        return refuse(out, STET_RULE_KIND);
    if (!may_follow(s, from, url, &place, out))
        return false;
    return s->requisites ? accept(out, STET_RULE_REQUISITE)
                         : refuse(out, STET_RULE_NO_REQUISITES);
}

bool stet_scope_asks_robots(const struct stet_target *t)
{
    return stet_role_is_page(t->role) || t->role == STET_ROLE_LINKED ||
           t->role == STET_ROLE_LIST;
}
