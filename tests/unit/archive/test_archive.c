/*
 * The archive's promise, without a network: what is committed is there
 * after a crash, and what is not is as if it had never been.
 */
#include "archive/archive.h"

#include "lib/folder.h"
#include "lib/tap.h"
#include "stet/warc.h"

#include "base/mem.h"
#include "base/span.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int64_t wall_ms = INT64_C(1579910400000);

static int64_t still(void *ctx)
{
    (void)ctx;
    return wall_ms;
}

static const struct stet_clock clock_still = { still, still, NULL };
static const struct stet_ids ids = { true, 7 };
static const struct stet_seed seeds[] = {
    { STET_SPAN_INIT("http://a.example/one"), STET_ROLE_SEED },
    { STET_SPAN_INIT("http://a.example/two"), STET_ROLE_SEED },
};

static struct stet_archive *open_archive(struct stet_error *err)
{
    struct stet_archive_options o = { .path = folder_path("archive"),
                                      .software = "stet/test",
                                      .info = { "", 0 },
                                      .host = "localhost",
                                      .gzip_level = 6,
                                      .clock = &clock_still,
                                      .ids = &ids };
    struct stet_archive *a = NULL;

    (void)!stet_archive_open(&a, &o, err);
    return a;
}

static void begin(struct stet_archive *a, bool want_resumed)
{
    bool resumed = !want_resumed;

    CHECK_INT(
        stet_archive_begin_run(a, STET_SPAN("job"), seeds, 2, &resumed, NULL),
        STET_OK);
    CHECK_INT(resumed, want_resumed);
}

/* Collects what is handed out. */
struct leased {
    struct stet_target *t[8];
    size_t n;
};

static int keep(void *ctx, const struct stet_target *t)
{
    struct leased *l = ctx;

    return stet_target_copy(&l->t[l->n++], t);
}

static void drop(struct leased *l)
{
    while (l->n > 0)
        stet_target_free(l->t[--l->n]);
}

/* What a worker makes of a 200 with this body. */
static struct stet_product *make_by(const struct stet_product_config *config,
                                    const struct stet_target *t,
                                    const char *body)
{
    struct stet_job *job = stet_alloc(sizeof(*job));
    struct stet_exchange *x = stet_alloc(sizeof(*x));
    static const char head[] =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    struct stet_product *p = NULL;
    struct stet_worker *w = NULL;

    stet_exchange_init(x);
    x->started_ms = still(NULL);
    x->head.data = stet_span_dup(stet_span_of(head));
    x->head.len = sizeof(head) - 1;
    x->head_is_whole = true;
    x->status = 200;
    x->framing.kind = STET_FRAMING_CLOSE;
    stet_spool_init(&x->body, NULL, 1 << 20);
    CHECK_INT(stet_spool_add(&x->body, body, strlen(body), NULL), STET_OK);
    x->entity_len = strlen(body);
    CHECK_INT(stet_digest_of(&x->entity_digest, STET_SHA256, stet_span_of(body),
                             NULL),
              STET_OK);
    job->exchange = x;
    CHECK_INT(stet_target_copy(&job->target, t), STET_OK);
    CHECK_INT(stet_worker_new(&w, config, NULL), STET_OK);
    CHECK_INT(stet_worker_make(&p, w, job, NULL), STET_OK);
    stet_worker_free(w);
    stet_job_free(job);
    return p;
}

static const struct stet_product_config ordinary = { .ids = &ids,
                                                     .gzip_level = 6,
                                                     .facts = true,
                                                     .scope = { 1, true, true },
                                                     .spool_memory = 1 << 20 };

static struct stet_product *make(const struct stet_target *t, const char *body)
{
    return make_by(&ordinary, t, body);
}

static int put_slice(void *ctx, const struct stet_target *t,
                     struct stet_spool *slice, struct stet_error *err)
{
    return stet_archive_take_slice(ctx, t->id, slice, err);
}

/* As the product of a body that is too large for memory: what is sliced is
 * with the archive. */
static struct stet_product *make_large(struct stet_archive *a,
                                       const struct stet_target *t,
                                       const char *body)
{
    struct stet_product_config config = ordinary;

    config.large_body = 1;
    config.put_slice = put_slice;
    config.slice_ctx = a;
    return make_by(&config, t, body);
}

