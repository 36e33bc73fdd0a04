#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/span.h"
#include "codec/codec.h"
#include "html/charset.h"
#include "lib/tap.h"
#include "stet/rewrite.h"

/*
 * Real pages, from the folders below $STET_PAGES (or ../shared/pages beside
 * the repository); skipped where there are none.
 */
#define BASE   "https://h.example/d/p.html"
#define PREFIX "https://replay.example/c/"

static int leave(void *ctx, const struct stet_link *l, struct stet_span *url)
{
    (void)ctx;
    (void)l;
    (void)url;
    return 0;
}

static int judge_link(void *ctx, const struct stet_link *l)
{
    if (l->place == STET_PLACE_NONE || l->speculative ||
        l->syntax == STET_SYNTAX_JSON)
        return 0;
    tap_row((const char *)ctx);
    CHECK(stet_span_istarts(l->url, PREFIX));
    return 0;
}

static void check_page(struct stet_span page, const char *name)
{
    struct stet_charset_guess guess;
    struct stet_rewrite_options o = {
        .type = STET_LINKS_HTML,
        .base = STET_SPAN_INIT(BASE),
        .map = leave,
    };
    struct stet_links_options lo = { .type = STET_LINKS_HTML, .base = o.base };
    struct stet_replay_options ro = { .prefix = STET_SPAN_INIT(PREFIX) };
    struct stet_replay_map *map = NULL;
    struct stet_bytes out;

    CHECK_INT(stet_charset_detect(&guess, page, STET_SPAN("")), STET_OK);
    o.charset = stet_span_of(stet_charset_name(guess.charset));
    if (!stet_charset_keeps_markup(guess.charset))
        return;
    CHECK_INT(stet_rewrite(&out, &o, page, NULL), STET_OK);
    CHECK(out.len == page.len && !memcmp(out.data, page.ptr, page.len));
    stet_bytes_clear(&out);

    CHECK_INT(stet_replay_map_new(&map, &ro, NULL), STET_OK);
    o.map = stet_replay_map_link;
    o.ctx = map;
    CHECK_INT(stet_rewrite(&out, &o, page, NULL), STET_OK);
    lo.charset = o.charset;
    CHECK_INT(stet_links_find(&lo, (struct stet_span){ out.data, out.len },
                              judge_link, (void *)(uintptr_t)name, NULL),
              STET_OK);
    stet_replay_map_free(map);
    stet_bytes_clear(&out);
}

/* -- drip ----------------------------------------------------------------- */

/* What a page's links are, one after the other, as one number. */
static int add_link(void *ctx, const struct stet_link *l)
{
    const struct stet_span parts[] = { l->url, l->fragment, l->text,
                                       stet_span_of(l->context) };
    uint64_t *sum = ctx;

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        for (size_t k = 0; k < parts[i].len; k++)
            *sum = (*sum ^ (unsigned char)parts[i].ptr[k]) * 0x100000001B3;
        *sum = (*sum ^ 0x100) * 0x100000001B3;
    }
    return 0;
}

static int on_token(void *ctx, const struct stet_html_token *t)
{
    return stet_links_html_token(ctx, t);
}

static uint64_t links_of(struct stet_span page, size_t piece)
{
    struct stet_links_options lo = { .type = STET_LINKS_HTML,
                                     .base = STET_SPAN_INIT(BASE) };
    struct stet_html_options ho = { .on_token = on_token };
    struct stet_html_tokenizer *t = NULL;
    struct stet_links_html *h = NULL;
    uint64_t sum = 0;

    CHECK_INT(stet_links_html_new(&h, &lo, add_link, &sum, NULL), STET_OK);
    ho.ctx = h;
    CHECK_INT(stet_html_tokenizer_new(&t, &ho, NULL), STET_OK);
    while (page.len) {
        size_t n = piece < page.len ? piece : page.len;

        CHECK_INT(stet_html_tokenizer_feed(t, stet_span_sub(page, 0, n), NULL),
                  STET_OK);
        page = stet_span_sub(page, n, page.len);
    }
    CHECK_INT(stet_html_tokenizer_finish(t, NULL), STET_OK);
    CHECK_INT(stet_links_html_finish(h), STET_OK);
    stet_html_tokenizer_free(t);
    stet_links_html_free(h);
    return sum;
}

/* Each page in pieces of one of these sizes. */
static void check_drip(struct stet_span page)
{
    static const size_t pieces[] = { 1, 2, 3, 7, 4096 };
    static size_t n;

    CHECK(links_of(page, pieces[n++ % 5]) == links_of(page, page.len + 1));
}

/* -- all of them ---------------------------------------------------------- */

static void unpack(struct stet_span file, struct stet_buf *page)
{
    if (stet_span_starts(file, STET_SPAN("\x1F\x8B")))
        CHECK_INT(stet_codec_inflate(STET_CODING_GZIP, file, page, NULL, NULL),
                  STET_OK);
    else
        stet_buf_add_span(page, file);
}

static void check_file(const char *dir, const char *name)
{
    struct stet_buf path, packed, page;

    stet_buf_init(&path, 4096);
    stet_buf_init(&packed, 32 << 20);
    stet_buf_init(&page, 64 << 20);
    tap_row(name);
    CHECK_INT(stet_path_join(&path, dir, name), STET_OK);
    CHECK_INT(stet_file_read(path.data, &packed, NULL), STET_OK);
    unpack(stet_buf_span(&packed), &page);
    check_page(stet_buf_span(&page), name);
    check_drip(stet_buf_span(&page));
    tap_row(NULL);
    stet_buf_clear(&path);
    stet_buf_clear(&packed);
    stet_buf_clear(&page);
}

static size_t check_folder(const char *root, const char *folder)
{
    struct stet_buf path;
    struct dirent *e;
    DIR *d;
    size_t n = 0;

    stet_buf_init(&path, 4096);
    CHECK_INT(stet_path_join(&path, root, folder), STET_OK);
    d = opendir(path.data);
    while (d && (e = readdir(d))) {
        if (!stet_span_ends(stet_span_of(e->d_name), STET_SPAN(".html.gz")) &&
            !stet_span_ends(stet_span_of(e->d_name), STET_SPAN(".html")))
            continue;
        check_file(path.data, e->d_name);
        n++;
    }
    if (d)
        closedir(d);
    stet_buf_clear(&path);
    return n;
}

static void real_pages_are_read_and_rewritten_right(void)
{
    const char *root = getenv("STET_PAGES");
    size_t n;

    if (!root)
        root = "../shared/pages";
    n = check_folder(root, "fundus");
    n += check_folder(root, "htmldate");
    n += check_folder(root, "markers");
    if (!n)
        tap_skip("no pages in $STET_PAGES");
}

TESTS({ "real pages keep their bytes, all their links move, and they are the "
        "same in pieces",
        real_pages_are_read_and_rewritten_right })
