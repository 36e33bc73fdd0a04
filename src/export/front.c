#include "export/front.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "stet/rewrite.h"
#include "stet/url.h"
#include "json/json.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum {
    MAX_TEXTS = 512 << 20,
    MAX_LINE = 16 << 20, /* of a list */
    CHUNK = 16 * 1024,
};

void stet_front_init(struct stet_front *f)
{
    *f = (struct stet_front){ .pages = NULL };
    stet_arena_init(&f->arena, MAX_TEXTS);
    stet_map_init(&f->urls, MAX_TEXTS);
}

void stet_front_clear(struct stet_front *f)
{
    stet_free(f->pages);
    stet_arena_clear(&f->arena);
    stet_map_clear(&f->urls);
    stet_front_init(f);
}

/* -- gathering ------------------------------------------------------------- */

static int no_memory(struct stet_error *err)
{
    return stet_fail(err, STET_ENOMEM, "no memory for the list of pages");
}

/* The row of a URL, made if there is none; NULL: no memory. */
static struct stet_front_page *row_of(struct stet_front *f,
                                      const struct stet_holding *h, bool *fresh)
{
    struct stet_map_entry *e = stet_map_put(&f->urls, h->url, fresh);

    if (!e ||
        stet_grow_array(&f->pages, &f->cap, f->len + 1, sizeof(*f->pages)) < 0)
        return NULL;
    if (*fresh) {
        f->pages[f->len] = (struct stet_front_page){ .holding = h };
        f->len++;
    }
    return &f->pages[(size_t)(e - f->urls.entries)];
}

int stet_front_add(struct stet_front *f, const struct stet_holding *h,
                   struct stet_error *err)
{
    bool fresh;
    struct stet_front_page *p = row_of(f, h, &fresh);

    if (!p)
        return no_memory(err);
    p->is_seed = true;
    return STET_OK;
}

static int add_line(struct stet_front *f, const struct stet_holding *h,
                    const struct stet_json_value *line, struct stet_error *err)
{
    const struct stet_json_value *article = stet_json_get(line, "article");
    int64_t date = stet_date_parse_w3c(stet_json_get_string(line, "ts"));
    bool fresh, is_seed = stet_json_is_true(stet_json_get(line, "seed"));
    struct stet_front_page *p = row_of(f, h, &fresh);

    if (!p)
        return no_memory(err);
    p->is_seed |= is_seed;
    if (!fresh && date / 1000 != h->date_ms / 1000)
        return STET_OK;
    p->title = stet_arena_dup(&f->arena, stet_json_get_string(line, "title"));
    p->marker =
        stet_arena_dup(&f->arena, stet_json_get_string(article, "marker"));
    p->published =
        stet_arena_dup(&f->arena, stet_json_get_string(article, "published"));
    return p->title.ptr && p->marker.ptr && p->published.ptr ? STET_OK
                                                             : no_memory(err);
}

static int read_line(struct stet_front *f, const struct stet_catalogue *c,
                     struct stet_span text, bool *any, struct stet_error *err)
{
    struct stet_json_options o = { .lenient = true };
    struct stet_holding *h = NULL;
    struct stet_json *json = NULL;
    struct stet_url url;
    int rc = stet_json_parse(&json, text, &o, NULL);

    stet_url_init(&url);
    if (rc == STET_OK)
        rc = stet_url_parse(&url,
                            stet_json_get_string(stet_json_root(json), "url"),
                            NULL, NULL);
    if (rc == STET_OK)
        h = stet_catalogue_follow(c,
                                  stet_catalogue_find(c, stet_url_page(&url)));
    if (h && h->path.len) {
        *any = true;
        rc = add_line(f, h, stet_json_root(json), err);
    }
    stet_url_clear(&url);
    stet_json_free(json);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

/* Gathers a line; one past its limit is no line. */
static int take_chunk(struct stet_front *f, const struct stet_catalogue *c,
                      struct stet_buf *line, struct stet_span chunk, bool *any,
                      struct stet_error *err)
{
    int rc = STET_OK;

