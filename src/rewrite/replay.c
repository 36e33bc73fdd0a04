#include <string.h>

#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "links/out.h"
#include "rewrite/escape.h"
#include "stet/rewrite.h"

enum {
    MAX_START = 4096,                   /* of prefix, timestamp and modifier */
    MAX_NEW = MAX_START + STET_MAX_URL, /* of a URL made */
};

struct stet_replay_map {
    struct stet_buf start; /* prefix and timestamp */
    struct stet_buf mod;   /* for navigation */
    struct stet_buf url;   /* the last one made */
    bool keep_relative;
};

void stet_replay_map_free(struct stet_replay_map *map)
{
    if (!map)
        return;
    stet_buf_clear(&map->start);
    stet_buf_clear(&map->mod);
    stet_buf_clear(&map->url);
    stet_free(map);
}

int stet_replay_map_new(struct stet_replay_map **out,
                        const struct stet_replay_options *o,
                        struct stet_error *err)
{
    struct stet_replay_map *m = stet_alloc(sizeof(*m));
    int rc;

    *out = NULL;
    if (!m)
        return stet_fail(err, STET_ENOMEM, "no memory for a map of links");
    stet_buf_init(&m->start, MAX_START);
    stet_buf_init(&m->mod, MAX_START);
    stet_buf_init(&m->url, MAX_NEW);
    m->keep_relative = o->keep_relative;
    stet_buf_add_span(&m->start, o->prefix);
    stet_buf_add_span(&m->start, o->timestamp);
    stet_buf_add_span(&m->mod, o->mod);
    rc = stet_buf_status(&m->start);
    if (!rc)
        rc = stet_buf_status(&m->mod);
    if (rc) {
        stet_replay_map_free(m);
        return stet_fail(err, rc, "the prefix is too long");
    }
    *out = m;
    return STET_OK;
}

static const char *modifier(enum stet_link_role role)
{
    switch (role) {
    case STET_LINK_IMAGE:
    case STET_LINK_ICON:
        return "im_";
    case STET_LINK_STYLE:
        return "cs_";
    case STET_LINK_SCRIPT:
        return "js_";
    case STET_LINK_FRAME:
        return "if_";
    case STET_LINK_MEDIA:
    case STET_LINK_OBJECT:
    case STET_LINK_FONT:
    case STET_LINK_MANIFEST:
    case STET_LINK_PRELOAD:
        return "oe_";
    case STET_LINK_FEED:
    case STET_LINK_SITEMAP:
    case STET_LINK_CANONICAL:
    case STET_LINK_ALTERNATE:
    case STET_LINK_AMP:
    case STET_LINK_PAGING:
    case STET_LINK_REFRESH:
    case STET_LINK_ANCHOR:
    case STET_LINK_FORM:
    case STET_LINK_BASE:
    case STET_LINK_RELATED:
    case STET_LINK_DATA:
    case STET_LINK_CONNECT:
    case STET_LINK_OTHER:
    default:
        return "";
    }
}

const char *stet_replay_modifier(const struct stet_link *l)
{
    enum stet_link_role role = l->role;

    /* What is preloaded will be asked for again with that modifier. */
    if (role == STET_LINK_PRELOAD) {
        role = stet_link_role_of_file(stet_link_file_of(l->url));
        if (role == STET_LINK_ANCHOR || role == STET_LINK_OTHER)
            role = STET_LINK_PRELOAD;
    }
    return modifier(role);
}

/* A guess may be no link; but what is prefetched is one for sure, and is only
 * not sure to be needed. */
static bool is_guess(const struct stet_link *l)
{
    return l->speculative && l->role != STET_LINK_PRELOAD;
}

/* A relative URL that resolves to the same thing under the prefix. */
static bool stays_right(const struct stet_link *l)
{
    struct stet_span raw = l->raw;
    size_t i;

    if (!raw.len || raw.ptr[0] == '/' || raw.ptr[0] == '\\' ||
        l->role == STET_LINK_SCRIPT)
        return false;
    if (stet_span_find(raw, STET_SPAN("..")) < raw.len ||
        stet_span_ifind(raw, STET_SPAN("%2e")) < raw.len)
        return false;
    for (i = 0; i < raw.len && !memchr("/?#", raw.ptr[i], 3); i++)
        if (raw.ptr[i] == ':')
            return false;
    return true;
}

int stet_replay_map_link(void *map, const struct stet_link *l,
                         struct stet_span *url)
{
    struct stet_replay_map *m = map;
    const char *mod = stet_replay_modifier(l);
    int rc;

    if (is_guess(l) || stet_rewrite_is_data(l) ||
        (m->keep_relative && stays_right(l)))
        return STET_OK;
    stet_buf_reset(&m->url);
    stet_buf_add_span(&m->url, stet_buf_span(&m->start));
    if (*mod)
        stet_buf_adds(&m->url, mod);
    else
        stet_buf_add_span(&m->url, stet_buf_span(&m->mod));
    if (m->url.len && m->url.data[m->url.len - 1] != '/')
        stet_buf_addc(&m->url, '/');
    stet_buf_add_span(&m->url, l->url);
    stet_buf_add_span(&m->url, l->fragment);
    rc = stet_buf_status(&m->url);
    if (rc == STET_ELIMIT)
        return STET_OK;
    *url = stet_buf_span(&m->url);
    return rc;
}
