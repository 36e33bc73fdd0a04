#include "article/headings.h"

#include <string.h>

#include "base/ascii.h"
#include "base/span.h"

/*
 * Beginnings of headings, in lower case; ASCII letters are compared in any
 * case, others are here in the forms that pages use.
 */
struct lexeme {
    const char *text;
    enum stet_block_class is;
};

#define AD STET_BLOCK_AD
#define TO STET_BLOCK_TOPIC
#define MO STET_BLOCK_MOST
#define RE STET_BLOCK_RELATED
#define RC STET_BLOCK_RECOMMENDED

static const struct lexeme lexemes[] = {
    /* topics, before what they begin like */
    { "related topics", TO },
    { "related tags", TO },
    { "related authors", TO },
    { "related video", STET_BLOCK_NONE },
    { "explore more on these topics", TO },
    { "more on these topics", TO },
    { "topics", TO },
    { "tags", TO },
    { "themen", TO },
    { "mehr zu den themen", TO },
    { "verwandte themen", TO },
    { "temas", TO },
    { "relaterte emner", TO },
    { "emner", TO },
    { "ämnen", TO },
    { "související témata", TO },
    { "témata", TO },
    { "キーワード", TO },
    { "konular", TO },
    { "trending topics", TO },
    { "beliebte themen", TO },
    /* most read */
    { "most read", MO },
    { "most viewed", MO },
    { "most popular", MO },
    { "most watched", MO },
    { "most shared", MO },
    { "most commented", MO },
    { "most recent", STET_BLOCK_NONE },
    { "popular", MO },
    { "trending", MO },
    { "top stories", MO },
    { "top reads", MO },
    { "the most read", MO },
    { "today's most", MO },
    { "meistgelesen", MO },
    { "meist gelesen", MO },
    { "am meisten gelesen", MO },
    { "das wird gelesen", MO },
    { "meistgesehen", MO },
    { "meistgeklickt", MO },
    { "meistkommentiert", MO },
    { "meistdiskutiert", MO },
    { "am beliebtesten", MO },
    { "beliebt", MO },
    { "les plus lus", MO },
    { "les + lus", MO },
    { "les plus vus", MO },
    { "les plus partagés", MO },
    { "les articles les plus lus", MO },
    { "les plus populaires", MO },
    { "lo más leído", MO },
    { "lo mas leido", MO },
    { "lo más visto", MO },
    { "lo + leído", MO },
    { "lo + visto", MO },
    { "más leídas", MO },
    { "las más leídas", MO },
    { "más vistas", MO },
    { "más leídos", MO },
    { "i più letti", MO },
    { "più letti", MO },
    { "le più lette", MO },
    { "più lette", MO },
    { "mais lidas", MO },
    { "mais lidos", MO },
    { "as mais lidas", MO },
    { "mest lest", MO },
    { "mest læst", MO },
    { "mest läst", MO },
    { "mest lesið", MO },
    { "mest sett", MO },
    { "mest leste", MO },
    { "luetuimmat", MO },
    { "meest gelezen", MO },
    { "najczęściej czytane", MO },
    { "najpopularniejsze", MO },
    { "nejčtenější", MO },
    { "legolvasottabb", MO },
    { "самое читаемое", MO },
    { "популярное", MO },
    { "en çok okunan", MO },
    { "terpopuler", MO },
    { "skaitomiausi", MO },
    { "ランキング", MO },
    { "アクセスランキング", MO },
    { "ソーシャルランキング", MO },
    { "動画ランキング", MO },
    { "よく読まれ", MO },
    { "많이 본", MO },
    { "가장 많이 본", MO },
    { "인기 뉴스", MO },
    { "熱門", MO },
    { "热门", MO },
    { "أكثر المواد قراءة", MO },
    { "الأكثر قراءة", MO },
    /* related to this story */
    { "more on this", RE },
    { "more about", RE },
    { "more on the story", RE },
    { "related", RE },
    { "read more", RE },
    { "read also", RE },
    { "also read", RE },
    { "see also", RE },
    { "further reading", RE },
    { "background reading", RE },
    { "mehr zum thema", RE },
    { "mehr zu:", RE },
    { "mehr zu ", RE },
    { "mehr zur ", RE },
    { "mehr zum ", RE },
    { "mehr über", RE },
    { "mehr dazu", RE },
    { "lesen sie auch", RE },
    { "lesen sie mehr zu", RE },
    { "lesen sie dazu", RE },
    { "lies auch", RE },
    { "verwandte artikel", RE },
    { "ähnliche artikel", RE },
    { "passend zum", RE },
    { "passende artikel", RE },
    { "passend dazu", RE },
    { "zum thema", RE },
    { "à lire aussi", RE },
    { "a lire aussi", RE },
    { "À lire aussi", RE },
    { "lire aussi", RE },
    { "à lire également", RE },
    { "lire également", RE },
    { "voir aussi", RE },
    { "sur le même sujet", RE },
    { "sur le même thème", RE },
    { "pour aller plus loin", RE },
    { "articles liés", RE },
    { "más información", RE },
    { "más sobre", RE },
    { "noticia relacionada", RE },
    { "noticias relacionadas", RE },
    { "relacionad", RE },
    { "artículos relacionados", RE },
    { "lee también", RE },
    { "lea también", RE },
    { "leer más", RE },
    { "leggi anche", RE },
    { "articoli correlati", RE },
    { "per approfondire", RE },
    { "leia também", RE },
    { "leia mais", RE },
    { "veja também", RE },
    { "saiba mais", RE },
    { "notícias relacionadas", RE },
    { "les også", RE },
    { "mer om", RE },
    { "relaterte saker", RE },
    { "læs også", RE },
    { "relaterede artikler", RE },
    { "mere om", RE },
    { "läs också", RE },
    { "läs även", RE },
    { "läs mer om", RE },
    { "mer om ämnet", RE },
    { "lue myös", RE },
    { "aiheesta", RE },
    { "katso myös", RE },
    { "lees ook", RE },
    { "lees meer over", RE },
    { "meer over", RE },
    { "gerelateerd", RE },
    { "czytaj też", RE },
    { "czytaj także", RE },
    { "czytaj również", RE },
    { "czytaj więcej", RE },
    { "zobacz też", RE },
    { "zobacz także", RE },
    { "przeczytaj też", RE },
    { "przeczytaj także", RE },
    { "powiązane", RE },
    { "čtěte také", RE },
    { "čtěte též", RE },
    { "související", RE },
    { "kapcsolódó", RE },
    { "taip pat skaitykite", RE },
    { "читайте также", RE },
    { "по теме", RE },
    { "читайте також", RE },
    { "по темі", RE },
    { "benzer haberler", RE },
    { "ilgili haberler", RE },
    { "baca juga", RE },
    { "berita terkait", RE },
    { "tin liên quan", RE },
    { "関連記事", RE },
    { "関連ニュース", RE },
    { "関連する記事", RE },
    { "あわせて読みたい", RE },
    { "관련 기사", RE },
    { "관련기사", RE },
    { "관련 뉴스", RE },
    { "이 기사와 관련", RE },
    { "相关", RE },
    { "相關", RE },
    { "延伸閱讀", RE },
    { "延伸阅读", RE },
    /* for the reader */
    { "you may", RC },
    { "you might", RC },
    { "read next", RC },
    { "what to read next", RC },
    { "recommended", RC },
    { "more from", RC },
    { "more in ", RC },
    { "up next", RC },
    { "don't miss", RC },
    { "das könnte sie", RC },
    { "auch interessant", RC },
    { "weiterlesen", RC },
    { "te puede interesar", RC },
    { "te recomendamos", RC },
    { "potrebbe interessarti", RC },
    { "mohlo by vás zajímat", RC },
    { "こちらもおすすめ", RC },
    { "mer från", RC },
    { "ajánljuk", RC },
    /* not editorial */
    { "advertisement", AD },
    { "sponsored", AD },
    { "anzeige", AD },
    { "publicidad", AD },
    { "promoted", AD },
    { "from around the web", AD },
    { "partner content", AD },
};

