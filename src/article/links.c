#include "article/links.h"

#include "base/ascii.h"
#include "base/mem.h"
#include "links/out.h"

enum {
    MAX_PAGE_LINKS = 5000,
    MAX_COUNT = 300,
    MAX_TITLE_NODES = 60,
    LONG_SEGMENT = 25,
    TITLE = 25,      /* bytes of a headline, */
    LONG_TITLE = 45, /* and of one that nothing else calls that */
    LONG_NUMBER = 4
};

/* Names of segments that lists of stories are under, by first letter. */
static const char *const listings[26][12] = {
    ['a' - 'a'] = { "author", "authors", "autor", "autoren", "autores",
                    "auteur", "account", "abo", "amne", "argomenti",
                    "avainsana" },
    ['b' - 'a'] = { "by" },
    ['c' - 'a'] = { "category", "categories", "categoria", "contributor" },
    ['e' - 'a'] = { "emne", "emner", "emneord", "etiket", "etiqueta" },
    ['k' - 'a'] = { "kategorie", "kategori", "keyword", "keywords", "konu" },
    ['l' - 'a'] = { "login" },
    ['m' - 'a'] = { "mots-cles", "mot-cle" },
    ['n' - 'a'] = { "newsletter", "newsletters" },
    ['p' - 'a'] = { "profile", "profil", "people", "personen" },
    ['s' - 'a'] = { "search", "schlagwort", "subject", "subjects", "sujet" },
    ['t' - 'a'] = { "tag", "tags", "topic", "topics", "thema", "themen", "tema",
                    "temas", "tagg", "tagi", "temat", "tematy" },
    ['u' - 'a'] = { "user" },
};

static bool is_listing(struct stet_span segment)
{
    unsigned first = ((unsigned char)segment.ptr[0] | 0x20u) - 'a';

    for (size_t i = 0; first < 26 && i < 12 && listings[first][i]; i++)
        if (stet_span_ieqs(segment, listings[first][i]))
            return true;
    return false;
}

/* Is the path a document's or a picture's? */
static bool is_file(struct stet_span path)
{
    enum stet_link_file file = stet_link_file_of(path);

    return file == STET_FILE_IMAGE || file == STET_FILE_MEDIA ||
           file == STET_FILE_DOCUMENT;
}

bool stet_page_links_is_story(struct stet_span path)
{
    struct stet_span rest = path;
    size_t hyphens = 0;
    size_t digits = 0;
    size_t all_digits = 0;
    size_t last = 0;
    bool number = false;

    while (rest.ptr) {
        struct stet_span segment = stet_span_cut(&rest, '/');

        if (segment.len == 0)
            continue;
        if (is_listing(segment))
            return false;
        last = segment.len;
        hyphens = 0;
        digits = 0;
        all_digits = 0;
        for (size_t i = 0; i < segment.len; i++) {
            char c = segment.ptr[i];

            hyphens += c == '-' || c == '_';
            all_digits += stet_is_digit((unsigned char)c);
            digits = stet_is_digit((unsigned char)c) ? digits + 1 : 0;
            number = number || digits >= LONG_NUMBER;
        }
    }
    return number || hyphens >= 3 || last >= LONG_SEGMENT ||
           all_digits > LONG_NUMBER;
}

size_t stet_page_links_title_bytes(const xmlNode *a)
{
    size_t bytes = 0;
    int nodes = 0;

    for (const xmlNode *n = a; n && nodes++ < MAX_TITLE_NODES;
         n = stet_dom_walk(n, a))
        if (n->type == XML_TEXT_NODE)
            bytes += stet_span_trim(stet_dom_text(n)).len;
    if (bytes == 0)
        bytes = stet_dom_attr(a, "aria-label").len;
    if (bytes == 0)
        bytes = stet_dom_attr(a, "title").len;
    return bytes;
}

static struct stet_span until(struct stet_span s, const char *set)
{
    for (size_t i = 0; i < s.len; i++)
        for (const char *c = set; *c; c++)
            if (s.ptr[i] == *c)
                return stet_span_sub(s, 0, i);
    return s;
}

static bool is_on_site(struct stet_span host, struct stet_span site)
{
    if (site.len == 0 || host.len < site.len ||
        !stet_span_ieq(stet_span_sub(host, host.len - site.len, site.len),
                       site))
        return false;
    return host.len == site.len || host.ptr[host.len - site.len - 1] == '.';
}

/* WordPress's short address of a post, before it has a name: "/?p=123". */
static bool is_post(struct stet_span query)
{
    while (query.ptr) {
        struct stet_span field = stet_span_cut(&query, '&');

        if (field.len > 2 && field.ptr[0] == 'p' && field.ptr[1] == '=')
            return stet_is_digit((unsigned char)field.ptr[2]);
    }
    return false;
}

/* A page below the story's own: its comments, its pictures, what is like
 * it. */
