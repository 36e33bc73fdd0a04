#include "warc/writer.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* 2026-11-23T15:40:19.123Z */
#define NOW   INT64_C(1795448419123)
#define FIRST "stet-20261123154019123-00001-host.example.warc"

static const struct stet_ids ids = { .seeded = true, .seed = 7 };

/* A folder of its own for each test. */
static char *dir_begin(char path[64])
{
    snprintf(path, 64, "/tmp/stet-test-XXXXXX");
    return mkdtemp(path);
}

static void dir_end(const char *path)
{
    DIR *d = opendir(path);
    char name[PATH_MAX];

    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.' || strlen(e->d_name) > 2) {
            snprintf(name, sizeof(name), "%s/%s", path, e->d_name);
            unlink(name);
        }
    if (d)
        closedir(d);
    rmdir(path);
}

static bool is_there(const char *dir, const char *name)
{
    char path[PATH_MAX];

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    return access(path, F_OK) == 0;
}

static long long size_of(const char *dir, const char *name)
{
    char path[PATH_MAX];
    struct stat st;

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    return stat(path, &st) == 0 ? (long long)st.st_size : -1;
}

static struct stet_warc_writer_options options_for(const char *dir)
{
    return (struct stet_warc_writer_options){
        .dir = dir,
        .prefix = "stet",
        .host = "host.example",
        .ids = &ids,
        .info = STET_SPAN_INIT("software: stet\r\n"),
    };
}

static int pack_one(struct stet_spool *spool, struct stet_span body)
{
    static const struct stet_warc_pack plain = { 0 };
    struct stet_warc_header h;
    int rc;

    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, STET_WARC_1_1, "resource",
                           "00000000-0000-4000-8000-000000000001", NOW);
    stet_warc_header_add_uri(&h, "WARC-Target-URI",
                             STET_SPAN("http://a.example/"));
    rc = stet_warc_record_pack(spool, &h, STET_SPAN(""), body, &plain, NULL);
    stet_warc_header_clear(&h);
    return rc;
}

static void writes_names_and_seals(void)
{
    char dir[64];
    struct stet_warc_writer_options o = options_for(dir);
    struct stet_warc_writer *w = NULL;
    struct stet_warc_place place;
    struct stet_spool spool;
    uint64_t tail;

    stet_spool_init(&spool, NULL, 1 << 20);
    if (!CHECK(dir_begin(dir)) ||
        !CHECK_INT(stet_warc_writer_new(&w, &o, NULL), STET_OK))
        return;
    CHECK(!stet_warc_writer_filename(w));
    CHECK_INT(pack_one(&spool, STET_SPAN("hello")), STET_OK);
    CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_OK);
    CHECK_STR(place.filename, FIRST);
    CHECK(place.offset > 0);
    CHECK_INT(place.length, spool.len);
    CHECK(is_there(dir, FIRST ".open"));
    CHECK(!is_there(dir, FIRST));
    tail = place.offset + place.length;
    CHECK_INT(stet_warc_writer_length(w), tail);
    CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_OK);
    CHECK_INT(place.offset, tail);
    CHECK_INT(stet_warc_writer_sync(w, NULL), STET_OK);
    CHECK_INT(stet_warc_writer_seal(w, NULL), STET_OK);
    CHECK_INT(stet_warc_writer_seal(w, NULL), STET_OK);
    CHECK(is_there(dir, FIRST));
    CHECK(!is_there(dir, FIRST ".open"));
    CHECK_INT(size_of(dir, FIRST), place.offset + place.length);
    stet_warc_writer_free(w);
    stet_spool_clear(&spool);
    dir_end(dir);
}

static void begins_a_new_file_at_the_size(void)
{
    char dir[64];
    struct stet_warc_writer_options o = options_for(dir);
    struct stet_warc_writer *w = NULL;
    struct stet_warc_place place;
    struct stet_spool spool;

    o.max_bytes = 1;
    stet_spool_init(&spool, NULL, 1 << 20);
    if (!CHECK(dir_begin(dir)) ||
        !CHECK_INT(stet_warc_writer_new(&w, &o, NULL), STET_OK))
        return;
    CHECK_INT(pack_one(&spool, STET_SPAN("hello")), STET_OK);
    CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_OK);
    CHECK_INT(stet_warc_writer_add(w, &spool, NOW + 1, &place, NULL), STET_OK);
    CHECK_STR(place.filename, "stet-20261123154019124-00002-host.example.warc");
    CHECK(is_there(dir, FIRST));
    stet_warc_writer_free(w);
    stet_spool_clear(&spool);
    dir_end(dir);
}

static void recovers_to_the_committed_length(void)
{
    char dir[64];
    struct stet_warc_writer_options o = options_for(dir);
    struct stet_warc_writer *w = NULL;
    struct stet_warc_place place;
    struct stet_spool spool;
    uint64_t committed = 0;

    stet_spool_init(&spool, NULL, 1 << 20);
    if (!CHECK(dir_begin(dir)))
        return;
    CHECK_INT(pack_one(&spool, STET_SPAN("hello")), STET_OK);
    for (int sealed = 0; sealed < 2; sealed++) {
        CHECK_INT(stet_warc_writer_new(&w, &o, NULL), STET_OK);
        if (sealed)
            CHECK_INT(stet_warc_writer_recover(w, FIRST, committed, NULL),
                      STET_OK);
        CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_OK);
        committed = place.offset + place.length;
        CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_OK);
        if (sealed)
            CHECK_INT(stet_warc_writer_seal(w, NULL), STET_OK);
        stet_warc_writer_free(w);

        CHECK_INT(stet_warc_writer_new(&w, &o, NULL), STET_OK);
        CHECK_INT(stet_warc_writer_recover(w, FIRST, 1 << 20, NULL),
                  STET_EFORMAT);
        CHECK_INT(stet_warc_writer_recover(w, "stet-x.warc", 1, NULL),
                  STET_ENOTFOUND);
        CHECK_INT(stet_warc_writer_recover(w, FIRST, committed, NULL), STET_OK);
        CHECK_STR(stet_warc_writer_filename(w), FIRST);
        CHECK_INT(size_of(dir, FIRST ".open"), committed);
        CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_OK);
        CHECK_INT(place.offset, committed);
        committed = place.offset + place.length;
        stet_warc_writer_free(w);
        w = NULL;
    }
    stet_spool_clear(&spool);
    dir_end(dir);
}

