#ifndef STET_CLI_COPY_H
#define STET_CLI_COPY_H

#include "cli/options.h"

#include "stet/copy.h"

/*
 * What `stet recompress`, `stet mend` and `stet dedup` have in common: how
 * the output is packed and indexed, and the telling of what was found.
 */
struct cli_copy_args {
    bool plain, zstd, dictionary, quiet;
    int64_t level; /* 0: the default */
    const char *index;
};

typedef int (*cli_copy_fn)(const char *in, const char *out,
                           const struct stet_warc_copy_options *options,
                           struct stet_warc_copy_result *result,
                           struct stet_error *err);

extern const struct cli_option cli_copy_options[];

/* How records are to be packed, from the options and the output's name.
 * CLI_GO_ON, or CLI_USAGE when they make no sense. */
int cli_copy_packing(const struct cli_command *self,
                     const struct cli_copy_args *args, const char *out,
                     struct stet_warc_copy_options *o);

/* Writes the sorted CDXJ index of a file, or of those in a folder, to
 * another; an exit status. */
int cli_copy_index(const char *warc, const char *to);

/* Parses, copies, tells.  CLI_BAD when something was lost or has a digest
 * that does not hold. */
int cli_copy(const struct cli_command *self, int argc, char **argv,
             cli_copy_fn copy);

#endif
