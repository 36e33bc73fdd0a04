#ifndef STET_CLI_FILTER_H
#define STET_CLI_FILTER_H

#include "cli/options.h"

#include "stet/warc.h"

/*
 * Choosing records, the same way in every command that does.  All that is
 * given must hold.
 */
struct cli_filter {
    const char *type, *url, *status, *mime, *from, *to;
};

/* The rows of an option table; `filter` is a member of struct args. */
/* clang-format off */
#define CLI_FILTER_OPTIONS(args)                                              \
    { "type", 't', CLI_STRING, "TYPE", "only records of this WARC-Type",      \
      offsetof(struct args, filter.type) },                                   \
    { "url", 'u', CLI_STRING, "PREFIX", "only of URLs that begin so",         \
      offsetof(struct args, filter.url) },                                    \
    { "status", 's', CLI_STRING, "STATUS",                                    \
      "only of this HTTP status: 404, or 4xx",                                \
      offsetof(struct args, filter.status) },                                 \
    { "mime", 'm', CLI_STRING, "TYPE",                                        \
      "only of this media type: text/html, or image/",                        \
      offsetof(struct args, filter.mime) },                                   \
    { "from", 0, CLI_STRING, "DATE", "only of this date or later",            \
      offsetof(struct args, filter.from) },                                   \
    { "to", 0, CLI_STRING, "DATE", "only of this date or earlier",            \
      offsetof(struct args, filter.to) }
/* clang-format on */

/* STET_EUSAGE: a date without digits, a status that is none. */
STET_NODISCARD int cli_filter_check(const struct cli_filter *f,
                                    struct stet_error *err);

/* What the header alone can tell: type, URL, date. */
bool cli_filter_header(const struct cli_filter *f,
                       const struct stet_warc_record *rec);

/* What takes the HTTP head: status, media type ("" for none). */
bool cli_filter_http(const struct cli_filter *f, int status,
                     const char *media_type);

#endif
