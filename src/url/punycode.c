#include "url/punycode.h"

#include "base/ascii.h"
#include "stet/error.h"

#include <string.h>

/* RFC 3492, section 5. */
enum {
    BASE = 36,
    TMIN = 1,
    TMAX = 26,
    SKEW = 38,
    DAMP = 700,
    FIRST_BIAS = 72,
    FIRST_POINT = 0x80,
    LAST_POINT = 0x10FFFF,
};

/* Section 6.1. */
static uint32_t adapt(uint32_t delta, uint32_t n_points, bool first)
{
    uint32_t k = 0;

    delta = first ? delta / DAMP : delta / 2;
    delta += delta / n_points;
    while (delta > ((BASE - TMIN) * TMAX) / 2) {
        delta /= BASE - TMIN;
        k += BASE;
    }
    return k + (BASE - TMIN + 1) * delta / (delta + SKEW);
}

static uint32_t threshold(uint32_t k, uint32_t bias)
{
    if (k <= bias)
        return TMIN;
    return k >= bias + TMAX ? TMAX : k - bias;
}

static void add_number(struct stet_buf *out, uint32_t q, uint32_t bias)
{
    static const char digits[] = "abcdefghijklmnopqrstuvwxyz0123456789";

    for (uint32_t k = BASE;; k += BASE) {
        uint32_t t = threshold(k, bias);
        if (q < t)
            break;
        stet_buf_addc(out, digits[t + (q - t) % (BASE - t)]);
        q = (q - t) / (BASE - t);
    }
    stet_buf_addc(out, digits[q]);
}

static uint32_t least_from(const uint32_t *points, size_t n, uint32_t from)
{
    uint32_t least = LAST_POINT + 1;

    for (size_t i = 0; i < n; i++) {
        if (points[i] >= from && points[i] < least)
            least = points[i];
    }
    return least;
}

/* Section 6.3. */
int stet_punycode_encode(struct stet_buf *out, const uint32_t *points, size_t n)
{
    uint32_t point = FIRST_POINT, delta = 0, bias = FIRST_BIAS;
    uint32_t done = 0, basic;

    for (size_t i = 0; i < n; i++) {
        if (points[i] < 0x80) {
            stet_buf_addc(out, (char)points[i]);
            done++;
        }
    }
    basic = done;
    if (basic > 0)
        stet_buf_addc(out, '-');
    while (done < n) {
        uint32_t next = least_from(points, n, point);
        if (next > LAST_POINT ||
            next - point > (UINT32_MAX - delta) / (done + 1))
            return STET_EFORMAT;
        delta += (next - point) * (done + 1);
        point = next;
        for (size_t i = 0; i < n; i++) {
            if (points[i] < point)
                delta++;
            if (points[i] != point)
                continue;
            add_number(out, delta, bias);
            bias = adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
        delta++;
        point++;
    }
    return STET_OK;
}

/* One number of the code from the front of *s; false: bad or too big. */
static bool take_number(struct stet_span *s, uint32_t bias, uint32_t *out)
{
    uint64_t n = 0, w = 1;

    for (uint32_t k = BASE; s->len > 0; k += BASE) {
        unsigned char c = (unsigned char)stet_to_lower(s->ptr[0]);
        uint32_t t = threshold(k, bias);
        uint32_t digit;

        if (!stet_is_alnum(c))
            return false;
        digit = stet_is_digit(c) ? c - '0' + 26U : c - (unsigned)'a';
        s->ptr++;
        s->len--;
        n += digit * w;
        w *= BASE - t;
        if (n > INT32_MAX || w > INT32_MAX)
            return false;
        if (digit < t) {
            *out = (uint32_t)n;
            return true;
        }
    }
    return false;
}

/* The basic code points stand before the last '-'. */
static int take_basic(struct stet_span *s, uint32_t *points, size_t max,
                      size_t *n)
{
    size_t end = s->len;

    while (end > 0 && s->ptr[end - 1] != '-')
        end--;
    *n = end > 0 ? end - 1 : 0;
    if (*n > max)
        return STET_EFORMAT;
    for (size_t i = 0; i < *n; i++) {
        points[i] = (unsigned char)s->ptr[i];
        if (points[i] >= 0x80)
            return STET_EFORMAT;
    }
    s->ptr += end;
    s->len -= end;
    return STET_OK;
}

/* Section 6.2. */
int stet_punycode_decode(struct stet_span s, uint32_t *points, size_t max,
                         size_t *n)
{
    uint32_t point = FIRST_POINT, bias = FIRST_BIAS, i = 0;
    bool first = true;

    if (take_basic(&s, points, max, n) < 0)
        return STET_EFORMAT;
    while (s.len > 0) {
        uint32_t step, room = (uint32_t)*n + 1;

        if (!take_number(&s, bias, &step) || *n == max)
            return STET_EFORMAT;
        bias = adapt(step, room, first);
        first = false;
        i += step;
        point += i / room;
        i %= room;
        if (point > LAST_POINT)
            return STET_EFORMAT;
        memmove(points + i + 1, points + i, (*n - i) * sizeof(*points));
        points[i++] = point;
        (*n)++;
    }
    return STET_OK;
}