static size_t lease(struct stet_archive *a, struct leased *l)
{
    l->n = 0;
    CHECK_INT(stet_archive_lease(a, 8, keep, l, NULL), STET_OK);
    return l->n;
}

static void take(struct stet_archive *a, const struct stet_target *t,
                 const char *body)
{
    struct stet_product *p = make(t, body);

    CHECK_INT(stet_archive_take(a, p, NULL), STET_OK);
    stet_product_free(p);
}

/* How many files a folder has, and how many of them end so. */
static int files(const char *folder, const char *end)
{
    DIR *dir = opendir(folder_path(folder));
    struct dirent *e;
    int n = 0;

    while (dir && (e = readdir(dir))) {
        size_t len = strlen(e->d_name);
        n += e->d_name[0] != '.' && len >= strlen(end) &&
             strcmp(e->d_name + len - strlen(end), end) == 0;
    }
    if (dir)
        closedir(dir);
    return n;
}

/* Reads every record of the one WARC in a folder: how many responses. */
static int responses(const char *folder)
{
    struct stet_warc_reader_options strict = { .policy = STET_WARC_STRICT };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    DIR *dir = opendir(folder_path(folder));
    struct dirent *e;
    char path[600] = "";
    int n = 0, rc;

    while (dir && (e = readdir(dir))) {
        if (e->d_name[0] != '.')
            snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
    }
    if (dir)
        closedir(dir);
    rc = stet_warc_reader_open(&r, folder_path(path), &strict, NULL);
    while (rc == STET_OK && (rc = stet_warc_reader_next(r, &rec, NULL)) == 0) {
        if (rec.type.len == 8 && memcmp(rec.type.ptr, "response", 8) == 0)
            n++;
    }
    CHECK_INT(rc, STET_END);
    stet_warc_reader_free(r);
    return n;
}

static void goes_on_where_the_last_commit_was(void)
{
    struct stet_archive *a;
    struct leased l = { .n = 0 };

    folder_make();
    a = open_archive(NULL);
    begin(a, false);
    /* Two seeds and the robots.txt of their host, which comes first. */
    CHECK_INT(lease(a, &l), 3);
    CHECK_INT(l.t[0]->role, STET_ROLE_ROBOTS);
    take(a, l.t[1], "<p>one");
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    take(a, l.t[2], "<p>two");
    drop(&l);
    stet_archive_close(a); /* as a crash would: not committed */

    a = open_archive(NULL);
    CHECK_INT(responses("archive/archive"), 1);
    begin(a, true);
    /* The page that is there came to want its icon. */
    CHECK_INT(lease(a, &l), 3);
    CHECK_SPAN(l.t[1]->url, "http://a.example/favicon.ico");
    CHECK_SPAN(l.t[2]->url, "http://a.example/two");
    take(a, l.t[2], "<p>two");
    take(a, l.t[0], "");
    take(a, l.t[1], "icon");
    CHECK_INT(stet_archive_derive(a, NULL), STET_OK);
    CHECK_INT(stet_archive_end_run(a, NULL), STET_OK);
    drop(&l);
    CHECK_INT(responses("archive/archive"), 4);
    begin(a, false); /* a new run: all is to be done again */
    CHECK_INT(lease(a, &l), 3);
    drop(&l);
    stet_archive_close(a);
    folder_remove();
}

/* A large capture has a file of its own, which a crash leaves whole or not at
 * all. */
