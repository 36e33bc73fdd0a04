#include "plan/target.h"

#include "base/mem.h"

#include <string.h>

const char *stet_role_name(enum stet_role r)
{
    static const char *const names[] = {
#define STET_X(name, word) word,
        STET_ROLES(STET_X)
#undef STET_X
    };
    return names[r];
}

bool stet_role_is_page(enum stet_role r)
{
    return r == STET_ROLE_SEED || r == STET_ROLE_RELATED || r == STET_ROLE_PAGE;
}

const char *stet_resource_name(enum stet_resource r)
{
    static const char *const names[] = {
#define STET_X(name, word) word,
        STET_RESOURCES(STET_X)
#undef STET_X
    };
    return names[r];
}

static struct stet_span put(char **at, struct stet_span s)
{
    struct stet_span out = { *at, s.len };

    if (s.len > 0)
        memcpy(*at, s.ptr, s.len);
    (*at)[s.len] = '\0';
    *at += s.len + 1;
    return out;
}

int stet_target_copy(struct stet_target **out, const struct stet_target *from)
{
    size_t need =
        from->url.len + from->via.len + from->hops.len + from->list.len + 4;
    struct stet_target *t = stet_alloc(sizeof(*t));
    char *at;

    *out = NULL;
    if (!t)
        return STET_ENOMEM;
    *t = *from;
    t->former = NULL;
    t->text = at = stet_alloc(need);
    if (!at) {
        stet_free(t);
        return STET_ENOMEM;
    }
    t->url = put(&at, from->url);
    t->via = put(&at, from->via);
    t->hops = put(&at, from->hops);
    t->list = put(&at, from->list);
    *out = t;
    return STET_OK;
}

void stet_target_free(struct stet_target *t)
{
    if (!t)
        return;
    stet_former_free(t->former);
    stet_free(t->text);
    stet_free(t);
}
