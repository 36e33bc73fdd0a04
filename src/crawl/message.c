#include "crawl/message.h"

#include "base/mem.h"
#include "base/span.h"

struct stet_message *stet_message_new(enum stet_message_kind kind)
{
    struct stet_message *m = stet_alloc(sizeof(*m));

    if (!m)
        return NULL;
    m->kind = kind;
    stet_spool_init(&m->slice, NULL, 1);
    return m;
}

bool stet_message_set(struct stet_bytes *text, struct stet_span s)
{
    stet_bytes_clear(text);
    text->data = stet_span_dup(s);
    text->len = text->data ? s.len : 0;
    return text->data;
}

void stet_message_free(struct stet_message *m)
{
    if (!m)
        return;
    stet_target_free(m->target);
    stet_job_free(m->job);
    stet_product_free(m->product);
    stet_spool_clear(&m->slice);
    stet_bytes_clear(&m->origin);
    stet_bytes_clear(&m->body);
    stet_bytes_clear(&m->why);
    stet_free(m);
}

void stet_message_queue_free(struct stet_queue *q)
{
    struct stet_message *m;

    if (!q)
        return;
    stet_queue_close(q);
    while ((m = stet_queue_pop(q)))
        stet_message_free(m);
    stet_queue_free(q);
}
