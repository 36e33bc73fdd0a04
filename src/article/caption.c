#include "article/caption.h"
#include "article/say.h"

#include "base/ascii.h"

enum {
    LEVELS = 5,       /* ancestors of a picture that may hold its caption */
    MAX_SEARCH = 300, /* nodes looked at below one of them */
    MAX_CAPTION = 2000,
    MAX_BRACKET = 80,
    MAX_CREDIT = 300,
    MIN_ALT = 15,  /* bytes; less says nothing */
    RUNS_AFTER = 4 /* runs behind a picture that may repeat its alt */
};

/* What credits begin with. */
static const char *const leads[] = { "Photograph: ",   "Photographs: ",
                                     "Photograph by ", "Photo by ",
                                     "Photos by ",     "Photo: ",
                                     "Photo credit: ", "Photo : ",
                                     "Image credit: ", "Image: ",
                                     "Image source",   "Images: ",
                                     "Picture: ",      "Credit: ",
                                     "Credits: ",      "Courtesy of ",
                                     "Foto: ",         "Fotos: ",
                                     "Fotografie: ",   "Fotograf: ",
                                     "Bild: ",         "Bilder: ",
                                     "Bildquelle: ",   "Quelle: ",
                                     "Crédit: ",       "Crédit photo",
                                     "Crédits: ",      "Kuva: ",
                                     "Kuvat: ",        "Zdjęcie: ",
                                     "Fot. ",          "Source: ",
                                     "Fuente: ",       "©",
                                     "(c) ",           "Illustration: " };

static bool is_credit(const xmlNode *n)
{
    static const char *const words[] = { "credit",   "copyright", "photograph",
                                         "author",   "byline",    "source",
                                         "agency",   "autor",     "firma",
                                         "fotograf", "quelle",    "rights",
                                         NULL };

    return stet_says_any(stet_dom_attr(n, "class"), words) ||
           stet_says_any(stet_dom_attr(n, "itemprop"), words) ||
           stet_says_any(stet_dom_attr(n, "data-testid"), words) ||
           stet_dom_tag(n) == STET_HTML_TAG_CITE;
}

/* Surely a picture's, not the article's. */
static bool is_photo_credit(const xmlNode *n)
{
    static const char *const words[] = { "credit", "copyright", "photographer",
                                         "photocredit", NULL };

    return stet_says_any(stet_dom_attr(n, "class"), words) ||
           stet_says_any(stet_dom_attr(n, "itemprop"), words);
}

static bool is_caption(const xmlNode *n)
{
    static const char *const words[] = { "caption",     "legend",
                                         "leyenda",     "bildtext",
                                         "imagetext",   "image-text",
                                         "description", NULL };

    return stet_dom_tag(n) == STET_HTML_TAG_FIGCAPTION ||
           stet_says_any(stet_dom_attr(n, "class"), words) ||
           stet_says_any(stet_dom_attr(n, "itemprop"), words);
}

/* Where a text ends in a bracket with a photographer or an agency in it:
 * "... on Monday. (A. Eye/Agency)"; all.len if it does not. */
static size_t final_bracket(struct stet_span all)
{
    static const char *const agencies[] = {
        "reuters", "afp",  "getty", "dpa",   "epa",   "associated press",
        "photo",   "foto", "bild",  "image", "imago", "사진",
        NULL
    };
    char close = all.len > 0 ? all.ptr[all.len - 1] : '\0';
    size_t open = all.len;
    struct stet_span inner;

    if (close != ')' && close != ']')
        return all.len;
    while (open > 0 && all.ptr[open - 1] != (close == ')' ? '(' : '['))
        open--;
    if (open < 2 || all.len - open > MAX_BRACKET)
        return all.len;
    inner = stet_span_sub(all, open, all.len - open - 1);
    if (stet_span_find(inner, STET_SPAN("/")) < inner.len ||
        stet_says_any(inner, agencies) ||
        (open >= 3 && all.ptr[open - 3] == '.'))
        return open - 1;
    return all.len;
}

