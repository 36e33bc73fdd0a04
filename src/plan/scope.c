#include "plan/scope_rules.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "url/host.h"

static const char *const kinds[] = {
#define STET_X(name, word) word,
    STET_SCOPES(STET_X)
#undef STET_X
};

const char *stet_scope_kind_name(enum stet_scope_kind k)
{
    return kinds[k];
}

bool stet_scope_kind_find(struct stet_span word, enum stet_scope_kind *out)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!stet_span_eqs(word, kinds[i]))
            continue;
        *out = (enum stet_scope_kind)i;
        return true;
    }
    return false;
}

void stet_scope_init(struct stet_scope *s, enum stet_scope_kind kind)
{
    *s = (struct stet_scope){ .kind = kind,
                              .related_hops = kind == STET_SCOPE_CLUSTER,
                              .requisites = true,
                              .linked_images = true,
                              .lists = true,
                              .max_depth = -1 };
}

static void clear_patterns(struct stet_patterns *p)
{
    for (size_t i = 0; i < p->len; i++)
        stet_regex_free(p->items[i]);
    stet_free(p->items);
}

void stet_scope_clear(struct stet_scope *s)
{
    clear_patterns(&s->includes);
    clear_patterns(&s->excludes);
    stet_keyset_clear(&s->seeds);
    stet_keyset_clear(&s->keys);
    stet_scope_init(s, s->kind);
}

static int add_pattern(struct stet_patterns *p, struct stet_span pattern,
                       struct stet_error *err)
{
    int rc;

    if (p->len >= STET_MAX_PATTERNS)
        return stet_fail(err, STET_ELIMIT, "more than %d expressions",
                         STET_MAX_PATTERNS);
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): an array of pointers */
    if (stet_grow_array(&p->items, &p->cap, p->len + 1, sizeof(*p->items)) < 0)
        return stet_fail(err, STET_ENOMEM, "no memory for an expression");
    rc = stet_regex_compile(&p->items[p->len], pattern, err);
    if (rc == STET_OK)
        p->len++;
    return rc;
}

int stet_scope_add_include(struct stet_scope *s, struct stet_span pattern,
                           struct stet_error *err)
{
    return add_pattern(&s->includes, pattern, err);
}

int stet_scope_add_exclude(struct stet_scope *s, struct stet_span pattern,
                           struct stet_error *err)
{
    return add_pattern(&s->excludes, pattern, err);
}

int stet_patterns_find(const struct stet_patterns *p, struct stet_span url)
{
    for (size_t i = 0; i < p->len; i++)
        if (stet_regex_matches(p->items[i], url))
            return (int)i;
    return -1;
}

/* A name begins and ends with no bracket, and its last label is no number
 * (URL Standard 3.5). */
static bool is_name(struct stet_span host)
{
    return host.len > 0 && host.ptr[0] != '[' &&
           !(host.ptr[host.len - 1] >= '0' && host.ptr[host.len - 1] <= '9');
}

struct stet_span stet_scope_domain(const struct stet_place *p)
{
    struct stet_span host = p->host;

    if (stet_span_ends(host, STET_SPAN(".")))
        host.len--;
    return is_name(host) ? stet_host_site(host) : host;
}

/* A host's key, then the path up to and with its n-th byte. */
static struct stet_span prefix_key(char room[STET_MAX_PREFIX_KEY],
                                   const struct stet_place *p, size_t n)
{
    struct stet_span host = stet_place_host_key(room, p);

    if (host.len == 0 || n > STET_MAX_PREFIX_KEY - STET_MAX_HOST_KEY)
        return (struct stet_span){ "", 0 };
    memcpy(room + host.len, p->path.ptr, n);
    return (struct stet_span){ room, host.len + n };
}

/* Up to and with the last '/'. */
static size_t folder_len(struct stet_span path)
{
    size_t n = path.len;

    while (n > 0 && path.ptr[n - 1] != '/')
        n--;
    return n;
}

typedef int add_fn(struct stet_keyset *k, struct stet_span key);

