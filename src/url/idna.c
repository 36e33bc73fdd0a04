#include "url/idna.h"

#include "base/utf8.h"
#include "stet/error.h"
#include "url/label.h"
#include "url/nfc.h"
#include "url/punycode.h"
#include "url/unicode.h"

#include <string.h>

enum {
    MAX_LABEL = STET_MAX_NFC, /* code points, before it is normalised */
};

struct domain {
    struct stet_buf *out;
    uint32_t label[MAX_LABEL]; /* the one at hand */
    size_t n;
    bool has_rtl, breaks_bidi; /* some label that is done */
};

static bool is_ascii(const uint32_t *points, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (points[i] >= 0x80)
            return false;
    }
    return true;
}

/* An A-label becomes the text that it stands for, if that is one which this
 * very A-label would be made of. */
static int decode(struct domain *d)
{
    uint32_t points[MAX_LABEL], normal[MAX_LABEL];
    char text[MAX_LABEL];
    size_t n = 0, normal_n;

    if (!is_ascii(d->label, d->n))
        return STET_EFORMAT;
    for (size_t i = 0; i < d->n; i++)
        text[i] = (char)d->label[i];
    if (stet_punycode_decode((struct stet_span){ text + 4, d->n - 4 }, points,
                             MAX_LABEL, &n) < 0 ||
        is_ascii(points, n))
        return STET_EFORMAT;
    memcpy(normal, points, n * sizeof(*points));
    normal_n = n;
    stet_nfc(normal, &normal_n);
    if (normal_n != n || memcmp(normal, points, n * sizeof(*points)) != 0)
        return STET_EFORMAT;
    memcpy(d->label, points, n * sizeof(*points));
    d->n = n;
    return STET_OK;
}

static int encode(struct domain *d)
{
    if (!is_ascii(d->label, d->n)) {
        stet_buf_adds(d->out, "xn--");
        return stet_punycode_encode(d->out, d->label, d->n);
    }
    for (size_t i = 0; i < d->n; i++)
        stet_buf_addc(d->out, (char)d->label[i]);
    return STET_OK;
}

/* UTS #46, section 4, steps 2 and 4; then section 4.2. */
static int end_label(struct domain *d)
{
    int rc = STET_OK;

    stet_nfc(d->label, &d->n);
    if (stet_label_is_encoded(d->label, d->n))
        rc = decode(d);
    if (rc == STET_OK && !stet_label_is_valid(d->label, d->n))
        rc = STET_EFORMAT;
    if (rc == STET_OK) {
        d->has_rtl = d->has_rtl || stet_label_has_rtl(d->label, d->n);
        d->breaks_bidi = d->breaks_bidi || !stet_label_is_bidi(d->label, d->n);
        rc = encode(d);
    }
    d->n = 0;
    return rc;
}

static int add_point(struct domain *d, uint32_t c)
{
    if (c == '.') {
        int rc = end_label(d);
        stet_buf_addc(d->out, '.');
        return rc;
    }
    if (d->n == MAX_LABEL)
        return STET_EFORMAT;
    d->label[d->n++] = c;
    return STET_OK;
}

int stet_idna_to_ascii(struct stet_buf *out, struct stet_span domain)
{
    struct domain d;
    int rc = STET_OK;

    d.out = out;
    d.n = 0;
    d.has_rtl = d.breaks_bidi = false;
    while (rc == STET_OK && domain.len > 0) {
        uint32_t mapped[STET_MAX_UNICODE_MAP];
        size_t n = stet_unicode_map(stet_utf8_next(&domain), mapped);

        for (size_t i = 0; rc == STET_OK && i < n; i++)
            rc = add_point(&d, mapped[i]);
    }
    if (rc == STET_OK)
        rc = end_label(&d);
    if (rc == STET_OK && d.has_rtl && d.breaks_bidi)
        rc = STET_EFORMAT;
    return rc;
}
