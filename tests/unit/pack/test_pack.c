#include "stet/pack.h"

#include "base/span.h"
#include "pack/under.h"

#include "lib/folder.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");

    if (CHECK(f != NULL)) {
        CHECK_INT(fwrite(text, 1, strlen(text), f), strlen(text));
        fclose(f);
    }
}

static void paths_that_lead_elsewhere_are_not_safe(void)
{
    static const struct {
        const char *path;
        bool safe;
    } rows[] = {
        { "a", true },      { "a/b.c/d e", true }, { "...", true },
        { ".a/..b", true }, { "", false },         { ".", false },
        { "..", false },    { "/a", false },       { "a/", false },
        { "a//b", false },  { "a/../b", false },   { "a/./b", false },
        { "a\\b", false },  { "C:a", false },      { "a\nb", false },
        { "a\x7f", false }, { "\xc3\xa9", true },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].path);
        CHECK_INT(stet_under_is_safe(stet_span_of(rows[i].path)), rows[i].safe);
    }
    tap_row(NULL);
    CHECK(!stet_under_is_safe((struct stet_span){ "a\0b", 3 }));
}

static void files_are_made_below_the_folder_alone(void)
{
    int dir = open(folder_make(), O_RDONLY | O_DIRECTORY);
    int fd;

    CHECK_INT(stet_under_create(&fd, dir, STET_SPAN("a/b/c"), NULL), STET_OK);
    close(fd);
    CHECK(access(folder_path("a/b/c"), F_OK) == 0);
    CHECK_INT(stet_under_create(&fd, dir, STET_SPAN("a/b/c"), NULL),
              STET_ELOCKED);
    CHECK_INT(fd, -1);
    CHECK_INT(stet_under_create(&fd, dir, STET_SPAN("a/b/c/d"), NULL),
              STET_EIO);
    CHECK_INT(symlink("/tmp", folder_path("link")), 0);
    CHECK_INT(stet_under_create(&fd, dir, STET_SPAN("link/x"), NULL), STET_EIO);
    CHECK_INT(symlink("nowhere", folder_path("a/to")), 0);
    CHECK_INT(stet_under_create(&fd, dir, STET_SPAN("a/to"), NULL),
              STET_ELOCKED);
    CHECK(access(folder_path("a/nowhere"), F_OK) != 0);
    close(dir);
    folder_remove();
}

#define PAGE(length, body)                                                \
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n" \
    "WARC-Date: 2026-11-23T15:40:19Z\r\nWARC-Target-URI: "                \
    "http://a.example/\r\n"                                               \
    "Content-Type: application/http;msgtype=response\r\n"                 \
    "Content-Length: " length "\r\n\r\n"                                  \
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" body "\r\n\r\n"

static int pack(void)
{
    const char *const paths[] = { folder_path("a.warc") };

    return stet_pack(paths, 1, folder_path("a.wacz"), NULL, NULL, NULL);
}

static int round_no;

static int unpack(void)
{
    struct stet_pack_result r;
    char name[40];
    int rc;

    snprintf(name, sizeof(name), "out%d", round_no++);
    rc = stet_unpack(folder_path("a.wacz"), folder_path(name), NULL, NULL, &r,
                     NULL);
    if (rc == STET_OK) {
        CHECK_INT(r.files, 5);
        CHECK_INT(r.bad, 0);
    }
    return rc;
}

static int extract(void)
{
    struct stet_warc_reader *r = NULL;
    struct stet_warc_payload *p = NULL;
    struct stet_extract *x = NULL;
    struct stet_warc_record rec;
    struct stet_bytes path = { 0 };
    int rc = stet_extract_open(&x, folder_path("bodies"), NULL);

    if (rc == STET_OK)
        rc = stet_warc_reader_open(&r, folder_path("a.warc"), NULL, NULL);
    if (rc == STET_OK)
        rc = stet_warc_reader_next(r, &rec, NULL);
    if (rc == STET_OK)
        rc = stet_warc_payload_open(&p, r, &rec, STET_WARC_BODY, NULL);
    if (rc == STET_OK)
        rc = stet_extract_body(x, p, &rec, &path, NULL);
    if (rc == STET_OK)
        CHECK(path.len > 0 && strstr(path.data, "a.example") == path.data);
    stet_bytes_clear(&path);
    stet_warc_payload_free(p);
    stet_warc_reader_free(r);
    stet_extract_close(x);
    return rc;
}

static void no_memory_is_told_and_leaves_nothing(void)
{
    folder_make();
    /* Reading the head alone may well succeed without memory for a body. */
    write_file(folder_path("a.warc"), PAGE("44", ""));
    CHECK(torture(pack));
    CHECK(torture(unpack));
    write_file(folder_path("a.warc"), PAGE("47", "<p>"));
    CHECK(torture(extract));
    folder_remove();
}

TESTS({ "paths that lead elsewhere are not safe",
        paths_that_lead_elsewhere_are_not_safe },
      { "files are made below the folder alone",
        files_are_made_below_the_folder_alone },
      { "no memory is told and leaves nothing",
        no_memory_is_told_and_leaves_nothing })
