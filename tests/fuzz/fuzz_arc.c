/*
 * Any bytes as a line of an ARC file: what is taken for one has its parts
 * inside, in order; the header made of it is a WARC header whose fields say
 * what the line does, and the same each time.
 */
#include "warc/arc.h"
#include "warc/head.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_parts(const struct stet_arc_line *a, struct stet_span line)
{
    const struct stet_span parts[] = { a->url, a->address, a->date, a->type,
                                       a->length };
    const char *at = line.ptr;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        require(parts[i].ptr >= at);
        at = parts[i].ptr + parts[i].len;
    }
    require(at == line.ptr + line.len && a->url.len > 0);
}

static void check_header(const struct stet_arc_line *a)
{
    struct stet_warc_header one, two;
    struct stet_warc_head head;
    uint64_t length;
    size_t looked = 0, end;

    stet_warc_header_init(&one);
    stet_warc_header_init(&two);
    stet_warc_head_init(&head);
    if (stet_arc_line_to_header(&one, a, 7) == STET_OK &&
        stet_arc_line_to_header(&two, a, 7) == STET_OK) {
        require(
            stet_span_eq(stet_buf_span(&one.text), stet_buf_span(&two.text)));
        end = stet_warc_head_length(stet_buf_span(&one.text), &looked);
        require(end == one.text.len);
        require(stet_warc_head_parse(&head, one.text.data, one.text.len) ==
                STET_OK);
        require(stet_span_eqs(head.version, "WARC/1.0") && !head.bare_lf &&
                head.odd.len == 0 && head.n_fields >= 2);
        require(stet_span_eqs(head.fields[0].name, "WARC-Type"));
        if (stet_span_to_u64(a->length, &length))
            require(stet_span_eqs(head.fields[head.n_fields - 1].name,
                                  "Content-Length"));
    }
    stet_warc_head_clear(&head);
    stet_warc_header_clear(&one);
    stet_warc_header_clear(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span line = { (const char *)data, size };
    struct stet_arc_line a;

    if (!stet_arc_line_parse(&a, line))
        return 0;
    check_parts(&a, line);
    check_header(&a);
    return 0;
}
