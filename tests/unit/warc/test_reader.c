#include "stet/warc.h"

#include "base/buf.h"
#include "base/span.h"
#include "warc/record.h"

#include "lib/folder.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is told of a file: "type@offset+length" a record, "!problem" each. */
struct story {
    struct stet_buf text;
};

static void on_problem(void *ctx, enum stet_warc_problem p, uint64_t offset,
                       const char *text)
{
    struct story *s = ctx;

    (void)offset;
    (void)text;
    stet_buf_addf(&s->text, "!%s ", stet_warc_problem_name(p));
}

/* Reads everything; blocks are added in brackets when asked for. */
static int tell_all(struct story *s, struct stet_warc_reader *r, bool blocks)
{
    struct stet_warc_record rec;
    int rc = STET_OK;

    while (rc == STET_OK &&
           (rc = stet_warc_reader_next(r, &rec, NULL)) == STET_OK) {
        uint64_t length;
        char piece[3];
        size_t got = 1;
        int read = STET_OK;

        stet_buf_add_span(&s->text, rec.type);
        stet_buf_addf(&s->text, "@%llu", (unsigned long long)rec.offset);
        if (blocks)
            stet_buf_adds(&s->text, "[");
        while (blocks && read == STET_OK && got > 0) {
            read = stet_warc_reader_read(r, piece, sizeof(piece), &got, NULL);
            stet_buf_add(&s->text, piece, got);
        }
        if (blocks)
            stet_buf_adds(&s->text, read < 0 ? "~]" : "]");
        rc = stet_warc_reader_finish(r, &length, NULL);
        stet_buf_addf(&s->text, "+%llu ", (unsigned long long)length);
    }
    return rc == STET_END ? stet_buf_status(&s->text) : rc;
}

static int tell(struct story *s, struct stet_span bytes, bool blocks)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, s };
    struct stet_warc_reader *r = NULL;
    int rc = stet_warc_reader_from_memory(&r, bytes, &o, NULL);

    if (rc == STET_OK)
        rc = tell_all(s, r, blocks);
    stet_warc_reader_free(r);
    return rc;
}

/* The same of a file that holds the bytes. */
static int tell_file(struct story *s, struct stet_span bytes)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, s };
    struct stet_warc_reader *r = NULL;
    FILE *f = fopen(folder_path("file"), "wb");
    int rc;

    if (!CHECK(f))
        return STET_EIO;
    CHECK_INT(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
    fclose(f);
    rc = stet_warc_reader_open(&r, folder_path("file"), &o, NULL);
    if (rc == STET_OK)
        rc = tell_all(s, r, false);
    stet_warc_reader_free(r);
    return rc;
}

static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    while ((text = strstr(text, what))) {
        n++;
        text++;
    }
    return n;
}

static void check_story(struct stet_span bytes, bool blocks, const char *want)
{
    struct story s;

    stet_buf_init(&s.text, 1 << 20);
    CHECK_INT(tell(&s, bytes, blocks), STET_OK);
    CHECK_SPAN(stet_span_trim(stet_buf_span(&s.text)), want);
    stet_buf_clear(&s.text);
}

#define REC(type, len, block)                                                  \
    "WARC/1.1\r\nWARC-Type: " type "\r\nContent-Length: " len "\r\n\r\n" block \
    "\r\n\r\n"

