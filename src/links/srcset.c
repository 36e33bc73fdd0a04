#include "base/ascii.h"
#include "base/span.h"
#include "links/parts.h"

static bool is_blank(char c)
{
    return stet_is_space((unsigned char)c);
}

/* Past the descriptors of a candidate: to the comma outside of parentheses
 * that ends it ("tokenize" in the standard's steps). */
static const char *skip_descriptors(const char *p, const char *end)
{
    bool in_parens = false;

    for (; p < end; p++) {
        if (*p == '(')
            in_parens = true;
        else if (*p == ')')
            in_parens = false;
        else if (*p == ',' && !in_parens)
            return p + 1;
    }
    return p;
}

int stet_links_srcset(struct stet_links_out *out, struct stet_links_spot *s,
                      struct stet_link *proto)
{
    const char *p = s->text.ptr, *end = p + s->text.len, *url;
    int rc = STET_OK;

    proto->syntax = STET_SYNTAX_SRCSET;
    while (!rc) {
        while (p < end && (is_blank(*p) || *p == ','))
            p++;
        if (p == end)
            break;
        url = p;
        while (p < end && !is_blank(*p))
            p++;
        if (p[-1] == ',') {
            const char *stop = p;

            while (stop[-1] == ',')
                stop--;
            proto->raw = (struct stet_span){ url, (size_t)(stop - url) };
        } else {
            proto->raw = (struct stet_span){ url, (size_t)(p - url) };
            p = skip_descriptors(p, end);
        }
        rc = stet_links_out_add_part(out, s, proto->raw, proto);
    }
    return rc;
}

int stet_links_list(struct stet_links_out *out, struct stet_links_spot *s,
                    struct stet_link *proto)
{
    const char *p = s->text.ptr, *end = p + s->text.len, *url;
    int rc = STET_OK;

    proto->syntax = STET_SYNTAX_LIST;
    while (!rc) {
        while (p < end && is_blank(*p))
            p++;
        if (p == end)
            break;
        for (url = p; p < end && !is_blank(*p); p++)
            ;
        rc = stet_links_out_add_part(
            out, s, (struct stet_span){ url, (size_t)(p - url) }, proto);
    }
    return rc;
}
