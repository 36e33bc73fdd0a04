/*
 * The commit thread's last commit: the engine is gone by then, and what
 * fails must be known all the same.
 */
#include "crawl/run.h"

#include "lib/folder.h"
#include "lib/tap.h"

#include <signal.h>
#include <sys/resource.h>

static int64_t still(void *ctx)
{
    (void)ctx;
    return INT64_C(1579910400000);
}

static const struct stet_clock clock_still = { still, still, NULL };
static const struct stet_ids ids = { true, 7 };

static struct stet_archive *open_archive(void)
{
    struct stet_archive_options o = { .path = folder_path("archive"),
                                      .software = "stet/test",
                                      .info = { "", 0 },
                                      .host = "localhost",
                                      .gzip_level = 6,
                                      .clock = &clock_still,
                                      .ids = &ids };
    static const struct stet_seed seed = { STET_SPAN_INIT("http://a.example/"),
                                           STET_ROLE_SEED };
    struct stet_archive *a = NULL;
    bool resumed;

    CHECK_INT(stet_archive_open(&a, &o, NULL), STET_OK);
    CHECK_INT(
        stet_archive_begin_run(a, STET_SPAN("job"), &seed, 1, &resumed, NULL),
        STET_OK);
    return a;
}

static int keep(void *ctx, const struct stet_target *t)
{
    return stet_target_copy(ctx, t);
}

/* A product, of the run's first target, on its way to the commit thread. */
static void send_product(struct stet_run *r)
{
    struct stet_message *m = stet_message_new(STET_MSG_PRODUCT);
    struct stet_target *t = NULL;

    r->archive = open_archive();
    CHECK_INT(stet_archive_lease(r->archive, 1, keep, &t, NULL), STET_OK);
    stet_archive_close(r->archive); /* which forgets what it handed out */
    r->archive = open_archive();
    CHECK_INT(stet_product_skip(&m->product, t, "dns", STET_SPAN("no such"),
                                still(NULL), NULL),
              STET_OK);
    CHECK(stet_queue_put(r->to_commit, m));
}

/* No file may grow while on. */
static void stop_growth(bool on)
{
    struct rlimit l = { 0, 0 };

    CHECK_INT(getrlimit(RLIMIT_FSIZE, &l), 0);
    l.rlim_cur = on ? 1 : l.rlim_max;
    CHECK_INT(setrlimit(RLIMIT_FSIZE, &l), 0);
}

static void tells_that_the_last_commit_failed(void)
{
    struct stet_run r = { .clock = clock_still, .ids = ids, .window = 8 };

    folder_make();
    signal(SIGXFSZ, SIG_IGN);
    CHECK_INT(stet_queue_new(&r.to_engine, 64), STET_OK);
    CHECK_INT(stet_queue_new(&r.to_commit, 64), STET_OK);
    send_product(&r);
    stet_queue_close(r.to_engine);
    stet_queue_close(r.to_commit);
    stop_growth(true);
    stet_run_commit(&r);
    stop_growth(false);
    CHECK_INT(r.commit_error.code, STET_EIO);
    CHECK(r.commit_error.text[0] != '\0');
    /* There is room again, but what was lost is not forgotten. */
    CHECK_INT(stet_archive_derive(r.archive, NULL), STET_EIO);
    stet_archive_close(r.archive);
    stet_message_queue_free(r.to_commit);
    stet_message_queue_free(r.to_engine);
    folder_remove();
}

static void wake_nobody(void *self)
{
    (void)self;
}

static const struct stet_fetcher_ops no_fetcher = { .wakeup = wake_nobody };

/* Most places leave the words to others when memory is short. */
static void a_failure_without_words_is_one(void)
{
    const struct stet_error none = { 0, 0, "" };
    struct stet_run r = { .window = 8 };
    struct stet_message *m;

    CHECK_INT(stet_queue_new(&r.to_engine, 4), STET_OK);
    r.fetcher.ops = &no_fetcher;
    stet_run_fail(&r, STET_ENOMEM, &none);
    stet_queue_close(r.to_engine);
    m = stet_queue_pop(r.to_engine);
    CHECK(m && m->kind == STET_MSG_FAILED);
    CHECK_INT(m ? m->error.code : 0, STET_ENOMEM);
    CHECK(m && m->error.text[0] != '\0');
    stet_message_free(m);
    stet_message_queue_free(r.to_engine);
}

TESTS({ "a failure without words is one", a_failure_without_words_is_one },
      { "tells that the last commit failed",
        tells_that_the_last_commit_failed })