/* Without a bracket around all of it. */
static struct stet_span unwrap(struct stet_span s)
{
    if (s.len > 2 && ((s.ptr[0] == '(' && s.ptr[s.len - 1] == ')') ||
                      (s.ptr[0] == '[' && s.ptr[s.len - 1] == ']')))
        return stet_span_trim(stet_span_sub(s, 1, s.len - 2));
    return s;
}

static bool is_open(char c)
{
    return c == '(' || c == '[' || c == '|' || c == ' ' || c == '/';
}

void stet_caption_split(struct stet_span all, struct stet_span *caption,
                        struct stet_span *credit)
{
    size_t best = final_bracket(all);
    bool bracket;

    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        size_t at = stet_span_find(all, stet_span_of(leads[i]));

        if (at < best && (at == 0 || is_open(all.ptr[at - 1])))
            best = at;
    }
    bracket = best > 0 && best < all.len && all.ptr[best - 1] == '(';
    *caption = stet_span_trim(stet_span_sub(all, 0, best));
    *credit = unwrap(stet_span_trim(stet_span_sub(all, best, all.len)));
    if (bracket && credit->ptr[credit->len - 1] == ')')
        credit->len--;
    while (caption->len > 0 && credit->len > 0 &&
           is_open(caption->ptr[caption->len - 1]))
        caption->len--;
}

/* The first element below `root` that `is` says yes to, and has text. */
static const xmlNode *find_below(const xmlNode *root,
                                 bool (*is)(const xmlNode *))
{
    int count = 0;

    for (const xmlNode *n = root; n && count++ < MAX_SEARCH;
         n = stet_dom_walk(n, root))
        if (n->type == XML_ELEMENT_NODE && n != root && is(n) && n->children &&
            stet_dom_tag(n) != STET_HTML_TAG_IMG)
            return n;
    return NULL;
}

/* How many pictures are below n; counting ends at two. */
static int count_pictures(const xmlNode *root)
{
    int n_pictures = 0;
    int count = 0;

    for (const xmlNode *n = root; n && count++ < MAX_SEARCH && n_pictures < 2;
         n = stet_dom_walk(n, root))
        if (stet_dom_tag(n) == STET_HTML_TAG_IMG)
            n_pictures++;
    return n_pictures;
}

/* A text printed twice in a row, as for small and large screens, is cut to
 * one. */
static struct stet_span once(struct stet_span s)
{
    if (s.len >= 9 && s.len % 2 == 1 && s.ptr[s.len / 2] == ' ' &&
        stet_span_eq(stet_span_sub(s, 0, s.len / 2),
                     stet_span_sub(s, s.len / 2 + 1, s.len / 2)))
        return stet_span_sub(s, 0, s.len / 2);
    return s;
}

static void set(struct stet_span *to, struct stet_span s)
{
    if (to->len == 0 && s.len > 0)
        *to = s;
}

/* "A caption. | A. Eye/Agency" */
static void split_bar(struct stet_span *caption, struct stet_span *credit)
{
    for (size_t i = caption->len; i > 3; i--) {
        struct stet_span tail = stet_span_sub(*caption, i, caption->len);

        if (caption->ptr[i - 1] != '|' || caption->ptr[i - 2] != ' ')
            continue;
        if (tail.len > MAX_BRACKET)
            return;
        *credit = stet_span_trim(tail);
        *caption = stet_span_trim(stet_span_sub(*caption, 0, i - 1));
        return;
    }
}

void stet_caption_set(struct stet_article_image *to, struct stet_span all)
{
    struct stet_span caption;
    struct stet_span credit;

    if (all.len == 0 || all.len > MAX_CAPTION)
        return;
    stet_caption_split(all, &caption, &credit);
    if (to->credit.len == 0 && credit.len == 0)
        split_bar(&caption, &credit);
    set(&to->caption, caption);
    set(&to->credit, credit);
}

