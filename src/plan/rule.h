#ifndef STET_PLAN_RULE_H
#define STET_PLAN_RULE_H

/*
 * Why a URL is taken or refused.  The words are stable: logs and
 * `stet crawl --explain` print them.
 */
#define STET_RULES(X)                                          \
    /* taken */                                                \
    X(STET_RULE_SEED, "seed", true)                            \
    X(STET_RULE_SCOPE, "scope", true)                          \
    X(STET_RULE_INCLUDE, "include", true)                      \
    X(STET_RULE_EXTRA_HOPS, "extra-hops", true)                \
    X(STET_RULE_RELATED, "related", true)                      \
    X(STET_RULE_REDIRECT, "redirect", true)                    \
    X(STET_RULE_REQUISITE, "requisite", true)                  \
    X(STET_RULE_LINKED_IMAGE, "linked-image", true)            \
    X(STET_RULE_LIST, "list", true)                            \
    /* refused: by what it is */                               \
    X(STET_RULE_SCHEME, "scheme", false)                       \
    X(STET_RULE_KIND, "kind", false)                           \
    X(STET_RULE_NOFOLLOW, "nofollow", false)                   \
    X(STET_RULE_NO_REQUISITES, "no-requisites", false)         \
    X(STET_RULE_NO_LINKED_IMAGES, "no-linked-images", false)   \
    /* refused: by how far it is */                            \
    X(STET_RULE_OUT_OF_SCOPE, "out-of-scope", false)           \
    X(STET_RULE_EXCLUDE, "exclude", false)                     \
    X(STET_RULE_DEPTH, "depth", false)                         \
    X(STET_RULE_RELATED_HOPS, "related-hops", false)           \
    X(STET_RULE_HOPS, "hops", false)                           \
    X(STET_RULE_EMBEDS, "embeds", false)                       \
    X(STET_RULE_REDIRECTS, "redirects", false)                 \
    X(STET_RULE_LISTS, "lists", false)                         \
    /* refused: it has no end (plan/trap.h) */                 \
    X(STET_RULE_URL_LENGTH, "url-length", false)               \
    X(STET_RULE_PATH_DEPTH, "path-depth", false)               \
    X(STET_RULE_PATH_REPEATS, "path-repeats", false)           \
    X(STET_RULE_CALENDAR, "calendar", false)                   \
    X(STET_RULE_PARAMETERS, "parameters", false)               \
    X(STET_RULE_PARAMETER_REPEATS, "parameter-repeats", false) \
    X(STET_RULE_FACETS, "facets", false)                       \
    X(STET_RULE_SESSION, "session", false)

enum stet_rule {
#define STET_X(name, word, taken) name,
    STET_RULES(STET_X)
#undef STET_X
        STET_RULES_COUNT
};

/* The word; never NULL. */
const char *stet_rule_name(enum stet_rule r);

#endif
