#include "article/caption.h"
#include "article/say.h"

#include "base/ascii.h"

enum {
    LEVELS = 5,       /* ancestors of a picture that may hold its caption */
    MAX_SEARCH = 300, /* nodes looked at below one of them */
    MAX_CAPTION = 2000,
    MAX_BRACKET = 80,
    MAX_LINE = 50, /* bytes of an agency's name on a line of its own */
    MAX_CREDIT = 300,
    MAX_AFTER = 600, /* bytes of a block that may be a caption */
    MIN_ALT = 15,    /* bytes; less says nothing */
    RUNS_AFTER = 4   /* runs behind a picture that may repeat its alt */
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
                                     "Bildrechte: ",
                                     "Quelle: ",
                                     "Crédit: ",
                                     "Crédit photo",
                                     "Crédits: ",
                                     "Kuva: ",
                                     "Kuvat: ",
                                     "Zdjęcie: ",
                                     "Fot. ",
                                     "Source: ",
                                     "Fuente: ",
                                     "©",
                                     "(c) ",
                                     "Illustration: " };

/* What "Copyright" is in other words, before a name. */
static const char *const rights[] = {
    "All rights reserved", "Alle Rechte vorbehalten", "Tous droits réservés",
    "Derechos de autor",   "Diritti d'autore",        "Direitos de autor"
};

/* "Copyright" alone, with the name in the next element. */
static bool is_label(const xmlNode *n)
{
    static const char *const labels[] = { "copyright", "©",     "photo",
                                          "foto",      "bild",  "credit",
                                          "credits",   "image", "source" };
    const xmlNode *text = n->children;
    struct stet_span s;

    if (!text || text->next || text->type != XML_TEXT_NODE)
        return false;
    s = stet_span_trim(stet_dom_text(text));
    while (s.len > 0 && (s.ptr[s.len - 1] == ':' || s.ptr[s.len - 1] == ' ' ||
                         stet_span_ends(s, STET_SPAN("\xC2\xA0"))))
        s.len -= stet_span_ends(s, STET_SPAN("\xC2\xA0")) ? 2 : 1;
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
        if (stet_span_ieqs(s, labels[i]))
            return true;
    for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
        if (stet_span_ieqs(s, rights[i]))
            return true;
    return false;
}

static bool is_credit(const xmlNode *n)
{
    static const char *const words[] = { "credit",   "copyright", "photograph",
                                         "author",   "byline",    "source",
                                         "agency",   "autor",     "firma",
                                         "fotograf", "quelle",    "rights",
                                         NULL };

    return (stet_says_any(stet_dom_attr(n, "class"), words) ||
            stet_says_any(stet_dom_attr(n, "itemprop"), words) ||
            stet_says_any(stet_dom_attr(n, "data-testid"), words) ||
            stet_dom_tag(n) == STET_HTML_TAG_CITE) &&
           !is_label(n);
}

/* Surely a picture's, not the article's. */
static bool is_photo_credit(const xmlNode *n)
{
    static const char *const words[] = { "credit", "copyright", "photographer",
                                         "photocredit", NULL };

    return (stet_says_any(stet_dom_attr(n, "class"), words) ||
            stet_says_any(stet_dom_attr(n, "itemprop"), words)) &&
           !is_label(n);
}

/* "img-info", "media__text": a picture's, and text. */
static bool is_picture_text(struct stet_span class)
{
    static const char *const pictures[] = { "img",   "image", "media",   "bild",
                                            "photo", "foto",  "picture", NULL };
    static const char *const texts[] = { "info",  "text", "lead", "desc",
                                         "title", "copy", NULL };
    size_t i = 0;

    while (i < class.len) {
        struct stet_span word = stet_span_sub(class, i, class.len);

        word.len = stet_span_find(word, STET_SPAN(" "));
        i += word.len + 1;
        if (word.len <= 40 && stet_says_any(word, pictures) &&
            stet_says_any(word, texts))
            return true;
    }
    return false;
}

/* Text and no picture below n. */
static bool is_text(const xmlNode *root)
{
    bool text = false;
    int count = 0;

    for (const xmlNode *n = root; n && count++ < MAX_SEARCH;
         n = stet_dom_walk(n, root)) {
        if (stet_dom_tag(n) == STET_HTML_TAG_IMG)
            return false;
        text |= n->type == XML_TEXT_NODE &&
                stet_span_trim(stet_dom_text(n)).len > 0;
    }
    return text;
}

