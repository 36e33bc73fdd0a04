/*
 * stet mend IN OUT
 *
 * The whole records of a damaged WARC file.
 */
#include "cli/copy.h"

static int run(const struct cli_command *self, int argc, char **argv)
{
    return cli_copy(self, argc, argv, stet_warc_mend);
}

const struct cli_command cli_mend = { "mend", "IN OUT",
                                      "save the whole records of a damaged "
                                      "WARC file",
                                      cli_copy_options, run };