static void keeps_large_ones_apart(void)
{
    struct stet_archive *a;
    struct leased l = { .n = 0 };
    struct stet_product *p;

    folder_make();
    a = open_archive(NULL);
    begin(a, false);
    lease(a, &l);
    p = make_large(a, l.t[1], "<p>one, and it is a large one");
    CHECK(p->sliced > 0);
    CHECK_INT(files("archive/archive", ".open"), 1);
    CHECK(stet_archive_is_full(a)); /* so that it is known of at once */
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    take(a, l.t[2], "<p>two");
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    CHECK_INT(files("archive/archive", ".open"), 2);
    stet_product_free(p);
    drop(&l);
    stet_archive_close(a); /* and with it what is not whole */
    CHECK_INT(files("archive/archive", ""), 1);

    a = open_archive(NULL);
    CHECK_INT(responses("archive/archive"), 1);
    begin(a, true);
    lease(a, &l);
    /* After the robots.txt and the icon that the other page wants. */
    CHECK_SPAN(l.t[2]->url, "http://a.example/one");
    p = make_large(a, l.t[2], "<p>one, and it is a large one");
    CHECK_INT(stet_archive_take(a, p, NULL), STET_OK);
    CHECK_INT(files("archive/archive", ".open"), 2);
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    CHECK_INT(files("archive/archive", ".open"), 1);
    CHECK_INT(files("archive/archive", ""), 2);
    stet_product_free(p);
    drop(&l);
    stet_archive_close(a);

    a = open_archive(NULL);
    CHECK_INT(files("archive/archive", ""), 2);
    CHECK(access(folder_path("archive/orphan"), F_OK) < 0);
    begin(a, true);
    lease(a, &l);
    for (size_t i = 0; i < l.n; i++)
        CHECK(!stet_span_eqs(l.t[i]->url, "http://a.example/one"));
    drop(&l);
    stet_archive_close(a);
    folder_remove();
}

/* Two at once, of which one is given up. */
static void drops_what_is_given_up(void)
{
    struct stet_archive *a;
    struct leased l = { .n = 0 };
    struct stet_product *one, *two;

    folder_make();
    a = open_archive(NULL);
    begin(a, false);
    lease(a, &l);
    one = make_large(a, l.t[1], "<p>one, and it is a large one");
    two = make_large(a, l.t[2], "<p>two, and it is a large one");
    CHECK_INT(files("archive/archive", ".open"), 2);
    stet_archive_drop_slices(a, one->target->id);
    stet_archive_drop_slices(a, one->target->id);
    CHECK_INT(files("archive/archive", ".open"), 1);
    CHECK_INT(stet_archive_take(a, two, NULL), STET_OK);
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    CHECK_INT(responses("archive/archive"), 1);
    stet_product_free(one);
    stet_product_free(two);
    drop(&l);
    stet_archive_close(a);
    folder_remove();
}

static void cuts_what_lies_past_the_commit(void)
{
    struct stet_archive *a;
    struct leased l = { .n = 0 };
    char name[512] = "";
    DIR *dir;
    struct dirent *e;
    FILE *f;

    folder_make();
    a = open_archive(NULL);
    begin(a, false);
    lease(a, &l);
    take(a, l.t[1], "<p>one");
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    drop(&l);
    stet_archive_close(a);

    dir = opendir(folder_path("archive/archive"));
    while (dir && (e = readdir(dir))) {
        if (strstr(e->d_name, ".open"))
            snprintf(name, sizeof(name), "archive/archive/%s", e->d_name);
    }
    if (dir)
        closedir(dir);
    f = fopen(folder_path(name), "a");
    CHECK(f != NULL);
    if (f) {
        fprintf(f, "half a record");
        fclose(f);
    }
    f = fopen(folder_path("archive/archive/new.warc.gz.open"), "w");
    if (f)
        fclose(f);
    a = open_archive(NULL);
    CHECK(a != NULL);
    CHECK_INT(responses("archive/archive"), 1);
    CHECK_INT(access(folder_path("archive/orphan/new.warc.gz.open"), F_OK), 0);
    stet_archive_close(a);

    /* Shorter than what was promised: said, and nothing touched. */
    CHECK_INT(truncate(folder_path(name), 100), 0);
    {
        struct stet_error err = { 0, 0, "" };
        CHECK(open_archive(&err) == NULL);
        CHECK_INT(err.code, STET_EFORMAT);
    }
    folder_remove();
}

