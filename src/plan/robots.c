#include "stet/robots.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/utf8.h"
#include "plan/pattern.h"

#include <string.h>

/* A rule belongs to the group it stands in; groups follow one another in
 * the array of rules. */
struct rule {
    struct stet_span text; /* as written, in the copied body */
    size_t pattern;        /* where its normal form starts in `patterns` */
    size_t pattern_len;
    size_t weight;
    size_t line;
    bool allow;
};

struct group {
    size_t first, end; /* its rules */
    int64_t delay_ms;  /* -1: none */
};

struct agent {
    struct stet_span token; /* "*": all others */
    size_t group;
};

struct stet_robots {
    struct stet_buf body;
    struct stet_buf patterns;
    struct rule *rules;
    size_t n_rules, cap_rules;
    struct group *groups;
    size_t n_groups, cap_groups;
    struct agent *agents;
    size_t n_agents, cap_agents;
    struct stet_span *sitemaps;
    size_t n_sitemaps, cap_sitemaps;
    bool truncated;
};

/* -- reading -------------------------------------------------------------- */

struct reader {
    struct stet_robots *r;
    size_t line;
    bool naming; /* the last record that counts named an agent */
};

enum field {
    FIELD_OTHER,
    FIELD_AGENT,
    FIELD_ALLOW,
    FIELD_DISALLOW,
    FIELD_DELAY,
    FIELD_SITEMAP,
};

/* The names, and the slips of the pen that Google's parser forgives. */
static enum field field_of(struct stet_span key)
{
    static const struct {
        const char *name;
        enum field field;
    } names[] = {
        { "user-agent", FIELD_AGENT },  { "useragent", FIELD_AGENT },
        { "user agent", FIELD_AGENT },  { "disallow", FIELD_DISALLOW },
        { "allow", FIELD_ALLOW },       { "dissallow", FIELD_DISALLOW },
        { "dissalow", FIELD_DISALLOW }, { "disalow", FIELD_DISALLOW },
        { "diasllow", FIELD_DISALLOW }, { "disallaw", FIELD_DISALLOW },
        { "crawl-delay", FIELD_DELAY }, { "crawldelay", FIELD_DELAY },
        { "sitemap", FIELD_SITEMAP },   { "site-map", FIELD_SITEMAP },
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (stet_span_ieqs(key, names[i].name))
            return names[i].field;
    }
    return FIELD_OTHER;
}

static size_t token_length(struct stet_span s, bool digits)
{
    size_t n = 0;

    while (n < s.len && (stet_is_alpha((unsigned char)s.ptr[n]) ||
                         s.ptr[n] == '-' || s.ptr[n] == '_' ||
                         (digits && stet_is_digit((unsigned char)s.ptr[n]))))
        n++;
    return n;
}

/* The product token at the front, or "*". */
static struct stet_span token_of(struct stet_span s)
{
    if (s.len > 0 && s.ptr[0] == '*' &&
        (s.len == 1 || stet_is_space((unsigned char)s.ptr[1])))
        return stet_span_sub(s, 0, 1);
    return stet_span_sub(s, 0, token_length(s, true));
}

/*
 * A token of RFC 9309 (2.2.1) has no digits: a line's token ends where they
 * begin.  Crawlers and files that use them all the same mean all of it.
 */
static bool is_named(struct stet_span line, struct stet_span token)
{
    if (stet_span_ieq(line, token))
        return true;
    line.len = token_length(line, false);
    return line.len > 0 && stet_span_ieq(line, token);
}

static int add_agent(struct reader *p, struct stet_span value)
{
    struct stet_robots *r = p->r;
    int rc;

    if (!p->naming) {
        rc = stet_grow_array(&r->groups, &r->cap_groups, r->n_groups + 1,
                             sizeof(*r->groups));
        if (rc < 0)
            return rc;
        r->groups[r->n_groups++] = (struct group){ r->n_rules, r->n_rules, -1 };
        p->naming = true;
    }
    rc = stet_grow_array(&r->agents, &r->cap_agents, r->n_agents + 1,
                         sizeof(*r->agents));
    if (rc < 0)
        return rc;
    r->agents[r->n_agents++] =
        (struct agent){ token_of(value), r->n_groups - 1 };
    return STET_OK;
}

static int add_rule(struct reader *p, struct stet_span value, bool allow)
{
    struct stet_robots *r = p->r;
    struct rule rule = { .text = value, .line = p->line, .allow = allow };
    int rc;

    p->naming = false;
    if (value.len == 0 || r->n_groups == 0)
        return STET_OK;
    if (r->n_rules == STET_MAX_ROBOTS_RULES) {
        r->truncated = true;
        return STET_OK;
    }
    rc = stet_grow_array(&r->rules, &r->cap_rules, r->n_rules + 1,
                         sizeof(*r->rules));
    if (rc < 0)
        return rc;
    rule.pattern = r->patterns.len;
    rule.weight = stet_pattern_add(&r->patterns, value);
    rule.pattern_len = r->patterns.len - rule.pattern;
    r->rules[r->n_rules++] = rule;
    r->groups[r->n_groups - 1].end = r->n_rules;
    return stet_buf_status(&r->patterns);
}