/* Without bullets, brackets and emoji in front. */
static struct stet_span strip_marks(struct stet_span s)
{
    while (s.len > 0) {
        unsigned char c = (unsigned char)s.ptr[0];
        size_t n = 0;

        /* U+2000 to 2FFF are signs, U+3000 to 303F CJK punctuation. */
        if (c < 0x80 && !stet_is_alnum(c))
            n = 1;
        else if (s.len >= 3 &&
                 (c == 0xE2 || (c == 0xE3 && (unsigned char)s.ptr[1] == 0x80)))
            n = 3;
        else if (c == 0xF0 && s.len >= 4)
            n = 4;
        else if (c == 0xC2 && s.len >= 2)
            n = 2;
        if (n == 0)
            return s;
        s = stet_span_sub(s, n, s.len);
    }
    return s;
}

static bool ends_word(struct stet_span s, size_t at)
{
    return at >= s.len || !stet_is_alpha((unsigned char)s.ptr[at]);
}

enum stet_block_class stet_heading_class(struct stet_span s)
{
    static const char ranking[] = "ランキング";

    s = strip_marks(s);
    if (s.len < 4)
        return STET_BLOCK_NONE;
    for (size_t i = 0; i < sizeof(lexemes) / sizeof(lexemes[0]); i++) {
        const char *text = lexemes[i].text;

        if (((text[0] ^ s.ptr[0]) & ~0x20) != 0 || !stet_span_istarts(s, text))
            continue;
        if ((unsigned char)text[strlen(text) - 1] >= 0x80 ||
            lexemes[i].is == STET_BLOCK_RELATED || ends_word(s, strlen(text)) ||
            text[strlen(text) - 1] == ' ')
            return lexemes[i].is;
    }
    if (s.len < 40 && stet_span_find(s, stet_span_of(ranking)) < s.len)
        return STET_BLOCK_MOST;
    return STET_BLOCK_NONE;
}

