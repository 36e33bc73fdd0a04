#include "cli/progress.h"

#include "cli/options.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum {
    PLAIN_EVERY_MS = 5000,
    JSON_EVERY_MS = 1000,
    LIVE_EVERY_MS = 100,
};

int cli_progress_init(struct cli_progress *p, const struct cli_command *cmd,
                      const char *form, bool quiet)
{
    const struct cli_word forms[] = {
        { "auto",
          isatty(STDERR_FILENO) ? CLI_PROGRESS_LIVE : CLI_PROGRESS_PLAIN },
        { "plain", CLI_PROGRESS_PLAIN },
        { "json", CLI_PROGRESS_JSON },
        { "none", CLI_PROGRESS_NONE },
        { NULL, 0 },
    };
    int value = 0, status = cli_choose(cmd, "progress", forms, form, &value);

    *p = (struct cli_progress){ .quiet = quiet };
    p->form = quiet ? CLI_PROGRESS_NONE : (enum cli_progress_form)value;
    return status;
}

/* "812 B", "3.4 MB" */
static void print_size(char *out, size_t cap, int64_t bytes)
{
    static const char units[] = "kMGT";
    double n = (double)bytes;
    int i = -1;

    while (n >= 999.5 && i < 3) {
        n /= 1000;
        i++;
    }
    if (i < 0)
        snprintf(out, cap, "%" PRId64 " B", bytes);
    else
        snprintf(out, cap, "%.1f %cB", n, units[i]);
}

static void print_json(const struct stet_crawl_progress *s)
{
    fprintf(stderr,
            "{\"phase\":\"%s\",\"done\":%" PRId64 ",\"queued\":%" PRId64
            ",\"active\":%" PRId64 ",\"failed\":%" PRId64
            ",\"retried\":%" PRId64 ",\"bytes\":%" PRId64 ",\"hosts\":%" PRId64
            ",\"ms\":%" PRId64 ",\"left_ms\":%" PRId64 "}\n",
            s->phase, s->done, s->queued, s->active, s->failed, s->retried,
            s->bytes, s->hosts, s->elapsed_ms, s->left_ms);
}

/* ", 1:05:09 left" */
static void print_left(int64_t ms)
{
    int64_t s = ms / 1000;

    if (s >= 3600)
        fprintf(stderr, ", %" PRId64 ":%02d:%02d left", s / 3600,
                (int)(s / 60 % 60), (int)(s % 60));
    else
        fprintf(stderr, ", %d:%02d left", (int)(s / 60), (int)(s % 60));
}

/* "; www.example.org 6" */
static void print_host(const struct stet_crawl_host *h, bool first)
{
    struct stet_span name = h->name;
    const char *slashes = memchr(name.ptr, '/', name.len);

    if (slashes) {
        name.len -= (size_t)(slashes + 2 - name.ptr);
        name.ptr = slashes + 2;
    }
    fprintf(stderr, "%s ", first ? ";" : ",");
    cli_put_text(stderr, name);
    fprintf(stderr, " %" PRId64, h->active);
}

static void print_line(struct cli_progress *p,
                       const struct stet_crawl_progress *s)
{
    double seconds = (double)s->elapsed_ms / 1000;
    char size[32];

    print_size(size, sizeof(size), s->bytes);
    fprintf(stderr,
            "%s%" PRId64 " done, %" PRId64 " to go, %" PRId64
            " under way, %s, %" PRId64 " host%s, %.0f/s",
            p->form == CLI_PROGRESS_LIVE ? "\r\033[K" : "stet: ", s->done,
            s->queued, s->active, size, s->hosts, s->hosts == 1 ? "" : "s",
            seconds > 0 ? (double)s->done / seconds : 0.0);
    if (s->left_ms >= 0 && s->queued > 0)
        print_left(s->left_ms);
    for (size_t i = 0; i < s->n_busiest && s->busiest[i].active > 0; i++)
        print_host(&s->busiest[i], i == 0);
    if (p->form != CLI_PROGRESS_LIVE)
        fprintf(stderr, "\n");
    p->line_open = p->form == CLI_PROGRESS_LIVE;
    fflush(stderr);
}

