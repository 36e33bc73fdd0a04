#include "article/letter.h"

#include "base/ascii.h"
#include "base/utf8.h"

enum { MAX_DIGITS = 9 };

static bool within(uint32_t c, uint32_t from, uint32_t to)
{
    return c >= from && c <= to;
}

static uint32_t fold_latin(uint32_t c)
{
    if (within(c, 0xC0, 0xDE) && c != 0xD7)
        return c + 32;
    if (c == 0x130)
        return 'i';
    if (c == 0x178)
        return 0xFF;
    if (within(c, 0x139, 0x148) || within(c, 0x179, 0x17E))
        c += c & 1;
    else if (c != 0x131)
        c |= 1;
    if (c == 0x219)
        return 0x15F;
    return c == 0x21B ? 0x163 : c;
}

static uint32_t fold_greek(uint32_t c)
{
    static const uint8_t plain[] = { 0xB1, 0xB5, 0xB7, 0xB9 };

    if (within(c, 0x391, 0x3A9))
        return c + 32;
    if (c == 0x386)
        return 0x3B1;
    if (within(c, 0x388, 0x38A))
        return 0x300U + plain[c - 0x387];
    if (within(c, 0x3AC, 0x3AF))
        return 0x300U + plain[c - 0x3AC];
    if (c == 0x3C2)
        return 0x3C3;
    if (c == 0x38C || c == 0x3CC)
        return 0x3BF;
    if (c == 0x38E || c == 0x3CD || c == 0x3CB || c == 0x3B0)
        return 0x3C5;
    if (c == 0x390 || c == 0x3CA)
        return 0x3B9;
    return c == 0x38F || c == 0x3CE ? 0x3C9 : c;
}

static uint32_t fold_cyrillic(uint32_t c)
{
    if (within(c, 0x410, 0x42F))
        c += 32;
    else if (within(c, 0x400, 0x40F))
        c += 80;
    else if (c >= 0x460)
        c |= 1;
    return c == 0x451 ? 0x435 : c;
}

static uint32_t fold_semitic(uint32_t c)
{
    if (c == 0x5BE || c == 0x5C0 || c == 0x5C3 || c == 0x5C6)
        return c; /* these of the points are punctuation */
    if (within(c, 0x591, 0x5C7) || within(c, 0x64B, 0x65F) || c == 0x640 ||
        c == 0x670)
        return 0;
    if (within(c, 0x660, 0x669))
        return c - 0x660 + '0';
    if (within(c, 0x6F0, 0x6F9))
        return c - 0x6F0 + '0';
    if (c == 0x622 || c == 0x623 || c == 0x625)
        return 0x627;
    if (c == 0x649)
        return 0x64A;
    return c == 0x629 ? 0x647 : c;
}

static uint32_t fold(uint32_t c)
{
    if (c < 0x80)
        return (unsigned char)stet_to_lower((char)c);
    if (c < 0x250)
        return c < 0xC0 || within(c, 0xDF, 0xFF) ? c : fold_latin(c);
    if (c < 0x370)
        return within(c, 0x300, 0x36F) ? 0 : c;
    if (c < 0x400)
        return fold_greek(c);
    if (c < 0x530)
        return fold_cyrillic(c);
    if (within(c, 0x590, 0x6FF))
        return fold_semitic(c);
    return within(c, 0xFF10, 0xFF19) ? c - 0xFF10 + '0' : c;
}

uint32_t stet_letter_next(struct stet_span *rest)
{
    unsigned char c = (unsigned char)rest->ptr[0];

    if (c < 0x80) {
        *rest = (struct stet_span){ rest->ptr + 1, rest->len - 1 };
        return (unsigned char)stet_to_lower((char)c);
    }
    return fold(stet_utf8_next(rest));
}

enum type { GAP, MARK, LETTER, DIGIT, SINGLE };

/* Of a character as stet_letter_next gives it. */
static enum type type_of(uint32_t c)
{
    if (c == 0)
        return MARK;
    if (c < 0x80)
        return stet_is_digit((unsigned char)c)   ? DIGIT
               : stet_is_alpha((unsigned char)c) ? LETTER
                                                 : GAP;
    if (c < 0xC0)
        return c == 0xAA || c == 0xBA || c == 0xB5 ? LETTER : GAP;
    if (c == 0xD7 || c == 0xF7 || within(c, 0x5BE, 0x5CF) ||
        within(c, 0x5F3, 0x61F) || within(c, 0x66A, 0x66D) || c == 0x6D4 ||
        within(c, 0x2B0, 0x2FF) || within(c, 0x2000, 0x2E7F) ||
        within(c, 0x3000, 0x3004) || within(c, 0x3008, 0x3020) || c == 0x30FB ||
        c >= 0xF900)
        return GAP;
    if (within(c, 0x2E80, 0x9FFF) || within(c, 0xAC00, 0xD7A3))
        return SINGLE;
    return LETTER;
}

bool stet_letter_word(struct stet_span s, size_t *i, struct stet_span *word)
{
    struct stet_span rest = stet_span_sub(s, *i, s.len);
    enum type what = GAP;
    size_t from = *i;

    while (rest.len > 0) {
        size_t at = (size_t)(rest.ptr - s.ptr);
        enum type t = type_of(stet_letter_next(&rest));

        if (what == GAP) {
            from = at;
            what = t == MARK ? GAP : t;
        } else if (t != MARK && (t != what || what == SINGLE)) {
            *i = at;
            *word = stet_span_sub(s, from, at - from);
            return true;
        }
    }
    *i = s.len;
    *word = stet_span_sub(s, from, s.len - from);
    return what != GAP;
}

static uint32_t next_folded(struct stet_span *rest)
{
    uint32_t c = 0;

    while (c == 0 && rest->len > 0)
        c = stet_letter_next(rest);
    return c;
}

bool stet_letter_same(struct stet_span a, struct stet_span b, bool begins)
{
    for (;;) {
        uint32_t y = next_folded(&b);
        uint32_t x;

        if (y == 0 && begins)
            return true;
        x = next_folded(&a);
        if (x != y)
            return false;
        if (x == 0)
            return true;
    }
}

uint32_t stet_letter_hash(struct stet_span word)
{
    uint32_t h = 2166136261U;
    uint32_t c;

    while ((c = next_folded(&word)) != 0)
        h = (h ^ c) * 16777619U;
    return h ^ h >> 15;
}

bool stet_letter_number(struct stet_span word, uint64_t *out)
{
    uint64_t n = 0;
    uint32_t c;
    int digits = 0;

    while ((c = next_folded(&word)) != 0) {
        if (c > 0x7F || !stet_is_digit((unsigned char)c) ||
            ++digits > MAX_DIGITS)
            return false;
        n = n * 10 + (c - '0');
    }
    *out = n;
    return digits > 0;
}
