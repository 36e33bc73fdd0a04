#include "check/set.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "stet/url.h"

#include <inttypes.h>

enum {
    MAX_KEYS = 1 << 30, /* bytes of keys */
    MAX_KEY = 1 << 20,
    MAX_DEPTH = 8, /* style sheets and frames in one another */
};

/*
 * What an index answers to.  pywb looks up Python's surt of a URL; when that
 * is not there it takes, of a file (its path ends in an extension, not one of
 * a program), any capture of the same path, and looks again without what only
 * defeats caches.  wabac.js looks up its own surt.
 */
struct stet_check_keys {
    struct stet_map pywb, paths, plain, wabac;
};

int stet_check_keys_new(struct stet_check_keys **out, struct stet_error *err)
{
    struct stet_check_keys *k = stet_alloc(sizeof(*k));

    *out = k;
    if (!k)
        return stet_fail(err, STET_ENOMEM, "no memory for an index");
    stet_map_init(&k->pywb, MAX_KEYS);
    stet_map_init(&k->paths, MAX_KEYS);
    stet_map_init(&k->plain, MAX_KEYS);
    stet_map_init(&k->wabac, MAX_KEYS);
    return STET_OK;
}

void stet_check_keys_free(struct stet_check_keys *k)
{
    if (!k)
        return;
    stet_map_clear(&k->pywb);
    stet_map_clear(&k->paths);
    stet_map_clear(&k->plain);
    stet_map_clear(&k->wabac);
    stet_free(k);
}

static struct stet_span without_query(struct stet_span key)
{
    return stet_span_sub(key, 0, stet_span_find(key, STET_SPAN("?")));
}

static bool is_digits(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!stet_is_digit((unsigned char)s.ptr[i]))
            return false;
    return s.len > 0;
}

/* "_=123", "cb=123", "uncache=123", "utm_...=...", as pywb's rules name
 * them. */
static bool only_defeats_caches(struct stet_span param)
{
    struct stet_span value = param, name = stet_span_cut(&value, '=');

    if (stet_span_starts(name, STET_SPAN("utm_")))
        return value.len > 0;
    return (stet_span_eqs(name, "_") || stet_span_eqs(name, "cb") ||
            stet_span_eqs(name, "uncache")) &&
           is_digits(value);
}

/* The key without such parameters. */
static void add_plain(struct stet_buf *out, struct stet_span key)
{
    struct stet_span path = without_query(key);
    struct stet_span rest = stet_span_sub(key, path.len + 1, key.len);
    char sep = '?';

    stet_buf_add_span(out, path);
    while (path.len < key.len && rest.ptr) {
        struct stet_span param = stet_span_cut(&rest, '&');

        if (only_defeats_caches(param))
            continue;
        stet_buf_addc(out, sep);
        stet_buf_add_span(out, param);
        sep = '&';
    }
}

static int put(struct stet_map *m, struct stet_span key)
{
    return stet_map_put(m, key, NULL) ? STET_OK : STET_ENOMEM;
}

int stet_check_keys_add(struct stet_check_keys *k, struct stet_span key,
                        struct stet_span url)
{
    struct stet_bytes wabac = { NULL, 0 }, pywb = { NULL, 0 };
    struct stet_buf plain;
    struct stet_span text;
    int rc = stet_url_surt_wabac(&wabac, url, NULL);

