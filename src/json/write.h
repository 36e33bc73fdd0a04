#ifndef STET_JSON_WRITE_H
#define STET_JSON_WRITE_H

#include "base/buf.h"

/*
 * JSON written onto a buffer.  Commas, quotes and line ends are the
 * writer's; errors latch in the buffer, so build first and ask
 * stet_buf_status() once.
 *
 *     struct stet_json_writer w;
 *
 *     stet_json_writer_init(&w, &buf, STET_JSON_COMPACT);
 *     stet_json_begin_object(&w);
 *     stet_json_member_string(&w, "url", url);
 *     stet_json_key(&w, "sizes");
 *     stet_json_begin_array(&w);
 *     stet_json_put_int(&w, 640);
 *     stet_json_end(&w);
 *     stet_json_end(&w);
 *
 * Nothing is added after the last end: a caller who writes lines adds the
 * '\n'.
 */
enum stet_json_style {
    STET_JSON_COMPACT, /* {"a":1,"b":[2,3]} */
    STET_JSON_SPACED,  /* {"a": 1, "b": [2, 3]}, as Python prints it */
    STET_JSON_PRETTY,  /* a line a member, indented by two */
};

enum { STET_MAX_JSON_WRITE_DEPTH = 63 };

struct stet_json_writer {
    struct stet_buf *out;
    enum stet_json_style style;
    unsigned depth;
    uint64_t is_object; /* bit d: what is open at depth d */
    uint64_t has_item;  /* bit d: something stands in it already */
    bool after_key;
};

/* Adds a quoted string: ", \ and control characters escaped, what is not
 * UTF-8 as U+FFFD, all else as it is. */
void stet_json_add_string(struct stet_buf *b, struct stet_span s);

/* Allocates nothing and needs no clearing. */
void stet_json_writer_init(struct stet_json_writer *w, struct stet_buf *out,
                           enum stet_json_style style);

/* Going deeper than STET_MAX_JSON_WRITE_DEPTH is a fault of the caller. */
void stet_json_begin_object(struct stet_json_writer *w);
void stet_json_begin_array(struct stet_json_writer *w);
void stet_json_end(struct stet_json_writer *w); /* of the innermost */

/* In an object: the name of the value that is put or begun next. */
void stet_json_key(struct stet_json_writer *w, const char *key);
void stet_json_key_span(struct stet_json_writer *w, struct stet_span key);

void stet_json_put_string(struct stet_json_writer *w, struct stet_span s);
void stet_json_put_int(struct stet_json_writer *w, int64_t n);
void stet_json_put_real(struct stet_json_writer *w, double x); /* finite */
void stet_json_put_bool(struct stet_json_writer *w, bool yes);
void stet_json_put_null(struct stet_json_writer *w);
void stet_json_put_raw(struct stet_json_writer *w, struct stet_span json);

/* A value that was read (see json.h); NULL puts null. */
struct stet_json_value;
void stet_json_put_value(struct stet_json_writer *w,
                         const struct stet_json_value *v);

/* Key and value in one. */
void stet_json_member_string(struct stet_json_writer *w, const char *key,
                             struct stet_span s);
void stet_json_member_int(struct stet_json_writer *w, const char *key,
                          int64_t n);
void stet_json_member_bool(struct stet_json_writer *w, const char *key,
                           bool yes);

#endif
