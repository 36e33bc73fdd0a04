#include "http/coding.h"

#include "http/message.h"

const struct stet_decode_limits stet_decode_limits_default = {
    .max_bytes = (size_t)64 << 20,
    .inflate = { .max_ratio = 200, .free_bytes = (uint64_t)1 << 20 },
};

const char *stet_decoded_name(enum stet_decoded d)
{
    switch (d) {
    case STET_DECODED_WHOLE:
        return "whole";
    case STET_DECODED_TRUNCATED:
        return "truncated";
    case STET_DECODED_BAD:
        return "bad-coding";
    case STET_DECODED_BOMB:
        return "bomb";
    case STET_DECODED_UNKNOWN:
        return "unknown-coding";
    case STET_DECODED_CHAIN:
        return "chain";
    }
    return "bad-coding";
}

void stet_coding_parse(struct stet_coding_chain *out, struct stet_span value)
{
    struct stet_span member;

    *out = (struct stet_coding_chain){ .fault = STET_DECODED_WHOLE };
    while (stet_list_next(&value, &member)) {
        enum stet_coding c = stet_coding_find(member);

        if (c == STET_CODING_NONE || stet_span_ieqs(member, "chunked") ||
            stet_span_ieqs(member, "none"))
            continue;
        if (c == STET_CODING_UNKNOWN)
            out->fault = STET_DECODED_UNKNOWN;
        else if (out->n == STET_MAX_CODINGS)
            out->fault = STET_DECODED_CHAIN;
        else
            out->list[out->n++] = c;
    }
}

static enum stet_decoded verdict_of(int rc)
{
    switch (rc) {
    case STET_OK:
        return STET_DECODED_WHOLE;
    case STET_ETRUNC:
        return STET_DECODED_TRUNCATED;
    case STET_ELIMIT:
        return STET_DECODED_BOMB;
    case STET_EUNSUPPORTED:
        return STET_DECODED_UNKNOWN;
    default:
        return STET_DECODED_BAD;
    }
}

/* One layer, from *in to an emptied buffer; the worst verdict is kept. */
static int decode_layer(enum stet_coding kind, struct stet_span in,
                        struct stet_buf *to,
                        const struct stet_inflate_limits *limits,
                        enum stet_decoded *verdict)
{
    enum stet_decoded v;
    int rc;

    stet_buf_reset(to);
    rc = stet_codec_inflate(kind, in, to, limits, NULL);
    if (rc == STET_ENOMEM)
        return rc;
    v = verdict_of(rc);
    if (*verdict == STET_DECODED_WHOLE)
        *verdict = v;
    return STET_OK;
}

/* A coding that was announced and not applied leaves the entity itself. */
static bool was_not_applied(enum stet_decoded verdict,
                            const struct stet_buf *got)
{
    return !got->len && verdict == STET_DECODED_BAD;
}

int stet_coding_decode(struct stet_span *out, struct stet_buf *room,
                       const struct stet_coding_chain *chain,
                       struct stet_span entity,
                       const struct stet_decode_limits *limits,
                       enum stet_decoded *verdict)
{
    size_t room_max = room->max;
    struct stet_buf layer[2];
    int rc = STET_OK, have = -1; /* which layer *out points into */

    *out = entity;
    *verdict = chain->fault;
    if (chain->fault != STET_DECODED_WHOLE)
        return STET_OK;
    for (int i = 0; i < 2; i++)
        stet_buf_init(&layer[i], limits->max_bytes);
    for (size_t i = chain->n; i-- > 0;) {
        int to = have == 0;

        rc = decode_layer(chain->list[i], *out, &layer[to], &limits->inflate,
                          verdict);
        if (rc < 0 || was_not_applied(*verdict, &layer[to]))
            break;
        *out = stet_buf_span(&layer[to]);
        have = to;
    }
    if (rc < 0)
        *out = (struct stet_span){ 0 };
    else if (have >= 0) {
        stet_buf_clear(room);
        *room = layer[have];
        room->max = room_max;
        stet_buf_init(&layer[have], limits->max_bytes);
    }
    stet_buf_clear(&layer[0]);
    stet_buf_clear(&layer[1]);
    return rc;
}
