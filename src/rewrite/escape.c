#include "rewrite/escape.h"

#include <string.h>

#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "css/token.h"

static void add_percent(struct stet_buf *b, unsigned char c)
{
    stet_buf_addf(b, "%%%02X", c);
}

/* What no URL holds once it is serialised, and `also`. */
static void add_clean(struct stet_buf *b, struct stet_span url,
                      const char *also)
{
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];

        if (c <= ' ' || c >= 0x7F || c == '<' || c == '>' || c == '"' ||
            strchr(also, c))
            add_percent(b, c);
        else
            stet_buf_addc(b, (char)c);
    }
}

/* Commas at the ends belong to the list, not to the URL. */
static void add_srcset(struct stet_buf *b, struct stet_span url)
{
    size_t from = 0, to = url.len;

    while (from < to && url.ptr[from] == ',')
        from++;
    while (to > from && url.ptr[to - 1] == ',')
        to--;
    for (size_t i = 0; i < from; i++)
        add_percent(b, ',');
    add_clean(b, stet_span_sub(url, from, to - from), "");
    for (size_t i = to; i < url.len; i++)
        add_percent(b, ',');
}

static void add_css(struct stet_buf *b, struct stet_span url, char form)
{
    size_t start = b->len;
    struct stet_buf clean;

    stet_buf_init(&clean, b->max);
    add_clean(&clean, url, "");
    stet_css_escape(b, stet_buf_span(&clean), form);
    if (stet_buf_status(&clean)) {
        stet_buf_cut(b, start);
        b->status = clean.status;
    }
    stet_buf_clear(&clean);
}

/* First step: the syntax. */
static void add_syntax(struct stet_buf *b, const struct stet_link *l,
                       struct stet_span url)
{
    switch (l->syntax) {
    case STET_SYNTAX_SRCSET:
        add_srcset(b, url);
        break;
    case STET_SYNTAX_REFRESH:
        add_clean(b, url, "'");
        break;
    case STET_SYNTAX_CSS_DOUBLE:
        add_css(b, url, '"');
        break;
    case STET_SYNTAX_CSS_SINGLE:
        add_css(b, url, '\'');
        break;
    case STET_SYNTAX_CSS_URL:
        add_css(b, url, '(');
        break;
    case STET_SYNTAX_JSON:
        add_clean(b, url, "\\'`");
        break;
    case STET_SYNTAX_PLAIN:
    case STET_SYNTAX_LIST:
    case STET_SYNTAX_HEADER:
    default:
        add_clean(b, url, "");
        break;
    }
}

static const char *reference(char c, enum stet_link_place place)
{
    if (place == STET_PLACE_NONE || place == STET_PLACE_TEXT)
        return NULL;
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '"':
        return place == STET_PLACE_SINGLE ? NULL : "&quot;";
    case '\'':
        return place == STET_PLACE_SINGLE || place == STET_PLACE_UNQUOTED
                   ? "&#39;"
                   : NULL;
    case ' ':
        return place == STET_PLACE_UNQUOTED ? "&#32;" : NULL;
    case '>':
        return place == STET_PLACE_UNQUOTED || place == STET_PLACE_XML_TEXT
                   ? "&gt;"
                   : NULL;
    case '`':
        return place == STET_PLACE_UNQUOTED ? "&#96;" : NULL;
    case '=':
        return NULL; /* an error at the start only, and read as it is */
    default:
        return NULL;
    }
}

void stet_rewrite_escape(struct stet_buf *out, struct stet_buf *work,
                         const struct stet_link *l, struct stet_span url)
{
    const char *ref;

    stet_buf_reset(work);
    add_syntax(work, l, url);
    if (stet_buf_status(work)) {
        out->status = stet_buf_status(work);
        return;
    }
    for (size_t i = 0; i < work->len; i++) {
        ref = reference(work->data[i], l->place);
        if (ref)
            stet_buf_adds(out, ref);
        else
            stet_buf_addc(out, work->data[i]);
    }
}

bool stet_rewrite_is_data(const struct stet_link *l)
{
    return l->syntax == STET_SYNTAX_JSON && l->role != STET_LINK_SCRIPT &&
           l->role != STET_LINK_ICON;
}

void stet_rewrite_add_attr(struct stet_buf *out, struct stet_span text,
                           char quote)
{
    enum stet_link_place place = quote == '"'    ? STET_PLACE_DOUBLE
                                 : quote == '\'' ? STET_PLACE_SINGLE
                                                 : STET_PLACE_UNQUOTED;

    while (text.len) {
        uint32_t cp = stet_utf8_next(&text);
        const char *ref = cp < 0x80 ? reference((char)cp, place) : NULL;

        if (ref)
            stet_buf_adds(out, ref);
        else if (cp >= 0x80 || (!quote && stet_is_space((unsigned char)cp)))
            stet_buf_addf(out, "&#%lu;", (unsigned long)cp);
        else
            stet_buf_addc(out, (char)cp);
    }
}
