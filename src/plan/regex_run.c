/*
 * All states of an expression at once: a set of steps that the text so far
 * can have led to, moved on byte by byte.
 */
#include "plan/regex_code.h"

#include <string.h>

/* A set of steps that is emptied in one go: a step is in it when the list,
 * at the place the step names, names the step. */
struct states {
    uint16_t list[STET_MAX_REGEX_CODE];
    uint16_t place[STET_MAX_REGEX_CODE];
    size_t n;
};

struct place {
    bool begin, end;
};

static bool holds(const struct states *s, size_t step)
{
    return s->place[step] < s->n && s->list[s->place[step]] == step;
}

static void push(struct states *s, size_t step)
{
    if (holds(s, step))
        return;
    s->place[step] = (uint16_t)s->n;
    s->list[s->n++] = (uint16_t)step;
}

static size_t jump(const struct stet_regex *r, size_t at)
{
    return at + (size_t)r->code[at].arg; /* may wrap: it goes back */
}

/* Follows what needs no byte; the set grows while it is walked.  True if
 * that leads to a match. */
static bool follow(const struct stet_regex *r, struct states *s, size_t from,
                   struct place where)
{
    for (size_t i = from; i < s->n; i++) {
        size_t at = s->list[i];

        switch (r->code[at].op) {
        case STET_REGEX_SPLIT:
            push(s, at + 1);
            push(s, jump(r, at));
            break;
        case STET_REGEX_JUMP:
            push(s, jump(r, at));
            break;
        case STET_REGEX_BEGIN:
            if (where.begin)
                push(s, at + 1);
            break;
        case STET_REGEX_END:
            if (where.end)
                push(s, at + 1);
            break;
        case STET_REGEX_MATCH:
            return true;
        case STET_REGEX_CLASS:
            break;
        }
    }
    return false;
}

void stet_regex_find_first(struct stet_regex *r)
{
    struct states s;

    s.n = 0;
    memset(s.place, 0, sizeof(s.place));
    push(&s, 0);
    r->empty_matches = follow(r, &s, 0, (struct place){ true, true });
    for (size_t i = 0; i < s.n; i++) {
        const struct stet_regex_step *step = &r->code[s.list[i]];

        for (size_t b = 0; step->op == STET_REGEX_CLASS && b < 4; b++)
            r->first.bits[b] |= r->classes[step->arg].bits[b];
    }
}

static void advance(const struct stet_regex *r, const struct states *now,
                    struct states *next, unsigned char byte)
{
    next->n = 0;
    for (size_t i = 0; i < now->n; i++) {
        const struct stet_regex_step *step = &r->code[now->list[i]];

        if (step->op == STET_REGEX_CLASS &&
            stet_regex_has(&r->classes[step->arg], byte))
            push(next, (size_t)now->list[i] + 1);
    }
}

bool stet_regex_matches(const struct stet_regex *r, struct stet_span text)
{
    struct states sets[2], *now = &sets[0], *next = &sets[1], *swap;

    memset(sets[0].place, 0, sizeof(sets[0].place));
    memset(sets[1].place, 0, sizeof(sets[1].place));
    now->n = next->n = 0;
    for (size_t i = 0; i <= text.len; i++) {
        struct place where = { i == 0, i == text.len };
        bool starts = i < text.len &&
                      stet_regex_has(&r->first, (unsigned char)text.ptr[i]);

        if (starts || r->empty_matches)
            push(now, 0);
        if (now->n == 0)
            continue;
        if (follow(r, now, 0, where))
            return true;
        if (i == text.len)
            break;
        advance(r, now, next, (unsigned char)text.ptr[i]);
        swap = now;
        now = next;
        next = swap;
    }
    return false;
}
