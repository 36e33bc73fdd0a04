#ifndef STET_HTML_CHARREF_TABLE_H
#define STET_HTML_CHARREF_TABLE_H

/* The generated table behind charref.c; charref_gen.py says its form. */

#include <stdint.h>

extern const uint16_t stet_charref_seconds[];
extern const char stet_charref_names[];       /* end to end, sorted */
extern const uint16_t stet_charref_offsets[]; /* of name n, and the end */
extern const uint32_t stet_charref_values[];
/* The first name that begins with 'A' + n or a later letter. */
extern const uint16_t stet_charref_first[];

#endif
