#include "json/json.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "json/mend.h"
#include "json/write.h"

#include <jansson.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

struct stet_json {
    json_t *root;
};

/* jansson tells some of its failed allocations as faults of the text, and
 * some not at all. */
static _Thread_local bool ran_out;

static void *allocate(size_t n)
{
    void *p = stet_grow(NULL, n > 0 ? n : 1);

    if (!p)
        ran_out = true;
    return p;
}

static void release(void *p)
{
    if (p)
        stet_free(p);
}

/* jansson's memory comes through our one door, like everybody's. */
static void set_up(void)
{
    json_set_alloc_funcs(allocate, release);
}

/* A stet_json_value is a json_t by another name. */
static const json_t *node(const struct stet_json_value *v)
{
    return (const json_t *)(const void *)v;
}

static const struct stet_json_value *value(const json_t *j)
{
    return (const struct stet_json_value *)(const void *)j;
}

/* jansson's macros want json_t without const, though they only read. */
static json_t *unlocked(const json_t *j)
{
    union {
        const json_t *locked;
        json_t *open;
    } u = { j };

    return u.open;
}

/* jansson recurses by depth: measured here first, so that it never goes
 * deeper than asked. */
static bool is_too_deep(struct stet_span s, size_t max)
{
    bool in_string = false;
    size_t depth = 0;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > max)
                return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            depth--;
        }
    }
    return false;
}

static int explain(const json_error_t *e, struct stet_error *err)
{
    int line = e->line > 0 ? e->line : 1;
    int column = e->column > 0 ? e->column : 0;

    if (ran_out)
        return stet_fail(err, STET_ENOMEM, "JSON: out of memory");
    return stet_fail(err, STET_EFORMAT, "JSON line %d column %d: %.160s", line,
                     column, e->text);
}

static int load(json_t **root, struct stet_span s, bool trailing,
                struct stet_error *err)
{
    size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_error_t e;

    if (trailing)
        flags |= JSON_DISABLE_EOF_CHECK;
    ran_out = false;
    *root = json_loadb(s.ptr, s.len, flags, &e);
    if (!*root && json_error_code(&e) == json_error_numeric_overflow)
        *root = json_loadb(s.ptr, s.len, flags | JSON_DECODE_INT_AS_REAL, &e);
    if (*root && ran_out) {
        json_decref(*root);
        *root = NULL;
    }
    return *root ? STET_OK : explain(&e, err);
}

int stet_json_parse(struct stet_json **out, struct stet_span text,
                    const struct stet_json_options *o, struct stet_error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct stet_json_options opt = o ? *o : (struct stet_json_options){ 0 };
    size_t max_bytes = opt.max_bytes ? opt.max_bytes : STET_MAX_JSON_BYTES;
    size_t max_depth = opt.max_depth ? opt.max_depth : STET_MAX_JSON_DEPTH;
    struct stet_json *j = NULL;
    struct stet_buf mended;
    int rc;

    *out = NULL;
    pthread_once(&once, set_up);
    stet_buf_init(&mended, 4 * (size_t)max_bytes);
    if (max_depth > STET_MAX_JSON_DEPTH)
        max_depth = STET_MAX_JSON_DEPTH;
    if (text.len > max_bytes) {
        rc = stet_fail(err, STET_ELIMIT, "JSON of %zu bytes: more than %zu",
                       text.len, max_bytes);
        goto done;
    }
    if (opt.lenient) {
        stet_json_mend(&mended, text);
        if ((rc = stet_buf_status(&mended)) < 0) {
            rc = stet_fail(err, rc, "JSON: %s", stet_strerror(rc));
            goto done;
        }
        text = stet_buf_span(&mended);
    }
    if (is_too_deep(text, max_depth)) {
        rc = stet_fail(err, STET_ELIMIT, "JSON deeper than %zu", max_depth);
        goto done;
    }
    j = stet_alloc(sizeof(*j));
    if (!j) {
        rc = stet_fail(err, STET_ENOMEM, "JSON: out of memory");
        goto done;
    }
    if ((rc = load(&j->root, text, opt.allow_trailing, err)) < 0)
        goto done;
    *out = j;
    j = NULL;
done:
    stet_buf_clear(&mended);
    stet_json_free(j);
    return rc;
}

void stet_json_free(struct stet_json *j)
{
    if (!j)
        return;
    json_decref(j->root);
    stet_free(j);
}

const struct stet_json_value *stet_json_root(const struct stet_json *j)
{
    return j ? value(j->root) : NULL;
}

