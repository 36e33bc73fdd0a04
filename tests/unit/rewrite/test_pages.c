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

static void check_file(const char *dir, const char *name)
{
    struct stet_buf path, packed, page;

    stet_buf_init(&path, 4096);
    stet_buf_init(&packed, 32 << 20);
    stet_buf_init(&page, 64 << 20);
    tap_row(name);
    CHECK_INT(stet_path_join(&path, dir, name), STET_OK);
    CHECK_INT(stet_file_read(path.data, &packed, NULL), STET_OK);
    CHECK_INT(stet_codec_inflate(STET_CODING_GZIP, stet_buf_span(&packed),
                                 &page, NULL, NULL),
              STET_OK);
    check_page(stet_buf_span(&page), name);
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
        if (!stet_span_ends(stet_span_of(e->d_name), STET_SPAN(".html.gz")))
            continue;
        check_file(path.data, e->d_name);
        n++;
    }
    if (d)
        closedir(d);
    stet_buf_clear(&path);
    return n;
}

static void real_pages_keep_their_bytes_and_all_links_move(void)
{
    const char *root = getenv("STET_PAGES");
    size_t n;

    if (!root)
        root = "../shared/pages";
    n = check_folder(root, "fundus");
    n += check_folder(root, "htmldate");
    if (!n)
        tap_skip("no pages in $STET_PAGES");
}

TESTS({ "real pages keep their bytes, and all their links move",
        real_pages_keep_their_bytes_and_all_links_move })
