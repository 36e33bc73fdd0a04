/*
 * Time from left to right: stories where they were published, and below
 * them where they were captured.
 */
#include "report/markup.h"

#include "base/date.h"

enum {
    WIDTH = 1000,
    HEIGHT = 190,
    MARGIN = 30,
    AXIS = 130, /* where the line of time is */
    STACK = 9,  /* between dots of the same place */
    MAX_STACK = 10,
    SLOTS = 200,
};

struct scale {
    int64_t first, last; /* ms */
};

static double x_of(const struct scale *t, int64_t ms)
{
    return MARGIN + (WIDTH - 2 * MARGIN) * (double)(ms - t->first) /
                        (double)(t->last - t->first);
}

static void widen(struct scale *t, int64_t ms)
{
    if (ms == INT64_MAX || ms == STET_NO_DATE)
        return;
    if (ms < t->first)
        t->first = ms;
    if (ms > t->last)
        t->last = ms;
}

/* A mark each year or, if these are too many, each fifth, tenth … */
static void draw_axis(struct stet_buf *out, const struct scale *t)
{
    struct stet_civil a, b;
    int step = 1;

    stet_date_split(&a, t->first);
    stet_date_split(&b, t->last);
    while ((b.year - a.year) / step > 14)
        step *= step == 1 ? 5 : 2;
    stet_buf_addf(out, "<line class=axis x1=%d y1=%d x2=%d y2=%d />\n", MARGIN,
                  AXIS, WIDTH - MARGIN, AXIS);
    for (int y = (a.year / step + 1) * step; y <= b.year; y += step) {
        struct stet_civil c = { .year = y, .month = 1, .day = 1 };
        double x = x_of(t, stet_date_join(&c));
        stet_buf_addf(out,
                      "<line class=tick x1=%.1f y1=%d x2=%.1f y2=%d />"
                      "<text x=%.1f y=%d text-anchor=middle>%d</text>\n",
                      x, AXIS - 4, x, AXIS + 4, x, AXIS + 46, y);
    }
}

static void draw_story(struct stet_buf *out, const struct scale *t,
                       const struct stet_story *s, int stack[SLOTS + 1])
{
    const struct stet_sighting *seen = stet_story_newest(s);
    int64_t ms = stet_story_published_ms(s);
    int slot, level;
    double x;

    if (ms == INT64_MAX)
        return;
    x = x_of(t, ms);
    slot = (int)(x * SLOTS / WIDTH);
    level = stack[slot]++;
    if (level > MAX_STACK)
        level = MAX_STACK;
    stet_buf_addf(out, "<circle class=\"%s\" cx=%.1f cy=%d r=4.5><title>",
                  stet_markup_verdict(seen), x, AXIS - 14 - level * STACK);
    stet_markup_text(out, stet_span_sub(seen->published, 0, 10));
    stet_buf_adds(out, " ");
    stet_markup_text(out, seen->headline);
    stet_buf_adds(out, "</title></circle>\n");
}

static void draw_captures(struct stet_buf *out, const struct scale *t,
                          const struct stet_story *s, double *last)
{
    for (size_t i = 0; i < s->n_seen; i++) {
        double x = s->seen[i].time_ms == STET_NO_DATE
                       ? *last
                       : x_of(t, s->seen[i].time_ms);
        if (x - *last < 0.5 && *last - x < 0.5)
            continue;
        stet_buf_addf(out,
                      "<path class=capture d=\"M%.1f %d l-5 9 h10 z\"><title>"
                      "captured ",
                      x, AXIS + 8);
        stet_markup_text(out, stet_span_sub(s->seen[i].time, 0, 19));
        stet_buf_adds(out, "</title></path>\n");
        *last = x;
    }
}

void stet_markup_timeline(struct stet_buf *out, const struct stet_shelf *s)
{
    struct scale t = { INT64_MAX, INT64_MIN };
    int stack[SLOTS + 1] = { 0 };
    double last = -10;

    for (size_t i = 0; i < s->len; i++) {
        widen(&t, stet_story_published_ms(s->list[i]));
        for (size_t k = 0; k < s->list[i]->n_seen; k++)
            widen(&t, s->list[i]->seen[k].time_ms);
    }
    if (t.first >= t.last)
        return;
    stet_buf_addf(out,
                  "<figure class=timeline><svg viewBox=\"0 0 %d %d\" role=img "
                  "aria-label=\"When stories were published and captured\">\n",
                  WIDTH, HEIGHT);
    draw_axis(out, &t);
    for (size_t i = 0; i < s->len; i++)
        draw_story(out, &t, s->list[i], stack);
    for (size_t i = 0; i < s->len; i++)
        draw_captures(out, &t, s->list[i], &last);
    stet_buf_adds(out, "</svg>\n<figcaption>Dots: published. Triangles: "
                       "captured.</figcaption></figure>\n");
}
