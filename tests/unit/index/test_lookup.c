#include "stet/index.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/span.h"

#include "lib/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES = 500 };

/* Lines "000 xx...", "002 ...", by twos, of very different lengths. */
static void write_lines(const char *path)
{
    struct stet_buf b;

    stet_buf_init(&b, 1 << 20);
    for (int i = 0; i < LINES; i++) {
        stet_buf_addf(&b, "%04d ", 2 * i);
        for (int k = 0; k < i * i % 97; k++)
            stet_buf_addc(&b, 'x');
        stet_buf_addc(&b, '\n');
    }
    CHECK_INT(stet_file_replace(path, stet_buf_span(&b), NULL), STET_OK);
    stet_buf_clear(&b);
}

static void every_line_is_found(void)
{
    char path[] = "/tmp/stet-test-XXXXXX";
    int fd = mkstemp(path);
    struct stet_cdx *c = NULL;
    struct stet_span line;
    char key[16];

    if (!CHECK(fd >= 0))
        return;
    close(fd);
    write_lines(path);
    CHECK_INT(stet_cdx_open(&c, path, NULL), STET_OK);
    for (int i = 0; i < 2 * LINES - 1; i++) {
        snprintf(key, sizeof(key), "%04d ", i);
        CHECK_INT(stet_cdx_seek(c, stet_span_of(key), NULL), STET_OK);
        CHECK_INT(stet_cdx_next(c, &line, NULL), STET_OK);
        snprintf(key, sizeof(key), "%04d", i + i % 2);
        CHECK_SPAN(stet_cdx_key(line), key);
    }
    CHECK_INT(stet_cdx_seek(c, STET_SPAN("9"), NULL), STET_OK);
    CHECK_INT(stet_cdx_next(c, &line, NULL), STET_END);
    CHECK_INT(stet_cdx_seek(c, STET_SPAN(""), NULL), STET_OK);
    CHECK_INT(stet_cdx_next(c, &line, NULL), STET_OK);
    CHECK_SPAN(line, "0000 ");
    stet_cdx_close(c);
    unlink(path);
}

static void odd_files_are_read(void)
{
    static const struct {
        const char *text, *seek, *want;
    } rows[] = {
        { "", "a", NULL },     { "a", "a", "a" },       { "a\nb", "b", "b" },
        { "a\nb", "c", NULL }, { "\n\na\n", "a", "a" },
    };
    char path[] = "/tmp/stet-test-XXXXXX";
    int fd = mkstemp(path);
    struct stet_span line;

    if (!CHECK(fd >= 0))
        return;
    close(fd);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_cdx *c = NULL;

        CHECK_INT(stet_file_replace(path, stet_span_of(rows[i].text), NULL),
                  STET_OK);
        CHECK_INT(stet_cdx_open(&c, path, NULL), STET_OK);
        CHECK_INT(stet_cdx_seek(c, stet_span_of(rows[i].seek), NULL), STET_OK);
        CHECK_INT(stet_cdx_next(c, &line, NULL),
                  rows[i].want ? STET_OK : STET_END);
        if (rows[i].want)
            CHECK_SPAN(line, rows[i].want);
        stet_cdx_close(c);
    }
    unlink(path);
}

static void no_file_is_told(void)
{
    struct stet_cdx *c = NULL;

    CHECK_INT(stet_cdx_open(&c, "/no/such/file", NULL), STET_ENOTFOUND);
    CHECK(!c);
}

TESTS({ "every line is found", every_line_is_found },
      { "odd files are read", odd_files_are_read },
      { "no file is told", no_file_is_told })