static void plain_files_are_told_as_they_are(void)
{
    static const struct {
        const char *name, *bytes, *want;
    } rows[] = {
        { "nothing", "", "" },
        { "two records", REC("a", "2", "xy") REC("b", "0", ""),
          "a@0[xy]+51 b@51[]+49" },
        { "a missing line end",
          "WARC/1.1\r\nWARC-Type: a\r\nContent-Length: "
          "2\r\n\r\nxy\r\n" REC("b", "0", ""),
          "a@0[xy]!record-end +49 b@49[]+49" },
        { "too many line ends", REC("a", "2", "xy\r\n\r\n") REC("b", "0", ""),
          "a@0[xy]+51 !record-end b@55[]+49" },
        { "a length too short", REC("a", "1", "xyz") REC("b", "0", ""),
          "a@0[x]!record-end +46 !garbage-between-records b@52[]+49" },
        { "a length too long", REC("a", "20", "xyz"),
          "a@0[xyz\r\n\r\n!record-cut-off ~]+53" },
        { "no length", "WARC/1.1\r\nWARC-Type: a\r\n\r\n" REC("b", "0", ""),
          "!content-length a@0[]+26 b@26[]+49" },
        { "a negative length", REC("a", "-1", "") REC("b", "0", ""),
          "!content-length a@0[]+46 b@50[]+49" },
        { "a huge length", REC("a", "18446744073709551615", ""),
          "a@0[\r\n\r\n!record-cut-off ~]+68" },
        { "an overlong length", REC("a", "18446744073709551616", ""),
          "!content-length a@0[]+64" },
        { "no type", "WARC/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\r\n",
          "!type-missing @0[x]+36" },
        { "bare line feeds",
          "WARC/1.1\nWARC-Type: a\nContent-Length: "
          "2\n\nxy\r\n\r\n" REC("b", "0", ""),
          "!header-line-end a@0[xy]+47 b@47[]+49" },
        { "a line that is no field",
          "WARC/1.1\r\nWARC-Type: a\r\nhm\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
          "!header-line a@0[]+53" },
        { "an unknown version",
          "WARC/1.2\r\nWARC-Type: a\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
          "!version-line a@0[]+49" },
        { "an old version",
          "WARC/0.18\r\nWARC-Type: a\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
          "a@0[]+50" },
        { "garbage before", "hello\r\n" REC("b", "0", ""),
          "!garbage-between-records b@7[]+49" },
        { "garbage only", "hello", "!garbage-between-records" },
        { "a header cut off", "WARC/1.1\r\nWARC-Type: a\r\n",
          "!record-cut-off" },
        { "an empty line first", "\r\n" REC("b", "0", ""), "b@2[]+49" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].name);
        check_story(stet_span_of(rows[i].bytes), true, rows[i].want);
    }
    tap_row(NULL);
}

static void fields_are_read_in_any_case_and_unfolded(void)
{
    static const struct stet_span bytes = STET_SPAN_INIT(
        "WARC/1.0\r\nwarc-type:a\r\nContent-length :  2\r\n"
        "WARC-Target-URI: <http://a.example/>\r\n"
        "Long: one\r\n\ttwo\r\n  three\r\nLong: again\r\nEmpty:\r\n"
        "WARC-Date: 2026-11-23T15:40:19.123Z\r\n\r\nxy\r\n\r\n");
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;

    CHECK_INT(stet_warc_reader_from_memory(&r, bytes, NULL, NULL), STET_OK);
    CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_OK);
    CHECK_SPAN(rec.version, "WARC/1.0");
    CHECK_SPAN(rec.type, "a");
    CHECK_INT(rec.block_length, 2);
    CHECK_SPAN(stet_warc_record_field(&rec, "LONG"), "one  \ttwo    three");
    CHECK_SPAN(stet_warc_record_uri(&rec, "WARC-Target-URI"),
               "http://a.example/");
    CHECK(stet_warc_record_field(&rec, "empty").ptr != NULL);
    CHECK(stet_warc_record_field(&rec, "absent").ptr == NULL);
    CHECK_INT(stet_warc_record_date(&rec), INT64_C(1795448419123));
    CHECK_INT(rec.n_fields, 7);
    stet_warc_reader_free(r);
}

/* -- compressed files ------------------------------------------------------ */

/* Packs strings, one gzip member each: 28 bytes more than the string. */
static bool zip(struct stet_spool *out, const char *const *texts, size_t n)
{
    struct stet_gzip *g = NULL;
    int rc = stet_gzip_new(&g, STET_GZIP_LEVEL, NULL);

    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        struct stet_span part = stet_span_of(texts[i]);

        rc = stet_gzip_add(g, out, &part, 1, true, NULL);
    }
    stet_gzip_free(g);
    return CHECK_INT(rc, STET_OK);
}

