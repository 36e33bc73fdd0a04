/*
 * Any bytes as the value of a srcset attribute.  The standard's own steps
 * ("parse a srcset attribute"), followed to the letter but keeping candidates
 * whose descriptors are bad, say which URLs there are; all of them that can
 * be fetched are found, where they stand, and nothing else is.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/span.h"
#include "stet/links.h"
#include "stet/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BASE "https://h.example/d/p.html"

static void demand(bool ok)
{
    if (!ok)
        abort();
}

struct steps {
    struct stet_span input;
    size_t at;
    struct stet_url base;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* Steps 8 and 9: descriptors, by their state machine. */
static void pass_descriptors(struct steps *s)
{
    enum { IN_DESCRIPTOR, IN_PARENS, AFTER_DESCRIPTOR } state = IN_DESCRIPTOR;

    for (; s->at < s->input.len; s->at++) {
        char c = s->input.ptr[s->at];

        if (state == AFTER_DESCRIPTOR && !is_space(c))
            state = IN_DESCRIPTOR;
        if (state == IN_PARENS) {
            state = c == ')' ? IN_DESCRIPTOR : IN_PARENS;
        } else if (state == IN_DESCRIPTOR) {
            if (c == ',') {
                s->at++;
                return;
            }
            state = is_space(c) ? AFTER_DESCRIPTOR
                    : c == '('  ? IN_PARENS
                                : IN_DESCRIPTOR;
        }
    }
}

/* Steps 4 to 9: the next URL, or false. */
static bool next_candidate(struct steps *s, struct stet_span *url)
{
    size_t from;

    while (s->at < s->input.len &&
           (is_space(s->input.ptr[s->at]) || s->input.ptr[s->at] == ','))
        s->at++;
    if (s->at == s->input.len)
        return false;
    from = s->at;
    while (s->at < s->input.len && !is_space(s->input.ptr[s->at]))
        s->at++;
    *url = stet_span_sub(s->input, from, s->at - from);
    if (url->ptr[url->len - 1] != ',') {
        pass_descriptors(s);
        return true;
    }
    while (url->len && url->ptr[url->len - 1] == ',')
        url->len--;
    return true;
}

/* The next candidate that is a URL of the kind that is reported. */
static bool next_link(struct steps *s, struct stet_url *u,
                      struct stet_span *raw)
{
    while (next_candidate(s, raw)) {
        if (raw->ptr[0] == '#' || raw->len > STET_MAX_LINK_URL ||
            stet_url_parse(u, *raw, &s->base, NULL) != STET_OK)
            continue;
        if (stet_span_eqs(stet_url_scheme(u), "http") ||
            stet_span_eqs(stet_url_scheme(u), "https") ||
            stet_span_eqs(stet_url_scheme(u), "ftp"))
            return true;
    }
    return false;
}

static int judge_link(void *ctx, const struct stet_link *l)
{
    struct steps *s = ctx;
    struct stet_span raw;
    struct stet_url u;

    stet_url_init(&u);
    demand(next_link(s, &u, &raw));
    demand(stet_span_eq(stet_url_page(&u), l->url));
    demand(stet_span_eq(stet_url_hash(&u), l->fragment));
    demand(l->offset == (uint64_t)(raw.ptr - s->input.ptr));
    demand(l->length == raw.len && l->place == STET_PLACE_TEXT);
    stet_url_clear(&u);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct steps s = { .input = { (const char *)data, size } };
    struct stet_links_options o = {
        .type = STET_LINKS_SRCSET,
        .base = STET_SPAN_INIT(BASE),
    };
    struct stet_span raw;
    struct stet_url u;

    stet_url_init(&s.base);
    stet_url_init(&u);
    demand(stet_url_parse(&s.base, o.base, NULL, NULL) == STET_OK);
    demand(stet_links_find(&o, s.input, judge_link, &s, NULL) == STET_OK);
    demand(!next_link(&s, &u, &raw));
    stet_url_clear(&s.base);
    stet_url_clear(&u);
    return 0;
}
