#include "warc/head.h"

#include "base/ascii.h"
#include "base/mem.h"
#include "base/span.h"

#include <string.h>

void stet_warc_head_init(struct stet_warc_head *h)
{
    *h = (struct stet_warc_head){ 0 };
}

void stet_warc_head_clear(struct stet_warc_head *h)
{
    stet_free(h->fields);
    stet_warc_head_init(h);
}

size_t stet_warc_head_length(struct stet_span bytes, size_t *looked)
{
    size_t from = *looked;

    while (from < bytes.len) {
        const char *lf = memchr(bytes.ptr + from, '\n', bytes.len - from);
        if (!lf) {
            from = bytes.len;
            break;
        }
        size_t next = (size_t)(lf - bytes.ptr) + 1;
        if (next < bytes.len && bytes.ptr[next] == '\n')
            return next + 1;
        if (next + 1 < bytes.len && memcmp(bytes.ptr + next, "\r\n", 2) == 0)
            return next + 2;
        if (next + 2 > bytes.len)
            break; /* what follows this line end is yet to come */
        from = next;
    }
    *looked = from;
    return 0;
}

bool stet_warc_is_version(struct stet_span line)
{
    struct stet_span prefix = STET_SPAN("WARC/");
    size_t digits[2] = { 0, 0 };
    int part = 0;

    if (!stet_span_istarts(line, prefix.ptr))
        return false;
    for (size_t i = prefix.len; i < line.len; i++) {
        if (line.ptr[i] == '.' && part == 0)
            part = 1;
        else if (stet_is_digit((unsigned char)line.ptr[i]))
            digits[part]++;
        else
            return false;
    }
    return digits[0] > 0 && digits[1] > 0;
}

bool stet_warc_is_known_version(struct stet_span line)
{
    static const char *const known[] = { "WARC/1.1", "WARC/1.0", "WARC/0.18",
                                         "WARC/0.17" };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (stet_span_ieqs(line, known[i]))
            return true;
    return false;
}

/*
 * Takes a line off *at: its bytes without the line end.  A field's line
 * takes in the folded ones after it (section 4: LWS), whose line ends
 * become spaces.
 */
static struct stet_span next_line(struct stet_warc_head *h, char **at,
                                  const char *end, bool folds)
{
    char *start = *at;
    char *p = start;

    for (;;) {
        char *lf = memchr(p, '\n', (size_t)(end - p));
        char *stop = lf ? lf : start + (end - start);

        p = lf ? lf + 1 : stop;
        if (stop > start && stop[-1] == '\r')
            stop--;
        else if (lf)
            h->bare_lf = true;
        if (!folds || p == end || (*p != ' ' && *p != '\t')) {
            *at = p;
            return (struct stet_span){ start, (size_t)(stop - start) };
        }
        memset(stop, ' ', (size_t)(p - stop));
    }
}

static int add_field(struct stet_warc_head *h, struct stet_span line)
{
    struct stet_span value = line;
    struct stet_span name = stet_span_cut(&value, ':');

    if (!value.ptr || stet_span_trim(name).len == 0) {
        if (h->odd.len == 0)
            h->odd = line;
        return STET_OK;
    }
    if (h->n_fields == STET_WARC_FIELDS_MAX) {
        h->too_many = true;
        return STET_OK;
    }
    if (stet_grow_array(&h->fields, &h->cap, h->n_fields + 1,
                        sizeof(*h->fields)) < 0)
        return STET_ENOMEM;
    h->fields[h->n_fields++] = (struct stet_warc_field){
        stet_span_trim(name),
        stet_span_trim(value),
    };
    return STET_OK;
}

int stet_warc_head_parse(struct stet_warc_head *h, char *text, size_t len)
{
    const char *end = text + len;
    int rc = STET_OK;

    h->n_fields = 0;
    h->bare_lf = h->too_many = false;
    h->odd = (struct stet_span){ "", 0 };
    h->version = next_line(h, &text, end, false);
    while (text < end && rc == STET_OK) {
        struct stet_span line = next_line(h, &text, end, true);

        if (line.len > 0)
            rc = add_field(h, line);
    }
    return rc;
}
