/*
 * Documents for an offline mirror: what a conversion record holds, and what
 * an export writes.
 */
#include "base/fail.h"
#include "base/span.h"
#include "http/mime.h"
#include "rewrite/declare.h"
#include "rewrite/use.h"
#include "stet/rewrite.h"

enum { MAX_USED_NAME = 512 }; /* bytes of "#stet-1-icon" */

struct work {
    const struct stet_mirror_document *d;
    enum stet_text_kind kind;
    enum stet_links_type type; /* _NONE: no links in it */
    struct stet_charset_guess charset;
    struct stet_mirror_map *map;
    struct stet_uses uses;
    struct stet_buf name; /* "#stet-1-icon" */
    unsigned done;
};

static void find_kind(struct stet_span mime, enum stet_text_kind *kind,
                      enum stet_links_type *type)
{
    *type = STET_LINKS_NONE;
    *kind = STET_TEXT_NONE;
    if (stet_span_ieqs(mime, "image/svg+xml") ||
        stet_span_ieqs(mime, "application/xhtml+xml")) {
        *type = STET_LINKS_XHTML;
        *kind = STET_TEXT_XML;
        return;
    }
    switch (stet_mime_kind_of(mime)) {
    case STET_MIME_HTML:
        *type = STET_LINKS_HTML;
        *kind = STET_TEXT_HTML;
        break;
    case STET_MIME_CSS:
        *type = STET_LINKS_CSS;
        *kind = STET_TEXT_CSS;
        break;
    case STET_MIME_SCRIPT:
    case STET_MIME_TEXT:
        *kind = STET_TEXT_PLAIN;
        break;
    case STET_MIME_XML:
        *kind = STET_TEXT_XML;
        break;
    case STET_MIME_OTHER:
    case STET_MIME_JSON:
    case STET_MIME_IMAGE:
    case STET_MIME_FONT:
    case STET_MIME_AUDIO:
    case STET_MIME_VIDEO:
    default:
        break;
    }
}

bool stet_mirror_changes(struct stet_span media_type)
{
    enum stet_text_kind kind;
    enum stet_links_type type;

    find_kind(media_type, &kind, &type);
    return kind != STET_TEXT_NONE;
}

static bool is_use(const struct work *w, const struct stet_link *l)
{
    return w->d->read && w->kind == STET_TEXT_HTML && l->fragment.len > 1 &&
           stet_span_starts(stet_span_of(l->context), STET_SPAN("use@"));
}

static int on_link(void *ctx, const struct stet_link *l, struct stet_span *url)
{
    struct work *w = ctx;
    struct stet_span name;
    int rc;

    if (is_use(w, l)) {
        rc = stet_uses_put(&w->uses, l->url, l->fragment, &name);
        if (rc < 0)
            return rc;
        if (name.len) {
            stet_buf_reset(&w->name);
            stet_buf_addc(&w->name, '#');
            stet_buf_add_span(&w->name, name);
            *url = stet_buf_span(&w->name);
            w->done |= STET_MIRROR_INLINED;
            return stet_buf_status(&w->name);
        }
    }
    return stet_mirror_map_link(w->map, l, url);
}

static int rewrite(struct work *w, struct stet_span text,
                   struct stet_bytes *out, struct stet_error *err)
{
    const struct stet_mirror_document *d = w->d;
    struct stet_mirror_options m = { .find = d->find,
                                     .ctx = d->ctx,
                                     .missing = d->missing };
    struct stet_rewrite_options o = {
        .type = w->type,
        .base = d->url,
        .charset = stet_span_of(stet_charset_name(w->charset.charset)),
        .drop = STET_REWRITE_DROP_FOR_MIRROR,
        .map = on_link,
        .ctx = w,
    };
    struct stet_bytes from = { NULL, 0 };
    int rc = stet_mirror_path(&from, d->url, d->media_type, err);

    m.from = (struct stet_span){ from.data, from.len };
    if (rc == STET_OK)
        rc = stet_mirror_map_new(&w->map, &m, err);
    if (rc == STET_OK)
        rc = stet_rewrite(out, &o, text, err);
    stet_mirror_map_free(w->map);
    stet_bytes_clear(&from);
    return rc;
}

/* Rewrites, then has it say its charset; what was copied comes last. */
static int build(struct work *w, struct stet_span text, struct stet_buf *out,
                 struct stet_error *err)
{
    struct stet_bytes rewritten = { NULL, 0 };
    int rc = STET_OK;

    if (w->type != STET_LINKS_NONE) {
        rc = rewrite(w, text, &rewritten, err);
        text = (struct stet_span){ rewritten.data ? rewritten.data : "",
                                   rewritten.len };
    }
    if (rc == STET_OK && stet_text_declare(out, &w->charset, w->kind, text))
        w->done |= STET_MIRROR_DECLARED;
    if (rc == STET_OK)
        stet_uses_print(&w->uses, out);
    stet_bytes_clear(&rewritten);
    return rc;
}

static int make(struct work *w, struct stet_span content, struct stet_buf *out,
                struct stet_error *err)
{
    struct stet_buf recoded;
    struct stet_span text = content;
    int rc;

    stet_buf_init(&recoded, STET_MAX_REWRITE_BYTES);
    rc = stet_text_charset(&w->charset, w->kind, content, w->d->charset);
    if (rc == STET_OK && stet_text_needs_recoding(&w->charset, w->kind)) {
        stet_text_recode(&recoded, &w->charset, content);
        text = stet_buf_span(&recoded);
        w->charset = (struct stet_charset_guess){ STET_CHARSET_UTF_8,
                                                  STET_CHARSET_FROM_BOM, 3 };
        w->done |= STET_MIRROR_RECODED;
    }
    if (rc == STET_OK)
        rc = stet_buf_status(&recoded);
    if (rc == STET_OK)
        rc = build(w, text, out, err);
    if (rc == STET_OK)
        rc = stet_buf_status(out);
    stet_buf_clear(&recoded);
    return rc;
}

int stet_mirror_document(struct stet_bytes *out, unsigned *done,
                         const struct stet_mirror_document *d,
                         struct stet_span content, struct stet_error *err)
{
    struct work w = { .d = d };
    struct stet_buf b;
    int rc;

    *out = (struct stet_bytes){ NULL, 0 };
    find_kind(d->media_type, &w.kind, &w.type);
    stet_uses_init(&w.uses, d->read, d->ctx);
    stet_buf_init(&w.name, MAX_USED_NAME);
    stet_buf_init(&b, STET_MAX_REWRITE_BYTES);
    rc = make(&w, content, &b, err);
    if (rc == STET_OK)
        *out = stet_buf_take_bytes(&b);
    else if (rc == STET_ENOMEM || rc == STET_ELIMIT)
        (void)stet_fail(err, rc, "no room for the mirrored document");
    if (done)
        *done = w.done;
    stet_uses_clear(&w.uses);
    stet_buf_clear(&w.name);
    stet_buf_clear(&b);
    return rc;
}