static int add_key(struct stet_scope *s, const struct stet_place *p,
                   add_fn *add)
{
    char host[STET_MAX_HOST_KEY], prefix[STET_MAX_PREFIX_KEY];
    int rc;

    switch (s->kind) {
    case STET_SCOPE_DOMAIN:
        return add(&s->keys, stet_scope_domain(p));
    case STET_SCOPE_PREFIX:
        rc = add(&s->keys, prefix_key(prefix, p, folder_len(p->path)));
        if (rc < 0)
            return rc;
        /* The host alone too: its robots.txt may name sitemaps. */
        return add(&s->keys, stet_place_host_key(host, p));
    case STET_SCOPE_HOST:
        return add(&s->keys, stet_place_host_key(host, p));
    case STET_SCOPE_PAGE:
    case STET_SCOPE_CLUSTER:
    case STET_SCOPE_ANY:
        break;
    }
    return STET_OK;
}

int stet_scope_add_seed(struct stet_scope *s, struct stet_span url,
                        struct stet_error *err)
{
    struct stet_place p;
    int rc;

    if (!stet_place_split(&p, url))
        return stet_fail(err, STET_EFORMAT, "not an http or https URL");
    rc = stet_keyset_add(&s->seeds, url);
    if (rc >= 0)
        rc = add_key(s, &p, stet_keyset_add);
    return rc < 0 ? stet_fail(err, rc, "no memory for a seed") : STET_OK;
}

int stet_scope_expect_moves(struct stet_scope *s, struct stet_error *err)
{
    size_t n = 2 * s->seeds.len;

    return stet_keyset_reserve(
               &s->keys, n < STET_MAX_MOVED_KEYS ? n : STET_MAX_MOVED_KEYS) < 0
               ? stet_fail(err, STET_ENOMEM, "no memory for seeds")
               : STET_OK;
}

int stet_scope_add_moved(struct stet_scope *s, struct stet_span url)
{
    struct stet_place p;

    return stet_place_split(&p, url) ? add_key(s, &p, stet_keyset_add_late)
                                     : STET_EFORMAT;
}

static bool has_key(const struct stet_scope *s, struct stet_span key)
{
    return key.len > 0 && stet_keyset_has(&s->keys, key);
}

/* Whether a folder of the path is a prefix that a seed gave. */
static bool has_prefix(const struct stet_scope *s, const struct stet_place *p)
{
    char room[STET_MAX_PREFIX_KEY];
    struct stet_span key;
    size_t host;

    key = prefix_key(room, p, 0);
    host = key.len;
    for (size_t n = 1, parts = 0;
         host > 0 && n <= p->path.len && parts < STET_MAX_PREFIX_PARTS; n++) {
        if (p->path.ptr[n - 1] != '/')
            continue;
        if (host + n > sizeof(room))
            break;
        memcpy(room + host, p->path.ptr, n);
        if (has_key(s, (struct stet_span){ room, host + n }))
            return true;
        parts++;
    }
    return false;
}

bool stet_scope_knows_host(const struct stet_scope *s,
                           const struct stet_place *p)
{
    char room[STET_MAX_HOST_KEY];

    switch (s->kind) {
    case STET_SCOPE_DOMAIN:
        return has_key(s, stet_scope_domain(p));
    case STET_SCOPE_PREFIX:
    case STET_SCOPE_HOST:
        return has_key(s, stet_place_host_key(room, p));
    case STET_SCOPE_ANY:
        return true;
    case STET_SCOPE_PAGE:
    case STET_SCOPE_CLUSTER:
        break;
    }
    return false;
}

bool stet_scope_holds(const struct stet_scope *s, struct stet_span url,
                      const struct stet_place *p, struct stet_want *out)
{
    if (stet_keyset_has(&s->seeds, url)) {
        out->rule = STET_RULE_SEED;
        return true;
    }
    if (s->kind == STET_SCOPE_PREFIX ? has_prefix(s, p)
                                     : stet_scope_knows_host(s, p)) {
        out->rule = STET_RULE_SCOPE;
        return true;
    }
    out->pattern = stet_patterns_find(&s->includes, url);
    out->rule = out->pattern >= 0 ? STET_RULE_INCLUDE : STET_RULE_OUT_OF_SCOPE;
    return out->pattern >= 0;
}
