#include "report/shelf.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "json/json.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void stet_shelf_init(struct stet_shelf *s)
{
    *s = (struct stet_shelf){ .list = NULL };
    stet_map_init(&s->urls, STET_MAX_SHELF_BYTES);
    stet_arena_init(&s->arena, STET_MAX_SHELF_BYTES);
}

void stet_shelf_clear(struct stet_shelf *s)
{
    for (size_t i = 0; i < s->len; i++)
        stet_free(s->list[i]->seen);
    stet_free(s->list);
    stet_map_clear(&s->urls);
    stet_arena_clear(&s->arena);
    stet_shelf_init(s);
}

/* Copies of texts; the first failure stays. */
struct keeper {
    struct stet_arena *arena;
    bool failed;
};

static struct stet_span keep(struct keeper *k, struct stet_span s)
{
    struct stet_span kept =
        stet_arena_dup(k->arena, s.ptr ? s : (struct stet_span){ "", 0 });

    k->failed |= !kept.ptr;
    return kept;
}

static struct stet_span keep_member(struct keeper *k,
                                    const struct stet_json_value *v,
                                    const char *name)
{
    return keep(k, stet_json_get_string(v, name));
}

/* The strings of an array, or the member `name` of its objects. */
static struct stet_span *keep_list(struct keeper *k,
                                   const struct stet_json_value *v,
                                   const char *name, size_t max, size_t *n)
{
    size_t len = stet_json_len(v) < max ? stet_json_len(v) : max;
    struct stet_span *out =
        stet_arena_alloc(k->arena, (len + 1) * sizeof(*out));

    *n = 0;
    k->failed |= !out;
    for (size_t i = 0; out && i < len; i++) {
        const struct stet_json_value *item = stet_json_at(v, i);
        struct stet_span s =
            name ? stet_json_get_string(item, name) : stet_json_string(item);
        if (s.len > 0)
            out[(*n)++] = keep(k, s);
    }
    return out;
}

/* The files of the lead picture: the best first, then the others. */
static void keep_pictures(struct keeper *k, const struct stet_json_value *a,
                          struct stet_sighting *out)
{
    const struct stet_json_value *first =
        stet_json_at(stet_json_get(a, "images"), 0);
    struct stet_span lead = stet_json_get_string(a, "lead-image");

    out->pictures = keep_list(k, stet_json_get(first, "urls"), NULL,
                              STET_MAX_STORY_PICTURES - 1, &out->n_pictures);
    if (lead.len > 0 && out->pictures && out->n_pictures == 0) {
        out->pictures = stet_arena_alloc(k->arena, sizeof(*out->pictures));
        k->failed |= !out->pictures;
        if (out->pictures)
            out->pictures[out->n_pictures++] = keep(k, lead);
    }
}

static int read_sighting(struct stet_shelf *s,
                         const struct stet_json_value *line,
                         struct stet_sighting *out)
{
    const struct stet_json_value *a = stet_json_get(line, "article");
    struct keeper k = { &s->arena, false };

    *out = (struct stet_sighting){
        .time = keep_member(&k, line, "ts"),
        .headline = keep_member(&k, a, "headline"),
        .byline = keep_member(&k, a, "byline"),
        .published = keep_member(&k, a, "published"),
        .published_source = keep_member(&k, a, "published-source"),
        .modified = keep_member(&k, a, "modified"),
        .age = keep_member(&k, a, "age-at-capture"),
        .marker = keep_member(&k, a, "marker"),
        .marker_kind = keep_member(&k, a, "marker-kind"),
        .verdict = keep_member(&k, a, "marker-verdict"),
        .fingerprint = keep_member(&k, a, "text-fingerprint"),
        .same_as = keep_member(&k, line, "same-text-as"),
        .caption = keep_member(&k, a, "lead-image-caption"),
        .credit = keep_member(&k, a, "lead-image-credit"),
    };
    if (out->headline.len == 0)
        out->headline = keep_member(&k, line, "title");
    out->time_ms = stet_date_parse_w3c(out->time);
    out->related = keep_list(&k, stet_json_get(a, "related"), "url", SIZE_MAX,
                             &out->n_related);
    keep_pictures(&k, a, out);
    return k.failed ? STET_ENOMEM : STET_OK;
}

