#include "base/ascii.h"
#include "base/utf8.h"
#include "html/charref.h"
#include "html/scan.h"
#include "html/tokenizer.h"

#include <string.h>

/* No source byte, reference or '\r' gives more than three bytes. */
enum { GROWTH = 3 };

bool stet_html_reserve(struct stet_html_tokenizer *t, size_t n)
{
    stet_buf_reset(&t->scratch);
    return stet_buf_room(&t->scratch, n * GROWTH + GROWTH) != NULL;
}

/* Adds the text of a run to scratch. */
static void add_run(struct stet_html_tokenizer *t, struct stet_span raw)
{
    struct stet_decoder d;

    if (t->utf8) {
        stet_utf8_add_clean(&t->scratch, raw);
        return;
    }
    /* Markup or nothing follows: a character that is not complete ends as
     * it would before a '<', which then is taken off again. */
    stet_decoder_init(&d, t->charset);
    stet_decoder_add(&d, raw, &t->scratch);
    if (d.n_lead > 0) {
        stet_decoder_add(&d, STET_SPAN("<"), &t->scratch);
        if (stet_buf_status(&t->scratch) == STET_OK)
            stet_buf_cut(&t->scratch, t->scratch.len - 1);
    }
}

static struct stet_span since(const struct stet_html_tokenizer *t, size_t from)
{
    struct stet_span s = stet_buf_span(&t->scratch);

    if (from > s.len)
        from = s.len;
    return (struct stet_span){ s.ptr + from, s.len - from };
}

struct stet_span stet_html_decode_run(struct stet_html_tokenizer *t,
                                      struct stet_span raw)
{
    size_t from = t->scratch.len;

    if (t->utf8 && stet_utf8_is_valid(raw))
        return raw;
    add_run(t, raw);
    return since(t, from);
}

/* The byte at p, which is '&', '\r' or NUL; returns what comes after it. */
static const char *add_special(struct stet_html_tokenizer *t, const char *p,
                               const char *end, unsigned how)
{
    struct stet_charref ref;

    if (*p == '\r') {
        stet_buf_addc(&t->scratch, '\n');
        return p + (end - p > 1 && p[1] == '\n' ? 2 : 1);
    }
    if (*p == '\0') {
        if (how & HTML_NUL)
            stet_utf8_add(&t->scratch, STET_UTF8_REPLACEMENT);
        else
            stet_buf_addc(&t->scratch, '\0');
        return p + 1;
    }
    ref.len = 0;
    if (how & HTML_REFS_IN_ATTR)
        stet_charref_read(&ref, (struct stet_span){ p, (size_t)(end - p) },
                          true);
    if (ref.len == 0) {
        stet_buf_addc(&t->scratch, '&');
        return p + 1;
    }
    stet_utf8_add(&t->scratch, ref.cps[0]);
    if (ref.cps[1])
        stet_utf8_add(&t->scratch, ref.cps[1]);
    return p + ref.len;
}

struct stet_span stet_html_decode(struct stet_html_tokenizer *t,
                                  struct stet_span raw, unsigned how)
{
    const char *p = raw.ptr, *end = p + raw.len;
    size_t from = t->scratch.len;
    bool high = false;
    const char *stop = stet_scan_text(p, end, end, &high);

    if (stop == end && !(how & HTML_LOWER) &&
        (!high || (t->utf8 && stet_utf8_is_valid(raw))))
        return raw;
    for (;;) {
        struct stet_span runs = { p, (size_t)(stop - p) };

        if (high)
            add_run(t, runs);
        else
            stet_buf_add_span(&t->scratch, runs);
        if (stop == end)
            break;
        p = add_special(t, stop, end, how);
        high = false;
        stop = stet_scan_text(p, end, end, &high);
    }
    if (how & HTML_LOWER && stet_buf_status(&t->scratch) == STET_OK)
        for (size_t i = from; i < t->scratch.len; i++)
            t->scratch.data[i] = stet_to_lower(t->scratch.data[i]);
    return since(t, from);
}

size_t stet_html_open_tail(const struct stet_html_tokenizer *t,
                           struct stet_span raw)
{
    const unsigned char *p = (const unsigned char *)raw.ptr;

    if (!t->utf8)
        return stet_charset_open_tail(t->charset, raw);
    for (size_t n = 1; n <= 3 && n <= raw.len; n++) {
        unsigned char c = p[raw.len - n];

        if (c < 0x80)
            return 0;
        if (c >= 0xC0)
            return n < (c >= 0xF0 ? 4U : c >= 0xE0 ? 3U : 2U) ? n : 0;
    }
    return 0;
}
