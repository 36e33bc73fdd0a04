#include "article/day.h"
#include "base/ascii.h"
#include "base/span.h"

/*
 * Names by month; each language's short forms are its own or beginnings of
 * the long ones.  A name counts only where a word ends.
 */
static const char *const months[12][32] = {
    { "january",  "jan",      "januar",  "jänner", "janvier",    "janv",
      "enero",    "ene",      "gennaio", "gen",    "janeiro",    "januari",
      "styczeń",  "stycznia", "leden",   "ledna",  "tammikuuta", "ocak",
      "ianuarie", "января",   "січня",   "január", "januar" },
    { "february",  "feb",      "februar", "feber",    "février",    "fevrier",
      "févr",      "fév",      "febrero", "febbraio", "febb",       "fevereiro",
      "fev",       "februari", "lutego",  "února",    "helmikuuta", "şubat",
      "februarie", "февраля",  "лютого",  "február" },
    { "march", "mar", "märz", "mrz", "mars", "marzo", "março", "marco", "maart",
      "mrt", "marca", "března", "maaliskuuta", "mart", "martie", "марта",
      "березня", "március", "marts" },
    { "april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwietnia",
      "dubna", "huhtikuuta", "nisan", "aprilie", "апреля", "квітня",
      "április" },
    { "may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "maja",
      "května", "toukokuuta", "mayıs", "мая", "травня", "május" },
    { "june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho",
      "czerwca", "června", "kesäkuuta", "haziran", "iunie", "июня", "червня",
      "június" },
    { "july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug",
      "julho", "lipca", "července", "heinäkuuta", "temmuz", "iulie", "июля",
      "липня", "július" },
    { "august", "aug", "août", "aout", "agosto", "ago", "augustus", "sierpnia",
      "srpna", "elokuuta", "ağustos", "августа", "серпня", "augusztus",
      "augusti" },
    { "september", "sept", "sep", "septembre", "septiembre", "settembre",
      "sett", "set", "setembro", "września", "září", "syyskuuta", "eylül",
      "septembrie", "сентября", "вересня", "szeptember" },
    { "october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre",
      "ott", "outubro", "out", "października", "října", "lokakuuta", "ekim",
      "octombrie", "октября", "жовтня", "október" },
    { "november", "nov", "novembre", "noviembre", "novembro", "listopada",
      "listopadu", "marraskuuta", "kasım", "noiembrie", "ноября", "листопада" },
    { "december",  "dec",     "dezember",  "dez",        "décembre",
      "decembre",  "déc",     "diciembre", "dic",        "dicembre",
      "dezembro",  "grudnia", "prosince",  "joulukuuta", "aralık",
      "decembrie", "декабря", "грудня",    "desember",   "des" },
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
    for (int m = 0; m < 12; m++)
        for (size_t i = 0; months[m][i]; i++) {
            if (!stet_span_istarts(s, months[m][i]))
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
