#ifndef STET_CLI_OPTIONS_H
#define STET_CLI_OPTIONS_H

#include "cli/cli.h"

/*
 * One table of options a command.  It parses the command line, fills the
 * command's own struct, and prints --help; a lint holds the manual page
 * against it.
 *
 *     struct args { const char *output; bool json; struct cli_list header; };
 *     static const struct cli_option options[] = {
 *         { "output", 'o', CLI_STRING, "ARCHIVE", "write to ARCHIVE",
 *           offsetof(struct args, output) },
 *         { "json", 0, CLI_FLAG, NULL, "one JSON object a line",
 *           offsetof(struct args, json) },
 *         { "header", 0, CLI_LIST, "LINE", "send this header field too",
 *           offsetof(struct args, header) },
 *         CLI_OPTIONS_END,
 *     };
 */
enum cli_kind {
    CLI_FLAG,    /* bool: set true */
    CLI_NO_FLAG, /* bool: set false */
    CLI_STRING,  /* const char * */
    CLI_NUMBER,  /* int64_t, decimal, not negative */
    CLI_BYTES,   /* int64_t: 10, 64k, 3M, 2G (powers of 1024) */
    CLI_SECONDS, /* int64_t, milliseconds: 1.5, 30s, 2m, 1h */
    CLI_LIST,    /* struct cli_list: may be given many times */
    CLI_CONFIG,  /* a file of options; offset is not used */
};

/* The strings are argv's own; the array is free()d by cli_list_clear(). */
struct cli_list {
    const char **items;
    size_t len;
};

struct cli_option {
    const char *name; /* without the two hyphens */
    char letter;      /* or 0 */
    enum cli_kind kind;
    const char *arg;  /* what the value is called in --help, or NULL */
    const char *help; /* one line */
    size_t offset;    /* of the member in the command's struct */
};

/* clang-format off */
#define CLI_OPTIONS_END { NULL, 0, CLI_FLAG, NULL, NULL, 0 }
/* clang-format on */

/* What cli_parse() returns when the command should go on. */
enum { CLI_GO_ON = -1 };

/*
 * Reads argv[1]… against cmd->options into *args (set to its defaults by
 * the caller).  Options and operands may be mixed; "--" ends the options;
 * --name=VALUE and --name VALUE and -oVALUE are all good; a unique
 * beginning of a name is not.  The operands are left in argv[1]… and their
 * number in *n_operands.  CLI_GO_ON, or an exit status: after --help
 * (CLI_OK) or a mistake (CLI_USAGE, already told).
 */
int cli_parse(const struct cli_command *cmd, void *args, int argc, char **argv,
              int *n_operands);

/*
 * A CLI_CONFIG option names a file of long options, one "name = value" a
 * line ("name" alone for flags; '#' begins a comment line).  They count as
 * if they stood in its place.
 */
int cli_config_read(const struct cli_command *cmd, void *args,
                    const char *path);

/* Sets a long option by its name; value NULL: none.  CLI_GO_ON, or
 * CLI_USAGE (already told). */
int cli_option_set(const struct cli_command *cmd, void *args, const char *name,
                   const char *value);

/* A word that stands for a value. */
struct cli_word {
    const char *name;
    int value;
};

/*
 * Finds the value of a word in a list that ends in NULL.  CLI_GO_ON, or
 * CLI_USAGE: it is none of these, which has been told.
 */
int cli_choose(const struct cli_command *cmd, const char *option,
               const struct cli_word *words, const char *given, int *value);

void cli_list_clear(struct cli_list *l);

/* Frees what config files held; option values may point into it. */
void cli_options_end(void);

/* The usage line, the summary and the option table. */
void cli_print_help(FILE *to, const struct cli_command *cmd);

#endif
