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

static uint64_t load2(const char *p)
{
    return (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[1] << 8;
}

static uint64_t load4(const char *p)
{
    return load2(p) | load2(p + 2) << 16;
}

static uint64_t load8(const char *p)
{
    return load4(p) | load4(p + 4) << 32;
}

/* As names_gen.py has it; two loads that overlap agree where they do. */
static inline uint64_t key_of(struct stet_span name)
{
    const char *p = name.ptr;
    size_t n = name.len;
    uint64_t k = 0;

    if (n > 8)
        k = load8(p) ^ load8(p + n - 8) * 3;
    else if (n >= 4)
        k = load4(p) | load4(p + n - 4) << 8 * (n - 4);
    else if (n >= 2)
        k = load2(p) | load2(p + n - 2) << 8 * (n - 2);
    else if (n == 1)
        k = (unsigned char)*p;
    return k + n * UINT64_C(0x9E3779B97F4A7C15);
}

/* Whether a name whose key is that of name `a` is that name. */
static inline bool same(struct stet_span a, struct stet_span b)
{
    return a.len == b.len && (a.len <= 8 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

enum stet_html_tag stet_html_tag_of(struct stet_span name)
{
    uint64_t key = key_of(name);
    unsigned i = tag_slots[key * TAG_MULTIPLIER >> TAG_SHIFT];

    return i && tag_keys[i] == key && same(tag_names[i], name)
               ? (enum stet_html_tag)i
               : STET_HTML_TAG_OTHER;
}

enum stet_html_attr_id stet_html_attr_of(struct stet_span name)
{
    uint64_t key = key_of(name);
    unsigned i = attr_slots[key * ATTR_MULTIPLIER >> ATTR_SHIFT];

    return i && attr_keys[i] == key && same(attr_names[i], name)
               ? (enum stet_html_attr_id)i
               : STET_HTML_ATTR_OTHER;
}
