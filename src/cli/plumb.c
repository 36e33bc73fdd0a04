/*
 * What the plumbing commands share: questions in, lines out.
 */
#include "cli/plumb.h"

#include <stdlib.h>
#include <string.h>

/* A full disk or a closed pipe ends the work; main() says so. */
static int put_line(void *ctx, struct stet_span line)
{
    (void)ctx;
    fwrite(line.ptr, 1, line.len, stdout);
    putchar('\n');
    return ferror(stdout) ? STET_END : STET_OK;
}

struct talk {
    const char *stage;
    struct stet_error err;
};

static int answer_line(void *ctx, struct stet_span line)
{
    struct talk *t = ctx;
    struct stet_bytes out;
    int rc = stet_plumb_answer(&out, t->stage, line, &t->err);

    if (rc == STET_OK) {
        rc = put_line(NULL, (struct stet_span){ out.data, out.len });
        if (fflush(stdout) != 0)
            rc = STET_END;
    }
    stet_bytes_clear(&out);
    return rc;
}

int cli_plumb_lines(const char *stage)
{
    struct talk t = { .stage = stage };
    struct stet_error err = { 0 };
    int rc = cli_each_line(NULL, answer_line, &t, &err);

    if (rc < 0)
        return cli_fail(stage, t.err.code ? &t.err : &err);
    return CLI_OK;
}

struct stet_plumb_field cli_field(const char *name, const char *value)
{
    return (struct stet_plumb_field){ name,
                                      { value, value ? strlen(value) : 0 } };
}

static int ask(const char *stage, const struct stet_plumb_field *fields,
               size_t n, stet_plumb_line_fn put)
{
    struct stet_error err = { 0 };
    int rc = stet_plumb_ask(stage, fields, n, put, NULL, &err);

    if (rc < 0)
        return cli_fail(stage, &err);
    return rc == STET_OK ? CLI_OK : CLI_BAD;
}

int cli_plumb_ask(const char *stage, const struct stet_plumb_field *fields,
                  size_t n)
{
    return ask(stage, fields, n, put_line);
}

int cli_plumb_file(const char *stage, const char *path,
                   struct stet_plumb_field *fields, size_t n,
                   stet_plumb_line_fn put)
{
    struct stet_error err = { 0 };
    struct stet_bytes content;
    int status;

    if (cli_read(&content, path, STET_MAX_PLUMB_LINE, &err) < 0)
        return cli_fail(NULL, &err);
    fields[0].value = (struct stet_span){ content.data, content.len };
    status = ask(stage, fields, n, put ? put : put_line);
    free(content.data);
    return status;
}