static void check_zipped(const char *const *texts, size_t n, const char *want)
{
    struct stet_spool spool;
    struct stet_span bytes;

    stet_spool_init(&spool, NULL, 1 << 20);
    if (zip(&spool, texts, n) &&
        CHECK_INT(stet_spool_view(&spool, &bytes, NULL), STET_OK))
        check_story(bytes, true, want);
    stet_spool_clear(&spool);
}

static void members_are_told_as_they_are(void)
{
    static const char *const each[] = { REC("a", "2", "xy"),
                                        REC("b", "0", "") };
    static const char *const one[] = { REC("a", "2", "xy") REC("b", "0", "") };
    static const char *const cut[] = { "WARC/1.1\r\nWARC-Type: a\r\nConte",
                                       "nt-Length: 6\r\n\r\nab",
                                       "cdef\r\n",
                                       "",
                                       "\r\n",
                                       REC("b", "0", "") };
    static const char *const torn[] = {
        "WARC/1.1\r\nWARC-Type: a\r\nContent-Length: 10\r\n\r\nabc",
        REC("b", "0", "")
    };
    static const char *const headless[] = { "WARC/1.1\r\nWARC-Type: a\r\n",
                                            REC("b", "0", "") };
    static const char *const empty[] = { "", REC("b", "0", ""), "" };
    static const char *const tail[] = { REC("a", "0", "") "tail",
                                        REC("b", "0", "") };

    check_zipped(each, 2, "a@0[xy]+79 b@79[]+77");
    check_zipped(one, 1, "a@0[xy]+0 !gzip-member-per-record b@0[]+128");
    check_zipped(cut, 6,
                 "!gzip-member-per-record a@0[ab!gzip-member-per-record cdef]"
                 "!record-end +137 !record-end b@190[]+77");
    check_zipped(torn, 2, "a@0[abc!record-cut-off ~]+0 b@77[]+77");
    check_zipped(headless, 2, "!record-cut-off b@52[]+77");
    check_zipped(empty, 3, "b@23[]+77");
    check_zipped(tail, 2, "a@0[]+0 !garbage-between-records b@81[]+77");
}

static void zipped_damage_costs_only_what_it_hits(void)
{
    static const char *const texts[] = { REC("a", "2", "xy"),
                                         REC("b", "3", "123"),
                                         REC("c", "0", "") };
    struct stet_spool spool;
    struct stet_span all;
    char copy[300];

    stet_spool_init(&spool, NULL, 1 << 20);
    if (!zip(&spool, texts, 3) ||
        !CHECK_INT(stet_spool_view(&spool, &all, NULL), STET_OK) ||
        !CHECK(all.len < sizeof(copy) - 8))
        goto done;
    check_story(all, false, "a@0+79 b@79+80 c@159+77");

    memcpy(copy, all.ptr, all.len);
    copy[159 - 8] ^= 1;
    check_story((struct stet_span){ copy, all.len }, false,
                "a@0+79 !gzip-checksum b@79+76 c@159+77");
    memcpy(copy, all.ptr, all.len);
    copy[79 + 11] ^= 1; /* the stored block's length */
    check_story((struct stet_span){ copy, all.len }, false,
                "a@0+79 !gzip-broken c@159+77");
    memcpy(copy, all.ptr, all.len);
    copy[79] ^= 0x55;
    check_story((struct stet_span){ copy, all.len }, false,
                "a@0+79 !garbage-between-records c@159+77");
    memcpy(copy, all.ptr, all.len);
    memcpy(copy + all.len, "\x1f\x8b\x08zip", 6);
    check_story((struct stet_span){ copy, all.len + 6 }, false,
                "a@0+79 b@79+80 c@159+77 !gzip-broken");
done:
    stet_spool_clear(&spool);
}

