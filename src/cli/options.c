#include "cli/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_list_clear(struct cli_list *l)
{
    free(l->items);
    *l = (struct cli_list){ NULL, 0 };
}

void cli_print_help(FILE *to, const struct cli_command *cmd)
{
    fprintf(to, "usage: stet %s %s%s\n\n%s\n", cmd->name,
            cmd->options ? "[OPTION]... " : "", cmd->operands, cmd->summary);
    if (cmd->options)
        fprintf(to, "\n");
    for (const struct cli_option *o = cmd->options; o && o->name; o++) {
        int width = o->letter ? fprintf(to, "  -%c, --%s", o->letter, o->name)
                              : fprintf(to, "      --%s", o->name);
        if (o->arg)
            width += fprintf(to, " %s", o->arg);
        fprintf(to, "%*s%s\n", width < 30 ? 31 - width : 1, "", o->help);
    }
    fprintf(to, "      --help%19sshow this\n", "");
}

static const struct cli_option *find_long(const struct cli_option *o,
                                          const char *name, size_t len)
{
    for (; o && o->name; o++) {
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0)
            return o;
    }
    return NULL;
}

static const struct cli_option *find_letter(const struct cli_option *o, char c)
{
    for (; o && o->name; o++) {
        if (o->letter && o->letter == c)
            return o;
    }
    return NULL;
}

static bool scaled(const char *text, const char *units, const int64_t *scales,
                   double base, int64_t *out)
{
    char *end = NULL;
    double value;
    const char *unit;

    errno = 0;
    value = strtod(text, &end);
    if (end == text || errno || !(value >= 0) || strpbrk(text, "xXnN+-"))
        return false;
    if (*end) {
        unit = strchr(units, *end);
        if (!unit || end[1])
            return false;
        base = (double)scales[unit - units];
    }
    if (value * base > 9e15)
        return false;
    *out = (int64_t)(value * base);
    return true;
}

static bool set_number(enum cli_kind kind, const char *text, int64_t *out)
{
    static const int64_t sizes[] = { 1024,    1024,       1048576,
                                     1048576, 1073741824, 1073741824 };
    static const int64_t times[] = { 1000, 60000, 3600000, 86400000 };
    char *end = NULL;

    if (kind == CLI_BYTES)
        return scaled(text, "kKmMgG", sizes, 1, out);
    if (kind == CLI_SECONDS)
        return scaled(text, "smhd", times, 1000, out);
    errno = 0;
    long long n = strtoll(text, &end, 10);
    if (end == text || *end || errno || n < 0 || text[0] == '+')
        return false;
    *out = n;
    return true;
}

static bool add_item(struct cli_list *l, const char *item)
{
    const char **grown = realloc(l->items, (l->len + 1) * sizeof(*grown));

    if (!grown)
        return false;
    l->items = grown;
    l->items[l->len++] = item;
    return true;
}

/* Puts a value where the table says; false: it does not fit the kind, which
 * is not that of lists. */
static bool set(const struct cli_option *o, void *args, const char *value)
{
    char *at = (char *)args + o->offset;

    switch (o->kind) {
    case CLI_FLAG:
    case CLI_NO_FLAG:
        *(bool *)at = o->kind == CLI_FLAG;
        return true;
    case CLI_STRING:
        memcpy(at, &value, sizeof(value));
        return true;
    case CLI_NUMBER:
    case CLI_BYTES:
    case CLI_SECONDS:
    case CLI_LIST:
    case CLI_CONFIG:
        break;
    }
    return set_number(o->kind, value, (int64_t *)(void *)at);
}

struct cursor {
    int argc, at;
    char **argv;
};

/* Gives an option its value; CLI_GO_ON or a status. */
static int give(const struct cli_command *cmd, void *args,
                const struct cli_option *o, const char *value)
{
    static const struct stet_error no_memory = { STET_ENOMEM, 0, "" };
    void *at = (char *)args + o->offset;

    if (o->kind == CLI_CONFIG)
        return cli_config_read(cmd, args, value);
    if (o->kind == CLI_LIST)
        return add_item(at, value) ? CLI_GO_ON : cli_fail(NULL, &no_memory);
    if (!set(o, args, value))
        return cli_misuse(cmd, "--%s: '%s' is no good %s", o->name, value,
                          o->arg);
    return CLI_GO_ON;
}

static bool is_flag(const struct cli_option *o)
{
    return o->kind == CLI_FLAG || o->kind == CLI_NO_FLAG;
}

int cli_option_set(const struct cli_command *cmd, void *args, const char *name,
                   const char *value)
{
    const struct cli_option *o = find_long(cmd->options, name, strlen(name));

    if (!o || o->kind == CLI_CONFIG)
        return cli_misuse(cmd, "no option '%s'", name);
    if (is_flag(o) && value)
        return cli_misuse(cmd, "%s takes no value", o->name);
    if (!is_flag(o) && !value)
        return cli_misuse(cmd, "%s wants = %s", o->name, o->arg);
    return give(cmd, args, o, value);
}

/* Handles argv[at], which starts with '-'; CLI_GO_ON or a status. */
static int take_option(const struct cli_command *cmd, void *args,
                       struct cursor *c)
{
    const char *word = c->argv[c->at];
    bool is_long = word[1] == '-';
    size_t len = is_long ? strcspn(word + 2, "=") : 1;
    const char *value = NULL;
    const struct cli_option *o;

    if (strcmp(word, "--help") == 0) {
        cli_print_help(stdout, cmd);
        return CLI_OK;
    }
    o = is_long ? find_long(cmd->options, word + 2, len)
                : find_letter(cmd->options, word[1]);
    if (!o)
        return cli_misuse(cmd, "no option '%s'", word);
    if (is_long && word[2 + len] == '=')
        value = word + 2 + len + 1;
    else if (!is_long && word[2])
        value = word + 2;

    if (is_flag(o)) {
        if (value)
            return cli_misuse(cmd, "--%s takes no value", o->name);
    } else if (!value) {
        if (++c->at >= c->argc)
            return cli_misuse(cmd, "--%s wants %s", o->name, o->arg);
        value = c->argv[c->at];
    }
    return give(cmd, args, o, value);
}

int cli_parse(const struct cli_command *cmd, void *args, int argc, char **argv,
              int *n_operands)
{
    struct cursor c = { argc, 1, argv };
    bool options = true;

    *n_operands = 0;
    for (; c.at < argc; c.at++) {
        char *word = argv[c.at];
        if (options && strcmp(word, "--") == 0) {
            options = false;
        } else if (options && word[0] == '-' && word[1]) {
            int rc = take_option(cmd, args, &c);
            if (rc != CLI_GO_ON)
                return rc;
        } else {
            argv[++*n_operands] = word;
        }
    }
    return CLI_GO_ON;
}

int cli_choose(const struct cli_command *cmd, const char *option,
               const struct cli_word *words, const char *given, int *value)
{
    char all[128];
    size_t len = 0;

    for (const struct cli_word *w = words; w->name; w++) {
        if (strcmp(w->name, given) == 0) {
            *value = w->value;
            return CLI_GO_ON;
        }
        if (len < sizeof(all))
            len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%s",
                                    w == words ? "" : ", ", w->name);
    }
    return cli_misuse(cmd, "--%s: '%s' is none of %s", option, given, all);
}
