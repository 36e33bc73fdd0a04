/*
 * What the frontier costs when it is large:
 *
 *     frontier [URLS [FOLDER]]
 *
 * A page generator fills it with URLS (2,000,000) in a folder of its own
 * under FOLDER ($TMPDIR or /tmp).  A page has 200 links: 20 of its host's
 * navigation, 80 to pages that were met before, anywhere, and 100 new ones.
 * 64 pages are a commit.  Then targets are leased and finished.  Each row is
 * a process of its own; times are its processor's, per URL, those of adding
 * of the last tenth.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/span.h"
#include "frontier/frontier.h"

enum {
    NEW = 100,
    MET = 80,
    NAVIGATION = 20,
    PAGES_A_COMMIT = 64,
    WINDOW = 64, /* leased at once */
    LEASED = 100000,
};

struct row {
    const char *name;
    int64_t hosts; /* 0: as many as URLs */
    struct stet_frontier_options o;
};

static const struct row rows[] = {
    { "20,000 hosts", 20000, { 1, 6 } },
    { "one host", 1, { 0, 0 } },
    { "a host a URL", 0, { 1, 6 } },
};

struct bench {
    struct stet_store *store;
    struct stet_frontier f;
    const struct row *row;
    int64_t n, want;
    uint64_t dice;
    char path[512];
    double fresh_s, met_s, nav_s; /* of the last tenth */
    int64_t fresh, met, nav;
    int64_t ids[WINDOW];
    size_t leased;
};

static void die(const char *what, const struct stet_error *err)
{
    fprintf(stderr, "frontier: %s: %s\n", what, err ? err->text : "");
    exit(1);
}

static double cpu_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t roll(struct bench *b, uint64_t n)
{
    b->dice = b->dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (b->dice >> 33) % n;
}

/* The i-th URL that there is: as long as those of news sites. */
static void print_url(const struct bench *b, int64_t i, char out[256])
{
    int64_t hosts = b->row->hosts ? b->row->hosts : b->want;
    uint64_t mixed = (uint64_t)i * UINT64_C(0x9E3779B97F4A7C15);

    snprintf(out, 256,
             "https://www.paper-%lld.example/politics/2024/11/%02d/"
             "story-of-%llx-and-what-came-of-it-%lld.html",
             (long long)(i % hosts), (int)(i % 28) + 1,
             (unsigned long long)(mixed >> 40), (long long)i);
}

static bool add(struct bench *b, const char *url, const char *via)
{
    struct stet_target t = { .url = stet_span_of(url),
                             .via = stet_span_of(via),
                             .hops = STET_SPAN("LLL"),
                             .role = STET_ROLE_PAGE,
                             .page_id = "00000000-0000-4000-8000-000000000000",
                             .depth = 3 };
    struct stet_error err = { 0, 0, "" };
    int64_t id;
    bool fresh;

    if (stet_frontier_add(&b->f, 1, &t, &id, &fresh, &err) < 0)
        die("add", &err);
    return fresh;
}

static void add_page(struct bench *b)
{
    bool measured = b->n >= b->want - b->want / 10;
    int64_t host = (int64_t)roll(b, 1 + (uint64_t)b->n);
    char via[256], url[256];
    double t0 = cpu_s(), t1, t2, t3;

    print_url(b, host, via);
    for (int i = 0; i < NAVIGATION; i++) {
        print_url(b, i, url);
        b->nav += !add(b, url, via) && measured;
    }
    t1 = cpu_s();
    for (int i = 0; i < MET && b->n > 0; i++) {
        print_url(b, (int64_t)roll(b, (uint64_t)b->n), url);
        b->met += !add(b, url, via) && measured;
    }
    t2 = cpu_s();
    for (int i = 0; i < NEW && b->n < b->want; i++) {
        print_url(b, b->n++, url);
        b->fresh += add(b, url, via) && measured;
    }
    t3 = cpu_s();
    if (!measured)
        return;
    b->nav_s += t1 - t0;
    b->met_s += t2 - t1;
    b->fresh_s += t3 - t2;
}

static void commit(struct bench *b)
{
    struct stet_error err = { 0, 0, "" };
    bool measured = b->n >= b->want - b->want / 10;
    double began = cpu_s();

    if (stet_store_commit(b->store, &err) < 0)
        die("commit", &err);
    if (measured)
        b->fresh_s += cpu_s() - began;
}

static int take(void *ctx, const struct stet_target *t)
{
    struct bench *b = ctx;

    b->ids[b->leased++] = t->id;
    return STET_OK;
}

