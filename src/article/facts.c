#include "article/facts.h"

#include "article/ld.h"
#include "article/survey.h"
#include "base/ascii.h"
#include "base/mem.h"

void stet_facts_note(struct stet_facts *f, int rc)
{
    if (rc == STET_ENOMEM)
        f->status = rc;
}

struct stet_span stet_facts_dup(struct stet_facts *f, struct stet_span s)
{
    struct stet_span none = { NULL, 0 };

    if (s.len == 0)
        return none;
    if (s.len + 1 > f->arena->max - f->arena->used)
        return none;
    s = stet_arena_dup(f->arena, s);
    if (!s.ptr)
        stet_facts_note(f, STET_ENOMEM);
    return s;
}

/* The scratch from `from` on becomes a text of the article. */
static struct stet_span keep_from(struct stet_facts *f, size_t from)
{
    struct stet_span none = { NULL, 0 };
    struct stet_span s = stet_buf_span(&f->scratch);

    if (stet_buf_status(&f->scratch) < 0) {
        stet_facts_note(f, stet_buf_status(&f->scratch));
        stet_buf_reset(&f->scratch);
        return none;
    }
    s = stet_facts_dup(f, stet_span_sub(s, from, s.len));
    stet_buf_cut(&f->scratch, from);
    return s;
}

/* A text that stands in the scratch would move while it is read. */
static struct stet_span out_of_scratch(struct stet_facts *f, struct stet_span s)
{
    uintptr_t at = (uintptr_t)s.ptr;
    uintptr_t from = (uintptr_t)f->scratch.data;

    return s.ptr && at >= from && at < from + f->scratch.len
               ? stet_facts_dup(f, s)
               : s;
}

struct stet_span stet_facts_keep(struct stet_facts *f, struct stet_span s)
{
    size_t from = f->scratch.len;
    struct stet_fold fold;

    s = out_of_scratch(f, s);
    stet_fold_begin(&fold, &f->scratch);
    stet_fold_add(&fold, stet_span_sub(s, 0, STET_MAX_ARTICLE_FIELD));
    return keep_from(f, from);
}

struct stet_span stet_facts_keep_html(struct stet_facts *f, struct stet_span s)
{
    size_t from = f->scratch.len;
    struct stet_fold fold;

    s = out_of_scratch(f, s);
    stet_fold_begin(&fold, &f->scratch);
    stet_fold_add_html(&fold, stet_span_sub(s, 0, STET_MAX_ARTICLE_FIELD));
    return keep_from(f, from);
}

struct stet_span stet_facts_keep_node(struct stet_facts *f, const xmlNode *n,
                                      const xmlNode *but)
{
    size_t from = f->scratch.len;
    struct stet_fold fold;

    stet_fold_begin(&fold, &f->scratch);
    stet_fold_add_node(&fold, n, but, STET_FOLD_PLAIN, STET_MAX_ARTICLE_FIELD);
    return keep_from(f, from);
}

struct stet_span stet_facts_url(struct stet_facts *f, struct stet_span s)
{
    struct stet_span out = { NULL, 0 };
    struct stet_url u;
    int rc;

    s = stet_span_trim(s);
    if (s.len == 0)
        return out;
    stet_url_init(&u);
    rc = stet_url_parse(&u, s, f->has_base ? &f->base : NULL, NULL);
    stet_facts_note(f, rc);
    if (rc == STET_OK && stet_url_is_http(&u))
        out = stet_facts_dup(f, stet_url_href(&u));
    stet_url_clear(&u);
    return out;
}

static struct stet_span squeeze_key(struct stet_facts *f, struct stet_span name)
{
    char key[64];
    size_t n = 0;

    for (size_t i = 0; i < name.len && n < sizeof(key); i++)
        if (stet_is_alnum((unsigned char)name.ptr[i]))
            key[n++] = stet_to_lower(name.ptr[i]);
    return stet_facts_dup(f, (struct stet_span){ key, n });
}

