#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_en, stet_lexicon_de,
    stet_lexicon_fr, stet_lexicon_nl, stet_lexicon_es, stet_lexicon_it,
    stet_lexicon_pt, stet_lexicon_no, stet_lexicon_da, stet_lexicon_sv,
    stet_lexicon_fi, stet_lexicon_pl, stet_lexicon_cs, stet_lexicon_hu,
    stet_lexicon_ru, stet_lexicon_uk, stet_lexicon_tr, stet_lexicon_el,
    stet_lexicon_ro, stet_lexicon_ja, stet_lexicon_ko, stet_lexicon_zh,
    stet_lexicon_ar, stet_lexicon_he;

/* Where a word could be of two languages, the earlier one has it. */
static const struct stet_lexicon *const lexicons[] = {
    &stet_lexicon_en, &stet_lexicon_de, &stet_lexicon_fr, &stet_lexicon_nl,
    &stet_lexicon_es, &stet_lexicon_it, &stet_lexicon_pt, &stet_lexicon_no,
    &stet_lexicon_da, &stet_lexicon_sv, &stet_lexicon_fi, &stet_lexicon_pl,
    &stet_lexicon_cs, &stet_lexicon_hu, &stet_lexicon_ru, &stet_lexicon_uk,
    &stet_lexicon_tr, &stet_lexicon_el, &stet_lexicon_ro, &stet_lexicon_ja,
    &stet_lexicon_ko, &stet_lexicon_zh, &stet_lexicon_ar, &stet_lexicon_he
};

_Static_assert(sizeof(lexicons) / sizeof(lexicons[0]) <= STET_MAX_LEXICONS,
               "an index of 32 bits");

const struct stet_lexicon *stet_lexicon_at(size_t i)
{
    return i < sizeof(lexicons) / sizeof(lexicons[0]) ? lexicons[i] : NULL;
}
