#ifndef STET_PLAN_RATE_H
#define STET_PLAN_RATE_H

#include "stet/base.h"

/*
 * A limit of bytes a second, kept over time rather than at each instant: what
 * came is paid for by waiting before more is asked for.  A second's worth may
 * come at once.  Times are of a clock that never goes back.
 */
struct stet_rate {
    int64_t per_s;   /* 0: no limit */
    int64_t paid_us; /* until when what came so far is paid for */
};

void stet_rate_init(struct stet_rate *r, int64_t bytes_per_s);

/* So many bytes came. */
void stet_rate_take(struct stet_rate *r, uint64_t bytes, int64_t now_ms);

/* From when on more may be asked for; not after now_ms: at once. */
int64_t stet_rate_due_ms(const struct stet_rate *r);

#endif
