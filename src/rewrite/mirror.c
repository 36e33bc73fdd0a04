#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "links/out.h"
#include "rewrite/escape.h"
#include "stet/rewrite.h"

enum {
    MAX_NEW = STET_MAX_URL + 8 * STET_MAX_MIRROR_PATH,
};

struct stet_mirror_map {
    struct stet_mirror_options o;
    struct stet_buf from;
    struct stet_buf url;     /* the last one made */
    struct stet_bytes guess; /* the path it was made from */
};

void stet_mirror_map_free(struct stet_mirror_map *map)
{
    if (!map)
        return;
    stet_buf_clear(&map->from);
    stet_buf_clear(&map->url);
    stet_bytes_clear(&map->guess);
    stet_free(map);
}

int stet_mirror_map_new(struct stet_mirror_map **out,
                        const struct stet_mirror_options *o,
                        struct stet_error *err)
{
    struct stet_mirror_map *m = stet_alloc(sizeof(*m));
    int rc;

    *out = NULL;
    if (!m)
        return stet_fail(err, STET_ENOMEM, "no memory for a map of links");
    m->o = *o;
    stet_buf_init(&m->from, 2 * STET_MAX_MIRROR_PATH);
    stet_buf_init(&m->url, MAX_NEW);
    stet_buf_add_span(&m->from, o->from);
    rc = stet_buf_status(&m->from);
    if (rc) {
        stet_mirror_map_free(m);
        return stet_fail(err, rc, "the mirror path is too long");
    }
    *out = m;
    return STET_OK;
}

/* What a link's target probably is, when nobody knows. */
static struct stet_span guess_type(const struct stet_link *l)
{
    enum stet_link_file f = stet_link_file_of(l->url);

    switch (l->role) {
    case STET_LINK_STYLE:
        return STET_SPAN("text/css");
    case STET_LINK_SCRIPT:
        return STET_SPAN("text/javascript");
    case STET_LINK_FRAME:
    case STET_LINK_ANCHOR:
    case STET_LINK_PAGING:
    case STET_LINK_REFRESH:
    case STET_LINK_RELATED:
    case STET_LINK_AMP:
        return f == STET_FILE_OTHER || f == STET_FILE_PAGE
                   ? STET_SPAN("text/html")
                   : STET_SPAN("");
    case STET_LINK_IMAGE:
    case STET_LINK_FONT:
    case STET_LINK_MEDIA:
    case STET_LINK_OBJECT:
    case STET_LINK_ICON:
    case STET_LINK_MANIFEST:
    case STET_LINK_PRELOAD:
    case STET_LINK_FEED:
    case STET_LINK_SITEMAP:
    case STET_LINK_CANONICAL:
    case STET_LINK_ALTERNATE:
    case STET_LINK_FORM:
    case STET_LINK_BASE:
    case STET_LINK_CONNECT:
    case STET_LINK_DATA:
    case STET_LINK_OTHER:
    default:
        return STET_SPAN("");
    }
}

/* Links about the document, and those that talk to a server, keep naming
 * the web. */
static bool stays_online(const struct stet_link *l)
{
    return l->role == STET_LINK_CANONICAL || l->role == STET_LINK_FORM ||
           l->role == STET_LINK_CONNECT;
}

static int find(struct stet_mirror_map *m, const struct stet_link *l,
                struct stet_span *path)
{
    int rc;

    if (stays_online(l))
        return STET_ENOTFOUND;
    if (m->o.find)
        return m->o.find(m->o.ctx, l, path);
    stet_bytes_clear(&m->guess);
    rc = stet_mirror_path(&m->guess, l->url, guess_type(l), NULL);
    if (rc)
        return rc == STET_ENOMEM ? rc : STET_ENOTFOUND;
    *path = (struct stet_span){ m->guess.data, m->guess.len };
    return STET_OK;
}

/* `dotted`: not a bare name, which import maps take for no URL. */
static int add_relative(struct stet_mirror_map *m, struct stet_span path,
                        bool dotted)
{
    struct stet_bytes rel;
    int rc = stet_mirror_relative(&rel, stet_buf_span(&m->from), path);

    if (!rc && dotted && *rel.data != '.')
        stet_buf_adds(&m->url, "./");
    if (!rc)
        stet_buf_add(&m->url, rel.data, rel.len);
    stet_bytes_clear(&rel);
    return rc;
}

/* Links that show a document. */
static bool shows_document(const struct stet_link *l)
{
    return l->role == STET_LINK_ANCHOR || l->role == STET_LINK_FRAME ||
           l->role == STET_LINK_PAGING || l->role == STET_LINK_REFRESH ||
           l->role == STET_LINK_RELATED || l->role == STET_LINK_AMP;
}

/* The URL itself, which leads back to the web, or the page that says so. */
static int add_missing(struct stet_mirror_map *m, const struct stet_link *l)
{
    int rc = STET_OK;

    if (m->o.missing.len && shows_document(l)) {
        rc = add_relative(m, m->o.missing, false);
        stet_buf_addc(&m->url, '#');
    }
    stet_buf_add_span(&m->url, l->url);
    return rc;
}

int stet_mirror_map_link(void *map, const struct stet_link *l,
                         struct stet_span *url)
{
    struct stet_mirror_map *m = map;
    struct stet_span path = { NULL, 0 };
    int rc;

    /* A guess may be no link, and the base element is disarmed, not
     * rewritten. */
    if (l->speculative || stet_rewrite_is_data(l) || l->role == STET_LINK_BASE)
        return STET_OK;
    stet_buf_reset(&m->url);
    rc = find(m, l, &path);
    if (rc == STET_ENOTFOUND)
        rc = add_missing(m, l);
    else if (!rc)
        rc = add_relative(m, path, l->syntax == STET_SYNTAX_JSON);
    if (rc)
        return rc;
    stet_buf_add_span(&m->url, l->fragment);
    rc = stet_buf_status(&m->url);
    if (rc == STET_ELIMIT)
        return STET_OK;
    *url = stet_buf_span(&m->url);
    return rc;
}
