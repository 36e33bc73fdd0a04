#include "stet/check.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/span.h"
#include "check/rules.h"
#include "stet/warc.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void on_finding(void *ctx, const struct stet_finding *f)
{
    struct stet_buf *b = ctx;

    stet_buf_addf(b, "%s ", f->rule->name);
}

static int check_path(const char *path, struct stet_buf *out)
{
    struct stet_check_options o = { .on_finding = on_finding, .ctx = out };
    struct stet_check_result result;

    return stet_check(&path, 1, &o, &result, NULL);
}

/* What is found in a file of these bytes. */
static void check_bytes(struct stet_span bytes, const char *want)
{
    char path[] = "/tmp/stet-test-XXXXXX";
    int fd = mkstemp(path);
    struct stet_buf out;

    if (!CHECK(fd >= 0))
        return;
    close(fd);
    stet_buf_init(&out, 1 << 20);
    CHECK_INT(stet_file_replace(path, bytes, NULL), STET_OK);
    CHECK_INT(check_path(path, &out), STET_OK);
    CHECK_SPAN(stet_span_trim(stet_buf_span(&out)), want);
    stet_buf_clear(&out);
    unlink(path);
}

#define TOP(type) "WARC/1.1\r\nWARC-Type: " type "\r\n"
#define ID(n)     "WARC-Record-ID: <urn:uuid:" n ">\r\n"
#define DATE      "WARC-Date: 2026-11-23T15:40:19.123Z\r\n"
#define URI       "WARC-Target-URI: http://a.example/\r\n"
#define LEN(n)    "Content-Length: " n "\r\n\r\n"
#define END       "\r\n\r\n"
#define HTTP      "Content-Type: application/http;msgtype=response\r\n"
#define INFO      TOP("warcinfo") ID("0") DATE
#define RESOURCE  TOP("resource") ID("1") DATE URI
#define TEXT      "Content-Type: text/plain\r\n"
#define IP        "WARC-IP-Address: 192.0.2.7\r\n"
#define RESPONSE  TOP("response") ID("1") DATE URI HTTP IP
#define EMPTY     LEN("0") END
#define SECOND(n, more)                       \
    TOP("continuation")                       \
    ID("2")                                   \
    DATE URI "WARC-Segment-Number: " n "\r\n" \
             "WARC-Segment-Origin-ID: <urn:uuid:1>\r\n" more
/* Digests of "abc". */
#define SHA1_ABC "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"
#define SHA256_ABC \
    "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define PLAIN   "HTTP/1.1 200 OK\r\n\r\n"
#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

