#include "index/line.h"

#include "base/date.h"
#include "index/cdxj.h"
#include "stet/url.h"

struct stet_span stet_index_head(enum stet_index_form form)
{
    switch (form) {
    case STET_INDEX_CDX11:
        return STET_SPAN(" CDX N b a m s k r M S V g");
    case STET_INDEX_CDX9:
        return STET_SPAN(" CDX N b a m s k r V g");
    case STET_INDEX_CDXJ:
        break;
    }
    return (struct stet_span){ "", 0 };
}

/* The key; a space in it would move every field after it. */
static int add_key(struct stet_buf *out, const struct stet_index_line *line,
                   bool wabac)
{
    struct stet_span url = line->key_url.ptr ? line->key_url : line->url;
    struct stet_bytes key = { NULL, 0 };
    struct stet_span text;
    int rc;

    if (url.len == 0) {
        stet_buf_addc(out, '-');
        return STET_OK;
    }
    rc = wabac ? stet_url_surt_wabac(&key, url, NULL)
               : stet_url_surt(&key, url, NULL);
    text = (struct stet_span){ key.data, key.len };
    if (rc == STET_OK &&
        (text.len == 0 || memchr(text.ptr, ' ', text.len) != NULL))
        rc = STET_EFORMAT;
    if (rc == STET_OK)
        stet_buf_add_span(out, text);
    stet_bytes_clear(&key);
    return rc;
}

static void add_json(struct stet_buf *out, const struct stet_index_line *line,
                     const struct stet_index_spec *spec)
{
    bool has_method = false;

    stet_buf_addc(out, '{');
    for (size_t i = 0; i < spec->n_fields; i++) {
        struct stet_span value = line->values[i];

        if (line->has_request && spec->fields[i].source == STET_INDEX_METHOD) {
            has_method = true;
            value = line->method;
        }
        if (value.ptr)
            stet_cdxj_add_member(out, spec->fields[i].name, value);
    }
    if (line->has_request)
        stet_cdxj_add_member(out, "requestBody", line->body);
    if (line->has_request && !has_method)
        stet_cdxj_add_member(out, "method", line->method);
    stet_buf_addc(out, '}');
}

/* A column is never empty and has no blanks. */
static void add_column(struct stet_buf *out, struct stet_span value)
{
    stet_buf_addc(out, ' ');
    if (value.len == 0)
        stet_buf_addc(out, '-');
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.ptr[i] <= ' ')
            stet_buf_addf(out, "%%%02X", (unsigned char)value.ptr[i]);
        else
            stet_buf_addc(out, value.ptr[i]);
}

static struct stet_span value_of(const struct stet_index_line *line,
                                 const struct stet_index_spec *spec,
                                 enum stet_index_source source)
{
    for (size_t i = 0; i < spec->n_fields; i++)
        if (spec->fields[i].source == source)
            return line->values[i];
    return (struct stet_span){ NULL, 0 };
}

/* "a m s k r M S V g", or without M and S. */
static void add_columns(struct stet_buf *out,
                        const struct stet_index_line *line,
                        const struct stet_index_spec *spec, bool all)
{
    struct stet_span none = { NULL, 0 };
    struct stet_span digest = value_of(line, spec, STET_INDEX_DIGEST);
    size_t colon = stet_span_find(digest, STET_SPAN(":"));

    if (digest.len > 0 && colon < digest.len)
        digest = stet_span_sub(digest, colon + 1, digest.len);
    add_column(out, value_of(line, spec, STET_INDEX_URL));
    add_column(out, value_of(line, spec, STET_INDEX_MIME));
    add_column(out, value_of(line, spec, STET_INDEX_STATUS));
    add_column(out, digest);
    add_column(out, none);
    if (all) {
        add_column(out, none);
        add_column(out, value_of(line, spec, STET_INDEX_LENGTH));
    }
    add_column(out, value_of(line, spec, STET_INDEX_OFFSET));
    add_column(out, value_of(line, spec, STET_INDEX_FILENAME));
}

int stet_index_line_add(struct stet_buf *out,
                        const struct stet_index_line *line,
                        const struct stet_index_spec *spec,
                        const struct stet_index_options *o)
{
    char date[STET_DATE_TEXT_MAX];
    int rc = add_key(out, line, o->wabac_keys);

    if (rc < 0)
        return rc;
    stet_date_print_14(date, line->date_ms);
    stet_buf_addf(out, " %s", date);
    if (o->form == STET_INDEX_CDXJ) {
        stet_buf_addc(out, ' ');
        if (stet_buf_status(out) == STET_OK)
            add_json(out, line, spec);
    } else {
        add_columns(out, line, spec, o->form == STET_INDEX_CDX11);
    }
    return stet_buf_status(out);
}
