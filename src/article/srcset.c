#include "article/srcset.h"

#include "article/say.h"

#include "base/ascii.h"

enum {
    MAX_WIDTH = 30000,
    PLAIN_WIDTH = 500,
    MAX_NAME = 60 /* bytes at a path's end that may say what it stands for */
};

static uint32_t digits(struct stet_span s, size_t *i)
{
    uint32_t n = 0;
    size_t from = *i;

    while (*i < s.len && stet_is_digit((unsigned char)s.ptr[*i]) &&
           *i - from < 6)
        n = n * 10 + (uint32_t)(s.ptr[(*i)++] - '0');
    return n <= MAX_WIDTH ? n : 0;
}

/* Does s[0..end) end in the name, and begin a word with it? */
static bool is_parameter(struct stet_span s, size_t end, struct stet_span name)
{
    if (end < name.len ||
        !stet_span_ieq(stet_span_sub(s, end - name.len, name.len), name))
        return false;
    return end == name.len ||
           !stet_is_alnum((unsigned char)s.ptr[end - name.len - 1]);
}

/* "/1200x630", "-1200x630.", "/1200/" and the like. */
static uint32_t size_in_path(struct stet_span url)
{
    for (size_t i = 1; i + 3 < url.len; i++) {
        size_t at = i;
        uint32_t w;
        uint32_t h;

        if (!stet_is_digit((unsigned char)url.ptr[i]) ||
            stet_is_alnum((unsigned char)url.ptr[i - 1]))
            continue;
        w = digits(url, &at);
        if (w < 50 || at >= url.len || (url.ptr[at] | 0x20) != 'x')
            continue;
        at++;
        h = digits(url, &at);
        if (h >= 30 || (at < url.len && url.ptr[at] == '0'))
            return w;
    }
    return 0;
}

uint32_t stet_candidate_width(struct stet_span url)
{
    /* The most telling first. */
    static const struct stet_span names[] = {
        STET_SPAN_INIT("width="),  STET_SPAN_INIT("w="),
        STET_SPAN_INIT("w_"),      STET_SPAN_INIT("width_"),
        STET_SPAN_INIT("resize="), STET_SPAN_INIT("imwidth="),
        STET_SPAN_INIT("width-"),  STET_SPAN_INIT("wid="),
        STET_SPAN_INIT("fit="),
    };
    size_t best = sizeof(names) / sizeof(names[0]);
    uint32_t dpr = 0;
    uint32_t w = 0;

    for (size_t i = 2; i < url.len; i++) {
        char c = url.ptr[i - 1];
        size_t at = i;

        if (!stet_is_digit((unsigned char)url.ptr[i]) ||
            (c != '=' && c != '_' && c != '-'))
            continue;
        if (dpr == 0 && is_parameter(url, i, STET_SPAN("dpr=")))
            dpr = digits(url, &at);
        for (size_t k = 0; k < best; k++)
            if (is_parameter(url, i, names[k])) {
                uint32_t n = digits(url, &at);

                if (n > 0) {
                    w = n;
                    best = k;
                }
            }
    }
    if (w == 0)
        w = size_in_path(url);
    return dpr >= 2 && dpr <= 4 ? w * dpr : w;
}

/* What stands where a picture will be when a script has run. */
static const char *const stand_ins[] = { "transparent", "placeholder",
                                         "blank.gif",   "spacer.gif",
                                         "1x1.",        NULL };

bool stet_candidate_is_real(struct stet_span url)
{
    size_t end = stet_span_find(url, STET_SPAN("?"));
    size_t from = end > MAX_NAME ? end - MAX_NAME : 0;

    return url.len > 0 && !stet_span_istarts(url, "data:") &&
           !stet_span_istarts(url, "blob:") &&
           !stet_span_istarts(url, "about:") &&
           !stet_says_any(stet_span_sub(url, from, end - from), stand_ins);
}

/* "640w", "1.5x": what follows a URL.  A density counts as if a density of
 * one were PLAIN_WIDTH pixels, where the URL does not say. */
static uint32_t descriptor(struct stet_span s, struct stet_span url)
{
    size_t i = 0;
    uint32_t tenths;

    s = stet_span_trim(s);
    tenths = digits(s, &i) * 10;
    if (i < s.len && s.ptr[i] == 'w')
        return tenths / 10;
    if (i + 1 < s.len && s.ptr[i] == '.') {
        tenths += (uint32_t)(s.ptr[i + 1] - '0') % 10;
        i += 2;
    }
    if (i < s.len && s.ptr[i] == 'x') {
        uint32_t w = stet_candidate_width(url);

        return w > 0 ? w : tenths * (PLAIN_WIDTH / 10);
    }
    return 0;
}

bool stet_srcset_next(struct stet_candidate *out, struct stet_span s,
                      size_t *at)
{
    size_t i = *at;
    size_t from;

    while (i < s.len &&
           (stet_is_space((unsigned char)s.ptr[i]) || s.ptr[i] == ','))
        i++;
    from = i;
    while (i < s.len && !stet_is_space((unsigned char)s.ptr[i]))
        i++;
    out->url = stet_span_sub(s, from, i - from);
    out->width = 0;
    *at = i;
    if (out->url.len == 0)
        return false;
    if (out->url.ptr[out->url.len - 1] == ',') {
        while (out->url.len > 0 && out->url.ptr[out->url.len - 1] == ',')
            out->url.len--;
        return true;
    }
    from = i;
    while (i < s.len && s.ptr[i] != ',')
        i++;
    *at = i;
    out->width = descriptor(stet_span_sub(s, from, i - from), out->url);
    return true;
}
