#include "crawl/work.h"

#include "base/ascii.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "stet/url.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define REVISIT "revisit-after"

void stet_work_init(struct stet_work *w)
{
    *w = (struct stet_work){ .depth = -1, .revisit_after_ms = -1 };
    stet_arena_init(&w->text, STET_MAX_WORK_BYTES);
}

void stet_work_clear(struct stet_work *w)
{
    stet_free(w->include.items);
    stet_free(w->exclude.items);
    stet_free(w->sitemaps.items);
    stet_free(w->seeds.items);
    stet_free(w->credentials);
    stet_arena_clear(&w->text);
    stet_work_init(w);
}

/* Adds a copy of s. */
static int add(struct stet_work *w, struct stet_spans *list, struct stet_span s,
               struct stet_error *err)
{
    struct stet_span kept = stet_arena_dup(&w->text, s);

    if (!kept.ptr || stet_grow_array(&list->items, &list->cap, list->len + 1,
                                     sizeof(*list->items)) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for seeds");
    list->items[list->len++] = kept;
    return STET_OK;
}

/* Adds s with its percent-escapes undone. */
static void add_decoded(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        int high = i + 2 < s.len && s.ptr[i] == '%'
                       ? stet_hex_value((unsigned char)s.ptr[i + 1])
                       : -1;
        int low = high >= 0 ? stet_hex_value((unsigned char)s.ptr[i + 2]) : -1;
        if (low >= 0) {
            stet_buf_addc(out, (char)(high << 4 | low));
            i += 2;
        } else {
            stet_buf_addc(out, s.ptr[i]);
        }
    }
}

/* Takes user name and password out of a seed, to be sent and not kept. */
static int take_credentials(struct stet_work *w, struct stet_url *u,
                            struct stet_error *err)
{
    struct stet_credentials c = { .text = { NULL, 0 } };
    struct stet_buf text;
    int rc;

    if (!stet_url_has_credentials(u))
        return STET_OK;
    stet_buf_init(&text, STET_MAX_CREDENTIALS);
    add_decoded(&text, stet_url_username(u));
    stet_buf_addc(&text, ':');
    add_decoded(&text, stet_url_password(u));
    stet_url_strip_credentials(u);
    rc = stet_buf_status(&text);
    if (rc == STET_OK) {
        c.text = stet_arena_dup(&w->text, stet_buf_span(&text));
        c.url = stet_arena_dup(&w->text, stet_url_page(u));
        if (!c.text.ptr || !c.url.ptr)
            rc = STET_ENOMEM;
    }
    if (rc == STET_OK)
        rc = stet_grow_array(&w->credentials, &w->cap_credentials,
                             w->n_credentials + 1, sizeof(*w->credentials));
    if (rc == STET_OK)
        w->credentials[w->n_credentials++] = c;
    stet_buf_clear(&text);
    return rc < 0 ? stet_fail(err, rc == STET_ELIMIT ? STET_EUSAGE : rc,
                              "the password of a URL is too long")
                  : STET_OK;
}

static int add_url(struct stet_work *w, struct stet_spans *list,
                   const char *text, struct stet_error *err)
{
    struct stet_url u;
    int rc;

    stet_url_init(&u);
    rc = stet_url_parse(&u, stet_span_of(text), NULL, NULL);
    if (rc == STET_ENOMEM)
        rc = stet_fail(err, rc, "no memory for seeds");
    else if (rc < 0)
        rc = stet_fail(err, STET_EUSAGE, "not a URL: %.150s", text);
    else if (!stet_url_is_http(&u))
        rc = stet_fail(err, STET_EUSAGE, "not an http or https URL: %.150s",
                       text);
    if (rc == STET_OK)
        rc = take_credentials(w, &u, err);
    if (rc == STET_OK)
        rc = add(w, list, stet_url_page(&u), err);
    stet_url_clear(&u);
    return rc;
}

static int add_expressions(struct stet_work *w, struct stet_spans *list,
                           const char *const *items, size_t n,
                           struct stet_error *err)
{
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < n; i++) {
        if (strchr(items[i], '\n'))
            return stet_fail(err, STET_EUSAGE,
                             "an expression is not one line of text");
        rc = add(w, list, stet_span_of(items[i]), err);
    }
    return rc;
}

int stet_work_of_options(struct stet_work *w,
                         const struct stet_crawl_options *o,
                         struct stet_error *err)
{
    int rc;

    w->scope = o->scope;
    w->depth = o->depth;
    w->extra_hops = o->extra_hops;
    w->related_hops = o->related_hops;
    w->linked_images = o->linked_images;
    w->check_traps = o->check_traps;
    w->robots_sitemaps = o->robots_sitemaps;
    w->revisit_after_ms = o->revisit_after_ms;
    rc = add_expressions(w, &w->include, o->include, o->n_include, err);
    if (rc == STET_OK)
        rc = add_expressions(w, &w->exclude, o->exclude, o->n_exclude, err);
    for (size_t i = 0; rc == STET_OK && i < o->n_sitemaps; i++)
        rc = add_url(w, &w->sitemaps, o->sitemaps[i], err);
    for (size_t i = 0; rc == STET_OK && i < o->n_urls; i++)
        rc = add_url(w, &w->seeds, o->urls[i], err);
    return rc;
}

