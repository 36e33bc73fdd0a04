#include "plan/trap.h"

#include "base/ascii.h"
#include "base/span.h"

enum {
    MAX_PARTS = 128, /* of a path or query that are compared */
    MIN_WORD = 3,    /* bytes of a part that may not come back */
};

void stet_trap_limits_init(struct stet_trap_limits *l, int64_t now_ms)
{
    *l = (struct stet_trap_limits){ .max_url = 2000,
                                    .max_parts = 20,
                                    .max_repeats = 3,
                                    .max_parameters = 20,
                                    .max_days_ahead = 366,
                                    .now_ms = now_ms,
                                    .max_old_days = 500,
                                    .max_facets = 1000,
                                    .sessions = true };
}

struct parts {
    struct stet_span of[MAX_PARTS];
    size_t len; /* in `of` */
    int all;
};

static void cut_at(struct parts *p, struct stet_span s, char a, char b)
{
    size_t begin = 0;

    p->len = 0;
    p->all = 0;
    for (size_t i = 0; i <= s.len; i++) {
        if (i < s.len && s.ptr && s.ptr[i] != a && s.ptr[i] != b)
            continue;
        if (p->len < MAX_PARTS)
            p->of[p->len++] = stet_span_sub(s, begin, i - begin);
        p->all++;
        begin = i + 1;
    }
}

static bool is_number(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!stet_is_digit((unsigned char)s.ptr[i]))
            return false;
    return s.len > 0;
}

static bool has_word(const struct stet_span *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_number(parts[i]))
            return true;
    return false;
}

/* Some run of parts comes `most` times in a row. */
static bool repeats_in_a_row(const struct parts *p, size_t most)
{
    for (size_t period = 1; period * most <= p->len; period++) {
        size_t same = 0;

        for (size_t i = period; i < p->len; i++) {
            same = stet_span_eq(p->of[i], p->of[i - period]) ? same + 1 : 0;
            if (same >= period * (most - 1) &&
                has_word(p->of + i + 1 - period, period))
                return true;
        }
    }
    return false;
}

static size_t count_of(const struct parts *p, size_t which)
{
    size_t n = 0;

    for (size_t i = which; i < p->len; i++)
        n += stet_span_eq(p->of[i], p->of[which]);
    return n;
}

static bool path_repeats(const struct parts *p, size_t most)
{
    for (size_t i = 0; i + most < p->len; i++)
        if (p->of[i].len >= MIN_WORD && !is_number(p->of[i]) &&
            count_of(p, i) > most)
            return true;
    return repeats_in_a_row(p, most);
}

static bool query_repeats(const struct parts *p, size_t most)
{
    for (size_t i = 0; i + most <= p->len; i++)
        if (p->of[i].len > 0 && count_of(p, i) >= most)
            return true;
    return false;
}

static bool caught(enum stet_rule *out, enum stet_rule rule)
{
    *out = rule;
    return true;
}

bool stet_trap_look(const struct stet_trap_limits *l, struct stet_span url,
                    const struct stet_place *place, enum stet_rule *rule)
{
    struct parts p;

    if (l->max_url > 0 && url.len > (size_t)l->max_url)
        return caught(rule, STET_RULE_URL_LENGTH);
    cut_at(&p, stet_span_sub(place->path, 1, place->path.len), '/', '/');
    if (l->max_parts > 0 && p.all > l->max_parts)
        return caught(rule, STET_RULE_PATH_DEPTH);
    if (l->max_repeats > 1 && path_repeats(&p, (size_t)l->max_repeats))
        return caught(rule, STET_RULE_PATH_REPEATS);
    if (place->query.len > 0) {
        cut_at(&p, place->query, '&', ';');
        if (l->max_parameters > 0 && p.all > l->max_parameters)
            return caught(rule, STET_RULE_PARAMETERS);
        if (l->max_repeats > 1 && query_repeats(&p, (size_t)l->max_repeats))
            return caught(rule, STET_RULE_PARAMETER_REPEATS);
    }
    if (stet_trap_is_ahead(l, place))
        return caught(rule, STET_RULE_CALENDAR);
    return false;
}
