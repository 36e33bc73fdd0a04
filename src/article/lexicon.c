#include "article/lexicon.h"

/* Where a word could be of two languages, the earlier one has it. */
#define LEXICONS(X)                                                         \
    X(en)                                                                   \
    X(de)                                                                   \
    X(fr) X(nl) X(es) X(it) X(pt) X(no) X(da) X(sv) X(fi) X(pl) X(cs) X(hu) \
        X(ru) X(uk) X(tr) X(el) X(ro) X(ja) X(ko) X(zh) X(ar) X(he)

#define DECLARE(language) \
    extern const struct stet_lexicon stet_lexicon_##language;
#define ADDRESS(language) &stet_lexicon_##language,

LEXICONS(DECLARE)

static const struct stet_lexicon *const lexicons[] = { LEXICONS(ADDRESS) };

_Static_assert(sizeof(lexicons) / sizeof(lexicons[0]) <= STET_MAX_LEXICONS,
               "an index of 32 bits");

const struct stet_lexicon *stet_lexicon_at(size_t i)
{
    return i < sizeof(lexicons) / sizeof(lexicons[0]) ? lexicons[i] : NULL;
}
