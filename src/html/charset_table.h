#ifndef STET_HTML_CHARSET_TABLE_H
#define STET_HTML_CHARSET_TABLE_H

/* The generated tables behind charset.c; charset_gen.py says their form. */

#include "stet/html.h"

#include <uchar.h>

struct stet_charset_label {
    const char *label;
    enum stet_charset charset;
};

extern const struct stet_charset_label stet_charset_labels[]; /* sorted */
extern const size_t stet_n_charset_labels;

/* What bytes 0x80 to 0xFF mean; all zero for what is no single-byte
 * encoding, U+FFFD for a byte that means nothing. */
extern const uint16_t stet_charset_single[STET_N_CHARSETS][128];

/* Rows of pointers, each with a NUL that is not part of it. */
extern const char16_t stet_charset_gb18030[126][190 + 1];
extern const char16_t stet_charset_big5[126][157 + 1];
extern const char16_t stet_charset_jis0208[120][94 + 1];
extern const char16_t stet_charset_jis0212[94][94 + 1];
extern const char16_t stet_charset_euc_kr[126][190 + 1];

extern const size_t stet_charset_n_big5_beyond;
extern const uint16_t stet_charset_big5_beyond[][2]; /* pointer, cp - 0x20000 */
extern const size_t stet_charset_n_gb18030_ranges;
extern const uint32_t stet_charset_gb18030_ranges[][2]; /* pointer, cp */

#endif
