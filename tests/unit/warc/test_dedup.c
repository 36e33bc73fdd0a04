#include "stet/dedup.h"

#include "base/span.h"
#include "warc/record.h"

#include "lib/folder.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <stdio.h>
#include <unistd.h>

enum { BODY = 1024 };

static void put(FILE *f, int n, size_t body)
{
    fprintf(f,
            "WARC/1.1\r\nWARC-Type: response\r\n"
            "WARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2026-11-2%dT00:00:00Z"
            "\r\nWARC-Target-URI: http://a.example/%d\r\n"
            "Content-Type: application/http\r\nContent-Length: %zu\r\n\r\n"
            "HTTP/1.1 200 OK\r\n\r\n%0*d\r\n\r\n",
            n, n, n, body + 19, (int)body, 0);
}

static void write_input(size_t body)
{
    FILE *f = fopen(folder_path("in.warc"), "wb");

    if (!CHECK(f))
        return;
    for (int n = 0; n < 3; n++)
        put(f, n, body);
    CHECK_INT(fclose(f), 0);
}

static struct stet_warc_dedup_result result;

static int dedup_once(void)
{
    struct stet_warc_copy_options plain = { .packing = STET_WARC_PLAIN };
    struct stet_warc_dedup *d = NULL;
    int rc = stet_warc_dedup_new(&d, &plain, NULL);

    unlink(folder_path("out.warc"));
    if (rc == STET_OK)
        rc = stet_warc_dedup_look(d, folder_path("in.warc"), NULL);
    if (rc == STET_OK)
        rc = stet_warc_dedup_copy(d, folder_path("in.warc"),
                                  folder_path("out.warc"), &result, NULL);
    stet_warc_dedup_free(d);
    return rc;
}

static void bodies_of_1_kb_are_stored_once(void)
{
    static const struct {
        size_t body;
        uint64_t revisits;
    } rows[] = { { BODY - 1, 0 }, { BODY, 2 } };

    folder_make();
    for (size_t i = 0; i < 2; i++) {
        write_input(rows[i].body);
        CHECK_INT(dedup_once(), STET_OK);
        CHECK_INT(result.records, 3);
        CHECK_INT(result.revisits, rows[i].revisits);
        CHECK_INT(result.saved, rows[i].revisits * BODY);
    }
    folder_remove();
}

static void no_memory_is_told_and_leaves_nothing(void)
{
    folder_make();
    write_input(BODY);
    CHECK(torture(dedup_once));
    folder_remove();
}

TESTS({ "bodies of 1 KB are stored once", bodies_of_1_kb_are_stored_once },
      { "no memory is told and leaves nothing",
        no_memory_is_told_and_leaves_nothing })