/* Seconds, with or without a fraction; the longest of a group counts. */
static void add_delay(struct stet_robots *r, struct stet_span value)
{
    struct stet_span whole = stet_span_cut(&value, '.');
    int64_t unit = 100, ms;
    uint64_t seconds;

    if (r->n_groups == 0 || !stet_span_to_u64(whole, &seconds))
        return;
    if (seconds > STET_MAX_ROBOTS_DELAY_MS / 1000)
        seconds = STET_MAX_ROBOTS_DELAY_MS / 1000;
    ms = (int64_t)seconds * 1000;
    for (size_t i = 0; i < value.len; i++, unit /= 10) {
        if (!stet_is_digit((unsigned char)value.ptr[i]))
            return;
        ms += (value.ptr[i] - '0') * unit;
    }
    if (ms > STET_MAX_ROBOTS_DELAY_MS)
        ms = STET_MAX_ROBOTS_DELAY_MS;
    if (ms > r->groups[r->n_groups - 1].delay_ms)
        r->groups[r->n_groups - 1].delay_ms = ms;
}

static int add_sitemap(struct stet_robots *r, struct stet_span value)
{
    int rc;

    if (value.len == 0)
        return STET_OK;
    if (r->n_sitemaps == STET_MAX_ROBOTS_SITEMAPS) {
        r->truncated = true;
        return STET_OK;
    }
    rc = stet_grow_array(&r->sitemaps, &r->cap_sitemaps, r->n_sitemaps + 1,
                         sizeof(*r->sitemaps));
    if (rc == STET_OK)
        r->sitemaps[r->n_sitemaps++] = value;
    return rc;
}

/* "key: value"; or "key value", which Google takes for the same. */
static bool split_line(struct stet_span line, struct stet_span *key,
                       struct stet_span *value)
{
    size_t n = stet_span_find(line, STET_SPAN("#"));

    line = stet_span_trim(stet_span_sub(line, 0, n));
    n = stet_span_find(line, STET_SPAN(":"));
    if (n == line.len) {
        n = 0;
        while (n < line.len && !stet_is_space((unsigned char)line.ptr[n]))
            n++;
    }
    if (n == line.len)
        return false;
    *key = stet_span_trim(stet_span_sub(line, 0, n));
    *value = stet_span_trim(stet_span_sub(line, n + 1, line.len));
    return true;
}

static int read_line(struct reader *p, struct stet_span line)
{
    struct stet_span key, value;

    p->line++;
    if (!split_line(line, &key, &value))
        return STET_OK;
    switch (field_of(key)) {
    case FIELD_AGENT:
        return add_agent(p, value);
    case FIELD_ALLOW:
        return add_rule(p, value, true);
    case FIELD_DISALLOW:
        return add_rule(p, value, false);
    case FIELD_DELAY:
        add_delay(p->r, value);
        break;
    case FIELD_SITEMAP:
        return add_sitemap(p->r, value);
    case FIELD_OTHER:
        break;
    }
    return STET_OK;
}

/* A byte order mark, or as much of one as there is. */
static struct stet_span without_bom(struct stet_span s)
{
    static const char bom[] = "\xEF\xBB\xBF";

    for (size_t i = 0; i < 3 && s.len > 0 && s.ptr[0] == bom[i]; i++)
        s = stet_span_sub(s, 1, s.len);
    return s;
}

static int read_body(struct stet_robots *r, struct stet_span s)
{
    struct reader p = { .r = r };
    int rc = STET_OK;

    s = without_bom(s);
    while (rc == STET_OK && s.len > 0) {
        size_t n = 0;
        while (n < s.len && s.ptr[n] != '\n' && s.ptr[n] != '\r')
            n++;
        rc = read_line(&p, stet_span_sub(s, 0, n));
        if (n + 1 < s.len && s.ptr[n] == '\r' && s.ptr[n + 1] == '\n')
            n++;
        s = stet_span_sub(s, n + 1, s.len);
    }
    return rc;
}

/* Cuts at a line's end: half a rule would be a wider rule. */
static struct stet_span limit_body(struct stet_robots *r, struct stet_span s)
{
    if (s.len <= STET_MAX_ROBOTS_BYTES)
        return s;
    r->truncated = true;
    s.len = STET_MAX_ROBOTS_BYTES;
    while (s.len > 0 && s.ptr[s.len - 1] != '\n' && s.ptr[s.len - 1] != '\r')
        s.len--;
    return s;
}

/* The file must be UTF-8; one that says by its mark that it is UTF-16 is
 * still read (surrogates as U+FFFD: no rule needs them). */
static void add_utf16(struct stet_buf *out, struct stet_span s, bool little)
{
    for (size_t i = 2; i + 1 < s.len; i += 2) {
        unsigned a = (unsigned char)s.ptr[i];
        unsigned b = (unsigned char)s.ptr[i + 1];
        unsigned unit = little ? b << 8 | a : a << 8 | b;
        stet_utf8_add(out,
                      (unit & 0xF800) == 0xD800 ? STET_UTF8_REPLACEMENT : unit);
    }
}

