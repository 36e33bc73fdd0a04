#ifndef STET_BASE_CLOCK_H
#define STET_BASE_CLOCK_H

#include <stdint.h>

/*
 * Time comes in through one of these, so that tests can hold it still.
 * The wall clock dates records; the steady one measures waits and never
 * jumps.
 */
struct stet_clock {
    int64_t (*wall_ms)(void *ctx);   /* since 1970-01-01T00:00:00Z */
    int64_t (*steady_ms)(void *ctx); /* since some start */
    void *ctx;
};

/* The machine's clocks. */
extern const struct stet_clock stet_clock_real;

static inline int64_t stet_clock_wall(const struct stet_clock *c)
{
    return c->wall_ms(c->ctx);
}

static inline int64_t stet_clock_steady(const struct stet_clock *c)
{
    return c->steady_ms(c->ctx);
}

#endif