    stet_buf_init(&plain, MAX_KEY);
    if (rc == STET_OK)
        rc = put(&k->wabac, (struct stet_span){ wabac.data, wabac.len });
    /* A compressed index may have wabac's keys: of those pywb has no use,
     * and makes its own index. */
    if (rc == STET_OK)
        rc = stet_url_surt(&pywb, url, NULL);
    if (rc == STET_OK) {
        text = (struct stet_span){ pywb.data, pywb.len };
        add_plain(&plain, text);
        rc = put(&k->pywb, text);
        if (rc == STET_OK)
            rc = put(&k->paths, without_query(text));
        if (rc == STET_OK && stet_buf_status(&plain) == STET_OK)
            rc = put(&k->plain, stet_buf_span(&plain));
    }
    if (rc == STET_OK)
        rc = put(&k->pywb, key);
    stet_bytes_clear(&wabac);
    stet_bytes_clear(&pywb);
    stet_buf_clear(&plain);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

/* -- looking up ------------------------------------------------------------ */

/* The path ends in the extension of a file, not of a program. */
static bool is_file(struct stet_span key)
{
    static const char *const programs[] = { "asp", "aspx", "jsp", "php",
                                            "pl",  "exe",  "dll" };
    struct stet_span path = without_query(key), ext;
    size_t at = path.len;

    while (at > 0 && path.ptr[at - 1] != '.' && path.ptr[at - 1] != '/')
        at--;
    ext = stet_span_sub(path, at, path.len);
    if (at < 2 || path.ptr[at - 1] != '.' || ext.len == 0 ||
        path.ptr[at - 2] == '/')
        return false;
    for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
        if (stet_span_eqs(ext, programs[i]))
            return false;
    return true;
}

static int in_pywb(const struct stet_check_keys *k, struct stet_span url,
                   bool *found)
{
    struct stet_bytes key = { NULL, 0 };
    int rc = stet_url_surt(&key, url, NULL);
    struct stet_span text = { key.data, key.len };
    struct stet_buf plain;

    *found = rc != STET_OK; /* what has no key is not asked for */
    if (rc == STET_OK) {
        stet_buf_init(&plain, MAX_KEY);
        add_plain(&plain, text);
        *found =
            stet_map_find(&k->pywb, text) ||
            (is_file(text) && stet_map_find(&k->paths, without_query(text))) ||
            stet_map_find(&k->plain, stet_buf_span(&plain));
        if (stet_buf_status(&plain) == STET_ENOMEM)
            rc = STET_ENOMEM;
        stet_buf_clear(&plain);
    }
    stet_bytes_clear(&key);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static int in_wabac(const struct stet_check_keys *k, struct stet_span url,
                    bool *found)
{
    struct stet_bytes key = { NULL, 0 };
    int rc = stet_url_surt_wabac(&key, url, NULL);

    *found = rc != STET_OK ||
             stet_map_find(&k->wabac, (struct stet_span){ key.data, key.len });
    stet_bytes_clear(&key);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

/* -- pages ----------------------------------------------------------------- */

struct walk {
    struct stet_check_set *s;
    const struct stet_check_keys *keys;
    struct stet_map docs; /* by URL: the last one */
    struct stet_map seen; /* by URL: of the page under way */
};

static bool is_ours(const struct stet_check_set *s,
                    const struct stet_check_document *d)
{
    return d->input >= s->from && d->input < s->to;
}

static int index_docs(struct walk *w)
{
    for (size_t i = 0; i < w->s->n_docs; i++) {
        struct stet_map_entry *e;

        if (!is_ours(w->s, &w->s->docs[i]))
            continue;
        e = stet_map_put(&w->docs, w->s->docs[i].url, NULL);
        if (!e)
            return STET_ENOMEM;
        e->value = &w->s->docs[i];
    }
    return STET_OK;
}

/* The document of the page: of that time, or any. */
static const struct stet_check_document *find_doc(
    const struct walk *w, const struct stet_check_page *p)
{
    const struct stet_map_entry *e = stet_map_find(&w->docs, p->url);

    for (size_t i = 0; e && i < w->s->n_docs; i++)
        if (is_ours(w->s, &w->s->docs[i]) &&
            w->s->docs[i].date_ms == p->date_ms &&
            stet_span_eq(w->s->docs[i].url, p->url))
            return &w->s->docs[i];
    return e ? e->value : NULL;
}

static void tell(const struct walk *w, const struct stet_check_document *page,
                 enum stet_check_rule rule, struct stet_span url)
{
    stet_check_say(
        w->s, w->s->inputs[page->input].name, rule, page->offset,
        "%.*s needs %.*s", (int)(page->url.len < 150 ? page->url.len : 150),
        page->url.ptr, (int)(url.len < 200 ? url.len : 200), url.ptr);
}

/* True when one of a group is there, for each replayer. */
static int look_up(const struct walk *w, const struct stet_check_want *wants,
                   size_t n, bool *pywb, bool *wabac)
{
    bool found;
    int rc = STET_OK;

    *pywb = *wabac = false;
    for (size_t i = 0; i < n && rc == STET_OK; i++) {
        rc = in_pywb(w->keys, wants[i].url, &found);
        *pywb |= found;
        if (rc == STET_OK)
            rc = in_wabac(w->keys, wants[i].url, &found);
        *wabac |= found;
    }
    return rc;
}

/* What the document needs, and what that needs; each told once a page. */
static int check_doc(struct walk *w, const struct stet_check_document *page,
                     const struct stet_check_document *root)
{
    const struct stet_check_document *open[MAX_DEPTH] = { root };
    size_t at[MAX_DEPTH] = { 0 }, depth = 1;

    while (depth > 0) {
        const struct stet_check_document *d = open[depth - 1];
        const struct stet_check_want *wants;
        size_t from = at[depth - 1], n = 1;
        const struct stet_map_entry *next;
        bool pywb, wabac, fresh;
        int rc;

        if (from == d->n_wants) {
            depth--;
            continue;
        }
        wants = &w->s->wants[d->wants];
        while (from + n < d->n_wants &&
               wants[from + n].group == wants[from].group)
            n++;
        at[depth - 1] = from + n;
        if (!stet_map_put(&w->seen, wants[from].url, &fresh))
            return STET_ENOMEM;
        if (!fresh)
            continue;
        rc = look_up(w, &wants[from], n, &pywb, &wabac);
        if (rc < 0)
            return rc;
        if (!pywb)
            tell(w, page, STET_CHECK_REPLAY_PYWB, wants[from].url);
        if (!wabac)
            tell(w, page, STET_CHECK_REPLAY_WABAC, wants[from].url);
        next = stet_map_find(&w->docs, wants[from].url);
        if (next && depth < MAX_DEPTH) {
            open[depth] = next->value;
            at[depth++] = 0;
        }
    }
    return STET_OK;
}

static int check_page(struct walk *w, const struct stet_check_document *page)
{
    int rc;

    stet_map_init(&w->seen, MAX_KEYS);
    rc = check_doc(w, page, page);
    stet_map_clear(&w->seen);
    return rc;
}

/* A listed page that no index knows cannot be opened. */
static int check_listed(struct walk *w, const struct stet_check_page *p)
{
    const struct stet_check_document *d = find_doc(w, p);
    bool pywb = true, wabac = true;
    int rc = in_pywb(w->keys, p->url, &pywb);

    if (rc == STET_OK)
        rc = in_wabac(w->keys, p->url, &wabac);
    if (rc == STET_OK && (!pywb || !wabac))
        stet_check_say(w->s, p->list, STET_CHECK_PAGE_ABSENT, p->offset,
                       "the index has no line of the page %.*s",
                       (int)(p->url.len < 200 ? p->url.len : 200), p->url.ptr);
    return rc == STET_OK && d ? check_page(w, d) : rc;
}

int stet_check_replay(struct stet_check_set *s,
                      const struct stet_check_keys *keys,
                      const struct stet_check_page *pages, size_t n_pages)
{
    struct walk w = { .s = s, .keys = keys };
    int rc = STET_OK;

    if (s->full)
        return STET_OK;
    stet_map_init(&w.docs, MAX_KEYS);
    rc = index_docs(&w);
    for (size_t i = 0; i < n_pages && rc == STET_OK; i++)
        rc = check_listed(&w, &pages[i]);
    for (size_t i = 0; n_pages == 0 && i < s->n_docs && rc == STET_OK; i++)
        if (s->docs[i].is_page && is_ours(s, &s->docs[i]))
            rc = check_page(&w, &s->docs[i]);
    stet_map_clear(&w.docs);
    return rc;
}
