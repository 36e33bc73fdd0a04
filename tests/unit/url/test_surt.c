#include "stet/url.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s, strlen(s) };
}

struct row {
    const char *url, *want; /* NULL: STET_EFORMAT */
};

static void check_rows(const struct row *rows, size_t n,
                       int (*key)(struct stet_bytes *, struct stet_span,
                                  struct stet_error *))
{
    struct stet_bytes got;

    for (size_t i = 0; i < n; i++) {
        tap_row(rows[i].url);
        CHECK_INT(key(&got, span(rows[i].url), NULL),
                  rows[i].want ? STET_OK : STET_EFORMAT);
        if (rows[i].want)
            CHECK_STR(got.data, rows[i].want);
        stet_bytes_clear(&got);
    }
}

static void makes_the_keys_of_python_surt(void)
{
    static const struct row rows[] = {
        { "https://www.example.com/News/Story.html",
          "com,example)/news/story.html" },
        { "http://www3.example.com:80/", "com,example)/" },
        { "http://example.com:8080/a/", "com,example:8080)/a" },
        { "https://example.com:443/?", "com,example)/" },
        { "http://example.com/a//b/../c", "com,example)/a/c" },
        { "http://example.com/%7Eme/%C3%A9", "com,example)/~me/%c3%a9" },
        { "http://example.com/?b=2&a=1&A=0", "com,example)/?a=0&a=1&b=2" },
        { "http://example.com/x?a=&a&a=b", "com,example)/x?a&a=&a=b" },
        { "http://example.com/%252525", "com,example)/%25" },
        { "http://u:p@example.com/x#y", "com,example)/x" },
        { "http://127.0.0.1:81/x", "1,0,0,127:81)/x" },
        { "http://[2001:db8::1]/", "2001:db8::1)/" },
        { "http://example.com/"
          "?sid=0123456789abcdef0123456789abcdef&b=1",
          "com,example)/?b=1" },
        { "http://example.com/(0123456789abcdef01234567)/x.aspx",
          "com,example)/x.aspx" },
        { "urn:text:https://Example.com/X", "urn:text:https://example.com/x" },
        { "urn:pageinfo:https://e.com/?b&a", "urn:pageinfo:https://e.com?a&b" },
        { "", "-" },
        { "filedesc:A", "filedesc:A" },
        { "example.com/X", "com,example)/x" },
        { "http://example.com:x/", NULL },
        { "http://example.com:65536/", NULL },
    };

    check_rows(rows, sizeof(rows) / sizeof(rows[0]), stet_url_surt);
}

static void makes_the_keys_of_wabac(void)
{
    static const struct row rows[] = {
        { "https://www.example.com/News/", "com,example)/news/" },
        { "https://example.com:8443/a//b?", "com,example:8443)/a//b" },
        { "https://example.com/?b=2&a=1&a", "com,example)/?a&a=1&b=2" },
        { "https://example.com/%7E#x", "com,example)/%7e" },
        { "http://u@www.example.com/", "com,example,www)/" },
        { "urn:Text:x", "urn:Text:x" },
        { "http://[", "http://[" },
        { "", "" },
    };
    struct stet_bytes got;

    check_rows(rows, sizeof(rows) / sizeof(rows[0]) - 1, stet_url_surt_wabac);
    CHECK_INT(stet_url_surt_wabac(&got, span(""), NULL), STET_OK);
    CHECK_INT(got.len, 0);
    stet_bytes_clear(&got);
}

/* Undoing escapes again and again must not take quadratic time. */
static void undoes_a_long_chain_of_escapes(void)
{
    static char url[STET_MAX_URL] = "http://e.com/%";
    struct stet_bytes got;

    for (size_t i = 14; i + 1 < sizeof(url); i += 2)
        memcpy(url + i, "25", 2);
    CHECK_INT(stet_url_surt(&got, (struct stet_span){ url, sizeof(url) }, NULL),
              STET_OK);
    CHECK_STR(got.data, "com,e)/%25");
    stet_bytes_clear(&got);
}

static int work(void)
{
    struct stet_bytes a = { NULL, 0 }, b = { NULL, 0 };
    int rc = stet_url_surt(
        &a, span("http://www.\xC3\xA9.com:81/a/../%41?c=1&b=2&a=%26"), NULL);

    if (rc == STET_OK)
        rc = stet_url_surt_wabac(&b, span("https://www.a.com/?c=1&b=2"), NULL);
    stet_bytes_clear(&a);
    stet_bytes_clear(&b);
    return rc;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(work));
}

TESTS({ "makes the keys of Python's surt", makes_the_keys_of_python_surt },
      { "makes the keys of wabac", makes_the_keys_of_wabac },
      { "undoes a long chain of escapes", undoes_a_long_chain_of_escapes },
      { "survives every failed allocation", survives_every_failed_allocation })
