/*
 * The run behind `stet save` and `stet crawl`.
 */
#include "cli/job.h"

#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

void cli_job_init(struct cli_job *j)
{
    *j = (struct cli_job){ .output = "stet-archive",
                           .delay_ms = 1000,
                           .timeout_ms = 300000,
                           .tries = 1,
                           .retry_delay_ms = -1,
                           .revisit_after = -1,
                           .http = "auto",
                           .progress = "auto",
                           .digest = "sha256",
                           .warc_version = "1.1",
                           .compression = "default",
                           .durability = "group" };
}

void cli_job_clear(struct cli_job *j)
{
    cli_list_clear(&j->header);
    cli_list_clear(&j->connect_to);
    cli_list_clear(&j->allow);
    cli_list_clear(&j->dedup_from);
}

/* How often a signal has asked to stop, and the first one. */
static volatile sig_atomic_t stops, first_signal;

static void on_signal(int number)
{
    if (stops == 0)
        first_signal = number;
    if (stops < 2)
        stops++;
}

static void catch_signals(void)
{
    struct sigaction act = { .sa_handler = on_signal };

    sigemptyset(&act.sa_mask);
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    act.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &act, NULL);
}

static int should_stop(void *ctx)
{
    (void)ctx;
    return stops;
}

/* URLs from the command line and from a file, as one list. */
struct urls {
    char **items; /* each of its own */
    size_t len;
};

static bool add_url(struct urls *u, const char *p, size_t n)
{
    char **grown = realloc(u->items, (u->len + 1) * sizeof(*grown));

    if (!grown)
        return false;
    u->items = grown;
    u->items[u->len] = strndup(p, n);
    return u->items[u->len] && ++u->len;
}

static int on_line(void *ctx, struct stet_span line)
{
    while (line.len > 0 && (line.ptr[0] == ' ' || line.ptr[0] == '\t')) {
        line.ptr++;
        line.len--;
    }
    if (line.len == 0 || line.ptr[0] == '#')
        return STET_OK;
    return add_url(ctx, line.ptr, line.len) ? STET_OK : STET_ENOMEM;
}

static void free_urls(struct urls *u)
{
    for (size_t i = 0; i < u->len; i++)
        free(u->items[i]);
    free(u->items);
}

/* CLI_GO_ON or a status. */
static int gather_urls(const struct cli_job *j, char **operands, int n,
                       struct urls *out)
{
    struct stet_error err = { 0, 0, "" };
    int rc = STET_OK;

    for (int i = 1; i <= n && rc == STET_OK; i++)
        rc = add_url(out, operands[i], strlen(operands[i])) ? STET_OK
                                                            : STET_ENOMEM;
    if (rc == STET_OK && j->input)
        rc = cli_each_line(j->input, on_line, out, &err);
    if (rc < 0) {
        err.code = rc;
        return cli_fail(NULL, &err);
    }
    return CLI_GO_ON;
}

/* CLI_GO_ON or CLI_USAGE. */
static int read_words(const struct cli_job *j, const struct cli_command *self,
                      struct stet_crawl_options *o)
{
    static const struct cli_word http[] = { { "auto", STET_CRAWL_HTTP_AUTO },
                                            { "1.1", STET_CRAWL_HTTP_1_1 },
                                            { "2", STET_CRAWL_HTTP_2 },
                                            { NULL, 0 } };
    static const struct cli_word digest[] = { { "sha256", STET_CRAWL_SHA256 },
                                              { "sha1", STET_CRAWL_SHA1 },
                                              { NULL, 0 } };
    static const struct cli_word version[] = { { "1.1", 0 },
                                               { "1.0", 1 },
                                               { NULL, 0 } };
    static const struct cli_word compression[] = {
        { "fast", STET_CRAWL_COMPRESS_FAST },
        { "default", STET_CRAWL_COMPRESS_DEFAULT },
        { "best", STET_CRAWL_COMPRESS_BEST },
        { NULL, 0 }
    };
    static const struct cli_word durability[] = {
        { "record", STET_CRAWL_SYNC_RECORD },
        { "group", STET_CRAWL_SYNC_GROUP },
        { "none", STET_CRAWL_SYNC_NONE },
        { NULL, 0 }
    };
    int http_value = 0, digest_value = 0, version_value = 0;
    int compression_value = 0, durability_value = 0;
    const struct {
        const char *option;
        const struct cli_word *words;
        const char *given;
        int *value;
    } choices[] = {
        { "http", http, j->http, &http_value },
        { "digest", digest, j->digest, &digest_value },
        { "warc-version", version, j->warc_version, &version_value },
        { "compression", compression, j->compression, &compression_value },
        { "durability", durability, j->durability, &durability_value },
    };

    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        int status = cli_choose(self, choices[i].option, choices[i].words,
                                choices[i].given, choices[i].value);
        if (status != CLI_GO_ON)
            return status;
    }
    o->http = (enum stet_crawl_http)http_value;
    o->digest = (enum stet_crawl_digest)digest_value;
    o->warc_1_0 = version_value == 1;
    o->compression = (enum stet_crawl_compression)compression_value;
    o->durability = (enum stet_crawl_durability)durability_value;
    return CLI_GO_ON;
}

