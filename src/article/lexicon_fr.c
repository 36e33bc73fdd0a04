#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_fr;

static const struct stet_lexicon_word comparators[] = {
    { "plus de|plus d", STET_COMPARISON_MORE_THAN, 0 },
    { "au moins", STET_COMPARISON_AT_LEAST, 0 },
    { "près de|près d|presque", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "un|une", 1, 0 },  { "deux", 2, 0 },   { "trois", 3, 0 },
    { "quatre", 4, 0 },  { "cinq", 5, 0 },   { "six", 6, 0 },
    { "sept", 7, 0 },    { "huit", 8, 0 },   { "neuf", 9, 0 },
    { "dix", 10, 0 },    { "onze", 11, 0 },  { "douze", 12, 0 },
    { "quinze", 15, 0 }, { "vingt", 20, 0 }, { "trente", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "an|ans|année|années", STET_UNIT_YEAR, 1 },
    { "mois", STET_UNIT_MONTH, 1 },
    { "semaine|semaines", STET_UNIT_WEEK, 1 },
    { "jour|jours", STET_UNIT_DAY, 1 },
    { "décennie|décennies", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s n_a|n_est plus|pas ?été @m depuis @c @a", STET_MARKER_SINCE_UPDATE, 0,
      0 },
    { "@s n_a|n_est plus|pas ?été @m depuis @a", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_EXACTLY, 0 },
    { "@s a|est été ?@m ?pour_la_dernière_fois|dernièrement ?@m il_y_a @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s a|est été ?@m ?pour_la_dernière_fois|dernièrement ?@m il_y_a @a",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s a ?maintenant|déjà @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s date ?maintenant|déjà ?d_il_y_a ?de|d @c @a", STET_MARKER_AGE_FLOOR,
      0, 0 },
    { "@s a|est ?été ?initialement ?@p il_y_a @c @a", STET_MARKER_AGE_FLOOR, 0,
      0 },
    { "@s a|est ?été ?initialement @p il_y_a @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s date ?d_il_y_a ?de|d @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s est ?maintenant|déjà vieux|vieille|âgé|âgée de|d @c @a",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s est plus_vieux|plus_vieille|plus_ancien|plus_ancienne que|qu|de|d @a",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_OLDER_THAN, 0 },
    { "@s date|a ?été ?@p ?il_y_a|de|d @v", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_SEVERAL, STET_FORM_STALE | STET_FORM_ALONE },
    { "@s a|est ?été ?dernièrement ?@m ?pour_la_dernière_fois ?@m ?le|en @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s a|est ?été ?initialement @p ?le|en @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s a|est ?été archivé|archivée ?le|en @t", STET_MARKER_DATE, 0, 0 },
    { "@s a|est ?été ?maintenant|désormais archivé*", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s est ?devenu|devenue ?maintenant|désormais obsolète|périmé|périmée",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s n_est plus @m|à_jour|d_actualité|maintenu|maintenue",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s est ?très|trop vieux|vieille|ancien|ancienne", STET_MARKER_STATUS, 0,
      STET_FORM_STALE | STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_fr = {
    .language = "fr",
    .determiners = "cet|cette|ce|le présent|la présente",
    .nouns = "article|publication|page|page "
             "web|billet|texte|contenu|message|post|actualité|actu|dépêche|"
             "note|reportage|entretien|interview|document|vidéo|tutoriel|"
             "recette|communiqué|information|sujet|brève|chronique|fiche|"
             "enquête|tribune|contribution",
    .published = "publié*|paru*|écrit*|rédigé*|posté*|mis en ligne|mise en "
                 "ligne|diffusé*|créé*",
    .updated = "mis à jour|mise à jour|actualisé*|modifié*|révisé*",
    .stale = "peut|peuvent|pourrait|pourraient|obsolète|obsolètes|plus à "
             "jour|périmé*|archive|archives|plus d actualité|plus valable*",
    .veto = "commentaires",
    .leads = "attention|avertissement|note|info|information|important|archive|"
             "archives|remarque",
    .several = "plusieurs|quelques",
    .joint = "et",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
