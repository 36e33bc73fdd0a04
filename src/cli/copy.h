#ifndef STET_CLI_COPY_H
#define STET_CLI_COPY_H

#include "cli/options.h"

#include "stet/copy.h"

/*
 * What `stet recompress` and `stet mend` have in common: IN OUT, the same
 * options, and the telling of what was found.
 */
struct cli_copy_args {
    bool plain, quiet;
    int64_t level; /* 0: the default */
};

typedef int (*cli_copy_fn)(const char *in, const char *out,
                           const struct stet_warc_copy_options *options,
                           struct stet_warc_copy_result *result,
                           struct stet_error *err);

extern const struct cli_option cli_copy_options[];

/* Parses, copies, tells.  CLI_BAD when something was lost or has a digest
 * that does not hold. */
int cli_copy(const struct cli_command *self, int argc, char **argv,
             cli_copy_fn copy);

#endif