/* The second run's file then has a name before the first one's. */
static void goes_on_though_the_clock_went_back(void)
{
    struct stet_archive *a;
    struct leased l = { .n = 0 };

    folder_make();
    a = open_archive(NULL);
    begin(a, false);
    lease(a, &l);
    take(a, l.t[1], "<p>one");
    CHECK_INT(stet_archive_derive(a, NULL), STET_OK);
    CHECK_INT(stet_archive_end_run(a, NULL), STET_OK);
    drop(&l);
    stet_archive_close(a);

    wall_ms -= 3600000;
    a = open_archive(NULL);
    begin(a, false);
    lease(a, &l);
    take(a, l.t[1], "<p>one");
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    drop(&l);
    stet_archive_close(a); /* as a crash would */

    a = open_archive(NULL);
    CHECK(access(folder_path("archive/orphan"), F_OK) < 0);
    begin(a, true);
    CHECK_INT(stet_archive_derive(a, NULL), STET_OK);
    stet_archive_close(a);
    wall_ms += 3600000;
    folder_remove();
}

static void is_held_by_one_process(void)
{
    struct stet_error err = { 0, 0, "" };
    struct stet_archive *a;
    char want[64];

    folder_make();
    a = open_archive(NULL);
    CHECK(a != NULL);
    CHECK(open_archive(&err) == NULL);
    CHECK_INT(err.code, STET_ELOCKED);
    snprintf(want, sizeof(want), "is in use by process %ld", (long)getpid());
    CHECK(strstr(err.text, want) != NULL);
    stet_archive_close(a);
    a = open_archive(NULL);
    CHECK(a != NULL);
    stet_archive_close(a);
    folder_remove();
}

static void finds_what_it_has(void)
{
    static char body[2048];
    struct stet_archive *a;
    struct leased l = { .n = 0 };
    struct stet_original found;
    struct stet_digest d;
    struct stet_span url = seeds[0].url, mime;

    memset(body, 'x', sizeof(body) - 1);
    folder_make();
    a = open_archive(NULL);
    begin(a, false);
    lease(a, &l);
    CHECK_INT(stet_digest_of(&d, STET_SHA256, stet_span_of(body), NULL), 0);
    CHECK_INT(stet_archive_find_original(a, &d, false, &found, NULL), STET_OK);
    CHECK(found.url.ptr == NULL);
    take(a, l.t[1], body);
    CHECK_INT(stet_archive_find_original(a, &d, false, &found, NULL), STET_OK);
    CHECK_SPAN(found.url, "http://a.example/one");
    CHECK_INT(found.date_ms, still(NULL));
    stet_free(found.text);
    /* Framed otherwise it would replay as garbage. */
    CHECK_INT(stet_archive_find_original(a, &d, true, &found, NULL), STET_OK);
    CHECK(found.url.ptr == NULL);
    CHECK_INT(stet_archive_find_url(a, &url, &mime, NULL, NULL), STET_OK);
    CHECK_SPAN(mime, "text/html");
    url = seeds[1].url;
    CHECK_INT(stet_archive_find_url(a, &url, &mime, NULL, NULL),
              STET_ENOTFOUND);
    drop(&l);
    stet_archive_close(a);
    folder_remove();
}

static int add_up(void *ctx, const struct stet_page_tally *t)
{
    *(int64_t *)ctx += t->n;
    return STET_OK;
}

static int64_t count_pages(struct stet_archive *a)
{
    int64_t n = 0;

    CHECK_INT(stet_archive_tally_pages(a, add_up, &n, NULL), STET_OK);
    return n;
}

/* Links lead to more pages than a crawl fetches. */
static void makes_a_page_of_what_was_fetched_alone(void)
{
    struct stet_wanted found[] = {
        { .url = STET_SPAN("http://a.example/three"),
          .how = { .role = STET_ROLE_PAGE, .hop = 'L', .depth = 1 } },
        { .url = STET_SPAN("http://a.example/four"),
          .how = { .role = STET_ROLE_PAGE, .hop = 'L', .depth = 1 } },
    };
    struct leased l = { .n = 0 };
    struct stet_product *p;
    struct stet_archive *a;

    folder_make();
    a = open_archive(NULL);
    begin(a, false);
    CHECK_INT(lease(a, &l), 3);
    p = make(l.t[1], "<p>one");
    stet_free(p->wants);
    p->wants = found;
    p->n_wants = 2;
    CHECK_INT(stet_archive_take(a, p, NULL), STET_OK);
    p->wants = NULL;
    p->n_wants = 0;
    stet_product_free(p);
    CHECK_INT(count_pages(a), 2);
    drop(&l);

    CHECK_INT(lease(a, &l), 2);
    CHECK_SPAN(l.t[0]->url, "http://a.example/three");
    CHECK_INT(strlen(l.t[0]->page_id), 36);
    CHECK(strcmp(l.t[0]->page_id, l.t[1]->page_id) != 0);
    take(a, l.t[0], "<p>three");
    CHECK_INT(count_pages(a), 3);
    drop(&l);
    stet_archive_close(a);
    folder_remove();
}