static int add_story(struct stet_shelf *s, struct stet_span url,
                     struct stet_story **out)
{
    struct stet_map_entry *e = stet_map_put(&s->urls, url, NULL);

    *out = NULL;
    if (!e)
        return STET_ENOMEM;
    if (!e->value) {
        struct stet_story *story = stet_arena_alloc(&s->arena, sizeof(*story));
        if (!story || stet_grow_array(&s->list, &s->cap, s->len + 1,
                                      sizeof(struct stet_story *)) < 0)
            return STET_ENOMEM;
        story->url = stet_arena_dup(&s->arena, url);
        if (!story->url.ptr)
            return STET_ENOMEM;
        s->list[s->len++] = story;
        e->value = story;
    }
    *out = e->value;
    return STET_OK;
}

/* Puts a sighting behind all that are not newer. */
static int add_sighting(struct stet_story *story,
                        const struct stet_sighting *seen)
{
    size_t at = story->n_seen;

    if (stet_grow_array(&story->seen, &story->cap_seen, story->n_seen + 1,
                        sizeof(*story->seen)) < 0)
        return STET_ENOMEM;
    for (; at > 0 && story->seen[at - 1].time_ms > seen->time_ms; at--)
        story->seen[at] = story->seen[at - 1];
    story->seen[at] = *seen;
    story->n_seen++;
    return STET_OK;
}

/* Articles, and whatever has a marker or a date of its own. */
static bool is_story(const struct stet_json_value *line)
{
    const struct stet_json_value *a = stet_json_get(line, "article");
    struct stet_span kind = stet_json_get_string(a, "page-kind");
    int64_t status = 200;

    (void)stet_json_int(stet_json_get(line, "status"), &status);
    if (!a || status >= 400)
        return false;
    if (kind.len > 0)
        return stet_span_eqs(kind, "article") || stet_span_eqs(kind, "teaser");
    return stet_json_get(a, "marker") || stet_json_get(a, "published");
}

static int add_line(struct stet_shelf *s, struct stet_span text,
                    struct stet_error *err)
{
    struct stet_json *tree = NULL;
    const struct stet_json_value *line;
    struct stet_sighting seen;
    struct stet_story *story = NULL;
    int rc = stet_json_parse(&tree, text, NULL, NULL);

    line = stet_json_root(tree);
    if (rc == STET_OK && is_story(line)) {
        rc = read_sighting(s, line, &seen);
        if (rc == STET_OK)
            rc = add_story(s, stet_json_get_string(line, "url"), &story);
        if (rc == STET_OK)
            rc = add_sighting(story, &seen);
        if (rc == STET_OK)
            story->seed |= stet_json_is_true(stet_json_get(line, "seed"));
    }
    stet_json_free(tree);
    return rc == STET_ENOMEM ? stet_fail(err, rc, "no memory for stories")
                             : STET_OK;
}

/* *found is set if the file is there. */
static int read_list(struct stet_shelf *s, const char *archive,
                     const char *name, bool *found, struct stet_error *err)
{
    struct stet_buf path;
    FILE *f = NULL;
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    int rc;

    stet_buf_init(&path, PATH_MAX);
    rc = stet_path_join(&path, archive, name);
    if (rc == STET_OK)
        f = fopen(path.data, "rbe");
    *found |= f != NULL;
    while (rc == STET_OK && f && (n = getline(&line, &cap, f)) >= 0) {
        rc = n > STET_MAX_PAGE_LINE
                 ? stet_fail(err, STET_ELIMIT, "a line of %s", path.data)
                 : add_line(s, (struct stet_span){ line, (size_t)n }, err);
    }
    if (rc == STET_OK && f && ferror(f))
        rc = stet_fail_sys(err, STET_EIO, "cannot read %s", path.data);
    free(line);
    if (f)
        fclose(f);
    stet_buf_clear(&path);
    return rc;
}

