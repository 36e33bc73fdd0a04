#include "plan/scope.h"

#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"

static const struct stet_scope all = { .related_hops = 1,
                                       .linked_images = true,
                                       .requisites = true };

static const struct stet_span story = STET_SPAN_INIT("http://a/story");

/* A link of a document in some role, and what it makes us want. */
static const struct {
    const char *name;
    enum stet_role from;
    struct stet_link link;
    bool taken;
    struct stet_want want;
} links[] = {
    { "a picture of a page",
      STET_ROLE_SEED,
      { .url = STET_SPAN_INIT("http://a/b.jpg"),
        .role = STET_LINK_IMAGE,
        .requisite = true },
      true,
      { .role = STET_ROLE_REQUISITE,
        .resource = STET_RESOURCE_IMAGE,
        .hop = 'E',
        .embeds = 1,
        .redirects = 0 } },
    { "a font of a sheet",
      STET_ROLE_REQUISITE,
      { .url = STET_SPAN_INIT("http://a/f.woff2"),
        .role = STET_LINK_FONT,
        .requisite = true },
      true,
      { .role = STET_ROLE_REQUISITE,
        .resource = STET_RESOURCE_FONT,
        .hop = 'E',
        .embeds = 1,
        .redirects = 0 } },
    { "a picture in embedded JSON",
      STET_ROLE_SEED,
      { .url = STET_SPAN_INIT("http://a/m.jpg"),
        .role = STET_LINK_IMAGE,
        .context = "gu-island@props:masterUrl",
        .speculative = true },
      true,
      { .role = STET_ROLE_REQUISITE,
        .resource = STET_RESOURCE_IMAGE,
        .hop = 'X',
        .embeds = 1,
        .redirects = 0 } },
    { "a string in a script",
      STET_ROLE_SEED,
      { .url = STET_SPAN_INIT("http://a/m.jpg"),
        .role = STET_LINK_IMAGE,
        .context = "script",
        .speculative = true },
      false,
      { 0 } },
    { "a link to a full-size picture",
      STET_ROLE_RELATED,
      { .url = STET_SPAN_INIT("https://a/big.JPEG?x=1.html"),
        .role = STET_LINK_ANCHOR,
        .linked_media = true },
      true,
      { .role = STET_ROLE_LINKED,
        .resource = STET_RESOURCE_IMAGE,
        .hop = 'L',
        .embeds = 0,
        .redirects = 0 } },
    { "a link to a film",
      STET_ROLE_SEED,
      { .url = STET_SPAN_INIT("https://a/film.mp4"),
        .role = STET_LINK_ANCHOR,
        .linked_media = true },
      false,
      { 0 } },
    { "a link to another page",
      STET_ROLE_SEED,
      { .url = STET_SPAN_INIT("https://a/most-viewed"),
        .role = STET_LINK_ANCHOR },
      false,
      { 0 } },
    { "a meta refresh of a page",
      STET_ROLE_SEED,
      { .url = STET_SPAN_INIT("https://a/new"), .role = STET_LINK_REFRESH },
      true,
      { .role = STET_ROLE_SEED,
        .resource = STET_RESOURCE_DOCUMENT,
        .hop = 'R',
        .embeds = 0,
        .redirects = 1 } },
    { "something on ftp",
      STET_ROLE_SEED,
      { .url = STET_SPAN_INIT("ftp://a/b.jpg"),
        .role = STET_LINK_IMAGE,
        .requisite = true },
      false,
      { 0 } },
    { "whatever a robots.txt names",
      STET_ROLE_ROBOTS,
      { .url = STET_SPAN_INIT("http://a/b.jpg"),
        .role = STET_LINK_IMAGE,
        .requisite = true },
      false,
      { 0 } },
};

static void takes_what_pages_need_and_no_more(void)
{
    for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
        struct stet_target from = { .role = links[i].from,
                                    .resource = STET_RESOURCE_DOCUMENT };
        struct stet_link l = links[i].link;
        struct stet_want got;

        tap_row(links[i].name);
        if (!l.context)
            l.context = "";
        CHECK_INT(stet_scope_link(&all, &from, &l, &got), links[i].taken);
        if (!links[i].taken)
            continue;
        CHECK_INT(got.role, links[i].want.role);
        CHECK_INT(got.resource, links[i].want.resource);
        CHECK_INT(got.hop, links[i].want.hop);
        CHECK_INT(got.embeds, links[i].want.embeds);
        CHECK_INT(got.redirects, links[i].want.redirects);
    }
}

