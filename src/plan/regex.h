#ifndef STET_PLAN_REGEX_H
#define STET_PLAN_REGEX_H

#include "stet/error.h"

/*
 * Extended regular expressions (POSIX 1003.1, 9.4) over the bytes of URLs.
 * They are what people give to --include and --exclude and they meet every
 * link of hostile pages, so that time must not depend on the two together:
 * a compiled expression is a list of at most STET_MAX_REGEX_CODE steps, all
 * of whose states are followed at once, and a match costs at most that many
 * steps a byte.  There is nothing to back-track and no locale, and an
 * expression does not change while it is used: any number of threads may.
 *
 * Besides POSIX: \d \w \s and their capitals, (?: ), and lazy quantifiers,
 * which match what greedy ones do.  Not there: back-references, which cannot
 * be matched in linear time, and [.x.] and [=x=], which need a locale.
 */
enum {
    STET_MAX_REGEX = 2048,      /* bytes of an expression */
    STET_MAX_REGEX_CODE = 2048, /* steps that it compiles to */
    STET_MAX_REGEX_DEPTH = 64,  /* groups in groups */
    STET_MAX_REGEX_REPEAT = 255 /* RE_DUP_MAX of POSIX */
};

struct stet_regex;

/* STET_EFORMAT (err says what is wrong, and where), STET_ELIMIT,
 * STET_ENOMEM. */
STET_NODISCARD int stet_regex_compile(struct stet_regex **out,
                                      struct stet_span pattern,
                                      struct stet_error *err);
void stet_regex_free(struct stet_regex *r); /* NULL too */

/* True if some part of the text matches, as grep -E has it. */
bool stet_regex_matches(const struct stet_regex *r, struct stet_span text);

/* As it was given. */
struct stet_span stet_regex_source(const struct stet_regex *r);

#endif
