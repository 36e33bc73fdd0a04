#include "stet/warc.h"

#include "base/date.h"
#include "base/span.h"
#include "warc/head.h"

struct stet_span stet_warc_record_field(const struct stet_warc_record *rec,
                                        const char *name)
{
    for (size_t i = 0; i < rec->n_fields; i++)
        if (stet_span_ieqs(rec->fields[i].name, name))
            return rec->fields[i].value;
    return (struct stet_span){ NULL, 0 };
}

struct stet_span stet_warc_record_uri(const struct stet_warc_record *rec,
                                      const char *name)
{
    struct stet_span v = stet_warc_record_field(rec, name);

    if (v.len >= 2 && v.ptr[0] == '<' && v.ptr[v.len - 1] == '>')
        return stet_span_sub(v, 1, v.len - 2);
    return v;
}

int64_t stet_warc_date_parse(struct stet_span v)
{
    char text[STET_DATE_TEXT_MAX];

    if (v.len > sizeof(text))
        return STET_NO_DATE;
    for (size_t i = 0; i < v.len; i++) {
        char c = v.ptr[i];
        text[i] = c == 't' || c == 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return stet_date_parse_w3c((struct stet_span){ text, v.len });
}

int64_t stet_warc_record_date(const struct stet_warc_record *rec)
{
    return stet_warc_date_parse(stet_warc_record_field(rec, "WARC-Date"));
}
