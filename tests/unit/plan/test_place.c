#include "plan/place.h"

#include "base/span.h"
#include "lib/tap.h"

static const struct {
    const char *url, *host, *port, *path, *query, *key;
} places[] = {
    { "http://a.example/", "a.example", "", "/", "", "a.example" },
    { "https://www.a.example/x/y?q=/z#f", "www.a.example", "", "/x/y", "q=/z",
      "a.example" },
    { "http://u:p@a.example:8080/?", "a.example", ":8080", "/", "",
      "a.example:8080" },
    { "https://[::1]:8443/a", "[::1]", ":8443", "/a", "", "[::1]:8443" },
    { "http://[2001:db8::1]/", "[2001:db8::1]", "", "/", "", "[2001:db8::1]" },
    { "http://www.org/", "www.org", "", "/", "", "www.org" },
    { "http://www.a.example./", "www.a.example.", "", "/", "", "a.example" },
};

static void splits_what_is_serialised(void)
{
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        char room[STET_MAX_HOST_KEY];
        struct stet_place p;

        tap_row(places[i].url);
        CHECK(stet_place_split(&p, stet_span_of(places[i].url)));
        CHECK_SPAN(p.host, places[i].host);
        CHECK_SPAN(p.port, places[i].port);
        CHECK_SPAN(p.path, places[i].path);
        CHECK_SPAN(p.query, places[i].query);
        CHECK_SPAN(stet_place_host_key(room, &p), places[i].key);
    }
}

static void refuses_what_is_not_on_the_web(void)
{
    static const char *const urls[] = { "",           "http://",
                                        "http://a",   "ftp://a/b",
                                        "mailto:a@b", "javascript:x",
                                        "http:///x",  "https:/a/b" };

    for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++) {
        struct stet_place p;

        tap_row(urls[i]);
        CHECK(!stet_place_split(&p, stet_span_of(urls[i])));
    }
}

static const struct {
    const char *in, *out; /* NULL: not one */
} normal[] = {
    { "HTTP://User:Pass@Example.ORG:80/a/../b?x#frag",
      "http://example.org/b?x" },
    { "https://example.org", "https://example.org/" },
    { "https://example.org:443/?b=2&a=1", "https://example.org/?b=2&a=1" },
    { "http://0x7f.1/", "http://127.0.0.1/" },
    { "http://example.org/a//b/", "http://example.org/a//b/" },
    { "http://example.org/?", "http://example.org/?" },
    { "ftp://example.org/", NULL },
    { "example.org", NULL },
};

static void names_a_resource_by_one_url(void)
{
    for (size_t i = 0; i < sizeof(normal) / sizeof(normal[0]); i++) {
        struct stet_buf b;
        int rc;

        tap_row(normal[i].in);
        stet_buf_init(&b, 1000);
        rc = stet_place_normal(&b, stet_span_of(normal[i].in), NULL);
        CHECK_INT(rc, normal[i].out ? STET_OK : STET_EFORMAT);
        CHECK_SPAN(stet_buf_span(&b), normal[i].out ? normal[i].out : "");
        stet_buf_clear(&b);
    }
}

TESTS({ "splits what is serialised", splits_what_is_serialised },
      { "refuses what is not on the web", refuses_what_is_not_on_the_web },
      { "names a resource by one URL", names_a_resource_by_one_url })
