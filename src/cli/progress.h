#ifndef STET_CLI_PROGRESS_H
#define STET_CLI_PROGRESS_H

#include "cli/cli.h"

#include "stet/crawl.h"

/*
 * What an operator sees of a run: one live line on a terminal, a plain line
 * every few seconds elsewhere, or JSON lines; failures as they come; and a
 * summary.  Progress goes to standard error, the summary to standard output.
 */
enum cli_progress_form {
    CLI_PROGRESS_NONE,
    CLI_PROGRESS_LIVE,
    CLI_PROGRESS_PLAIN,
    CLI_PROGRESS_JSON,
};

struct cli_progress {
    enum cli_progress_form form;
    bool quiet;
    int64_t told_ms; /* elapsed time of the last line */
    bool line_open;  /* a live line stands without its line end */
    bool port_told;  /* where figures are served */
};

/* `form` is auto, plain, json or none.  CLI_GO_ON or CLI_USAGE. */
int cli_progress_init(struct cli_progress *p, const struct cli_command *cmd,
                      const char *form, bool quiet);

/* Puts itself into the callbacks. */
void cli_progress_listen(struct cli_progress *p, struct stet_crawl_options *o);

/* Ends a live line. */
void cli_progress_end(struct cli_progress *p);

void cli_progress_sum_up(struct cli_progress *p,
                         const struct stet_crawl_options *o,
                         const struct stet_crawl_summary *s);

#endif
