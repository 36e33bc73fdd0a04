/*
 * stet save URL...
 *
 * Saves pages with all they need and their related stories.
 */
#include "cli/options.h"
#include "cli/progress.h"

#include "stet/crawl.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct args {
    const char *output;
    int64_t related;
    bool no_related, no_linked, ignore_robots, no_rewrite, keep_credentials;
    int64_t delay_ms, timeout_ms, max_size;
    const char *user_agent, *operator_contact, *cacert, *proxy, *cookies, *http;
    const char *input, *progress, *digest, *warc_version;
    struct cli_list header, connect_to, allow;
    bool quiet;
};

/* clang-format off */
static const struct cli_option options[] = {
    { "output", 'o', CLI_STRING, "ARCHIVE", "write to this folder (default ./stet-archive)", offsetof(struct args, output) },
    { "input-file", 'i', CLI_STRING, "FILE", "read more URLs from FILE, one a line ('-': standard input)", offsetof(struct args, input) },
    { "related", 0, CLI_NUMBER, "HOPS", "follow related stories so far (default 1)", offsetof(struct args, related) },
    { "no-related", 0, CLI_FLAG, NULL, "do not follow related stories", offsetof(struct args, no_related) },
    { "no-linked-images", 0, CLI_FLAG, NULL, "do not fetch pictures that pages link to", offsetof(struct args, no_linked) },
    { "no-rewrite", 0, CLI_FLAG, NULL, "make no conversion records", offsetof(struct args, no_rewrite) },
    { "delay", 0, CLI_SECONDS, "TIME", "between pages of one host (default 1s)", offsetof(struct args, delay_ms) },
    { "timeout", 0, CLI_SECONDS, "TIME", "for one exchange in all (default 5m)", offsetof(struct args, timeout_ms) },
    { "max-size", 0, CLI_BYTES, "SIZE", "cut bodies off here (default: no limit)", offsetof(struct args, max_size) },
    { "user-agent", 'A', CLI_STRING, "NAME", "call yourself NAME", offsetof(struct args, user_agent) },
    { "operator", 0, CLI_STRING, "CONTACT", "whom sites may turn to: an address or a URL", offsetof(struct args, operator_contact) },
    { "header", 'H', CLI_LIST, "LINE", "send this header field too", offsetof(struct args, header) },
    { "load-cookies", 0, CLI_STRING, "FILE", "send cookies from a Netscape cookie file", offsetof(struct args, cookies) },
    { "keep-credentials", 0, CLI_FLAG, NULL, "do not redact secrets in request records", offsetof(struct args, keep_credentials) },
    { "http", 0, CLI_STRING, "VERSION", "auto, 1.1 or 2 (default auto)", offsetof(struct args, http) },
    { "connect-to", 0, CLI_LIST, "H1:P1:H2:P2", "connect to H2:P2 when H1:P1 is meant", offsetof(struct args, connect_to) },
    { "cacert", 0, CLI_STRING, "FILE", "trust the certificates in FILE", offsetof(struct args, cacert) },
    { "proxy", 'x', CLI_STRING, "URL", "go through this proxy", offsetof(struct args, proxy) },
    { "allow-address", 0, CLI_LIST, "CIDR", "connect to these addresses though they are not public", offsetof(struct args, allow) },
    { "ignore-robots", 0, CLI_FLAG, NULL, "do not obey robots.txt (noted in the archive)", offsetof(struct args, ignore_robots) },
    { "digest", 0, CLI_STRING, "KIND", "sha256 or sha1 (default sha256)", offsetof(struct args, digest) },
    { "warc-version", 0, CLI_STRING, "VERSION", "1.1 or 1.0 (default 1.1)", offsetof(struct args, warc_version) },
    { "progress", 0, CLI_STRING, "FORM", "auto, plain, json or none (default auto)", offsetof(struct args, progress) },
    { "quiet", 'q', CLI_FLAG, NULL, "say only what failed", offsetof(struct args, quiet) },
    CLI_OPTIONS_END,
};
/* clang-format on */

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
static int gather_urls(const struct cli_command *self, const struct args *a,
                       char **operands, int n, struct urls *out)
{
    struct stet_error err = { 0, 0, "" };
    int rc = STET_OK;

    for (int i = 1; i <= n && rc == STET_OK; i++)
        rc = add_url(out, operands[i], strlen(operands[i])) ? STET_OK
                                                            : STET_ENOMEM;
    if (rc == STET_OK && a->input)
        rc = cli_each_line(a->input, on_line, out, &err);
    if (rc < 0) {
        err.code = rc;
        return cli_fail(NULL, &err);
    }
    if (out->len == 0)
        return cli_misuse(self, "no URL to save");
    return CLI_GO_ON;
}

static bool is(const char *value, const char *word)
{
    return strcmp(value, word) == 0;
}

