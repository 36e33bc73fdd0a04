#include "article/links.h"

#include "base/ascii.h"
#include "base/mem.h"

enum {
    MAX_PAGE_LINKS = 5000,
    MAX_COUNT = 300,
    LONG_SEGMENT = 25,
    LONG_NUMBER = 4
};

static bool is_listing(struct stet_span segment)
{
    static const char *const names[] = {
        "tag",    "tags",       "topic",      "topics",  "thema",
        "themen", "tema",       "temas",      "author",  "authors",
        "autor",  "autoren",    "autores",    "profile", "profil",
        "by",     "category",   "categories", "people",  "personen",
        "auteur", "search",     "account",    "login",   "user",
        "abo",    "contributor"
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (((names[i][0] ^ segment.ptr[0]) & ~0x20) == 0 &&
            stet_span_ieqs(segment, names[i]))
            return true;
    return false;
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
    if (f->has_url && stet_span_eq(path, stet_url_path(&f->url)))
        return;
    l->story = stet_page_links_is_story(path);
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
    }
}
