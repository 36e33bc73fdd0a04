#ifndef STET_CLI_PLUMB_H
#define STET_CLI_PLUMB_H

#include "cli/cli.h"
#include "stet/plumb.h"

/* What the plumbing commands share. */

/* Answers every line of standard input with a line (--json). */
int cli_plumb_lines(const char *stage);

/* Asks one question and prints the answer's lines; an exit status. */
int cli_plumb_ask(const char *stage, const struct stet_plumb_field *fields,
                  size_t n);

/* The same about the content of a file ("-", NULL: standard input), which
 * goes into fields[0].  `put` takes the answer; NULL prints lines. */
int cli_plumb_file(const char *stage, const char *path,
                   struct stet_plumb_field *fields, size_t n,
                   stet_plumb_line_fn put);

/* A field from a string; NULL is not there. */
struct stet_plumb_field cli_field(const char *name, const char *value);

#endif
