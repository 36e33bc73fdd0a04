#include "url/idna.h"

#include "base/ascii.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/utf8.h"
#include "stet/error.h"
#include "url/punycode.h"

#include <idn2.h>
#include <string.h>

/*
 * libidn2 maps and checks as UTS #46 asks, and then some: it keeps
 * IDNA2008's ban on symbols and the hyphen rules, both of which the URL
 * Standard lifts.  A label refused for that is looked up again with a
 * stand-in for each such character; what comes back is decoded, the
 * characters are put back in their order, and it is encoded again.
 */
enum {
    MAX_LABEL = 256,   /* code points */
    STAND_IN = 0xA015, /* a letter without case, never mapped or composed */
};

/* Symbols that UTS #46 calls valid and IDNA2008 does not, by block. */
static bool is_symbol(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } blocks[] = {
        { '-', '-' },         { 0xA1, 0xA7 },       { 0xA9, 0xA9 },
        { 0xAB, 0xAC },       { 0xAE, 0xAE },       { 0xB0, 0xB1 },
        { 0xB6, 0xB6 },       { 0xBB, 0xBB },       { 0xBF, 0xBF },
        { 0x2010, 0x2010 },   { 0x2012, 0x2016 },   { 0x2018, 0x2023 },
        { 0x2027, 0x2027 },   { 0x20A0, 0x20A7 },   { 0x20A9, 0x20C0 },
        { 0x2190, 0x222B },   { 0x2231, 0x226F },   { 0x2270, 0x2328 },
        { 0x232B, 0x2426 },   { 0x2440, 0x244A },   { 0x24EB, 0x2A0B },
        { 0x2A0D, 0x2A73 },   { 0x2A77, 0x2ADB },   { 0x2ADD, 0x2B73 },
        { 0x2B76, 0x2BFF },   { 0x4DC0, 0x4DFF },   { 0x19DA, 0x19DA },
        { 0x102E1, 0x102FB }, { 0x1D300, 0x1D356 }, { 0x1F000, 0x1F0F5 },
        { 0x1F300, 0x1FAFF },
    };

    for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
        if (c >= blocks[i].first && c <= blocks[i].last)
            return true;
    }
    return false;
}

static bool is_ascii(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.ptr[i] >= 0x80)
            return false;
    }
    return true;
}

/* STET_OK; STET_END when only what the URL Standard lifts speaks against
 * it; STET_EFORMAT; STET_ENOMEM. */
static int look_up(struct stet_buf *out, struct stet_span s)
{
    const int flags = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL;
    char *text, *ascii = NULL;
    int rc;

    if (memchr(s.ptr, '\0', s.len))
        return STET_EFORMAT;
    text = stet_span_dup(s);
    if (!text)
        return STET_ENOMEM;
    rc = idn2_to_ascii_8z(text, &ascii, flags);
    stet_free(text);
    if (rc == IDN2_OK)
        stet_buf_adds(out, ascii);
    idn2_free(ascii);
    switch (rc) {
    case IDN2_OK:
        return STET_OK;
    case IDN2_MALLOC:
        return STET_ENOMEM;
    case IDN2_DISALLOWED:
    case IDN2_2HYPHEN:
    case IDN2_HYPHEN_STARTEND:
        return STET_END;
    default:
        return STET_EFORMAT;
    }
}

struct label {
    uint32_t symbols[MAX_LABEL]; /* taken out, in order */
    size_t n;
};

static int take_symbols(struct label *l, struct stet_span s,
                        struct stet_buf *out)
{
    while (s.len > 0) {
        uint32_t c = stet_utf8_next(&s);
        if (c == STAND_IN || l->n == MAX_LABEL)
            return STET_EFORMAT;
        if (is_symbol(c)) {
            l->symbols[l->n++] = c;
            c = STAND_IN;
        }
        stet_utf8_add(out, c);
    }
    return stet_buf_status(out);
}

/* `s` is an A-label that holds stand-ins, or plain ASCII. */
static int put_symbols_back(const struct label *l, struct stet_span s,
                            struct stet_buf *out)
{
    uint32_t points[MAX_LABEL];
    size_t n = 0, used = 0;
    bool ascii = true;

    if (!stet_span_istarts(s, "xn--") ||
        stet_punycode_decode(stet_span_sub(s, 4, s.len), points, MAX_LABEL,
                             &n) < 0)
        return STET_EFORMAT;
    for (size_t i = 0; i < n; i++) {
        if (points[i] == STAND_IN && used < l->n)
            points[i] = l->symbols[used++];
        ascii = ascii && points[i] < 0x80;
    }
    if (used != l->n)
        return STET_EFORMAT;
    if (!ascii)
        stet_buf_adds(out, "xn--");
    for (size_t i = 0; ascii && i < n; i++)
        stet_buf_addc(out, (char)points[i]);
    return ascii ? STET_OK : stet_punycode_encode(out, points, n);
}

static int add_label(struct stet_buf *out, struct stet_span s)
{
    struct label l = { .n = 0 };
    struct stet_buf plain, looked_up;
    int rc;

    for (size_t i = 0; is_ascii(s) && i < s.len; i++)
        stet_buf_addc(out, stet_to_lower(s.ptr[i]));
    if (is_ascii(s))
        return STET_OK;
    if ((rc = look_up(out, s)) != STET_END)
        return rc;
    stet_buf_init(&plain, MAX_LABEL * 4);
    stet_buf_init(&looked_up, MAX_LABEL * 4);
    if ((rc = take_symbols(&l, s, &plain)) < 0)
        goto done;
    rc = look_up(&looked_up, stet_buf_span(&plain));
    if (rc == STET_OK)
        rc = stet_buf_status(&looked_up);
    if (rc == STET_OK)
        rc = put_symbols_back(&l, stet_buf_span(&looked_up), out);
    else if (rc > 0 || rc == STET_ELIMIT)
        rc = STET_EFORMAT;
done:
    stet_buf_clear(&looked_up);
    stet_buf_clear(&plain);
    return rc;
}

/* The length of the dot at the front of s (UTS #46 maps three others to
 * it), or 0. */
static size_t dot_length(struct stet_span s)
{
    static const char *const dots[] = { ".", "\u3002", "\uFF0E", "\uFF61" };

    for (size_t i = 0; i < sizeof(dots) / sizeof(dots[0]); i++) {
        if (stet_span_starts(s, stet_span_of(dots[i])))
            return strlen(dots[i]);
    }
    return 0;
}

int stet_idna_to_ascii(struct stet_buf *out, struct stet_span domain)
{
    size_t start = 0, dot = 0;
    int rc = look_up(out, domain);

    if (rc != STET_END)
        return rc;
    for (size_t i = 0; i <= domain.len; i += dot > 0 ? dot : 1) {
        dot = dot_length(stet_span_sub(domain, i, domain.len));
        if (i < domain.len && dot == 0)
            continue;
        rc = add_label(out, stet_span_sub(domain, start, i - start));
        if (rc < 0)
            return rc;
        if (dot > 0)
            stet_buf_addc(out, '.');
        start = i + dot;
    }
    return STET_OK;
}
