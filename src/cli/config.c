/*
 * Options from a file: "name = value", one a line.
 */
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CONFIG = 1 << 20 };

/* What option values point into, until cli_options_end(). */
static struct text {
    char *data;
    struct text *next;
} * texts;

void cli_options_end(void)
{
    while (texts) {
        struct text *next = texts->next;
        free(texts->data);
        free(texts);
        texts = next;
    }
}

/* Reads the file into a text that stays; NULL when that was told. */
static char *read_text(const struct cli_command *cmd, const char *path,
                       size_t *len)
{
    struct stet_error err = { 0, 0, "" };
    struct text *t = calloc(1, sizeof(*t));
    struct stet_bytes bytes = { NULL, 0 };
    int rc = t ? cli_read(&bytes, path, MAX_CONFIG, &err) : STET_ENOMEM;

    if (rc < 0) {
        err.code = rc;
        cli_misuse(cmd, "--config: %s",
                   err.text[0] ? err.text : stet_strerror(rc));
        free(t);
        return NULL;
    }
    *t = (struct text){ bytes.data, texts };
    texts = t;
    *len = bytes.len;
    return t->data;
}

static char *trim(char *s)
{
    size_t n;

    s += strspn(s, " \t\r");
    n = strlen(s);
    while (n > 0 && strchr(" \t\r", s[n - 1]))
        s[--n] = '\0';
    return s;
}

int cli_config_read(const struct cli_command *cmd, void *args, const char *path)
{
    size_t len = 0;
    char *text = read_text(cmd, path, &len), *line = text;
    int number = 0, rc = text ? CLI_GO_ON : CLI_USAGE;

    if (text && strlen(text) != len)
        return cli_misuse(cmd, "%s: not text", path);
    while (rc == CLI_GO_ON && line && *line) {
        char *next = strchr(line, '\n'), *value;

        number++;
        if (next)
            *next++ = '\0';
        line = trim(line);
        value = strchr(line, '=');
        if (value)
            *value++ = '\0';
        if (*line && *line != '#')
            rc = cli_option_set(cmd, args, trim(line),
                                value ? trim(value) : NULL);
        if (rc != CLI_GO_ON)
            fprintf(stderr, "stet %s: %s, line %d\n", cmd->name, path, number);
        line = next;
    }
    return rc;
}
