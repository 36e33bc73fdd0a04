/*
 * A set of WARC files of small records, the same for the same numbers:
 *
 *     warcset FOLDER RECORDS [A_FILE [BODY]]
 *
 * Each capture is two records, a response and its request.  A file holds
 * A_FILE records (200,000), a body about BODY bytes of words (600).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/spool.h"
#include "codec/codec.h"
#include "stet/warc.h"
#include "warc/record.h"

enum { A_FILE = 200000, BODY = 600, MAX_BODY = 1 << 20, IN_MEMORY = 1 << 20 };

static const int64_t first_ms = INT64_C(1793000000000);

struct set {
    FILE *f;
    struct stet_gzip *gzip;
    struct stet_warc_header h;
    struct stet_spool record;
    struct stet_buf head, body;
    uint64_t state; /* of the random numbers */
    uint64_t n;     /* captures so far */
    size_t body_bytes;
};

static void die(const char *what)
{
    fprintf(stderr, "warcset: %s\n", what);
    exit(1);
}

/* Knuth's generator of 64 bits: the top ones are random enough. */
static unsigned next(struct set *s, unsigned below)
{
    s->state = s->state * UINT64_C(6364136223846793005) + 1442695040888963407U;
    return (unsigned)(s->state >> 33) % below;
}

static void make_body(struct set *s)
{
    static const char *const words[] = {
        "the",  "minister", "said",  "on",     "Monday", "that", "prices",
        "of",   "bread",    "had",   "risen",  "again",  "and",  "harbour",
        "city", "council",  "votes", "budget", "after",  "long", "debate",
        "rain", "expected", "north", "train",  "delays", "were", "reported",
    };
    enum { N = sizeof(words) / sizeof(words[0]) };
    size_t want = s->body_bytes / 2 + next(s, (unsigned)s->body_bytes);

    stet_buf_reset(&s->body);
    stet_buf_addf(&s->body, "<!doctype html><title>%" PRIu64 "</title><p>",
                  s->n);
    while (s->body.len < want)
        stet_buf_addf(&s->body, "%s%c", words[next(s, N)],
                      next(s, 12) ? ' ' : '\n');
}

static void put(struct set *s, struct stet_span body)
{
    struct stet_warc_pack how = { .gzip = s->gzip, .digest = STET_SHA1 };
    struct stet_span all;

    if (stet_spool_cut(&s->record, 0, NULL) < 0 ||
        stet_warc_record_pack(&s->record, &s->h, stet_buf_span(&s->head), body,
                              &how, NULL) < 0 ||
        stet_spool_view(&s->record, &all, NULL) < 0 ||
        fwrite(all.ptr, 1, all.len, s->f) != all.len)
        die("cannot write");
}

static void begin(struct set *s, const char *type, const char *url)
{
    char id[40];

    snprintf(id, sizeof(id), "%08x-0000-4000-8000-%012" PRIx64,
             *type == 'r' && type[3] == 'p' ? 1U : 2U, s->n);
    stet_warc_header_begin(&s->h, STET_WARC_1_1, type, id,
                           first_ms + (int64_t)s->n * 137);
    stet_warc_header_add_uri(&s->h, "WARC-Target-URI", stet_span_of(url));
    stet_warc_header_add(&s->h, "WARC-IP-Address", STET_SPAN("192.0.2.7"));
}

static void add_capture(struct set *s)
{
    struct stet_digest d;
    char url[120];

    snprintf(url, sizeof(url), "https://www%u.paper%u.example/%u/story-%u?p=%u",
             next(s, 3), next(s, 5000), next(s, 40), next(s, 1 << 30),
             next(s, 9));
    make_body(s);
    if (stet_digest_of(&d, STET_SHA1, stet_buf_span(&s->body), NULL) < 0)
        die("no memory");
    stet_buf_reset(&s->head);
    stet_buf_addf(&s->head,
                  "HTTP/1.1 200 OK\r\nServer: nginx\r\n"
                  "Content-Type: text/html; charset=utf-8\r\n"
                  "Content-Length: %zu\r\nCache-Control: max-age=60\r\n\r\n",
                  s->body.len);
    begin(s, "response", url);
    stet_warc_header_add_digest(&s->h, "WARC-Payload-Digest", &d);
    stet_warc_header_add(&s->h, "Content-Type", STET_WARC_HTTP_RESPONSE);
    put(s, stet_buf_span(&s->body));
    stet_buf_reset(&s->head);
    stet_buf_addf(&s->head,
                  "GET %s HTTP/1.1\r\nUser-Agent: x\r\nAccept: */*\r\n\r\n",
                  url);
    begin(s, "request", url);
    stet_warc_header_add(&s->h, "Content-Type", STET_WARC_HTTP_REQUEST);
    put(s, (struct stet_span){ NULL, 0 });
    s->n++;
}

static uint64_t number(int argc, char **argv, int i, uint64_t otherwise)
{
    return argc > i ? strtoull(argv[i], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
    uint64_t records = number(argc, argv, 2, 0);
    uint64_t a_file = number(argc, argv, 3, A_FILE);
    struct set s = { .state = 42 };
    char path[4096];

    s.body_bytes = (size_t)number(argc, argv, 4, BODY);
    if (records == 0 || a_file == 0 || s.body_bytes == 0 ||
        s.body_bytes > MAX_BODY / 2)
        die("FOLDER RECORDS [A_FILE [BODY]]");
    stet_warc_header_init(&s.h);
    stet_spool_init(&s.record, NULL, IN_MEMORY);
    stet_buf_init(&s.head, MAX_BODY);
    stet_buf_init(&s.body, MAX_BODY);
    if (stet_gzip_new(&s.gzip, STET_GZIP_LEVEL, NULL) < 0)
        die("no memory");
    mkdir(argv[1], 0777);
    for (uint64_t done = 0; done < records;) {
        snprintf(path, sizeof(path), "%s/set-%05" PRIu64 ".warc.gz", argv[1],
                 done / a_file);
        s.f = fopen(path, "wb");
        for (uint64_t i = 0; s.f && i < a_file && done < records; i += 2) {
            add_capture(&s);
            done += 2;
        }
        if (!s.f || fclose(s.f) != 0)
            die(path);
    }
    stet_gzip_free(s.gzip);
    stet_buf_clear(&s.head);
    stet_buf_clear(&s.body);
    stet_spool_clear(&s.record);
    stet_warc_header_clear(&s.h);
    return 0;
}
