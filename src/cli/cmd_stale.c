/*
 * stet stale ARCHIVE
 *
 * What an archive's stories say of their age, and whether it is so.
 */
#include "cli/json.h"
#include "cli/options.h"

#include "stet/report.h"

#include <inttypes.h>
#include <string.h>

struct args {
    bool json, csv;
};

static const struct cli_option options[] = {
    { "json", 0, CLI_FLAG, NULL, "one JSON object a line",
      offsetof(struct args, json) },
    { "csv", 0, CLI_FLAG, NULL, "comma-separated values (RFC 4180)",
      offsetof(struct args, csv) },
    CLI_OPTIONS_END,
};

/* The first n bytes, not within a character. */
static struct stet_span front(struct stet_span s, size_t n)
{
    if (s.len <= n)
        return s;
    while (n > 0 && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
        n--;
    return (struct stet_span){ s.ptr, n };
}

static void column(struct stet_span s, int width, const char *none)
{
    if (s.len == 0)
        s = (struct stet_span){ none, strlen(none) };
    s = front(s, (size_t)width);
    cli_put_text(stdout, s);
    printf("%*s", width + 2 - (int)s.len, "");
}

/* What stands below a story, beneath its first sight. */
static void note(const char *before, struct stet_span s)
{
    printf("%35s%s", "", before);
    cli_put_text(stdout, s);
    printf("\n");
}

static void print_notes(const struct stet_stale_row *r)
{
    if (r->marker.len > 0)
        note("", r->marker);
    for (size_t i = 0; i < r->n_changes; i++)
        note(" changed ", r->changes[i]);
}

/* A story is named once, with its other addresses and what they have. */
static int print_copy(const struct stet_stale_row *r)
{
    note("also at ", r->url);
    print_notes(r);
    return STET_OK;
}

static int print_row(void *ctx, const struct stet_stale_row *r)
{
    int64_t *n = ctx;

    if (r->same_text_as.len > 0)
        return print_copy(r);
    if ((*n)++ == 0)
        printf("%-12s%-10s%-14s%-12s%-9s%s\n", "PUBLISHED", "AGE", "VERDICT",
               "FIRST SEEN", "CAPTURES", "STORY");
    column(front(r->published, 10), 10, "-");
    column(r->age, 8, "-");
    column(r->verdict, 12, "-");
    column(front(r->first_seen, 10), 10, "-");
    printf("%-9" PRId64, r->captures);
    cli_put_text(stdout, r->headline.len > 0 ? r->headline : r->url);
    printf("\n");
    print_notes(r);
    return STET_OK;
}

static void member(const char *name, struct stet_span s)
{
    if (s.len == 0)
        return;
    printf(",\"%s\":", name);
    cli_put_json(stdout, s);
}

static int print_json(void *ctx, const struct stet_stale_row *r)
{
    (void)ctx;
    printf("{\"url\":");
    cli_put_json(stdout, r->url);
    member("same-text-as", r->same_text_as);
    member("headline", r->headline);
    member("published", r->published);
    member("published-source", r->published_source);
    member("age-at-capture", r->age);
    member("marker", r->marker);
    member("marker-kind", r->marker_kind);
    member("marker-verdict", r->verdict);
    member("first-seen", r->first_seen);
    member("last-seen", r->last_seen);
    printf(",\"captures\":%" PRId64 ",\"changes\":[", r->captures);
    for (size_t i = 0; i < r->n_changes; i++) {
        printf("%s", i > 0 ? "," : "");
        cli_put_json(stdout, r->changes[i]);
    }
    printf("]}\n");
    return STET_OK;
}

/* A field, quoted: what a page says may hold commas and quotes. */
static void field(struct stet_span s, const char *end)
{
    putchar('"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            putchar('"');
        putchar(s.ptr[i]);
    }
    printf("\"%s", end);
}

static int print_csv(void *ctx, const struct stet_stale_row *r)
{
    int64_t *n = ctx;

    if ((*n)++ == 0)
        printf("url,headline,published,age_at_capture,marker,marker_kind,"
               "marker_verdict,first_seen,last_seen,captures,changes,"
               "same_text_as\r\n");
    field(r->url, ",");
    field(r->headline, ",");
    field(r->published, ",");
    field(r->age, ",");
    field(r->marker, ",");
    field(r->marker_kind, ",");
    field(r->verdict, ",");
    field(r->first_seen, ",");
    field(r->last_seen, ",");
    printf("%" PRId64 ",%zu,", r->captures, r->n_changes);
    field(r->same_text_as, "\r\n");
    return STET_OK;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args a = { false, false };
    struct stet_error err = { 0, 0, "" };
    int64_t rows = 0;
    int n, status = cli_parse(self, &a, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n != 1)
        return cli_misuse(self, n ? "more than one archive" : "no archive");
    if (stet_stale_each(argv[1],
                        a.json  ? print_json
                        : a.csv ? print_csv
                                : print_row,
                        &rows, &err) < 0)
        return cli_fail(NULL, &err);
    return CLI_OK;
}

const struct cli_command cli_stale = {
    "stale", "ARCHIVE", "what stories say of their age, and whether it is so",
    options, run
};
