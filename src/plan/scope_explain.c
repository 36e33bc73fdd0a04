#include "plan/scope_rules.h"

#include "base/span.h"

static const char *links(int n)
{
    return n == 1 ? "link" : "links";
}

/* Whose page it is or is not, under the scope's own rule. */
static void say_scope(const struct stet_scope *s, struct stet_span url, bool in,
                      struct stet_buf *out)
{
    const char *is = in ? "is" : "is not";
    struct stet_place p;
    struct stet_span host;

    if (!stet_place_split(&p, url))
        return;
    host = p.host;
    switch (s->kind) {
    case STET_SCOPE_PAGE:
        stet_buf_adds(out, "only seeds are pages");
        break;
    case STET_SCOPE_CLUSTER:
        stet_buf_adds(out, "only seeds and related stories are pages");
        break;
    case STET_SCOPE_PREFIX:
        stet_buf_addf(out, "it %s in a seed's folder", is);
        break;
    case STET_SCOPE_HOST:
        stet_buf_addf(out, "%.*s%.*s %s a seed's host", (int)host.len, host.ptr,
                      (int)p.port.len, p.port.ptr, is);
        break;
    case STET_SCOPE_DOMAIN:
        host = stet_scope_domain(&p);
        stet_buf_addf(out, "%.*s %s a seed's domain", (int)host.len, host.ptr,
                      is);
        break;
    case STET_SCOPE_ANY:
        stet_buf_adds(out, "every page is in scope");
        break;
    }
    stet_buf_addf(out, " (--scope %s)", stet_scope_kind_name(s->kind));
}

static void say_pattern(const struct stet_patterns *p, int i,
                        const char *option, struct stet_buf *out)
{
    struct stet_span source = { "", 0 };

    if (i >= 0 && (size_t)i < p->len)
        source = stet_regex_source(p->items[i]);
    stet_buf_addf(out, "it matches %s ", option);
    stet_buf_add_span(out, source);
}

static void say_outside(const struct stet_scope *s, struct stet_span url,
                        const struct stet_want *w, struct stet_buf *out)
{
    say_scope(s, url, false, out);
    if (s->extra_hops > 0 && w->outside > 0)
        stet_buf_addf(out,
                      ", and it is %d %s from a page in scope "
                      "(--extra-hops %d)",
                      w->outside, links(w->outside), s->extra_hops);
}

/* What needs no more than words. */
static const char *plain_words(enum stet_rule r)
{
    static const struct {
        enum stet_rule rule;
        const char *words;
    } all[] = {
        { STET_RULE_SEED, "it is a seed" },
        { STET_RULE_RELATED, "a story lists it as related" },
        { STET_RULE_REDIRECT, "it is where a redirect leads" },
        { STET_RULE_REQUISITE, "a page needs it" },
        { STET_RULE_LINKED_IMAGE, "it is a picture that a page links to" },
        { STET_RULE_LIST, "it is a feed or a sitemap of the site" },
        { STET_RULE_SCHEME, "only http and https are fetched" },
        { STET_RULE_KIND, "no link of this kind is followed" },
        { STET_RULE_NOFOLLOW, "the link says nofollow" },
        { STET_RULE_NO_REQUISITES, "requisites are not wanted" },
        { STET_RULE_NO_LINKED_IMAGES, "linked images are not wanted" },
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        if (all[i].rule == r)
            return all[i].words;
    return "";
}

/* False: not a matter of traps. */
static bool say_trap(const struct stet_trap_limits *l, enum stet_rule r,
                     struct stet_buf *out)
{
    switch ((int)r) {
    case STET_RULE_URL_LENGTH:
        stet_buf_addf(out, "its URL is longer than %d bytes", l->max_url);
        break;
    case STET_RULE_PATH_DEPTH:
        stet_buf_addf(out, "its path has more than %d parts", l->max_parts);
        break;
    case STET_RULE_PATH_REPEATS:
        stet_buf_addf(out, "its path repeats itself %d times or more",
                      l->max_repeats);
        break;
    case STET_RULE_CALENDAR:
        stet_buf_adds(out, "a calendar goes on without end, and its day is "
                           "far from today");
        break;
    case STET_RULE_PARAMETERS:
        stet_buf_addf(out, "it has more than %d parameters", l->max_parameters);
        break;
    case STET_RULE_PARAMETER_REPEATS:
        stet_buf_addf(out, "it has the same parameter %d times or more",
                      l->max_repeats);
        break;
    case STET_RULE_FACETS:
        stet_buf_adds(out, "its path has had too many combinations of "
                           "parameters");
        break;
    case STET_RULE_SESSION:
        stet_buf_adds(out, "the same page was taken under another session id");
        break;
    default:
        return false;
    }
    return true;
}

void stet_scope_explain(const struct stet_scope *s, struct stet_span url,
                        bool taken, const struct stet_want *w,
                        struct stet_buf *out)
{
    stet_buf_adds(out, taken ? "taken: " : "refused: ");
    switch ((int)w->rule) {
    case STET_RULE_SCOPE:
        say_scope(s, url, true, out);
        break;
    case STET_RULE_OUT_OF_SCOPE:
        say_outside(s, url, w, out);
        break;
    case STET_RULE_EXTRA_HOPS:
        stet_buf_addf(out, "it is %d %s from a page in scope (--extra-hops %d)",
                      w->outside, links(w->outside), s->extra_hops);
        break;
    case STET_RULE_INCLUDE:
        say_pattern(&s->includes, w->pattern, "--include", out);
        break;
    case STET_RULE_EXCLUDE:
        say_pattern(&s->excludes, w->pattern, "--exclude", out);
        break;
    case STET_RULE_DEPTH:
        stet_buf_addf(out, "it is %d %s from a seed (--depth %d)", w->depth,
                      links(w->depth), s->max_depth);
        break;
    case STET_RULE_RELATED_HOPS:
        stet_buf_addf(out, "related stories are followed for %d %s only",
                      s->related_hops, links(s->related_hops));
        break;
    case STET_RULE_HOPS:
        stet_buf_addf(out, "it is more than %d hops from a seed",
                      STET_MAX_HOPS);
        break;
    case STET_RULE_EMBEDS:
        stet_buf_addf(out, "it is embedded more than %d deep", STET_MAX_EMBEDS);
        break;
    case STET_RULE_REDIRECTS:
        stet_buf_addf(out, "more than %d redirects in a row",
                      w->role == STET_ROLE_ROBOTS ? STET_MAX_ROBOTS_REDIRECTS
                                                  : STET_MAX_REDIRECTS);
        break;
    case STET_RULE_LISTS:
        stet_buf_addf(out, "it is more than %d lists deep", STET_MAX_LISTS);
        break;
    default:
        if (!say_trap(&s->traps, w->rule, out))
            stet_buf_adds(out, plain_words(w->rule));
        break;
    }
}
