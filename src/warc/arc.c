#include "warc/arc.h"

#include "base/ascii.h"
#include "base/date.h"

#include <inttypes.h>
#include <string.h>

enum {
    MAX_PARTS = 64, /* of a line; a URL with more blanks is not read */
    PARTS_V1 = 2,   /* after the date: type, length */
    PARTS_V2 = 7,   /* type, result, checksum, location, offset, name, length */
    DATE_MIN = 8,
    DATE_MAX = 18,
};

static bool is_made_of(struct stet_span s, bool (*is)(unsigned char))
{
    for (size_t i = 0; i < s.len; i++)
        if (!is((unsigned char)s.ptr[i]))
            return false;
    return s.len > 0;
}

static bool is_digit(unsigned char c)
{
    return stet_is_digit(c);
}

static bool is_address_char(unsigned char c)
{
    return stet_hex_value(c) >= 0 || c == '.' || c == ':';
}

static bool is_nothing(struct stet_span s)
{
    return stet_span_eqs(s, "-");
}

static bool is_address(struct stet_span s)
{
    return is_nothing(s) || (is_made_of(s, is_address_char) &&
                             (memchr(s.ptr, '.', s.len) != NULL ||
                              memchr(s.ptr, ':', s.len) != NULL));
}

static bool is_date(struct stet_span s)
{
    return is_nothing(s) ||
           (s.len >= DATE_MIN && s.len <= DATE_MAX && is_made_of(s, is_digit));
}

/* RFC 3986 section 3.1. */
static bool has_scheme(struct stet_span s)
{
    size_t n = 0;

    if (s.len == 0 || !stet_is_alpha((unsigned char)s.ptr[0]))
        return false;
    while (n < s.len && (stet_is_alnum((unsigned char)s.ptr[n]) ||
                         (s.ptr[n] != '\0' && strchr("+-.", s.ptr[n]))))
        n++;
    return n < s.len && s.ptr[n] == ':';
}

static bool is_filedesc(struct stet_span line)
{
    return stet_span_starts(line, STET_SPAN("filedesc:"));
}

static size_t cut_parts(struct stet_span *out, struct stet_span line)
{
    size_t n = 0;

    while (line.ptr && n < MAX_PARTS)
        out[n++] = stet_span_cut(&line, ' ');
    return line.ptr ? 0 : n;
}

/* The last place where an address stands before a date; 0: nowhere.  The
 * file's own line is taken at its word. */
static size_t find_date(const struct stet_span *parts, size_t n, bool filedesc)
{
    for (size_t i = n - PARTS_V1 - 1; i >= 2; i--)
        if (is_date(parts[i]) && is_address(parts[i - 1]))
            return i;
    return filedesc ? n - PARTS_V1 - 1 : 0;
}

static struct stet_span join(struct stet_span first, struct stet_span last)
{
    return (struct stet_span){ first.ptr,
                               (size_t)(last.ptr + last.len - first.ptr) };
}

bool stet_arc_line_parse(struct stet_arc_line *out, struct stet_span line)
{
    struct stet_span parts[MAX_PARTS];
    size_t n, date, rest;

    *out = (struct stet_arc_line){ 0 };
    if (!has_scheme(line) || line.len > STET_MAX_ARC_LINE)
        return false;
    n = cut_parts(parts, line);
    if (n < 3 + PARTS_V1)
        return false;
    date = find_date(parts, n, is_filedesc(line));
    if (date == 0 || n - date - 1 < PARTS_V1)
        return false;
    out->url = join(parts[0], parts[date - 2]);
    out->address = parts[date - 1];
    out->date = parts[date];
    out->length = parts[n - 1];
    rest = n - date - 1;
    if (rest == PARTS_V2) {
        out->type = parts[date + 1];
        out->result = parts[date + 2];
        out->checksum = parts[date + 3];
        out->location = parts[date + 4];
    } else {
        out->type = join(parts[date + 1], parts[n - 2]);
    }
    return true;
}

/* -- as WARC --------------------------------------------------------------- */

static bool is_http(struct stet_span url)
{
    return stet_span_istarts(url, "http:") || stet_span_istarts(url, "https:");
}

static void add_some(struct stet_warc_header *h, const char *name,
                     struct stet_span value)
{
    if (!is_nothing(value))
        stet_warc_header_add(h, name, value);
}

static int make_id(char out[STET_UUID_TEXT_MAX], const struct stet_arc_line *a,
                   uint64_t offset)
{
    struct stet_ids ids = { .seeded = true, .seed = offset };

    return stet_uuid_make(out, &ids, join(a->url, a->length));
}

static void add_place(struct stet_warc_header *h, const struct stet_arc_line *a)
{
    if (is_filedesc(a->url)) {
        struct stet_span slashes = STET_SPAN("filedesc://");

        if (stet_span_starts(a->url, slashes))
            stet_warc_header_add(
                h, "WARC-Filename",
                stet_span_sub(a->url, slashes.len, a->url.len));
        return;
    }
    stet_warc_header_add_uri(h, "WARC-Target-URI", a->url);
    if (is_address(a->address) && !stet_span_eqs(a->address, "0.0.0.0"))
        add_some(h, "WARC-IP-Address", a->address);
}

static void add_type(struct stet_warc_header *h, const struct stet_arc_line *a)
{
    if (!is_http(a->url)) {
        add_some(h, "Content-Type", a->type);
        return;
    }
    stet_warc_header_add(h, "Content-Type", STET_WARC_HTTP_RESPONSE);
    add_some(h, "ARC-Content-Type", a->type);
}

int stet_arc_line_to_header(struct stet_warc_header *out,
                            const struct stet_arc_line *a, uint64_t offset)
{
    char id[STET_UUID_TEXT_MAX];
    int64_t date = stet_date_parse_digits(stet_span_sub(a->date, 0, 14));
    uint64_t length;
    int rc = make_id(id, a, offset);

    if (rc < 0)
        return rc;
    stet_buf_reset(&out->text);
    out->version = STET_WARC_1_0;
    stet_buf_adds(&out->text, "WARC/1.0\r\n");
    stet_warc_header_add(out, "WARC-Type",
                         is_filedesc(a->url) ? STET_SPAN("warcinfo")
                         : is_http(a->url)   ? STET_SPAN("response")
                                             : STET_SPAN("resource"));
    stet_warc_header_add_id(out, "WARC-Record-ID", id);
    if (date != STET_NO_DATE)
        stet_warc_header_add_date(out, "WARC-Date", date);
    add_place(out, a);
    add_type(out, a);
    add_some(out, "ARC-Result-Code", a->result);
    add_some(out, "ARC-Checksum", a->checksum);
    add_some(out, "ARC-Location", a->location);
    if (stet_span_to_u64(a->length, &length))
        stet_warc_header_add(out, "Content-Length", a->length);
    stet_buf_adds(&out->text, "\r\n");
    return stet_buf_status(&out->text);
}
