/*
 * Any bytes at all as a document.  The first byte picks the charset, the
 * second how it is cut and read.  Then:
 *
 *   - cut into pieces it gives the same tokens as whole;
 *   - tokens come in order, do not overlap, and lie in the input, and so do
 *     names and values in their tags;
 *   - what lies between tokens is only what html.h says;
 *   - raw bytes are those of the source, and every string is UTF-8.
 */
#include "base/span.h"
#include "base/utf8.h"
#include "html/charset.h"
#include "unit/html/printer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct judge {
    struct printer printer;
    struct stet_span doc;
    uint64_t end;
    bool recoded, skip_text;
};

static void demand(bool ok)
{
    if (!ok)
        abort();
}

static void demand_utf8(struct stet_span s)
{
    demand(stet_utf8_is_valid(s));
}

/* What stands between tokens: "</>", CDATA marks, a byte order mark. */
static void judge_gap(struct stet_span gap)
{
    static const struct stet_span known[] = { STET_SPAN_INIT("</>"),
                                              STET_SPAN_INIT("<![CDATA["),
                                              STET_SPAN_INIT("]]>"),
                                              STET_SPAN_INIT("\xEF\xBB\xBF") };

    while (gap.len > 0) {
        size_t i = 0;

        while (i < 4 && !stet_span_starts(gap, known[i]))
            i++;
        demand(i < 4);
        gap = stet_span_sub(gap, known[i].len, gap.len);
    }
}

static void judge_attr(const struct judge *j, const struct stet_html_token *t,
                       const struct stet_html_attr *a)
{
    demand_utf8(a->name);
    demand_utf8(a->value);
    demand(a->name_offset >= t->offset && a->name_length > 0);
    demand(a->value_offset >= a->name_offset + a->name_length);
    demand(a->value_offset + a->value_length <= t->offset + t->length);
    demand(a->has_value || a->value_length == 0);
    if (j->recoded || !a->quote)
        return;
    demand(j->doc.ptr[a->value_offset - 1] == a->quote);
    demand(j->doc.ptr[a->value_offset + a->value_length] == a->quote);
}

static int judge_token(void *ctx, const struct stet_html_token *t)
{
    struct judge *j = ctx;

    demand(t->offset >= j->end && t->length > 0);
    demand_utf8(t->name);
    demand_utf8(t->text);
    demand_utf8(t->public_id);
    demand_utf8(t->system_id);
    for (size_t i = 0; i < t->n_attrs; i++)
        judge_attr(j, t, &t->attrs[i]);
    if (!j->recoded) {
        demand(t->offset + t->length <= j->doc.len);
        if (!j->skip_text)
            judge_gap(stet_span_sub(j->doc, (size_t)j->end,
                                    (size_t)(t->offset - j->end)));
        if (t->raw.len > 0)
            demand(memcmp(t->raw.ptr, j->doc.ptr + t->raw_offset, t->raw.len) ==
                   0);
    }
    j->end = t->offset + t->length;
    return printer_on_token(&j->printer, t);
}

static void run(struct judge *j, const struct stet_html_options *opts,
                size_t piece)
{
    struct stet_html_options o = *opts;
    struct stet_html_tokenizer *t = NULL;

    printer_init(&j->printer, true);
    o.on_token = judge_token;
    o.ctx = j;
    j->end = 0;
    demand(stet_html_tokenizer_new(&t, &o, NULL) == STET_OK);
    j->recoded = stet_html_tokenizer_is_recoded(t);
    for (size_t at = 0; at < j->doc.len; at += piece)
        demand(stet_html_tokenizer_feed(t, stet_span_sub(j->doc, at, piece),
                                        NULL) == STET_OK);
    demand(stet_html_tokenizer_finish(t, NULL) == STET_OK);
    stet_html_tokenizer_free(t);
    printer_end(&j->printer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct judge whole = { 0 }, cut;
    struct stet_html_options o = { 0 };
    struct stet_charset_guess guess;

    if (size < 2)
        return 0;
    o.charset = (enum stet_charset)(data[0] % STET_N_CHARSETS);
    o.state = (enum stet_html_state)((data[1] >> 4) % 6);
    o.last_start_tag = STET_SPAN("script");
    o.skip_text = (data[1] & 8) != 0;
    whole.doc = (struct stet_span){ (const char *)data + 2, size - 2 };
    whole.skip_text = o.skip_text;
    demand(stet_charset_detect(&guess, whole.doc, STET_SPAN("")) == STET_OK);
    demand(guess.charset > STET_CHARSET_NONE &&
           guess.charset < STET_N_CHARSETS);
    cut = whole;
    run(&whole, &o, size);
    run(&cut, &o, 1U + (data[1] & 7U));
    demand(whole.printer.out.len == cut.printer.out.len);
    if (whole.printer.out.len > 0)
        demand(memcmp(whole.printer.out.data, cut.printer.out.data,
                      whole.printer.out.len) == 0);
    printer_clear(&whole.printer);
    printer_clear(&cut.printer);
    return 0;
}
