#include <stdio.h>

#include "article/phrase.h"
#include "lib/tap.h"

#define K(name) STET_MARKER_##name
#define C(name) STET_COMPARISON_##name
#define U(name) STET_UNIT_##name

/* A sentence that says the age of its article, around 1, 2, 5, 11 and 21
 * years, in digits and in words. */
struct slot {
    const char *language;
    enum stet_article_comparison comparison;
    const char *before, *after;
    const char *digits[5], *words[5];
};

static const int64_t amounts[] = { 1, 2, 5, 11, 21 };

static const struct slot slots[] = {
    { "en",
      C(MORE_THAN),
      "This article is more than ",
      " old",
      { "1 year", "2 years", "5 years", "11 years", "21 years" },
      { "a year", "two years", "five years", "eleven years",
        "twenty-one years" } },
    { "de",
      C(MORE_THAN),
      "Dieser Artikel ist mehr als ",
      " alt.",
      { "1 Jahr", "2 Jahre", "5 Jahre", "11 Jahre", "21 Jahre" },
      { "ein Jahr", "zwei Jahre", "fünf Jahre", "elf Jahre",
        "einundzwanzig Jahre" } },
    { "fr",
      C(MORE_THAN),
      "Cet article date de plus ",
      ".",
      { "d’1 an", "de 2 ans", "de 5 ans", "de 11 ans", "de 21 ans" },
      { "d'un an", "de deux ans", "de cinq ans", "de onze ans",
        "de vingt et un ans" } },
    { "nl",
      C(MORE_THAN),
      "Dit artikel is meer dan ",
      " oud.",
      { "1 jaar", "2 jaar", "5 jaar", "11 jaar", "21 jaar" },
      { "een jaar", "twee jaar", "vijf jaar", "elf jaar",
        "eenentwintig jaar" } },
    { "es",
      C(MORE_THAN),
      "Este artículo tiene más de ",
      ".",
      { "1 año", "2 años", "5 años", "11 años", "21 años" },
      { "un año", "dos años", "cinco años", "once años", "veintiún años" } },
    { "it",
      C(OVER),
      "Questo articolo è stato pubblicato oltre ",
      " fa",
      { "1 anno", "2 anni", "5 anni", "11 anni", "21 anni" },
      { "un anno", "due anni", "cinque anni", "undici anni", "ventuno anni" } },
    { "pt",
      C(MORE_THAN),
      "Este artigo foi publicado há mais de ",
      "",
      { "1 ano", "2 anos", "5 anos", "11 anos", "21 anos" },
      { "um ano", "dois anos", "cinco anos", "onze anos", "vinte e um anos" } },
    { "no",
      C(OVER),
      "Denne artikkelen er over ",
      " gammel.",
      { "1 år", "2 år", "5 år", "11 år", "21 år" },
      { "ett år", "to år", "fem år", "elleve år", "tjueett år" } },
    { "no",
      C(MORE_THAN),
      "Denne saka er meir enn ",
      " gammal.",
      { "1 år", "2 år", "5 år", "11 år", "21 år" },
      { "eitt år", "to år", "fem år", "elleve år", "tjueeitt år" } },
    { "da",
      C(MORE_THAN),
      "Denne artikel er mere end ",
      " gammel.",
      { "1 år", "2 år", "5 år", "11 år", "21 år" },
      { "et år", "to år", "fem år", "elleve år", "enogtyve år" } },
    { "sv",
      C(MORE_THAN),
      "Den här artikeln är mer än ",
      " gammal.",
      { "1 år", "2 år", "5 år", "11 år", "21 år" },
      { "ett år", "två år", "fem år", "elva år", "tjugoett år" } },
    { "fi",
      C(OVER),
      "Artikkeli on yli ",
      " vanha",
      { "1 vuotta", "2 vuotta", "5 vuotta", "11 vuotta", "21 vuotta" },
      { "vuoden", "kaksi vuotta", "viisi vuotta", "yksitoista vuotta",
        "kaksikymmentäyksi vuotta" } },
    { "pl",
      C(OVER),
      "Ten artykuł został opublikowany ponad ",
      " temu.",
      { "1 rok", "2 lata", "5 lat", "11 lat", "21 lat" },
      { "rok", "dwa lata", "pięć lat", "jedenaście lat",
        "dwadzieścia jeden lat" } },
    { "cs",
      C(MORE_THAN),
      "Tento článek byl publikován před více než ",
      ".",
      { "1 rokem", "2 roky", "5 lety", "11 lety", "21 lety" },
      { "rokem", "dvěma roky", "pěti lety", "jedenácti lety",
        "jedenadvaceti lety" } },
    { "hu",
      C(MORE_THAN),
      "Ez a cikk több mint ",
      ".",
      { "1 éves", "2 éves", "5 éves", "11 éves", "21 éves" },
      { "egy éves", "két éves", "öt éves", "tizenegy éves",
        "huszonegy éves" } },
    { "ru",
      C(MORE_THAN),
      "Эта статья была опубликована более ",
      " назад",
      { "1 года", "2 лет", "5 лет", "11 лет", "21 года" },
      { "года", "двух лет", "пяти лет", "одиннадцати лет",
        "двадцати одного года" } },
    { "uk",
      C(OVER),
      "Ця стаття була опублікована понад ",
      " тому",
      { "1 рік", "2 роки", "5 років", "11 років", "21 рік" },
      { "рік", "два роки", "п’ять років", "одинадцять років",
        "двадцять один рік" } },
    { "tr",
      C(MORE_THAN),
      "Bu haber ",
      " fazla bir süre önce yayınlandı.",
      { "1 yıldan", "2 yıldan", "5 yıldan", "11 yıldan", "21 yıldan" },
      { "bir yıldan", "iki yıldan", "beş yıldan", "on bir yıldan",
        "yirmi bir yıldan" } },
    { "el",
      C(MORE_THAN),
      "Αυτό το άρθρο δημοσιεύτηκε πριν από περισσότερα από ",
      ".",
      { "1 χρόνο", "2 χρόνια", "5 χρόνια", "11 χρόνια", "21 χρόνια" },
      { "ένα χρόνο", "δύο χρόνια", "πέντε χρόνια", "έντεκα χρόνια",
        "είκοσι ένα χρόνια" } },
    { "ro",
      C(MORE_THAN),
      "Acest articol are mai mult de ",
      ".",
      { "1 an", "2 ani", "5 ani", "11 ani", "21 de ani" },
      { "un an", "doi ani", "cinci ani", "unsprezece ani",
        "douăzeci și unu de ani" } },
    { "ja",
      C(AT_LEAST),
      "この記事は公開されてから",
      "以上経過しています。",
      { "1年", "2年", "5年", "11年", "２１年" },
      { "一年", "二年", "五年", "十一年", "二十一年" } },
    { "ko",
      C(AT_LEAST),
      "이 기사는 작성된 지 ",
      " 이상 지났습니다.",
      { "1년", "2년", "5년", "11년", "21년" },
      { "일 년", "이 년", "오 년", "십일 년", "이십일 년" } },
    { "zh",
      C(MORE_THAN),
      "本文发布已超过 ",
      "。",
      { "1 年", "2 年", "5 年", "11 年", "21 年" },
      { "一年", "两年", "五年", "十一年", "二十一年" } },
    { "zh",
      C(MORE_THAN),
      "這篇文章發表於超過",
      "前，內容可能已過時。",
      { "1 年", "2 年", "5 年", "11 年", "21 年" },
      { "一年", "兩年", "五年", "十一年", "二十一年" } },
    { "ar",
      C(MORE_THAN),
      "نُشر هذا المقال منذ أكثر من ",
      ".",
      { "1 سنة", "2 سنة", "5 سنوات", "11 سنة", "٢١ سنة" },
      { "سنة", "سنتين", "خمس سنوات", "إحدى عشرة سنة", "واحد وعشرين عاما" } },
    { "he",
      C(MORE_THAN),
      "כתבה זו פורסמה לפני יותר ",
      ".",
      { "מ-1 שנה", "מ-2 שנים", "מ-5 שנים", "מ־11 שנים", "מ-21 שנה" },
      { "משנה", "משנתיים", "מחמש שנים", "מאחת עשרה שנים", "מעשרים ואחת שנה" } },
};

