/*
 * What a page's facts cost, against libxml2's HTML tree of the same bytes:
 *
 *     facts PAGES [ROUNDS]
 *
 * All .html.gz files in the folders of PAGES are held in memory.  A round is
 * each way once over all of them, in turns; what counts is the processor's
 * time, the least of the rounds.
 *
 *   whole    encoding, tokens, tree and facts, as `stet article` does it
 *   libxml2  htmlReadMemory
 *
 * "tree and facts" is what a crawl pays for them: its pages are tokenised
 * for their links anyhow.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <libxml/HTMLparser.h>

#include "article/find.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/span.h"
#include "codec/codec.h"
#include "html/charset.h"

enum { MAX_DOCS = 4096, MAX_ROUNDS = 99, MAX_PAGE = 64 << 20 };

struct docs {
    struct stet_buf doc[MAX_DOCS];
    size_t n, bytes;
};

static struct stet_span page_url = STET_SPAN_INIT("https://news.example/a");

static void die(const char *what)
{
    fprintf(stderr, "facts: %s\n", what);
    exit(1);
}

static void load(struct docs *d, const char *path)
{
    struct stet_buf file;
    struct stet_buf *doc = &d->doc[d->n];

    if (d->n == MAX_DOCS)
        die("too many pages");
    stet_buf_init(&file, MAX_PAGE);
    stet_buf_init(doc, MAX_PAGE);
    if (stet_file_read(path, &file, NULL) ||
        stet_codec_inflate(STET_CODING_GZIP, stet_buf_span(&file), doc, NULL,
                           NULL))
        die(path);
    stet_buf_clear(&file);
    d->bytes += doc->len;
    d->n++;
}

static void load_folder(struct docs *d, const char *folder, bool top)
{
    struct dirent *e;
    DIR *dir = opendir(folder);

    while (dir && (e = readdir(dir))) {
        struct stet_span name = stet_span_of(e->d_name);
        struct stet_buf path;

        if (*e->d_name == '.')
            continue;
        stet_buf_init(&path, 4096);
        if (stet_path_join(&path, folder, e->d_name))
            die("a path is too long");
        if (stet_span_ends(name, STET_SPAN(".html.gz")))
            load(d, path.data);
        else if (top)
            load_folder(d, path.data, false);
        stet_buf_clear(&path);
    }
    if (dir)
        closedir(dir);
}

static void run_facts(struct stet_span doc)
{
    struct stet_article *a;

    if (stet_article_parse(&a, doc, page_url, (struct stet_span){ NULL, 0 },
                           STET_ARTICLE_NO_TIME, NULL) < 0)
        die("no facts");
    stet_article_free(a);
}

static int pass_over(void *ctx, const struct stet_html_token *t)
{
    (void)ctx;
    (void)t;
    return STET_OK;
}

/* What the tree stands on: the part that links need too. */
static void run_tokens(struct stet_span doc)
{
    struct stet_html_options o = { .on_token = pass_over };
    struct stet_charset_guess guess;

    if (stet_charset_detect(&guess, doc, (struct stet_span){ NULL, 0 }) < 0)
        die("no charset");
    o.charset = guess.charset;
    if (stet_html_tokenize(doc, &o, NULL) < 0)
        die("no tokens");
}

static void run_libxml(struct stet_span doc)
{
    xmlFreeDoc(htmlReadMemory(doc.ptr, (int)doc.len, NULL, NULL,
                              HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                  HTML_PARSE_RECOVER));
}

static void keep_quiet(void *ctx, const char *format, ...)
{
    (void)ctx;
    (void)format;
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    static void (*const runs[])(struct stet_span) = { run_facts, run_tokens,
                                                      run_libxml };
    static struct docs docs;
    double best[3] = { 1e9, 1e9, 1e9 };
    int rounds = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 5;

    if (argc < 2)
        die("which pages?");
    load_folder(&docs, argv[1], true);
    xmlSetGenericErrorFunc(NULL, keep_quiet);
    for (int r = 0; r < rounds && r < MAX_ROUNDS; r++)
        for (int k = 0; k < 3; k++) {
            double from = seconds();

            for (size_t i = 0; i < docs.n; i++)
                runs[k](stet_buf_span(&docs.doc[i]));
            from = seconds() - from;
            best[k] = from < best[k] ? from : best[k];
        }
    printf("%zu pages, %.1f MB\n", docs.n, (double)docs.bytes / 1e6);
    printf("whole           %7.3f s, %.2f of libxml2\n", best[0],
           best[0] / best[2]);
    printf("tree and facts  %7.3f s, %.2f of libxml2\n", best[0] - best[1],
           (best[0] - best[1]) / best[2]);
    printf("libxml2         %7.3f s, %.0f MB/s\n", best[2],
           (double)docs.bytes / 1e6 / best[2]);
    for (size_t i = 0; i < docs.n; i++)
        stet_buf_clear(&docs.doc[i]);
    return 0;
}
