#include "url/label.h"

#include "url/unicode.h"

enum {
    ZERO_WIDTH_NON_JOINER = 0x200C,
    ZERO_WIDTH_JOINER = 0x200D,
};

static enum stet_unicode_joining joining_of(uint32_t c)
{
    return stet_unicode_props(c).joining;
}

static bool follows_virama(const uint32_t *label, size_t at)
{
    return at > 0 && stet_unicode_props(label[at - 1]).ccc == STET_CCC_VIRAMA;
}

/* RFC 5892, appendix A.1: between letters that join, whatever transparent
 * ones stand there. */
static bool stands_in_joint(const uint32_t *label, size_t n, size_t at)
{
    size_t before = at, after = at + 1;
    enum stet_unicode_joining left, right;

    while (before > 0 && joining_of(label[before - 1]) == STET_JOINING_T)
        before--;
    while (after < n && joining_of(label[after]) == STET_JOINING_T)
        after++;
    if (before == 0 || after == n)
        return false;
    left = joining_of(label[before - 1]);
    right = joining_of(label[after]);
    return (left == STET_JOINING_L || left == STET_JOINING_D) &&
           (right == STET_JOINING_R || right == STET_JOINING_D);
}

static bool may_stand(const uint32_t *label, size_t n, size_t at)
{
    switch (label[at]) {
    case ZERO_WIDTH_NON_JOINER:
        return follows_virama(label, at) || stands_in_joint(label, n, at);
    case ZERO_WIDTH_JOINER: /* appendix A.2 */
        return follows_virama(label, at);
    default:
        return true;
    }
}

bool stet_label_is_encoded(const uint32_t *label, size_t n)
{
    return n >= 4 && label[0] == 'x' && label[1] == 'n' && label[2] == '-' &&
           label[3] == '-';
}

bool stet_label_is_valid(const uint32_t *label, size_t n)
{
    if (stet_label_is_encoded(label, n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (label[i] == '.' || !stet_unicode_is_valid(label[i]) ||
            !may_stand(label, n, i))
            return false;
    }
    return n == 0 || !stet_unicode_props(label[0]).mark;
}

/* -- RFC 5893 -------------------------------------------------------------- */

#define BIT(class) (1U << (class))

static const unsigned rtl = BIT(STET_BIDI_R) | BIT(STET_BIDI_AL);
static const unsigned neutral = BIT(STET_BIDI_EN) | BIT(STET_BIDI_ES) |
                                BIT(STET_BIDI_CS) | BIT(STET_BIDI_ET) |
                                BIT(STET_BIDI_ON) | BIT(STET_BIDI_BN) |
                                BIT(STET_BIDI_NSM);

static unsigned bit_of(uint32_t c)
{
    return BIT(stet_unicode_props(c).bidi);
}

bool stet_label_has_rtl(const uint32_t *label, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bit_of(label[i]) & (rtl | BIT(STET_BIDI_AN)))
            return true;
    }
    return false;
}

bool stet_label_is_bidi(const uint32_t *label, size_t n)
{
    const unsigned both = BIT(STET_BIDI_EN) | BIT(STET_BIDI_AN);
    unsigned first, last, all = 0;
    size_t end = n;

    if (n == 0)
        return true;
    for (size_t i = 0; i < n; i++)
        all |= bit_of(label[i]);
    while (end > 1 && bit_of(label[end - 1]) == BIT(STET_BIDI_NSM))
        end--;
    first = bit_of(label[0]);
    last = bit_of(label[end - 1]);
    if (first == BIT(STET_BIDI_L))
        return !(all & ~(neutral | first)) &&
               (last & (first | BIT(STET_BIDI_EN)));
    return (first & rtl) && !(all & ~(neutral | rtl | both)) &&
           (last & (rtl | both)) && (all & both) != both;
}
