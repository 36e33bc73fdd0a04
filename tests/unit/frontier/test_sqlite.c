#include "frontier/frontier.h"

#include "lib/folder.h"
#include "lib/tap.h"

#include <string.h>

static const char *const schema[] = { stet_frontier_schema, NULL };

struct fixture {
    struct stet_store *store;
    struct stet_frontier f;
};

static void open_both(struct fixture *x)
{
    CHECK_INT(stet_store_open(&x->store, folder_path("db"), schema, NULL),
              STET_OK);
    CHECK_INT(stet_frontier_sqlite_new(&x->f, x->store, NULL), STET_OK);
}

static void close_both(struct fixture *x)
{
    stet_frontier_free(&x->f);
    stet_store_close(x->store);
}

static int64_t add(struct fixture *x, const char *url, enum stet_role role,
                   int64_t page)
{
    struct stet_target t = { .url = stet_span_of(url),
                             .via = STET_SPAN("http://via/"),
                             .hops = STET_SPAN("LE"),
                             .role = role,
                             .resource = STET_RESOURCE_IMAGE,
                             .page = page,
                             .page_id = "page-id",
                             .depth = 2 };
    int64_t id = 0;
    bool fresh;

    CHECK_INT(stet_frontier_add(&x->f, 1, &t, &id, &fresh, NULL), STET_OK);
    return fresh ? id : -id;
}

/* Notes the urls handed out, one letter each. */
static int note(void *ctx, const struct stet_target *t)
{
    char *out = ctx;
    size_t n = strlen(out);

    out[n] = t->url.ptr[t->url.len - 1];
    out[n + 1] = '\0';
    CHECK_SPAN(t->via, "http://via/");
    CHECK_SPAN(t->hops, "LE");
    CHECK_STR(t->page_id, "page-id");
    CHECK_INT(t->depth, 2);
    return STET_OK;
}

static void hands_out_the_most_urgent_once(void)
{
    struct fixture x = { NULL, { NULL, NULL } };
    struct stet_frontier_counts counts;
    struct stet_fate fate = { .outcome = "ok", .why = "" };
    char got[16] = "";
    int64_t d;
    bool done;

    folder_make();
    open_both(&x);
    CHECK(add(&x, "http://h/a", STET_ROLE_RELATED, 0) > 0);
    CHECK(add(&x, "http://h/b", STET_ROLE_SEED, 0) > 0);
    CHECK(add(&x, "http://h/c", STET_ROLE_REQUISITE, 0) > 0);
    d = add(&x, "http://h/d", STET_ROLE_ROBOTS, 0);
    CHECK_INT(add(&x, "http://h/d", STET_ROLE_ROBOTS, 0), -d);
    /* What asks for rules does not stand for what a page needs. */
    CHECK(add(&x, "http://h/d", STET_ROLE_REQUISITE, 0) > 0);
    CHECK(add(&x, "http://h/e", STET_ROLE_LINKED, 0) > 0);
    CHECK_INT(stet_frontier_lease(&x.f, 1, 3, note, got, NULL), STET_OK);
    CHECK_INT(stet_frontier_lease(&x.f, 1, 9, note, got, NULL), STET_OK);
    CHECK_INT(stet_frontier_lease(&x.f, 1, 9, note, got, NULL), STET_OK);
    CHECK_STR(got, "dcdeba");
    CHECK_INT(stet_frontier_finish(&x.f, d, &fate, NULL), STET_OK);
    CHECK_INT(stet_frontier_is_done(&x.f, d, &done, NULL), STET_OK);
    CHECK(done);
    CHECK_INT(stet_frontier_count(&x.f, 1, &counts, NULL), STET_OK);
    CHECK_INT(counts.queued, 5);
    CHECK_INT(counts.done, 1);
    close_both(&x);
    folder_remove();
}

static void forgets_what_was_handed_out_when_it_dies(void)
{
    struct fixture x = { NULL, { NULL, NULL } };
    char got[16] = "";

    folder_make();
    open_both(&x);
    CHECK(add(&x, "http://h/a", STET_ROLE_SEED, 0) > 0);
    CHECK_INT(stet_frontier_lease(&x.f, 1, 9, note, got, NULL), STET_OK);
    close_both(&x);
    open_both(&x);
    CHECK_INT(stet_frontier_lease(&x.f, 1, 9, note, got, NULL), STET_OK);
    CHECK_INT(stet_frontier_lease(&x.f, 2, 9, note, got, NULL), STET_OK);
    CHECK_STR(got, "aa");
    close_both(&x);
    folder_remove();
}

static void knows_robots_redirects_apart(void)
{
    struct fixture x = { NULL, { NULL, NULL } };

    folder_make();
    open_both(&x);
    CHECK(add(&x, "http://h/robots.txt", STET_ROLE_ROBOTS, 0) > 0);
    CHECK(add(&x, "http://h/robots.txt", STET_ROLE_ROBOTS, 5) > 0);
    CHECK(add(&x, "http://h/robots.txt", STET_ROLE_ROBOTS, 6) > 0);
    CHECK(add(&x, "http://h/robots.txt", STET_ROLE_ROBOTS, 5) < 0);
    close_both(&x);
    folder_remove();
}

TESTS({ "hands out the most urgent once", hands_out_the_most_urgent_once },
      { "forgets what was handed out when it dies",
        forgets_what_was_handed_out_when_it_dies },
      { "knows robots redirects apart", knows_robots_redirects_apart })
