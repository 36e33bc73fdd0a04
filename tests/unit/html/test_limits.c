/* Inputs without measure: linear time, bounded memory, nothing lost. */
#include "base/mem.h"
#include "base/span.h"
#include "lib/tap.h"
#include "stet/html.h"
#include "unit/html/printer.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/* What is in the heap now, and its highest since reset. */
static size_t live, peak;

static void *counting_grow(void *p, size_t size)
{
    live -= p ? malloc_usable_size(p) : 0;
    p = realloc(p, size);
    live += p ? malloc_usable_size(p) : 0;
    peak = live > peak ? live : peak;
    return p;
}

static void counting_free(void *p)
{
    live -= p ? malloc_usable_size(p) : 0;
    free(p);
}

static const struct stet_allocator counting = { counting_grow, counting_free };

struct tally {
    size_t starts, ends, pieces, attrs, truncated, comments;
    uint64_t text, comment, value_length, last_end;
    uint64_t href; /* the offset of the last one */
    bool gap;
};

static int on_token(void *ctx, const struct stet_html_token *t)
{
    struct tally *y = ctx;

    y->gap |= t->offset != y->last_end;
    y->last_end = t->offset + t->length;
    y->starts += t->kind == STET_HTML_START && !t->more;
    y->ends += t->kind == STET_HTML_END;
    y->pieces++;
    y->attrs += t->n_attrs;
    if (t->kind == STET_HTML_TEXT)
        y->text += t->text.len;
    if (t->kind == STET_HTML_COMMENT) {
        y->comment += t->text.len;
        y->comments += !t->more;
    }
    for (size_t i = 0; i < t->n_attrs; i++) {
        y->truncated += t->attrs[i].truncated;
        y->value_length = t->attrs[i].value_length;
        if (t->attrs[i].id == STET_HTML_ATTR_HREF)
            y->href = t->attrs[i].value_offset;
    }
    return STET_OK;
}

enum { PIECE = 1 << 16, MAX_HEAP = 16 << 20 };

/* Feeds `head`, then `unit` n times, then `tail`, about PIECE at a time. */
static void feed(struct tally *y, const char *head, const char *unit, size_t n,
                 const char *tail)
{
    struct stet_html_options o = { .on_token = on_token, .ctx = y };
    struct stet_html_tokenizer *t = NULL;
    size_t len = strlen(unit), per = PIECE / len + 1;
    char *many = malloc(per * len);

    *y = (struct tally){ 0 };
    for (size_t i = 0; many && i < per; i++)
        memcpy(many + i * len, unit, len);
    live = peak = 0;
    stet_set_allocator(&counting);
    CHECK_INT(stet_html_tokenizer_new(&t, &o, NULL), STET_OK);
    CHECK_INT(stet_html_tokenizer_feed(t, stet_span_of(head), NULL), STET_OK);
    while (n > 0) {
        size_t k = n < per ? n : per;

        CHECK_INT(stet_html_tokenizer_feed(
                      t, (struct stet_span){ many, k * len }, NULL),
                  STET_OK);
        n -= k;
    }
    CHECK_INT(stet_html_tokenizer_feed(t, stet_span_of(tail), NULL), STET_OK);
    CHECK_INT(stet_html_tokenizer_finish(t, NULL), STET_OK);
    stet_html_tokenizer_free(t);
    stet_set_allocator(NULL);
    CHECK_INT(live, 0);
    CHECK(peak < MAX_HEAP);
    free(many);
}

static void test_attributes(void)
{
    struct tally y;

    feed(&y, "<a", " href='/x'", 1000000, " last>");
    CHECK_INT(y.attrs, 1000001);
    CHECK_INT(y.starts, 1);
    CHECK(!y.gap);
    CHECK_INT(y.href, 2 + 1000000 * 10 - 3);
}

static void test_long_value(void)
{
    struct tally y;

    feed(&y, "<a one=1 two='", "0123456789", 1000000, "' href=z three=3>x");
    CHECK_INT(y.attrs, 4);
    CHECK_INT(y.truncated, 1);
    CHECK_INT(y.starts, 1);
    CHECK_INT(y.href, 14 + 10000000 + 7);
    CHECK(!y.gap);
    feed(&y, "<a one=1 two='", "&amp;\xC3\xA9", 150000, "'>");
    CHECK_INT(y.truncated, 1);
    CHECK_INT(y.value_length, 150000 * 7);
}

static void test_long_names(void)
{
    struct tally y;

    feed(&y, "<", "abcdefghij", 300000, " href='z'>");
    CHECK_INT(y.attrs, 1);
    CHECK_INT(y.href, 1 + 3000000 + 7);
    CHECK(!y.gap);
    feed(&y, "<a b ", "abcdefghij", 300000, " = 'z' href=y>");
    CHECK_INT(y.attrs, 3);
    CHECK_INT(y.truncated, 1);
    CHECK_INT(y.href, 5 + 3000000 + 12);
    feed(&y, "</", "abcdefghij", 300000, ">");
    CHECK_INT(y.ends, 1);
    CHECK(!y.gap);
}

