/*
 * stet check FILE|WACZ|ARCHIVE...
 *
 * What is wrong with WARC files, WACZ files and archives, by rule.
 */
#include "cli/json.h"
#include "cli/options.h"

#include "stet/check.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACES = 3, /* shown of each rule */
    MAX_RULES = 128,
};

struct args {
    bool json, all, strict, quiet, rules, replay, no_replay;
    struct cli_list only, ignored;
    const char *cacert;
};

static const struct cli_option options[] = {
    { "json", 0, CLI_FLAG, NULL, "one JSON object a finding, then a summary",
      offsetof(struct args, json) },
    { "all", 'a', CLI_FLAG, NULL, "show every place, not the first three",
      offsetof(struct args, all) },
    { "strict", 0, CLI_FLAG, NULL, "what should not be is bad as well",
      offsetof(struct args, strict) },
    { "quiet", 'q', CLI_FLAG, NULL, "no output, only the exit status",
      offsetof(struct args, quiet) },
    { "rule", 'r', CLI_LIST, "RULE", "hold it against this rule alone",
      offsetof(struct args, only) },
    { "ignore", 'i', CLI_LIST, "RULE", "but not against this one",
      offsetof(struct args, ignored) },
    { "replay", 0, CLI_FLAG, NULL, "look for holes in bare WARC files too",
      offsetof(struct args, replay) },
    { "no-replay", 0, CLI_FLAG, NULL, "do not look for holes in pages",
      offsetof(struct args, no_replay) },
    { "cacert", 0, CLI_STRING, "FILE", "trust these to sign, not the system's",
      offsetof(struct args, cacert) },
    { "rules", 0, CLI_FLAG, NULL, "list the rules",
      offsetof(struct args, rules) },
    CLI_OPTIONS_END,
};

struct place {
    char *file, *text;
    uint64_t offset;
};

struct tally {
    uint64_t count;
    struct place *places;
    size_t n_places, cap;
};

struct report {
    const struct args *args;
    struct tally tallies[MAX_RULES]; /* in the order of the rules */
};

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s, strlen(s) };
}

static void put_json(const struct stet_finding *f)
{
    putchar('{');
    cli_put_json_member(stdout, true, "rule", span(f->rule->name));
    cli_put_json_member(stdout, false, "level",
                        span(stet_level_name(f->rule->level)));
    if (f->rule->clause[0])
        cli_put_json_member(stdout, false, "clause", span(f->rule->clause));
    cli_put_json_member(stdout, false, "file", span(f->file));
    printf(",\"offset\":%" PRIu64, f->offset);
    cli_put_json_member(stdout, false, "text", span(f->text));
    printf("}\n");
}

/* Without memory a place is not shown; it is still counted. */
static void add_place(struct tally *t, const struct stet_finding *f)
{
    struct place *p;

    if (t->n_places == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 4;
        p = realloc(t->places, cap * sizeof(*p));
        if (!p)
            return;
        t->places = p;
        t->cap = cap;
    }
    p = &t->places[t->n_places];
    p->file = strdup(f->file);
    p->text = strdup(f->text);
    p->offset = f->offset;
    if (p->file && p->text) {
        t->n_places++;
    } else {
        free(p->file);
        free(p->text);
    }
}

static void on_finding(void *ctx, const struct stet_finding *f)
{
    struct report *r = ctx;
    ptrdiff_t i = f->rule - stet_check_rules();

    if (r->args->json)
        put_json(f);
    else if (!r->args->quiet && i < MAX_RULES) {
        struct tally *t = &r->tallies[i];

        t->count++;
        if (r->args->all || t->n_places < PLACES)
            add_place(t, f);
    }
}

static void put_place(const struct place *p)
{
    printf("    ");
    cli_put_text(stdout, span(p->file));
    printf(" at %" PRIu64 ": ", p->offset);
    cli_put_text(stdout, span(p->text));
    putchar('\n');
}

