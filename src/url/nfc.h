#ifndef STET_URL_NFC_H
#define STET_URL_NFC_H

#include <stddef.h>
#include <stdint.h>

enum {
    STET_MAX_NFC = 1024, /* code points of a text */
};

/*
 * Brings a text of at most STET_MAX_NFC code points into Normalization Form
 * C (UAX #15), in place: it never becomes longer.  Only of code points that
 * are valid in UTS #46 is that promised; others come out in some order.
 */
void stet_nfc(uint32_t *points, size_t *n);

#endif