int stet_shelf_read(struct stet_shelf *s, const char *archive,
                    struct stet_error *err)
{
    bool found = false;
    int rc = read_list(s, archive, "pages/pages.jsonl", &found, err);

    if (rc == STET_OK)
        rc = read_list(s, archive, "pages/extraPages.jsonl", &found, err);
    if (rc == STET_OK && !found)
        rc = stet_fail(err, STET_ENOTFOUND, "%.150s: no pages/pages.jsonl",
                       archive);
    return rc;
}

struct stet_story *stet_shelf_find(const struct stet_shelf *s,
                                   struct stet_span url)
{
    struct stet_map_entry *e = stet_map_find(&s->urls, url);

    return e ? e->value : NULL;
}

const struct stet_sighting *stet_story_newest(const struct stet_story *s)
{
    return &s->seen[s->n_seen - 1];
}

/* Takes "+01:00" off the end of *text; in ms.  0: there is none. */
static int64_t take_offset(struct stet_span *text)
{
    const char *p = text->ptr + text->len - 6;
    int64_t minutes;

    if (text->len < 16 || (*p != '+' && *p != '-') || p[3] != ':')
        return 0;
    minutes =
        ((p[1] - '0') * 10 + p[2] - '0') * 60 + (p[4] - '0') * 10 + p[5] - '0';
    text->len -= 6;
    return (*p == '+' ? minutes : -minutes) * 60000;
}

int64_t stet_story_published_ms(const struct stet_story *s)
{
    struct stet_span text = stet_story_newest(s)->published;
    int64_t offset = take_offset(&text), ms = STET_NO_DATE;
    struct stet_buf utc;

    stet_buf_init(&utc, 64);
    stet_buf_add_span(&utc, text);
    if (offset != 0)
        stet_buf_addc(&utc, 'Z');
    if (text.len > 0 && stet_buf_status(&utc) == STET_OK)
        ms = stet_date_parse_w3c(stet_buf_span(&utc));
    stet_buf_clear(&utc);
    return ms == STET_NO_DATE ? INT64_MAX : ms - offset;
}

/* Stories changed since may each say that they have another's text: then the
 * one that was listed first is the original. */
static void find_originals(struct stet_shelf *s)
{
    for (size_t i = s->len; i-- > 0;) {
        struct stet_span url = stet_story_newest(s->list[i])->same_as;
        struct stet_story *to = url.len > 0 ? stet_shelf_find(s, url) : NULL;

        while (to && to->original)
            to = to->original;
        s->list[i]->original = to != s->list[i] ? to : NULL;
    }
    for (size_t i = 0; i < s->len; i++) {
        struct stet_story *story = s->list[i];

        while (story->original && story->original->original)
            story->original = story->original->original;
    }
}

static int by_own_date(const struct stet_story *x, const struct stet_story *y)
{
    int64_t m = stet_story_published_ms(x), n = stet_story_published_ms(y);

    if (m != n)
        return m < n ? -1 : 1;
    return stet_span_compare(x->url, y->url);
}

static int by_date(const void *a, const void *b)
{
    const struct stet_story *x = *(struct stet_story *const *)a;
    const struct stet_story *y = *(struct stet_story *const *)b;
    const struct stet_story *first = x->original ? x->original : x;
    const struct stet_story *second = y->original ? y->original : y;

    if (first != second)
        return by_own_date(first, second);
    if (x == first || y == first)
        return x == y ? 0 : x == first ? -1 : 1;
    return by_own_date(x, y);
}

void stet_shelf_sort(struct stet_shelf *s)
{
    find_originals(s);
    if (s->len > 1)
        qsort(s->list, s->len, sizeof(struct stet_story *), by_date);
}
