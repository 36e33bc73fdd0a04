#include "cli/filter.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { DIGITS = 17 }; /* of a date with milliseconds */

/* The digits of a date: "2026-11-23T15" is "2026112315". */
static size_t digits_of(struct stet_span s, char out[DIGITS + 1])
{
    size_t n = 0;

    for (size_t i = 0; i < s.len && n < DIGITS; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
            out[n++] = s.ptr[i];
    out[n] = '\0';
    return n;
}

static size_t digits_of_text(const char *text, char out[DIGITS + 1])
{
    return digits_of((struct stet_span){ text, strlen(text) }, out);
}

static bool is_digit_or_x(char c)
{
    return (c >= '0' && c <= '9') || c == 'x';
}

static bool is_status(const char *s)
{
    return strlen(s) == 3 && is_digit_or_x(s[0]) && is_digit_or_x(s[1]) &&
           is_digit_or_x(s[2]);
}

static int fail(struct stet_error *err, const char *option, const char *text)
{
    err->code = STET_EUSAGE;
    snprintf(err->text, sizeof(err->text), "--%s: what is '%s'?", option, text);
    return err->code;
}

int cli_filter_check(const struct cli_filter *f, struct stet_error *err)
{
    char digits[DIGITS + 1];

    if (f->status && !is_status(f->status))
        return fail(err, "status", f->status);
    if (f->from && digits_of_text(f->from, digits) < 4)
        return fail(err, "from", f->from);
    if (f->to && digits_of_text(f->to, digits) < 4)
        return fail(err, "to", f->to);
    return STET_OK;
}

/* A bound as short as "2026" stands for all that begins with it. */
static int compare(const char *is, const char *bound)
{
    char digits[DIGITS + 1];
    size_t n = digits_of_text(bound, digits);

    return strncmp(is, digits, n);
}

static bool is_between(const struct cli_filter *f, struct stet_span date)
{
    char is[DIGITS + 1];

    if (!f->from && !f->to)
        return true;
    return digits_of(date, is) > 0 && (!f->from || compare(is, f->from) >= 0) &&
           (!f->to || compare(is, f->to) <= 0);
}

bool cli_filter_header(const struct cli_filter *f,
                       const struct stet_warc_record *rec)
{
    struct stet_span url = stet_warc_record_uri(rec, "WARC-Target-URI");

    if (f->type && (rec->type.len != strlen(f->type) ||
                    memcmp(rec->type.ptr, f->type, rec->type.len) != 0))
        return false;
    if (f->url && (url.len < strlen(f->url) ||
                   memcmp(url.ptr, f->url, strlen(f->url)) != 0))
        return false;
    return is_between(f, stet_warc_record_field(rec, "WARC-Date"));
}

bool cli_filter_http(const struct cli_filter *f, int status,
                     const char *media_type)
{
    char digits[16];
    size_t n;

    if (f->status) {
        snprintf(digits, sizeof(digits), "%03d", status);
        for (size_t i = 0; i < 3; i++)
            if (f->status[i] != 'x' && f->status[i] != digits[i])
                return false;
        if (status == 0)
            return false;
    }
    if (!f->mime)
        return true;
    n = strlen(f->mime);
    if (n > 0 && f->mime[n - 1] == '/')
        return strncasecmp(media_type, f->mime, n) == 0;
    return strcasecmp(media_type, f->mime) == 0;
}