/* Pieces of names, after '-', '_' and spaces are taken out. */
static const struct lexeme tokens[] = {
    { "relatedtopic", TO },
    { "relatedtag", TO },
    { "relatedvideo", STET_BLOCK_NONE },
    { "relatedarticlead", AD },
    { "mostread", MO },
    { "mostviewed", MO },
    { "mostview", MO },
    { "mostpopular", MO },
    { "mostcommented", MO },
    { "mostshared", MO },
    { "popularposts", MO },
    { "popularlist", MO },
    { "trending", MO },
    { "topstories", MO },
    { "lomas", MO },
    { "ranking", MO },
    { "meistgelesen", MO },
    { "related", RE },
    { "relacionad", RE },
    { "moreonthesubject", RE },
    { "moretosubject", RE },
    { "morelikethis", RE },
    { "moretopic", RE },
    { "moreonthisstory", RE },
    { "readalso", RE },
    { "attachedarticles", RE },
    { "masinformacion", RE },
    { "storypackage", RE },
    { "benzerhaber", RE },
    { "yarpp", RE },
    { "recirc", RC },
    { "recommend", RC },
    { "onward", RC },
    { "readnext", RC },
};

/* The value with only letters and digits left, in lower case; starts[i]
 * says whether a word began there (after a mark, or in camelCase). */
static size_t squeeze(char *out, bool *starts, size_t room, struct stet_span s)
{
    size_t n = 0;
    bool start = true;
    bool lower = false;

    for (size_t i = 0; i < s.len && n < room; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (!stet_is_alnum(c)) {
            start = true;
            lower = false;
            continue;
        }
        starts[n] = start || (lower && stet_is_upper(c));
        out[n++] = stet_to_lower(s.ptr[i]);
        start = false;
        lower = !stet_is_upper(c);
    }
    return n;
}

enum stet_block_class stet_token_class(struct stet_span value)
{
    char text[512];
    bool starts[512];
    enum stet_block_class best = STET_BLOCK_NONE;
    size_t n = squeeze(text, starts, sizeof(text), value);

    for (size_t i = 0; i < n; i++) {
        struct stet_span rest = { text + i, n - i };

        if (!starts[i])
            continue;
        for (size_t k = 0; k < sizeof(tokens) / sizeof(tokens[0]); k++) {
            if (tokens[k].text[0] != rest.ptr[0] ||
                !stet_span_istarts(rest, tokens[k].text))
                continue;
            /* Most read beats related, related beats recommended. */
            if (best == STET_BLOCK_NONE || tokens[k].is < best)
                best = tokens[k].is;
            break;
        }
    }
    return best;
}