static bool is_below(const struct stet_facts *f, struct stet_span path)
{
    struct stet_span own = stet_url_path(&f->url);
    size_t dot = own.len;

    while (dot > 0 && own.ptr[dot - 1] != '/' && own.ptr[dot - 1] != '.')
        dot--;
    if (dot > 0 && own.ptr[dot - 1] == '.')
        own.len = dot - 1;
    while (own.len > 0 && own.ptr[own.len - 1] == '/')
        own.len--;
    return path.len > own.len && path.ptr[own.len] == '/' &&
           stet_span_eq(stet_span_sub(path, 0, own.len), own) &&
           stet_page_links_is_story(own);
}

/* Is the link a headline over a path of some words, "/gallery/best-shoes"? */
static bool is_titled(const xmlNode *a, struct stet_span path)
{
    size_t segments = 0;
    size_t hyphens = 0;
    const xmlNode *n = a->parent;

    while (path.ptr) {
        struct stet_span segment = stet_span_cut(&path, '/');

        if (segment.len == 0)
            continue;
        if (is_listing(segment))
            return false;
        segments++;
        hyphens = 0;
        for (size_t i = 0; i < segment.len; i++)
            hyphens += segment.ptr[i] == '-';
    }
    if (segments < 2 || hyphens == 0)
        return false;
    for (int up = 0; up < 2 && n && n->type == XML_ELEMENT_NODE; up++) {
        enum stet_html_tag tag = stet_dom_tag(n);

        if (tag >= STET_HTML_TAG_H1 && tag <= STET_HTML_TAG_H6)
            return stet_page_links_title_bytes(a) >= TITLE;
        n = n->parent;
    }
    return stet_page_links_title_bytes(a) >= LONG_TITLE;
}

/* The look of one href; no URL is parsed for it. */
static void judge(const struct stet_facts *f, struct stet_span site,
                  struct stet_page_link *l)
{
    struct stet_span s = l->href;
    struct stet_span path;

    if (stet_span_istarts(s, "http:") || stet_span_istarts(s, "https:"))
        s = stet_span_sub(s, s.ptr[4] == ':' ? 5 : 6, s.len);
    if (stet_span_istarts(s, "//")) {
        struct stet_span host = until(stet_span_sub(s, 2, s.len), "/?#");

        s = stet_span_sub(s, 2 + host.len, s.len);
        l->away = !f->has_url || !is_on_site(until(host, ":"), site);
    } else if (stet_span_find(until(s, "/?#"), STET_SPAN(":")) <
               until(s, "/?#").len) {
        return; /* mailto:, javascript:, tel: */
    }
    path = until(s, "?#");
    if (l->away || path.len == 0)
        return;
    if (f->has_url && stet_span_eq(path, stet_url_path(&f->url))) {
        l->self = stet_span_find(s, STET_SPAN("#")) == s.len;
        return;
    }
    if (is_file(path) || (f->has_url && is_below(f, path)))
        return;
    l->story =
        stet_page_links_is_story(path) ||
        (path.len == 1 && is_post(stet_span_sub(until(s, "#"), 2, s.len))) ||
        is_titled(l->a, path);
}

void stet_page_links_read(struct stet_facts *f, struct stet_page_links *to)
{
    struct stet_span site = { NULL, 0 };

    *to = (struct stet_page_links){ .len = 0 };
    if (f->has_url)
        site = stet_url_site(&f->url);
    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_A);
         n && to->len < MAX_PAGE_LINKS; n = stet_dom_next(n)) {
        struct stet_page_link l = { .a = n };
        int rc;

        l.href = stet_span_trim(stet_dom_attr(n, "href"));
        if (l.href.len == 0 || l.href.ptr[0] == '#')
            continue;
        judge(f, site, &l);
        rc = stet_grow_array(&to->items, &to->cap, to->len + 1, sizeof(l));
        stet_facts_note(f, rc);
        if (rc < 0)
            return;
        to->items[to->len++] = l;
    }
}

void stet_page_links_clear(struct stet_page_links *l)
{
    stet_free(l->items);
    *l = (struct stet_page_links){ .len = 0 };
}

size_t stet_page_links_at(const struct stet_page_links *l, uint32_t order)
{
    size_t lo = 0;
    size_t hi = l->len;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (stet_dom_order(l->items[mid].a) < order)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

void stet_page_links_count(struct stet_link_count *out,
                           const struct stet_page_links *l, const xmlNode *in)
{
    struct stet_span last = { NULL, 0 };
    struct stet_span story = { NULL, 0 };

    *out = (struct stet_link_count){ .stories = 0 };
    for (size_t i = stet_page_links_at(l, stet_dom_order(in));
         i < l->len && stet_dom_order(l->items[i].a) <= stet_dom_end(in); i++) {
        const struct stet_page_link *link = &l->items[i];

        if (stet_span_eq(link->href, last))
            continue;
        last = link->href;
        if (link->story && stet_span_eq(link->href, story))
            continue; /* a card's picture and its title */
        if (link->story)
            story = link->href;
        out->stories += link->story;
        out->others += !link->story;
        out->away += link->away;
        out->self += link->self;
    }
}
