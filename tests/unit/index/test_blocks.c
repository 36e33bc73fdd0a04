#include "stet/index.h"

#include "base/buf.h"
#include "base/span.h"
#include "codec/codec.h"

#include "lib/folder.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <stdio.h>

enum { MAX = 1 << 20 };

/* -- blocks ---------------------------------------------------------------- */

struct made {
    struct stet_buf data, lines;
};

static int put_data(void *ctx, struct stet_span s)
{
    struct made *m = ctx;

    stet_buf_add_span(&m->data, s);
    return stet_buf_status(&m->data);
}

static int put_line(void *ctx, struct stet_span s)
{
    struct made *m = ctx;

    stet_buf_add_span(&m->lines, s);
    stet_buf_addc(&m->lines, '\n');
    return stet_buf_status(&m->lines);
}

static void init(struct made *m)
{
    stet_buf_init(&m->data, MAX);
    stet_buf_init(&m->lines, MAX);
}

static void clear(struct made *m)
{
    stet_buf_clear(&m->data);
    stet_buf_clear(&m->lines);
}

static const char *const input[] = { "com,a)/ 2020 {\"n\": 1}",
                                     "com,a)/ 2021 {\"n\": 2}",
                                     "com,b)/ 2020 {\"n\": 3}" };

static int make_blocks(struct made *m, size_t n)
{
    struct stet_index_blocks_options o = { "x.cdx.gz", 2, put_data, put_line,
                                           m };
    struct stet_index_blocks *b = NULL;
    int rc = stet_index_blocks_new(&b, &o, NULL);

    for (size_t i = 0; i < n && rc == STET_OK; i++)
        rc = stet_index_blocks_add(b, stet_span_of(input[i]), NULL);
    if (rc == STET_OK)
        rc = stet_index_blocks_finish(b, NULL);
    stet_index_blocks_free(b);
    return rc;
}

static void check_block(struct stet_span packed, const char *want)
{
    struct stet_buf out;

    stet_buf_init(&out, MAX);
    CHECK_INT(stet_codec_inflate(STET_CODING_GZIP, packed, &out, NULL, NULL),
              STET_OK);
    CHECK_SPAN(stet_buf_span(&out), want);
    stet_buf_clear(&out);
}

static void each_line_says_where_its_block_lies(void)
{
    unsigned at = 0, len = 0, at2 = 0, len2 = 0;
    struct made m;
    struct stet_span all, rest, line;

    init(&m);
    CHECK_INT(make_blocks(&m, 3), STET_OK);
    rest = stet_buf_span(&m.lines);
    line = stet_span_cut(&rest, '\n');
    CHECK_SPAN(line, "!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": "
                     "\"x.cdx.gz\"}");
    CHECK_INT(sscanf(rest.ptr,
                     "com,a)/ 2020 {\"offset\": %u, \"length\": %u, "
                     "\"digest\": \"sha256:%*64[0-9a-f]\", \"filename\": "
                     "\"x.cdx.gz\"}\n"
                     "com,b)/ 2020 {\"offset\": %u, \"length\": %u, ",
                     &at, &len, &at2, &len2),
              4);
    all = stet_buf_span(&m.data);
    CHECK_INT(at, 0);
    CHECK_INT(at2, len);
    CHECK_INT(at2 + len2, all.len);
    check_block(stet_span_sub(all, at, len),
                "com,a)/ 2020 {\"n\": 1}\ncom,a)/ 2021 {\"n\": 2}\n");
    check_block(stet_span_sub(all, at2, len2), "com,b)/ 2020 {\"n\": 3}\n");
    clear(&m);
    init(&m);
    CHECK_INT(make_blocks(&m, 0), STET_OK);
    CHECK_INT(m.data.len, 0);
    CHECK(m.lines.len > 0);
    clear(&m);
}

static int some_blocks(void)
{
    struct made m;
    int rc;

    init(&m);
    rc = make_blocks(&m, 3);
    clear(&m);
    return rc;
}

/* -- merging --------------------------------------------------------------- */

static const char *write_file(const char *name, const char *text)
{
    const char *path = folder_path(name);
    FILE *f = fopen(path, "w");

    if (f) {
        fputs(text, f);
        fclose(f);
    }
    return path;
}

static int merge(struct made *m, const char *a, const char *b, const char *c)
{
    const char *paths[] = { write_file("a", a), write_file("b", b),
                            write_file("c", c) };

    return stet_index_merge(paths, 3, put_line, m, NULL);
}

static void sorted_files_become_one(void)
{
    static const struct {
        const char *a, *b, *c, *want;
        int rc;
    } rows[] = {
        { "", "", "", "", STET_OK },
        { "a 1\nc 1\n", "b 1\n", "a 1\nd 1\n", "a 1\nb 1\nc 1\nd 1\n",
          STET_OK },
        { " CDX N b\nb\n", " CDX N b\na\n", " CDX N b\n", " CDX N b\na\nb\n",
          STET_OK },
        { "b", "a\r\n", "", "a\nb\n", STET_OK },
        { "a\na\n", "", "", "a\n", STET_OK },
        { "b\na\n", "c\n", "", "b\n", STET_EFORMAT },
    };

    folder_make();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct made m;

        init(&m);
        CHECK_INT(merge(&m, rows[i].a, rows[i].b, rows[i].c), rows[i].rc);
        CHECK_SPAN(stet_buf_span(&m.lines), rows[i].want);
        clear(&m);
    }
    folder_remove();
}

static void no_files_are_no_merge(void)
{
    struct made m;

    init(&m);
    CHECK_INT(stet_index_merge(NULL, 0, put_line, &m, NULL), STET_EUSAGE);
    clear(&m);
}

static int some_merge(void)
{
    struct made m;
    int rc;

    init(&m);
    rc = merge(&m, "a\nb\n", "a\nc\n", "b\n");
    clear(&m);
    return rc;
}

static void both_survive_want_of_memory(void)
{
    CHECK(torture(some_blocks));
    folder_make();
    CHECK(torture(some_merge));
    folder_remove();
}

TESTS({ "each line says where its block lies",
        each_line_says_where_its_block_lies },
      { "sorted files become one", sorted_files_become_one },
      { "no files are no merge", no_files_are_no_merge },
      { "both survive want of memory", both_survive_want_of_memory })
