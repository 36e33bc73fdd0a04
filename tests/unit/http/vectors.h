#ifndef STET_TESTS_HTTP_VECTORS_H
#define STET_TESTS_HTTP_VECTORS_H

/* The standards' vectors, in the folder that STET_VECTORS names. */
#include "base/file.h"
#include "base/span.h"
#include "lib/tap.h"
#include "json/json.h"

#include <stdlib.h>

/* One file of the vectors, read; empty when there is none. */
static inline bool read_vectors(struct stet_buf *out, const char *name)
{
    const char *dir = getenv("STET_VECTORS");
    struct stet_buf path;
    bool there;

    stet_buf_init(&path, 4096);
    stet_buf_init(out, 64 << 20);
    there = !stet_path_join(&path, dir ? dir : "../shared/vectors", name) &&
            !stet_file_read(path.data, out, NULL);
    stet_buf_clear(&path);
    if (!there)
        tap_skip("no vectors (STET_VECTORS)");
    return there;
}

/* Calls `check` with each line of a file of JSON lines. */
static inline void each_line(const char *name,
                             void (*check)(const struct stet_json_value *))
{
    struct stet_span rest;
    struct stet_buf text;

    if (!read_vectors(&text, name))
        return;
    rest = stet_buf_span(&text);
    while (rest.len) {
        struct stet_span line = stet_span_cut(&rest, '\n');
        struct stet_json *j = NULL;

        if (!line.len)
            continue;
        CHECK_INT(stet_json_parse(&j, line, NULL, NULL), STET_OK);
        check(stet_json_root(j));
        stet_json_free(j);
    }
    stet_buf_clear(&text);
}

#endif