int cli_job_set(const struct cli_job *j, const struct cli_command *self,
                struct stet_crawl_options *o)
{
    if (j->tries < 1 || j->tries > 100)
        return cli_misuse(self, "--tries: not 1 to 100");
    if (j->revisit_after > STET_CRAWL_MAX_REVISIT_MS)
        return cli_misuse(self, "--revisit-after: more than 1000 years");
    o->archive = j->output;
    o->linked_images = !j->no_linked;
    o->facts = !j->no_facts;
    o->ignore_robots = j->ignore_robots;
    o->delay_ms = j->delay_ms;
    o->timeout_ms = j->timeout_ms;
    o->tries = (int)j->tries;
    o->retry_delay_ms = j->retry_delay_ms;
    o->max_size = j->max_size;
    o->limit_rate = j->limit_rate;
    o->min_free_space = j->min_free;
    o->revisit_after_ms = j->revisit_after;
    o->user_agent = j->user_agent;
    o->operator_contact = j->operator_contact;
    o->headers = j->header.items;
    o->n_headers = j->header.len;
    o->connect_to = j->connect_to.items;
    o->n_connect_to = j->connect_to.len;
    o->allow_addresses = j->allow.items;
    o->n_allow_addresses = j->allow.len;
    o->dedup_from = j->dedup_from.items;
    o->n_dedup_from = j->dedup_from.len;
    o->cacert = j->cacert;
    o->proxy = j->proxy;
    o->cookies = j->cookies;
    o->keep_credentials = j->keep_credentials;
    o->should_stop = should_stop;
    return read_words(j, self, o);
}

/*
 * For tests and for samples that must come out the same twice: the variable
 * STET_TEST_FIXED holds "CLOCK_MS IDS_SEED", STET_TEST_CRASH "POINT:N",
 * STET_TEST_LARGE bytes beyond which a body counts as large.
 */
static void read_fixed(struct stet_crawl_options *o)
{
    const char *text = getenv("STET_TEST_FIXED");
    const char *large = getenv("STET_TEST_LARGE");
    char *end = NULL;

    o->fixed.crash = getenv("STET_TEST_CRASH");
    o->fixed.large_body = large ? strtoll(large, NULL, 10) : 0;
    if (!text)
        return;
    o->fixed.clock_ms = strtoll(text, &end, 10);
    o->fixed.ids_seed = strtoull(end, NULL, 10);
    o->fixed.serial = true;
}

static int exit_status(const struct stet_crawl_summary *s)
{
    if (s->stopped && !s->limit)
        return first_signal == SIGTERM ? CLI_TERMINATED : CLI_INTERRUPTED;
    if (s->limit)
        return CLI_LIMIT;
    return s->seeds_failed > 0 || s->related_failed > 0 ? CLI_BAD : CLI_OK;
}

/*
 * Bodies come and go by the thousand: what one leaves is kept for the next,
 * and not given back to the kernel, which would clear it each time.
 */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    mallopt(M_TRIM_THRESHOLD, 8 << 20);
    mallopt(M_TOP_PAD, 1 << 20);
#endif
}

int cli_job_explain(const struct cli_job *j, struct stet_crawl_options *o,
                    const char *url, char **operands, int n)
{
    struct stet_error err = { 0, 0, "" };
    struct stet_bytes text = { NULL, 0 };
    struct urls urls = { NULL, 0 };
    bool taken = false;
    int rc, status = gather_urls(j, operands, n, &urls);

    if (status == CLI_GO_ON) {
        o->urls = (const char *const *)urls.items;
        o->n_urls = urls.len;
        rc = stet_crawl_explain(&text, &taken, o, url, &err);
        cli_put_text(stdout, (struct stet_span){ text.data, text.len });
        printf("%s", rc == STET_OK ? "\n" : "");
        status = rc < 0 ? cli_fail(NULL, &err) : taken ? CLI_OK : CLI_BAD;
    }
    stet_bytes_clear(&text);
    free_urls(&urls);
    return status;
}

int cli_job_run(const struct cli_job *j, const struct cli_command *self,
                struct stet_crawl_options *o, char **operands, int n)
{
    struct stet_error err = { 0, 0, "" };
    struct stet_crawl_summary summary;
    struct cli_progress progress;
    struct urls urls = { NULL, 0 };
    int rc, status = cli_progress_init(&progress, self, j->progress, j->quiet);

    if (status == CLI_GO_ON)
        status = gather_urls(j, operands, n, &urls);
    if (status == CLI_GO_ON && urls.len == 0 && !o->resume)
        status = cli_misuse(self, "no URL to %s", self->name);
    if (status == CLI_GO_ON) {
        o->urls = (const char *const *)urls.items;
        o->n_urls = urls.len;
        read_fixed(o);
        catch_signals();
        keep_memory();
        cli_progress_listen(&progress, o);
        rc = stet_crawl(o, &summary, &err);
        cli_progress_end(&progress);
        if (rc == STET_OK)
            cli_progress_sum_up(&progress, o, &summary);
        status = rc < 0 ? cli_fail(NULL, &err) : exit_status(&summary);
        /* What cannot be done with the archive is no verdict on a page. */
        if (rc == STET_EFORMAT || rc == STET_EUNSUPPORTED)
            status = CLI_FAULT;
    }
    free_urls(&urls);
    return status;
}
