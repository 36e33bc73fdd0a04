#ifndef STET_CLI_JSON_H
#define STET_CLI_JSON_H

#include "stet/base.h"

#include <stdio.h>

/* Writes a JSON string in ASCII alone; what is not UTF-8 is U+FFFD. */
void cli_put_json(FILE *to, struct stet_span text);

/* Writes ,"name":"text" (without the comma if it is the first), or nothing
 * when text has no ptr. */
void cli_put_json_member(FILE *to, bool first, const char *name,
                         struct stet_span text);

#endif
