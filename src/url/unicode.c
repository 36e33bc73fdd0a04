#include "url/unicode.h"

#include "base/span.h"
#include "base/utf8.h"
#include "url/idna_table.h"

/* Conjoining jamo: The Unicode Standard, section 3.12. */
enum {
    L_BASE = 0x1100,
    L_COUNT = 19,
    V_BASE = 0x1161,
    V_COUNT = 21,
    T_BASE = 0x11A7, /* "no trailing consonant" */
    T_COUNT = 28,
    S_BASE = 0xAC00,
    S_COUNT = L_COUNT * V_COUNT * T_COUNT,
};

/* The last of n ascending keys that is not above `key`; the first is 0. */
static size_t find_range(const uint32_t *keys, size_t n, uint32_t key)
{
    size_t low = 0;

    while (n > 1) {
        size_t half = n / 2;
        if (keys[low + half] <= key)
            low += half;
        n -= half;
    }
    return low;
}

static enum stet_idna_kind kind_of(uint32_t c, uint32_t *first, uint32_t *value)
{
    size_t i = find_range(stet_idna_ranges, stet_idna_n_ranges, c << 3 | 7);

    *first = stet_idna_ranges[i] >> 3;
    *value = stet_idna_values[i];
    return (enum stet_idna_kind)(stet_idna_ranges[i] & 7);
}

bool stet_unicode_is_valid(uint32_t c)
{
    uint32_t first, value;
    enum stet_idna_kind kind = kind_of(c, &first, &value);

    return kind == STET_IDNA_VALID ||
           (kind == STET_IDNA_PAIRS && (c - first) % 2 == 1);
}

static size_t map_to_text(uint32_t value, uint32_t *out)
{
    struct stet_span rest = {
        (const char *)stet_idna_texts + (value >> 8),
        value & 0xFF,
    };
    size_t n = 0;

    while (rest.len > 0 && n < STET_MAX_UNICODE_MAP)
        out[n++] = stet_utf8_next(&rest);
    return n;
}

size_t stet_unicode_map(uint32_t c, uint32_t out[STET_MAX_UNICODE_MAP])
{
    uint32_t first, value;

    out[0] = c;
    switch (kind_of(c, &first, &value)) {
    case STET_IDNA_IGNORED:
        return 0;
    case STET_IDNA_TEXT:
        return map_to_text(value, out);
    case STET_IDNA_SHIFT:
        out[0] = value + (c - first);
        return 1;
    case STET_IDNA_PAIRS:
        out[0] = (c - first) % 2 == 0 ? c + 1 : c;
        return 1;
    case STET_IDNA_VALID:
    case STET_IDNA_DISALLOWED:
    default:
        return 1;
    }
}

struct stet_unicode_props stet_unicode_props(uint32_t c)
{
    size_t i = find_range(stet_idna_prop_starts, stet_idna_n_props, c);
    unsigned p = stet_idna_props[i];

    return (struct stet_unicode_props){
        .ccc = p & 0xFF,
        .bidi = (enum stet_unicode_bidi)(p >> 8 & 0xF),
        .joining = (enum stet_unicode_joining)(p >> 12 & 7),
        .mark = p >> 15,
    };
}

static uint32_t compose_hangul(uint32_t first, uint32_t second)
{
    uint32_t l = first - L_BASE, v = second - V_BASE;
    uint32_t s = first - S_BASE, t = second - T_BASE;

    if (l < L_COUNT && v < V_COUNT)
        return S_BASE + (l * V_COUNT + v) * T_COUNT;
    if (s < S_COUNT && s % T_COUNT == 0 && t > 0 && t < T_COUNT)
        return first + t;
    return 0;
}

uint32_t stet_unicode_compose(uint32_t first, uint32_t second)
{
    size_t low = 0, high = stet_idna_n_pairs;

    while (low < high) {
        size_t half = low + (high - low) / 2;
        const struct stet_idna_pair *p = &stet_idna_pairs[half];

        if (p->first == first && p->second == second)
            return p->composite;
        if (p->first < first || (p->first == first && p->second < second))
            low = half + 1;
        else
            high = half;
    }
    return compose_hangul(first, second);
}

bool stet_unicode_decompose(uint32_t c, uint32_t *first, uint32_t *second)
{
    size_t low = 0, high = stet_idna_n_pairs;

    while (low < high) {
        size_t half = low + (high - low) / 2;
        const struct stet_idna_pair *p =
            &stet_idna_pairs[stet_idna_by_composite[half]];

        if (p->composite == c) {
            *first = p->first;
            *second = p->second;
            return true;
        }
        if (p->composite < c)
            low = half + 1;
        else
            high = half;
    }
    return false;
}
