#include "base/ascii.h"
#include "dom/tree.h"

/*
 * Which elements a tag opens and closes: HTML Standard 13.2.6, with its
 * insertion modes folded into two questions (is there a body yet; what is
 * open), without the adoption agency and without foster parents.
 */

static bool is_body_open(const struct stet_dom *d)
{
    return d->body != NULL;
}

static int open_named(struct stet_dom *d, enum stet_html_tag tag,
                      const struct stet_html_token *t,
                      struct stet_dom_node **out)
{
    static const char *const names[] = {
        [STET_HTML_TAG_HTML] = "html",
        [STET_HTML_TAG_HEAD] = "head",
        [STET_HTML_TAG_BODY] = "body",
    };
    struct stet_dom_name *n;
    int rc = stet_tree_name(d, tag, stet_span_of(names[tag]), &n);

    *out = NULL;
    if (rc < 0 || !n)
        return rc < 0 ? rc : STET_ELIMIT;
    rc = stet_tree_add(d, n, t, out);
    if (rc < 0 || !*out)
        return rc < 0 ? rc : STET_ELIMIT;
    stet_tree_push(d, *out);
    return STET_OK;
}

static int need_html(struct stet_dom *d, const struct stet_html_token *t)
{
    if (!d->html)
        return open_named(d, STET_HTML_TAG_HTML, t, &d->html);
    return t ? stet_tree_merge(d, d->html, t) : STET_OK;
}

static int need_head(struct stet_dom *d, const struct stet_html_token *t)
{
    int rc = need_html(d, NULL);

    if (rc == STET_OK && !d->head)
        rc = open_named(d, STET_HTML_TAG_HEAD, t, &d->head);
    return rc;
}

static int need_body(struct stet_dom *d, const struct stet_html_token *t)
{
    int rc;

    if (is_body_open(d))
        return t ? stet_tree_merge(d, d->body, t) : STET_OK;
    rc = need_head(d, NULL);
    if (rc < 0)
        return rc;
    stet_tree_pop_to(d, 1);
    return open_named(d, STET_HTML_TAG_BODY, t, &d->body);
}

/* After </head> and before the body, what belongs into head still goes
 * there (13.2.6.4.6). */
static int reopen_head(struct stet_dom *d)
{
    int rc = need_head(d, NULL);

    if (rc == STET_OK && d->depth == 1)
        stet_tree_push(d, d->head);
    return rc;
}

/*
 * How many elements would stay open if the innermost one with `rule` were
 * closed; 0 if there is none before an element of one of `stops`.
 */
static size_t find_rule(const struct stet_dom *d, enum stet_tag_rule rule,
                        unsigned stops)
{
    for (size_t i = d->depth; i > 0; i--) {
        const struct stet_tag_kind *k = d->open[i - 1]->name->kind;

        if (k->rule == rule)
            return i - 1;
        if (k->flags & stops)
            return 0;
    }
    return 0;
}

static bool is_a(const struct stet_dom_node *n, enum stet_html_tag tag)
{
    return n->name->tag == tag;
}

static bool is_open(const struct stet_dom *d, enum stet_html_tag tag)
{
    return d->known[tag] && d->known[tag]->n_open > 0;
}

static void close_p(struct stet_dom *d)
{
    if (!is_open(d, STET_HTML_TAG_P))
        return;
    for (size_t i = d->depth; i > 0; i--) {
        if (d->open[i - 1]->tag == STET_HTML_TAG_P) {
            stet_tree_pop_to(d, i - 1);
            return;
        }
        if (d->open[i - 1]->name->kind->flags & STET_TAG_SCOPE)
            return;
    }
}

/* An li, dt or dd reaches its like through address, div and p only. */
static void close_item(struct stet_dom *d, enum stet_tag_rule rule)
{
    if (!is_open(d, STET_HTML_TAG_LI) && !is_open(d, STET_HTML_TAG_DT) &&
        !is_open(d, STET_HTML_TAG_DD))
        return;
    for (size_t i = d->depth; i > 0; i--) {
        const struct stet_dom_node *n = d->open[i - 1];

        if (n->name->kind->rule == rule) {
            stet_tree_pop_to(d, i - 1);
            return;
        }
        if ((n->name->kind->flags & STET_TAG_SPECIAL) &&
            n->tag != STET_HTML_TAG_P && !is_a(n, STET_HTML_TAG_DIV) &&
            !is_a(n, STET_HTML_TAG_ADDRESS))
            return;
    }
}

static void close_if_top(struct stet_dom *d, enum stet_tag_rule rule)
{
    struct stet_dom_node *top = stet_tree_top(d);

    if (top && top->name->kind->rule == rule)
        stet_tree_pop_to(d, d->depth - 1);
}

/* Table parts close their likes up to the table they are in. */
static void close_part(struct stet_dom *d, enum stet_tag_rule rule)
{
    size_t keep = 0;

    for (size_t i = d->depth; i > 0; i--) {
        const struct stet_tag_kind *k = d->open[i - 1]->name->kind;

        if (k->rule >= STET_RULE_CELL && k->rule <= rule)
            keep = i - 1;
        else if (is_a(d->open[i - 1], STET_HTML_TAG_TABLE) ||
                 is_a(d->open[i - 1], STET_HTML_TAG_TEMPLATE))
            break;
    }
    if (keep > 0)
        stet_tree_pop_to(d, keep);
}

static void close_rule(struct stet_dom *d, enum stet_tag_rule rule,
                       unsigned stops)
{
    size_t keep = find_rule(d, rule, stops);

    if (keep > 0)
        stet_tree_pop_to(d, keep);
}

