#include "article/headings.h"

#include <string.h>

#include "article/say.h"
#include "base/ascii.h"
#include "base/span.h"

enum {
    MAX_FOLDED = 80, /* bytes of a heading that are looked at */
    MIN_TITLE = 12   /* bytes behind "Read more:" that are a title */
};

static size_t slot_of(const char *p)
{
    return (((unsigned char)p[0] * 37u) ^ (unsigned char)p[1]) & 511u;
}

void stet_headings_init(struct stet_headings *h)
{
    size_t n = 0;

    memset(h->first, 0, sizeof(h->first));
    for (size_t i = 0; i < STET_N_HEADING_WORDS; i++)
        for (size_t k = 0; k < stet_heading_words[i].n; k++) {
            const char *word = stet_heading_words[i].words[k];
            uint16_t *first = &h->first[slot_of(word)];

            if (n == STET_MAX_HEADING_WORDS)
                return;
            h->words[n] = word;
            h->is[n] = (uint8_t)stet_heading_words[i].is;
            h->next[n] = *first;
            *first = (uint16_t)++n;
        }
}

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
        else if (s.len >= 3 && c == 0xEF && (unsigned char)s.ptr[1] >= 0xBB)
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

/* The small form of a letter of two bytes: Latin, Greek, Cyrillic. */
static unsigned small_of(unsigned cp)
{
    if ((cp >= 0xC0 && cp <= 0xDE && cp != 0xD7) ||
        (cp >= 0x391 && cp <= 0x3A9) || (cp >= 0x410 && cp <= 0x42F))
        return cp + 0x20;
    if (cp >= 0x400 && cp <= 0x40F)
        return cp + 0x50;
    if (cp == 0x130)
        return 'i';
    if ((cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E))
        return cp + (cp & 1);
    if (cp >= 0x100 && cp <= 0x177)
        return cp | 1;
    return cp;
}

/* The beginning of a heading in small letters, a space for every run of
 * white space; *from[i] is where byte i of it came from. */
static size_t fold(char to[MAX_FOLDED], uint16_t from[MAX_FOLDED],
                   struct stet_span s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len && n + 2 < MAX_FOLDED; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        unsigned cp;

        from[n] = from[n + 1] = (uint16_t)i;
        if (c < 0xC3 || c > 0xD1 || i + 1 == s.len) {
            to[n++] = stet_to_lower(s.ptr[i]);
            continue;
        }
        cp = (c & 0x1Fu) << 6 | ((unsigned char)s.ptr[++i] & 0x3Fu);
        cp = small_of(cp);
        if (cp >= 0x80)
            to[n++] = (char)(0xC0 | cp >> 6);
        to[n++] = (char)(cp < 0x80 ? cp : 0x80 | (cp & 0x3F));
    }
    return n;
}

/* Does a folded text begin with the word?  The length that fits, or 0. */
static size_t fits(const char *text, size_t n, const char *word)
{
    size_t len = strlen(word);
    bool stem = word[len - 1] == '*';

    len -= stem;
    if (len > n || memcmp(text, word, len) != 0)
        return 0;
    if (!stem && len < n && stet_is_alpha((unsigned char)word[len - 1]) &&
        (stet_is_alnum((unsigned char)text[len]) ||
         (unsigned char)text[len] >= 0xC3))
        return 0;
    return len;
}

/* The longest beginning that fits; *len is its length in s. */
static enum stet_block_class find(const struct stet_headings *h,
                                  struct stet_span s, size_t *len)
{
    char text[MAX_FOLDED];
    uint16_t from[MAX_FOLDED];
    size_t n = fold(text, from, s);
    enum stet_block_class is = STET_BLOCK_NONE;
    size_t best = 0;

    *len = 0;
    if (n < 2)
        return STET_BLOCK_NONE;
    for (size_t at = h->first[slot_of(text)]; at > 0; at = h->next[at - 1]) {
        size_t fit = fits(text, n, h->words[at - 1]);

        if (fit > best) {
            best = fit;
            is = (enum stet_block_class)h->is[at - 1];
        }
    }
    if (best > 0)
        *len = best < n ? from[best] : s.len;
    return is;
}

/* Does a title follow the first len bytes and a colon? */
static bool has_title(struct stet_span s, size_t len)
{
    s = stet_span_trim(stet_span_sub(s, len, s.len));
    return s.len > MIN_TITLE && s.ptr[0] == ':';
}

/* "Most popular products", "Beliebt im Preisvergleich". */
static bool is_of_wares(struct stet_span s)
{
    static const char *const words[] = {
        "preisvergleich", "product", "produkt", "gutschein",
        "coupon",         "deals",   NULL
    };

    return stet_says_any(s, words);
}

enum stet_block_class stet_heading_class(const struct stet_headings *h,
                                         struct stet_span s)
{
    static const char advertorial[] = "advertorial";
    static const char ranking[] = "ランキング";
    enum stet_block_class is;
    size_t len;