static void check_slot(const struct slot *s, const char *slot, int64_t amount)
{
    struct stet_phrase p;
    char text[512];

    snprintf(text, sizeof(text), "%s%s%s", s->before, slot, s->after);
    tap_row(text);
    if (!CHECK(stet_phrase_find(&p, stet_span_of(text))))
        return;
    CHECK_STR(p.lexicon->language, s->language);
    CHECK_INT(p.form->kind, K(AGE_FLOOR));
    CHECK_INT(p.comparison, s->comparison);
    CHECK_INT(p.amount, amount);
    CHECK_INT(p.unit, U(YEAR));
    CHECK(p.at_start);
}

static void every_language_takes_every_amount(void)
{
    for (size_t i = 0; i < sizeof(slots) / sizeof(slots[0]); i++)
        for (size_t k = 0; k < 5; k++) {
            check_slot(&slots[i], slots[i].digits[k], amounts[k]);
            check_slot(&slots[i], slots[i].words[k], amounts[k]);
        }
    tap_row(NULL);
}

struct row {
    const char *language, *text;
    enum stet_article_kind kind;
    enum stet_article_comparison comparison;
    int64_t amount;
    enum stet_article_unit unit;
};

/* As pages, themes and plug-ins print them. */
static const struct row rows[] = {
    { "de",
      "Dieser Artikel wurde zuletzt auf 2020-03-04 aktualisiert, der "
      "Inhalt kann veraltet sein.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "de", "Diese Web-Seite wurde auf der Web archiviert.", K(STATUS), C(NONE),
      0, U(NONE) },
    { "fr",
      "Cet article a plus de 3 ans et il se peut que son contenu ne soit "
      "plus à jour.",
      K(AGE_FLOOR), C(MORE_THAN), 3, U(YEAR) },
    { "fr",
      "⚠ Cet article a été publié il y a plus de 365 jours. Les "
      "informations peuvent ne plus être applicables.",
      K(AGE_FLOOR), C(MORE_THAN), 365, U(DAY) },
    { "fr", "Cet article date de plus de 5 mois", K(AGE_FLOOR), C(MORE_THAN), 5,
      U(MONTH) },
    { "fr",
      "Ce message a été écrit il y a 400 jours et son contenu peut être "
      "obsolète.",
      K(AGE_FLOOR), C(EXACTLY), 400, U(DAY) },
    { "fr",
      "Cet article a été mis à jour pour la dernière fois le 4 mars "
      "2021, le contenu peut être obsolète.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "fr", "Cette page Web a été archivée dans le Web.", K(STATUS), C(NONE), 0,
      U(NONE) },
    { "es",
      "Esta publicación fue escrita hace 400 días, el contenido puede no "
      "estar actualizado.",
      K(AGE_FLOOR), C(EXACTLY), 400, U(DAY) },
    { "es",
      "Este artículo se actualizó por última vez el 4 de marzo de 2021, "
      "es posible que el contenido no esté actualizado.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "es", "Esta página ha sido archivada en la web.", K(STATUS), C(NONE), 0,
      U(NONE) },
    { "it",
      "Questo articolo ha più di un anno: le informazioni potrebbero non "
      "essere aggiornate.",
      K(AGE_FLOOR), C(MORE_THAN), 1, U(YEAR) },
    { "it",
      "Questo articolo è stato pubblicato più di un anno fa: le "
      "informazioni potrebbero non essere aggiornate.",
      K(AGE_FLOOR), C(MORE_THAN), 1, U(YEAR) },
    { "it",
      "Questo articolo è stato aggiornato l'ultima volta il 4 marzo "
      "2021, il contenuto potrebbe non essere aggiornato.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "pt",
      "Atenção: esta postagem foi atualizada há mais de 900 dias e pode "
      "estar desatualizada",
      K(SINCE_UPDATE), C(MORE_THAN), 900, U(DAY) },
    { "pt", "Essa reclamação foi publicada há mais de 1 ano", K(AGE_FLOOR),
      C(MORE_THAN), 1, U(YEAR) },
    { "pt",
      "Este artigo foi atualizado pela última vez em 4 de março de 2021, "
      "o conteúdo pode estar desatualizado.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "pt",
      "Este artigo foi atualizado em 04/03/2021, o conteúdo pode estar "
      "desatualizado.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "nl",
      "Let op: dit artikel is meer dan 4 jaar niet bijgewerkt en kan "
      "verouderde informatie bevatten.",
      K(SINCE_UPDATE), C(MORE_THAN), 4, U(YEAR) },
    { "no", "Artikkelen er over to år gammel.", K(AGE_FLOOR), C(OVER), 2,
      U(YEAR) },
    { "no", "Artikkelen er mer enn 4 år gammel.", K(AGE_FLOOR), C(MORE_THAN), 4,
      U(YEAR) },
    { "no", "Artikkelen er flere år gammel.", K(AGE_FLOOR), C(SEVERAL), 0,
      U(YEAR) },
    { "no",
      "Denne artikkelen er over en måned gammel, og kan inneholde "
      "utdaterte råd fra myndighetene angående koronasmitten.",
      K(AGE_FLOOR), C(OVER), 1, U(MONTH) },
    { "sv", "Artikeln är äldre än tre månader", K(AGE_FLOOR), C(OLDER_THAN), 3,
      U(MONTH) },
    { "hu",
      "Ez a cikk 200 napja frissült utoljára. A benne szereplő "
      "információk a megjelenés idején pontosak voltak, de mára "
      "elavultak lehetnek.",
      K(SINCE_UPDATE), C(EXACTLY), 200, U(DAY) },
    { "hu",
      "Ez a cikk 3 éve frissült utoljára. A benne szereplő információk a "
      "megjelenés idején pontosak voltak, de mára elavultak lehetnek.",
      K(SINCE_UPDATE), C(EXACTLY), 3, U(YEAR) },
    { "pl",
      "Ten artykuł był ostatnio aktualizowany 4 marca 2021, jego treść "
      "może być nieaktualna.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "ro",
      "Acest articol a fost actualizat ultima dată la 4 martie 2021, "
      "conţinutul poate fi învechit.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "ru",
      "данная статья была опубликована более полугода назад и некоторые "
      "данные в ней могли устареть",
      K(AGE_FLOOR), C(MORE_THAN), 6, U(MONTH) },
    { "ru",
      "Эта статья последний раз обновлялась 4 марта 2021, содержание "
      "может быть устаревшим.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "ja", "この記事は最終更新日から5年以上が経過しています。",
      K(SINCE_UPDATE), C(AT_LEAST), 5, U(YEAR) },
    { "ja",
      "この記事は公開されてから1年以上経過しています。情報が古い可能性があ"
      "りますので、ご注意ください。",
      K(AGE_FLOOR), C(AT_LEAST), 1, U(YEAR) },
    { "ja", "この記事は公開から一年以上が経過しています", K(AGE_FLOOR),
      C(AT_LEAST), 1, U(YEAR) },
    { "ja", "この記事は公開から3ヶ月以上経過しています", K(AGE_FLOOR),
      C(AT_LEAST), 3, U(MONTH) },
    { "ko",
      "이 문서는 2021년 3월 4일에 마지막으로 업데이트되었으며, 내용이 "
      "오래되었을 수 있습니다.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "zh", "本文最后更新于 812 天前，其中的信息可能已经有所发展或是发生改变。",
      K(SINCE_UPDATE), C(EXACTLY), 812, U(DAY) },
    { "zh", "这篇文章最后更新于 812 天前，内容可能已经过时。", K(SINCE_UPDATE),
      C(EXACTLY), 812, U(DAY) },
    { "zh", "這篇文章最後更新於 812 天前，內容可能已經過時。", K(SINCE_UPDATE),
      C(EXACTLY), 812, U(DAY) },
    /* the other kinds and units, from the words of section 2.2 */
    { "da", "Denne artikel er udgivet for over 3 måneder siden", K(AGE_FLOOR),
      C(OVER), 3, U(MONTH) },
    { "da",
      "Denne artikel blev sidst opdateret den 4. marts 2021, indholdet "
      "kan være forældet.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "sv",
      "Artikeln uppdaterades senast den 4 mars 2021, innehållet kan vara "
      "inaktuellt",
      K(DATE), C(NONE), 0, U(NONE) },
    { "sv", "Den här artikeln är arkiverad", K(STATUS), C(NONE), 0, U(NONE) },
    { "fi", "Tämä artikkeli on julkaistu yli kolme kuukautta sitten",
      K(AGE_FLOOR), C(OVER), 3, U(MONTH) },
    { "fi", "Tätä ei enää ole. Tämä artikkeli on vanhempi kuin 2 vuotta",
      K(AGE_FLOOR), C(OLDER_THAN), 2, U(YEAR) },
    { "fi",
      "Artikkeli on päivitetty viimeksi 4.3.2021 ja sen tiedot voivat "
      "olla vanhentuneita",
      K(DATE), C(NONE), 0, U(NONE) },
    { "pl", "Ten artykuł ma ponad 3 lata", K(AGE_FLOOR), C(OVER), 3, U(YEAR) },
    { "pl", "Ten tekst jest starszy niż pół roku", K(AGE_FLOOR), C(OLDER_THAN),
      6, U(MONTH) },
    { "cs", "Tento článek je starší než 5 měsíců.", K(AGE_FLOOR), C(OLDER_THAN),
      5, U(MONTH) },
    { "cs", "Tento článek nebyl aktualizován déle než 2 roky", K(SINCE_UPDATE),
      C(MORE_THAN), 2, U(YEAR) },
    { "hu", "Ez a cikk több mint 5 hónapja jelent meg.", K(AGE_FLOOR),
      C(MORE_THAN), 5, U(MONTH) },
    { "hu",
      "Ez a cikk utoljára 2021. március 4-én frissült, tartalma elavult "
      "lehet.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "ru", "Этой статье уже более 3 лет", K(AGE_FLOOR), C(MORE_THAN), 3,
      U(YEAR) },
    { "ru", "Эта статья не обновлялась более двух месяцев", K(SINCE_UPDATE),
      C(MORE_THAN), 2, U(MONTH) },
    { "uk",
      "Ця стаття востаннє оновлювалася 4 березня 2021, вміст може бути "
      "застарілим",
      K(DATE), C(NONE), 0, U(NONE) },
    { "tr", "BU YAZI 6 aydan eski.", K(NONE), 0, 0, 0 },
    { "tr", "Bu yazı 6 aydan daha eski.", K(AGE_FLOOR), C(OLDER_THAN), 6,
      U(MONTH) },
    { "tr", "Bu içerik 1 yıldan uzun süredir güncellenmedi.", K(SINCE_UPDATE),
      C(MORE_THAN), 1, U(YEAR) },
    { "tr",
      "Bu makale en son 4 Mart 2021 tarihinde güncellendi, içerik güncel "
      "olmayabilir.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "el", "ΑΥΤΟ ΤΟ ΑΡΘΡΟ ΕΙΝΑΙ ΠΑΝΩ ΑΠΟ 3 ΜΗΝΕΣ ΠΑΛΙΟ", K(AGE_FLOOR),
      C(MORE_THAN), 3, U(MONTH) },
    { "el",
      "Αυτό το άρθρο ενημερώθηκε τελευταία φορά στις 4 Μαρτίου 2021, το "
      "περιεχόμενο μπορεί να είναι παρωχημένο.",
      K(DATE), C(NONE), 0, U(NONE) },
    { "ro", "Acest articol a fost publicat acum mai bine de 3 luni",
      K(AGE_FLOOR), C(MORE_THAN), 3, U(MONTH) },
    { "ja", "最終更新日から3年以上経過しています", K(SINCE_UPDATE), C(AT_LEAST),
      3, U(YEAR) },
    { "ja",
      "この記事は2021年3月4日に最終更新されたもので、情報が古い可能性"
      "があります",
      K(DATE), C(NONE), 0, U(NONE) },
    { "ko", "이 글은 마지막으로 수정된 지 2년이 넘었습니다.", K(SINCE_UPDATE),
      C(OVER), 2, U(YEAR) },
    { "ko", "이 글은 6개월 이상 전에 작성된 글입니다", K(AGE_FLOOR),
      C(AT_LEAST), 6, U(MONTH) },
    { "zh", "本文已超过 3 个月未更新", K(SINCE_UPDATE), C(MORE_THAN), 3,
      U(MONTH) },
    { "zh", "本文最后更新于 2021年3月4日，文中内容可能已过时。", K(DATE),
      C(NONE), 0, U(NONE) },
    { "ar", "مضى على نشر هذا المقال أكثر من شهرين", K(AGE_FLOOR), C(MORE_THAN),
      2, U(MONTH) },
    { "ar", "لم يتم تحديث هذا المقال منذ أكثر من 3 سنوات", K(SINCE_UPDATE),
      C(MORE_THAN), 3, U(YEAR) },
    { "ar", "تم آخر تحديث هذا المقال في 4 مارس 2021، وقد يكون المحتوى قديما",
      K(DATE), C(NONE), 0, U(NONE) },
    { "he", "הכתבה לא עודכנה מעל 3 חודשים", K(SINCE_UPDATE), C(OVER), 3,
      U(MONTH) },
    { "he",
      "מאמר זה עודכן לאחרונה ב-4 במרץ 2021 וייתכן שאינו עדכני. ייתכן "
      "שהמידע מיושן",
      K(DATE), C(NONE), 0, U(NONE) },
};

