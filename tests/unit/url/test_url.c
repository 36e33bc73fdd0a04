#include "stet/url.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <string.h>

static struct stet_span span(const char *s)
{
    return (struct stet_span){ s, strlen(s) };
}

static int parse(struct stet_url *u, const char *input, const char *base)
{
    struct stet_url b;
    int rc = STET_OK;

    stet_url_init(&b);
    if (base)
        rc = stet_url_parse(&b, span(base), NULL, NULL);
    if (rc == STET_OK)
        rc = stet_url_parse(u, span(input), base ? &b : NULL, NULL);
    stet_url_clear(&b);
    return rc;
}

static void resolves(void)
{
    static const struct {
        const char *input, *base, *want; /* NULL: not a URL */
    } rows[] = {
        { "HTTP://Example.COM", NULL, "http://example.com/" },
        { "  https://a.org/\tx\n", NULL, "https://a.org/x" },
        { "https://a.org:443/?", NULL, "https://a.org/?" },
        { "https://a.org:8443#", NULL, "https://a.org:8443/#" },
        { "//b.org/x", "https://a.org/y", "https://b.org/x" },
        { "/x?q", "https://a.org/y?z#h", "https://a.org/x?q" },
        { "x", "https://a.org/b/c?z", "https://a.org/b/x" },
        { "../../../x/./y/..", "https://a.org/b/c/d", "https://a.org/x/" },
        { "%2e%2E/x", "https://a.org/b/c/d", "https://a.org/b/x" },
        { "?q", "https://a.org/b?z#h", "https://a.org/b?q" },
        { "#q", "https://a.org/b?z#h", "https://a.org/b?z#q" },
        { "", "https://a.org/b?z#h", "https://a.org/b?z" },
        { "\\\\b.org\\x", "https://a.org/", "https://b.org/x" },
        { "http:x", "http://a.org/b/c", "http://a.org/b/x" },
        { "http:x", "https://a.org/b/c", "http://x/" },
        { "https:///a.org", NULL, "https://a.org/" },
        { "https://u:p@a.org/", NULL, "https://u:p@a.org/" },
        { "https://:@a.org/", NULL, "https://a.org/" },
        { "https://u@v@a.org/", NULL, "https://u%40v@a.org/" },
        { "https://a.org/ \"<>`{}^|'", NULL,
          "https://a.org/%20%22%3C%3E%60%7B%7D%5E|'" },
        { "https://a.org/?'\xC3\xA9", NULL, "https://a.org/?%27%C3%A9" },
        { "https://a.org/\xFF", NULL, "https://a.org/%EF%BF%BD" },
        { "https://b\xC3\xBC"
          "cher.de/",
          NULL, "https://xn--bcher-kva.de/" },
        { "https://\xE2\x98\x95.us/", NULL, "https://xn--53h.us/" },
        { "https://a%2eORG/", NULL, "https://a.org/" },
        { "http://0x7f.1/", NULL, "http://127.0.0.1/" },
        { "http://4294967295", NULL, "http://255.255.255.255/" },
        { "http://4294967296", NULL, NULL },
        { "http://1.2.3.4.5", NULL, NULL },
        { "http://[1:0:0:2::3]/", NULL, "http://[1:0:0:2::3]/" },
        { "http://[::1.2.3.4]/", NULL, "http://[::102:304]/" },
        { "http://[1::2::3]/", NULL, NULL },
        { "http://[1:2:3:4:5:6:7]/", NULL, NULL },
        { "file:c|/x/../..", NULL, "file:///c:/" },
        { "/x", "file:///C:/a", "file:///C:/x" },
        { "file://localhost/x", NULL, "file:///x" },
        { "urn:uuid:AB", NULL, "urn:uuid:AB" },
        { "x", "urn:uuid:AB", NULL },
        { "#x", "urn:uuid:AB", "urn:uuid:AB#x" },
        { "foo:/a/..//b", NULL, "foo:/.//b" },
        { "foo://h/a/../b", NULL, "foo://h/b" },
        { "javascript:a b", NULL, "javascript:a b" },
        { "http://", NULL, NULL },
        { "http://a b/", NULL, NULL },
        { "http://a.org:65536/", NULL, NULL },
        { "http://a.org:x/", NULL, NULL },
        { "http://u@/", NULL, NULL },
        { "x", NULL, NULL },
        { "", NULL, NULL },
    };
    struct stet_url u;

    stet_url_init(&u);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].input);
        CHECK_INT(parse(&u, rows[i].input, rows[i].base),
                  rows[i].want ? STET_OK : STET_EFORMAT);
        CHECK_SPAN(stet_url_href(&u), rows[i].want ? rows[i].want : "");
    }
    stet_url_clear(&u);
}