    s = strip_marks(s);
    is = find(h, s, &len);
    if ((is == STET_BLOCK_MOST || is == STET_BLOCK_RECOMMENDED) &&
        is_of_wares(stet_span_sub(s, len, s.len)))
        return STET_BLOCK_AD;
    /* "Watch: TITLE" is a title. */
    if (is == STET_BLOCK_OTHER && has_title(s, len))
        return STET_BLOCK_NONE;
    if (is == STET_BLOCK_NONE && s.len < MAX_FOLDED &&
        stet_span_ifind(s, stet_span_of(advertorial)) < s.len)
        return STET_BLOCK_AD;
    if (is == STET_BLOCK_NONE && s.len < 40 &&
        (unsigned char)(s.len ? s.ptr[0] : 0) >= 0xE0 &&
        stet_span_find(s, stet_span_of(ranking)) < s.len)
        return STET_BLOCK_MOST;
    return is;
}

bool stet_heading_is_label(const struct stet_headings *h, struct stet_span s)
{
    size_t len;

    s = strip_marks(s);
    if (find(h, s, &len) != STET_BLOCK_RELATED)
        return false;
    s = stet_span_trim(stet_span_sub(s, len, s.len));
    return s.len == 0 || stet_span_eqs(s, ":");
}

struct stet_span stet_heading_rest(const struct stet_headings *h,
                                   struct stet_span s,
                                   enum stet_block_class *is)
{
    struct stet_span none = { NULL, 0 };
    size_t len;

    s = strip_marks(s);
    *is = find(h, s, &len);
    if (*is == STET_BLOCK_NONE)
        return none;
    s = stet_span_trim(stet_span_sub(s, len, s.len));
    if (s.len > 0 && s.ptr[0] == ':')
        s = stet_span_trim(stet_span_sub(s, 1, s.len));
    else if (len == 0 || s.ptr[-1] != ':')
        return none;
    return s.len >= MIN_TITLE ? s : none;
}

/* Pieces of names, after '-', '_' and spaces are taken out. */
struct token {
    const char *text;
    enum stet_block_class is;
    bool weak; /* not in the middle of a camelCase name */
};

#define TO STET_BLOCK_TOPIC
#define MO STET_BLOCK_MOST
#define OT STET_BLOCK_OTHER
#define RE STET_BLOCK_RELATED
#define RC STET_BLOCK_RECOMMENDED

