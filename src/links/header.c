#include "base/span.h"
#include "http/link.h"
#include "links/parts.h"

int stet_links_header(struct stet_links_out *out, struct stet_links_spot *s,
                      struct stet_link *proto)
{
    struct stet_span rest = s->text;
    struct stet_link_value v;
    int rc = STET_OK;

    while (!rc && stet_link_next(&v, &rest, s->text.ptr)) {
        struct stet_link l = *proto;

        l.context = "Link";
        l.syntax = STET_SYNTAX_HEADER;
        if (stet_links_by_rel(&l, v.rel, stet_link_get(&v, "type")) &&
            !out->everything)
            continue;
        l.text = stet_link_get(&v, "title");
        if (l.text.len > STET_MAX_LINK_TEXT)
            l.text = STET_SPAN("");
        rc = stet_links_out_add_part(out, s, v.target, &l);
    }
    return rc;
}
