#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "lib/tap.h"
#include "stet/article.h"

/*
 * Sentences of publishers, themes and plug-ins that stand in pages, taken
 * apart: what stands in their slots varies.  '@' in a text is a slot; slots
 * are "text=amount and unit", the unit y, m, w or d, between '|'; a slot
 * "text=0" has no number.
 */
struct row {
    const char *language;
    enum stet_article_kind kind;
    const char *text, *slots;
};

#define AGE    STET_MARKER_AGE_FLOOR
#define UPDATE STET_MARKER_SINCE_UPDATE
#define DATE   STET_MARKER_DATE
#define STATUS STET_MARKER_STATUS

#define EN_AGES                                                             \
    "1 year=1y|2 years=2y|14 years=14y|1 month=1m|11 months=11m|a year=1y|" \
    "two years=2y|6 months=6m"
#define EN_DATES "2021-03-04=0|4 March 2021=0|March 4, 2021=0"

static const struct row rows[] = {
    { "en", AGE, "This article is more than @ old", EN_AGES },
    { "en", AGE, "This article is more than @ old.", EN_AGES },
    { "en", AGE, "This article is over @ old", EN_AGES },
    { "en", AGE, "This story is over @ old.", "4 years=4y|6 years=6y" },
    { "en", AGE, "This article was published more than @ ago", EN_AGES },
    { "en", AGE,
      "This article was published more than @ ago. Some information "
      "may no longer be current.",
      EN_AGES },
    { "en", AGE,
      "WARNING: This article is more than @ old and may no longer "
      "be current.",
      "365 days=365d|90 days=90d" },
    { "en", AGE,
      "This post seems to be older than @\xE2\x80\x94"
      "a long time "
      "on the internet. It might be outdated.",
      "a year=1y|3 years=3y" },
    { "en", AGE,
      "This article was published @ ago and is kept for archival "
      "purposes. Some information may be outdated.",
      "3 years=3y|5 months=5m|2 weeks=2w" },
    { "en", STATUS, "This post is old, the information may be outdated.",
      "=0" },
    { "en", AGE, "THIS POST IS OLDER THAN @", "90 DAYS=90d|365 DAYS=365d" },
    { "en", AGE,
      "This article was been published more than @ ago. The "
      "information contained herein may be outdated.",
      "6months=6m|12months=12m" },
    { "en", AGE,
      "This post is written @ ago, and the content may not be up to "
      "date.",
      "400 days=400d|2000 days=2000d" },
    { "en", UPDATE,
      "It has been @ since the last update, the content of the "
      "article may be outdated.",
      "812 days=812d|30 days=30d" },
    { "en", DATE,
      "This article was last updated on @, the content may be out "
      "of date.",
      EN_DATES },
    { "en", AGE,
      "This article is more than @ old, it is no longer relevant in "
      "2025.",
      "a decade=10y|two decades=20y" },
    { "en", AGE, "This post is more than @ old", EN_AGES },
    { "en", AGE, "This article is over @ old. The information may be outdated.",
      "a year=1y|two years=2y" },
    { "en", STATUS, "This Web page has been archived on the Web.", "=0" },
    { "en", STATUS, "This was published under the @ government",
      "2010 to 2015 Conservative and Liberal Democrat coalition=0" },
    { "en", DATE, "This @ was withdrawn on 4 March 2021",
      "guidance=0|document=0|publication=0" },
    { "en", STATUS,
      "This is historical material “frozen in time”. The website "
      "is no longer updated and links to external websites and some internal "
      "pages may not work.",
      "=0" },
    { "en", STATUS, "This page has been archived and is no longer updated.",
      "=0" },
    { "en", STATUS, "We're no longer updating this content regularly.", "=0" },
    { "en", STATUS,
      "This article needs to be updated. Please help update this "
      "article to reflect recent events or newly available information. (@)",
      "March 2021=0" },
    { "en", STATUS, "The article you requested has been archived", "=0" },
    { "en", STATUS, "This thread is archived", "=0" },

    { "de", AGE, "Dieser Artikel ist mehr als @ alt.",
      "ein Jahr=1y|zwei Jahre=2y|14 Jahre=14y|einen Monat=1m|6 Monate=6m" },
    { "de", AGE,
      "Dieser Beitrag scheint älter als @ zu sein – eine lange Zeit "
      "im Internet.",
      "1 Jahr=1y|3 Jahre=3y" },
    { "de", DATE,
      "Dieser Artikel wurde zuletzt am @ aktualisiert, der Inhalt "
      "kann veraltet sein.",
      "4. März 2021=0|04.03.2021=0" },
    { "de", STATUS, "Diese Webseite wurde archiviert.", "=0" },
    { "fr", AGE,
      "Cet article a plus de @ et il se peut que son contenu ne soit "
      "plus à jour.",
      "2 ans=2y|14 ans=14y" },
    { "fr", AGE,
      "⚠ Cet article a été publié il y a plus de @. Les informations "
      "peuvent ne plus être applicables.",
      "365 jours=365d|90 jours=90d" },
    { "fr", AGE, "Cet article date de plus de @",
      "1 an=1y|5 ans=5y|3 mois=3m" },
    { "fr", AGE,
      "Ce message a été écrit il y a @ et son contenu peut être "
      "obsolète.",
      "400 jours=400d|2 ans=2y" },
    { "fr", STATUS, "Cette page Web a été archivée dans le Web.", "=0" },
    { "es", AGE,
      "Esta publicación fue escrita hace @, el contenido puede no "
      "estar actualizado.",
      "400 días=400d|2 años=2y" },
    { "es", DATE,
      "Este artículo se actualizó por última vez el @, es posible "
      "que el contenido no esté actualizado.",
      "4 de marzo de 2021=0|2021-03-04=0" },
    { "es", STATUS, "Esta página ha sido archivada en la web.", "=0" },
    { "it", AGE, "Questo articolo ha più di @", "un anno=1y|3 anni=3y" },
    { "it", AGE,
      "Questo articolo è stato pubblicato più di @ fa: le "
      "informazioni potrebbero non essere aggiornate.",
      "un anno=1y|6 mesi=6m" },
    { "it", DATE,
      "Questo articolo è stato aggiornato l'ultima volta il @, il "
      "contenuto potrebbe non essere aggiornato.",
      "4 marzo 2021=0|2021-03-04=0" },
    { "pt", UPDATE, "Atenção: esta postagem foi atualizada há mais de @",
      "365 dias=365d|2 anos=2y" },
    { "pt", AGE, "Essa reclamação foi publicada há mais de @",
      "1 ano=1y|3 anos=3y|2 meses=2m" },
    { "pt", DATE,
      "Este artigo foi atualizado pela última vez em @, o conteúdo "
      "pode estar desatualizado.",
      "4 de março de 2021=0|2021-03-04=0" },
    { "nl", UPDATE,
      "Let op: dit artikel is meer dan @ niet bijgewerkt en kan "
      "verouderde informatie bevatten.",
      "2 jaar=2y|een jaar=1y" },
    { "no", AGE, "Artikkelen er over @ gammel.", "to år=2y|5 år=5y|ett år=1y" },
    { "no", AGE, "Artikkelen er mer enn @ gammel.", "tre år=3y|10 år=10y" },
    { "no", AGE, "Artikkelen er flere år gammel.", "=0" },
    { "no", AGE, "Artikkelen er meir enn @ gammal.", "eitt år=1y|tre år=3y" },
    { "no", AGE,
      "Denne artikkelen er over @ gammel, og kan inneholde utdaterte "
      "råd fra myndighetene angående koronasmitten.",
      "en måned=1m|to måneder=2m" },
    { "sv", AGE, "Artikeln är äldre än @", "tre månader=3m|ett år=1y|2 år=2y" },
    { "hu", AGE, "Ez a cikk több mint @.", "5 éves=5y|két éves=2y" },
    { "hu", UPDATE,
      "Ez a cikk @ frissült utoljára. A benne szereplő "
      "információk a megjelenés idején pontosak voltak, de mára elavultak "
      "lehetnek.",
      "120 napja=120d|3 éve=3y" },
    { "pl", DATE,
      "Ten artykuł był ostatnio aktualizowany @, jego treść może "
      "być nieaktualna.",
      "4 marca 2021=0|2021-03-04=0" },
    { "ro", DATE,
      "Acest articol a fost actualizat ultima dată la @, conținutul "
      "poate fi învechit.",
      "4 martie 2021=0|2021-03-04=0" },
    { "ru", AGE,
      "данная статья была опубликована более @ назад и некоторые "
      "данные в ней могли устареть",
      "полугода=6m|двух лет=2y|3 лет=3y" },
    { "ru", DATE,
      "Эта статья последний раз обновлялась @, содержание может "
      "быть устаревшим.",
      "4 марта 2021=0|2021-03-04=0" },
    { "ja", UPDATE, "この記事は最終更新日から@以上が経過しています。",
      "1年=1y|5年=5y" },
    { "ja", AGE,
      "この記事は公開されてから@以上経過しています。情報が古い可能性"
      "がありますので、ご注意ください。",
      "1年=1y|3年=3y" },
    { "ja", AGE, "この記事は公開から@以上が経過しています",
      "1年=1y|一年=1y|４年=4y" },
    { "ko", DATE,
      "이 문서는 @에 마지막으로 업데이트되었으며, 내용이 오래되었을 "
      "수 있습니다.",
      "2021년 3월 4일=0|2021-03-04=0" },
    { "zh", UPDATE,
      "本文最后更新于 @前，其中的信息可能已经有所发展或是发生改变"
      "。",
      "400 天=400d|1000天=1000d" },
    { "zh", UPDATE, "这篇文章最后更新于 @前，内容可能已经过时。",
      "400 天=400d" },
    { "zh", UPDATE, "這篇文章最後更新於 @前，內容可能已經過時。",
      "400 天=400d" },

    /* By their lexicons, where no publisher's own words are known. */
    { "da", AGE, "Artiklen er mere end @ gammel", "et år=1y|5 år=5y" },
    { "fi", AGE, "Tämä artikkeli on yli @ vanha", "vuoden=1y|3 vuotta=3y" },
    { "cs", AGE, "Tento článek je starší než @", "rok=1y|3 roky=3y|5 let=5y" },
    { "uk", AGE, "Цю статтю опубліковано понад @ тому", "рік=1y|3 роки=3y" },
    { "tr", AGE, "Bu haber @ daha eski", "2 yıldan=2y" },
    { "el", AGE, "Αυτό το άρθρο είναι παλαιότερο από @", "2 χρόνια=2y" },
    { "ar", AGE, "نُشر هذا المقال منذ أكثر من @", "3 سنوات=3y|سنة=1y" },
    { "he", AGE, "כתבה זו פורסמה לפני יותר מ-@", "3 שנים=3y" },
};