static void read_metas(struct stet_facts *f)
{
    f->metas =
        stet_arena_alloc(f->arena, STET_MAX_ARTICLE_METAS * sizeof(*f->metas));
    if (!f->metas) {
        stet_facts_note(f, STET_ENOMEM);
        return;
    }
    for (const xmlNode *n = stet_dom_first(f->dom, STET_HTML_TAG_META);
         n && f->n_metas < STET_MAX_ARTICLE_METAS; n = stet_dom_next(n)) {
        static const char *const names[] = { "property", "name", "itemprop" };
        struct stet_span value = stet_dom_attr(n, "content");

        for (size_t i = 0; value.len > 0 && i < 3; i++) {
            struct stet_span key = stet_dom_attr(n, names[i]);

            if (key.len == 0)
                continue;
            key = squeeze_key(f, key);
            if (key.ptr)
                f->metas[f->n_metas++] = (struct stet_meta){ key, value };
            break;
        }
    }
}

struct stet_span stet_facts_meta(const struct stet_facts *f, const char *keys)
{
    struct stet_span rest = stet_span_of(keys);

    while (rest.ptr) {
        struct stet_span key = stet_span_cut(&rest, ' ');

        for (size_t i = 0; i < f->n_metas; i++)
            if (stet_span_eq(f->metas[i].key, key) &&
                stet_span_trim(f->metas[i].value).len > 0)
                return f->metas[i].value;
    }
    return (struct stet_span){ NULL, 0 };
}

static void read_base(struct stet_facts *f)
{
    const xmlNode *base = stet_dom_first(f->dom, STET_HTML_TAG_BASE);
    struct stet_span href =
        base ? stet_dom_attr(base, "href") : (struct stet_span){ NULL, 0 };
    int rc;

    rc = stet_url_parse(&f->url, f->in->url, NULL, NULL);
    stet_facts_note(f, rc);
    f->has_url = rc == STET_OK;
    rc = STET_EFORMAT;
    if (href.len > 0)
        rc = stet_url_parse(&f->base, href, f->has_url ? &f->url : NULL, NULL);
    if (rc != STET_OK && f->has_url)
        rc = stet_url_copy(&f->base, &f->url);
    f->has_base = rc == STET_OK;
    stet_facts_note(f, rc);
}

void stet_facts_read(struct stet_facts *f)
{
    read_base(f);
    read_metas(f);
    stet_ld_read(f);
    stet_survey(f);
}

void stet_facts_clear(struct stet_facts *f)
{
    stet_ld_clear(f);
    stet_json_free(f->lightbox);
    stet_url_clear(&f->url);
    stet_url_clear(&f->base);
    stet_buf_clear(&f->scratch);
    stet_free(f->props.items);
    stet_free(f->areas.items);
    stet_free(f->islands.items);
    stet_free(f->blocks.items);
    stet_free(f->runs.items);
    stet_free(f->weights);
}

void stet_facts_add_node(struct stet_facts *f, struct stet_nodes *to,
                         const xmlNode *n)
{
    int rc = stet_grow_array(&to->items, &to->cap, to->len + 1, sizeof(void *));

    if (rc == STET_OK)
        to->items[to->len++] = n;
    stet_facts_note(f, rc);
}

bool stet_facts_has_word(struct stet_span value, const char *word)
{
    size_t i = 0;

    while (i < value.len) {
        size_t from;

        while (i < value.len && stet_is_space((unsigned char)value.ptr[i]))
            i++;
        from = i;
        while (i < value.len && !stet_is_space((unsigned char)value.ptr[i]))
            i++;
        if (stet_span_ieqs(stet_span_sub(value, from, i - from), word))
            return true;
    }
    return false;
}

const xmlNode *stet_facts_prop(const struct stet_facts *f, const char *name)
{
    for (size_t i = 0; i < f->props.len; i++)
        if (stet_facts_has_word(stet_dom_attr(f->props.items[i], "itemprop"),
                                name))
            return f->props.items[i];
    return NULL;
}

struct stet_span stet_facts_run(struct stet_facts *f, const struct stet_run *r,
                                size_t max, size_t *from)
{
    struct stet_fold fold;

    *from = f->scratch.len;
    stet_fold_begin(&fold, &f->scratch);
    for (const xmlNode *n = r->first; n; n = stet_dom_walk(n, r->block)) {
        if (n->type == XML_TEXT_NODE)
            stet_fold_add(&fold, stet_dom_text(n));
        stet_fold_gap(&fold);
        if (n == r->last || f->scratch.len - *from > max)
            break;
    }
    return stet_span_sub(stet_buf_span(&f->scratch), *from, f->scratch.len);
}

size_t stet_facts_find_run(const struct stet_facts *f, uint32_t order)
{
    size_t lo = 0;
    size_t hi = f->runs.len;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (stet_dom_order(f->runs.items[mid].first) < order)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}