#define STORY                                                                 \
    "<!doctype html><title>Harbour board votes</title><article><h1>Harbour "  \
    "board votes to widen the northern channel</h1><p>The harbour board "     \
    "voted on Tuesday to widen the northern channel, ending an argument "     \
    "that has split the town for the better part of nine years.</p><p>Boats " \
    "of the larger class have had to wait for the tide since the old "        \
    "breakwater was lengthened, and on some days as many as fourteen lay "    \
    "outside, visible from the market and costing their owners money.</p>"

/* Takes a page in: which page is said to have had its text first. */
static void check_twin(struct stet_archive *a, const struct stet_target *t,
                       const char *body, const char *first)
{
    struct stet_product *p = make(t, body);

    CHECK_INT(stet_archive_take(a, p, NULL), STET_OK);
    CHECK_SPAN(p->same_text_as, first);
    stet_product_free(p);
}

static bool file_says(const char *name, const char *what)
{
    char *text = stet_alloc(1 << 16);
    FILE *f = fopen(folder_path(name), "rb");
    bool says;

    CHECK(f != NULL && fread(text, 1, (1 << 16) - 1, f) > 0);
    says = strstr(text, what) != NULL;
    if (f)
        fclose(f);
    stet_free(text);
    return says;
}

/* Across a crash and from run to run; one page again is no twin. */
static void knows_pages_with_one_text(void)
{
    static const char said[] = "\"same-text-as\":\"http://a.example/one\"";
    struct leased l = { .n = 0 };
    struct stet_archive *a;

    folder_make();
    a = open_archive(NULL);
    begin(a, false);
    CHECK_INT(lease(a, &l), 3);
    check_twin(a, l.t[0], "", "");
    check_twin(a, l.t[1], STORY, "");
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    check_twin(a, l.t[2], STORY "<p>By our reporter.", "http://a.example/one");
    drop(&l);
    stet_archive_close(a); /* as a crash would: not committed */

    a = open_archive(NULL);
    begin(a, true);
    CHECK_INT(lease(a, &l), 2);
    check_twin(a, l.t[0], "icon", "");
    check_twin(a, l.t[1], STORY "<p>By our reporter.", "http://a.example/one");
    CHECK_INT(stet_archive_derive(a, NULL), STET_OK);
    CHECK_INT(stet_archive_end_run(a, NULL), STET_OK);
    CHECK(file_says("archive/pages/pages.jsonl", said));
    CHECK(file_says("archive/logs/crawl.jsonl", said));
    drop(&l);

    begin(a, false);
    CHECK_INT(lease(a, &l), 3);
    check_twin(a, l.t[2], STORY, "http://a.example/one");
    check_twin(a, l.t[1], STORY, "");
    drop(&l);
    CHECK_INT(stet_archive_commit(a, NULL), STET_OK);
    stet_archive_close(a);
    a = open_archive(NULL); /* writes the log anew */
    CHECK(file_says("archive/logs/crawl.jsonl", said));
    stet_archive_close(a);
    folder_remove();
}

TESTS({ "goes on where the last commit was",
        goes_on_where_the_last_commit_was },
      { "keeps large ones apart", keeps_large_ones_apart },
      { "drops what is given up", drops_what_is_given_up },
      { "cuts what lies past the commit", cuts_what_lies_past_the_commit },
      { "goes on though the clock went back",
        goes_on_though_the_clock_went_back },
      { "is held by one process", is_held_by_one_process },
      { "finds what it has", finds_what_it_has },
      { "makes a page of what was fetched alone",
        makes_a_page_of_what_was_fetched_alone },
      { "knows pages with one text", knows_pages_with_one_text })