    while (rc == STET_OK && chunk.ptr) {
        stet_buf_add_span(line, stet_span_cut(&chunk, '\n'));
        if (stet_buf_status(line) == STET_ENOMEM)
            return no_memory(err);
        if (!chunk.ptr)
            break;
        if (stet_buf_status(line) == STET_OK)
            rc = read_line(f, c, stet_buf_span(line), any, err);
        stet_buf_reset(line);
    }
    return rc;
}

static int read_list(struct stet_front *f, const struct stet_catalogue *c,
                     const char *path, bool *any, struct stet_error *err)
{
    char chunk[CHUNK];
    struct stet_buf line;
    FILE *in = fopen(path, "rbe");
    size_t n;
    int rc = STET_OK;

    if (!in)
        return STET_OK; /* a folder or file without one */
    stet_buf_init(&line, MAX_LINE);
    while (rc == STET_OK && (n = fread(chunk, 1, sizeof(chunk), in)) > 0)
        rc = take_chunk(f, c, &line, (struct stet_span){ chunk, n }, any, err);
    if (rc == STET_OK && ferror(in))
        rc = stet_fail_sys(err, STET_EIO, "cannot read %s", path);
    if (rc == STET_OK) /* a last line without its end */
        rc = take_chunk(f, c, &line, STET_SPAN("\n"), any, err);
    stet_buf_clear(&line);
    fclose(in);
    return rc;
}

int stet_front_add_lists(struct stet_front *f, const struct stet_catalogue *c,
                         const char *archive, bool *any, struct stet_error *err)
{
    static const char *const lists[] = { "pages/pages.jsonl",
                                         "pages/extraPages.jsonl" };
    struct stet_buf path;
    int rc = STET_OK;

    stet_buf_init(&path, PATH_MAX);
    for (size_t i = 0; rc == STET_OK && i < 2; i++) {
        rc = stet_path_join(&path, archive, lists[i]);
        if (rc == STET_OK)
            rc = read_list(f, c, path.data, any, err);
    }
    stet_buf_clear(&path);
    return rc;
}

/* -- printing -------------------------------------------------------------- */

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
    "<title>";

static const char style[] =
    "</title>\n<style>\n"
    ":root{color-scheme:light dark;--ink:#1b1b1b;--soft:#5f6368;"
    "--line:#dcdcdc;--paper:#fdfcf9;--link:#0b4f8a;--mark:#8a5a00}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e9e7e2;--soft:#a3a09a;"
    "--line:#3a3a3a;--paper:#171614;--link:#8ec2ee;--mark:#e3b65b}}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);"
    "font:17px/1.5 Georgia,'Times New Roman',serif}\n"
    "main{max-width:44rem;margin:0 auto;padding:3rem 1.25rem 5rem}\n"
    "h1{font-size:2rem;line-height:1.2;margin:0}\n"
    "h2{font-size:1rem;margin:2.5rem 0 0;padding-bottom:.4rem;"
    "border-bottom:2px solid var(--ink)}\n"
    "p{margin:.5rem 0;color:var(--soft)}\n"
    "ul{list-style:none;margin:0;padding:0}\n"
    "li{padding:.9rem 0;border-bottom:1px solid var(--line)}\n"
    "a{color:var(--link);text-decoration:none}a:hover{text-decoration:"
    "underline}\n"
    "li a{font-size:1.15rem;line-height:1.3}\n"
    "small{display:block;font:13px/1.6 system-ui,sans-serif;"
    "color:var(--soft);overflow-wrap:anywhere}\n"
    ".age{color:var(--mark)}\n"
    "</style>\n</head>\n<body>\n<main>\n";

static void add_text(struct stet_buf *out, struct stet_span s)
{
    while (s.len) {
        uint32_t cp = stet_utf8_next(&s);

        if (cp == '&')
            stet_buf_adds(out, "&amp;");
        else if (cp == '<')
            stet_buf_adds(out, "&lt;");
        else if (cp == '"')
            stet_buf_adds(out, "&quot;");
        else if (cp >= ' ' && cp != 0x7F)
            stet_utf8_add(out, cp);
        else
            stet_buf_addc(out, ' ');
    }
}

/* "2024-11-23 12:00" */
static void add_date(struct stet_buf *out, int64_t ms)
{
    struct stet_civil d;

    if (ms == STET_NO_DATE)
        return;
    stet_date_split(&d, ms);
    stet_buf_addf(out, "%04d-%02d-%02d %02d:%02d UTC", d.year, d.month, d.day,
                  d.hour, d.minute);
}

static int add_row(struct stet_buf *out, const struct stet_front_page *p)
{
    struct stet_bytes href;
    int rc = stet_mirror_relative(&href, STET_SPAN(STET_FRONT_PATH),
                                  p->holding->path);

    if (rc < 0)
        return rc;
    stet_buf_adds(out, "<li><a href=\"");
    stet_buf_add(out, href.data, href.len);
    stet_buf_adds(out, "\">");
    add_text(out, p->title.len ? p->title : p->holding->url);
    stet_buf_adds(out, "</a>\n");
    if (p->marker.len) {
        stet_buf_adds(out, "<small class=\"age\">");
        add_text(out, p->marker);
        stet_buf_adds(out, "</small>\n");
    }
    stet_buf_adds(out, "<small>");
    if (p->published.len) {
        stet_buf_adds(out, "published ");
        add_text(out, stet_span_sub(p->published, 0, strlen("2024-11-23")));
        stet_buf_adds(out, " \xC2\xB7 ");
    }
    stet_buf_adds(out, "captured ");
    add_date(out, p->holding->date_ms);
    stet_buf_adds(out, "</small>\n<small>");
    add_text(out, p->holding->url);
    stet_buf_adds(out, "</small></li>\n");
    stet_bytes_clear(&href);
    return STET_OK;
}

static int add_rows(const struct stet_front *f, struct stet_buf *out,
                    bool seeds, const char *heading)
{
    bool any = false;
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < f->len; i++) {
        if (f->pages[i].is_seed != seeds)
            continue;
        if (!any)
            stet_buf_addf(out, "<h2>%s</h2>\n<ul>\n", heading);
        any = true;
        rc = add_row(out, &f->pages[i]);
    }
    if (any)
        stet_buf_adds(out, "</ul>\n");
    return rc;
}

