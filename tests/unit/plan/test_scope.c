#include "plan/scope.h"

#include "lib/tap.h"

static const struct stet_scope all = { .related_hops = 1,
                                       .linked_images = true,
                                       .requisites = true };

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
      { STET_ROLE_REQUISITE, STET_RESOURCE_IMAGE, 'E', 0, 1, 0 } },
    { "a font of a sheet",
      STET_ROLE_REQUISITE,
      { .url = STET_SPAN_INIT("http://a/f.woff2"),
        .role = STET_LINK_FONT,
        .requisite = true },
      true,
      { STET_ROLE_REQUISITE, STET_RESOURCE_FONT, 'E', 0, 1, 0 } },
    { "a picture in embedded JSON",
      STET_ROLE_SEED,
      { .url = STET_SPAN_INIT("http://a/m.jpg"),
        .role = STET_LINK_IMAGE,
        .context = "gu-island@props:masterUrl",
        .speculative = true },
      true,
      { STET_ROLE_REQUISITE, STET_RESOURCE_IMAGE, 'X', 0, 1, 0 } },
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
      { STET_ROLE_LINKED, STET_RESOURCE_IMAGE, 'L', 0, 0, 0 } },
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
      { STET_ROLE_SEED, STET_RESOURCE_DOCUMENT, 'R', 0, 0, 1 } },
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
    CHECK(stet_scope_related(&all, &t, &w));
    CHECK_INT(w.role, STET_ROLE_RELATED);
    CHECK_INT(w.depth, 1);
    CHECK(!stet_scope_related(&none, &t, &w));
    t.role = STET_ROLE_RELATED;
    t.depth = 1;
    CHECK(!stet_scope_related(&all, &t, &w));
    t.role = STET_ROLE_REQUISITE;
    t.depth = 0;
    CHECK(!stet_scope_related(&all, &t, &w));
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

    CHECK(stet_scope_redirect(&t, &w));
    t.redirects++;
    CHECK(!stet_scope_redirect(&t, &w));
    t = (struct stet_target){ .role = STET_ROLE_ROBOTS,
                              .redirects = STET_MAX_ROBOTS_REDIRECTS };
    CHECK(!stet_scope_redirect(&t, &w));
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

TESTS({ "takes what pages need and no more",
        takes_what_pages_need_and_no_more },
      { "follows related stories so far", follows_related_stories_so_far },
      { "loses patience at its limits", loses_patience_at_its_limits },
      { "asks robots for what it finds by itself",
        asks_robots_for_what_it_finds_by_itself })
