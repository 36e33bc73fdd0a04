/*
 * stet diff A [B]
 *
 * What has changed between two archives, or two captures of pages in one.
 */
#include "cli/json.h"
#include "cli/options.h"

#include "stet/diff.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct args {
    const char *page, *from, *to;
    bool json, quiet;
};

static const struct cli_option options[] = {
    { "page", 0, CLI_STRING, "URL", "this page alone",
      offsetof(struct args, page) },
    { "from", 0, CLI_STRING, "TIME", "of the first side, nearest to TIME",
      offsetof(struct args, from) },
    { "to", 0, CLI_STRING, "TIME", "of the second side, nearest to TIME",
      offsetof(struct args, to) },
    { "json", 0, CLI_FLAG, NULL, "one JSON object a difference",
      offsetof(struct args, json) },
    { "quiet", 'q', CLI_FLAG, NULL, "no output, only the exit status",
      offsetof(struct args, quiet) },
    CLI_OPTIONS_END,
};

struct report {
    const struct args *args;
    char *page; /* the one that was last told of */
};

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s, strlen(s) };
}

enum { TIME_TEXT = 32 };

/* "2026-11-23T15:40:19Z", or "-". */
static const char *print_time(char out[TIME_TEXT], int64_t ms)
{
    time_t t = (time_t)(ms / 1000);
    struct tm tm;

    if (ms == INT64_MIN || !gmtime_r(&t, &tm) ||
        strftime(out, TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        return "-";
    return out;
}

static void put_json(const struct stet_diff *d)
{
    bool fact = d->kind == STET_DIFF_FACT;
    char a[TIME_TEXT], b[TIME_TEXT];

    putchar('{');
    cli_put_json_member(stdout, true, "kind",
                        span(stet_diff_kind_name(d->kind)));
    cli_put_json_member(stdout, false, "page", d->page);
    if (d->a_ms != INT64_MIN)
        cli_put_json_member(stdout, false, "from",
                            span(print_time(a, d->a_ms)));
    if (d->b_ms != INT64_MIN)
        cli_put_json_member(stdout, false, "to", span(print_time(b, d->b_ms)));
    cli_put_json_member(stdout, false, "name", d->name);
    /* Facts are JSON already. */
    if (fact && d->a.ptr)
        printf(",\"a\":%.*s", (int)d->a.len, d->a.ptr);
    if (fact && d->b.ptr)
        printf(",\"b\":%.*s", (int)d->b.len, d->b.ptr);
    if (!fact) {
        cli_put_json_member(stdout, false, "a", d->a);
        cli_put_json_member(stdout, false, "b", d->b);
    }
    printf("}\n");
}

static void put_line(const char *sign, const char *what, struct stet_span text)
{
    printf("  %s %s", sign, what);
    cli_put_text(stdout, text);
    putchar('\n');
}

/* A page is named once, before its first difference. */
static void put_page(struct report *r, const struct stet_diff *d)
{
    char a[TIME_TEXT], b[TIME_TEXT];

    if (r->page && strlen(r->page) == d->page.len &&
        memcmp(r->page, d->page.ptr, d->page.len) == 0)
        return;
    free(r->page);
    r->page = strndup(d->page.ptr, d->page.len);
    cli_put_text(stdout, d->page);
    printf("  %s  %s\n", print_time(a, d->a_ms), print_time(b, d->b_ms));
}

static void put_fact(const struct stet_diff *d)
{
    printf("  ~ ");
    cli_put_text(stdout, d->name);
    putchar('\n');
    if (d->a.ptr)
        put_line("  -", "", d->a);
    if (d->b.ptr)
        put_line("  +", "", d->b);
}

static void put_human(struct report *r, const struct stet_diff *d)
{
    put_page(r, d);
    switch (d->kind) {
    case STET_DIFF_PAGE_GONE:
        printf("  - the page\n");
        break;
    case STET_DIFF_PAGE_NEW:
        printf("  + the page\n");
        break;
    case STET_DIFF_FACT:
        put_fact(d);
        break;
    case STET_DIFF_TEXT_GONE:
        put_line("-", "text: ", d->a);
        break;
    case STET_DIFF_TEXT_NEW:
        put_line("+", "text: ", d->b);
        break;
    case STET_DIFF_NEEDED_GONE:
        put_line("-", "needs ", d->name);
        break;
    case STET_DIFF_NEEDED_NEW:
        put_line("+", "needs ", d->name);
        break;
    case STET_DIFF_NEEDED_CHANGED:
        put_line("~", "changed: ", d->name);
        break;
    }
}

static int on_diff(void *ctx, const struct stet_diff *d)
{
    struct report *r = ctx;

    if (r->args->quiet)
        return STET_OK;
    if (r->args->json)
        put_json(d);
    else
        put_human(r, d);
    return STET_OK;
}

/* False: TIME is no time. */
static bool read_time(const char *text, bool *has, int64_t *out)
{
    *has = text != NULL;
    return !text || stet_diff_parse_time(out, span(text)) == STET_OK;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct report report = { .args = &args };
    struct stet_diff_options o = { .on_diff = on_diff, .ctx = &report };
    struct stet_diff_result result;
    struct stet_error err = { 0 };
    int n, rc;
    int status = cli_parse(self, &args, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n != 1 && n != 2)
        return cli_misuse(self, "one archive or two are compared");
    if (!read_time(args.from, &o.has_from, &o.from_ms) ||
        !read_time(args.to, &o.has_to, &o.to_ms))
        return cli_misuse(self, "a time is written 2026-11-23T15:40:19Z, or "
                                "20261123154019");
    o.page = args.page;
    rc = stet_diff(argv[1], n == 2 ? argv[2] : NULL, &o, &result, &err);
    free(report.page);
    if (rc < 0)
        return cli_fail(NULL, &err);
    if (!args.quiet && !args.json)
        printf("%" PRIu64 " page%s compared, %" PRIu64 " changed, %" PRIu64
               " difference%s\n",
               result.pages, result.pages == 1 ? "" : "s", result.changed,
               result.differences, result.differences == 1 ? "" : "s");
    return result.differences > 0 ? CLI_BAD : CLI_OK;
}

const struct cli_command cli_diff = { "diff", "A [B]", "tell what has changed",
                                      options, run };