static void on_progress(void *ctx, const struct stet_crawl_progress *s)
{
    static const int64_t every[] = {
        [CLI_PROGRESS_NONE] = INT64_MAX,
        [CLI_PROGRESS_LIVE] = LIVE_EVERY_MS,
        [CLI_PROGRESS_PLAIN] = PLAIN_EVERY_MS,
        [CLI_PROGRESS_JSON] = JSON_EVERY_MS,
    };
    struct cli_progress *p = ctx;
    bool fetching = strcmp(s->phase, "fetching") == 0;

    if (s->metrics_port > 0 && !p->port_told)
        fprintf(stderr, "stet: figures at http://127.0.0.1:%d/\n",
                s->metrics_port);
    p->port_told |= s->metrics_port > 0;
    if (p->form == CLI_PROGRESS_NONE)
        return;
    if (fetching && s->elapsed_ms - p->told_ms < every[p->form])
        return;
    p->told_ms = s->elapsed_ms;
    if (p->form == CLI_PROGRESS_JSON)
        print_json(s);
    else if (fetching)
        print_line(p, s);
}

/* "stet: URL: outcome: why" for a page that could not be had. */
static void on_failure(void *ctx, const struct stet_crawl_event *e)
{
    struct cli_progress *p = ctx;

    cli_progress_end(p);
    fprintf(stderr, "stet: ");
    cli_put_text(stderr, e->url);
    fprintf(stderr, ": ");
    if (strcmp(e->outcome, "ok") == 0) {
        fprintf(stderr, "HTTP status %d%s", e->status,
                e->status / 100 == 3 ? ", a redirect that leads nowhere" : "");
    } else if (strcmp(e->outcome, "robots") == 0) {
        fprintf(stderr, "robots.txt forbids it: ");
        cli_put_text(stderr, e->why);
    } else {
        fprintf(stderr, "%s", e->outcome);
        if (e->why.len > 0)
            fprintf(stderr, ": ");
        cli_put_text(stderr, e->why);
    }
    fprintf(stderr, "\n");
}

void cli_progress_listen(struct cli_progress *p, struct stet_crawl_options *o)
{
    o->ctx = p;
    o->on_progress = on_progress;
    o->on_failure = on_failure;
}

void cli_progress_end(struct cli_progress *p)
{
    if (p->line_open)
        fprintf(stderr, "\n");
    p->line_open = false;
}

static void print_row(const char *what, int64_t n, int64_t failed,
                      const char *how)
{
    printf("  %-16s %" PRId64, what, n);
    if (failed > 0)
        printf("  (%" PRId64 " %s)", failed, how);
    printf("\n");
}

/* A count of the outcomes: its name in JSON, and for people. */
struct count {
    const char *key, *word;
    int64_t n;
};

enum { N_COUNTS = 12 };

static void counts_of(struct count out[N_COUNTS],
                      const struct stet_crawl_outcomes *o)
{
    const struct count list[N_COUNTS] = {
        { "captured", "captured", o->captured },
        { "known", "already there", o->known },
        { "not_modified", "not modified", o->not_modified },
        { "fresh", "fresh", o->fresh },
        { "redirects", "redirects", o->redirects },
        { "client_errors", "client errors", o->client_errors },
        { "server_errors", "server errors", o->server_errors },
        { "robots", "robots.txt", o->robots },
        { "traps", "traps", o->traps },
        { "limits", "over a limit", o->limits },
        { "cut_off", "cut off", o->cut_off },
        { "failed", "failed", o->failed },
    };

    memcpy(out, list, sizeof(list));
}