static void put_tally(const struct stet_rule *rule, const struct tally *t)
{
    printf("%-7s %s", stet_level_name(rule->level), rule->name);
    if (rule->clause[0])
        printf(" (section %s)", rule->clause);
    printf(": %" PRIu64 "\n", t->count);
    for (size_t i = 0; i < t->n_places; i++)
        put_place(&t->places[i]);
    if (t->count > t->n_places)
        printf("    ... and %" PRIu64 " more\n", t->count - t->n_places);
}

static void put_report(const struct report *r)
{
    const struct stet_rule *rules = stet_check_rules();

    for (int level = STET_MUST; level <= STET_ADVICE; level++)
        for (size_t i = 0; i < MAX_RULES && rules[i].name; i++)
            if ((int)rules[i].level == level && r->tallies[i].count > 0)
                put_tally(&rules[i], &r->tallies[i]);
}

static void put_summary(const struct args *args,
                        const struct stet_check_result *s)
{
    if (args->json)
        printf("{\"files\":%" PRIu64 ",\"records\":%" PRIu64
               ",\"must\":%" PRIu64 ",\"should\":%" PRIu64
               ",\"advice\":%" PRIu64 "}\n",
               s->files, s->records, s->counts[STET_MUST],
               s->counts[STET_SHOULD], s->counts[STET_ADVICE]);
    else if (!args->quiet)
        printf("%" PRIu64 " file%s, %" PRIu64 " record%s: %" PRIu64
               " must, %" PRIu64 " should, %" PRIu64 " advice\n",
               s->files, s->files == 1 ? "" : "s", s->records,
               s->records == 1 ? "" : "s", s->counts[STET_MUST],
               s->counts[STET_SHOULD], s->counts[STET_ADVICE]);
}

static void clear(struct report *r)
{
    for (size_t i = 0; i < MAX_RULES; i++) {
        for (size_t k = 0; k < r->tallies[i].n_places; k++) {
            free(r->tallies[i].places[k].file);
            free(r->tallies[i].places[k].text);
        }
        free(r->tallies[i].places);
    }
}

static int list_rules(void)
{
    for (const struct stet_rule *r = stet_check_rules(); r->name; r++)
        printf("%s\t%s\t%s\n", r->name, stet_level_name(r->level),
               r->clause[0] ? r->clause : "-");
    return CLI_OK;
}

static int check(const struct args *args, const char *const *paths, size_t n,
                 struct report *report, struct stet_check_result *result,
                 struct stet_error *err)
{
    struct stet_check_options o = {
        .rules = args->only.items,
        .n_rules = args->only.len,
        .ignored = args->ignored.items,
        .n_ignored = args->ignored.len,
        .cacert = args->cacert,
        .replay = args->replay      ? STET_CHECK_REPLAY_YES
                  : args->no_replay ? STET_CHECK_REPLAY_NO
                                    : STET_CHECK_REPLAY_AUTO,
        .on_finding = on_finding,
        .ctx = report,
    };

    return stet_check(paths, n, &o, result, err);
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct report report = { .args = &args };
    struct stet_check_result result;
    struct stet_error err = { 0 };
    const char *const *paths = (const char *const *)(argv + 1);
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);
    int rc;

    if (status != CLI_GO_ON)
        return status;
    if (args.rules)
        return list_rules();
    if (n == 0)
        return cli_misuse(self, "no file was named");
    rc = check(&args, paths, (size_t)n, &report, &result, &err);
    put_report(&report);
    if (rc != STET_EUSAGE)
        put_summary(&args, &result);
    clear(&report);
    cli_list_clear(&args.only);
    cli_list_clear(&args.ignored);
    if (rc == STET_EUSAGE)
        return cli_misuse(self, "%s", err.text);
    if (rc < 0) {
        cli_fail(NULL, &err);
        return CLI_FAULT;
    }
    if (result.counts[STET_MUST] > 0 ||
        (args.strict && result.counts[STET_SHOULD] > 0))
        return CLI_BAD;
    return CLI_OK;
}

const struct cli_command cli_check = { "check", "FILE|WACZ|ARCHIVE...",
                                       "check WARC and WACZ files and archives",
                                       options, run };