static void follows_related_stories_so_far(void)
{
    struct stet_target t = { .role = STET_ROLE_SEED };
    struct stet_scope none = all;
    struct stet_want w;

    none.related_hops = 0;
    CHECK(stet_scope_related(&all, &t, story, &w));
    CHECK_INT(w.role, STET_ROLE_RELATED);
    CHECK_INT(w.depth, 1);
    CHECK(!stet_scope_related(&none, &t, story, &w));
    t.role = STET_ROLE_RELATED;
    t.depth = 1;
    CHECK(!stet_scope_related(&all, &t, story, &w));
    t.role = STET_ROLE_REQUISITE;
    t.depth = 0;
    CHECK(!stet_scope_related(&all, &t, story, &w));
}

static void loses_patience_at_its_limits(void)
{
    struct stet_target t = { .role = STET_ROLE_SEED,
                             .redirects = STET_MAX_REDIRECTS - 1 };
    struct stet_link sheet = { .url = STET_SPAN_INIT("http://a/s.css"),
                               .role = STET_LINK_STYLE,
                               .context = "@import",
                               .requisite = true };
    struct stet_want w;

    CHECK(stet_scope_redirect(&all, &t, story, &w));
    t.redirects++;
    CHECK(!stet_scope_redirect(&all, &t, story, &w));
    t = (struct stet_target){ .role = STET_ROLE_ROBOTS,
                              .redirects = STET_MAX_ROBOTS_REDIRECTS };
    CHECK(!stet_scope_redirect(&all, &t, story, &w));
    t = (struct stet_target){ .role = STET_ROLE_REQUISITE,
                              .embeds = STET_MAX_EMBEDS - 1 };
    CHECK(stet_scope_link(&all, &t, &sheet, &w));
    t.embeds++;
    CHECK(!stet_scope_link(&all, &t, &sheet, &w));
}

static void asks_robots_for_what_it_finds_by_itself(void)
{
    struct stet_target t = { .role = STET_ROLE_SEED };

    CHECK(stet_scope_asks_robots(&t));
    t.role = STET_ROLE_LINKED;
    CHECK(stet_scope_asks_robots(&t));
    t.role = STET_ROLE_REQUISITE;
    CHECK(!stet_scope_asks_robots(&t));
    t.role = STET_ROLE_ROBOTS;
    CHECK(!stet_scope_asks_robots(&t));
}

/* What a scope with two seeds says of a plain link on the first. */
static const struct {
    enum stet_scope_kind kind;
    const char *url;
    bool taken;
    const char *says;
} pages[] = {
    { STET_SCOPE_PAGE, "http://www.a.example/news/2", false,
      "refused: only seeds are pages (--scope page)" },
    { STET_SCOPE_PAGE, "http://b.example:8080/", true, "taken: it is a seed" },
    { STET_SCOPE_CLUSTER, "http://www.a.example/news/2", false,
      "refused: only seeds and related stories are pages (--scope cluster)" },
    { STET_SCOPE_PREFIX, "http://www.a.example/news/2", true,
      "taken: it is in a seed's folder (--scope prefix)" },
    { STET_SCOPE_PREFIX, "https://a.example/news/x/y?z", true,
      "taken: it is in a seed's folder (--scope prefix)" },
    { STET_SCOPE_PREFIX, "http://www.a.example/news", false,
      "refused: it is not in a seed's folder (--scope prefix)" },
    { STET_SCOPE_PREFIX, "http://www.a.example/newsroom/", false,
      "refused: it is not in a seed's folder (--scope prefix)" },
    { STET_SCOPE_PREFIX, "http://b.example:8080/any/thing", true,
      "taken: it is in a seed's folder (--scope prefix)" },
    { STET_SCOPE_HOST, "https://a.example/", true,
      "taken: a.example is a seed's host (--scope host)" },
    { STET_SCOPE_HOST, "http://m.a.example/", false,
      "refused: m.a.example is not a seed's host (--scope host)" },
    { STET_SCOPE_HOST, "http://b.example:8080/x", true,
      "taken: b.example:8080 is a seed's host (--scope host)" },
    { STET_SCOPE_HOST, "http://b.example/x", false,
      "refused: b.example is not a seed's host (--scope host)" },
    { STET_SCOPE_HOST, "http://a.example.evil.test/", false,
      "refused: a.example.evil.test is not a seed's host (--scope host)" },
    { STET_SCOPE_HOST, "ftp://a.example/", false,
      "refused: only http and https are fetched" },
    { STET_SCOPE_DOMAIN, "http://m.a.example/", true,
      "taken: a.example is a seed's domain (--scope domain)" },
    { STET_SCOPE_DOMAIN, "https://deep.er.b.example/x", true,
      "taken: b.example is a seed's domain (--scope domain)" },
    { STET_SCOPE_DOMAIN, "https://xa.example/x", false,
      "refused: xa.example is not a seed's domain (--scope domain)" },
    { STET_SCOPE_ANY, "http://c.test/", true,
      "taken: every page is in scope (--scope any)" },
};

