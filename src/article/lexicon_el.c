#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_el;

static const struct stet_lexicon_word comparators[] = {
    { "πάνω από|περισσότερο από|περισσότερα από|περισσότερους από|περισσότερες "
      "από|περισσότερων από",
      STET_COMPARISON_MORE_THAN, 0 },
    { "άνω των|άνω του|άνω της", STET_COMPARISON_OVER, 0 },
    { "τουλάχιστον", STET_COMPARISON_AT_LEAST, 0 },
    { "σχεδόν", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "ένας|έναν|ένα|μία|μια|ενός|μίας|μιας", 1, 0 },
    { "δύο|δυο", 2, 0 },
    { "τρία|τρεις|τριών", 3, 0 },
    { "τέσσερα|τέσσερις|τεσσάρων", 4, 0 },
    { "πέντε", 5, 0 },
    { "έξι", 6, 0 },
    { "επτά|εφτά", 7, 0 },
    { "οκτώ|οχτώ", 8, 0 },
    { "εννέα|εννιά", 9, 0 },
    { "δέκα", 10, 0 },
    { "έντεκα|ένδεκα", 11, 0 },
    { "δώδεκα", 12, 0 },
    { "είκοσι", 20, 0 },
    { "τριάντα", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "χρόνο|χρόνος|χρόνια|χρόνων|έτος|έτη|ετών|έτους", STET_UNIT_YEAR, 1 },
    { "μήνα|μήνας|μήνες|μηνών|μηνός", STET_UNIT_MONTH, 1 },
    { "εβδομάδα|εβδομάδες|εβδομάδων|εβδομάδας", STET_UNIT_WEEK, 1 },
    { "μέρα|ημέρα|μέρες|ημέρες|ημερών|ημέρας", STET_UNIT_DAY, 1 },
    { "δεκαετία|δεκαετίες", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "έτους", STET_UNIT_YEAR, 1 },
    { "μηνός", STET_UNIT_MONTH, 1 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s είναι ?ήδη|πλέον @c @a ?παλιό|παλαιό|παλιά|παλαιά",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s είναι ?ήδη|πλέον "
      "παλαιότερο|παλιότερο|παλαιότερη|παλιότερη|αρχαιότερο από|των|του @a",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_OLDER_THAN, 0 },
    { "@s ?έχει|είχε ?αρχικά @p πριν ?από @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?έχει @p @c @a πριν", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s έχει ?ηλικία @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?έχει @p πριν ?από @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s είναι @v παλιό|παλαιό|παλιά", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_SEVERAL, STET_FORM_ALONE },
    { "@s δεν έχει @m ?για|εδώ_και|από @c @a", STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?έχει @m ?για_τελευταία_φορά|τελευταία_φορά ?πριν ?από @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?έχει @m ?για_τελευταία_φορά|τελευταία_φορά πριν ?από @a",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?έχει @m ?για_τελευταία_φορά|τελευταία_φορά|τελευταία "
      "?στις|την|τις|στη @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?έχει @p ?στις|την|τις @t", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?έχει αρχειοθετη*|αρχειοθετή*", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s είναι ?πλέον ξεπερασμέν*|παρωχημέν*|αρχειοθετη*", STET_MARKER_STATUS,
      0, STET_FORM_ALONE },
    { "@s δεν ενημερώνεται|είναι_ενημερωμένο|ισχύει|είναι_επίκαιρο πλέον",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_el = {
    .language = "el",
    .subjects = "το άρθρο αυτό|η ανάρτηση αυτή|η σελίδα αυτή|το κείμενο αυτό",
    .determiners = "αυτό το|αυτή η|το παρόν|η παρούσα|τούτο το|το "
                   "συγκεκριμένο|η συγκεκριμένη",
    .nouns = "άρθρο|κείμενο|δημοσίευμα|ανάρτηση|σελίδα|ιστοσελίδα|είδηση|"
             "ρεπορτάζ|περιεχόμενο|συνέντευξη|βίντεο|δημοσίευση|έγγραφο|"
             "συνταγή|ιστορία|πληροφορία",
    .published = "δημοσιευ*|γράφ*|γραφ*|αναρτ*|εκδό*|δημιουργ*",
    .updated = "ενημερώ*|ενημερω*|ανανεώ*|τροποποι*|επικαιροποι*",
    .stale = "μπορεί|ενδέχεται|ίσως|ξεπερασμέν*|παρωχημέν*|αρχείο|δεν "
             "ισχύει|πλέον|πιθανόν",
    .veto = "σχόλια",
    .leads = "προσοχή|σημείωση|ενημέρωση|σημαντικό|αρχείο|προειδοποίηση",
    .several = "μερικά|αρκετά|πολλά|αρκετούς|πολλούς|μερικούς",
    .months = "Ιανουαρίου|Ιανουάριος,Φεβρουαρίου|Φεβρουάριος,Μαρτίου|Μάρτιος,"
              "Απριλίου|Απρίλιος,Μαΐου|Μάιος,Ιουνίου|Ιούνιος,Ιουλίου|Ιούλιος,"
              "Αυγούστου|Αύγουστος,Σεπτεμβρίου|Σεπτέμβριος,Οκτωβρίου|Οκτώβριος,"
              "Νοεμβρίου|Νοέμβριος,Δεκεμβρίου|Δεκέμβριος",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
