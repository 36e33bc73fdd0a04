/*
 * The first line is an expression, the rest a text.  What the expression
 * says of the text, (?:it) and it|it say too; ^(?:it)$ matches no more than
 * it does, and .*it.* no less.
 */
#include "plan/regex.h"

#include "base/buf.h"
#include "base/span.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool ok)
{
    if (!ok)
        abort();
}

/* 1 or 0; -1: not an expression, or too large. */
static int ask(const char *before, struct stet_span p, const char *between,
               bool twice, const char *after, struct stet_span text)
{
    struct stet_regex *r;
    struct stet_buf b;
    int said = -1;

    stet_buf_init(&b, 1 << 20);
    stet_buf_adds(&b, before);
    stet_buf_add_span(&b, p);
    stet_buf_adds(&b, between);
    if (twice)
        stet_buf_add_span(&b, p);
    stet_buf_adds(&b, after);
    demand(stet_buf_status(&b) == STET_OK);
    if (stet_regex_compile(&r, stet_buf_span(&b), NULL) == STET_OK)
        said = stet_regex_matches(r, text);
    stet_regex_free(r);
    stet_buf_clear(&b);
    return said;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span text = { (const char *)data, size };
    struct stet_span p = stet_span_cut(&text, '\n');
    int said, other;

    if (!text.ptr)
        text = STET_SPAN("");
    if (text.len > 4096)
        text.len = 4096;
    said = ask("", p, "", false, "", text);
    if (said < 0)
        return 0;
    other = ask("(?:", p, ")", false, "", text);
    demand(other < 0 || other == said);
    other = ask("", p, "|", true, "", text);
    demand(other < 0 || other == said);
    other = ask("^(?:", p, ")$", false, "", text);
    demand(other <= 0 || said == 1);
    other = ask(".*(?:", p, ").*", false, "", text);
    demand(other < 0 || other == said);
    return 0;
}