static void fill(struct stet_scope *s, enum stet_scope_kind kind)
{
    stet_scope_init(s, kind);
    CHECK_INT(
        stet_scope_add_seed(s, STET_SPAN("http://www.a.example/news/1"), NULL),
        STET_OK);
    CHECK_INT(stet_scope_add_seed(s, STET_SPAN("http://b.example:8080/"), NULL),
              STET_OK);
}

static void check_says(const struct stet_scope *s, const char *url, bool taken,
                       const struct stet_want *w, const char *says)
{
    struct stet_buf b;

    stet_buf_init(&b, 1000);
    stet_scope_explain(s, stet_span_of(url), taken, w, &b);
    CHECK_SPAN(stet_buf_span(&b), says);
    stet_buf_clear(&b);
}

static const struct stet_target seed = {
    .role = STET_ROLE_SEED,
    .url = STET_SPAN_INIT("http://www.a.example/news/1"),
};

static void judges_pages_by_their_place(void)
{
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct stet_scope s;
        struct stet_want w;
        bool taken;

        tap_row(pages[i].says);
        fill(&s, pages[i].kind);
        taken = stet_scope_page(&s, &seed, stet_span_of(pages[i].url), &w);
        CHECK_INT(taken, pages[i].taken);
        check_says(&s, pages[i].url, taken, &w, pages[i].says);
        CHECK_INT(w.role, STET_ROLE_PAGE);
        CHECK_INT(w.depth, 1);
        stet_scope_clear(&s);
    }
}

static void knows_its_kinds_by_name(void)
{
    enum stet_scope_kind k;

    CHECK(stet_scope_kind_find(STET_SPAN("domain"), &k));
    CHECK_INT(k, STET_SCOPE_DOMAIN);
    CHECK_STR(stet_scope_kind_name(k), "domain");
    CHECK(!stet_scope_kind_find(STET_SPAN("hosts"), &k));
}

static void includes_widen_and_excludes_narrow(void)
{
    struct stet_scope s;
    struct stet_want w;
    struct stet_link picture = { .url = STET_SPAN_INIT("http://ads.test/1.gif"),
                                 .role = STET_LINK_IMAGE,
                                 .context = "img@src",
                                 .requisite = true };

    fill(&s, STET_SCOPE_HOST);
    CHECK_INT(stet_scope_add_include(&s, STET_SPAN("^https://c\\.test/"), NULL),
              STET_OK);
    CHECK_INT(stet_scope_add_exclude(&s, STET_SPAN("/print/|//ads\\."), NULL),
              STET_OK);
    CHECK_INT(stet_scope_add_exclude(&s, STET_SPAN("news/1$"), NULL), STET_OK);
    CHECK(stet_scope_page(&s, &seed, STET_SPAN("https://c.test/x"), &w));
    check_says(&s, "", true, &w,
               "taken: it matches --include ^https://c\\.test/");
    CHECK(!stet_scope_page(&s, &seed, STET_SPAN("https://c.test/print/x"), &w));
    check_says(&s, "", false, &w,
               "refused: it matches --exclude /print/|//ads\\.");
    CHECK_STR(stet_rule_name(w.rule), "exclude");
    /* What a page needs too, but not what the user named. */
    CHECK(!stet_scope_link(&s, &seed, &picture, &w));
    CHECK_STR(stet_rule_name(w.rule), "exclude");
    CHECK(stet_scope_page(&s, &seed, seed.url, &w));
    CHECK_STR(stet_rule_name(w.rule), "seed");
    CHECK_INT(stet_scope_add_include(&s, STET_SPAN("("), NULL), STET_EFORMAT);
    stet_scope_clear(&s);
}

