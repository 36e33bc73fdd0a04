#ifndef STET_URL_IDNA_TABLE_H
#define STET_URL_IDNA_TABLE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Made by idna_gen.py; read by unicode.c alone.
 *
 * A range goes to where the next one begins.  It is the first code point
 * << 3 and a kind, whose value, in the array beside it, is said below.
 */
enum stet_idna_kind {
    STET_IDNA_VALID,
    STET_IDNA_DISALLOWED,
    STET_IDNA_IGNORED,
    STET_IDNA_TEXT,  /* mapped to value & 0xFF bytes of texts, which is
                        UTF-8, from value >> 8 */
    STET_IDNA_SHIFT, /* the first one is mapped to value, and so on */
    STET_IDNA_PAIRS, /* the first is mapped to the second, which is valid,
                        the third to the fourth, and so on */
};

extern const uint32_t stet_idna_ranges[];
extern const uint32_t stet_idna_values[];
extern const unsigned char stet_idna_texts[];
extern const size_t stet_idna_n_ranges;

/*
 * Properties of the valid code points, by ranges too: combining class, then
 * from bit 8 stet_unicode_bidi, from 12 stet_unicode_joining, and bit 15
 * for marks.
 */
extern const uint32_t stet_idna_prop_starts[];
extern const uint16_t stet_idna_props[];
extern const size_t stet_idna_n_props;

/* Valid code points that are a pair of others (Hangul aside), by pair; and
 * their numbers there in the order of the composites. */
struct stet_idna_pair {
    uint32_t first, second, composite;
};
extern const struct stet_idna_pair stet_idna_pairs[];
extern const uint16_t stet_idna_by_composite[];
extern const size_t stet_idna_n_pairs;

#endif
