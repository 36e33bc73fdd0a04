#include "links/lists.h"

#include <string.h>

#include "base/ascii.h"
#include "base/span.h"

/* URI="…" of a tag's attribute list. */
static struct stet_span uri_of(struct stet_span line)
{
    size_t at = stet_span_find(line, STET_SPAN("URI=\""));
    struct stet_span rest = stet_span_sub(line, at, line.len);

    if (at == line.len)
        return rest;
    rest = stet_span_sub(rest, 5, rest.len);
    return stet_span_sub(rest, 0, stet_span_find(rest, STET_SPAN("\"")));
}

int stet_links_hls(struct stet_links_out *out, struct stet_links_spot *s)
{
    struct stet_span rest = s->text, line, url;
    int rc = STET_OK;

    while (!rc && rest.ptr) {
        struct stet_link l = { .role = STET_LINK_MEDIA,
                               .requisite = true,
                               .context = "m3u8" };

        line = stet_span_trim(stet_span_cut(&rest, '\n'));
        url = line.len && *line.ptr == '#' ? uri_of(line) : line;
        if (url.len)
            rc = stet_links_out_add_part(out, s, url, &l);
    }
    return rc;
}

/* A bare host, as people write it. */
static int add_host(struct stet_links_out *out, struct stet_links_spot *s,
                    struct stet_span line, struct stet_link *l)
{
    struct stet_buf url;
    int rc;

    stet_buf_init(&url, STET_MAX_LINK_URL + 16);
    stet_buf_adds(&url, "http://");
    stet_buf_add_span(&url, line);
    rc = stet_buf_status(&url);
    l->raw = line;
    stet_links_spot_locate(s, line, l);
    if (!rc)
        rc = stet_links_out_add_as(out, l, stet_buf_span(&url));
    stet_buf_clear(&url);
    return rc == STET_ELIMIT ? STET_OK : rc;
}

int stet_links_lines(struct stet_links_out *out, struct stet_links_spot *s,
                     struct stet_span text)
{
    struct stet_span line;
    int rc = STET_OK;

    while (!rc && text.ptr) {
        struct stet_link l = { .role = STET_LINK_ANCHOR, .context = "sitemap" };

        line = stet_span_trim(stet_span_cut(&text, '\n'));
        if (stet_span_istarts(line, "http"))
            rc = stet_links_out_add_part(out, s, line, &l);
        else if (stet_span_istarts(line, "www."))
            rc = add_host(out, s, line, &l);
    }
    return rc;
}
