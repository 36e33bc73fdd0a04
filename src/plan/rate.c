#include "plan/rate.h"

enum {
    US_PER_S = 1000 * 1000,
    MAX_DEBT_S = 24 * 3600, /* of one body that overran the limit */
};

void stet_rate_init(struct stet_rate *r, int64_t bytes_per_s)
{
    *r = (struct stet_rate){ .per_s = bytes_per_s > 0 ? bytes_per_s : 0,
                             .paid_us = INT64_MIN };
}

void stet_rate_take(struct stet_rate *r, uint64_t bytes, int64_t now_ms)
{
    int64_t from = now_ms * 1000 - US_PER_S, rest;
    uint64_t seconds;

    if (r->per_s == 0)
        return;
    if (r->paid_us > from)
        from = r->paid_us;
    seconds = bytes / (uint64_t)r->per_s;
    if (seconds > MAX_DEBT_S)
        seconds = MAX_DEBT_S;
    /* Below per_s, so that a float keeps what is asked of it. */
    rest = (int64_t)((double)(bytes % (uint64_t)r->per_s) / (double)r->per_s *
                     US_PER_S);
    r->paid_us = from + (int64_t)seconds * US_PER_S + rest;
}

int64_t stet_rate_due_ms(const struct stet_rate *r)
{
    if (r->per_s == 0 || r->paid_us == INT64_MIN)
        return INT64_MIN;
    return (r->paid_us + 999) / 1000;
}
