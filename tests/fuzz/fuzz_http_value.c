/*
 * Field values: a media type printed is one that parses to the same; links
 * lie within the value; a date printed is the date that was read.
 */
#include "base/date.h"
#include "http/link.h"
#include "http/mime.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_mime(struct stet_span s)
{
    struct stet_buf once, twice;
    struct stet_mime m;

    stet_mime_init(&m);
    stet_buf_init(&once, 1 << 20);
    stet_buf_init(&twice, 1 << 20);
    if (stet_mime_parse(&m, s) == STET_OK) {
        stet_mime_print(&m, &once);
        if (once.len <= STET_MAX_MIME) {
            require(stet_mime_parse(&m, stet_buf_span(&once)) == STET_OK);
            stet_mime_print(&m, &twice);
            require(stet_span_eq(stet_buf_span(&once), stet_buf_span(&twice)));
        }
    }
    stet_buf_reset(&once);
    require(stet_mime_compute(&once, s, false, s) == STET_OK);
    stet_mime_clear(&m);
    stet_buf_clear(&once);
    stet_buf_clear(&twice);
}

static void check_links(struct stet_span s)
{
    struct stet_span rest = s;
    struct stet_link_value l;

    while (stet_link_next(&l, &rest, s.ptr)) {
        require(l.offset + l.target.len <= s.len);
        require(l.n_params <= STET_MAX_LINK_PARAMS);
        (void)stet_link_has_rel(&l, "next");
    }
    require(!rest.len);
}

static void check_date(struct stet_span s)
{
    char text[STET_HTTP_DATE_MAX];
    int64_t ms = stet_http_date_parse(s, 0);
    int64_t wait = stet_retry_after_parse(s, 0, 1000);

    require(wait >= -1 && wait <= 1000);
    if (ms == STET_NO_DATE)
        return;
    stet_http_date_print(text, ms);
    require(stet_http_date_parse(stet_span_of(text), 0) == ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span s = { (const char *)data, size };

    check_mime(s);
    check_links(s);
    check_date(s);
    return 0;
}
