#include "base/sip.h"

struct state {
    uint64_t a, b, c, d;
};

static uint64_t turn(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static void mix(struct state *s, int rounds)
{
    while (rounds-- > 0) {
        s->a += s->b;
        s->c += s->d;
        s->b = turn(s->b, 13) ^ s->a;
        s->d = turn(s->d, 16) ^ s->c;
        s->a = turn(s->a, 32) + s->d;
        s->c += s->b;
        s->b = turn(s->b, 17) ^ s->c;
        s->d = turn(s->d, 21) ^ s->a;
        s->c = turn(s->c, 32);
    }
}

/* Eight bytes, the lowest first: written so that it is one load. */
static uint64_t load8(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;

    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
           (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

/* The first n bytes (at most 7), the lowest first. */
static uint64_t load(const char *p, size_t n)
{
    uint64_t word = 0;

    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)(unsigned char)p[i] << (8 * i);
    return word;
}

static void take(struct state *s, uint64_t word)
{
    s->d ^= word;
    mix(s, 2);
    s->a ^= word;
}

struct stet_sip stet_sip_of(const struct stet_sip *key, struct stet_span text)
{
    struct state s = {
        key->half[0] ^ UINT64_C(0x736f6d6570736575),
        key->half[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee,
        key->half[0] ^ UINT64_C(0x6c7967656e657261),
        key->half[1] ^ UINT64_C(0x7465646279746573),
    };
    struct stet_sip out;
    size_t at = 0;

    for (; text.len - at >= 8; at += 8)
        take(&s, load8(text.ptr + at));
    take(&s, load(text.ptr + at, text.len - at) | (uint64_t)text.len << 56);
    s.c ^= 0xee;
    mix(&s, 4);
    out.half[0] = s.a ^ s.b ^ s.c ^ s.d;
    s.b ^= 0xdd;
    mix(&s, 4);
    out.half[1] = s.a ^ s.b ^ s.c ^ s.d;
    return out;
}
