/*
 * How fast links are found, against libxml2's HTML parser on the same bytes:
 *
 *     parse PAGES [ROUNDS]
 *
 * All .html and .html.gz files below PAGES are held in memory.  A round is
 * each way once over all of them, in turns, on one core; what counts is the
 * processor's time, the median of the rounds.
 *
 *   links    the product's own path: encoding, tokens, links
 *   libxml2  htmlCreatePushParserCtxt, fed whole, counting start tags
 *
 * Memory is what the peak of resident memory grew by in a round.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <libxml/HTMLparser.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"
#include "codec/codec.h"
#include "html/charset.h"
#include "stet/html.h"
#include "stet/links.h"

enum { MAX_DOCS = 4096, MAX_ROUNDS = 99, MAX_DEPTH = 8 };

struct docs {
    struct stet_buf doc[MAX_DOCS];
    size_t n, bytes;
};

static void die(const char *what)
{
    fprintf(stderr, "parse: %s\n", what);
    exit(1);
}

/* -- the pages ------------------------------------------------------------ */

static void load(struct docs *d, const char *path)
{
    struct stet_buf file;
    struct stet_buf *doc = &d->doc[d->n];
    bool packed = stet_span_ends(stet_span_of(path), STET_SPAN(".gz"));

    if (d->n == MAX_DOCS)
        die("too many pages");
    stet_buf_init(&file, 64 << 20);
    stet_buf_init(doc, 64 << 20);
    if (stet_file_read(path, packed ? &file : doc, NULL) ||
        (packed && stet_codec_inflate(STET_CODING_GZIP, stet_buf_span(&file),
                                      doc, NULL, NULL)))
        die(path);
    stet_buf_clear(&file);
    d->bytes += doc->len;
    d->n++;
}

static void load_folder(struct docs *d, const char *folder, int depth)
{
    struct dirent *e;
    DIR *dir = opendir(folder);

    while (dir && (e = readdir(dir))) {
        struct stet_span name = stet_span_of(e->d_name);
        struct stet_buf path;
        struct stat st;

        stet_buf_init(&path, 4096);
        if (*e->d_name == '.' || stet_path_join(&path, folder, e->d_name))
            continue;
        if (!stat(path.data, &st) && S_ISDIR(st.st_mode) && depth < MAX_DEPTH)
            load_folder(d, path.data, depth + 1);
        else if (stet_span_ends(name, STET_SPAN(".html")) ||
                 stet_span_ends(name, STET_SPAN(".html.gz")))
            load(d, path.data);
        stet_buf_clear(&path);
    }
    if (dir)
        closedir(dir);
}

/* -- the two ways --------------------------------------------------------- */

static int count_link(void *ctx, const struct stet_link *l)
{
    (void)l;
    ++*(size_t *)ctx;
    return 0;
}

static size_t find_links(struct stet_span doc)
{
    struct stet_links_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT("https://news.example/2020/story.html"),
    };
    struct stet_charset_guess guess;
    size_t n = 0;

    if (stet_charset_detect(&guess, doc, STET_SPAN("")) < 0)
        die("no charset");
    o.charset = stet_span_of(stet_charset_name(guess.charset));
    if (stet_links_find(&o, doc, count_link, &n, NULL))
        die("links failed");
    return n;
}

static void count_tag(void *ctx, const xmlChar *name, const xmlChar **attrs)
{
    (void)name;
    (void)attrs;
    ++*(size_t *)ctx;
}

static size_t parse_sax(struct stet_span doc)
{
    htmlSAXHandler sax;
    htmlParserCtxtPtr parser;
    size_t n = 0;

    memset(&sax, 0, sizeof(sax));
    sax.initialized = 1;
    sax.startElement = count_tag;
    parser = htmlCreatePushParserCtxt(&sax, &n, NULL, 0, NULL,
                                      XML_CHAR_ENCODING_NONE);
    if (!parser)
        die("libxml2 failed");
    (void)htmlCtxtUseOptions(parser, HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                         HTML_PARSE_RECOVER);
    (void)htmlParseChunk(parser, doc.ptr, (int)doc.len, 0);
    (void)htmlParseChunk(parser, NULL, 0, 1);
    htmlFreeParserCtxt(parser);
    return n;
}

/* -- measuring ------------------------------------------------------------ */

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A "Name:  123 kB" line of /proc/self/status, or -1. */
static long status_kb(const char *name)
{
    FILE *f = fopen("/proc/self/status", "r");
    char line[256];
    size_t n = strlen(name);
    long kb = -1;

    while (f && kb < 0 && fgets(line, sizeof(line), f))
        if (!strncmp(line, name, n) && line[n] == ':')
            kb = strtol(line + n + 1, NULL, 10);
    if (f)
        fclose(f);
    return kb;
}

/* The peak counts anew from here. */
static void reset_peak(void)
{
    FILE *f = fopen("/proc/self/clear_refs", "w");

    if (f) {
        fputs("5", f);
        fclose(f);
    }
}

struct way {
    const char *name, *unit;
    size_t (*run)(struct stet_span doc);
    double took[MAX_ROUNDS];
    size_t n;
    long grown_kb;
};

static void run_round(struct way *w, const struct docs *d, int round)
{
    double start;
    long before;

    reset_peak();
    before = status_kb("VmRSS");
    start = seconds();
    w->n = 0;
    for (size_t i = 0; i < d->n; i++)
        w->n += w->run(stet_buf_span(&d->doc[i]));
    w->took[round] = seconds() - start;
    if (status_kb("VmHWM") - before > w->grown_kb)
        w->grown_kb = status_kb("VmHWM") - before;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double report(struct way *w, const struct docs *d, int rounds)
{
    double rate;

    qsort(w->took, (size_t)rounds, sizeof(w->took[0]), by_size);
    rate = (double)d->bytes / 1e6 / w->took[rounds / 2];
    printf("%-8s %7.1f MB/s  (%zu %s, peak memory +%ld kB)\n", w->name, rate,
           w->n, w->unit, w->grown_kb);
    return rate;
}

int main(int argc, char **argv)
{
    static struct docs d;
    struct way links = { .name = "links", .unit = "links", .run = find_links };
    struct way sax = { .name = "libxml2", .unit = "tags", .run = parse_sax };
    int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 9;
    double ratio;

    if (argc < 2 || rounds < 1 || rounds > MAX_ROUNDS)
        die("usage: parse PAGES [ROUNDS]");
    load_folder(&d, argv[1], 0);
    if (!d.n)
        die("no pages");
    printf("%zu pages, %.1f MB, %d rounds\n", d.n, (double)d.bytes / 1e6,
           rounds);
    for (int i = 0; i < rounds; i++) {
        run_round(&links, &d, i);
        run_round(&sax, &d, i);
    }
    ratio = report(&links, &d, rounds) / report(&sax, &d, rounds);
    printf("ratio    %7.2f\n", ratio);
    for (size_t i = 0; i < d.n; i++)
        stet_buf_clear(&d.doc[i]);
    return 0;
}