/* What there is of each, then how those failed that did. */
static void print_outcomes(const struct stet_crawl_summary *s)
{
    struct count counts[N_COUNTS];
    int64_t all = 0;

    counts_of(counts, &s->outcomes);
    for (size_t i = 0; i < N_COUNTS; i++)
        all += counts[i].n;
    print_row("URLs", all, 0, "");
    for (size_t i = 0; i < N_COUNTS; i++)
        if (counts[i].n > 0)
            printf("    %-14s %" PRId64 "\n", counts[i].word, counts[i].n);
    for (size_t i = 0; i < s->n_faults; i++) {
        const struct stet_crawl_fault *f = &s->faults[i];

        printf("      %-12s %" PRId64 "%s", f->outcome, f->n,
               f->why[0] ? "  " : "");
        cli_put_text(stdout, (struct stet_span){ f->why, strlen(f->why) });
        printf("\n");
    }
}

/* The summary as an object on one line, the last of --progress json. */
static void print_json_summary(const struct stet_crawl_summary *s)
{
    const struct count roles[] = {
        { "pages", NULL, s->pages },
        { "pages_failed", NULL, s->pages_failed },
        { "seeds", NULL, s->seeds },
        { "seeds_failed", NULL, s->seeds_failed },
        { "related", NULL, s->related },
        { "related_failed", NULL, s->related_failed },
        { "requisites", NULL, s->requisites },
        { "requisites_failed", NULL, s->requisites_failed },
        { "linked", NULL, s->linked },
        { "linked_failed", NULL, s->linked_failed },
        { "bytes", NULL, s->bytes },
        { "ms", NULL, s->elapsed_ms },
    };
    struct count counts[N_COUNTS];

    counts_of(counts, &s->outcomes);
    fprintf(stderr, "{\"phase\":\"done\",\"stopped\":%s,\"resumed\":%s",
            s->stopped ? "true" : "false", s->resumed ? "true" : "false");
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
        fprintf(stderr, ",\"%s\":%" PRId64, roles[i].key, roles[i].n);
    fprintf(stderr, ",\"outcomes\":{");
    for (size_t i = 0; i < N_COUNTS; i++)
        fprintf(stderr, "%s\"%s\":%" PRId64, i ? "," : "", counts[i].key,
                counts[i].n);
    fprintf(stderr, "},\"faults\":{");
    for (size_t i = 0; i < s->n_faults; i++)
        fprintf(stderr, "%s\"%s\":%" PRId64, i ? "," : "", s->faults[i].outcome,
                s->faults[i].n);
    fprintf(stderr, "}}\n");
}

void cli_progress_sum_up(struct cli_progress *p,
                         const struct stet_crawl_options *o,
                         const struct stet_crawl_summary *s)
{
    /* What a stopped run has not come to has not failed. */
    const char *how = s->stopped ? "not there yet" : "failed";
    char size[32];

    if (p->quiet)
        return;
    if (p->form == CLI_PROGRESS_JSON && !s->nothing)
        print_json_summary(s);
    if (s->nothing) {
        printf("nothing to go on with: every run in ");
        cli_put_text(stdout,
                     (struct stet_span){ o->archive, strlen(o->archive) });
        printf(" is done\n");
        return;
    }
    print_size(size, sizeof(size), s->bytes);
    printf("%s in %.1f s%s", s->stopped ? "stopped" : "saved",
           (double)s->elapsed_ms / 1000,
           s->resumed ? ", going on with an earlier run" : "");
    if (s->limit)
        printf(", by %s", s->limit);
    printf("\n");
    print_row(o->resume ? "seeds" : "pages", s->seeds, s->seeds_failed, how);
    if (o->resume)
        print_row("pages", s->pages, s->pages_failed, how);
    print_row("related stories", s->related, s->related_failed, how);
    print_row("requisites", s->requisites, s->requisites_failed, how);
    print_row("linked pictures", s->linked, s->linked_failed, how);
    printf("  %-16s %s\n", "bytes", size);
    print_outcomes(s);
    printf("in ");
    cli_put_text(stdout, (struct stet_span){ o->archive, strlen(o->archive) });
    printf("\n");
    if (s->stopped)
        printf("the same command goes on from here\n");
}
