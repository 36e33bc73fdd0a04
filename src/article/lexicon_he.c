#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_he;

static const struct stet_lexicon_word comparators[] = {
    { "יותר מ|יותר|למעלה מ|למעלה", STET_COMPARISON_MORE_THAN, 0 },
    { "מעל ל|מעל", STET_COMPARISON_OVER, 0 },
    { "לפחות", STET_COMPARISON_AT_LEAST, 0 },
    { "כמעט|קרוב ל", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "אחת|אחד", 1, 0 },
    { "שתי|שני|שתיים|שניים", 2, 0 },
    { "שלוש|שלושה|שלושת|משלוש|משלושה", 3, 0 },
    { "ארבע|ארבעה|מארבע|מארבעה", 4, 0 },
    { "חמש|חמישה|מחמש|מחמישה", 5, 0 },
    { "שש|שישה|משש|משישה", 6, 0 },
    { "שבע|שבעה|משבע", 7, 0 },
    { "שמונה|משמונה", 8, 0 },
    { "תשע|תשעה|מתשע", 9, 0 },
    { "עשר|עשרה|מעשר|מעשרה", 10, 0 },
    { "עשרים|מעשרים", 20, 0 },
    { "אחת עשרה|אחד עשר|מאחת עשרה|מאחד עשר", 11, 0 },
    { "שתים עשרה|שנים עשר|שתיים עשרה|שניים עשר", 12, 0 },
    { "עשרים ואחת|עשרים ואחד|מעשרים ואחת|מעשרים ואחד", 21, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "שנה|שנים|שנות", STET_UNIT_YEAR, 1 },
    { "חודש|חודשים", STET_UNIT_MONTH, 1 },
    { "שבוע|שבועות", STET_UNIT_WEEK, 1 },
    { "יום|ימים", STET_UNIT_DAY, 1 },
    { "עשור|עשורים", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "שנה|משנה|שנה אחת|משנה אחת", STET_UNIT_YEAR, 1 },
    { "שנתיים|משנתיים", STET_UNIT_YEAR, 2 },
    { "חודש|מחודש|חודש אחד|מחודש אחד", STET_UNIT_MONTH, 1 },
    { "חודשיים|מחודשיים", STET_UNIT_MONTH, 2 },
    { "שבוע|משבוע|שבוע אחד", STET_UNIT_WEEK, 1 },
    { "שבועיים|משבועיים", STET_UNIT_WEEK, 2 },
    { "יומיים|מיומיים", STET_UNIT_DAY, 2 },
    { "חצי שנה|מחצי שנה", STET_UNIT_MONTH, 6 },
    { "עשור|מעשור", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s לא עודכנה|עודכן|נערכה|נערך ?כבר|מזה|במשך|זה @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s עודכנה|עודכן ?לאחרונה|בפעם_האחרונה לפני @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s עודכנה|עודכן ?לאחרונה|בפעם_האחרונה לפני @a", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?היא|הוא ?@p ?במקור ?כבר לפני @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?היא|הוא ?כבר בת|בן|ישנה|ישן @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s היא|הוא ?כבר מלפני @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?היא|הוא @p לפני @a", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE },
    { "@s ?היא|הוא @p לפני @v", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s עודכנה|עודכן ?לאחרונה|בפעם_האחרונה ?ב|בתאריך|ביום @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s @p ?ב|בתאריך|ביום @t", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?הועברה|הועבר|נמצאת|נמצא לארכיון|בארכיון", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s אינה|אינו|לא|כבר_לא|כבר_אינה|כבר_אינו ?עוד "
      "מעודכנ*|מעודכן|מתעדכנ*|מתעדכן|עדכני|עדכנית|אקטואלי|אקטואלית",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_he = {
    .language = "he",
    .subjects =
        "כתבה זו|כתבה זאת|הכתבה|הכתבה הזו|הכתבה הזאת|מאמר זה|המאמר|המאמר "
        "הזה|ידיעה זו|הידיעה|הידיעה הזו|פוסט זה|הפוסט|הפוסט הזה|עמוד זה|העמוד "
        "הזה|דף זה|הדף הזה|תוכן זה|התוכן|התוכן הזה|רשומה זו|הרשומה הזו|סיפור "
        "זה|ראיון זה|הראיון|סרטון זה|טור זה|הטור|מסמך זה|הודעה זו|מדריך "
        "זה|המדריך",
    .published = "פורסמ*|פורסם|נכתבה|נכתב|הועלה|הועלתה|עלתה|עלה|נוצר|נוצרה|"
                 "נערך|ראה אור|שפורסמ*|שפורסם|שנכתב*",
    .updated = "עודכנה|עודכן|נערכה|נערך|שונתה|שונה",
    .stale = "ייתכן|יתכן|עשוי|עשויה|עשויים|עלול|עלולה|עלולים|מיושן|מיושנת|לא "
             "מעודכ*|אינו עדכני|אינה עדכנית|ארכיון|כבר לא|יכול",
    .veto = "תגובות|תגובה",
    .leads = "שים לב|שימו לב|הערה|אזהרה|לתשומת לבכם|חשוב|ארכיון",
    .several = "כמה|מספר",
    .joint = "ו",
    .months = "בינואר|ינואר,בפברואר|פברואר,במרץ|מרץ|במרס|מרס,באפריל|אפריל,במאי|"
              "מאי,ביוני|יוני,ביולי|יולי,באוגוסט|אוגוסט,בספטמבר|ספטמבר,"
              "באוקטובר|אוקטובר,בנובמבר|נובמבר,בדצמבר|דצמבר",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
