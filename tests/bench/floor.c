/*
 * The least that archiving costs:
 *
 *     floor LIST OUT fast|default|best [CONNECTIONS [CACERT]]
 *
 * Fetches every URL of LIST with libcurl into memory, takes the SHA-256 of
 * its body while it comes, makes a gzip member of head and body (what looks
 * compressed is stored) and writes it to OUT.  No links, no index, no
 * queue: what stet spends beyond it is the price of those.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/span.h"
#include "codec/codec.h"

enum { MAX_LIST = 64 << 20, MAX_BODY = 256 << 20, MAX_CONNECTIONS = 64 };

struct fetch {
    CURL *easy;
    struct stet_buf body;
    struct stet_hasher *hasher;
    bool stored;
};

static struct stet_span list;
static struct stet_gzip *gzip;
static struct stet_spool member;
static FILE *out;
static size_t active;

static void die(const char *what)
{
    fprintf(stderr, "floor: %s\n", what);
    exit(1);
}

static size_t on_head(char *bytes, size_t size, size_t n, void *ctx)
{
    stet_buf_add(&((struct fetch *)ctx)->body, bytes, size * n);
    return size * n;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
    struct fetch *f = ctx;

    stet_buf_add(&f->body, bytes, size * n);
    stet_hasher_add(f->hasher, bytes, size * n);
    return size * n;
}

static bool is_dense(struct stet_span url)
{
    static const char *const ends[] = { ".jpg", ".png", ".woff2" };

    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (stet_span_ends(url, stet_span_of(ends[i])))
            return true;
    return false;
}

/* Begins with the next URL of the list, if there is one. */
static void begin(struct fetch *f, CURLM *multi)
{
    struct stet_span url = stet_span_cut(&list, '\n');
    char *text;

    if (url.len == 0)
        return;
    text = stet_span_dup(url);
    f->stored = is_dense(url);
    stet_buf_reset(&f->body);
    curl_easy_setopt(f->easy, CURLOPT_URL, text);
    free(text);
    if (curl_multi_add_handle(multi, f->easy) != CURLM_OK)
        die("cannot begin");
    active++;
}

static void keep(struct fetch *f)
{
    struct stet_span whole = stet_buf_span(&f->body), bytes;
    struct stet_digest digest;

    stet_hasher_finish(f->hasher, &digest);
    if (stet_buf_status(&f->body) < 0 ||
        stet_gzip_add(gzip, &member, &whole, 1, f->stored, NULL) < 0 ||
        stet_spool_view(&member, &bytes, NULL) < 0 ||
        fwrite(bytes.ptr, 1, bytes.len, out) != bytes.len ||
        stet_spool_cut(&member, 0, NULL) < 0)
        die("cannot keep a response");
}

static void open_fetch(struct fetch *f, const char *cacert)
{
    f->easy = curl_easy_init();
    stet_buf_init(&f->body, MAX_BODY);
    if (!f->easy || stet_hasher_new(&f->hasher, STET_SHA256, NULL) < 0)
        die("no memory");
    curl_easy_setopt(f->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(f->easy, CURLOPT_WRITEDATA, f);
    curl_easy_setopt(f->easy, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(f->easy, CURLOPT_HEADERDATA, f);
    curl_easy_setopt(f->easy, CURLOPT_PRIVATE, f);
    curl_easy_setopt(f->easy, CURLOPT_HTTP_VERSION,
                     (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(f->easy, CURLOPT_PIPEWAIT, 1L);
    curl_easy_setopt(f->easy, CURLOPT_BUFFERSIZE, 128L << 10);
    if (cacert)
        curl_easy_setopt(f->easy, CURLOPT_CAINFO, cacert);
}

static void harvest(CURLM *multi)
{
    struct CURLMsg *m;
    int left;

    while ((m = curl_multi_info_read(multi, &left))) {
        CURL *easy = m->easy_handle;
        CURLcode rc = m->data.result;
        void *f = NULL;

        if (m->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&f);
        curl_multi_remove_handle(multi, easy);
        active--;
        if (rc != CURLE_OK)
            die(curl_easy_strerror(rc));
        keep(f);
        begin(f, multi);
    }
}

static int level_of(const char *name)
{
    return !strcmp(name, "fast")   ? 1
           : !strcmp(name, "best") ? STET_GZIP_LEVEL_MAX
                                   : STET_GZIP_LEVEL;
}

int main(int argc, char **argv)
{
    static struct fetch fetches[MAX_CONNECTIONS];
    size_t n = argc > 4 ? strtoul(argv[4], NULL, 10) : 6;
    struct stet_buf text;
    CURLM *multi;
    int running;

    if (argc < 4 || n < 1 || n > MAX_CONNECTIONS)
        die("usage: floor LIST OUT fast|default|best [CONNECTIONS [CACERT]]");
    stet_buf_init(&text, MAX_LIST);
    stet_spool_init(&member, NULL, MAX_BODY);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi = curl_multi_init();
    out = fopen(argv[2], "wb");
    if (!multi || !out || stet_file_read(argv[1], &text, NULL) < 0 ||
        stet_gzip_new(&gzip, level_of(argv[3]), NULL) < 0)
        die("cannot begin");
    list = stet_buf_span(&text);
    for (size_t i = 0; i < n; i++) {
        open_fetch(&fetches[i], argc > 5 ? argv[5] : NULL);
        begin(&fetches[i], multi);
    }
    while (active > 0) {
        curl_multi_perform(multi, &running);
        harvest(multi);
        if (active > 0)
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    return fclose(out) == 0 ? 0 : 1;
}