/* What the start of an element of this kind ends. */
static void imply_ends(struct stet_dom *d, const struct stet_dom_name *name)
{
    const struct stet_tag_kind *k = name->kind;
    struct stet_dom_node *top;

    if (k->rule == STET_RULE_ITEM || k->rule == STET_RULE_TERM)
        close_item(d, k->rule);
    if (k->flags & STET_TAG_CLOSES_P)
        close_p(d);
    top = stet_tree_top(d);
    if ((k->flags & STET_TAG_HEADING) && top &&
        (top->name->kind->flags & STET_TAG_HEADING))
        stet_tree_pop_to(d, d->depth - 1);
    if (k->rule == STET_RULE_OPTION)
        close_if_top(d, STET_RULE_OPTION);
    if (k->rule == STET_RULE_LINK && name->n_open > 0)
        close_rule(d, STET_RULE_LINK, STET_TAG_SPECIAL);
    if (k->rule == STET_RULE_BUTTON && name->n_open > 0)
        close_rule(d, STET_RULE_BUTTON, STET_TAG_TABLE);
    if (k->rule >= STET_RULE_CELL && k->rule <= STET_RULE_ROWS)
        close_part(d, k->rule);
}

/* Puts the head or the body in place for what comes. */
static int prepare(struct stet_dom *d, const struct stet_tag_kind *k)
{
    if (is_body_open(d))
        return STET_OK;
    if (d->depth > 2) /* inside something in head */
        return STET_OK;
    return k->flags & STET_TAG_HEAD ? reopen_head(d) : need_body(d, NULL);
}

static int add_element(struct stet_dom *d, struct stet_dom_name *name,
                       const struct stet_html_token *t)
{
    const struct stet_tag_kind *k = name->kind;
    bool empty = k->flags & STET_TAG_VOID;
    struct stet_dom_node *n;
    int rc = prepare(d, k);

    if (rc < 0)
        return rc;
    if (d->n_foreign == 0)
        imply_ends(d, name);
    else if (t->self_closing)
        empty = true;
    if ((k->flags & STET_TAG_FOREIGN) && t->self_closing)
        empty = true;
    rc = stet_tree_add(d, name, t, &n);
    if (rc == STET_OK && n && !empty)
        stet_tree_push(d, n);
    return rc;
}

static int start_tag(struct stet_dom *d, const struct stet_html_token *t)
{
    struct stet_dom_name *name;
    int rc;

    if (t->continued)
        return d->newest ? stet_tree_merge(d, d->newest, t) : STET_OK;
    d->newest = NULL;
    rc = stet_tree_name(d, t->tag, t->name, &name);
    if (rc < 0 || !name)
        return rc;
    if (name->kind->rule == STET_RULE_HTML)
        return need_html(d, t);
    if (name->kind->rule == STET_RULE_HEAD)
        return need_head(d, t);
    if (name->kind->rule == STET_RULE_BODY)
        return need_body(d, t);
    return add_element(d, name, t);
}

/* The elements at which the search for what an end tag closes ends. */
static unsigned end_stops(const struct stet_tag_kind *k)
{
    if (k->flags & STET_TAG_TABLE)
        return 0;
    return k->flags & STET_TAG_SPECIAL ? STET_TAG_SCOPE : STET_TAG_SPECIAL;
}

static int end_tag(struct stet_dom *d, const struct stet_html_token *t)
{
    const struct stet_dom_name *name = stet_tree_find_name(d, t);
    unsigned stops;

    if (!name || name->kind->rule == STET_RULE_HTML ||
        name->kind->rule == STET_RULE_BODY)
        return STET_OK;
    if (d->n_too_deep > 0) {
        d->n_too_deep--;
        return STET_OK;
    }
    if (name->n_open == 0)
        return STET_OK;
    stops = d->n_foreign > 0 ? 0 : end_stops(name->kind);
    for (size_t i = d->depth; i > 1; i--) {
        if (d->open[i - 1]->name == name) {
            stet_tree_pop_to(d, i - 1);
            break;
        }
        if (d->open[i - 1]->name->kind->flags & stops)
            break;
        if ((name->kind->flags & STET_TAG_TABLE) &&
            is_a(d->open[i - 1], STET_HTML_TAG_TABLE))
            break;
    }
    return STET_OK;
}

static bool is_blank(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!stet_is_space((unsigned char)s.ptr[i]))
            return false;
    return true;
}

/* White space before the body is nobody's; other text opens the body. */
static int take_text(struct stet_dom *d, struct stet_span s)
{
    int rc = STET_OK;

    if (!is_body_open(d) && d->depth <= 2) {
        if (is_blank(s))
            return STET_OK;
        rc = need_body(d, NULL);
    }
    if (rc == STET_OK)
        stet_buf_add_span(&d->text, s);
    return rc;
}

int stet_dom_token(void *dom, const struct stet_html_token *t)
{
    struct stet_dom *d = dom;
    int rc;

    if (t->kind == STET_HTML_TEXT)
        return take_text(d, t->text);
    if (t->kind != STET_HTML_START && t->kind != STET_HTML_END)
        return STET_OK;
    rc = t->kind == STET_HTML_START ? start_tag(d, t) : end_tag(d, t);
    if (rc == STET_OK)
        rc = d->status;
    return rc == STET_ELIMIT ? STET_OK : rc;
}

int stet_dom_finish(struct stet_dom *d)
{
    int rc = need_body(d, NULL);

    stet_tree_pop_to(d, 0);
    if (rc == STET_OK || rc == STET_ELIMIT)
        rc = d->status;
    return rc;
}
