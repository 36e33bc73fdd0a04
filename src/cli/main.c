/*
 * stet COMMAND ...: finds the command and runs it.
 */
#include "cli/cli.h"

#include "cli/options.h"

#include <string.h>

/* In the order `stet help` shows them: porcelain, then plumbing. */
static const struct cli_command *const commands[] = {
    &cli_save,    &cli_crawl,   &cli_list,   &cli_show,       &cli_extract,
    &cli_index,   &cli_check,   &cli_diff,   &cli_recompress, &cli_mend,
    &cli_dedup,   &cli_pack,    &cli_unpack, &cli_export,     &cli_stale,
    &cli_report,  &cli_article, &cli_links,  &cli_tokens,     &cli_url,
    &cli_rewrite, &cli_robots,
};

enum { N_COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static int help(FILE *to)
{
    fprintf(to, "usage: stet COMMAND ...\n\n");
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(to, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(to, "\n'stet COMMAND --help' shows a command's options; "
                "'stet URL' is 'stet save URL'.\n");
    return to == stdout ? CLI_OK : CLI_USAGE;
}

static const struct cli_command *find(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (strcmp(name, commands[i]->name) == 0)
            return commands[i];
    }
    /* `stet URL` saves it: the main job needs no verb. */
    if (strncmp(name, "http://", 7) == 0 || strncmp(name, "https://", 8) == 0)
        return &cli_save;
    return NULL;
}

static int run(int argc, char **argv)
{
    const struct cli_command *cmd;
    bool verb;

    if (argc < 2)
        return help(stderr);
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0) {
        cmd = argc > 2 ? find(argv[2]) : NULL;
        if (!cmd)
            return help(stdout);
        cli_print_help(stdout, cmd);
        return CLI_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("stet %s\n", STET_VERSION);
        return CLI_OK;
    }
    cmd = find(argv[1]);
    if (!cmd) {
        fprintf(stderr, "stet: no command '%s'; see 'stet help'\n", argv[1]);
        return CLI_USAGE;
    }
    verb = strcmp(argv[1], cmd->name) == 0;
    return cmd->run(cmd, verb ? argc - 1 : argc, verb ? argv + 1 : argv);
}

int main(int argc, char **argv)
{
    int status = run(argc, argv);

    cli_options_end();
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("stet: standard output");
        return CLI_FAULT;
    }
    return status;
}