/* Cut anywhere, the whole records before the cut are there, and no more. */
static void cut_anywhere_the_whole_records_are_there(void)
{
    static const char *const texts[] = { REC("a", "2", "xy"),
                                         REC("b", "3", "123"),
                                         REC("c", "0", "") };
    static const size_t ends[] = { 79, 159, 236 };
    struct stet_spool spool;
    struct stet_span all;

    stet_spool_init(&spool, NULL, 1 << 20);
    if (!zip(&spool, texts, 3) ||
        !CHECK_INT(stet_spool_view(&spool, &all, NULL), STET_OK) ||
        !CHECK_INT(all.len, 236))
        goto done;
    for (size_t n = 0; n <= all.len; n++) {
        struct stet_span bytes = { all.ptr, n };
        struct story s;
        size_t whole = 0;

        stet_buf_init(&s.text, 1 << 16);
        CHECK_INT(tell(&s, bytes, true), STET_OK);
        while (whole < 3 && ends[whole] <= n)
            whole++;
        CHECK(stet_span_find(stet_buf_span(&s.text), STET_SPAN("!")) <
                  s.text.len ||
              n == 0 || n == 79 || n == 159 || n == 236);
        for (size_t i = 0; i < 3; i++) {
            static const char *const told[] = { "a@0[xy]+79 ", "b@79[123]+80 ",
                                                "c@159[]+77 " };
            bool is_told = stet_span_find(stet_buf_span(&s.text),
                                          stet_span_of(told[i])) < s.text.len;
            CHECK(is_told == (i < whole));
        }
        stet_buf_clear(&s.text);
    }
done:
    stet_spool_clear(&spool);
}

/* Members of all sizes around the reader's window, each with what looks like
 * the beginning of another inside, come out of a file as out of memory. */
static void large_members_are_told_as_small_ones(void)
{
    static const char magic[] = "\x1f\x8b\x08\x00";
    static const size_t sizes[] = { 100,    65000,   260000, 262144,
                                    270000, 1100000, 5,      9 };
    enum { KINDS = sizeof(sizes) / sizeof(sizes[0]) };
    struct stet_spool spool;
    struct stet_gzip *g = NULL;
    struct stet_buf record;
    struct stet_span all;
    struct story one, two;

    folder_make();
    stet_spool_init(&spool, NULL, 1 << 26);
    stet_buf_init(&record, 1 << 23);
    stet_buf_init(&one.text, 1 << 16);
    stet_buf_init(&two.text, 1 << 16);
    CHECK_INT(stet_gzip_new(&g, STET_GZIP_LEVEL, NULL), STET_OK);
    for (size_t i = 0; i < KINDS * KINDS; i++) {
        size_t size = sizes[i % KINDS];
        struct stet_span part;

        stet_buf_reset(&record);
        stet_buf_addf(&record,
                      "WARC/1.1\r\nWARC-Type: a\r\nContent-Length: "
                      "%zu\r\n\r\n",
                      size);
        for (size_t n = 0; n < size; n++)
            stet_buf_addc(&record, magic[(n + i) % 4]);
        stet_buf_adds(&record, "\r\n\r\n");
        part = stet_buf_span(&record);
        CHECK_INT(stet_gzip_add(g, &spool, &part, 1, i % 3 > 0, NULL), STET_OK);
    }
    CHECK_INT(stet_spool_view(&spool, &all, NULL), STET_OK);
    CHECK_INT(tell(&one, all, false), STET_OK);
    CHECK_INT(tell_file(&two, all), STET_OK);
    CHECK_INT(count(one.text.data, "a@"), KINDS * KINDS);
    CHECK_INT(count(one.text.data, "!"), 0);
    CHECK_SPAN(stet_buf_span(&two.text), one.text.data);
    stet_buf_clear(&one.text);
    stet_buf_clear(&two.text);
    stet_buf_clear(&record);
    stet_gzip_free(g);
    stet_spool_clear(&spool);
    folder_remove();
}

static void strict_readers_stop_at_the_first_problem(void)
{
    static const struct stet_warc_reader_options strict = {
        .policy = STET_WARC_STRICT
    };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    struct stet_error err = { 0 };

    CHECK_INT(stet_warc_reader_from_memory(
                  &r, STET_SPAN("hello\r\n" REC("b", "0", "")), &strict, NULL),
              STET_OK);
    CHECK_INT(stet_warc_reader_next(r, &rec, &err), STET_EFORMAT);
    CHECK_STR(err.text, "record at 0: no record begins here");
    CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_EFORMAT);
    CHECK_INT(stet_warc_reader_seek(r, 7, NULL), STET_OK);
    CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_OK);
    CHECK_SPAN(rec.type, "b");
    stet_warc_reader_free(r);
}