static void stops_at_its_depth(void)
{
    struct stet_target t = seed;
    struct stet_scope s;
    struct stet_want w;

    fill(&s, STET_SCOPE_HOST);
    s.max_depth = 2;
    t.depth = 1;
    CHECK(stet_scope_page(&s, &t, STET_SPAN("http://a.example/x"), &w));
    t.depth = 2;
    CHECK(!stet_scope_page(&s, &t, STET_SPAN("http://a.example/x"), &w));
    check_says(&s, "http://a.example/x", false, &w,
               "refused: it is 3 links from a seed (--depth 2)");
    s.max_depth = 0;
    t.depth = 0;
    CHECK(!stet_scope_page(&s, &t, STET_SPAN("http://a.example/x"), &w));
    stet_scope_clear(&s);
}

static void goes_some_hops_beyond(void)
{
    struct stet_target t = seed;
    struct stet_scope s;
    struct stet_want w;

    fill(&s, STET_SCOPE_HOST);
    s.extra_hops = 2;
    CHECK(stet_scope_page(&s, &t, STET_SPAN("http://c.test/1"), &w));
    check_says(&s, "", true, &w,
               "taken: it is 1 link from a page in scope (--extra-hops 2)");
    t = (struct stet_target){ .role = STET_ROLE_PAGE,
                              .url = STET_SPAN_INIT("http://c.test/1"),
                              .outside = w.outside };
    CHECK(stet_scope_page(&s, &t, STET_SPAN("http://d.test/2"), &w));
    CHECK_INT(w.outside, 2);
    CHECK(stet_scope_page(&s, &t, STET_SPAN("http://a.example/"), &w));
    CHECK_INT(w.outside, 0);
    t.url = STET_SPAN("http://d.test/2");
    t.outside = 2;
    CHECK(!stet_scope_page(&s, &t, STET_SPAN("http://e.test/3"), &w));
    check_says(&s, "http://e.test/3", false, &w,
               "refused: e.test is not a seed's host (--scope host), and it is "
               "3 links from a page in scope (--extra-hops 2)");
    /* A count that was lost does not start anew. */
    t.outside = 0;
    CHECK(stet_scope_page(&s, &t, STET_SPAN("http://e.test/3"), &w));
    CHECK_INT(w.outside, 2);
    stet_scope_clear(&s);
}

