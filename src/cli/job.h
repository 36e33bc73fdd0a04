#ifndef STET_CLI_JOB_H
#define STET_CLI_JOB_H

#include "cli/options.h"
#include "cli/progress.h"

/*
 * What `stet save` and `stet crawl` have in common: most of their options,
 * where their URLs come from, signals, and the run itself.
 *
 *     struct args { struct cli_job job; int64_t related; };
 *     static const struct cli_option options[] = {
 *         CLI_JOB_OPTIONS(struct args, job),
 *         …
 *     };
 */
struct cli_job {
    const char *output;
    bool no_linked, ignore_robots, keep_credentials, no_facts;
    int64_t delay_ms, timeout_ms, max_size, limit_rate, tries, retry_delay_ms,
        min_free, revisit_after;
    const char *user_agent, *operator_contact, *cacert, *proxy, *cookies;
    const char *http, *input, *progress, *digest, *warc_version;
    const char *compression, *durability;
    struct cli_list header, connect_to, allow, dedup_from;
    bool quiet;
};

/* clang-format off */
#define CLI_JOB_OPTIONS(T, m)                                                 \
    { "output", 'o', CLI_STRING, "ARCHIVE", "write to this folder (default ./stet-archive)", offsetof(T, m.output) }, \
    { "input-file", 'i', CLI_STRING, "FILE", "read more URLs from FILE, one a line ('-': standard input)", offsetof(T, m.input) }, \
    { "config", 0, CLI_CONFIG, "FILE", "read options from FILE, one 'name = value' a line", 0 }, \
    { "no-linked-images", 0, CLI_FLAG, NULL, "do not fetch pictures that pages link to", offsetof(T, m.no_linked) }, \
    { "no-facts", 0, CLI_FLAG, NULL, "do not read stories for their facts", offsetof(T, m.no_facts) }, \
    { "delay", 0, CLI_SECONDS, "TIME", "between pages of one host, at the least (default 1s)", offsetof(T, m.delay_ms) }, \
    { "timeout", 0, CLI_SECONDS, "TIME", "for one exchange in all (default 5m)", offsetof(T, m.timeout_ms) }, \
    { "max-size", 0, CLI_BYTES, "SIZE", "cut bodies off here (default: no limit)", offsetof(T, m.max_size) }, \
    { "limit-rate", 0, CLI_BYTES, "SIZE", "bytes a second in all (default: no limit)", offsetof(T, m.limit_rate) }, \
    { "user-agent", 'A', CLI_STRING, "NAME", "call yourself NAME", offsetof(T, m.user_agent) }, \
    { "operator", 0, CLI_STRING, "CONTACT", "whom sites may turn to: an address or a URL", offsetof(T, m.operator_contact) }, \
    { "header", 'H', CLI_LIST, "LINE", "send this header field too", offsetof(T, m.header) }, \
    { "load-cookies", 0, CLI_STRING, "FILE", "send cookies from a Netscape cookie file", offsetof(T, m.cookies) }, \
    { "keep-credentials", 0, CLI_FLAG, NULL, "do not redact secrets in request records", offsetof(T, m.keep_credentials) }, \
    { "http", 0, CLI_STRING, "VERSION", "auto, 1.1 or 2 (default auto)", offsetof(T, m.http) }, \
    { "connect-to", 0, CLI_LIST, "H1:P1:H2:P2", "connect to H2:P2 when H1:P1 is meant", offsetof(T, m.connect_to) }, \
    { "cacert", 0, CLI_STRING, "FILE", "trust the certificates in FILE", offsetof(T, m.cacert) }, \
    { "proxy", 'x', CLI_STRING, "URL", "go through this proxy", offsetof(T, m.proxy) }, \
    { "allow-address", 0, CLI_LIST, "CIDR", "connect to these addresses though they are not public", offsetof(T, m.allow) }, \
    { "ignore-robots", 0, CLI_FLAG, NULL, "do not obey robots.txt (noted in the archive)", offsetof(T, m.ignore_robots) }, \
    { "revisit-after", 0, CLI_SECONDS, "TIME", "ask for what earlier runs have only when it is older, and if it has changed", offsetof(T, m.revisit_after) }, \
    { "dedup-from", 0, CLI_LIST, "PATH", "write revisits of what this archive or CDXJ file has", offsetof(T, m.dedup_from) }, \
    { "compression", 0, CLI_STRING, "HOW", "fast, default or best (default default)", offsetof(T, m.compression) }, \
    { "durability", 0, CLI_STRING, "WHEN", "what is synced to disk: record, group or none (default group)", offsetof(T, m.durability) }, \
    { "min-free-space", 0, CLI_BYTES, "SIZE", "stop when the disk has less left (default: do not look)", offsetof(T, m.min_free) }, \
    { "digest", 0, CLI_STRING, "KIND", "sha256 or sha1 (default sha256)", offsetof(T, m.digest) }, \
    { "warc-version", 0, CLI_STRING, "VERSION", "1.1 or 1.0 (default 1.1)", offsetof(T, m.warc_version) }, \
    { "progress", 0, CLI_STRING, "FORM", "auto, plain, json or none (default auto)", offsetof(T, m.progress) }, \
    { "quiet", 'q', CLI_FLAG, NULL, "say only what failed", offsetof(T, m.quiet) }
/* clang-format on */

/* The defaults that --help names. */
void cli_job_init(struct cli_job *j);
void cli_job_clear(struct cli_job *j);

/* Puts what the options say into *o.  CLI_GO_ON or CLI_USAGE. */
int cli_job_set(const struct cli_job *j, const struct cli_command *self,
                struct stet_crawl_options *o);

/* Prints what would become of `url` (stet crawl --explain), with URLs as
 * cli_job_run() takes them.  The exit status. */
int cli_job_explain(const struct cli_job *j, struct stet_crawl_options *o,
                    const char *url, char **operands, int n);

/*
 * Runs with *o and the URLs of operands[1] to operands[n] and of the input
 * file; tells of progress, failures and the end.  The exit status.
 */
int cli_job_run(const struct cli_job *j, const struct cli_command *self,
                struct stet_crawl_options *o, char **operands, int n);

#endif
