/*
 * Any bytes in any encoding, named by the first byte; the second says where
 * they are cut.  Then:
 *
 *   - the text is UTF-8, at most 3 bytes for each of the source;
 *   - in pieces it is the same text as at once, and so it is when it is cut
 *     before a character that is not complete;
 *   - every guess is an encoding, whose name is one of its labels.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/span.h"
#include "base/utf8.h"
#include "html/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool ok)
{
    if (!ok)
        abort();
}

static void judge_pieces(enum stet_charset c, struct stet_span doc,
                         struct stet_span whole, size_t piece)
{
    struct stet_decoder d;
    struct stet_buf out;

    stet_buf_init(&out, 1 << 24);
    stet_decoder_init(&d, c);
    for (size_t at = 0; at < doc.len; at += piece)
        stet_decoder_add(&d, stet_span_sub(doc, at, piece), &out);
    stet_decoder_finish(&d, &out);
    demand(stet_span_eq(stet_buf_span(&out), whole));
    stet_buf_clear(&out);
}

/* Two texts, one after the other, are the text of both. */
static void judge_tail(enum stet_charset c, struct stet_span doc,
                       struct stet_span whole, size_t cut)
{
    struct stet_span head = stet_span_sub(doc, 0, cut);
    size_t open = stet_charset_open_tail(c, head);
    struct stet_buf out;

    demand(open <= head.len && open < 4);
    head.len -= open;
    stet_buf_init(&out, 1 << 24);
    stet_charset_decode(c, head, &out);
    stet_charset_decode(c, stet_span_sub(doc, head.len, doc.len), &out);
    demand(stet_span_eq(stet_buf_span(&out), whole));
    stet_buf_clear(&out);
}

static void judge_guess(struct stet_span doc, struct stet_span label)
{
    struct stet_charset_guess g;

    demand(stet_charset_detect(&g, doc, label) == STET_OK);
    demand(g.charset > STET_CHARSET_NONE && g.charset < STET_N_CHARSETS);
    demand(g.bom_len <= doc.len && g.bom_len <= 3);
    demand((g.bom_len > 0) == (g.source == STET_CHARSET_FROM_BOM));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span doc, name;
    struct stet_buf whole;
    enum stet_charset c;

    if (size < 2)
        return 0;
    c = (enum stet_charset)(1 + data[0] % (STET_N_CHARSETS - 1));
    doc = (struct stet_span){ (const char *)data + 2, size - 2 };
    name = stet_span_of(stet_charset_name(c));
    demand(stet_charset_of_label(name) == c || c == STET_CHARSET_REPLACEMENT);

    stet_buf_init(&whole, 1 << 24);
    stet_charset_decode(c, doc, &whole);
    demand(stet_buf_status(&whole) == STET_OK);
    demand(stet_utf8_is_valid(stet_buf_span(&whole)));
    demand(whole.len <= 3 * doc.len);
    judge_pieces(c, doc, stet_buf_span(&whole), 1U + (data[1] & 7U));
    if (stet_charset_keeps_markup(c))
        judge_tail(c, doc, stet_buf_span(&whole), data[1]);
    stet_buf_clear(&whole);
    judge_guess(doc, STET_SPAN(""));
    judge_guess(doc, name);
    judge_guess(doc, doc);
    return 0;
}