static bool is_caption(const xmlNode *n)
{
    static const char *const words[] = { "caption",     "legend",
                                         "leyenda",     "bildtext",
                                         "imagetext",   "image-text",
                                         "description", NULL };

    return stet_dom_tag(n) != STET_HTML_TAG_BUTTON &&
           (stet_says_any(stet_dom_attr(n, "class"), words) ||
            stet_says_any(stet_dom_attr(n, "itemprop"), words) ||
            stet_says_any(stet_dom_attr(n, "data-testid"), words) ||
            (is_picture_text(stet_dom_attr(n, "class")) && is_text(n)));
}

static bool is_figcaption(const xmlNode *n)
{
    return stet_dom_tag(n) == STET_HTML_TAG_FIGCAPTION;
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

/* May a credit's first word follow it? */
static bool is_open(char c)
{
    return c == '.' || c == '(' || c == '[' || c == '|' || c == ' ' || c == '/';
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
           caption->ptr[caption->len - 1] != '.' &&
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

/* How many pictures are below n; counting ends at two.  What noscript has
 * is another form of the one before it. */
static int count_pictures(const xmlNode *root)
{
    int n_pictures = 0;
    int count = 0;

    for (const xmlNode *n = root; n && count++ < MAX_SEARCH && n_pictures < 2;
         n = stet_dom_tag(n) == STET_HTML_TAG_NOSCRIPT ? stet_dom_skip(n, root)
                                                       : stet_dom_walk(n, root))
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

/* "What is seen. Agency" and "Who is seen / A. Eye / Paper foto". */
static void split_agency(struct stet_span *caption, struct stet_span *credit)
{
    static const char *const agencies[] = {
        "뉴시스", "연합뉴스", "뉴스1",   "로이터", "AFP",
        "AP",     "Reuters",  "REUTERS", "EPA",    "dpa",
        "TASS",   "ANSA",     "PAP",     "Getty",  "Getty Images"
    };
    static const char *const photos[] = { "nuotr.", "foto", "фото", "Foto" };
    size_t dot = 0;
    size_t slash = caption->len;
    struct stet_span tail;

    for (size_t i = 0; i + 3 < caption->len; i++) {
        if (caption->ptr[i] == '.' && caption->ptr[i + 1] == ' ')
            dot = i + 2;
        if (slash == caption->len && caption->ptr[i] == ' ' &&
            caption->ptr[i + 1] == '/' && caption->ptr[i + 2] == ' ')
            slash = i;
    }
    tail = stet_span_sub(*caption, dot, caption->len);
    for (size_t i = 0; dot > 0 && i < sizeof(agencies) / sizeof(char *); i++)
        if (stet_span_eqs(tail, agencies[i])) {
            *credit = tail;
            *caption = stet_span_trim(stet_span_sub(*caption, 0, dot));
            return;
        }
    for (size_t i = 0; slash > 0 && i < sizeof(photos) / sizeof(char *); i++)
        if (stet_span_ends(stet_span_sub(*caption, slash, caption->len),
                           stet_span_of(photos[i]))) {
            *credit = stet_span_sub(*caption, slash + 3, caption->len);
            caption->len = slash;
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
    if (to->credit.len == 0 && credit.len == 0)
        split_agency(&caption, &credit);
    set(&to->caption, caption);
    set(&to->credit, credit);
}

static struct stet_span keep_credit(struct stet_facts *f, const xmlNode *n)
{
    struct stet_span s = unwrap(stet_facts_keep_node(f, n, NULL));

    return s.len <= MAX_CREDIT ? s : (struct stet_span){ NULL, 0 };
}

/* The agency that a slash parts from the photographer's element stands at
 * the end of what is left of the caption. */
static void join_agency(struct stet_facts *f, struct stet_article_image *to,
                        struct stet_span *all)
{
    size_t slash = all->len;
    size_t from = f->scratch.len;

    while (slash > 0 && all->ptr[slash - 1] != '/')
        slash--;
    if (slash < 2 || all->ptr[slash - 2] != ' ' || slash == all->len ||
        all->ptr[slash] == ' ' || all->len - slash > MAX_BRACKET ||
        to->credit.len == 0)
        return;
    stet_buf_add_span(&f->scratch, to->credit);
    stet_buf_adds(&f->scratch, "/");
    stet_buf_add_span(&f->scratch, stet_span_sub(*all, slash, all->len));
    to->credit = stet_facts_dup(
        f, stet_span_sub(stet_buf_span(&f->scratch), from, f->scratch.len));
    stet_buf_cut(&f->scratch, from);
    *all = stet_span_trim(stet_span_sub(*all, 0, slash - 1));
}

/* Without the label of the credit that was taken out. */
static struct stet_span without_label(struct stet_span s)
{
    static const char *const labels[] = { " Copyright",    " ©",
                                          " Credit:",      " Photo:",
                                          " Foto:",        " -",
                                          " \xE2\x80\x93", " \xE2\x80\x94" };

    for (size_t i = 0; i < sizeof(rights) / sizeof(rights[0]); i++)
        if (stet_span_ends(s, stet_span_of(rights[i])))
            s = stet_span_trim(
                stet_span_sub(s, 0, s.len - stet_span_of(rights[i]).len));
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
        if (stet_span_ends(s, stet_span_of(labels[i])))
            s = stet_span_trim(
                stet_span_sub(s, 0, s.len - stet_span_of(labels[i]).len));
    return s;
}

/* "<span>Agency</span><br>What is seen": a short first line of its own. */
static const xmlNode *first_line(const xmlNode *caption)
{
    const xmlNode *n = caption->children;
    struct stet_span s;

    while (n && n->type == XML_TEXT_NODE &&
           stet_span_trim(stet_dom_text(n)).len == 0)
        n = n->next;
    if (!n || n->type != XML_ELEMENT_NODE || !n->children ||
        n->children->next || n->children->type != XML_TEXT_NODE || !n->next ||
        stet_dom_tag(n->next) != STET_HTML_TAG_BR || !n->next->next)
        return NULL;
    s = stet_span_trim(stet_dom_text(n->children));
    return s.len > 1 && s.len <= MAX_LINE && s.ptr[s.len - 1] != '.' ? n : NULL;
}

/* "<span>What is seen.</span><span>A. Eye (Agency)</span>": two parts, the
 * first a sentence, the second short and none. */
static const xmlNode *last_part(struct stet_facts *f, const xmlNode *caption)
{
    const xmlNode *parts[2] = { NULL, NULL };
    struct stet_span a;
    struct stet_span b;
    size_t n = 0;

    for (const xmlNode *c = caption->children; c; c = c->next) {
        if (c->type == XML_TEXT_NODE) {
            if (stet_span_trim(stet_dom_text(c)).len > 0)
                return NULL;
            continue;
        }
        if (n == 2)
            return NULL;
        parts[n++] = c;
    }
    if (n < 2 || stet_dom_tag(parts[1]) != STET_HTML_TAG_SPAN)
        return NULL;
    a = stet_facts_keep_node(f, parts[0], NULL);
    b = stet_facts_keep_node(f, parts[1], NULL);
    return a.len > b.len && a.ptr[a.len - 1] == '.' && b.len > 1 &&
                   b.len <= MAX_BRACKET && b.ptr[b.len - 1] != '.'
               ? parts[1]
               : NULL;
}

static const xmlNode *find_credit(struct stet_facts *f, const xmlNode *caption)
{
    const xmlNode *n = find_below(caption, is_credit);

    if (!n)
        n = first_line(caption);
    return n ? n : last_part(f, caption);
}

static void read_caption(struct stet_facts *f, const xmlNode *n,
                         struct stet_article_image *to)
{
    const xmlNode *credit = find_credit(f, n);
    struct stet_span all = once(stet_facts_keep_node(f, n, credit));

    if (credit)
        set(&to->credit, keep_credit(f, credit));
    if (credit) {
        join_agency(f, to, &all);
        all = without_label(all);
    }
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
            set(&to->credit,
                stet_facts_dup(f, stet_span_trim(stet_span_sub(
                                      text, to->alt.len, MAX_CREDIT))));
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
            found = stet_facts_dup(f, credit);
        stet_buf_cut(&f->scratch, from);
    }
    return found;
}

/* The caption and credit below n; false if there is none. */
static bool read_below(struct stet_facts *f, const xmlNode *n,
                       struct stet_article_image *to)
{
    const xmlNode *caption = find_below(n, is_figcaption);
    bool figure = stet_dom_tag(n) == STET_HTML_TAG_FIGURE;
    const xmlNode *credit;

    if (!caption)
        caption = find_below(n, is_caption);
    if (caption)
        read_caption(f, caption, to);
    credit = find_below(n, caption || figure ? is_credit : is_photo_credit);
    if (credit)
        set(&to->credit, keep_credit(f, credit));
    if (to->credit.len == 0 && (caption || figure))
        set(&to->credit, find_credit_run(f, n));
    if (!caption && credit && credit->parent != n &&
        count_pictures(credit->parent) == 0)
        stet_caption_set(to, stet_facts_keep_node(f, credit->parent, credit));
    return to->caption.len > 0 || to->credit.len > 0;
}

/* Where nothing has a name: a block right behind the picture that has or is
 * a credit, and the one before it. */
static void read_after(struct stet_facts *f, const xmlNode *img,
                       struct stet_article_image *to)
{
    size_t at = stet_facts_find_run(f, stet_dom_order(img));
    struct stet_span before = { NULL, 0 };

    for (size_t i = at; i < at + 2 && i < f->runs.len; i++) {
        struct stet_span caption = { NULL, 0 };
        struct stet_span credit = { NULL, 0 };
        struct stet_span text;
        size_t from;

        if (f->runs.items[i].bytes > MAX_AFTER)
            return;
        text = stet_facts_run(f, &f->runs.items[i], MAX_AFTER, &from);
        text = stet_facts_dup(f, text);
        stet_buf_cut(&f->scratch, from);
        stet_caption_split(text, &caption, &credit);
        if (credit.len > 3 && credit.len <= MAX_BRACKET) {
            set(&to->credit, credit);
            set(&to->caption, caption.len > 0 ? caption : before);
            return;
        }
        before = text;
    }
}

/* "A thing © Paper Photo: A. Eye" */
static void read_alt(struct stet_article_image *to)
{
    struct stet_span caption = { NULL, 0 };
    struct stet_span credit = { NULL, 0 };

    stet_caption_split(to->alt, &caption, &credit);
    if (credit.len > 3 && credit.len <= MAX_BRACKET)
        set(&to->credit, credit);
}

static bool is_address(struct stet_span s)
{
    return s.len > 0 && (s.ptr[0] == '/' || s.ptr[0] == '{' ||
                         stet_span_find(s, STET_SPAN("://")) < s.len);
}

/* What programs show later stands in the picture's own attributes. */
static void read_data(struct stet_facts *f, const xmlNode *img,
                      struct stet_article_image *to)
{
    static const char *const credits[] = { "data-credit", "data-copyright",
                                           "data-author", "data-source" };
    struct stet_span caption = stet_dom_attr(img, "data-caption");

    if (to->caption.len == 0 && !is_address(caption))
        stet_caption_set(to, stet_facts_keep_html(f, caption));
    for (size_t i = 0; i < sizeof(credits) / sizeof(credits[0]); i++) {
        struct stet_span s = stet_dom_attr(img, credits[i]);

        if (to->credit.len == 0 && s.len <= MAX_CREDIT && !is_address(s))
            set(&to->credit, stet_facts_keep_html(f, s));
    }
}

/* A credit that stands further from the picture than its caption. */
static void read_far_credit(struct stet_facts *f, const xmlNode *img,
                            struct stet_article_image *to)
{
    const xmlNode *n = img->parent;

    for (int up = 0; up < LEVELS && n && n->type == XML_ELEMENT_NODE; up++) {
        const xmlNode *credit;

        if (stet_dom_tag(n) == STET_HTML_TAG_BODY || n == f->body ||
            n == f->main || count_pictures(n) > 1)
            return;
        credit = find_below(n, is_photo_credit);
        if (credit && is_text(credit)) {
            set(&to->credit, keep_credit(f, credit));
            return;
        }
        n = n->parent;
    }
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
    read_data(f, img, to);
    if (to->caption.len == 0)
        read_repeated(f, img, to);
    if (to->caption.len == 0 && to->credit.len == 0)
        read_after(f, img, to);
    if (to->credit.len == 0)
        read_far_credit(f, img, to);
    if (to->credit.len == 0)
        read_alt(to);
}
