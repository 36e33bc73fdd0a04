/*
 * The decoders of the Encoding Standard (sections 8 to 14).
 *
 * Each is a function of one byte that is called with the bytes before it in
 * `lead`.  It puts out what there is to put out and says whether it has
 * taken the byte or wants to see it again.
 */
#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "html/charset.h"
#include "html/charset_table.h"

#include <string.h>

typedef bool (*byte_fn)(struct stet_decoder *d, unsigned char c,
                        struct stet_buf *out);

#define NOTHING STET_UTF8_REPLACEMENT

/* out is NULL when only the state is of interest. */
static void put(struct stet_buf *out, uint32_t cp)
{
    if (out)
        stet_utf8_add(out, cp);
}

/* The end of a sequence: its character, or U+FFFD and the byte once more
 * when it is ASCII, which no sequence may swallow. */
static bool end_pair(struct stet_decoder *d, uint32_t cp, unsigned char c,
                     struct stet_buf *out)
{
    d->n_lead = 0;
    put(out, cp);
    return cp != NOTHING || c >= 0x80;
}

static bool begin(struct stet_decoder *d, unsigned char c)
{
    d->lead[0] = c;
    d->n_lead = 1;
    return true;
}

static bool one(struct stet_buf *out, uint32_t cp)
{
    put(out, cp);
    return true;
}

static bool in(unsigned char c, unsigned low, unsigned high)
{
    return c >= low && c <= high;
}

static bool byte_single(struct stet_decoder *d, unsigned char c,
                        struct stet_buf *out)
{
    return one(out, c < 0x80 ? c : stet_charset_single[d->charset][c - 0x80]);
}

static bool byte_user(struct stet_decoder *d, unsigned char c,
                      struct stet_buf *out)
{
    (void)d;
    return one(out, c < 0x80 ? c : 0xF700U + c);
}

static bool byte_replacement(struct stet_decoder *d, unsigned char c,
                             struct stet_buf *out)
{
    (void)c;
    if (!d->flag)
        put(out, NOTHING);
    d->flag = true;
    return true;
}