static const struct {
    const char *name, *bytes, *want;
} rows[] = {
    { "a warcinfo", INFO EMPTY, "" },
    { "a resource", RESOURCE TEXT LEN("3") "abc" END, "" },
    { "fields that must be there", TOP("response") EMPTY,
      "field-missing field-missing field-missing" },
    { "a field that must not be there", INFO URI EMPTY, "field-forbidden" },
    { "a block without its type", RESOURCE LEN("3") "abc" END,
      "content-type-missing" },
    { "a field twice", RESOURCE URI EMPTY, "field-repeated" },
    { "several captures at once",
      RESOURCE "WARC-Concurrent-To: <urn:uuid:1>\r\n"
               "WARC-Concurrent-To: <urn:uuid:1>\r\n" EMPTY,
      "" },
    { "an extension twice", RESOURCE "X-A: 1\r\nX-A: 2\r\n" EMPTY, "" },
    { "an id without brackets",
      TOP("warcinfo") "WARC-Record-ID: urn:uuid:0\r\n" DATE EMPTY,
      "record-id-format" },
    { "an id twice", INFO EMPTY INFO EMPTY, "record-id-repeated" },
    { "a date that is none",
      TOP("warcinfo") ID("0") "WARC-Date: yesterday\r\n" EMPTY, "date-format" },
    { "a coarse date", TOP("warcinfo") ID("0") "WARC-Date: 2026\r\n" EMPTY,
      "" },
    { "a coarse date before 1.1",
      "WARC/1.0\r\nWARC-Type: warcinfo\r\n" ID("0") "WARC-Date: 2026\r\n" EMPTY,
      "date-format" },
    { "a URI in brackets",
      TOP("resource") ID("1") DATE
      "WARC-Target-URI: <http://a.example/>\r\n" EMPTY,
      "uri-brackets" },
    { "a URI with a space",
      TOP("resource") ID("1") DATE "WARC-Target-URI: http://a/b c\r\n" EMPTY,
      "uri-format" },
    { "a URI without a scheme",
      TOP("resource") ID("1") DATE "WARC-Target-URI: a.example\r\n" EMPTY,
      "uri-format" },
    { "a URI beyond ASCII",
      TOP("resource") ID("1") DATE
      "WARC-Target-URI: http://a/\xc3\xa9\r\n" EMPTY,
      "uri-character" },
    { "an address", RESOURCE "WARC-IP-Address: 2001:db8::1\r\n" EMPTY, "" },
    { "an address that is none", RESOURCE "WARC-IP-Address: 1.2.3\r\n" EMPTY,
      "ip-format" },
    { "a truncation without a reason of the standard",
      RESOURCE "WARC-Truncated: tired\r\n" EMPTY, "truncated-reason" },
    { "a type of its own", TOP("dream") ID("1") DATE EMPTY, "type-unknown" },
    { "a control in a value", RESOURCE "X-A: a\x01z\r\n" EMPTY, "field-text" },
    { "no UTF-8 in a value", RESOURCE "X-A: \xff\r\n" EMPTY, "field-text" },
    { "an empty value", RESOURCE "WARC-Truncated:\r\n" EMPTY, "field-empty" },

    { "a block digest",
      RESOURCE TEXT "WARC-Block-Digest: " SHA1_ABC "\r\n" LEN("3") "abc" END,
      "" },
    { "a block digest that is wrong",
      RESOURCE TEXT "WARC-Block-Digest: " SHA256_ABC "\r\n" LEN("3") "abd" END,
      "block-digest" },
    { "a payload digest",
      RESPONSE "WARC-Payload-Digest: " SHA1_ABC "\r\n" LEN("22") PLAIN
      "abc" END,
      "" },
    { "a payload digest that is wrong",
      RESPONSE "WARC-Payload-Digest: " SHA1_ABC "\r\n" LEN("22") PLAIN
      "abd" END,
      "payload-digest" },
    { "a payload digest of the entity",
      RESPONSE "WARC-Payload-Digest: " SHA1_ABC "\r\n" LEN("60") CHUNKED
      "3\r\nabc\r\n0\r\n\r\n" END,
      "payload-digest-chunked" },
    { "a payload digest of the chunks",
      RESPONSE "WARC-Payload-Digest: sha1:EZMCEYKLYMOWXPIGFLXFT3WW62PQVRQP"
               "\r\n" LEN("60") CHUNKED "3\r\nabc\r\n0\r\n\r\n" END,
      "payload-digest-chunked" },
    { "a digest of an unknown kind",
      RESOURCE "WARC-Block-Digest: crc32:00000000\r\n" EMPTY,
      "digest-unchecked" },
    { "a digest that is none", RESOURCE "WARC-Block-Digest: abc\r\n" EMPTY,
      "digest-format digest-unchecked" },

    { "HTTP that is none", RESPONSE LEN("3") "abc" END, "http-head" },
    { "a request for a response",
      RESPONSE LEN("18") "GET / HTTP/1.1\r\n\r\n" END, "http-direction" },
    { "a body cut short",
      RESPONSE LEN("43") "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcd" END,
      "record-end" },
    { "a body shorter than said",
      RESPONSE LEN("42") "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcd" END,
      "http-length" },
    { "a body cut short on purpose",
      RESPONSE "WARC-Truncated: length\r\n" LEN(
          "42") "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcd" END,
      "" },
    { "chunks that do not end", RESPONSE LEN("55") CHUNKED "3\r\nabc\r\n" END,
      "http-chunks" },

    { "a revisit of nothing",
      TOP("revisit") ID("1") DATE URI
      "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/"
      "identical-payload-digest\r\n" EMPTY,
      "revisit-digest-missing revisit-refers-to" },
    { "a revisit of its own kind",
      TOP("revisit") ID("1") DATE URI
      "WARC-Profile: http://a.example/\r\n" EMPTY,
      "revisit-profile-unknown" },
    { "a revisit of another payload",
      RESOURCE "WARC-Payload-Digest: "
               "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n" EMPTY TOP("revisit")
                   ID("2") DATE URI
      "WARC-Payload-Digest: " SHA1_ABC "\r\nWARC-Refers-To: <urn:uuid:1>\r\n"
      "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/"
      "identical-payload-digest\r\n" EMPTY,
      "revisit-original" },
    { "a reference that leads nowhere",
      RESOURCE "WARC-Concurrent-To: <urn:uuid:9>\r\n" EMPTY,
      "reference-unresolved" },
    { "two dates of one capture",
      RESOURCE EMPTY TOP("metadata")
          ID("2") "WARC-Date: 2026\r\n" URI
                  "WARC-Concurrent-To: <urn:uuid:1>\r\n" EMPTY,
      "event-date" },
    { "a continuation that is the first",
      TOP("continuation") ID("1") DATE URI
      "WARC-Segment-Number: 1\r\nWARC-Segment-Origin-ID: "
      "<urn:uuid:1>\r\n" EMPTY,
      "segment-number reference-unresolved" },
    { "segments of one record",
      RESOURCE "WARC-Segment-Number: 1\r\n" TEXT LEN("3") "abc" END SECOND(
          "2", "WARC-Segment-Total-Length: 4\r\n") LEN("1") "d" END,
      "" },
    { "segments in any order",
      SECOND("2", "WARC-Segment-Total-Length: 4\r\n")
          LEN("1") "d" END RESOURCE
                   "WARC-Segment-Number: 1\r\n" TEXT LEN("3") "abc" END,
      "" },
    { "segments of another length",
      RESOURCE "WARC-Segment-Number: 1\r\n" TEXT LEN("3") "abc" END SECOND(
          "2", "WARC-Segment-Total-Length: 5\r\n") LEN("1") "d" END,
      "segment-chain" },
    { "a segment that is missing",
      RESOURCE "WARC-Segment-Number: 1\r\n" TEXT LEN("3") "abc" END SECOND(
          "3", "WARC-Segment-Total-Length: 4\r\n") LEN("1") "d" END,
      "segment-chain" },
    { "a last segment that says nothing of the whole",
      RESOURCE "WARC-Segment-Number: 1\r\n" TEXT LEN("3") "abc" END SECOND(
          "2", "") LEN("1") "d" END,
      "reference-unresolved" },
    { "a first segment alone",
      RESOURCE "WARC-Segment-Number: 1\r\n" TEXT LEN("3") "abc" END,
      "reference-unresolved" },
    { "a digest of old spelling",
      RESOURCE TEXT "WARC-Block-Digest: SHA1:vgmt4nsha2awvor6evyxqugcnsonbwe5"
                    "\r\n" LEN("3") "abc" END,
      "digest-spelling" },
    { "a folded value", RESOURCE "X-A: a\r\n b\r\n" EMPTY, "header-folded" },
    { "an encoded word", RESOURCE "X-A: =?utf-8?B?YQ==?=\r\n" EMPTY,
      "encoded-word" },
    { "a conversion of nothing", TOP("conversion") ID("1") DATE URI EMPTY,
      "conversion-refers-to" },
    { "warcinfo as text", INFO TEXT LEN("3") "abc" END, "warcinfo-type" },
    { "a picture of another kind",
      RESOURCE TEXT "WARC-Identified-Payload-Type: image/gif\r\n" LEN(
          "8") "\x89PNG\r\n\x1a\n" END,
      "payload-type" },
    { "a picture that is none",
      RESOURCE TEXT
      "WARC-Identified-Payload-Type: image/gif\r\n" LEN("8") "<p>hello" END,
      "payload-type" },
    { "a picture that is what it says",
      RESOURCE TEXT "WARC-Identified-Payload-Type: image/png\r\n" LEN(
          "8") "\x89PNG\r\n\x1a\n" END,
      "" },
    { "a whole message, truncated",
      RESPONSE "WARC-Truncated: time\r\n" LEN("60") CHUNKED
      "3\r\nabc\r\n0\r\n\r\n" END,
      "truncated-whole" },
    { "HTTP of another type",
      TOP("response") ID("1") DATE URI IP TEXT LEN("3") "abc" END,
      "http-type" },
    { "no address of the server",
      TOP("response") ID("1") DATE URI HTTP LEN("19") PLAIN END, "ip-missing" },
    { "a capture concurrent to a warcinfo",
      INFO EMPTY RESOURCE "WARC-Concurrent-To: <urn:uuid:0>\r\n" EMPTY,
      "concurrent-type" },
    { "a warcinfo that is none",
      RESOURCE "WARC-Warcinfo-ID: <urn:uuid:1>\r\n" EMPTY,
      "warcinfo-reference" },
    { "warc-fields that are none",
      INFO "Content-Type: application/warc-fields\r\n" LEN("5") "hello" END,
      "warc-fields-line" },
    { "an empty file", "", "file-empty" },
    { "no length", TOP("warcinfo") ID("0") DATE "\r\n",
      "content-length field-missing" },
};