/* -- ARC --------------------------------------------------------------------
 */

#define FILEDESC                                                     \
    "filedesc://a.arc 0.0.0.0 20200102030405 text/plain 76\n1 0 X\n" \
    "URL IP-address Archive-date Content-type "                      \
    "Archive-length\n1234567890123\n\n"
#define ARC(len, block) \
    "http://a.example/ 192.0.2.1 20200102030405 text/html " len "\n" block

static void arc_files_are_told_as_they_are(void)
{
    static const struct {
        const char *name, *bytes, *want;
    } rows[] = {
        { "two records", FILEDESC ARC("2", "xy\n") ARC("0", "\n"),
          "warcinfo@0[1 0 X\nURL IP-address Archive-date Content-type "
          "Archive-length\n1234567890123\n]+131 response@131[xy]+58 "
          "response@189[]+56" },
        { "no line of the file's own", ARC("2", "xy\n") ARC("1", "z"),
          "response@0[xy]+58 response@58[z]+56" },
        { "carriage returns and more line ends",
          "http://a.example/ 192.0.2.1 20200102030405 text/html 2\r\nxy"
          "\r\n\r\n" ARC("1", "z\n"),
          "response@0[xy]+62 response@62[z]+57" },
        { "no line end after a block", ARC("2", "xy") ARC("1", "z\n"),
          "response@0[xy]!record-end +57 response@57[z]+57" },
        { "a length too short", ARC("1", "xyz\n") ARC("1", "z\n"),
          "response@0[x]!record-end +56 !garbage-between-records "
          "response@59[z]+57" },
        { "a length too long", ARC("9", "xyz\n"),
          "response@0[xyz\n!record-cut-off ~]+59" },
        { "no length", ARC("-1", "xyz\n") ARC("1", "z\n"),
          "!content-length response@0[]+56 response@60[z]+57" },
        { "no date",
          "http://a.example/ 192.0.2.1 - text/html 1\nx\n" ARC("1", "z\n"),
          "!header-line response@0[x]+44 response@44[z]+57" },
        { "a WARC record inside", FILEDESC ARC("51", REC("a", "2", "xy")) "\n",
          "warcinfo@0[1 0 X\nURL IP-address Archive-date Content-type "
          "Archive-length\n1234567890123\n]+131 response@131[WARC/1.1\r\n"
          "WARC-Type: a\r\nContent-Length: 2\r\n\r\nxy\r\n\r\n]+108" },
        { "a line like ARC's in a WARC file",
          REC("a", "2", "xy") ARC("0", "\n"),
          "a@0[xy]+51 !garbage-between-records" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].name);
        check_story(stet_span_of(rows[i].bytes), true, rows[i].want);
    }
    tap_row(NULL);
}

static void arc_members_are_told_as_they_are(void)
{
    static const char *const each[] = { ARC("2", "xy\n"), ARC("1", "z\n") };
    static const char *const one[] = { ARC("2", "xy\n") ARC("1", "z\n") };
    static const char *const cut[] = { ARC("9", "xyz"), "123456\n",
                                       ARC("1", "z\n") };
    static const char *const torn[] = { ARC("9", "xyz"), ARC("1", "z\n") };

    check_zipped(each, 2, "response@0[xy]+86 response@86[z]+85");
    check_zipped(one, 1,
                 "response@0[xy]+0 !gzip-member-per-record response@0[z]+143");
    check_zipped(cut, 3,
                 "response@0[xyz!gzip-member-per-record 123456]+121 "
                 "response@121[z]+85");
    check_zipped(torn, 2,
                 "response@0[xyz!record-cut-off ~]+0 response@86[z]+85");
}

