#include "article/text.h"

#include "article/survey.h"

/* More links than text: a list, not a paragraph. */
static bool is_linked(const struct stet_run *r)
{
    return r->link_bytes * 10 > r->bytes * 6;
}

/* Short lines in plain boxes are buttons, bylines and the like. */
static bool is_scrap(const struct stet_run *r)
{
    enum stet_html_tag tag = stet_dom_tag(r->block);

    return (tag == STET_HTML_TAG_DIV || tag == STET_HTML_TAG_OTHER) &&
           r->bytes < 60;
}

static void add_run(struct stet_facts *f, const struct stet_run *r)
{
    struct stet_fold fold;

    if (f->scratch.len > 0)
        stet_buf_adds(&f->scratch, "\n\n");
    stet_fold_begin(&fold, &f->scratch);
    for (const xmlNode *n = r->first; n; n = stet_dom_walk(n, r->block)) {
        if (n->type == XML_TEXT_NODE)
            stet_fold_add(&fold, stet_dom_text(n));
        else if (stet_dom_tag(n) == STET_HTML_TAG_BR)
            stet_fold_gap(&fold);
        if (n == r->last)
            break;
    }
}

void stet_text_find(struct stet_facts *f)
{
    for (size_t i = 0; f->body && i < f->runs.len; i++) {
        const struct stet_run *r = &f->runs.items[i];

        if (!stet_dom_has(f->body, r->block) || r->hidden || r->aside ||
            is_linked(r) || is_scrap(r))
            continue;
        add_run(f, r);
    }
    if (stet_buf_status(&f->scratch) != STET_ENOMEM)
        f->out->text = stet_facts_dup(f, stet_buf_span(&f->scratch));
    stet_facts_note(f, stet_buf_status(&f->scratch));
    stet_buf_reset(&f->scratch);
}