static size_t utf8_length(unsigned char lead)
{
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static bool utf8_continues(const struct stet_decoder *d, unsigned char c)
{
    unsigned low = 0x80, high = 0xBF;

    if (d->n_lead == 1) {
        low = d->lead[0] == 0xE0 ? 0xA0 : d->lead[0] == 0xF0 ? 0x90 : low;
        high = d->lead[0] == 0xED ? 0x9F : d->lead[0] == 0xF4 ? 0x8F : high;
    }
    return in(c, low, high);
}

static bool byte_utf8(struct stet_decoder *d, unsigned char c,
                      struct stet_buf *out)
{
    if (d->n_lead == 0) {
        if (in(c, 0xC2, 0xF4))
            return begin(d, c);
        return one(out, c < 0x80 ? c : NOTHING);
    }
    if (!utf8_continues(d, c)) {
        d->n_lead = 0;
        put(out, NOTHING);
        return false;
    }
    d->lead[d->n_lead++] = c;
    if (d->n_lead == utf8_length(d->lead[0])) {
        if (out)
            stet_buf_add(out, d->lead, d->n_lead);
        d->n_lead = 0;
    }
    return true;
}

static uint32_t gb18030_four(const unsigned char *b)
{
    uint32_t pointer = (b[0] - 0x81U) * 12600 + (b[1] - 0x30U) * 1260 +
                       (b[2] - 0x81U) * 10 + (b[3] - 0x30U);
    size_t lo = 0, hi = stet_charset_n_gb18030_ranges;

    if ((pointer > 39419 && pointer < 189000) || pointer > 1237575)
        return NOTHING;
    if (pointer == 7457)
        return 0xE7C7;
    while (hi - lo > 1) {
        size_t mid = (lo + hi) / 2;

        if (stet_charset_gb18030_ranges[mid][0] <= pointer)
            lo = mid;
        else
            hi = mid;
    }
    return stet_charset_gb18030_ranges[lo][1] + pointer -
           stet_charset_gb18030_ranges[lo][0];
}

/* The second to fourth byte of a sequence of four that is not one: only the
 * first is taken, and the second is an ASCII digit. */
static bool gb18030_back(struct stet_decoder *d, struct stet_buf *out)
{
    put(out, NOTHING);
    put(out, d->lead[1]);
    d->n_lead = d->n_lead == 3;
    d->lead[0] = d->lead[2];
    return false;
}

static bool gb18030_fourth(struct stet_decoder *d, unsigned char c,
                           struct stet_buf *out)
{
    if (!in(c, 0x30, 0x39))
        return gb18030_back(d, out);
    d->lead[3] = c;
    d->n_lead = 0;
    return one(out, gb18030_four(d->lead));
}

static bool byte_gb18030(struct stet_decoder *d, unsigned char c,
                         struct stet_buf *out)
{
    uint32_t cp = NOTHING;

    if (d->n_lead == 0) {
        if (in(c, 0x81, 0xFE))
            return begin(d, c);
        return one(out, c == 0x80 ? 0x20AC : c == 0xFF ? NOTHING : c);
    }
    if (d->n_lead == 3)
        return gb18030_fourth(d, c, out);
    if (d->n_lead == 2 && !in(c, 0x81, 0xFE))
        return gb18030_back(d, out);
    if (d->n_lead == 2 || in(c, 0x30, 0x39)) {
        d->lead[d->n_lead++] = c;
        return true;
    }
    if (in(c, 0x40, 0x7E) || in(c, 0x80, 0xFE))
        cp = stet_charset_gb18030[d->lead[0] - 0x81]
                                 [c - (c < 0x7F ? 0x40 : 0x41)];
    return end_pair(d, cp, c, out);
}

static uint32_t big5_beyond(unsigned pointer)
{
    size_t lo = 0, hi = stet_charset_n_big5_beyond;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (stet_charset_big5_beyond[mid][0] == pointer)
            return 0x20000U + stet_charset_big5_beyond[mid][1];
        if (stet_charset_big5_beyond[mid][0] < pointer)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NOTHING;
}

static bool byte_big5(struct stet_decoder *d, unsigned char c,
                      struct stet_buf *out)
{
    uint32_t cp = NOTHING;
    unsigned row, cell;

    if (d->n_lead == 0) {
        if (in(c, 0x81, 0xFE))
            return begin(d, c);
        return one(out, c < 0x80 ? c : NOTHING);
    }
    if (!in(c, 0x40, 0x7E) && !in(c, 0xA1, 0xFE))
        return end_pair(d, cp, c, out);
    row = d->lead[0] - 0x81U;
    cell = c - (c < 0x7F ? 0x40U : 0x62U);
    /* 0x88 0x62, 64, A3 and A5: a letter and a combining mark. */
    if (row == 7 && (cell == 34 || cell == 36 || cell == 65 || cell == 67)) {
        put(out, cell < 60 ? 0xCA : 0xEA);
        return end_pair(d, cell == 34 || cell == 65 ? 0x304 : 0x30C, c, out);
    }
    cp = stet_charset_big5[row][cell];
    if (cp == NOTHING)
        cp = big5_beyond(row * 157 + cell);
    return end_pair(d, cp, c, out);
}

static bool byte_euc_kr(struct stet_decoder *d, unsigned char c,
                        struct stet_buf *out)
{
    uint32_t cp = NOTHING;

    if (d->n_lead == 0) {
        if (in(c, 0x81, 0xFE))
            return begin(d, c);
        return one(out, c < 0x80 ? c : NOTHING);
    }
    if (in(c, 0x41, 0xFE))
        cp = stet_charset_euc_kr[d->lead[0] - 0x81][c - 0x41];
    return end_pair(d, cp, c, out);
}

static bool byte_shift_jis(struct stet_decoder *d, unsigned char c,
                           struct stet_buf *out)
{
    uint32_t cp = NOTHING;
    unsigned pointer;

    if (d->n_lead == 0) {
        if (in(c, 0x81, 0x9F) || in(c, 0xE0, 0xFC))
            return begin(d, c);
        if (in(c, 0xA1, 0xDF))
            return one(out, 0xFF61U - 0xA1U + c);
        return one(out, c <= 0x80 ? c : NOTHING);
    }
    if (!in(c, 0x40, 0x7E) && !in(c, 0x80, 0xFC))
        return end_pair(d, cp, c, out);
    pointer = (d->lead[0] - (d->lead[0] < 0xA0 ? 0x81U : 0xC1U)) * 188 + c -
              (c < 0x7F ? 0x40U : 0x41U);
    if (pointer >= 8836 && pointer <= 10715)
        cp = 0xE000U - 8836U + pointer;
    else if (pointer < 120 * 94)
        cp = stet_charset_jis0208[pointer / 94][pointer % 94];
    return end_pair(d, cp, c, out);
}

static bool byte_euc_jp(struct stet_decoder *d, unsigned char c,
                        struct stet_buf *out)
{
    uint32_t cp = NOTHING;

    if (d->n_lead == 0) {
        if (c == 0x8E || c == 0x8F || in(c, 0xA1, 0xFE))
            return begin(d, c);
        return one(out, c < 0x80 ? c : NOTHING);
    }
    if (d->lead[0] == 0x8E && in(c, 0xA1, 0xDF))
        return end_pair(d, 0xFF61U - 0xA1U + c, c, out);
    if (d->n_lead == 1 && d->lead[0] == 0x8F && in(c, 0xA1, 0xFE)) {
        d->lead[d->n_lead++] = c;
        return true;
    }
    if (in(c, 0xA1, 0xFE)) {
        if (d->n_lead == 2)
            cp = stet_charset_jis0212[d->lead[1] - 0xA1][c - 0xA1];
        else if (d->lead[0] >= 0xA1)
            cp = stet_charset_jis0208[d->lead[0] - 0xA1][c - 0xA1];
    }
    return end_pair(d, cp, c, out);
}

/* ISO-2022-JP, section 12.2.1. */
enum { JP_ASCII, JP_ROMAN, JP_KATAKANA, JP_LEAD, JP_TRAIL, JP_ESC, JP_ESC2 };

/* The mode that ESC and two bytes switch to, or JP_ESC: none. */
static unsigned char jp_switch(unsigned char a, unsigned char b)
{
    if (a == '(' && b == 'B')
        return JP_ASCII;
    if (a == '(' && b == 'J')
        return JP_ROMAN;
    if (a == '(' && b == 'I')
        return JP_KATAKANA;
    if (a == '$' && (b == '@' || b == 'B'))
        return JP_LEAD;
    return JP_ESC;
}

/* An escape that is none: an error, and its bytes are read as others are. */
static bool jp_no_escape(struct stet_decoder *d, bool second,
                         struct stet_buf *out);

static bool jp_escape(struct stet_decoder *d, unsigned char c,
                      struct stet_buf *out)
{
    unsigned char mode;
    bool again;

    if (d->mode == JP_ESC) {
        if (c != '$' && c != '(')
            return jp_no_escape(d, false, out);
        d->lead[1] = c;
        d->mode = JP_ESC2;
        return true;
    }
    mode = jp_switch(d->lead[1], c);
    if (mode == JP_ESC)
        return jp_no_escape(d, true, out);
    again = d->flag;
    d->mode = d->out_mode = mode;
    d->flag = true;
    if (again)
        put(out, NOTHING);
    return true;
}

static bool jp_single(struct stet_decoder *d, unsigned char c,
                      struct stet_buf *out)
{
    uint32_t cp = NOTHING;

    d->flag = false;
    if (d->mode == JP_KATAKANA) {
        if (in(c, 0x21, 0x5F))
            cp = 0xFF61U - 0x21U + c;
    } else if (c < 0x80 && c != 0x0E && c != 0x0F) {
        cp = c;
        if (d->mode == JP_ROMAN && c == 0x5C)
            cp = 0xA5;
        if (d->mode == JP_ROMAN && c == 0x7E)
            cp = 0x203E;
    }
    return one(out, cp);
}

static bool byte_iso_2022_jp(struct stet_decoder *d, unsigned char c,
                             struct stet_buf *out)
{
    if (d->mode == JP_ESC || d->mode == JP_ESC2)
        return jp_escape(d, c, out);
    if (c == 0x1B) {
        if (d->mode == JP_TRAIL)
            put(out, NOTHING);
        d->mode = JP_ESC;
        return true;
    }
    if (d->mode == JP_TRAIL) {
        bool good = in(c, 0x21, 0x7E);

        d->mode = JP_LEAD;
        return one(out, good ? stet_charset_jis0208[d->lead[0] - 0x21][c - 0x21]
                             : NOTHING);
    }
    if (d->mode != JP_LEAD)
        return jp_single(d, c, out);
    d->flag = false;
    if (!in(c, 0x21, 0x7E))
        return one(out, NOTHING);
    d->lead[0] = c;
    d->mode = JP_TRAIL;
    return true;
}

static bool jp_no_escape(struct stet_decoder *d, bool second,
                         struct stet_buf *out)
{
    d->flag = false;
    d->mode = d->out_mode;
    put(out, NOTHING);
    if (second)
        byte_iso_2022_jp(d, d->lead[1], out);
    return false;
}

static void put_unit(struct stet_decoder *d, unsigned unit,
                     struct stet_buf *out)
{
    unsigned high = (unsigned)d->lead[0] << 8 | d->lead[1];
    bool paired = d->n_lead == 2;

    d->n_lead = 0;
    if (paired && unit >= 0xDC00 && unit <= 0xDFFF) {
        put(out, 0x10000U + ((high & 0x3FFU) << 10) + (unit & 0x3FFU));
        return;
    }
    if (paired)
        put(out, NOTHING);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        d->lead[0] = (unsigned char)(unit >> 8);
        d->lead[1] = (unsigned char)unit;
        d->n_lead = 2;
        return;
    }
    put(out, unit >= 0xDC00 && unit <= 0xDFFF ? NOTHING : unit);
}

