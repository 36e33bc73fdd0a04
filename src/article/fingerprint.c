#include "article/fingerprint.h"

#include "base/ascii.h"
#include "stet/article.h"

enum { WORD_BITS = 64, LANES = 8, WORDS = 2, MAX_LANE = 255 };

/* What a text is read into: counters of bits over runs of three words.
 * Byte j of lane k counts bit 8j + k, until it is full. */
struct sum {
    uint32_t ones[WORDS][WORD_BITS];
    uint64_t lanes[WORDS][LANES];
    uint32_t in_lanes;
    uint64_t words[2]; /* the last two */
    uint32_t n_words, n_runs;
};

/* All bits of a word's number depend on all of its bytes (the finalizer of
 * MurmurHash3). */
static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53ULL;
    return h ^ h >> 33;
}

static void empty_lanes(struct sum *s)
{
    for (int h = 0; h < WORDS; h++) {
        for (int i = 0; i < WORD_BITS; i++)
            s->ones[h][i] +=
                (uint32_t)(s->lanes[h][i % LANES] >> (i / LANES * 8) & 0xFF);
        for (int k = 0; k < LANES; k++)
            s->lanes[h][k] = 0;
    }
    s->in_lanes = 0;
}

static void add_word(struct sum *s, uint64_t word)
{
    if (s->n_words >= 2) {
        uint64_t run = mix(s->words[0] * 3 + s->words[1] * 5 + word * 7);
        uint64_t more = mix(run + 0x9e3779b97f4a7c15ULL);

        for (int k = 0; k < LANES; k++)
            s->lanes[0][k] += run >> k & 0x0101010101010101ULL;
        for (int k = 0; k < LANES; k++)
            s->lanes[1][k] += more >> k & 0x0101010101010101ULL;
        s->n_runs++;
        if (++s->in_lanes == MAX_LANE)
            empty_lanes(s);
    }
    s->words[0] = s->words[1];
    s->words[1] = word;
    s->n_words++;
}

/* The bytes at p that are one character: 0 for a mark or white space,
 * negative for a character that is a word of its own. */
static int letter(const unsigned char *p, size_t n)
{
    int len = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;

    if (p[0] < 0x80)
        return stet_is_alnum(p[0]) ? 1 : 0;
    if ((size_t)len > n || (p[0] == 0xC2 && p[1] < 0xC0))
        return 0;
    if (p[0] == 0xE2 || (p[0] == 0xE3 && p[1] == 0x80) || p[0] == 0xEF)
        return 0; /* U+2000 to 2FFF, 3000 to 303F, F000 to FFFF */
    return p[0] >= 0xE3 && p[0] <= 0xED ? -len : len;
}

static int width(const unsigned char *p)
{
    return p[0] < 0xC0 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
}

static void read_words(struct sum *s, struct stet_span text)
{
    const uint64_t basis = 14695981039346656037ULL; /* FNV-1a */
    uint64_t word = basis;
    size_t i = 0;

    while (i < text.len && s->n_words < STET_MAX_FINGERPRINT_WORDS) {
        const unsigned char *p = (const unsigned char *)text.ptr + i;
        int len = letter(p, text.len - i);

        if (len <= 0 && word != basis) {
            add_word(s, word);
            word = basis;
        }
        for (int k = 0; k < (len < 0 ? -len : len); k++)
            word = (word ^ (unsigned char)stet_to_lower((char)p[k])) *
                   1099511628211ULL;
        if (len < 0) {
            add_word(s, word);
            word = basis;
        }
        i += (size_t)width(p);
    }
    if (word != basis)
        add_word(s, word);
}

bool stet_fingerprint(struct stet_span text, struct stet_fingerprint *out)
{
    struct sum s = { .n_words = 0 };

    *out = (struct stet_fingerprint){ { 0, 0 } };
    read_words(&s, text);
    empty_lanes(&s);
    if (s.n_words < STET_MIN_FINGERPRINT_WORDS)
        return false;
    for (int h = 0; h < WORDS; h++)
        for (int i = 0; i < WORD_BITS; i++)
            out->bits[h] |= (uint64_t)(s.ones[h][i] * 2 > s.n_runs) << i;
    return true;
}

/* How many bits are set, in eight adds rather than one a bit. */
static unsigned ones(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555ULL;
    x = (x & 0x3333333333333333ULL) + (x >> 2 & 0x3333333333333333ULL);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fULL;
    return (unsigned)(x * 0x0101010101010101ULL >> 56);
}

bool stet_article_same_text(const struct stet_fingerprint *a,
                            const struct stet_fingerprint *b)
{
    return ones(a->bits[0] ^ b->bits[0]) + ones(a->bits[1] ^ b->bits[1]) <=
           STET_SAME_TEXT_BITS;
}