/* The lines that hold a number, and where they belong. */
struct number {
    const char *name;
    int value;
};

enum { N_NUMBERS = 7 };

static void numbers_of(struct number out[N_NUMBERS], const struct stet_work *w)
{
    const struct number list[N_NUMBERS] = {
        { "scope", (int)w->scope },
        { "depth", w->depth },
        { "extra-hops", w->extra_hops },
        { "related", w->related_hops },
        { "linked-images", w->linked_images },
        { "trap-check", w->check_traps },
        { "sitemaps", w->robots_sitemaps },
    };

    memcpy(out, list, sizeof(list));
}

static void print_list(struct stet_buf *out, const char *name,
                       const struct stet_spans *list)
{
    for (size_t i = 0; i < list->len; i++) {
        stet_buf_addf(out, "%s ", name);
        stet_buf_add_span(out, list->items[i]);
        stet_buf_addc(out, '\n');
    }
}

int stet_work_print(struct stet_buf *out, const struct stet_work *w)
{
    struct number numbers[N_NUMBERS];

    numbers_of(numbers, w);
    for (size_t i = 0; i < N_NUMBERS; i++)
        stet_buf_addf(out, "%s %d\n", numbers[i].name, numbers[i].value);
    /* Runs of a time before the option are to be known again. */
    if (w->revisit_after_ms >= 0)
        stet_buf_addf(out, "%s %" PRId64 "\n", REVISIT, w->revisit_after_ms);
    print_list(out, "include", &w->include);
    print_list(out, "exclude", &w->exclude);
    print_list(out, "sitemap", &w->sitemaps);
    print_list(out, "seed", &w->seeds);
    return stet_buf_status(out);
}

static void take_numbers(struct stet_work *w, const struct number *n)
{
    w->scope = (enum stet_crawl_scope)n[0].value;
    w->depth = n[1].value;
    w->extra_hops = n[2].value;
    w->related_hops = n[3].value;
    w->linked_images = n[4].value != 0;
    w->check_traps = n[5].value != 0;
    w->robots_sitemaps = n[6].value != 0;
}

/* A whole decimal number, perhaps negative. */
static bool read_number(struct stet_span s, int *out)
{
    char text[16], *end = NULL;
    long n;

    if (s.len == 0 || s.len >= sizeof(text))
        return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = '\0';
    n = strtol(text, &end, 10);
    *out = (int)n;
    return !*end && n >= -1 && n <= STET_CRAWL_MAX_HOPS;
}

static bool read_time(struct stet_span s, int64_t *out)
{
    uint64_t n = 0;

    if (!stet_span_to_u64(s, &n) || n > STET_CRAWL_MAX_REVISIT_MS)
        return false;
    *out = (int64_t)n;
    return true;
}

static struct stet_spans *list_of(struct stet_work *w, struct stet_span name)
{
    if (stet_span_eqs(name, "include"))
        return &w->include;
    if (stet_span_eqs(name, "exclude"))
        return &w->exclude;
    if (stet_span_eqs(name, "sitemap"))
        return &w->sitemaps;
    return stet_span_eqs(name, "seed") ? &w->seeds : NULL;
}

static int parse_line(struct stet_work *w, struct number *numbers,
                      struct stet_span line, struct stet_error *err)
{
    struct stet_span name = stet_span_cut(&line, ' ');
    struct stet_spans *list = list_of(w, name);

    if (list)
        return add(w, list, line, err);
    if (stet_span_eqs(name, REVISIT) && read_time(line, &w->revisit_after_ms))
        return STET_OK;
    for (size_t i = 0; i < N_NUMBERS; i++) {
        if (stet_span_eqs(name, numbers[i].name) &&
            read_number(line, &numbers[i].value))
            return STET_OK;
    }
    return stet_fail(err, STET_EFORMAT, "the work of a run: '%.*s'",
                     (int)stet_span_sub(name, 0, 40).len, name.ptr);
}

int stet_work_parse(struct stet_work *w, struct stet_span text,
                    struct stet_error *err)
{
    struct number numbers[N_NUMBERS];
    int rc = STET_OK;

    numbers_of(numbers, w);
    while (rc == STET_OK && text.len > 0)
        rc = parse_line(w, numbers, stet_span_cut(&text, '\n'), err);
    if (rc == STET_OK && numbers[0].value > STET_CRAWL_ANY)
        rc = stet_fail(err, STET_EFORMAT, "the work of a run: its scope");
    if (rc == STET_OK)
        take_numbers(w, numbers);
    return rc;
}