static void never_writes_over_a_file(void)
{
    char dir[64], path[PATH_MAX];
    struct stet_warc_writer_options o = options_for(dir);
    struct stet_warc_writer *w = NULL;
    struct stet_warc_place place;
    struct stet_spool spool;

    stet_spool_init(&spool, NULL, 1 << 20);
    if (!CHECK(dir_begin(dir)) ||
        !CHECK_INT(stet_warc_writer_new(&w, &o, NULL), STET_OK))
        return;
    CHECK_INT(pack_one(&spool, STET_SPAN("hello")), STET_OK);
    snprintf(path, sizeof(path), "%s/%s", dir, FIRST);
    CHECK_INT(stet_file_replace(path, STET_SPAN("mine"), NULL), STET_OK);
    CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_EIO);
    unlink(path);
    CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_OK);
    CHECK_INT(stet_file_replace(path, STET_SPAN("mine"), NULL), STET_OK);
    CHECK_INT(stet_warc_writer_seal(w, NULL), STET_EIO);
    CHECK_INT(size_of(dir, FIRST), 4);
    unlink(path);
    CHECK_INT(stet_warc_writer_seal(w, NULL), STET_OK);
    stet_warc_writer_free(w);
    stet_spool_clear(&spool);
    dir_end(dir);
}

/* A file size limit stands in for a full disk: writes stop in mid-record. */
static void a_full_disk_leaves_whole_records(void)
{
    char dir[64];
    struct stet_warc_writer_options o = options_for(dir);
    struct stet_warc_writer *w = NULL;
    struct stet_warc_place place;
    struct stet_spool spool;
    struct rlimit old, low;
    uint64_t whole = 0;
    int rc = STET_OK;

    stet_spool_init(&spool, NULL, 1 << 20);
    if (!CHECK(dir_begin(dir)) ||
        !CHECK_INT(stet_warc_writer_new(&w, &o, NULL), STET_OK))
        return;
    CHECK_INT(pack_one(&spool, STET_SPAN("hello")), STET_OK);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    low = old;
    low.rlim_cur = 2000;
    setrlimit(RLIMIT_FSIZE, &low);
    for (int i = 0; i < 20 && rc == STET_OK; i++) {
        rc = stet_warc_writer_add(w, &spool, NOW, &place, NULL);
        if (rc == STET_OK)
            whole = place.offset + place.length;
    }
    setrlimit(RLIMIT_FSIZE, &old);
    CHECK_INT(rc, STET_EIO);
    CHECK(whole > 0);
    CHECK_INT(size_of(dir, FIRST ".open"), whole);
    CHECK_INT(stet_warc_writer_add(w, &spool, NOW, &place, NULL), STET_OK);
    CHECK_INT(place.offset, whole);
    stet_warc_writer_free(w);
    stet_spool_clear(&spool);
    dir_end(dir);
}

static void odd_names_are_refused(void)
{
    static const char *const bad[] = { "", "a/b", "a b", "..", "\n" };
    struct stet_warc_writer_options o = options_for("/tmp");
    struct stet_warc_writer *w = NULL;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        o.prefix = bad[i];
        CHECK_INT(stet_warc_writer_new(&w, &o, NULL), STET_EUSAGE);
        CHECK(!w);
    }
}

static int write_one(void)
{
    char dir[64];
    struct stet_warc_writer_options o = options_for(dir);
    struct stet_warc_writer *w = NULL;
    struct stet_warc_place place;
    struct stet_spool spool;
    int rc = stet_gzip_new(&o.pack.gzip, STET_GZIP_LEVEL, NULL);

    stet_spool_init(&spool, NULL, 1 << 20);
    dir_begin(dir);
    if (rc == STET_OK)
        rc = pack_one(&spool, STET_SPAN("hello"));
    if (rc == STET_OK)
        rc = stet_warc_writer_new(&w, &o, NULL);
    if (rc == STET_OK)
        rc = stet_warc_writer_add(w, &spool, NOW, &place, NULL);
    if (rc == STET_OK)
        rc = stet_warc_writer_seal(w, NULL);
    stet_warc_writer_free(w);
    stet_gzip_free(o.pack.gzip);
    stet_spool_clear(&spool);
    dir_end(dir);
    return rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(write_one));
}

TESTS({ "writes, names and seals", writes_names_and_seals },
      { "begins a new file at the size", begins_a_new_file_at_the_size },
      { "recovers to the committed length", recovers_to_the_committed_length },
      { "never writes over a file", never_writes_over_a_file },
      { "a full disk leaves whole records", a_full_disk_leaves_whole_records },
      { "odd names are refused", odd_names_are_refused },
      { "survives want of memory", survives_want_of_memory })
