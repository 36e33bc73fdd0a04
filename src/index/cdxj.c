#include "index/cdxj.h"

#include "base/date.h"
#include "base/span.h"
#include "base/utf8.h"
#include "stet/url.h"
#include "json/json.h"

#include <inttypes.h>
#include <stdio.h>

static void add_escape(struct stet_buf *b, uint32_t unit)
{
    stet_buf_addf(b, "\\u%04x", (unsigned)unit);
}

/* How many bytes from the front stand for themselves. */
static size_t plain_run(struct stet_span s)
{
    size_t n = 0;

    while (n < s.len && s.ptr[n] >= ' ' && s.ptr[n] != '"' &&
           s.ptr[n] != '\\' && s.ptr[n] < 0x7F)
        n++;
    return n;
}

/*
 * A JSON string in ASCII alone, as Python's json.dumps() writes it: other
 * tools compare and cut these lines as text.
 */
static void add_string(struct stet_buf *b, struct stet_span s)
{
    static const char plain[] = "\b\f\n\r\t\"\\", letter[] = "bfnrt\"\\";

    stet_buf_addc(b, '"');
    while (s.len > 0) {
        size_t run = plain_run(s), i = 0;
        uint32_t cp;

        stet_buf_add(b, s.ptr, run);
        s = stet_span_sub(s, run, s.len);
        if (s.len == 0)
            break;
        cp = stet_utf8_next(&s);

        while (plain[i] && (uint32_t)plain[i] != cp)
            i++;
        if (plain[i]) {
            stet_buf_addc(b, '\\');
            stet_buf_addc(b, letter[i]);
        } else if (cp < 0x20 || (cp >= 0x80 && cp < 0x10000)) {
            add_escape(b, cp);
        } else if (cp >= 0x10000) {
            add_escape(b, 0xD800 + ((cp - 0x10000) >> 10));
            add_escape(b, 0xDC00 + ((cp - 0x10000) & 0x3FF));
        } else {
            stet_buf_addc(b, (char)cp);
        }
    }
    stet_buf_addc(b, '"');
}

void stet_cdxj_add_member(struct stet_buf *out, const char *name,
                          struct stet_span value)
{
    if (stet_buf_status(out) < 0 || !value.ptr)
        return;
    if (out->data[out->len - 1] != '{')
        stet_buf_adds(out, ", ");
    add_string(out, stet_span_of(name));
    stet_buf_adds(out, ": ");
    add_string(out, value);
}

static void add_number(struct stet_buf *b, const char *name, uint64_t n)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRIu64, n);
    stet_cdxj_add_member(b, name, stet_span_of(text));
}

/* An empty value is an absent one, save where a status line had none. */
static struct stet_span or_none(struct stet_span s)
{
    return s.len > 0 ? s : (struct stet_span){ NULL, 0 };
}

static void add_line(struct stet_buf *b, struct stet_span key,
                     const struct stet_cdxj *line)
{
    char date[STET_DATE_TEXT_MAX];

    stet_date_print_14(date, line->date_ms);
    stet_buf_add_span(b, key);
    stet_buf_addf(b, " %s {", date);
    if (stet_buf_status(b) < 0)
        return;
    stet_cdxj_add_member(b, "url", line->url);
    stet_cdxj_add_member(b, "mime", or_none(line->mime));
    stet_cdxj_add_member(b, "status", or_none(line->status));
    stet_cdxj_add_member(b, "digest", or_none(line->digest));
    add_number(b, "length", line->length);
    add_number(b, "offset", line->offset);
    stet_cdxj_add_member(b, "filename", line->filename);
    stet_buf_adds(b, "}\n");
}

int stet_cdxj_add(struct stet_buf *out, const struct stet_cdxj *line)
{
    struct stet_bytes made = { NULL, 0 };
    struct stet_span key = line->key;
    int rc = stet_buf_status(out);

    if (rc == STET_OK && key.len == 0) {
        rc = stet_url_surt(&made, line->url, NULL);
        key = (struct stet_span){ made.data, made.len };
    }
    /* A space in the key would move every field after it. */
    if (rc == STET_OK &&
        (key.len == 0 || stet_span_find(key, STET_SPAN(" ")) < key.len))
        rc = STET_EFORMAT;
    if (rc == STET_OK) {
        add_line(out, key, line);
        rc = stet_buf_status(out);
    }
    stet_bytes_clear(&made);
    return rc;
}

/* A string or number member as text in the arena; false without memory. */
static bool get_text(struct stet_span *out, const struct stet_json_value *o,
                     const char *name, struct stet_arena *arena)
{
    const struct stet_json_value *v = stet_json_get(o, name);
    struct stet_span text = stet_json_string(v);
    char digits[24];
    int64_t n;

    *out = (struct stet_span){ NULL, 0 };
    if (!text.ptr && stet_json_int(v, &n)) {
        snprintf(digits, sizeof(digits), "%" PRId64, n);
        text = stet_span_of(digits);
    }
    if (!text.ptr)
        return true;
    *out = stet_arena_dup(arena, text);
    return out->ptr != NULL;
}

static int read_members(struct stet_cdxj *out, const struct stet_json_value *o,
                        struct stet_arena *arena)
{
    struct stet_span length, offset;

    if (stet_json_type(o) != STET_JSON_OBJECT)
        return STET_EFORMAT;
    if (!get_text(&out->url, o, "url", arena) ||
        !get_text(&out->mime, o, "mime", arena) ||
        !get_text(&out->status, o, "status", arena) ||
        !get_text(&out->digest, o, "digest", arena) ||
        !get_text(&out->filename, o, "filename", arena) ||
        !get_text(&length, o, "length", arena) ||
        !get_text(&offset, o, "offset", arena))
        return STET_ENOMEM;
    if ((length.ptr && !stet_span_to_u64(length, &out->length)) ||
        (offset.ptr && !stet_span_to_u64(offset, &out->offset)))
        return STET_EFORMAT;
    return STET_OK;
}

int stet_cdxj_parse(struct stet_cdxj *out, struct stet_span line,
                    struct stet_arena *arena)
{
    struct stet_span rest = stet_span_trim(line);
    struct stet_json *json = NULL;
    struct stet_span date;
    int rc;

    *out = (struct stet_cdxj){ .date_ms = STET_NO_DATE };
    out->key = stet_span_cut(&rest, ' ');
    if (!rest.ptr || out->key.len == 0)
        return STET_EFORMAT;
    date = stet_span_cut(&rest, ' ');
    out->date_ms = stet_date_parse_digits(date);
    if (!rest.ptr || out->date_ms == STET_NO_DATE)
        return STET_EFORMAT;
    rc = stet_json_parse(&json, rest, NULL, NULL);
    if (rc == STET_OK)
        rc = read_members(out, stet_json_root(json), arena);
    stet_json_free(json);
    return rc;
}
