#include "warc/arc.h"

#include "lib/tap.h"

/* "url|address|date|type|length", with "|result|checksum|location" behind
 * for version 2; "" is no line. */
static void lines_are_cut_at_address_and_date(void)
{
    static const struct {
        const char *line, *want;
    } rows[] = {
        { "http://a/ 1.2.3.4 20200102030405 text/html 12",
          "http://a/|1.2.3.4|20200102030405|text/html|12|||" },
        { "http://a/ ::1 20200102030405 text/html 12",
          "http://a/|::1|20200102030405|text/html|12|||" },
        { "http://a/b c 1.2.3.4 20200102030405 text/html; charset=x 12",
          "http://a/b c|1.2.3.4|20200102030405|text/html; charset=x|12|||" },
        { "http://a/ 1.2.3.4 20200102030405 text/html 200 abc http://b/ 0 f 9",
          "http://a/|1.2.3.4|20200102030405|text/html|9|200|abc|http://b/" },
        { "http://a/ 9.9.9.9 20200101000000 x 1.2.3.4 20200102030405 t 12",
          "http://a/ 9.9.9.9 20200101000000 x|1.2.3.4|20200102030405|t|12|||" },
        { "http://a/ - - text/html -1", "http://a/|-|-|text/html|-1|||" },
        { "filedesc://x y z text/plain 3", "filedesc://x|y|z|text/plain|3|||" },
        { "dns:a 1.2.3.4 202001020304 text/dns 3",
          "dns:a|1.2.3.4|202001020304|text/dns|3|||" },
        { "http://a/ 1.2.3.4 20200102030405 text/html", "" },
        { "http://a/ 1234 20200102030405 text/html 5", "" },
        { "http://a/ 1.2.3.4 2020-01-02 text/html 5", "" },
        { "a/ 1.2.3.4 20200102030405 text/html 5", "" },
        { "1:a 1.2.3.4 20200102030405 text/html 5", "" },
        { "http://a/", "" },
        { "", "" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_arc_line a;
        struct stet_buf got;

        stet_buf_init(&got, 1000);
        tap_row(rows[i].line);
        if (stet_arc_line_parse(&a, stet_span_of(rows[i].line))) {
            const struct stet_span parts[] = { a.url,      a.address, a.date,
                                               a.type,     a.length,  a.result,
                                               a.checksum, a.location };
            for (size_t n = 0; n < sizeof(parts) / sizeof(parts[0]); n++) {
                stet_buf_add_span(&got, parts[n]);
                stet_buf_adds(&got, n < 7 ? "|" : "");
            }
        }
        CHECK_SPAN(stet_buf_span(&got), rows[i].want);
        stet_buf_clear(&got);
    }
    tap_row(NULL);
}

static void headers_leave_out_what_is_none(void)
{
    static const struct {
        const char *line, *want;
    } rows[] = {
        { "filedesc://f.arc 0.0.0.0 20200102030405 text/plain 3",
          "WARC/1.0\r\nWARC-Type: warcinfo\r\n"
          "WARC-Date: 2020-01-02T03:04:05Z\r\nWARC-Filename: f.arc\r\n"
          "Content-Type: text/plain\r\nContent-Length: 3\r\n\r\n" },
        { "http://a/ - - no-type -1",
          "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\n"
          "Content-Type: application/http;msgtype=response\r\n"
          "ARC-Content-Type: no-type\r\n\r\n" },
        { "ftp://a/ 1.2.3.4 202001 - 7", "" },
        { "ftp://a/ 1.2.3.4 20200102 - 200 sum - 0 f 7",
          "WARC/1.0\r\nWARC-Type: resource\r\n"
          "WARC-Date: 2020-01-02T00:00:00Z\r\nWARC-Target-URI: ftp://a/\r\n"
          "WARC-IP-Address: 1.2.3.4\r\nARC-Result-Code: 200\r\n"
          "ARC-Checksum: sum\r\nContent-Length: 7\r\n\r\n" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        static const char id[] = "WARC-Record-ID: <urn:uuid:";
        struct stet_warc_header h;
        struct stet_arc_line a;
        struct stet_span all;
        struct stet_buf got;

        stet_buf_init(&got, 1000);
        stet_warc_header_init(&h);
        tap_row(rows[i].line);
        if (stet_arc_line_parse(&a, stet_span_of(rows[i].line)))
            CHECK_INT(stet_arc_line_to_header(&h, &a, 7), STET_OK);
        for (all = stet_buf_span(&h.text); all.len > 0 && all.ptr;) {
            struct stet_span line = stet_span_cut(&all, '\n');
            if (!stet_span_starts(line, stet_span_of(id))) {
                stet_buf_add_span(&got, line);
                stet_buf_adds(&got, "\n");
            }
        }
        CHECK_SPAN(stet_buf_span(&got), rows[i].want);
        stet_warc_header_clear(&h);
        stet_buf_clear(&got);
    }
    tap_row(NULL);
}

TESTS({ "lines are cut at address and date",
        lines_are_cut_at_address_and_date },
      { "headers leave out what is none", headers_leave_out_what_is_none })
