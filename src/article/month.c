#include "article/day.h"
#include "base/ascii.h"
#include "base/span.h"

/*
 * Names by month; each language's short forms are its own or beginnings of
 * the long ones.  A name counts only where a word ends.
 */
static const char *const months[12][56] = {
    { "january", "jan",        "januar",  "jänner",     "janvier",
      "janv",    "enero",      "ene",     "gennaio",    "gen",
      "janeiro", "januari",    "styczeń", "stycznia",   "leden",
      "ledna",   "tammikuuta", "ocak",    "ianuarie",   "января",
      "січня",   "január",     "januar",  "يناير",      "كانون الثاني",
      "جانفي",   "ינואר",      "בינואר",  "Ιανουαρίου", "ιανουαρίου",
      "जनवरी",   "януари",     "јануар",  "gener" },
    { "february", "feb",        "februar",     "feber",       "février",
      "fevrier",  "févr",       "fév",         "febrero",     "febbraio",
      "febb",     "fevereiro",  "fev",         "februari",    "lutego",
      "února",    "helmikuuta", "şubat",       "februarie",   "февраля",
      "лютого",   "február",    "فبراير",      "شباط",        "فيفري",
      "פברואר",   "בפברואר",    "Φεβρουαρίου", "φεβρουαρίου", "फरवरी",
      "फ़रवरी",    "февруари",   "фебруар",     "febrer",      "Şubat",
      "pebruari" },
    { "march",       "mar",   "märz",   "mrz",   "mars",    "marzo",
      "março",       "marco", "maart",  "mrt",   "marca",   "března",
      "maaliskuuta", "mart",  "martie", "марта", "березня", "március",
      "marts",       "مارس",  "آذار",   "מרץ",   "במרץ",    "Μαρτίου",
      "μαρτίου",     "मार्च",  "март",   "març",  "maret" },
    { "april",  "apr",      "avril",   "avr",        "abril",    "abr",
      "aprile", "kwietnia", "dubna",   "huhtikuuta", "nisan",    "aprilie",
      "апреля", "квітня",   "április", "أبريل",      "ابريل",    "إبريل",
      "نيسان",  "أفريل",    "אפריל",   "באפריל",     "Απριλίου", "απριλίου",
      "अप्रैल",   "април" },
    { "may",   "mai",  "mayo",   "maggio",     "mag",   "maio", "mei",
      "maj",   "maja", "května", "toukokuuta", "mayıs", "мая",  "травня",
      "május", "مايو", "أيار",   "ماي",        "מאי",   "במאי", "Μαΐου",
      "μαΐου", "मई",   "май",    "мај",        "maig" },
    { "june",    "jun",     "juni",   "juin",      "junio",   "giugno", "giu",
      "junho",   "czerwca", "června", "kesäkuuta", "haziran", "iunie",  "июня",
      "червня",  "június",  "يونيو",  "حزيران",    "جوان",    "יוני",   "ביוני",
      "Ιουνίου", "ιουνίου", "जून",     "юни",       "јун",     "juny" },
    { "july",   "jul",    "juli",  "juillet", "juil",     "julio",
      "luglio", "lug",    "julho", "lipca",   "července", "heinäkuuta",
      "temmuz", "iulie",  "июля",  "липня",   "július",   "يوليو",
      "تموز",   "جويلية", "יולי",  "ביולי",   "Ιουλίου",  "ιουλίου",
      "जुलाई",   "юли",    "јул",   "juliol" },
    { "august",   "aug",       "août",    "aout",      "agosto",    "ago",
      "augustus", "sierpnia",  "srpna",   "elokuuta",  "ağustos",   "августа",
      "серпня",   "augusztus", "augusti", "أغسطس",     "اغسطس",     "آب",
      "أوت",      "אוגוסט",    "באוגוסט", "Αυγούστου", "αυγούστου", "अगस्त",
      "август",   "agost",     "agustus" },
    { "september", "sept",        "sep",         "septembre",  "septiembre",
      "settembre", "sett",        "set",         "setembro",   "września",
      "září",      "syyskuuta",   "eylül",       "septembrie", "сентября",
      "вересня",   "szeptember",  "سبتمبر",      "أيلول",      "ספטמבר",
      "בספטמבר",   "Σεπτεμβρίου", "σεπτεμβρίου", "सितंबर",      "सितम्बर",
      "септември", "септембар",   "setembre" },
    { "october",      "oct",      "oktober",   "okt",       "octobre",
      "octubre",      "ottobre",  "ott",       "outubro",   "out",
      "października", "října",    "lokakuuta", "ekim",      "octombrie",
      "октября",      "жовтня",   "október",   "أكتوبر",    "اكتوبر",
      "تشرين الأول",  "אוקטובר",  "באוקטובר",  "Οκτωβρίου", "οκτωβρίου",
      "अक्टूबर",        "октомври", "октобар" },
    { "november",  "nov",       "novembre",    "noviembre",    "novembro",
      "listopada", "listopadu", "marraskuuta", "kasım",        "noiembrie",
      "ноября",    "листопада", "نوفمبر",      "تشرين الثاني", "נובמבר",
      "בנובמבר",   "Νοεμβρίου", "νοεμβρίου",   "नवंबर",         "नवम्बर",
      "ноември",   "новембар" },
    { "december",   "dec",         "dezember",  "dez",        "décembre",
      "decembre",   "déc",         "diciembre", "dic",        "dicembre",
      "dezembro",   "grudnia",     "prosince",  "joulukuuta", "aralık",
      "decembrie",  "декабря",     "грудня",    "desember",   "des",
      "ديسمبر",     "كانون الأول", "דצמבר",     "בדצמבר",     "Δεκεμβρίου",
      "δεκεμβρίου", "दिसंबर",       "दिसम्बर",    "декември",   "децембар",
      "desembre" },
};

static bool ends_word(struct stet_span s, size_t at)
{
    if (at >= s.len)
        return true;
    return !stet_is_alpha((unsigned char)s.ptr[at]) &&
           (unsigned char)s.ptr[at] < 0xC2;
}

int stet_month_of(struct stet_span s, size_t *len)
{
    int first = s.len > 0 ? (unsigned char)s.ptr[0] | 0x20 : 0;

    for (int m = 0; m < 12; m++)
        for (size_t i = 0; months[m][i]; i++) {
            /* Most differ in their first letter, in either case. */
            if (((unsigned char)months[m][i][0] | 0x20) != first ||
                !stet_span_istarts(s, months[m][i]))
                continue;
            *len = stet_span_of(months[m][i]).len;
            if (!ends_word(s, *len))
                continue;
            if (*len < s.len && s.ptr[*len] == '.')
                ++*len;
            return m + 1;
        }
    return 0;
}
