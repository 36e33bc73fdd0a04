/*
 * The cluster as a picture: rings around the seeds.
 */
#include "report/markup.h"

#include "base/mem.h"

#include <math.h>

enum {
    SIZE = 600,     /* of the drawing, in its own units */
    DOT = 7,        /* radius of a story */
    LABEL = 26,     /* characters of a headline on one line */
    LEADING = 14,   /* from line to line */
    FEW = 16,       /* stories that have room for a second line */
    MAX_RINGS = 12, /* hops that get a ring of their own */
};

/* Between what stands behind one story, in radians; the first is beside it
 * too, so that a chain bends. */
#define SPREAD 0.28

struct node {
    const struct stet_story *story;
    int ring;     /* -1: not reached */
    int children; /* placed behind it */
    double turn, x, y;
};

struct graph {
    struct node nodes[STET_MAX_GRAPH_NODES];
    size_t len;
    int rings;
};

static struct node *find(struct graph *g, struct stet_span url)
{
    for (size_t i = 0; i < g->len; i++) {
        if (stet_span_eq(g->nodes[i].story->url, url))
            return &g->nodes[i];
    }
    return NULL;
}

/* Hops from the seeds, breadth first. */
static void set_rings(struct graph *g)
{
    bool more = true;

    for (size_t i = 0; i < g->len; i++)
        g->nodes[i].ring = g->nodes[i].story->seed ? 0 : -1;
    for (int ring = 0; more && ring < MAX_RINGS; ring++) {
        more = false;
        for (size_t i = 0; i < g->len; i++) {
            const struct stet_sighting *seen =
                stet_story_newest(g->nodes[i].story);
            for (size_t k = 0; g->nodes[i].ring == ring && k < seen->n_related;
                 k++) {
                struct node *to = find(g, seen->related[k]);
                if (!to || to->ring >= 0)
                    continue;
                to->ring = ring + 1;
                more = true;
            }
        }
        if (more)
            g->rings = ring + 1;
    }
    for (size_t i = 0; i < g->len; i++) {
        if (g->nodes[i].ring < 0)
            g->nodes[i].ring = g->rings + 1;
    }
    for (size_t i = 0; i < g->len; i++) {
        if (g->nodes[i].ring > g->rings)
            g->rings = g->nodes[i].ring;
    }
}

/* Rings lie closer together the farther they are out: most stories are in
 * the first. */
static double radius(const struct graph *g, int ring)
{
    double whole = SIZE / 2.0 - 40;

    if (ring == 0)
        return 0;
    return g->rings == 1 ? whole * 0.8
                         : whole * (0.55 + 0.45 * (ring - 1) / (g->rings - 1));
}

/* The story of the ring before that led to the one at `url`. */
static const struct node *parent_of(const struct graph *g,
                                    const struct node *child)
{
    for (size_t i = 0; i < g->len; i++) {
        const struct stet_sighting *seen = stet_story_newest(g->nodes[i].story);
        for (size_t k = 0;
             g->nodes[i].ring == child->ring - 1 && k < seen->n_related; k++) {
            if (stet_span_eq(seen->related[k], child->story->url))
                return &g->nodes[i];
        }
    }
    return NULL;
}

/* Seeds side by side, the first ring evenly, what follows behind its parent. */
static void place(struct graph *g)
{
    size_t n[MAX_RINGS + 2] = { 0 }, k[MAX_RINGS + 2] = { 0 };

    for (size_t i = 0; i < g->len; i++)
        n[g->nodes[i].ring]++;
    for (int ring = 0; ring <= g->rings; ring++) {
        for (size_t i = 0; i < g->len; i++) {
            struct node *node = &g->nodes[i];
            const struct node *parent;
            double r = radius(g, ring);
            if (node->ring != ring)
                continue;
            parent = ring > 1 ? parent_of(g, node) : NULL;
            node->turn = parent ? parent->turn + SPREAD * (parent->children + 1)
                                : 2 * M_PI * (double)k[ring] / (double)n[ring];
            if (parent)
                g->nodes[parent - g->nodes].children++;
            if (ring == 0 && n[0] > 1)
                r = radius(g, 1) * 0.4;
            node->x = SIZE / 2.0 + r * sin(node->turn);
            node->y = SIZE / 2.0 - r * cos(node->turn);
            k[ring]++;
        }
    }
}