enum stet_json_type stet_json_type(const struct stet_json_value *v)
{
    if (!v)
        return STET_JSON_NONE;
    switch (json_typeof(node(v))) {
    case JSON_OBJECT:
        return STET_JSON_OBJECT;
    case JSON_ARRAY:
        return STET_JSON_ARRAY;
    case JSON_STRING:
        return STET_JSON_STRING;
    case JSON_INTEGER:
        return STET_JSON_INT;
    case JSON_REAL:
        return STET_JSON_REAL;
    case JSON_TRUE:
    case JSON_FALSE:
        return STET_JSON_BOOL;
    case JSON_NULL:
        return STET_JSON_NULL;
    }
    return STET_JSON_NONE;
}

struct stet_span stet_json_string(const struct stet_json_value *v)
{
    if (stet_json_type(v) != STET_JSON_STRING)
        return (struct stet_span){ NULL, 0 };
    return (struct stet_span){ json_string_value(node(v)),
                               json_string_length(node(v)) };
}

bool stet_json_int(const struct stet_json_value *v, int64_t *out)
{
    double x;

    if (stet_json_type(v) == STET_JSON_INT) {
        *out = (int64_t)json_integer_value(node(v));
        return true;
    }
    if (stet_json_type(v) != STET_JSON_REAL)
        return false;
    x = json_real_value(node(v));
    if (!(x >= -9007199254740992.0 && x <= 9007199254740992.0) || floor(x) < x)
        return false;
    *out = (int64_t)x;
    return true;
}

bool stet_json_real(const struct stet_json_value *v, double *out)
{
    if (stet_json_type(v) != STET_JSON_INT &&
        stet_json_type(v) != STET_JSON_REAL)
        return false;
    *out = json_number_value(node(v));
    return true;
}

bool stet_json_is_true(const struct stet_json_value *v)
{
    return v && json_is_true(node(v));
}

const struct stet_json_value *stet_json_get(const struct stet_json_value *v,
                                            const char *key)
{
    return v ? value(json_object_get(node(v), key)) : NULL;
}

struct stet_span stet_json_get_string(const struct stet_json_value *v,
                                      const char *key)
{
    return stet_json_string(stet_json_get(v, key));
}

size_t stet_json_len(const struct stet_json_value *v)
{
    switch (stet_json_type(v)) {
    case STET_JSON_OBJECT:
        return json_object_size(node(v));
    case STET_JSON_ARRAY:
        return json_array_size(node(v));
    case STET_JSON_NONE:
    case STET_JSON_NULL:
    case STET_JSON_BOOL:
    case STET_JSON_INT:
    case STET_JSON_REAL:
    case STET_JSON_STRING:
        break;
    }
    return 0;
}

const struct stet_json_value *stet_json_at(const struct stet_json_value *v,
                                           size_t i)
{
    if (stet_json_type(v) != STET_JSON_ARRAY)
        return NULL;
    return value(json_array_get(node(v), i));
}

static int add_chunk(const char *p, size_t n, void *buf)
{
    stet_buf_add(buf, p, n);
    return 0;
}

void stet_json_add_value(struct stet_buf *b, const struct stet_json_value *v)
{
    if (!v)
        stet_buf_adds(b, "null");
    else if (json_dump_callback(node(v), add_chunk, b,
                                JSON_ENCODE_ANY | JSON_COMPACT) != 0)
        b->status = STET_ENOMEM;
}

void stet_json_put_value(struct stet_json_writer *w,
                         const struct stet_json_value *v)
{
    stet_json_put_raw(w, (struct stet_span){ "", 0 });
    stet_json_add_value(w->out, v);
}

static bool next_member(struct stet_json_iter *it)
{
    json_t *object = unlocked(node(it->of));

    it->at = it->begun ? json_object_iter_next(object, it->at)
                       : json_object_iter(object);
    if (!it->at)
        return false;
    it->key = (struct stet_span){ json_object_iter_key(it->at),
                                  json_object_iter_key_len(it->at) };
    it->value = value(json_object_iter_value(it->at));
    return true;
}

bool stet_json_next(struct stet_json_iter *it)
{
    size_t n = stet_json_len(it->of);
    size_t i = it->begun ? it->i + 1 : 0;

    if (i >= n)
        return false;
    if (stet_json_type(it->of) == STET_JSON_OBJECT) {
        if (!next_member(it))
            return false;
    } else {
        it->value = stet_json_at(it->of, i);
        it->key = (struct stet_span){ "", 0 };
    }
    it->i = i;
    it->begun = true;
    return true;
}
