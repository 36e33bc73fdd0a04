/*
 * Any bytes as a style sheet:
 *
 *   - tokens follow each other without a gap and their texts lie in them;
 *   - every URL found is a part of the sheet;
 *   - the bytes as a URL, escaped for each form, read back as they were.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/span.h"
#include "css/urls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool ok)
{
    if (!ok)
        abort();
}

static bool is_inside(struct stet_span s, struct stet_span whole)
{
    return s.ptr >= whole.ptr && s.ptr + s.len <= whole.ptr + whole.len;
}

static void judge_tokens(struct stet_span css)
{
    struct stet_css_lexer x;
    struct stet_css_token t;
    const char *at = css.ptr;

    stet_css_lexer_init(&x, css);
    for (;;) {
        stet_css_next(&x, &t);
        demand(t.all.ptr == at);
        if (t.kind == STET_CSS_END)
            break;
        demand(t.all.len > 0 && is_inside(t.all, css));
        demand(!t.text.len || is_inside(t.text, t.all));
        at += t.all.len;
    }
    demand(at == css.ptr + css.len);
}

static int judge_url(void *ctx, const struct stet_css_url *u)
{
    demand(is_inside(u->text, *(struct stet_span *)ctx));
    demand(u->form == '"' || u->form == '\'' || u->form == '(');
    return 0;
}

static void judge_escape(struct stet_span url, char form)
{
    struct stet_buf css, back;
    struct stet_css_lexer x;
    struct stet_css_token t;

    stet_buf_init(&css, 1 << 24);
    stet_buf_init(&back, 1 << 24);
    if (form == '(')
        stet_buf_adds(&css, "url(");
    else
        stet_buf_addc(&css, form);
    stet_css_escape(&css, url, form);
    stet_buf_addc(&css, form == '(' ? ')' : form);
    stet_css_lexer_init(&x, stet_buf_span(&css));
    stet_css_next(&x, &t);
    demand(t.kind == (form == '(' ? STET_CSS_URL : STET_CSS_STRING));
    demand(t.closed && t.all.len == css.len);
    stet_css_unescape(&back, t.text);
    demand(stet_span_eq(stet_buf_span(&back), url));
    stet_buf_clear(&css);
    stet_buf_clear(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span css = { (const char *)data, size };

    judge_tokens(css);
    demand(stet_css_urls(css, judge_url, &css) == STET_OK);
    /* A NUL is U+FFFD in a sheet, however it is written. */
    if (!size || memchr(data, 0, size))
        return 0;
    judge_escape(css, '"');
    judge_escape(css, '\'');
    judge_escape(css, '(');
    return 0;
}