/* By their first letters; what begins another stands before that. */
static const struct token tokens_a[] = {
    { "accessranking", MO, false },
    { "alsoread", RE, false },
    { "attachedarticles", RE, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_b[] = {
    { "breakingnews", OT, false },
    { "benzerhaber", RE, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_c[] = {
    { "cokokunan", MO, false },
    { "correlat", RE, true },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_e[] = {
    { "encokokunan", MO, false },     { "editorspick", OT, false },
    { "editorschoice", OT, false },   { "editorpick", OT, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_g[] = {
    { "gerelateerd", RE, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_i[] = {
    { "ilgilihaber", RE, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_k[] = {
    { "kapcsolodo", RE, false },
    { "kanren", RE, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_l[] = {
    { "lomas", MO, false },           { "luetuimmat", MO, false },
    { "legolvasott", MO, false },     { "latest", OT, true },
    { "lireaussi", RE, false },       { "leggianche", RE, false },
    { "leesook", RE, false },         { "lesogsa", RE, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_m[] = {
    { "mostread", MO, false },      { "mostview", MO, false },
    { "mostpopular", MO, false },   { "mostwatched", MO, false },
    { "mostcommented", MO, false }, { "mostshared", MO, false },
    { "mostclicked", MO, false },   { "mostrecent", OT, false },
    { "masleid", MO, false },       { "masvist", MO, false },
    { "maislid", MO, false },       { "meistgelesen", MO, false },
    { "meistgeklickt", MO, false }, { "mestlest", MO, false },
    { "mestlesid", MO, false },     { "mestlast", MO, false },
    { "mestlaest", MO, false },     { "meestgelezen", MO, false },
    { "moreonth", RE, false },      { "moretosubject", RE, false },
    { "morelikethis", RE, false },  { "moretopic", RE, false },
    { "mehrzumthema", RE, false },  { "masinformacion", RE, false },
    { "morefrom", RC, false },      { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_n[] = {
    { "nejctenejsi", MO, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_o[] = {
    { "onward", RC, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_p[] = {
    { "populartopic", TO, false },   { "populartag", TO, false },
    { "popularpost", MO, false },    { "popularlist", MO, false },
    { "populararticle", MO, false }, { "popularstor", MO, false },
    { "popularnews", MO, false },    { "popularcontent", MO, false },
    { "piulett", MO, false },        { "pluslus", MO, false },
    { "powiazan", RE, false },       { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_r[] = {
    { "relatedtopic", TO, false },
    { "relatedtag", TO, false },
    { "relatedkeyword", TO, false },
    { "relatedcategor", TO, false },
    { "relatedauthor", TO, false },
    { "relatedvideo", STET_BLOCK_NONE, false },
    { "relatedproduct", STET_BLOCK_NONE, false },
    { "relatedsearch", STET_BLOCK_NONE, false },
    { "relatednav", STET_BLOCK_NONE, false },
    { "relatedarticlead", STET_BLOCK_AD, false },
    { "ranking", MO, true },
    { "recentpost", OT, false },
    { "recentarticle", OT, false },
    { "related", RE, false },
    { "relacionad", RE, false },
    { "relatert", RE, false },
    { "relaterad", RE, false },
    { "relateret", RE, false },
    { "readalso", RE, false },
    { "recirc", RC, false },
    { "recommend", RC, false },
    { "readnext", RC, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_s[] = {
    { "similarlink", RE, false },     { "similarpost", RE, false },
    { "similararticle", RE, false },  { "similarstor", RE, false },
    { "similarnews", RE, false },     { "seealso", RE, false },
    { "storypackage", RE, false },    { "souvisejici", RE, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_t[] = {
    { "trendingtopic", TO, false }, { "trendingtag", TO, false },
    { "trending", MO, true },       { "topstories", OT, false },
    { "topnews", OT, false },       { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_u[] = {
    { "upnext", RC, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_w[] = {
    { "wppopular", MO, false },
    { "wpplist", MO, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_y[] = {
    { "yarpp", RE, false },
    { "youmay", RC, false },
    { "youmight", RC, false },
    { NULL, STET_BLOCK_NONE, false },
};
static const struct token tokens_z[] = {
    { "zumthema", RE, false },
    { NULL, STET_BLOCK_NONE, false },
};

static const struct token *const tokens[26] = {
    ['a' - 'a'] = tokens_a, ['b' - 'a'] = tokens_b, ['c' - 'a'] = tokens_c,
    ['e' - 'a'] = tokens_e, ['g' - 'a'] = tokens_g, ['i' - 'a'] = tokens_i,
    ['k' - 'a'] = tokens_k, ['l' - 'a'] = tokens_l, ['m' - 'a'] = tokens_m,
    ['n' - 'a'] = tokens_n, ['o' - 'a'] = tokens_o, ['p' - 'a'] = tokens_p,
    ['r' - 'a'] = tokens_r, ['s' - 'a'] = tokens_s, ['t' - 'a'] = tokens_t,
    ['u' - 'a'] = tokens_u, ['w' - 'a'] = tokens_w, ['y' - 'a'] = tokens_y,
    ['z' - 'a'] = tokens_z,
};

/* Where a word begins: after a mark, or in camelCase. */
enum start { INSIDE, CAMEL, MARKED };

/* The value with only letters and digits left, in lower case; starts[i]
 * says whether a word began there. */
static size_t squeeze(char *out, uint8_t *starts, size_t room,
                      struct stet_span s)
{
    size_t n = 0;
    bool start = true;
    bool lower = false;

    for (size_t i = 0; i < s.len && n < room; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c >= 'a' && c <= 'z') { /* nearly all of them */
            starts[n] = start ? MARKED : INSIDE;
            out[n++] = (char)c;
            start = false;
            lower = true;
            continue;
        }
        if (!stet_is_alnum(c)) {
            start = true;
            lower = false;
            continue;
        }
        starts[n] = start ? MARKED : lower && stet_is_upper(c) ? CAMEL : INSIDE;
        out[n++] = stet_to_lower(s.ptr[i]);
        start = false;
        lower = !stet_is_upper(c);
    }
    return n;
}

static enum stet_block_class find_token(const char *text, size_t n, bool marked)
{
    const struct token *t = tokens[text[0] - 'a'];

    for (; t && t->text; t++) {
        size_t len = strlen(t->text);

        if (len <= n && (marked || !t->weak) && memcmp(text, t->text, len) == 0)
            return t->is;
    }
    return STET_BLOCK_NONE;
}

enum stet_block_class stet_token_class(struct stet_span value)
{
    char text[512];
    uint8_t starts[512];
    enum stet_block_class best = STET_BLOCK_NONE;
    bool most = false;
    bool other = false;
    size_t n = squeeze(text, starts, sizeof(text), value);

    for (size_t i = 0; i < n; i++) {
        enum stet_block_class is;

        if (starts[i] == INSIDE || !stet_is_alpha((unsigned char)text[i]))
            continue;
        is = find_token(text + i, n - i, starts[i] == MARKED);
        most = most || is == STET_BLOCK_MOST;
        other = other || is == STET_BLOCK_OTHER;
        if (is != STET_BLOCK_NONE && (best == STET_BLOCK_NONE || is < best))
            best = is;
    }
    /* "mostReadMostRecent" is the name of two lists. */
    return most && other ? STET_BLOCK_NONE : best;
}
