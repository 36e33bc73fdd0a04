#ifndef STET_INDEX_SORT_H
#define STET_INDEX_SORT_H

#include "stet/error.h"

/*
 * Sorts any number of lines by byte (LC_ALL=C) in bounded memory: lines go
 * in, runs of them are sorted and put into temporary files, and merged on
 * the way out.  Equal lines come out once.
 */
struct stet_sorter;

enum {
    STET_SORT_MEMORY = 64 << 20, /* the default of max_memory */
    STET_MAX_SORT_RUNS = 250,    /* then they are made one */
};

/* `dir` for temporary files outlives the sorter; NULL is $TMPDIR or /tmp.
 * max_memory 0 is the default. */
STET_NODISCARD int stet_sorter_new(struct stet_sorter **out, const char *dir,
                                   size_t max_memory, struct stet_error *err);
void stet_sorter_free(struct stet_sorter *s);

/* A line without its LF, of less than max_memory / 2.  STET_ELIMIT: it is
 * too long. */
STET_NODISCARD int stet_sorter_add(struct stet_sorter *s, struct stet_span line,
                                   struct stet_error *err);

/* After the last _add(): the next line, without LF, good until the next
 * call.  STET_END after the last. */
STET_NODISCARD int stet_sorter_next(struct stet_sorter *s,
                                    struct stet_span *line,
                                    struct stet_error *err);

#endif