static int copy_body(struct stet_robots *r, struct stet_span s)
{
    bool little = stet_span_starts(s, STET_SPAN("\xFF\xFE"));

    s = limit_body(r, s);
    if (little || stet_span_starts(s, STET_SPAN("\xFE\xFF")))
        add_utf16(&r->body, s, little);
    else
        stet_buf_add_span(&r->body, s);
    return stet_buf_status(&r->body);
}

int stet_robots_parse(struct stet_robots **out, struct stet_span body,
                      struct stet_error *err)
{
    struct stet_robots *r = stet_alloc(sizeof(*r));
    int rc = STET_ENOMEM;

    *out = NULL;
    if (!r)
        goto done;
    stet_buf_init(&r->patterns, 6 * (size_t)STET_MAX_ROBOTS_BYTES);
    stet_buf_init(&r->body, 2 * (size_t)STET_MAX_ROBOTS_BYTES);
    rc = copy_body(r, body);
    if (rc == STET_OK)
        rc = read_body(r, stet_buf_span(&r->body));
    if (rc == STET_OK) {
        *out = r;
        r = NULL;
    }
done:
    if (rc < 0)
        stet_fail(err, rc, "robots.txt: %s", stet_strerror(rc));
    stet_robots_free(r);
    return rc;
}

void stet_robots_free(struct stet_robots *r)
{
    if (!r)
        return;
    stet_buf_clear(&r->patterns);
    stet_buf_clear(&r->body);
    stet_free(r->rules);
    stet_free(r->groups);
    stet_free(r->agents);
    stet_free(r->sitemaps);
    stet_free(r);
}

size_t stet_robots_sitemaps(const struct stet_robots *r)
{
    return r->n_sitemaps;
}

struct stet_span stet_robots_sitemap(const struct stet_robots *r, size_t i)
{
    return i < r->n_sitemaps ? r->sitemaps[i] : (struct stet_span){ "", 0 };
}

bool stet_robots_is_truncated(const struct stet_robots *r)
{
    return r->truncated;
}

/* -- asking --------------------------------------------------------------- */

static struct stet_span pattern_of(const struct stet_robots *r,
                                   const struct rule *rule)
{
    return stet_span_sub(stet_buf_span(&r->patterns), rule->pattern,
                         rule->pattern_len);
}

/* The heavier rule counts; of two that weigh the same, the one that
 * allows. */
static bool outweighs(const struct rule *a, const struct rule *b)
{
    if (!b || a->weight != b->weight)
        return !b || a->weight > b->weight;
    return a->allow && !b->allow;
}

static const struct rule *best_of(const struct stet_robots *r,
                                  const struct group *g,
                                  struct stet_span target,
                                  const struct rule *best)
{
    for (size_t i = g->first; i < g->end; i++) {
        const struct rule *rule = &r->rules[i];
        if (outweighs(rule, best) &&
            stet_pattern_matches(pattern_of(r, rule), target))
            best = rule;
    }
    return best;
}

/* All groups of one token, merged; false: there is none. */
static bool ask_groups(const struct stet_robots *r, struct stet_span token,
                       struct stet_span target, const struct rule **best,
                       int64_t *delay_ms)
{
    bool found = false;

    for (size_t i = 0; i < r->n_agents; i++) {
        const struct group *g = &r->groups[r->agents[i].group];
        if (!is_named(r->agents[i].token, token))
            continue;
        found = true;
        *best = best_of(r, g, target, *best);
        if (g->delay_ms > *delay_ms)
            *delay_ms = g->delay_ms;
    }
    return found;
}

int stet_robots_allows(const struct stet_robots *r, struct stet_span agent,
                       struct stet_span target, struct stet_robots_verdict *v)
{
    struct stet_span token = token_of(agent);
    const struct rule *best = NULL;
    struct stet_buf normal;
    int rc;

    *v = (struct stet_robots_verdict){ .allowed = true,
                                       .rule = { "", 0 },
                                       .crawl_delay_ms = -1 };
    stet_buf_init(&normal, STET_MAX_ROBOTS_TARGET);
    stet_pattern_add_target(&normal, target.len > 0 ? target : STET_SPAN("/"));
    if (token.len == 0 || stet_span_eqs(token, "*") ||
        !ask_groups(r, token, stet_buf_span(&normal), &best,
                    &v->crawl_delay_ms))
        ask_groups(r, STET_SPAN("*"), stet_buf_span(&normal), &best,
                   &v->crawl_delay_ms);
    if (best && !stet_span_eqs(stet_buf_span(&normal), "/robots.txt")) {
        v->allowed = best->allow;
        v->rule = best->text;
        v->line = best->line;
    }
    rc = stet_buf_status(&normal);
    if (rc < 0)
        v->allowed = false;
    stet_buf_clear(&normal);
    return rc;
}
