#ifndef STET_JSON_JSON_H
#define STET_JSON_JSON_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * JSON read into a tree (RFC 8259).  Of two members with one name the last
 * one counts.  Nothing a getter returns needs freeing; it is good as long
 * as the tree.  Getters take NULL and answer as for a value of the wrong
 * type, so that they can be chained.
 */
struct stet_json;       /* a parsed text */
struct stet_json_value; /* one value of it, borrowed */

enum {
    STET_MAX_JSON_BYTES = 16 << 20,
    STET_MAX_JSON_DEPTH = 128,
};

enum stet_json_type {
    STET_JSON_NONE, /* there is no value */
    STET_JSON_NULL,
    STET_JSON_BOOL,
    STET_JSON_INT,
    STET_JSON_REAL,
    STET_JSON_STRING,
    STET_JSON_ARRAY,
    STET_JSON_OBJECT,
};

/* All zero is the default: strict, with the limits above. */
struct stet_json_options {
    size_t max_bytes;    /* 0: STET_MAX_JSON_BYTES */
    size_t max_depth;    /* 0: STET_MAX_JSON_DEPTH; never above it */
    bool allow_trailing; /* anything may follow the value */

    /* Mends what pages get wrong and browsers' users never see: raw
     * control characters in strings, lone surrogates and bytes that are
     * not UTF-8 (U+FFFD), a comma before a closing bracket, a byte order
     * mark. */
    bool lenient;
};

/*
 * `o` may be NULL.  STET_EFORMAT with line and column in the error's text;
 * STET_ELIMIT: too long or too deep.
 */
int stet_json_parse(struct stet_json **out, struct stet_span text,
                    const struct stet_json_options *o, struct stet_error *err);
void stet_json_free(struct stet_json *j);

const struct stet_json_value *stet_json_root(const struct stet_json *j);

enum stet_json_type stet_json_type(const struct stet_json_value *v);

/* The text of a string (it may hold NULs); ptr is NULL for other types. */
struct stet_span stet_json_string(const struct stet_json_value *v);

/* False (and *out as it was) when v is not a number.  For a real,
 * stet_json_int() is false unless it is a whole number in range. */
bool stet_json_int(const struct stet_json_value *v, int64_t *out);
bool stet_json_real(const struct stet_json_value *v, double *out);

/* v is the value true. */
bool stet_json_is_true(const struct stet_json_value *v);

/* A member of an object by name; NULL when v has none. */
const struct stet_json_value *stet_json_get(const struct stet_json_value *v,
                                            const char *key);
struct stet_span stet_json_get_string(const struct stet_json_value *v,
                                      const char *key);

/* Members of an object or elements of an array; else 0. */
size_t stet_json_len(const struct stet_json_value *v);

/* An element of an array; NULL past the end. */
const struct stet_json_value *stet_json_at(const struct stet_json_value *v,
                                           size_t i);

/* Adds v as compact JSON; "null" for NULL. */
void stet_json_add_value(struct stet_buf *b, const struct stet_json_value *v);

/*
 * Visits an object's members or an array's elements in order:
 *
 *     struct stet_json_iter it = { .of = v };
 *     while (stet_json_next(&it))
 *         use(it.key, it.value);
 */
struct stet_json_iter {
    const struct stet_json_value *of;
    struct stet_span key; /* empty in an array */
    const struct stet_json_value *value;
    size_t i;   /* how many were visited before this one */
    void *at;   /* private */
    bool begun; /* private */
};
bool stet_json_next(struct stet_json_iter *it);

#endif