/* What looks like one and is none: lengths, counts, ages of people, times
 * of other things, near misses, previews, relative dates. */
static const char *const others[] = {
    "This article is more than 1000 words",
    "This article is more than 1000 words old school prose",
    "The template in this article is more than you need",
    "This article has more than 1,400 citations",
    "A 91 year old fan had read this article",
    "Zimbabwean intelligence reports have said so for more than a year",
    "Post at least 5 times a week",
    "17 years ago",
    "Posted 8 years ago",
    "FROM 1987: the year that it was",
    "Dit bericht is meer dan 2 weken oud, daarom zijn de reacties gesloten.",
    "Det er over 170 dager siden de begynte",
    "Published 3 years ago",
    "Dieser Artikel ist mehr als 1000 Wörter lang",
    "Cet article a plus de 200 commentaires",
};

#define PARAGRAPHS                                                            \
    "<p>The first paragraph of the story is long enough to be running text, " \
    "and says what happened.</p><p>The second goes on for a while about the " \
    "same thing, with names, places and a number or two.</p>"                 \
    "<p>The third ends it; there is no more to be said of the matter, and "   \
    "nobody has said anything more.</p>"
#define TITLE "<title>One long story about it</title><body><main>"
#define H1    "<h1>One long story about it</h1>"

/* Where in a page a sentence is looked for. */
static const char *const pages[][2] = {
    { TITLE "<div>", "</div>" H1 "<div>" PARAGRAPHS PARAGRAPHS "</div>" },
    { TITLE H1 "<div><b>", "</b></div><div>" PARAGRAPHS PARAGRAPHS "</div>" },
    { TITLE H1 "<div>" PARAGRAPHS PARAGRAPHS "<p><em>", "</em></p></div>" },
};

