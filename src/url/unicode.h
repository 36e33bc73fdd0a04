#ifndef STET_URL_UNICODE_H
#define STET_URL_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What domains need to know of Unicode: how UTS #46 maps a code point, what
 * its rules for labels look at, and how pairs are composed (UAX #15).
 */

enum {
    STET_MAX_UNICODE_MAP = 18, /* code points that one is mapped to */
};

/* Classes of RFC 5893; _OTHER is allowed in no label of a bidi domain. */
enum stet_unicode_bidi {
    STET_BIDI_OTHER,
    STET_BIDI_L,
    STET_BIDI_R,
    STET_BIDI_AL,
    STET_BIDI_AN,
    STET_BIDI_EN,
    STET_BIDI_ES,
    STET_BIDI_CS,
    STET_BIDI_ET,
    STET_BIDI_ON,
    STET_BIDI_BN,
    STET_BIDI_NSM,
};

enum stet_unicode_joining {
    STET_JOINING_NONE,
    STET_JOINING_T, /* transparent */
    STET_JOINING_L,
    STET_JOINING_R,
    STET_JOINING_D,
};

struct stet_unicode_props {
    unsigned char ccc; /* canonical combining class */
    enum stet_unicode_bidi bidi;
    enum stet_unicode_joining joining;
    bool mark; /* general category M */
};

enum {
    STET_CCC_VIRAMA = 9,
};

/* Only of valid code points. */
struct stet_unicode_props stet_unicode_props(uint32_t c);

/* Status "valid" of UTS #46, non-transitional, without the rules of STD3. */
bool stet_unicode_is_valid(uint32_t c);

/* What UTS #46 maps c to: how many code points, none if it is ignored.  One
 * that is valid or disallowed is mapped to itself. */
size_t stet_unicode_map(uint32_t c, uint32_t out[STET_MAX_UNICODE_MAP]);

/* The canonical composite of two valid code points, or 0; and back again,
 * which leaves Hangul whole. */
uint32_t stet_unicode_compose(uint32_t first, uint32_t second);
bool stet_unicode_decompose(uint32_t c, uint32_t *first, uint32_t *second);

#endif
