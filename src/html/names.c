#include "base/span.h"
#include "html/names_table.h"
#include "stet/html.h"

#include <string.h>

static const struct stet_span tag_names[] = { { "", 0 },
#define STET_X(id, name) STET_SPAN_INIT(name),
                                              STET_HTML_TAGS(STET_X)
#undef STET_X
};

static const struct stet_span attr_names[] = { { "", 0 },
#define STET_X(id, name) STET_SPAN_INIT(name),
                                               STET_HTML_ATTRS(STET_X)
#undef STET_X
};

static uint64_t load(const char *p, size_t n)
{
    uint64_t k = 0;

    for (size_t i = 0; i < n; i++)
        k |= (uint64_t)(unsigned char)p[i] << 8 * i;
    return k;
}

/* As names_gen.py has it. */
static uint64_t key_of(struct stet_span name)
{
    uint64_t k;

    if (name.len < 8)
        k = load(name.ptr, name.len);
    else
        k = load(name.ptr, 8);
    if (name.len > 8)
        k ^= load(name.ptr + name.len - 8, 8) * 3;
    return k + name.len * UINT64_C(0x9E3779B97F4A7C15);
}

static bool same(struct stet_span a, struct stet_span b)
{
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

enum stet_html_tag stet_html_tag_of(struct stet_span name)
{
    unsigned i = tag_slots[key_of(name) * TAG_MULTIPLIER >> TAG_SHIFT];

    return i && same(tag_names[i], name) ? (enum stet_html_tag)i
                                         : STET_HTML_TAG_OTHER;
}

enum stet_html_attr_id stet_html_attr_of(struct stet_span name)
{
    unsigned i = attr_slots[key_of(name) * ATTR_MULTIPLIER >> ATTR_SHIFT];

    return i && same(attr_names[i], name) ? (enum stet_html_attr_id)i
                                          : STET_HTML_ATTR_OTHER;
}