static void draw_edges(struct stet_buf *out, struct graph *g)
{
    stet_buf_adds(out, "<g class=edges>\n");
    for (size_t i = 0; i < g->len; i++) {
        const struct node *from = &g->nodes[i];
        const struct stet_sighting *seen = stet_story_newest(from->story);
        for (size_t k = 0; k < seen->n_related; k++) {
            const struct node *to = find(g, seen->related[k]);
            if (to && to != from)
                stet_buf_addf(out, "<line x1=%.1f y1=%.1f x2=%.1f y2=%.1f />\n",
                              from->x, from->y, to->x, to->y);
        }
    }
    stet_buf_adds(out, "</g>\n");
}

/* Cuts the first words of a headline off it, as many as fit a line. */
static struct stet_span cut_line(struct stet_span *rest)
{
    struct stet_span s = *rest;
    size_t n = 0, chars = 0, word = 0;

    for (; n < s.len && chars < LABEL; n++) {
        if (s.ptr[n] == ' ')
            word = n;
        chars += ((unsigned char)s.ptr[n] & 0xC0) != 0x80;
    }
    while (n < s.len && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
        n++;
    if (n < s.len && s.ptr[n] != ' ' && word > 0)
        n = word;
    *rest = stet_span_trim(stet_span_sub(s, n, s.len));
    return stet_span_sub(s, 0, n);
}

static void draw_label(struct stet_buf *out, double x, double y,
                       const char *anchor, struct stet_span headline, int lines)
{
    stet_buf_addf(out, "<text text-anchor=%s>", anchor);
    for (int i = 0; i < lines && headline.len > 0; i++) {
        struct stet_span line = cut_line(&headline);
        stet_buf_addf(out, "<tspan x=%.1f y=%.1f>", x, y + i * LEADING);
        stet_markup_text(out, line);
        stet_buf_addf(out, "%s</tspan>",
                      i == lines - 1 && headline.len > 0 ? "…" : "");
    }
    stet_buf_adds(out, "</text>");
}

static void draw_node(struct stet_buf *out, const struct node *n, int lines)
{
    const struct stet_sighting *seen = stet_story_newest(n->story);
    bool left = n->x < SIZE / 2.0 - 1;

    stet_buf_addf(out, "<g class=\"node %s%s\"><title>",
                  stet_markup_verdict(seen), n->story->seed ? " seed" : "");
    stet_markup_text(out, seen->headline);
    if (seen->marker.len > 0) {
        stet_buf_adds(out, " — ");
        stet_markup_text(out, seen->marker);
    }
    stet_buf_addf(out, "</title><circle cx=%.1f cy=%.1f r=%d />", n->x, n->y,
                  n->story->seed ? DOT + 3 : DOT);
    if (n->story->seed)
        draw_label(out, n->x, n->y + DOT + 18, "middle", seen->headline, lines);
    else
        draw_label(out, n->x + (left ? -DOT - 5 : DOT + 5), n->y + 4,
                   left ? "end" : "start", seen->headline, lines);
    stet_buf_adds(out, "</g>\n");
}

/* From where to where it reaches, labels with it. */
static void frame(const struct graph *g, double *top, double *bottom)
{
    *top = *bottom = SIZE / 2.0;
    for (size_t i = 0; i < g->len; i++) {
        *top = fmin(*top, g->nodes[i].y);
        *bottom = fmax(*bottom, g->nodes[i].y);
    }
    *top -= 24;
    *bottom += 36;
}

int stet_markup_graph(struct stet_buf *out, const struct stet_shelf *s)
{
    struct graph *g = stet_alloc(sizeof(*g));
    double top, bottom;

    if (!g)
        return STET_ENOMEM;
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < s->len && g->len < STET_MAX_GRAPH_NODES; i++) {
            if (s->list[i]->seed == (pass == 0))
                g->nodes[g->len++].story = s->list[i];
        }
    }
    set_rings(g);
    place(g);
    frame(g, &top, &bottom);
    stet_buf_addf(
        out,
        "<figure class=graph><svg viewBox=\"-160 %.0f %d %.0f\" role=img "
        "aria-label=\"Which stories call which related\">\n",
        top, SIZE + 320, bottom - top);
    draw_edges(out, g);
    for (size_t i = 0; i < g->len; i++)
        draw_node(out, &g->nodes[i], g->len <= FEW ? 2 : 1);
    stet_buf_adds(out, "</svg>\n<figcaption>The stories in the middle were "
                       "asked for; lines lead to what a story calls related.");
    if (s->len > g->len)
        stet_buf_addf(out, " %zu of %zu stories are drawn.", g->len, s->len);
    stet_buf_adds(out, "</figcaption></figure>\n");
    stet_free(g);
    return STET_OK;
}
