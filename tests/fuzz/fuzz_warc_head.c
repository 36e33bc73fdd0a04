/*
 * Any bytes as a record's header: fields lie inside, in order and without
 * white space around them; names hold no colon; an unfolded header that is
 * printed from its fields gives the same fields again.
 */
#include "warc/head.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/span.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX = 1 << 22 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_fields(const struct stet_warc_head *h, const char *text,
                         size_t size)
{
    const char *last = text;

    require(h->n_fields <= STET_WARC_FIELDS_MAX);
    for (size_t i = 0; i < h->n_fields; i++) {
        struct stet_span n = h->fields[i].name, v = h->fields[i].value;

        require(n.ptr >= last && n.ptr + n.len < v.ptr + v.len + 1);
        require(v.ptr + v.len <= text + size);
        require(n.len > 0 && !memchr(n.ptr, ':', n.len));
        require(stet_span_trim(n).len == n.len &&
                stet_span_trim(v).len == v.len);
        require(!memchr(n.ptr, '\n', n.len) && !memchr(v.ptr, '\n', v.len));
        last = v.ptr + v.len;
    }
}

static void print(struct stet_buf *b, const struct stet_warc_head *h)
{
    stet_buf_add_span(b, h->version);
    stet_buf_adds(b, "\r\n");
    for (size_t i = 0; i < h->n_fields; i++) {
        stet_buf_add_span(b, h->fields[i].name);
        stet_buf_adds(b, ": ");
        stet_buf_add_span(b, h->fields[i].value);
        stet_buf_adds(b, "\r\n");
    }
}

static void check_again(const struct stet_warc_head *one)
{
    struct stet_warc_head two;
    struct stet_buf b;

    stet_buf_init(&b, MAX);
    stet_warc_head_init(&two);
    print(&b, one);
    if (stet_buf_status(&b) == STET_OK) {
        require(stet_warc_head_parse(&two, b.data, b.len) == STET_OK);
        require(two.n_fields == one->n_fields && two.odd.len == 0);
        for (size_t i = 0; i < two.n_fields; i++)
            require(stet_span_eq(two.fields[i].name, one->fields[i].name) &&
                    stet_span_eq(two.fields[i].value, one->fields[i].value));
    }
    stet_warc_head_clear(&two);
    stet_buf_clear(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span all = { (const char *)data, size };
    struct stet_warc_head h;
    char *text = stet_span_dup(all);
    size_t whole = 0, dripped = 0, looked = 0, zero = 0;

    if (!text)
        return 0;
    whole = stet_warc_head_length(all, &zero);
    for (size_t n = 0; n <= size && !dripped; n++)
        dripped = stet_warc_head_length(stet_span_sub(all, 0, n), &looked);
    require(whole == dripped && whole <= size);
    stet_warc_head_init(&h);
    if (stet_warc_head_parse(&h, text, size) == STET_OK) {
        check_fields(&h, text, size);
        check_again(&h);
    }
    stet_warc_head_clear(&h);
    stet_free(text);
    return 0;
}