static void test_long_space(void)
{
    struct tally y;

    feed(&y, "<a b=1 ", "          ", 300000, "href=2>");
    CHECK_INT(y.attrs, 2);
    CHECK_INT(y.href, 7 + 3000000 + 5);
    feed(&y, "<a b=1 href", "          ", 300000, "=2>");
    CHECK_INT(y.attrs, 2);
    CHECK_INT(y.href, 11 + 3000000 + 1);
    feed(&y, "<a b=1 href=", "          ", 300000, "'2' c>");
    CHECK_INT(y.attrs, 3);
    CHECK_INT(y.href, 12 + 3000000 + 1);
    CHECK(!y.gap);
}

static void test_long_text(void)
{
    struct tally y;

    feed(&y, "", "\xC3\xA9word ", 3000000, "<a href=x>");
    CHECK_INT(y.text, 3000000 * 7);
    CHECK_INT(y.href, 3000000 * 7 + 8);
    feed(&y, "<script>", "<!--", 1000000, "</script>");
    CHECK_INT(y.text, 4000000);
    CHECK_INT(y.ends, 1);
    feed(&y, "&#", "0", 1000000, "65;");
    CHECK(!y.gap);
}

static void test_long_comment(void)
{
    struct tally y;

    feed(&y, "<!--", "--", 1000000, "><a>");
    CHECK_INT(y.comment, 2000000 - 2);
    CHECK_INT(y.comments, 1);
    CHECK_INT(y.starts, 1);
    CHECK(!y.gap);
    feed(&y, "<?", "\xC3\xA9\r\n", 1000000, "><a>");
    CHECK_INT(y.comment, 3000000 + 1);
    CHECK_INT(y.comments, 1);
    CHECK(!y.gap);
    feed(&y, "<!DOCTYPE html ", "          ", 300000, "><a>");
    CHECK_INT(y.starts, 1);
    CHECK(!y.gap);
}

static void test_depth(void)
{
    struct tally y;

    feed(&y, "", "<svg><desc><math><mi>", 250000, "<a href=x>");
    CHECK_INT(y.starts, 1000001);
    feed(&y, "<svg>", "</p></svg>", 250000, "<a href=x>");
    CHECK_INT(y.ends, 500000);
    feed(&y, "", "<", 2000000, "a>");
    CHECK_INT(y.starts, 1);
    CHECK(!y.gap);
}

/* head, `n` times c, tail. */
static void check_cuts(const char *head, char c, size_t n, const char *tail)
{
    static const size_t pieces[] = { 0, 1000, 65536, 300000 };
    struct printer p[4];
    struct stet_buf doc;

    stet_buf_init(&doc, 1 << 24);
    stet_buf_adds(&doc, head);
    for (size_t i = 0; i < n; i++)
        stet_buf_addc(&doc, c);
    stet_buf_adds(&doc, tail);
    for (size_t i = 0; i < 4; i++) {
        printer_init(&p[i], true);
        CHECK_INT(print_tokens(&p[i], stet_buf_span(&doc), NULL, pieces[i]),
                  STET_OK);
        CHECK(stet_span_eq(stet_buf_span(&p[i].out), stet_buf_span(&p[0].out)));
    }
    for (size_t i = 0; i < 4; i++)
        printer_clear(&p[i]);
    stet_buf_clear(&doc);
}

static void test_cuts(void)
{
    check_cuts("<a x=1 y", ' ', 2000000, "x=2 y=3>");
    check_cuts("<a x=1 y", ' ', 2000000, "=2 x=2 y=3>");
    check_cuts("<a x=1 y=", ' ', 2000000, "2 x=2 y=3>");
    check_cuts("<a x=1 y=2 ", ' ', 2000000, "x=2 y=3>");
    check_cuts("<a x=1 x", 'x', 2000000, "=2 x=2 y=3>");
    check_cuts("<a x=1 x='", '\xC3', 2000000, "' x=2 y=3 x>");
    check_cuts("<a", ' ', 1048570, "x=2 x=3 y=4 y=4 z=5 y=2 z=3>");
    check_cuts("<a", 'b', 1048570, " x=2 x=3 y=4 y=4 z=5 y=2 z=3>");
    check_cuts("<!DOCTYPE html PUBLIC '", 'b', 100000, "' \"x\">y");
    check_cuts("<!--", '\r', 100000, "\n--><!-x");
}

TESTS({ "a million attributes, none lost", test_attributes },
      { "a value of 10 MB", test_long_value },
      { "names of 3 MB", test_long_names },
      { "white space of 3 MB at any place in a tag", test_long_space },
      { "text of 20 MB", test_long_text },
      { "comments and doctypes of any length", test_long_comment },
      { "a million elements deep", test_depth },
      { "the same tokens however it is cut", test_cuts })
