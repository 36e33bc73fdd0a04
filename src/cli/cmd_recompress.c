/*
 * stet recompress IN OUT
 *
 * A WARC file with each record in a gzip member of its own, or plain.
 */
#include "cli/copy.h"

static int run(const struct cli_command *self, int argc, char **argv)
{
    return cli_copy(self, argc, argv, stet_warc_recompress);
}

const struct cli_command cli_recompress = { "recompress", "IN OUT",
                                            "compress a WARC file anew",
                                            cli_copy_options, run };
