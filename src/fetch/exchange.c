#include "fetch/exchange.h"

#include "base/mem.h"

static const struct {
    const char *name;
    bool transient;
} outcomes[] = {
#define STET_X(name, word, retry) [name] = { word, retry },
    STET_OUTCOMES(STET_X)
#undef STET_X
};

const char *stet_outcome_name(enum stet_outcome o)
{
    return (size_t)o < STET_OUTCOMES_COUNT ? outcomes[o].name : "internal";
}

bool stet_outcome_is_transient(enum stet_outcome o)
{
    return (size_t)o < STET_OUTCOMES_COUNT && outcomes[o].transient;
}

const char *stet_truncated_name(enum stet_truncated t)
{
    static const char *const names[] = {
        [STET_NOT_TRUNCATED] = NULL,
        [STET_TRUNCATED_LENGTH] = "length",
        [STET_TRUNCATED_TIME] = "time",
        [STET_TRUNCATED_DISCONNECT] = "disconnect",
        [STET_TRUNCATED_UNSPECIFIED] = "unspecified",
    };

    return names[t];
}

const char *stet_protocol_name(enum stet_protocol p)
{
    static const char *const names[] = {
        [STET_PROTOCOL_UNKNOWN] = NULL,
        [STET_PROTOCOL_HTTP_1_0] = "http/1.0",
        [STET_PROTOCOL_HTTP_1_1] = "http/1.1",
        [STET_PROTOCOL_H2] = "h2",
    };

    return names[p];
}

void stet_exchange_init(struct stet_exchange *x)
{
    *x = (struct stet_exchange){ 0 };
    stet_spool_init(&x->body, NULL, 1);
}

void stet_exchange_clear(struct stet_exchange *x)
{
    stet_bytes_clear(&x->url);
    stet_bytes_clear(&x->request);
    stet_bytes_clear(&x->interim);
    stet_bytes_clear(&x->head);
    stet_spool_clear(&x->body);
    stet_exchange_init(x);
}

void stet_exchange_free(struct stet_exchange *x)
{
    if (!x)
        return;
    stet_exchange_clear(x);
    stet_free(x);
}