static void each_fault_is_found_by_name(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].name);
        check_bytes(stet_span_of(rows[i].bytes), rows[i].want);
    }
    tap_row(NULL);
}

/* The reader's problems and the first rules are one list. */
static void rules_begin_with_the_readers_problems(void)
{
    const struct stet_rule *r = stet_check_rules();

#define STET_X(id, title) CHECK_STR(r[id].name, stet_warc_problem_name(id));
    STET_WARC_PROBLEMS(STET_X)
#undef STET_X
    for (size_t i = 0; r[i].name; i++)
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(r[i].name, r[k].name) != 0);
}

/* -- an archive folder ------------------------------------------------------
 */

#define WARC RESOURCE TEXT LEN("3") "abc" END
#define ENTRY(url, date, len, at)                                            \
    "example,a)/ " date " {\"url\": \"" url "\", \"mime\": \"text/plain\", " \
    "\"length\": \"" len "\", \"offset\": \"" at "\", \"filename\": "        \
    "\"a.warc\"}\n"
#define GOOD ENTRY("http://a.example/", "20261123154019", "184", "0")

static void check_archive(const char *index, const char *want)
{
    char dir[] = "/tmp/stet-test-XXXXXX", path[64];
    struct stet_buf out;

    if (!CHECK(mkdtemp(dir)))
        return;
    stet_buf_init(&out, 1 << 20);
    snprintf(path, sizeof(path), "%s/archive", dir);
    mkdir(path, 0777);
    snprintf(path, sizeof(path), "%s/indexes", dir);
    mkdir(path, 0777);
    snprintf(path, sizeof(path), "%s/archive/a.warc", dir);
    CHECK_INT(stet_file_replace(path, STET_SPAN(WARC), NULL), STET_OK);
    snprintf(path, sizeof(path), "%s/indexes/index.cdx", dir);
    if (index)
        CHECK_INT(stet_file_replace(path, stet_span_of(index), NULL), STET_OK);
    CHECK_INT(check_path(dir, &out), STET_OK);
    CHECK_SPAN(stet_span_trim(stet_buf_span(&out)), want);
    stet_buf_clear(&out);
    unlink(path);
    snprintf(path, sizeof(path), "%s/indexes", dir);
    rmdir(path);
    snprintf(path, sizeof(path), "%s/archive/a.warc", dir);
    unlink(path);
    snprintf(path, sizeof(path), "%s/archive", dir);
    rmdir(path);
    rmdir(dir);
}

