#ifndef STET_URL_LABEL_H
#define STET_URL_LABEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The rules that a label of a domain must keep, as code points. */

/* Begins with "xn--". */
bool stet_label_is_encoded(const uint32_t *label, size_t n);

/*
 * UTS #46, section 4.1, for non-transitional processing with CheckJoiners,
 * without CheckHyphens and without STD3, but for its first rule (NFC) and
 * its last one (bidi).
 */
bool stet_label_is_valid(const uint32_t *label, size_t n);

/* Has what makes its domain a bidi domain; and, asked of every label of
 * one, keeps the rule of RFC 5893, section 2. */
bool stet_label_has_rtl(const uint32_t *label, size_t n);
bool stet_label_is_bidi(const uint32_t *label, size_t n);

#endif
