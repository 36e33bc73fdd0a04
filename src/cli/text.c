/*
 * What commands share: messages, input, and text that is safe to show.
 */
#include "cli/cli.h"

#include "cli/options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

int cli_fail(const char *what, const struct stet_error *err)
{
    const char *text = err->text[0] ? err->text : stet_strerror(err->code);

    fprintf(stderr, "stet: ");
    if (what) {
        cli_put_text(stderr, (struct stet_span){ what, strlen(what) });
        fprintf(stderr, ": ");
    }
    cli_put_text(stderr, (struct stet_span){ text, strlen(text) });
    fprintf(stderr, "\n");
    if (err->code == STET_EUSAGE)
        return CLI_USAGE;
    return stet_is_fatal(err->code) || err->code == STET_ELOCKED ||
                   err->code == STET_ENOTFOUND
               ? CLI_FAULT
               : CLI_BAD;
}

int cli_misuse(const struct cli_command *cmd, const char *fmt, ...)
{
    va_list ap;

    fprintf(stderr, "stet %s: ", cmd->name);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fprintf(stderr, "\nusage: stet %s %s%s; see 'stet %s --help'\n", cmd->name,
            cmd->options ? "[OPTION]... " : "", cmd->operands, cmd->name);
    return CLI_USAGE;
}

static int set_error(struct stet_error *err, int code, const char *path)
{
    err->code = code;
    err->sys = errno;
    snprintf(err->text, sizeof(err->text), "%s: %s", path,
             code == STET_ELIMIT ? "too large" : strerror(errno));
    return code;
}

static FILE *open_input(const char **path)
{
    if (!*path || strcmp(*path, "-") == 0) {
        *path = "standard input";
        return stdin;
    }
    return fopen(*path, "rb");
}

int cli_read(struct stet_bytes *out, const char *path, size_t max,
             struct stet_error *err)
{
    FILE *f = open_input(&path);
    size_t cap = 64 * 1024;
    int rc = STET_OK;

    *out = (struct stet_bytes){ NULL, 0 };
    if (!f)
        return set_error(err, errno == ENOENT ? STET_ENOTFOUND : STET_EIO,
                         path);
    out->data = malloc(cap + 1);
    while (out->data && rc == STET_OK) {
        size_t n = fread(out->data + out->len, 1, cap - out->len, f);
        out->len += n;
        if (n == 0)
            break;
        if (out->len > max)
            rc = set_error(err, STET_ELIMIT, path);
        if (out->len == cap) {
            char *grown = realloc(out->data, cap * 2 + 1);
            if (!grown)
                free(out->data);
            out->data = grown;
            cap *= 2;
        }
    }
    if (!out->data)
        rc = set_error(err, STET_ENOMEM, path);
    else if (rc == STET_OK && ferror(f))
        rc = set_error(err, STET_EIO, path);
    if (f != stdin)
        fclose(f);
    if (rc < 0) {
        free(out->data);
        *out = (struct stet_bytes){ NULL, 0 };
    } else {
        out->data[out->len] = '\0';
    }
    return rc;
}

int cli_each_line(const char *path, int (*fn)(void *ctx, struct stet_span line),
                  void *ctx, struct stet_error *err)
{
    FILE *f = open_input(&path);
    char *line = NULL;
    size_t cap = 0;
    int rc = STET_OK;
    ssize_t n;

    if (!f)
        return set_error(err, errno == ENOENT ? STET_ENOTFOUND : STET_EIO,
                         path);
    while (rc == STET_OK && (n = getline(&line, &cap, f)) >= 0) {
        size_t len = (size_t)n;
        if (len > 0 && line[len - 1] == '\n')
            len--;
        if (len > 0 && line[len - 1] == '\r')
            len--;
        rc = fn(ctx, (struct stet_span){ line, len });
    }
    if (rc == STET_OK && ferror(f))
        rc = set_error(err, STET_EIO, path);
    free(line);
    if (f != stdin)
        fclose(f);
    return rc;
}

/* How long the UTF-8 sequence at p is, 0 when there is none. */
static size_t sequence(const unsigned char *p, size_t n)
{
    size_t len = 1;

    if (p[0] >= 0xC2)
        len = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : p[0] < 0xF5 ? 4 : 0;
    else if (p[0] >= 0x80)
        len = 0;
    if (len > n)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    return len;
}

/* U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 turn text round. */
static bool is_bidi_control(const unsigned char *p)
{
    if (p[0] != 0xE2)
        return false;
    if (p[1] == 0x81)
        return p[2] >= 0xA6 && p[2] <= 0xA9;
    return p[1] == 0x80 &&
           (p[2] == 0x8E || p[2] == 0x8F || (p[2] >= 0xAA && p[2] <= 0xAE));
}

/* The length of a sequence at p that is safe to show, or 0. */
static size_t showable(const unsigned char *p, size_t n)
{
    size_t len = sequence(p, n);

    if (len == 1)
        return (p[0] >= 0x20 && p[0] != 0x7F) || p[0] == '\t';
    if (len == 2 && p[0] == 0xC2 && p[1] < 0xA0)
        return 0; /* C1 controls */
    return len == 3 && is_bidi_control(p) ? 0 : len;
}

void cli_put_text(FILE *to, struct stet_span text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;

    for (size_t i = 0; i < text.len;) {
        size_t n = showable(p + i, text.len - i);
        if (n > 0)
            fwrite(p + i, 1, n, to);
        else
            fprintf(to, "\\x%02X", p[i]);
        i += n > 0 ? n : 1;
    }
}