/* Words that stand for values.  CLI_GO_ON or CLI_USAGE. */
static int read_words(const struct cli_command *self, const struct args *a,
                      struct stet_crawl_options *o)
{
    if (is(a->http, "auto"))
        o->http = STET_CRAWL_HTTP_AUTO;
    else if (is(a->http, "1.1"))
        o->http = STET_CRAWL_HTTP_1_1;
    else if (is(a->http, "2"))
        o->http = STET_CRAWL_HTTP_2;
    else
        return cli_misuse(self, "--http: '%s' is no version", a->http);
    if (!is(a->digest, "sha256") && !is(a->digest, "sha1"))
        return cli_misuse(self, "--digest: '%s' is no kind", a->digest);
    if (!is(a->warc_version, "1.1") && !is(a->warc_version, "1.0"))
        return cli_misuse(self, "--warc-version: '%s' is no version",
                          a->warc_version);
    o->digest = is(a->digest, "sha1") ? STET_CRAWL_SHA1 : STET_CRAWL_SHA256;
    o->warc_1_0 = is(a->warc_version, "1.0");
    return CLI_GO_ON;
}

static int set_options(const struct cli_command *self, const struct args *a,
                       struct stet_crawl_options *o)
{
    o->archive = a->output;
    if (a->related > 100)
        return cli_misuse(self, "--related: more than 100 hops");
    o->related_hops = a->no_related ? 0 : (int)a->related;
    o->linked_images = !a->no_linked;
    o->ignore_robots = a->ignore_robots;
    o->rewrite = !a->no_rewrite;
    o->delay_ms = a->delay_ms;
    o->timeout_ms = a->timeout_ms;
    o->max_size = a->max_size;
    o->user_agent = a->user_agent;
    o->operator_contact = a->operator_contact;
    o->headers = a->header.items;
    o->n_headers = a->header.len;
    o->connect_to = a->connect_to.items;
    o->n_connect_to = a->connect_to.len;
    o->allow_addresses = a->allow.items;
    o->n_allow_addresses = a->allow.len;
    o->cacert = a->cacert;
    o->proxy = a->proxy;
    o->cookies = a->cookies;
    o->keep_credentials = a->keep_credentials;
    o->should_stop = should_stop;
    return read_words(self, a, o);
}

/*
 * For tests and for samples that must come out the same twice: the variable
 * STET_TEST_FIXED holds "CLOCK_MS IDS_SEED".
 */
static void read_fixed(struct stet_crawl_options *o)
{
    const char *text = getenv("STET_TEST_FIXED");
    char *end = NULL;

    if (!text)
        return;
    o->fixed.clock_ms = strtoll(text, &end, 10);
    o->fixed.ids_seed = strtoull(end, NULL, 10);
    o->fixed.serial = true;
}

static int exit_status(const struct stet_crawl_summary *s)
{
    if (s->stopped)
        return first_signal == SIGTERM ? CLI_TERMINATED : CLI_INTERRUPTED;
    return s->seeds_failed > 0 || s->related_failed > 0 ? CLI_BAD : CLI_OK;
}

static int save(const struct cli_command *self, const struct args *a,
                char **operands, int n)
{
    struct stet_error err = { 0, 0, "" };
    struct stet_crawl_summary summary;
    struct stet_crawl_options o;
    struct cli_progress progress;
    struct urls urls = { NULL, 0 };
    int status, rc;

    stet_crawl_options_init(&o);
    status = set_options(self, a, &o);
    if (status == CLI_GO_ON)
        status = cli_progress_init(&progress, self, a->progress, a->quiet);
    if (status == CLI_GO_ON)
        status = gather_urls(self, a, operands, n, &urls);
    if (status == CLI_GO_ON) {
        o.urls = (const char *const *)urls.items;
        o.n_urls = urls.len;
        read_fixed(&o);
        catch_signals();
        cli_progress_listen(&progress, &o);
        rc = stet_crawl(&o, &summary, &err);
        cli_progress_end(&progress);
        if (rc == STET_OK)
            cli_progress_sum_up(&progress, &o, &summary);
        status = rc < 0 ? cli_fail(NULL, &err) : exit_status(&summary);
        /* What cannot be done with the archive is no verdict on a page. */
        if (rc == STET_EFORMAT || rc == STET_EUNSUPPORTED)
            status = CLI_FAULT;
    }
    free_urls(&urls);
    return status;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args a = { .output = "stet-archive",
                      .related = 1,
                      .delay_ms = 1000,
                      .timeout_ms = 300000,
                      .http = "auto",
                      .progress = "auto",
                      .digest = "sha256",
                      .warc_version = "1.1" };
    int n, status = cli_parse(self, &a, argc, argv, &n);

    if (status == CLI_GO_ON)
        status = save(self, &a, argv, n);
    cli_list_clear(&a.header);
    cli_list_clear(&a.connect_to);
    cli_list_clear(&a.allow);
    return status;
}

const struct cli_command cli_save = {
    "save", "URL...", "save pages with all they need and related stories",
    options, run
};
