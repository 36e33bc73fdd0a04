#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_de;
extern const struct stet_lexicon stet_lexicon_en;

static const struct stet_lexicon *const lexicons[] = { &stet_lexicon_en,
                                                       &stet_lexicon_de };

const struct stet_lexicon *stet_lexicon_at(size_t i)
{
    return i < sizeof(lexicons) / sizeof(lexicons[0]) ? lexicons[i] : NULL;
}