/* A surrogate that waits is two bytes of lead, high byte first; a third or
 * only one is half a code unit. */
static bool byte_utf16(struct stet_decoder *d, unsigned char c,
                       struct stet_buf *out)
{
    unsigned char first;

    if (d->n_lead == 0 || d->n_lead == 2) {
        d->lead[d->n_lead++] = c;
        return true;
    }
    first = d->lead[--d->n_lead];
    if (d->charset == STET_CHARSET_UTF_16BE)
        put_unit(d, (unsigned)first << 8 | c, out);
    else
        put_unit(d, (unsigned)c << 8 | first, out);
    return true;
}

static byte_fn function_of(enum stet_charset c)
{
    switch ((int)c) {
    case STET_CHARSET_GBK:
    case STET_CHARSET_GB18030:
        return byte_gb18030;
    case STET_CHARSET_BIG5:
        return byte_big5;
    case STET_CHARSET_EUC_JP:
        return byte_euc_jp;
    case STET_CHARSET_ISO_2022_JP:
        return byte_iso_2022_jp;
    case STET_CHARSET_SHIFT_JIS:
        return byte_shift_jis;
    case STET_CHARSET_EUC_KR:
        return byte_euc_kr;
    case STET_CHARSET_REPLACEMENT:
        return byte_replacement;
    case STET_CHARSET_UTF_16BE:
    case STET_CHARSET_UTF_16LE:
        return byte_utf16;
    case STET_CHARSET_X_USER_DEFINED:
        return byte_user;
    case STET_CHARSET_NONE:
    case STET_CHARSET_UTF_8:
        return byte_utf8;
    default:
        return byte_single;
    }
}

