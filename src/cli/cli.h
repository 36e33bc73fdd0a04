#ifndef STET_CLI_CLI_H
#define STET_CLI_CLI_H

#include "stet/error.h"

#include <stdio.h>

/*
 * The command line.  A command is a file cmd_NAME.c that holds its option
 * table, its run function and the one `const struct cli_command` that
 * main.c lists.  Commands see public headers and this folder, no more.
 */

/* Exit statuses, the same for every command (stet(1), EXIT STATUS). */
enum cli_exit {
    CLI_OK = 0,
    CLI_BAD = 1,   /* done, but something that was asked for failed or is bad */
    CLI_USAGE = 2, /* the command line makes no sense */
    CLI_FAULT = 3, /* the work could not be done */
    CLI_LIMIT = 4, /* stopped by a limit */
    CLI_INTERRUPTED = 130, /* stopped by SIGINT; can be gone on with */
    CLI_TERMINATED = 143,  /* stopped by SIGTERM; can be gone on with */
};

struct cli_option;

struct cli_command {
    const char *name;
    const char *operands;             /* for the usage line: "FILE..." */
    const char *summary;              /* one line, for `stet help` */
    const struct cli_option *options; /* see options.h; may be NULL */
    int (*run)(const struct cli_command *self, int argc, char **argv);
};

extern const struct cli_command cli_save, cli_crawl, cli_stale, cli_report,
    cli_list, cli_show, cli_index, cli_check, cli_url, cli_tokens, cli_links,
    cli_article, cli_rewrite, cli_export, cli_robots, cli_recompress, cli_mend,
    cli_dedup, cli_extract, cli_pack, cli_unpack, cli_diff;

/* Prints "stet: <what>: <text>" to stderr and returns the status that fits:
 * CLI_FAULT for fatal errors, a lock and a file that is not there, CLI_BAD
 * for bad data, CLI_USAGE for STET_EUSAGE.  `what` may be NULL. */
int cli_fail(const char *what, const struct stet_error *err);

/* Prints why and the usage line of cmd to stderr; returns CLI_USAGE. */
STET_PRINTF(2, 3)
int cli_misuse(const struct cli_command *cmd, const char *fmt, ...);

/* Reads a file, or standard input for "-" and NULL, whole; data is free()d
 * by the caller.  STET_ELIMIT above max bytes. */
STET_NODISCARD int cli_read(struct stet_bytes *out, const char *path,
                            size_t max, struct stet_error *err);

/*
 * Calls fn for every line of a file or standard input ("-", NULL), without
 * its line end, until fn returns other than STET_OK, which it then returns.
 */
STET_NODISCARD int cli_each_line(const char *path,
                                 int (*fn)(void *ctx, struct stet_span line),
                                 void *ctx, struct stet_error *err);

/* Writes foreign text so that it cannot drive a terminal: control
 * characters and bidirectional overrides come out as \xNN. */
void cli_put_text(FILE *to, struct stet_span text);

#endif
