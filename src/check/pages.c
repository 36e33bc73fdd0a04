#include "check/set.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "json/json.h"

enum { MAX_PAGES = 10 * 1000 * 1000 };

static int add_page(struct stet_check_set *s, struct stet_check_pages *out,
                    const struct stet_check_page *p)
{
    struct stet_check_page *to;

    if (out->len == MAX_PAGES)
        return STET_OK;
    if (stet_grow_array(&out->items, &out->cap, out->len + 1,
                        sizeof(*out->items)) < 0)
        return STET_ENOMEM;
    to = &out->items[out->len];
    *to = *p;
    to->url = stet_arena_dup(&s->arena, p->url);
    if (!to->url.ptr)
        return STET_ENOMEM;
    out->len++;
    return STET_OK;
}

/* The first line says that this is a list, all others name a page. */
static int read_line(struct stet_check_set *s, const char *name,
                     uint64_t offset, const struct stet_json_value *o,
                     struct stet_check_pages *out)
{
    struct stet_check_page p = { .list = name, .offset = offset };
    struct stet_span ts = stet_json_get_string(o, "ts");

    p.url = stet_json_get_string(o, "url");
    if (offset == 0) {
        if (!stet_span_eqs(stet_json_get_string(o, "format"), "json-pages-1.0"))
            stet_check_say(s, name, STET_CHECK_WACZ_PAGES, offset,
                           "the first line is not that of a page list");
        if (p.url.len == 0)
            return STET_OK;
    }
    p.date_ms = stet_date_parse_w3c(ts);
    if (p.url.len == 0)
        stet_check_say(s, name, STET_CHECK_WACZ_PAGES, offset,
                       "a page without url");
    else if (p.date_ms == STET_NO_DATE)
        stet_check_say(s, name, STET_CHECK_WACZ_PAGES, offset,
                       "a page without ts in the form of RFC 3339");
    return p.url.len > 0 ? add_page(s, out, &p) : STET_OK;
}

int stet_check_page_list(struct stet_check_set *s, const char *name,
                         struct stet_span text, struct stet_check_pages *out,
                         struct stet_error *err)
{
    struct stet_span rest = text;
    int rc = STET_OK;

    while (rc == STET_OK && rest.ptr && rest.len > 0) {
        uint64_t offset = (uint64_t)(rest.ptr - text.ptr);
        struct stet_span line = stet_span_trim(stet_span_cut(&rest, '\n'));
        struct stet_json *json = NULL;

        if (line.len == 0)
            continue;
        rc = stet_json_parse(&json, line, NULL, NULL);
        if (rc == STET_OK)
            rc = read_line(s, name, offset, stet_json_root(json), out);
        else if (rc != STET_ENOMEM) {
            stet_check_say(s, name, STET_CHECK_WACZ_PAGES, offset,
                           "a line is no JSON");
            rc = STET_OK;
        }
        stet_json_free(json);
    }
    return rc < 0 ? stet_fail(err, rc, "no memory for a page list") : STET_OK;
}
