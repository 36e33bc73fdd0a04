#include "css/urls.h"
#include "links/parts.h"

struct css_search {
    struct stet_links_out *out;
    struct stet_links_spot *spot;
    struct stet_link *link;
    bool own_context;
};

static void set_use(struct css_search *c, enum stet_css_use use)
{
    const char *context = "url()";

    switch (use) {
    case STET_CSS_USE_IMPORT:
        c->link->role = STET_LINK_STYLE;
        context = "@import";
        break;
    case STET_CSS_USE_FONT:
        c->link->role = STET_LINK_FONT;
        context = "@font-face";
        break;
    case STET_CSS_USE_IMAGE:
        c->link->role = STET_LINK_IMAGE;
        break;
    case STET_CSS_USE_OTHER:
    default:
        c->link->role = STET_LINK_OTHER;
        break;
    }
    if (c->own_context)
        c->link->context = context;
}

/* url(\'a.gif\'): a sheet that a script writes, still with the script's
 * escapes.  The quotes are part of the URL (CSS Syntax 4.3.6) and cannot have
 * been meant: what stands between them is a guess. */
static int guess_quoted(struct css_search *c, struct stet_span text)
{
    struct stet_span raw = c->link->raw;
    struct stet_link l = *c->link;
    char quote = raw.len > 2 ? raw.ptr[0] : '\0';

    if ((quote != '\'' && quote != '"') || raw.ptr[raw.len - 1] != quote ||
        text.len < 4 || text.ptr[0] != '\\' || text.ptr[text.len - 2] != '\\')
        return STET_OK;
    l.raw = (struct stet_span){ raw.ptr + 1, raw.len - 2 };
    l.speculative = true;
    l.requisite = false;
    return stet_links_out_add(c->out, &l);
}

static int on_url(void *ctx, const struct stet_css_url *u)
{
    struct css_search *c = ctx;
    struct stet_link *l = c->link;
    int rc;

    set_use(c, u->use);
    l->syntax = u->form == '"'    ? STET_SYNTAX_CSS_DOUBLE
                : u->form == '\'' ? STET_SYNTAX_CSS_SINGLE
                                  : STET_SYNTAX_CSS_URL;
    if (!u->text.len || u->text.len > 4 * STET_MAX_LINK_URL)
        return STET_OK;
    if (!u->escaped)
        return stet_links_out_add_part(c->out, c->spot, u->text, l);
    stet_buf_reset(&c->out->raw);
    stet_css_unescape(&c->out->raw, u->text);
    if (stet_buf_status(&c->out->raw) == STET_ENOMEM)
        return STET_ENOMEM;
    l->raw = stet_buf_span(&c->out->raw);
    stet_links_spot_locate(c->spot, u->text, l);
    rc = stet_links_out_add(c->out, l);
    return rc == STET_OK ? guess_quoted(c, u->text) : rc;
}

int stet_links_css(struct stet_links_out *out, struct stet_links_spot *s,
                   struct stet_link *proto)
{
    struct css_search c = {
        .out = out,
        .spot = s,
        .link = proto,
        .own_context = !proto->context,
    };

    proto->requisite = true;
    return stet_css_urls(s->text, on_url, &c);
}