static struct stet_article *ask(const char *const page[2], const char *text)
{
    struct stet_article *a = NULL;
    struct stet_buf b;

    stet_buf_init(&b, 1 << 16);
    stet_buf_adds(&b, page[0]);
    stet_buf_adds(&b, text);
    stet_buf_adds(&b, page[1]);
    CHECK_INT(stet_article_parse(
                  &a, stet_buf_span(&b), STET_SPAN("https://news.example/a"),
                  STET_SPAN("utf-8"),
                  stet_date_parse_w3c(STET_SPAN("2026-01-01")), NULL),
              STET_OK);
    stet_buf_clear(&b);
    return a;
}

/* The text with a slot's words in it, and what the slot says. */
static void fill(const struct row *r, struct stet_span slot, char out[600],
                 int64_t *amount, enum stet_article_unit *unit)
{
    size_t eq = stet_span_find(slot, STET_SPAN("="));
    const char *at = strchr(r->text, '@');
    char *end;

    *amount = strtol(slot.ptr + eq + 1, &end, 10);
    *unit = *end == 'y'   ? STET_UNIT_YEAR
            : *end == 'm' ? STET_UNIT_MONTH
            : *end == 'w' ? STET_UNIT_WEEK
            : *end == 'd' ? STET_UNIT_DAY
                          : STET_UNIT_NONE;
    if (!at)
        snprintf(out, 600, "%s", r->text);
    else
        snprintf(out, 600, "%.*s%.*s%s", (int)(at - r->text), r->text, (int)eq,
                 slot.ptr, at + 1);
}