/* What a link of a page, a frame, a list or a robots.txt becomes. */
static const struct {
    const char *name;
    enum stet_role from;
    enum stet_resource resource;
    enum stet_link_role role;
    const char *url;
    const char *rule;
    enum stet_role becomes;
} kinds[] = {
    { "an anchor in a frame", STET_ROLE_REQUISITE, STET_RESOURCE_DOCUMENT,
      STET_LINK_ANCHOR, "http://a.example/x", "scope", STET_ROLE_PAGE },
    { "what a script says", STET_ROLE_REQUISITE, STET_RESOURCE_SCRIPT,
      STET_LINK_ANCHOR, "http://a.example/x", "kind", STET_ROLE_PAGE },
    { "the canonical address", STET_ROLE_SEED, STET_RESOURCE_DOCUMENT,
      STET_LINK_CANONICAL, "http://a.example/x", "scope", STET_ROLE_PAGE },
    { "the next page", STET_ROLE_PAGE, STET_RESOURCE_DOCUMENT, STET_LINK_PAGING,
      "http://a.example/x", "scope", STET_ROLE_PAGE },
    { "another language", STET_ROLE_PAGE, STET_RESOURCE_DOCUMENT,
      STET_LINK_ALTERNATE, "http://fr.example/x", "out-of-scope",
      STET_ROLE_PAGE },
    { "the same for phones", STET_ROLE_PAGE, STET_RESOURCE_DOCUMENT,
      STET_LINK_AMP, "http://a.example/x?amp", "kind", STET_ROLE_PAGE },
    { "a form", STET_ROLE_PAGE, STET_RESOURCE_DOCUMENT, STET_LINK_FORM,
      "http://a.example/search", "kind", STET_ROLE_SEED },
    { "a feed elsewhere", STET_ROLE_PAGE, STET_RESOURCE_DOCUMENT,
      STET_LINK_FEED, "http://feeds.test/a", "list", STET_ROLE_LIST },
    { "a sitemap of robots.txt", STET_ROLE_ROBOTS, STET_RESOURCE_OTHER,
      STET_LINK_SITEMAP, "http://a.example/s.xml", "list", STET_ROLE_LIST },
    { "what a list lists", STET_ROLE_LIST, STET_RESOURCE_OTHER,
      STET_LINK_ANCHOR, "http://a.example/x", "scope", STET_ROLE_PAGE },
    { "what a list lists of others", STET_ROLE_LIST, STET_RESOURCE_OTHER,
      STET_LINK_ANCHOR, "http://c.test/x", "out-of-scope", STET_ROLE_PAGE },
    { "the rest of a list", STET_ROLE_LIST, STET_RESOURCE_OTHER,
      STET_LINK_PAGING, "http://a.example/feed?2", "list", STET_ROLE_LIST },
    { "a picture in a list", STET_ROLE_LIST, STET_RESOURCE_OTHER,
      STET_LINK_IMAGE, "http://a.example/i.png", "kind", STET_ROLE_REQUISITE },
    { "a report", STET_ROLE_PAGE, STET_RESOURCE_DOCUMENT, STET_LINK_ANCHOR,
      "http://a.example/report.pdf", "scope", STET_ROLE_PAGE },
    { "a picture behind a link", STET_ROLE_PAGE, STET_RESOURCE_DOCUMENT,
      STET_LINK_ANCHOR, "http://c.test/full.jpg", "linked-image",
      STET_ROLE_LINKED },
};

static void follows_each_kind_of_link_its_way(void)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct stet_target from = { .role = kinds[i].from,
                                    .resource = kinds[i].resource,
                                    .url = STET_SPAN("http://a.example/r") };
        struct stet_link l = { .url = stet_span_of(kinds[i].url),
                               .role = kinds[i].role,
                               .context = "",
                               .requisite = kinds[i].role == STET_LINK_IMAGE,
                               .linked_media =
                                   kinds[i].role == STET_LINK_ANCHOR };
        struct stet_scope s;
        struct stet_want w;

        tap_row(kinds[i].name);
        fill(&s, STET_SCOPE_HOST);
        stet_scope_link(&s, &from, &l, &w);
        CHECK_STR(stet_rule_name(w.rule), kinds[i].rule);
        CHECK_INT(w.role, kinds[i].becomes);
        stet_scope_clear(&s);
    }
}

static void reads_lists_only_for_a_crawl_of_their_host(void)
{
    struct stet_target robots = { .role = STET_ROLE_ROBOTS,
                                  .url =
                                      STET_SPAN("http://c.test/robots.txt") };
    struct stet_target list = { .role = STET_ROLE_LIST,
                                .url = STET_SPAN("http://a.example/s.xml"),
                                .embeds = STET_MAX_LISTS - 1 };
    struct stet_span url = STET_SPAN("http://a.example/s2.xml");
    struct stet_scope s;
    struct stet_want w;

    fill(&s, STET_SCOPE_PREFIX);
    CHECK(!stet_scope_list(&s, &robots, url, &w));
    robots.url = STET_SPAN("http://www.a.example/robots.txt");
    CHECK(stet_scope_list(&s, &robots, url, &w));
    CHECK(!stet_scope_list(&s, &list, url, &w));
    check_says(&s, "", false, &w, "refused: it is more than 3 lists deep");
    s.lists = false;
    CHECK(!stet_scope_list(&s, &robots, url, &w));
    stet_scope_clear(&s);
    fill(&s, STET_SCOPE_CLUSTER);
    CHECK(!stet_scope_list(&s, &robots, url, &w));
    stet_scope_clear(&s);
}