void stet_decoder_init(struct stet_decoder *d, enum stet_charset c)
{
    *d = (struct stet_decoder){ .charset = c };
}

static size_t ascii_run(struct stet_span s)
{
    size_t n = 0;
    uint64_t eight;

    for (; s.len - n >= sizeof(eight); n += sizeof(eight)) {
        memcpy(&eight, s.ptr + n, sizeof(eight));
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (n < s.len && (unsigned char)s.ptr[n] < 0x80)
        n++;
    return n;
}

void stet_decoder_add(struct stet_decoder *d, struct stet_span bytes,
                      struct stet_buf *out)
{
    byte_fn take = function_of(d->charset);
    bool ascii = stet_charset_keeps_markup(d->charset);

    while (bytes.len > 0) {
        size_t n = ascii && d->n_lead == 0 ? ascii_run(bytes) : 0;

        if (n > 0 && out)
            stet_buf_add(out, bytes.ptr, n);
        if (n == 0)
            n = take(d, (unsigned char)*bytes.ptr, out);
        bytes.ptr += n;
        bytes.len -= n;
    }
}

void stet_decoder_finish(struct stet_decoder *d, struct stet_buf *out)
{
    bool jp = d->charset == STET_CHARSET_ISO_2022_JP;

    if (jp && d->mode == JP_ESC2) {
        jp_no_escape(d, true, out);
        if (d->mode == JP_TRAIL)
            put(out, NOTHING);
    } else if (d->n_lead > 0 ||
               (jp && (d->mode == JP_ESC || d->mode == JP_TRAIL))) {
        put(out, NOTHING);
    }
    stet_decoder_init(d, d->charset);
}

void stet_charset_decode(enum stet_charset c, struct stet_span bytes,
                         struct stet_buf *out)
{
    struct stet_decoder d;

    stet_decoder_init(&d, c);
    stet_decoder_add(&d, bytes, out);
    stet_decoder_finish(&d, out);
}

size_t stet_charset_open_tail(enum stet_charset c, struct stet_span s)
{
    struct stet_decoder d;

    if (function_of(c) == byte_single)
        return 0;
    stet_decoder_init(&d, c);
    stet_decoder_add(&d, s, NULL);
    return d.n_lead;
}
