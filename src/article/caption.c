#include "article/caption.h"
#include "article/say.h"

#include "base/ascii.h"

enum {
    LEVELS = 5,       /* ancestors of a picture that may hold its caption */
    MAX_SEARCH = 300, /* nodes looked at below one of them */
    MAX_CAPTION = 2000
};

/* What credits begin with. */
static const char *const leads[] = { "Photograph: ",
                                     "Photographs: ",
                                     "Photograph by ",
                                     "Photo by ",
                                     "Photos by ",
                                     "Photo: ",
                                     "Photo credit: ",
                                     "Photo : ",
                                     "Image credit: ",
                                     "Image: ",
                                     "Image source",
                                     "Images: ",
                                     "Picture: ",
                                     "Credit: ",
                                     "Credits: ",
                                     "Courtesy of ",
                                     "Foto: ",
                                     "Fotos: ",
                                     "Fotografie: ",
                                     "Fotograf: ",
                                     "Bild: ",
                                     "Bilder: ",
                                     "Bildquelle: ",
                                     "Quelle: ",
                                     "Cr\xC3\xA9"
                                     "dit: ",
                                     "Cr\xC3\xA9"
                                     "dit photo",
                                     "Cr\xC3\xA9"
                                     "dits: ",
                                     "Kuva: ",
                                     "Kuvat: ",
                                     "Zdj\xC4\x99"
                                     "cie: ",
                                     "Fot. ",
                                     "Source: ",
                                     "Fuente: ",
                                     "\xC2\xA9",
                                     "(c) ",
                                     "Illustration: " };

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

void stet_caption_split(struct stet_span all, struct stet_span *caption,
                        struct stet_span *credit)
{
    size_t best = all.len;

    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        size_t at = stet_span_find(all, stet_span_of(leads[i]));

        if (at < best && (at == 0 || all.ptr[at - 1] == ' ' ||
                          all.ptr[at - 1] == '(' || all.ptr[at - 1] == '|'))
            best = at;
    }
    *caption = stet_span_trim(stet_span_sub(all, 0, best));
    *credit = stet_span_trim(stet_span_sub(all, best, all.len));
    while (caption->len > 0 && credit->len > 0 &&
           (caption->ptr[caption->len - 1] == '(' ||
            caption->ptr[caption->len - 1] == '|' ||
            caption->ptr[caption->len - 1] == ' '))
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

static void read_caption(struct stet_facts *f, const xmlNode *n,
                         struct stet_article_image *to)
{
    const xmlNode *credit = find_below(n, is_credit);
    struct stet_span caption;
    struct stet_span rest;
    struct stet_span all = once(stet_facts_keep_node(f, n, credit));

    if (all.len > MAX_CAPTION)
        return;
    stet_caption_split(all, &caption, &rest);
    if (credit)
        set(&to->credit, stet_facts_keep_node(f, credit, NULL));
    set(&to->credit, rest);
    set(&to->caption, caption);
}

void stet_caption_find(struct stet_facts *f, const xmlNode *img,
                       struct stet_article_image *to)
{
    const xmlNode *n = img->parent;

    for (int up = 0; up < LEVELS && n && n->type == XML_ELEMENT_NODE; up++) {
        const xmlNode *caption;
        bool figure = stet_dom_tag(n) == STET_HTML_TAG_FIGURE;

        if (stet_dom_tag(n) == STET_HTML_TAG_BODY || n == f->body ||
            count_pictures(n) > 1)
            return;
        caption = find_below(n, is_caption);
        if (caption) {
            read_caption(f, caption, to);
            if (to->credit.len == 0 && (caption = find_below(n, is_credit)))
                set(&to->credit, stet_facts_keep_node(f, caption, NULL));
            return;
        }
        if (figure) {
            caption = find_below(n, is_credit);
            if (caption)
                set(&to->credit, stet_facts_keep_node(f, caption, NULL));
            return;
        }
        n = n->parent;
    }
}