static void reads_the_sentences(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct row *r = &rows[i];
        struct stet_phrase p;
        bool found = stet_phrase_find(&p, stet_span_of(r->text));

        tap_row(r->text);
        CHECK_INT(found, r->kind != K(NONE));
        if (!found || r->kind == K(NONE))
            continue;
        CHECK_STR(p.lexicon->language, r->language);
        CHECK_INT(p.form->kind, r->kind);
        CHECK_INT(p.comparison, r->comparison);
        CHECK_INT(p.amount, r->amount);
        CHECK_INT(p.unit, r->unit);
        CHECK_INT(p.has_date, r->kind == K(DATE));
        if (p.has_date)
            CHECK(p.date.at.year >= 2020 && p.date.at.month == 3 &&
                  p.date.at.day == 4);
    }
    tap_row(NULL);
}

/* Words, citations, ages of people, relative dates, comments. */
static const char *const traps[] = {
    "Dit bericht is meer dan 2 weken oud, daarom zijn de reacties gesloten.",
    "Dit artikel is meer dan 1000 woorden lang",
    "Cet article a plus de 1000 mots",
    "Cet article fait plus de 3 pages",
    "Cet article a été mis à jour il y a 3 jours",
    "Cet article a été publié le 4 mars 2021",
    "Il y a plus de 3 ans",
    "Este artículo tiene más de 1.400 citas",
    "Este artículo fue actualizado hace 3 días",
    "Publicado hace 8 años",
    "Una aficionada de 91 años leyó este artículo",
    "Questo articolo ha più di 1000 parole",
    "Este artigo tem mais de 1000 palavras",
    "Há mais de um ano",
    "kilometer siden de begynte og har holdt på for over 170 dager siden",
    "Artikkelen er over 1000 ord lang",
    "Artikkelen ble oppdatert for 3 dager siden",
    "Denne artikel har over 1.400 citater",
    "Den här artikeln är mer än bara ord",
    "Artikkeli on yli 1000 sanaa pitkä",
    "91 vuotta vanha fani luki artikkelin",
    "Ten artykuł ma ponad 1000 słów",
    "Artykuł zaktualizowano 3 dni temu",
    "Tento článek má více než 1000 slov",
    "Ez a cikk több mint 1000 szó",
    "Ez a cikk 3 napja frissült",
    "Ez a cikk több mint 3 hónapos kutatás eredménye",
    "Ez a cikk néhány nap alatt készült",
    "Cet article a été publié il y a quelques jours",
    "Bu haber birkaç gün önce yayınlandı",
    "本文发表于几天前",
    "この記事は公開から数日が経過",
    "Эта статья содержит более 1000 слов",
    "Статья обновлена 3 дня назад",
    "Ця стаття має понад 1000 слів",
    "Bu makale 1000 kelimeden fazla",
    "3 yıl önce",
    "Αυτό το άρθρο έχει πάνω από 1000 λέξεις",
    "Acest articol are mai mult de 1000 de cuvinte",
    "この記事は1000文字以上です",
    "この記事は3分で読めます",
    "この記事は3年前に公開されました",
    "3年前",
    "이 기사는 1000자 이상입니다",
    "이 글은 3일 전에 수정되었습니다",
    "3년 전",
    "本文超过1000字",
    "本文阅读需要 5 分钟",
    "本文最后更新于 3 天前",
    "3 年前",
    "نُشر هذا المقال منذ 3 أيام",
    "هذا المقال أكثر من 1000 كلمة",
    "הכתבה פורסמה לפני 3 ימים",
    "הכתבה ארוכה יותר מ-1000 מילים",
};