static struct stet_span keep_credit(struct stet_facts *f, const xmlNode *n)
{
    struct stet_span s = unwrap(stet_facts_keep_node(f, n, NULL));

    return s.len <= MAX_CREDIT ? s : (struct stet_span){ NULL, 0 };
}

static void read_caption(struct stet_facts *f, const xmlNode *n,
                         struct stet_article_image *to)
{
    const xmlNode *credit = find_below(n, is_credit);
    struct stet_span all = once(stet_facts_keep_node(f, n, credit));

    if (credit)
        set(&to->credit, keep_credit(f, credit));
    stet_caption_set(to, all);
}

/* A block behind the picture that begins with what its alt says. */
static void read_repeated(struct stet_facts *f, const xmlNode *img,
                          struct stet_article_image *to)
{
    size_t at = stet_facts_find_run(f, stet_dom_order(img));

    if (to->alt.len < MIN_ALT)
        return;
    for (size_t i = at; i < at + RUNS_AFTER && i < f->runs.len; i++) {
        const struct stet_run *r = &f->runs.items[i];
        struct stet_span text;
        size_t from;

        if (r->bytes > MAX_CAPTION)
            continue;
        text = stet_facts_run(f, r, MAX_CAPTION, &from);
        if (stet_span_starts(text, to->alt)) {
            set(&to->caption, to->alt);
            set(&to->credit, stet_facts_keep(f, stet_span_sub(text, to->alt.len,
                                                              MAX_CREDIT)));
        }
        stet_buf_cut(&f->scratch, from);
        if (to->caption.len > 0)
            return;
    }
}

/* A run below n that begins as credits do. */
static struct stet_span find_credit_run(struct stet_facts *f, const xmlNode *n)
{
    struct stet_span found = { NULL, 0 };
    size_t at = stet_facts_find_run(f, stet_dom_order(n));

    for (; !found.ptr && at < f->runs.len; at++) {
        const struct stet_run *r = &f->runs.items[at];
        struct stet_span caption = { NULL, 0 };
        struct stet_span credit = { NULL, 0 };
        struct stet_span text;
        size_t from;

        if (!stet_dom_has(n, r->first))
            break;
        if (r->bytes > MAX_CREDIT)
            continue;
        text = stet_facts_run(f, r, MAX_CREDIT, &from);
        stet_caption_split(text, &caption, &credit);
        if (caption.len == 0 && credit.len > 3)
            found = stet_facts_keep(f, credit);
        stet_buf_cut(&f->scratch, from);
    }
    return found;
}

/* The caption and credit below n; false if there is none. */
static bool read_below(struct stet_facts *f, const xmlNode *n,
                       struct stet_article_image *to)
{
    const xmlNode *caption = find_below(n, is_caption);
    bool figure = stet_dom_tag(n) == STET_HTML_TAG_FIGURE;
    const xmlNode *credit;

    if (caption)
        read_caption(f, caption, to);
    credit = find_below(n, caption || figure ? is_credit : is_photo_credit);
    if (credit)
        set(&to->credit, keep_credit(f, credit));
    if (to->credit.len == 0 && (caption || figure))
        set(&to->credit, find_credit_run(f, n));
    return to->caption.len > 0 || to->credit.len > 0;
}

void stet_caption_find(struct stet_facts *f, const xmlNode *img,
                       struct stet_article_image *to)
{
    const xmlNode *n = img->parent;

    for (int up = 0; up < LEVELS && n && n->type == XML_ELEMENT_NODE; up++) {
        bool figure = stet_dom_tag(n) == STET_HTML_TAG_FIGURE;

        if (stet_dom_tag(n) == STET_HTML_TAG_BODY || n == f->body ||
            (!figure && count_pictures(n) > 1))
            break;
        if (read_below(f, n, to))
            break;
        n = n->parent;
    }
    if (to->caption.len == 0)
        read_repeated(f, img, to);
}
