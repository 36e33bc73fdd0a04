#include "base/ascii.h"
#include "base/span.h"
#include "links/parts.h"

static void skip_blanks(struct stet_span *s)
{
    while (s->len && stet_is_space((unsigned char)*s->ptr))
        *s = stet_span_sub(*s, 1, s->len);
}

/* Past the time: digits, then anything of digits and dots.  False when
 * there is none. */
static bool skip_time(struct stet_span *s)
{
    size_t n = 0;

    while (n < s->len && stet_is_digit((unsigned char)s->ptr[n]))
        n++;
    if (!n && (!s->len || *s->ptr != '.'))
        return false;
    while (n < s->len &&
           (stet_is_digit((unsigned char)s->ptr[n]) || s->ptr[n] == '.'))
        n++;
    *s = stet_span_sub(*s, n, s->len);
    return true;
}

/* Past "url", white space and '='; leaves *s alone if they are not there. */
static void skip_url_is(struct stet_span *s)
{
    struct stet_span t = *s;

    if (!stet_span_istarts(t, "url"))
        return;
    t = stet_span_sub(t, 3, t.len);
    skip_blanks(&t);
    if (!t.len || *t.ptr != '=')
        return;
    t = stet_span_sub(t, 1, t.len);
    skip_blanks(&t);
    *s = t;
}

/* The URL, or an empty span.  The steps' numbers are those of the
 * "shared declarative refresh steps". */
static struct stet_span refresh_url(struct stet_span s)
{
    size_t end;

    skip_blanks(&s);
    if (!skip_time(&s) || !s.len)
        return STET_SPAN("");
    if (*s.ptr != ';' && *s.ptr != ',' && !stet_is_space((unsigned char)*s.ptr))
        return STET_SPAN("");
    skip_blanks(&s);
    if (s.len && (*s.ptr == ';' || *s.ptr == ','))
        s = stet_span_sub(s, 1, s.len);
    skip_blanks(&s);
    skip_url_is(&s);
    if (s.len && (*s.ptr == '"' || *s.ptr == '\'')) {
        char quote = *s.ptr;

        s = stet_span_sub(s, 1, s.len);
        end = stet_span_find(s, (struct stet_span){ &quote, 1 });
        return stet_span_sub(s, 0, end);
    }
    return s;
}

int stet_links_refresh(struct stet_links_out *out, struct stet_links_spot *s,
                       struct stet_link *proto)
{
    struct stet_span url = refresh_url(s->text);

    proto->syntax = STET_SYNTAX_REFRESH;
    return url.len ? stet_links_out_add_part(out, s, url, proto) : STET_OK;
}