static void keeps_found_pages_from_being_led_astray(void)
{
    struct stet_target t = { .role = STET_ROLE_PAGE,
                             .url = STET_SPAN("http://a.example/go") };
    struct stet_scope s;
    struct stet_want w;

    fill(&s, STET_SCOPE_HOST);
    CHECK(stet_scope_redirect(&s, &t, STET_SPAN("https://a.example/x"), &w));
    CHECK_INT(w.role, STET_ROLE_PAGE);
    CHECK(!stet_scope_redirect(&s, &t, STET_SPAN("https://c.test/x"), &w));
    CHECK_STR(stet_rule_name(w.rule), "out-of-scope");
    t.role = STET_ROLE_SEED;
    CHECK(stet_scope_redirect(&s, &t, STET_SPAN("https://c.test/x"), &w));
    CHECK(!stet_scope_redirect(&s, &t, STET_SPAN("file:///etc/passwd"), &w));
    CHECK_STR(stet_rule_name(w.rule), "scheme");
    stet_scope_clear(&s);
}

static void follows_related_stories_from_pages_in_scope(void)
{
    struct stet_target t = seed;
    struct stet_scope s;
    struct stet_want w;

    fill(&s, STET_SCOPE_HOST);
    CHECK(!stet_scope_related(&s, &t, story, &w));
    CHECK_STR(stet_rule_name(w.rule), "related-hops");
    s.related_hops = 1;
    t.depth = 7;
    CHECK(stet_scope_related(&s, &t, story, &w));
    CHECK_INT(w.outside, 1);
    t.outside = 1;
    t.role = STET_ROLE_RELATED;
    CHECK(!stet_scope_related(&s, &t, story, &w));
    stet_scope_clear(&s);
}

static void obeys_nofollow_when_told_to(void)
{
    struct stet_link l = { .url = STET_SPAN("http://a.example/x"),
                           .role = STET_LINK_ANCHOR,
                           .context = "",
                           .nofollow = true };
    struct stet_scope s;
    struct stet_want w;

    fill(&s, STET_SCOPE_HOST);
    CHECK(stet_scope_link(&s, &seed, &l, &w));
    s.obey_nofollow = true;
    CHECK(!stet_scope_link(&s, &seed, &l, &w));
    check_says(&s, "", false, &w, "refused: the link says nofollow");
    stet_scope_clear(&s);
}

static int build(void)
{
    struct stet_scope s;
    int rc;

    stet_scope_init(&s, STET_SCOPE_PREFIX);
    rc = stet_scope_add_seed(&s, STET_SPAN("http://a.example/b/c"), NULL);
    if (rc == STET_OK)
        rc = stet_scope_add_include(&s, STET_SPAN("x|y"), NULL);
    if (rc == STET_OK)
        rc = stet_scope_add_exclude(&s, STET_SPAN("[z]"), NULL);
    stet_scope_clear(&s);
    return rc;
}

static void survives_a_lack_of_memory(void)
{
    CHECK(torture(build));
}

TESTS({ "takes what pages need and no more",
        takes_what_pages_need_and_no_more },
      { "follows related stories so far", follows_related_stories_so_far },
      { "loses patience at its limits", loses_patience_at_its_limits },
      { "asks robots for what it finds by itself",
        asks_robots_for_what_it_finds_by_itself },
      { "judges pages by their place", judges_pages_by_their_place },
      { "knows its kinds by name", knows_its_kinds_by_name },
      { "includes widen, excludes narrow", includes_widen_and_excludes_narrow },
      { "stops at its depth", stops_at_its_depth },
      { "goes some hops beyond", goes_some_hops_beyond },
      { "follows each kind of link its way",
        follows_each_kind_of_link_its_way },
      { "reads lists only for a crawl of their host",
        reads_lists_only_for_a_crawl_of_their_host },
      { "keeps found pages from being led astray",
        keeps_found_pages_from_being_led_astray },
      { "follows related stories from pages in scope",
        follows_related_stories_from_pages_in_scope },
      { "obeys nofollow when told to", obeys_nofollow_when_told_to },
      { "survives a lack of memory", survives_a_lack_of_memory })