static void check_row(const struct row *r, struct stet_span slot)
{
    enum stet_article_unit unit;
    int64_t amount;
    char text[600];

    fill(r, slot, text, &amount, &unit);
    tap_row(text);
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct stet_article *a = ask(pages[i], text);

        if (!a)
            continue;
        CHECK_STR(stet_article_kind_name(a->marker.kind),
                  stet_article_kind_name(r->kind));
        CHECK_SPAN(a->marker.language, r->language);
        CHECK_INT(a->marker.amount, amount);
        if (amount > 0)
            CHECK_STR(stet_article_unit_name(a->marker.unit),
                      stet_article_unit_name(unit));
        if (r->kind == STET_MARKER_DATE)
            CHECK(
                stet_span_starts(a->marker.date.text, STET_SPAN("2021-03-04")));
        stet_article_free(a);
    }
}

static void knows_every_sentence(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_span rest = stet_span_of(rows[i].slots);

        while (rest.ptr)
            check_row(&rows[i], stet_span_cut(&rest, '|'));
    }
    tap_row(NULL);
}

static void knows_what_is_none(void)
{
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        for (size_t k = 0; k < sizeof(pages) / sizeof(pages[0]); k++) {
            struct stet_article *a = ask(pages[k], others[i]);

            tap_row(others[i]);
            if (a)
                CHECK_SPAN(a->marker.text, "");
            stet_article_free(a);
        }
    tap_row(NULL);
}

TESTS({ "every sentence says its kind, amount, unit and language",
        knows_every_sentence },
      { "what only looks like one is none", knows_what_is_none })