/* Leases one for each that is finished, as an engine does. */
static void lease(struct bench *b, double *lease_s, double *finish_s)
{
    const struct stet_fate fate = { .outcome = "ok",
                                    .why = "",
                                    .status = 200,
                                    .mime = STET_SPAN("text/html") };
    const struct stet_frontier_taker to = { take, b };
    struct stet_error err = { 0, 0, "" };

    *lease_s = *finish_s = 0;
    for (int i = 0; i < LEASED; i++) {
        double t0 = cpu_s(), t1, t2;
        /* All of the window at first, then one for the one finished last. */
        b->leased = i == 0 ? 0 : (size_t)(i - 1) % WINDOW;
        if (stet_frontier_lease(&b->f, 1, i == 0 ? WINDOW : 1, 1, &to, &err) <
            0)
            die("lease", &err);
        if (i == 0 && b->leased != WINDOW)
            die("lease gave too little", NULL);
        t1 = cpu_s();
        if (stet_frontier_finish(&b->f, b->ids[i % WINDOW], &fate, &err) < 0)
            die("finish", &err);
        if (i % PAGES_A_COMMIT == 0 && stet_store_commit(b->store, &err) < 0)
            die("commit", &err);
        t2 = cpu_s();
        *lease_s += t1 - t0;
        *finish_s += t2 - t1;
    }
}

static double rss_mb(void)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[256];
    double kb = 0;

    while (f && fgets(line, sizeof(line), f)) {
        if (strncmp(line, "VmHWM:", 6) == 0)
            kb = strtod(line + 6, NULL);
    }
    if (f)
        fclose(f);
    return kb / 1024;
}

static double us(double seconds, int64_t n)
{
    return n ? seconds * 1e6 / (double)n : 0;
}

static void open_frontier(struct bench *b)
{
    static const char *const schema[] = { stet_frontier_schema,
                                          stet_frontier_schema_hosts, NULL };
    struct stet_error err = { 0, 0, "" };

    if (stet_store_open(&b->store, b->path, schema, &err) < 0 ||
        stet_frontier_sqlite_new(&b->f, b->store, &b->row->o, &err) < 0)
        die("open", &err);
}

static void run(const struct row *row, int64_t want, const char *folder)
{
    struct bench b = { .row = row, .want = want, .dice = 42 };
    double lease_s, finish_s;
    struct stat st;

    snprintf(b.path, sizeof(b.path), "%s/db", folder);
    open_frontier(&b);
    for (int pages = 1; b.n < want; pages++) {
        add_page(&b);
        if (pages % PAGES_A_COMMIT == 0 || b.n == want)
            commit(&b);
    }
    lease(&b, &lease_s, &finish_s);
    if (stat(b.path, &st) < 0)
        die(b.path, NULL);
    printf("%-14s %8.1f %8.1f %8.2f %8.1f %8.1f %8.0f %8.0f\n", row->name,
           us(b.fresh_s, b.fresh), us(b.met_s, b.met), us(b.nav_s, b.nav),
           us(lease_s, LEASED), us(finish_s, LEASED), rss_mb(),
           (double)st.st_size / (1 << 20));
    fflush(stdout);
    stet_frontier_free(&b.f);
    stet_store_close(b.store);
}

/* A row in a process and a folder of its own. */
static int run_apart(const struct row *row, int64_t want, const char *parent)
{
    static const char *const names[] = { "db", "db-wal", "db-shm" };
    char folder[400], path[512];
    int status = 1;
    pid_t pid;

    snprintf(folder, sizeof(folder), "%s/stet-bench-XXXXXX", parent);
    if (!mkdtemp(folder))
        die(folder, NULL);
    pid = fork();
    if (pid == 0) {
        run(row, want, folder);
        exit(0);
    }
    if (pid > 0)
        waitpid(pid, &status, 0);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    return status;
}

int main(int argc, char **argv)
{
    int64_t want = argc > 1 ? strtoll(argv[1], NULL, 10) : 2000000;
    const char *tmp = getenv("TMPDIR");
    int status = 0;

    if (argc > 2)
        tmp = argv[2];
    if (want < 2 * LEASED)
        die("at least 200000 URLs", NULL);
    printf("%lld URLs; microseconds of the processor a URL\n"
           "%-14s %8s %8s %8s %8s %8s %8s %8s\n",
           (long long)want, "", "add new", "met", "just met", "lease", "finish",
           "RSS MB", "file MB");
    fflush(stdout);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && status == 0; i++)
        status = run_apart(&rows[i], want, tmp ? tmp : "/tmp");
    return status != 0;
}
