#include "html/charref.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "html/charref_table.h"

#include <string.h>

enum { CP_BITS = 21, LEGACY = 31 };

/* What the references 0x80 to 0x9F mean (section 13.2.5.80). */
static const uint16_t c1[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
    0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

static uint32_t numeric_value(uint32_t n)
{
    if (n == 0 || n > 0x10FFFF || (n >= 0xD800 && n <= 0xDFFF))
        return STET_UTF8_REPLACEMENT;
    if (n >= 0x80 && n <= 0x9F)
        return c1[n - 0x80];
    return n;
}

/* "&#" and on. */
static void read_numeric(struct stet_charref *out, struct stet_span s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    bool hex = s.len > 2 && (p[2] | 0x20) == 'x';
    size_t first = hex ? 3 : 2, i;
    uint32_t n = 0;

    for (i = first; i < s.len && i - first < STET_MAX_HTML_DIGITS; i++) {
        int digit = stet_hex_value(p[i]);

        if (digit < 0 || (digit > 9 && !hex))
            break;
        n = n * (hex ? 16 : 10) + (uint32_t)digit;
        if (n > 0x10FFFF)
            n = 0x110000;
    }
    if (i == first)
        return;
    out->cps[0] = numeric_value(n);
    out->len = i + (i < s.len && p[i] == ';');
}

static size_t name_len(size_t i)
{
    return (size_t)(stet_charref_offsets[i + 1] - stet_charref_offsets[i]);
}

/* Letter `at` of name i; 0 when it is shorter. */
static int letter(size_t i, size_t at)
{
    return at < name_len(i)
               ? (unsigned char)stet_charref_names[stet_charref_offsets[i] + at]
               : 0;
}

/* The first of the names lo to hi (not included) whose letter is >= c. */
static size_t lower_bound(size_t lo, size_t hi, size_t at, int c)
{
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (letter(mid, at) < c)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The longest name that s begins with, and whether a ';' ends it. */
static size_t find_name(struct stet_span s, size_t *len, bool *ended)
{
    size_t lo, hi, best = SIZE_MAX;

    if (s.len == 0 || !stet_is_alpha((unsigned char)s.ptr[0]))
        return best;
    lo = stet_charref_first[s.ptr[0] - 'A'];
    hi = stet_charref_first[s.ptr[0] - 'A' + 1];
    for (size_t at = 1; lo < hi; at++) {
        if (name_len(lo) == at) {
            *ended = at < s.len && s.ptr[at] == ';';
            if (*ended || stet_charref_values[lo] >> LEGACY) {
                best = lo;
                *len = at;
            }
            lo++;
        }
        if (at >= s.len || !stet_is_alnum((unsigned char)s.ptr[at]))
            break;
        lo = lower_bound(lo, hi, at, s.ptr[at]);
        hi = lower_bound(lo, hi, at, s.ptr[at] + 1);
    }
    return best;
}

static void read_named(struct stet_charref *out, struct stet_span s,
                       bool in_attribute)
{
    struct stet_span name = { s.ptr + 1, s.len - 1 };
    size_t len = 0;
    bool ended = false;
    size_t i = find_name(name, &len, &ended);
    uint32_t value;

    if (i == SIZE_MAX)
        return;
    ended = len < name.len && name.ptr[len] == ';';
    if (in_attribute && !ended && len < name.len &&
        (name.ptr[len] == '=' || stet_is_alnum((unsigned char)name.ptr[len])))
        return;
    value = stet_charref_values[i];
    out->len = 1 + len + ended;
    out->cps[0] = value & ((1U << CP_BITS) - 1);
    out->cps[1] = stet_charref_seconds[value >> CP_BITS & 15];
}

/* The references that most documents have and few others. */
static bool is_usual(struct stet_charref *out, struct stet_span s)
{
    static const struct {
        char name[8];
        size_t len;
        uint32_t cp;
    } usual[] = { { "&amp;", 5, '&' },
                  { "&quot;", 6, '"' },
                  { "&nbsp;", 6, 0xA0 },
                  { "&lt;", 4, '<' },
                  { "&gt;", 4, '>' } };

    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
        if (s.len >= usual[i].len && s.ptr[1] == usual[i].name[1] &&
            memcmp(s.ptr, usual[i].name, usual[i].len) == 0) {
            out->len = usual[i].len;
            out->cps[0] = usual[i].cp;
            return true;
        }
    }
    return false;
}

void stet_charref_read(struct stet_charref *out, struct stet_span s,
                       bool in_attribute)
{
    *out = (struct stet_charref){ 0, { 0, 0 } };
    if (s.len < 2 || is_usual(out, s))
        return;
    if (s.ptr[1] == '#')
        read_numeric(out, s);
    else
        read_named(out, s, in_attribute);
}

bool stet_charref_is_open(struct stet_span s)
{
    size_t i = 1;

    if (s.len > 1 && s.ptr[1] == '#') {
        i = s.len > 2 && (s.ptr[2] | 0x20) == 'x' ? 3 : 2;
        while (i < s.len && stet_hex_value((unsigned char)s.ptr[i]) >= 0)
            i++;
        return i == s.len && i < STET_MAX_HTML_DIGITS + 4;
    }
    while (i < s.len && stet_is_alnum((unsigned char)s.ptr[i]))
        i++;
    return i == s.len && i < STET_CHARREF_NAME_MAX;
}