static void arc_lines_come_as_warc_headers(void)
{
    static const struct stet_span bytes = STET_SPAN_INIT(
        "http://a.example/a b 192.0.2.1 20200102030405 text/html; charset=x "
        "200 abc - 7 a.arc 2\nxy\ndns:a.example 192.0.2.2 20200102030406 "
        "text/dns 1\nz\n");
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;

    CHECK_INT(stet_warc_reader_from_memory(&r, bytes, NULL, NULL), STET_OK);
    CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_OK);
    CHECK(rec.is_arc);
    CHECK_SPAN(rec.version, "WARC/1.0");
    CHECK_SPAN(rec.type, "response");
    CHECK_INT(rec.block_length, 2);
    CHECK_SPAN(stet_span_sub(rec.raw_header, 0, 20), "http://a.example/a b");
    CHECK_INT(rec.raw_header.len, 87);
    CHECK_SPAN(stet_warc_record_field(&rec, "WARC-Target-URI"),
               "http://a.example/a%20b");
    CHECK_SPAN(stet_warc_record_field(&rec, "WARC-IP-Address"), "192.0.2.1");
    CHECK_SPAN(stet_warc_record_field(&rec, "WARC-Date"),
               "2020-01-02T03:04:05Z");
    CHECK_SPAN(stet_warc_record_field(&rec, "Content-Type"),
               "application/http;msgtype=response");
    CHECK_INT(stet_warc_record_field(&rec, "WARC-Record-ID").len, 47);
    CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_OK);
    CHECK_SPAN(rec.type, "resource");
    CHECK_SPAN(stet_warc_record_field(&rec, "Content-Type"), "text/dns");
    CHECK_INT(stet_warc_reader_seek(r, 87 + 3, NULL), STET_OK);
    CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_OK);
    CHECK_SPAN(rec.type, "resource");
    stet_warc_reader_free(r);
}

static void seeks_to_records(void)
{
    static const char *const texts[] = { REC("a", "2", "xy"),
                                         REC("b", "3", "123"),
                                         REC("c", "0", "") };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    struct stet_spool spool;
    struct stet_span all;
    uint64_t length;

    stet_spool_init(&spool, NULL, 1 << 20);
    if (zip(&spool, texts, 3) &&
        CHECK_INT(stet_spool_view(&spool, &all, NULL), STET_OK) &&
        CHECK_INT(stet_warc_reader_from_memory(&r, all, NULL, NULL), STET_OK)) {
        CHECK_INT(stet_warc_reader_seek(r, 159, NULL), STET_OK);
        CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_OK);
        CHECK_SPAN(rec.type, "c");
        CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_END);
        CHECK_INT(stet_warc_reader_seek(r, 79, NULL), STET_OK);
        CHECK_INT(stet_warc_reader_next(r, &rec, NULL), STET_OK);
        CHECK_SPAN(rec.type, "b");
        CHECK_INT(stet_warc_reader_finish(r, &length, NULL), STET_OK);
        CHECK_INT(length, 80);
        CHECK_SPAN(rec.type, "b");
    }
    stet_warc_reader_free(r);
    stet_spool_clear(&spool);
}

/* Made by the reference library: a frame each, and with a dictionary of
 * one record's header, raw and itself compressed. */