static void takes_no_other_sentence(void)
{
    for (size_t i = 0; i < sizeof(traps) / sizeof(traps[0]); i++) {
        struct stet_phrase p;

        tap_row(traps[i]);
        CHECK(!stet_phrase_find(&p, stet_span_of(traps[i])));
    }
    tap_row(NULL);
}

/* One item of a form: its parts are known, and the index of beginnings
 * knows the first one. */
static void check_item(struct stet_span item, bool first)
{
    CHECK(item.len > 0);
    while (item.ptr) {
        struct stet_span one = stet_span_cut(&item, '|');
        bool part = one.len > 0 && one.ptr[0] == '@';

        CHECK(one.len > 0);
        if (part)
            CHECK(one.len == 2 && stet_span_find(STET_SPAN("spmcavt"),
                                                 stet_span_sub(one, 1, 1)) < 7);
        if (first && part)
            CHECK(one.ptr[1] == 's');
        if (first)
            CHECK(stet_span_find(one, STET_SPAN("*")) == one.len);
    }
}

static void check_form(const char *form)
{
    struct stet_span rest = stet_span_of(form);
    bool first = true;

    tap_row(form);
    while (rest.ptr) {
        struct stet_span item = stet_span_cut(&rest, ' ');
        bool maybe = item.len > 0 && item.ptr[0] == '?';

        check_item(stet_span_sub(item, maybe ? 1 : 0, item.len), first);
        CHECK(!(first && maybe && item.ptr[1] == '@'));
        first = first && maybe;
    }
}

static void lexicons_are_well_made(void)
{
    const struct stet_lexicon *lex;
    size_t n = 0;

    for (; (lex = stet_lexicon_at(n)) != NULL; n++)
        for (size_t i = 0; lex->forms[i].text; i++)
            check_form(lex->forms[i].text);
    tap_row(NULL);
    CHECK_INT(n, 24);
}

TESTS({ "every language takes every amount",
        every_language_takes_every_amount },
      { "sentences are read as pages print them", reads_the_sentences },
      { "words, people and relative dates are no ages",
        takes_no_other_sentence },
      { "lexicons are well made", lexicons_are_well_made })
