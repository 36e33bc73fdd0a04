#include "rewrite/use.h"

#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "stet/html.h"
#include "stet/rewrite.h"

#include <string.h>

enum {
    MAX_NAMES = 512,         /* elements copied into one document */
    MAX_NAME = 200,          /* bytes of an id */
    MAX_KEYS = 4 << 20,      /* bytes of URLs and names */
    MAX_ELEMENTS = 32 << 20, /* bytes copied */
    ENOUGH = 4 << 20,        /* past it no further element is begun */
};

void stet_uses_init(struct stet_uses *u,
                    int (*read)(void *ctx, struct stet_span url,
                                struct stet_span *text),
                    void *ctx)
{
    *u = (struct stet_uses){ .read = read, .ctx = ctx };
    stet_map_init(&u->files, MAX_KEYS);
    stet_map_init(&u->names, MAX_KEYS);
    stet_buf_init(&u->elements, MAX_ELEMENTS);
}

void stet_uses_clear(struct stet_uses *u)
{
    stet_map_clear(&u->files);
    stet_map_clear(&u->names);
    stet_buf_clear(&u->elements);
}

/* Ids of other characters would have to be escaped in three ways. */
static size_t name_length(struct stet_span s)
{
    size_t n = 0;

    while (n < s.len && (stet_is_alnum((unsigned char)s.ptr[n]) ||
                         (s.ptr[n] && strchr("_-.:", s.ptr[n]))))
        n++;
    return n <= MAX_NAME ? n : 0;
}

/* -- copying one element --------------------------------------------------- */

struct copy {
    struct stet_uses *u;
    struct stet_span file, prefix, id;
    struct stet_span tag; /* of the element, in the file */
    size_t at;            /* copied so far */
    unsigned depth;       /* of elements of that tag */
    bool begun;
};

/* Any charset of the document can hold it. */
static void add_ascii(struct stet_buf *out, struct stet_span s)
{
    while (s.len) {
        uint32_t cp = stet_utf8_next(&s);

        if (cp < 0x80)
            stet_buf_addc(out, (char)cp);
        else
            stet_buf_addf(out, "&#%lu;", (unsigned long)cp);
    }
}

static void copy_to(struct copy *c, size_t end)
{
    add_ascii(&c->u->elements, stet_span_sub(c->file, c->at, end - c->at));
    c->at = end;
}

/* An element of the file is wanted: known, it is copied in its turn. */
static int want(struct copy *c, struct stet_span id)
{
    struct stet_buf name;
    int rc;

    stet_buf_init(&name, 2 * MAX_NAME);
    stet_buf_add_span(&name, c->prefix);
    stet_buf_add_span(&name, id);
    rc = stet_buf_status(&name);
    if (rc == STET_OK && c->u->names.len < MAX_NAMES &&
        !stet_map_put(&c->u->names, stet_buf_span(&name), NULL))
        rc = STET_ENOMEM;
    stet_buf_clear(&name);
    return rc;
}

/* A name begins at this offset: of the file, if something refers to it. */
static int prefix_name(struct copy *c, size_t at, bool refers)
{
    struct stet_span rest = stet_span_sub(c->file, at, c->file.len);
    size_t n = name_length(rest);

    if (n == 0)
        return STET_OK;
    copy_to(c, at);
    stet_buf_add_span(&c->u->elements, c->prefix);
    return refers ? want(c, stet_span_sub(rest, 0, n)) : STET_OK;
}

static int copy_attr(struct copy *c, const struct stet_html_attr *a)
{
    struct stet_span raw = stet_span_sub(c->file, (size_t)a->value_offset,
                                         (size_t)a->value_length);
    size_t at = (size_t)a->value_offset, hit;
    int rc = STET_OK;

    if (a->id == STET_HTML_ATTR_ID)
        return prefix_name(c, at, false);
    if (a->id == STET_HTML_ATTR_HREF || a->id == STET_HTML_ATTR_XLINK_HREF)
        return stet_span_starts(raw, STET_SPAN("#"))
                   ? prefix_name(c, at + 1, true)
                   : STET_OK;
    while (rc == STET_OK &&
           (hit = stet_span_find(raw, STET_SPAN("url(#"))) < raw.len) {
        at += hit + 5;
        raw = stet_span_sub(raw, hit + 5, raw.len);
        rc = prefix_name(c, at, true);
    }
    return rc;
}

static bool has_id(const struct stet_html_token *t, struct stet_span id)
{
    for (size_t i = 0; i < t->n_attrs; i++)
        if (t->attrs[i].id == STET_HTML_ATTR_ID &&
            stet_span_eq(t->attrs[i].value, id))
            return true;
    return false;
}

static int copy_start(struct copy *c, const struct stet_html_token *t)
{
    struct stet_span tag =
        stet_span_sub(c->file, (size_t)t->name_offset, (size_t)t->name_length);
    int rc = STET_OK;

    if (!c->begun) {
        if (!has_id(t, c->id))
            return STET_OK;
        c->begun = true;
        c->tag = tag;
        c->at = (size_t)t->offset;
    }
    for (size_t i = 0; rc == STET_OK && i < t->n_attrs; i++)
        rc = copy_attr(c, &t->attrs[i]);
    if (stet_span_eq(tag, c->tag) && !t->self_closing)
        c->depth++;
    return rc;
}

