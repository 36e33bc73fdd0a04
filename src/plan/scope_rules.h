#ifndef STET_PLAN_SCOPE_RULES_H
#define STET_PLAN_SCOPE_RULES_H

#include "plan/place.h"
#include "plan/scope.h"

/* What the files of the scope share. */
enum {
    STET_MAX_PREFIX_KEY = 2400,  /* a host and folders; longer ones match
                                    nothing but what is above them */
    STET_MAX_PREFIX_PARTS = 128, /* folders that are looked at */
};

/* The first pattern that matches, or -1. */
int stet_patterns_find(const struct stet_patterns *p, struct stet_span url);

/* Whether a page is in scope, seeds and includes counted; out->rule, and
 * where it says so out->pattern, say why or why not. */
bool stet_scope_holds(const struct stet_scope *s, struct stet_span url,
                      const struct stet_place *p, struct stet_want *out);

/* Whether some of the host's pages may be in scope, includes apart. */
bool stet_scope_knows_host(const struct stet_scope *s,
                           const struct stet_place *p);

/* The registrable domain, or the address. */
struct stet_span stet_scope_domain(const struct stet_place *p);

#endif