int stet_front_print(const struct stet_front *f, struct stet_buf *out,
                     struct stet_error *err)
{
    int rc;

    stet_buf_adds(out, head);
    stet_buf_adds(out, "Archived pages");
    stet_buf_adds(out, style);
    stet_buf_addf(out,
                  "<h1>Archived pages</h1>\n<p>%zu page%s, as they were "
                  "captured.</p>\n",
                  f->len, f->len == 1 ? "" : "s");
    rc = add_rows(f, out, true, "Pages");
    if (rc == STET_OK)
        rc = add_rows(f, out, false, "Related stories");
    stet_buf_adds(out, "</main>\n</body>\n</html>\n");
    if (rc == STET_OK)
        rc = stet_buf_status(out);
    return rc < 0 ? stet_fail(err, rc, "the list of pages") : rc;
}

struct stet_span stet_front_notice(void)
{
    static const char page[] =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
        "\n<meta name=\"viewport\" content=\"width=device-width,"
        "initial-scale=1\">\n<title>Not in this archive</title>\n<style>\n"
        ":root{color-scheme:light dark}body{max-width:40rem;margin:0 auto;"
        "padding:3rem 1.25rem;font:17px/1.5 Georgia,'Times New Roman',serif}\n"
        "#url{overflow-wrap:anywhere}\n</style>\n</head>\n<body>\n"
        "<h1>Not in this archive</h1>\n<p>The page that the link leads to was "
        "not archived. Its address on the web stands behind the # in the "
        "address bar<span id=\"is\">.</span> <a id=\"url\"></a></p>\n"
        "<p><a href=\"" STET_FRONT_PATH "\">All archived pages</a></p>\n"
        "<script>\nvar u=location.hash.slice(1),a=document.getElementById("
        "'url');\nif(/^https?:/.test(u)){a.href=a.textContent=u;"
        "document.getElementById('is').textContent=':';}\n</script>\n"
        "</body>\n</html>\n";

    return (struct stet_span){ page, sizeof(page) - 1 };
}
