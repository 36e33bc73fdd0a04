#include "plan/pattern.h"

#include "base/ascii.h"
#include "base/span.h"

#include <string.h>

static void add_encoded(struct stet_buf *out, unsigned c)
{
    static const char hex[] = "0123456789ABCDEF";
    char triple[3] = { '%', hex[c >> 4 & 15], hex[c & 15] };

    stet_buf_add(out, triple, sizeof(triple));
}

static bool is_unreserved(int c)
{
    return c < 0x80 && (stet_is_alnum((unsigned char)c) || c == '-' ||
                        c == '.' || c == '_' || c == '~');
}

/* The byte of the %xx at the front of s, or -1. */
static int encoded_byte(struct stet_span s)
{
    int high, low;

    if (s.len < 3 || s.ptr[0] != '%')
        return -1;
    high = stet_hex_value((unsigned char)s.ptr[1]);
    low = stet_hex_value((unsigned char)s.ptr[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* One character or %xx from the front of *s; how much it weighs. */
static size_t add_one(struct stet_buf *out, struct stet_span *s)
{
    int byte = encoded_byte(*s);
    unsigned char c = byte < 0 ? (unsigned char)s->ptr[0] : (unsigned char)byte;
    bool encode = byte < 0 ? c >= 0x80 : !is_unreserved(byte);

    *s = stet_span_sub(*s, byte < 0 ? 1 : 3, s->len);
    if (encode)
        add_encoded(out, c);
    else
        stet_buf_addc(out, (char)c);
    return encode ? 3 : 1;
}

size_t stet_pattern_add(struct stet_buf *out, struct stet_span s)
{
    size_t weight = 0;

    while (s.len > 0) {
        if (s.ptr[0] == '$' && s.len > 1) {
            add_encoded(out, '$');
            s = stet_span_sub(s, 1, s.len);
            weight++;
        } else {
            weight += add_one(out, &s);
        }
    }
    return weight;
}

void stet_pattern_add_target(struct stet_buf *out, struct stet_span s)
{
    while (s.len > 0) {
        if (s.ptr[0] == '$' || s.ptr[0] == '*') {
            add_encoded(out, (unsigned char)s.ptr[0]);
            s = stet_span_sub(s, 1, s.len);
        } else {
            add_one(out, &s);
        }
    }
}

/* Parts between '*' are sought from left to right, each once: the leftmost
 * place of one leaves the most room for the next. */
bool stet_pattern_matches(struct stet_span pattern, struct stet_span target)
{
    bool anchored = pattern.len > 0 && pattern.ptr[pattern.len - 1] == '$';
    struct stet_span part;

    if (anchored)
        pattern.len--;
    part = stet_span_cut(&pattern, '*');
    if (part.len > 0 && !stet_span_starts(target, part))
        return false;
    target = stet_span_sub(target, part.len, target.len);
    if (!pattern.ptr)
        return !anchored || target.len == 0;
    while (pattern.ptr) {
        const char *found;

        part = stet_span_cut(&pattern, '*');
        if (!pattern.ptr && anchored)
            return part.len == 0 || stet_span_ends(target, part);
        if (part.len == 0)
            continue;
        found = memmem(target.ptr, target.len, part.ptr, part.len);
        if (!found)
            return false;
        target = stet_span_sub(target, (size_t)(found - target.ptr) + part.len,
                               target.len);
    }
    return true;
}