static void an_index_is_held_against_the_records(void)
{
    check_archive(GOOD, "");
    check_archive(NULL, "index-absent");
    check_archive("", "index-missing");
    check_archive("x\n" GOOD, "index-line index-order");
    check_archive(ENTRY("http://a.example/", "20261123154019", "184", "7"),
                  "index-record index-missing");
    check_archive(ENTRY("http://a.example/", "20261123154018", "184", "0"),
                  "index-record");
    check_archive(ENTRY("http://a.example/", "20261123154019", "185", "0"),
                  "index-record");
    check_archive(ENTRY("http://b.example/", "20261123154019", "184", "0"),
                  "index-record");
}

static const char *tortured;

static int check_tortured(void)
{
    struct stet_check_result result;

    return stet_check(&tortured, 1, NULL, &result, NULL);
}

static void survives_want_of_memory(void)
{
    char path[] = "/tmp/stet-test-XXXXXX";
    int fd = mkstemp(path);

    if (!CHECK(fd >= 0))
        return;
    close(fd);
    CHECK_INT(
        stet_file_replace(path,
                          STET_SPAN(RESPONSE "WARC-Payload-Digest: " SHA1_ABC
                                             "\r\nWARC-Block-Digest: " SHA1_ABC
                                             "\r\nWARC-Refers-To: <urn:uuid:1>"
                                             "\r\n" LEN("60") CHUNKED
                                    "3\r\nabc\r\n0\r\n\r\n" END),
                          NULL),
        STET_OK);
    tortured = path;
    CHECK(torture(check_tortured));
    unlink(path);
}

TESTS({ "each fault is found by name", each_fault_is_found_by_name },
      { "rules begin with the reader's problems",
        rules_begin_with_the_readers_problems },
      { "an index is held against the records",
        an_index_is_held_against_the_records },
      { "survives want of memory", survives_want_of_memory })
