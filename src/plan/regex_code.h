#ifndef STET_PLAN_REGEX_CODE_H
#define STET_PLAN_REGEX_CODE_H

#include "plan/regex.h"

/*
 * What an expression compiles to.  A jump is relative to its own step, so
 * that blocks of code can be moved and copied as they are.
 */
enum stet_regex_op {
    STET_REGEX_CLASS, /* one byte of a set; arg: its number */
    STET_REGEX_SPLIT, /* goes on at the next step, and arg steps from here */
    STET_REGEX_JUMP,  /* goes on arg steps from here */
    STET_REGEX_BEGIN, /* at the beginning of the text */
    STET_REGEX_END,   /* at its end */
    STET_REGEX_MATCH,
};

struct stet_regex_step {
    enum stet_regex_op op;
    int arg;
};

/* A set of bytes. */
struct stet_regex_class {
    uint64_t bits[4];
};

static inline bool stet_regex_has(const struct stet_regex_class *c,
                                  unsigned char byte)
{
    return c->bits[byte >> 6] >> (byte & 63) & 1;
}

static inline void stet_regex_put(struct stet_regex_class *c,
                                  unsigned char byte)
{
    c->bits[byte >> 6] |= UINT64_C(1) << (byte & 63);
}

struct stet_regex {
    struct stet_regex_step code[STET_MAX_REGEX_CODE];
    size_t len;
    struct stet_regex_class *classes;
    size_t n_classes, cap_classes;
    struct stet_regex_class first; /* what a match can begin with */
    bool empty_matches;            /* or it may match without a byte */
    char *source;
    size_t source_len;
};

/* Fills in `first`, from the code. */
void stet_regex_find_first(struct stet_regex *r);

/*
 * Reads a bracket expression, from the byte after its '['; *at is then after
 * its ']'.  STET_EFORMAT.
 */
int stet_regex_bracket(struct stet_regex_class *out, struct stet_span pattern,
                       size_t *at, struct stet_error *err);

/* The set that an escape stands for ('d', 'W', …); false if for none. */
bool stet_regex_escape(struct stet_regex_class *out, char c);

#endif