/* STET_END: the element is whole. */
static int on_token(void *ctx, const struct stet_html_token *t)
{
    struct copy *c = ctx;
    int rc = STET_OK;

    if (t->kind == STET_HTML_START)
        rc = copy_start(c, t);
    else if (t->kind == STET_HTML_END && c->begun &&
             stet_span_eq(c->tag, stet_span_sub(c->file, (size_t)t->name_offset,
                                                (size_t)t->name_length)))
        c->depth--;
    else
        return STET_OK;
    if (rc != STET_OK || !c->begun || c->depth > 0)
        return rc;
    copy_to(c, (size_t)(t->offset + t->length));
    return STET_END;
}

/* STET_ENOTFOUND when the file has no whole element of that id. */
static int copy_element(struct stet_uses *u, struct stet_span file,
                        struct stet_span prefix, struct stet_span id)
{
    struct copy c = { .u = u, .file = file, .prefix = prefix, .id = id };
    struct stet_html_options o = {
        .on_token = on_token, .ctx = &c, .skip_text = true, .keep_bom = true
    };
    size_t start = u->elements.len;
    int rc = stet_html_tokenize(file, &o, NULL);

    if (rc < 0)
        return rc;
    if (rc == STET_END)
        return stet_buf_status(&u->elements);
    if (stet_buf_status(&u->elements) == STET_OK)
        stet_buf_cut(&u->elements, start);
    return STET_ENOTFOUND;
}

/* -- the list -------------------------------------------------------------- */

/* Copies all names from the map's entry `from` on; what they refer to comes
 * behind them. */
static int copy_wanted(struct stet_uses *u, size_t from, struct stet_span file,
                       struct stet_span prefix)
{
    int rc = STET_OK;

    for (size_t i = from; rc == STET_OK && i < u->names.len; i++) {
        struct stet_span name = u->names.entries[i].key;

        rc = copy_element(u, file, prefix,
                          stet_span_sub(name, prefix.len, name.len));
        if (rc == STET_OK)
            u->names.entries[i].value = u;
        else if (rc == STET_ENOTFOUND)
            rc = STET_OK;
    }
    return rc;
}

static int put_new(struct stet_uses *u, struct stet_span url,
                   struct stet_span name, struct stet_span prefix)
{
    struct stet_span file = STET_SPAN("");
    size_t from = u->names.len;
    int rc;

    if (from >= MAX_NAMES || u->elements.len > ENOUGH)
        return STET_OK;
    if (!stet_map_put(&u->names, name, NULL))
        return STET_ENOMEM;
    rc = u->read(u->ctx, url, &file);
    if (rc == STET_OK && file.len <= STET_MAX_MIRROR_TAKEN)
        rc = copy_wanted(u, from, file, prefix);
    return rc == STET_ENOTFOUND ? STET_OK : rc;
}

int stet_uses_put(struct stet_uses *u, struct stet_span url,
                  struct stet_span fragment, struct stet_span *name)
{
    struct stet_span id = stet_span_sub(fragment, 1, fragment.len);
    const struct stet_map_entry *e, *file;
    struct stet_buf text;
    size_t prefix;
    int rc = STET_OK;

    *name = STET_SPAN("");
    if (id.len == 0 || name_length(id) != id.len)
        return STET_OK;
    file = stet_map_put(&u->files, url, NULL);
    if (!file)
        return STET_ENOMEM;
    stet_buf_init(&text, 2 * MAX_NAME);
    stet_buf_addf(&text, "stet-%zu-", (size_t)(file - u->files.entries) + 1);
    prefix = text.len;
    stet_buf_add_span(&text, id);
    rc = stet_buf_status(&text);
    if (rc == STET_OK && !stet_map_find(&u->names, stet_buf_span(&text)))
        rc = put_new(u, url, stet_buf_span(&text),
                     stet_span_sub(stet_buf_span(&text), 0, prefix));
    e = rc == STET_OK ? stet_map_find(&u->names, stet_buf_span(&text)) : NULL;
    if (e && e->value)
        *name = e->key;
    stet_buf_clear(&text);
    return rc;
}

void stet_uses_print(const struct stet_uses *u, struct stet_buf *out)
{
    if (u->elements.len == 0)
        return;
    stet_buf_adds(out,
                  "\n<svg xmlns=\"http://www.w3.org/2000/svg\""
                  " xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                  " width=\"0\" height=\"0\" aria-hidden=\"true\""
                  " style=\"position:absolute!important;width:0!important;"
                  "height:0!important;overflow:hidden!important\"><defs>\n");
    stet_buf_add_span(out, stet_buf_span(&u->elements));
    stet_buf_adds(out, "\n</defs></svg>\n");
}
