/*
 * stet show FILE OFFSET | FILE URL
 *
 * Writes one record, or a part of it, as it is.
 */
#include "cli/options.h"

#include "stet/warc.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 64 * 1024 };

struct args {
    bool header, block, payload, body, text;
    const char *type;
};

static const struct cli_option options[] = {
    { "header", 0, CLI_FLAG, NULL, "only the record's header",
      offsetof(struct args, header) },
    { "block", 0, CLI_FLAG, NULL, "only the block, byte for byte",
      offsetof(struct args, block) },
    { "payload", 0, CLI_FLAG, NULL,
      "only the HTTP body, transfer coding removed",
      offsetof(struct args, payload) },
    { "body", 0, CLI_FLAG, NULL, "only the HTTP body, codings undone",
      offsetof(struct args, body) },
    { "text", 0, CLI_FLAG, NULL, "only the HTTP body, as UTF-8 text",
      offsetof(struct args, text) },
    { "type", 't', CLI_STRING, "TYPE",
      "with a URL: the first record of this WARC-Type",
      offsetof(struct args, type) },
    CLI_OPTIONS_END,
};

static bool is_same(struct stet_span s, const char *text)
{
    return s.len == strlen(text) && memcmp(s.ptr, text, s.len) == 0;
}

static int put_block(struct stet_warc_reader *r, struct stet_error *err)
{
    static char piece[PIECE];
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0) {
        rc = stet_warc_reader_read(r, piece, sizeof(piece), &got, err);
        fwrite(piece, 1, got, stdout);
    }
    return rc;
}

static int put_payload(struct stet_warc_reader *r,
                       const struct stet_warc_record *rec,
                       enum stet_warc_form form, struct stet_error *err)
{
    static char piece[PIECE];
    struct stet_warc_payload *p = NULL;
    size_t got = 1;
    int rc = stet_warc_payload_open(&p, r, rec, form, err);

    while (rc == STET_OK && got > 0) {
        rc = stet_warc_payload_read(p, piece, sizeof(piece), &got, err);
        fwrite(piece, 1, got, stdout);
    }
    stet_warc_payload_free(p);
    return rc;
}

static int put_text(struct stet_warc_reader *r,
                    const struct stet_warc_record *rec, struct stet_error *err)
{
    static char piece[PIECE];
    struct stet_warc_payload *p = NULL;
    struct stet_warc_text *t = NULL;
    size_t got = 1;
    int rc = stet_warc_payload_open(&p, r, rec, STET_WARC_BODY, err);

    if (rc == STET_OK)
        rc = stet_warc_text_open(&t, p, rec, err);
    while (rc == STET_OK && got > 0) {
        rc = stet_warc_text_read(t, piece, sizeof(piece), &got, err);
        fwrite(piece, 1, got, stdout);
    }
    stet_warc_text_free(t);
    stet_warc_payload_free(p);
    return rc;
}

static int show_record(const struct args *a, struct stet_warc_reader *r,
                       const struct stet_warc_record *rec,
                       struct stet_error *err)
{
    bool all = !a->header && !a->block && !a->payload && !a->body && !a->text;
    int rc = STET_OK;

    if (all || a->header)
        fwrite(rec->header.ptr, 1, rec->header.len, stdout);
    if (all || a->block)
        rc = put_block(r, err);
    else if (a->payload || a->body)
        rc = put_payload(r, rec, a->body ? STET_WARC_BODY : STET_WARC_ENTITY,
                         err);
    else if (a->text)
        rc = put_text(r, rec, err);
    return rc;
}

/* Of a URL that which was captured; what is about it only when asked for. */
static bool is_wanted(const struct args *a, const struct stet_warc_record *rec,
                      const char *url)
{
    if (!is_same(stet_warc_record_uri(rec, "WARC-Target-URI"), url))
        return false;
    if (a->type)
        return is_same(rec->type, a->type);
    return is_same(rec->type, "response") || is_same(rec->type, "revisit") ||
           is_same(rec->type, "resource");
}

static int show_by_url(const struct args *a, struct stet_warc_reader *r,
                       const char *url, struct stet_error *err)
{
    struct stet_warc_record rec;
    int rc;

    while ((rc = stet_warc_reader_next(r, &rec, err)) == STET_OK) {
        if (is_wanted(a, &rec, url))
            return show_record(a, r, &rec, err);
    }
    return rc;
}

/* STET_END: no record begins there. */
static int show_by_offset(const struct args *a, struct stet_warc_reader *r,
                          uint64_t offset, struct stet_error *err)
{
    struct stet_warc_record rec;
    int rc = stet_warc_reader_seek(r, offset, err);

    if (rc == STET_OK)
        rc = stet_warc_reader_next(r, &rec, err);
    if (rc == STET_OK && rec.offset != offset)
        return STET_END;
    return rc == STET_OK ? show_record(a, r, &rec, err) : rc;
}

static bool is_offset(const char *text, uint64_t *out)
{
    char *end;

    if (text[0] < '0' || text[0] > '9')
        return false;
    errno = 0;
    *out = strtoull(text, &end, 10);
    return *end == '\0' && errno == 0;
}

static int show_in(const struct args *a, const char *path, const char *what,
                   struct stet_error *err)
{
    static const struct stet_warc_reader_options lenient = {
        .policy = STET_WARC_LENIENT
    };
    struct stet_warc_reader *r = NULL;
    uint64_t offset;
    int rc = stet_warc_reader_open(&r, path, &lenient, err);

    if (rc == STET_OK)
        rc = is_offset(what, &offset) ? show_by_offset(a, r, offset, err)
                                      : show_by_url(a, r, what, err);
    stet_warc_reader_free(r);
    return rc;
}

static int run(const struct cli_command *self, int argc, char **argv)
{
    struct args args = { 0 };
    struct stet_warc_files files = { 0 };
    struct stet_error err = { 0 };
    uint64_t offset;
    int n;
    int status = cli_parse(self, &args, argc, argv, &n);
    int rc;

    if (status != CLI_GO_ON)
        return status;
    if (n != 2)
        return cli_misuse(self, "it takes a file and an offset or URL");
    if (args.header + args.block + args.payload + args.body + args.text > 1)
        return cli_misuse(self, "only one part can be shown");
    rc = stet_warc_files_add(&files, argv[1], &err);
    if (rc == STET_OK && files.len > 1 && is_offset(argv[2], &offset)) {
        stet_warc_files_clear(&files);
        return cli_misuse(self, "an offset needs one file, not a folder");
    }
    for (size_t i = 0; i < files.len && rc >= 0; i++) {
        rc = show_in(&args, files.paths[i], argv[2], &err);
        if (rc == STET_OK)
            break;
    }
    stet_warc_files_clear(&files);
    if (rc == STET_END) {
        fprintf(stderr, "stet: %s: no such record: ", argv[1]);
        cli_put_text(stderr, (struct stet_span){ argv[2], strlen(argv[2]) });
        fprintf(stderr, "\n");
        return CLI_BAD;
    }
    return rc < 0 ? cli_fail(argv[1], &err) : CLI_OK;
}

const struct cli_command cli_show = { "show", "FILE OFFSET|URL",
                                      "write one record, or a part of it",
                                      options, run };
