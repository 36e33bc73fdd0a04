/*
 * stet report ARCHIVE
 *
 * One HTML page about an archive, which needs nothing but itself.
 */
#include "cli/options.h"

#include "stet/report.h"

#include <errno.h>
#include <string.h>

struct args {
    const char *output;
};

static const struct cli_option options[] = {
    { "output", 'o', CLI_STRING, "FILE",
      "write to FILE (default: standard output)",
      offsetof(struct args, output) },
    CLI_OPTIONS_END,
};

static int write_out(const char *path, const struct stet_bytes *html)
{
    FILE *f = path ? fopen(path, "wb") : stdout;
    bool good = f && fwrite(html->data, 1, html->len, f) == html->len;

    if (f && path)
        good &= fclose(f) == 0;
    if (good)
        return CLI_OK;
    fprintf(stderr, "stet: %s: %s\n", path ? path : "standard output",
            strerror(errno));
    return CLI_FAULT;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args a = { NULL };
    struct stet_error err = { 0, 0, "" };
    struct stet_bytes html;
    int n, status = cli_parse(self, &a, argc, argv, &n);

    if (status != CLI_GO_ON)
        return status;
    if (n != 1)
        return cli_misuse(self, n ? "more than one archive" : "no archive");
    if (stet_report_print(&html, argv[1], &err) < 0)
        return cli_fail(NULL, &err);
    status = write_out(a.output, &html);
    stet_bytes_clear(&html);
    return status;
}

const struct cli_command cli_report = { "report", "ARCHIVE",
                                        "one HTML page about an archive",
                                        options, run };