static void zstd_frames_are_members(void)
{
    static const struct {
        const char *name;
        struct stet_span bytes;
        const char *want;
    } rows[] = {
        { "no dictionary",
          STET_SPAN_INIT(
              "\050\265\057\375\044\063\231\001\000\127\101\122\103\057"
              "\061\056\061\015\012\127\101\122\103\055\124\171\160\145"
              "\072\040\141\015\012\103\157\156\164\145\156\164\055\114"
              "\145\156\147\164\150\072\040\062\015\012\015\012\170\171"
              "\015\012\015\012\160\030\211\373\050\265\057\375\044\061"
              "\211\001\000\127\101\122\103\057\061\056\061\015\012\127"
              "\101\122\103\055\124\171\160\145\072\040\142\015\012\103"
              "\157\156\164\145\156\164\055\114\145\156\147\164\150\072"
              "\040\060\015\012\015\012\015\012\015\012\354\333\344\154"),
          "a@0[xy]+64 b@64[]+62" },
        { "a raw dictionary",
          STET_SPAN_INIT(
              "\135\052\115\030\055\000\000\000\127\101\122\103\057\061"
              "\056\061\015\012\127\101\122\103\055\124\171\160\145\072"
              "\040\141\015\012\103\157\156\164\145\156\164\055\114\145"
              "\156\147\164\150\072\040\062\015\012\015\012\050\265\057"
              "\375\044\063\155\000\000\060\170\171\015\012\015\012\001"
              "\000\102\123\001\001\160\030\211\373\050\265\057\375\044"
              "\061\205\000\000\060\142\060\015\012\015\012\003\000\040"
              "\020\340\035\374\124\020\354\333\344\154"),
          "a@53[xy]+26 b@79[]+29" },
        { "a packed dictionary",
          STET_SPAN_INIT(
              "\135\052\115\030\072\000\000\000\050\265\057\375\044\055"
              "\151\001\000\127\101\122\103\057\061\056\061\015\012\127"
              "\101\122\103\055\124\171\160\145\072\040\141\015\012\103"
              "\157\156\164\145\156\164\055\114\145\156\147\164\150\072"
              "\040\062\015\012\015\012\147\146\230\112\050\265\057\375"
              "\044\063\155\000\000\060\170\171\015\012\015\012\001\000"
              "\102\123\001\001\160\030\211\373\050\265\057\375\044\061"
              "\205\000\000\060\142\060\015\012\015\012\003\000\040\020"
              "\340\035\374\124\020\354\333\344\154"),
          "a@66[xy]+26 b@92[]+29" },
        { "a frame cut off",
          STET_SPAN_INIT(
              "\050\265\057\375\044\063\231\001\000\127\101\122\103\057"
              "\061\056\061\015\012\127\101\122\103\055\124\171\160\145"
              "\072\040\141\015\012\103\157\156\164\145\156\164\055\114"
              "\145\156\147\164\150\072\040\062\015\012\015\012\170\171"
              "\015\012\015\012\160\030\211\373\050\265\057\375\044\061"
              "\211\001\000\127\101\122\103\057\061\056\061\015\012\127"
              "\101\122\103\055\124\171\160\145\072\040\142\015\012\103"
              "\157\156\164\145\156\164\055\114\145\156\147\164\150\072"
              "\040\060\015\012\015\012\015\012\015\012\354"),
          "a@0[xy]+64 b@64[]!gzip-truncated +59" },
        { "a dictionary cut off",
          STET_SPAN_INIT(
              "\135\052\115\030\055\000\000\000\127\101\122\103\057\061"
              "\056\061\015\012\127\101"),
          "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].name);
        check_story(rows[i].bytes, true, rows[i].want);
    }
    tap_row(NULL);
}

/* -- drip ------------------------------------------------------------------ */

/* A child that writes the bytes into a pipe one by one. */
static int drip(struct stet_span bytes, pid_t *child)
{
    int ends[2];

    if (pipe(ends) < 0)
        return -1;
    *child = fork();
    if (*child == 0) {
        for (size_t i = 0; i < bytes.len; i++)
            if (write(ends[1], bytes.ptr + i, 1) != 1)
                _exit(1);
        _exit(0);
    }
    close(ends[1]);
    return ends[0];
}

static int tell_dripped(struct story *s, struct stet_span bytes)
{
    struct stet_warc_reader_options o = { STET_WARC_WARN, on_problem, s };
    struct stet_warc_reader *r = NULL;
    char path[32];
    pid_t child = -1;
    int fd = drip(bytes, &child);
    int rc;

    snprintf(path, sizeof(path), "/dev/fd/%d", fd);
    rc = stet_warc_reader_open(&r, path, &o, NULL);
    if (rc == STET_OK)
        rc = tell_all(s, r, true);
    stet_warc_reader_free(r);
    close(fd);
    waitpid(child, NULL, 0);
    return rc;
}

static void dripped_bytes_tell_the_same(void)
{
    static const char *const texts[] = { REC("a", "2", "xy"),
                                         REC("b", "3", "123") "\r\n",
                                         REC("c", "0", "") REC("d", "0", "") };
    struct stet_spool spool;
    struct stet_span all;

    stet_spool_init(&spool, NULL, 1 << 20);
    if (!zip(&spool, texts, 3) ||
        !CHECK_INT(stet_spool_view(&spool, &all, NULL), STET_OK))
        goto done;
    for (int zipped = 0; zipped < 2; zipped++) {
        struct stet_span bytes =
            zipped ? all : STET_SPAN(REC("a", "2", "xy") REC("b", "1", "y"));
        struct story one, two;

        stet_buf_init(&one.text, 1 << 16);
        stet_buf_init(&two.text, 1 << 16);
        CHECK_INT(tell(&one, bytes, true), STET_OK);
        CHECK_INT(tell_dripped(&two, bytes), STET_OK);
        CHECK(one.text.len > 0);
        CHECK_SPAN(stet_buf_span(&two.text), one.text.data);
        stet_buf_clear(&one.text);
        stet_buf_clear(&two.text);
    }
done:
    stet_spool_clear(&spool);
}

/* -- round trip ------------------------------------------------------------ */

static int pack_some(struct stet_spool *spool, struct stet_gzip *g,
                     struct stet_span body)
{
    struct stet_warc_pack how = { .gzip = g };
    struct stet_warc_header h;
    int rc = STET_OK;

    stet_warc_header_init(&h);
    for (int i = 0; i < 3 && rc == STET_OK; i++) {
        stet_warc_header_begin(&h, STET_WARC_1_1, "resource",
                               "00000000-0000-4000-8000-000000000001", 0);
        stet_warc_header_add(&h, "X", STET_SPAN("a\r\n\r\nWARC/1.1"));
        how.stored = i == 1;
        rc = stet_warc_record_pack(spool, &h, STET_SPAN("head"), body, &how,
                                   NULL);
    }
    stet_warc_header_clear(&h);
    return rc;
}

static int go_round(void)
{
    static char body[100000];
    struct stet_warc_reader_options strict = { .policy = STET_WARC_STRICT };
    struct stet_gzip *g = NULL;
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    struct stet_spool spool;
    struct stet_span all;
    unsigned n = 0;
    int rc = stet_gzip_new(&g, STET_GZIP_LEVEL, NULL);

    stet_spool_init(&spool, NULL, 1 << 20);
    if (rc == STET_OK)
        rc = pack_some(&spool, g, (struct stet_span){ body, sizeof(body) });
    if (rc == STET_OK)
        rc = stet_spool_view(&spool, &all, NULL);
    if (rc == STET_OK)
        rc = stet_warc_reader_from_memory(&r, all, &strict, NULL);
    while (rc == STET_OK &&
           (rc = stet_warc_reader_next(r, &rec, NULL)) == STET_OK) {
        CHECK_INT(rec.block_length, sizeof(body) + 4);
        CHECK_SPAN(stet_warc_record_field(&rec, "X"), "a    WARC/1.1");
        n++;
    }
    if (rc == STET_END)
        rc = n == 3 ? STET_OK : STET_EFORMAT;
    stet_warc_reader_free(r);
    stet_gzip_free(g);
    stet_spool_clear(&spool);
    return rc;
}

static void what_is_written_is_read_even_without_memory(void)
{
    CHECK(torture(go_round));
}

TESTS({ "plain files are told as they are", plain_files_are_told_as_they_are },
      { "fields are read in any case and unfolded",
        fields_are_read_in_any_case_and_unfolded },
      { "members are told as they are", members_are_told_as_they_are },
      { "zipped damage costs only what it hits",
        zipped_damage_costs_only_what_it_hits },
      { "cut anywhere, the whole records are there",
        cut_anywhere_the_whole_records_are_there },
      { "large members are told as small ones",
        large_members_are_told_as_small_ones },
      { "strict readers stop at the first problem",
        strict_readers_stop_at_the_first_problem },
      { "ARC files are told as they are", arc_files_are_told_as_they_are },
      { "ARC members are told as they are", arc_members_are_told_as_they_are },
      { "ARC lines come as WARC headers", arc_lines_come_as_warc_headers },
      { "seeks to records", seeks_to_records },
      { "dripped bytes tell the same", dripped_bytes_tell_the_same },
      { "zstd frames are members", zstd_frames_are_members },
      { "what is written is read, even without memory",
        what_is_written_is_read_even_without_memory })