static void shows_its_parts(void)
{
    struct stet_url u;

    stet_url_init(&u);
    CHECK_SPAN(stet_url_href(&u), "");
    CHECK_SPAN(stet_url_authority(&u), "");
    CHECK_INT(parse(&u, "https://u:p@a.org:8443/b/c?d=e#f", NULL), STET_OK);
    CHECK_SPAN(stet_url_scheme(&u), "https");
    CHECK_SPAN(stet_url_username(&u), "u");
    CHECK_SPAN(stet_url_password(&u), "p");
    CHECK_SPAN(stet_url_host(&u), "a.org");
    CHECK_SPAN(stet_url_path(&u), "/b/c");
    CHECK_SPAN(stet_url_search(&u), "?d=e");
    CHECK_SPAN(stet_url_hash(&u), "#f");
    CHECK_SPAN(stet_url_page(&u), "https://u:p@a.org:8443/b/c?d=e");
    CHECK_SPAN(stet_url_authority(&u), "a.org:8443");
    CHECK_SPAN(stet_url_target(&u), "/b/c?d=e");
    CHECK_INT(stet_url_port(&u), 8443);
    CHECK(stet_url_is_http(&u) && !stet_url_is_ip(&u));
    CHECK(stet_url_has_credentials(&u));
    stet_url_strip_credentials(&u);
    CHECK(!stet_url_has_credentials(&u));
    CHECK_SPAN(stet_url_href(&u), "https://a.org:8443/b/c?d=e#f");
    CHECK_SPAN(stet_url_host(&u), "a.org");
    CHECK_SPAN(stet_url_hash(&u), "#f");
    CHECK_INT(parse(&u, "http://a.org/?#", NULL), STET_OK);
    CHECK_SPAN(stet_url_search(&u), "");
    CHECK_SPAN(stet_url_hash(&u), "");
    CHECK_SPAN(stet_url_target(&u), "/?");
    CHECK_INT(stet_url_port(&u), 80);
    stet_url_clear(&u);
}

static void may_be_its_own_base(void)
{
    struct stet_url u;

    stet_url_init(&u);
    CHECK_INT(parse(&u, "https://a.org/b/c", NULL), STET_OK);
    CHECK_INT(stet_url_parse(&u, STET_SPAN("../d"), &u, NULL), STET_OK);
    CHECK_SPAN(stet_url_href(&u), "https://a.org/d");
    CHECK_INT(stet_url_parse(&u, STET_SPAN("http://["), &u, NULL),
              STET_EFORMAT);
    CHECK_SPAN(stet_url_href(&u), "");
    stet_url_clear(&u);
}

static void names_the_site(void)
{
    static const struct {
        const char *url, *want;
    } rows[] = {
        { "https://www.bbc.co.uk/news", "bbc.co.uk" },
        { "https://news.example.com./", "example.com." },
        { "https://a.b.github.io/", "b.github.io" },
        { "https://co.uk/", "co.uk" },
        { "http://localhost/", "localhost" },
        { "http://10.0.0.1/", "10.0.0.1" },
        { "http://[::1]:80/", "[::1]" },
        { "mailto:a@b", "" },
    };
    struct stet_url u;

    stet_url_init(&u);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].url);
        CHECK_INT(parse(&u, rows[i].url, NULL), STET_OK);
        CHECK_SPAN(stet_url_site(&u), rows[i].want);
    }
    stet_url_clear(&u);
}

static void compares_origins(void)
{
    static const struct {
        const char *a, *b, *origin;
        bool same;
    } rows[] = {
        { "https://a.org/x", "https://A.org:443/", "https://a.org", true },
        { "https://a.org/x", "http://a.org/", "https://a.org", false },
        { "https://a.org:1/", "https://a.org:2/", "https://a.org:1", false },
        { "file:///x", "file:///x", "null", false },
        { "blob:https://a.org/1", "https://a.org/", "https://a.org", false },
        { "data:,x", "data:,x", "null", false },
    };
    struct stet_bytes origin;
    struct stet_url a, b;

    stet_url_init(&a);
    stet_url_init(&b);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].a);
        CHECK_INT(parse(&a, rows[i].a, NULL), STET_OK);
        CHECK_INT(parse(&b, rows[i].b, NULL), STET_OK);
        CHECK_INT(stet_url_same_origin(&a, &b), rows[i].same);
        CHECK_INT(stet_url_origin(&a, &origin), STET_OK);
        CHECK_STR(origin.data, rows[i].origin);
        stet_bytes_clear(&origin);
    }
    stet_url_clear(&a);
    stet_url_clear(&b);
}

static void keeps_its_limit(void)
{
    static char big[STET_MAX_URL + 1] = "http://a.org/";
    struct stet_url u;

    stet_url_init(&u);
    memset(big + 13, 'a', sizeof(big) - 13);
    CHECK_INT(
        stet_url_parse(&u, (struct stet_span){ big, sizeof(big) }, NULL, NULL),
        STET_ELIMIT);
    memset(big + 13, ' ', sizeof(big) - 13);
    big[sizeof(big) - 2] = 'x';
    CHECK_INT(stet_url_parse(&u, (struct stet_span){ big, sizeof(big) - 1 },
                             NULL, NULL),
              STET_ELIMIT);
    stet_url_clear(&u);
}

static int work(void)
{
    struct stet_bytes origin = { NULL, 0 };
    struct stet_url u, copy;
    int rc;

    stet_url_init(&u);
    stet_url_init(&copy);
    rc = parse(&u, "blob:http://\xC3\xA9%61.org:81/ \t\xC3\xA9?x#y",
               "https://a.org/b");
    if (rc == STET_OK)
        rc = parse(&copy, "/x\ty", "https://\xE2\x98\x95.us/b");
    if (rc == STET_OK)
        rc = stet_url_copy(&copy, &u);
    if (rc == STET_OK)
        rc = stet_url_origin(&u, &origin);
    stet_bytes_clear(&origin);
    stet_url_clear(&copy);
    stet_url_clear(&u);
    return rc;
}

static void survives_every_failed_allocation(void)
{
    CHECK(torture(work));
}

TESTS({ "resolves", resolves }, { "shows its parts", shows_its_parts },
      { "may be its own base", may_be_its_own_base },
      { "names the site", names_the_site },
      { "compares origins", compares_origins },
      { "keeps its limit", keeps_its_limit },
      { "survives every failed allocation", survives_every_failed_allocation })
