#include "pack/texts.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/utf8.h"
#include "json/json.h"
#include "json/write.h"

#include <inttypes.h>

enum {
    MAX_KEYS = 512 << 20,
    IN_MEMORY = 16 << 20,
    MAX_KEY = 1 << 20,
    MAX_LINE = 16 << 20,
};

struct place {
    uint64_t at;
    size_t len;
};

void stet_texts_init(struct stet_texts *t)
{
    stet_map_init(&t->places, MAX_KEYS);
    stet_arena_init(&t->arena, MAX_KEYS);
    stet_spool_init(&t->all, NULL, IN_MEMORY);
}

void stet_texts_clear(struct stet_texts *t)
{
    stet_map_clear(&t->places);
    stet_arena_clear(&t->arena);
    stet_spool_clear(&t->all);
}

/* The page that a record is the text of; ptr NULL: of none. */
static struct stet_span page_of(const struct stet_warc_record *rec)
{
    static const struct stet_span begins[] = {
        STET_SPAN_INIT("urn:text:"), STET_SPAN_INIT("urn:textFinal:")
    };
    struct stet_span uri = stet_warc_record_uri(rec, "WARC-Target-URI");

    for (size_t i = 0; i < 2 && stet_span_eqs(rec->type, "resource"); i++)
        if (stet_span_starts(uri, begins[i]))
            return stet_span_sub(uri, begins[i].len, uri.len);
    return (struct stet_span){ NULL, 0 };
}

static int read_block(struct stet_texts *t, struct stet_warc_reader *r,
                      struct place *p, struct stet_error *err)
{
    char piece[16 * 1024];
    size_t got = 1;
    int rc = STET_OK;

    while (rc == STET_OK && got > 0) {
        rc = stet_warc_reader_read(r, piece, sizeof(piece), &got, err);
        if (rc == STET_OK && got > STET_MAX_PAGE_TEXT - p->len)
            got = STET_MAX_PAGE_TEXT - p->len;
        if (rc == STET_OK)
            rc = stet_spool_add(&t->all, piece, got, err);
        p->len += got;
    }
    return stet_is_fatal(rc) ? rc : STET_OK;
}

static int name_key(struct stet_buf *key, int64_t date_ms, struct stet_span url)
{
    stet_buf_reset(key);
    if (date_ms != STET_NO_DATE)
        stet_buf_addf(key, "%" PRId64 " ", date_ms);
    stet_buf_add_span(key, url);
    return stet_buf_status(key);
}

static int put(struct stet_texts *t, struct stet_buf *key, int64_t date_ms,
               struct stet_span url, struct place *p)
{
    struct stet_map_entry *e;

    if (name_key(key, date_ms, url) < 0)
        return STET_ENOMEM;
    e = stet_map_put(&t->places, stet_buf_span(key), NULL);
    if (!e)
        return STET_ENOMEM;
    e->value = p;
    return STET_OK;
}

int stet_texts_take(struct stet_texts *t, struct stet_warc_reader *r,
                    const struct stet_warc_record *rec, struct stet_error *err)
{
    struct stet_span url = page_of(rec);
    struct place *p;
    struct stet_buf key;
    int rc = STET_OK;

    if (url.len == 0 || url.len > MAX_KEY / 2)
        return STET_OK;
    stet_buf_init(&key, MAX_KEY);
    p = stet_arena_alloc(&t->arena, sizeof(*p));
    if (p) {
        p->at = t->all.len;
        rc = put(t, &key, STET_NO_DATE, url, p);
    }
    if (p && rc == STET_OK)
        rc = put(t, &key, stet_warc_record_date(rec), url, p);
    if (!p || rc < 0)
        rc = stet_fail(err, STET_ENOMEM, "no memory for the text of pages");
    else
        rc = read_block(t, r, p, err);
    stet_buf_clear(&key);
    return rc;
}

/* -- the lists ------------------------------------------------------------- */

static const struct place *find(const struct stet_texts *t,
                                const struct stet_json_value *page,
                                struct stet_buf *key)
{
    struct stet_span url = stet_json_get_string(page, "url");
    int64_t ms = stet_date_parse_w3c(stet_json_get_string(page, "ts"));
    const struct stet_map_entry *e = NULL;

    if (url.len == 0 || stet_json_get(page, "text"))
        return NULL;
    if (ms != STET_NO_DATE && name_key(key, ms, url) == STET_OK)
        e = stet_map_find(&t->places, stet_buf_span(key));
    if (!e)
        e = stet_map_find(&t->places, url);
    return e ? e->value : NULL;
}

/* {...,"text":"..."} */
static void add_text(struct stet_buf *out, struct stet_span line,
                     struct stet_span text)
{
    size_t end = line.len;

    while (end > 0 && line.ptr[end - 1] != '}')
        end--;
    stet_buf_add_span(out, stet_span_sub(line, 0, end ? end - 1 : 0));
    stet_buf_adds(out, ",\"text\":");
    stet_json_add_string(out, text);
    stet_buf_addc(out, '}');
}

static int add_line(struct stet_texts *t, struct stet_buf *out,
                    struct stet_span line, struct stet_buf *key,
                    struct stet_error *err)
{
    struct stet_json *json = NULL;
    const struct place *p = NULL;
    struct stet_span all;
    int rc = stet_json_parse(&json, line, NULL, NULL);

    stet_buf_reset(out);
    if (rc == STET_OK)
        p = find(t, stet_json_root(json), key);
    if (p && p->len > 0) {
        rc = stet_spool_view(&t->all, &all, err);
        if (rc == STET_OK)
            add_text(out, line, stet_span_sub(all, (size_t)p->at, p->len));
    } else if (rc != STET_ENOMEM) {
        stet_buf_add_span(out, line);
        rc = STET_OK;
    }
    stet_buf_addc(out, '\n');
    stet_json_free(json);
    return rc == STET_OK ? stet_buf_status(out) : rc;
}

int stet_texts_add(struct stet_texts *t, struct stet_spool *out,
                   struct stet_span lines, struct stet_error *err)
{
    struct stet_buf line, key;
    int rc = STET_OK;

    stet_buf_init(&line, MAX_LINE);
    stet_buf_init(&key, MAX_KEY);
    while (rc == STET_OK && lines.ptr && lines.len > 0) {
        rc = add_line(t, &line, stet_span_cut(&lines, '\n'), &key, err);
        if (rc == STET_OK)
            rc = stet_spool_add(out, line.data, line.len, err);
    }
    stet_buf_clear(&line);
    stet_buf_clear(&key);
    return rc < 0 ? stet_fail(err, rc, "cannot write the pages' text") : rc;
}
