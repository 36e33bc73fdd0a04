#include "check/inside.h"

#include "base/mem.h"
#include "base/span.h"
#include "http/coding.h"
#include "http/message.h"
#include "stet/links.h"

#include <string.h>

/* A document being looked through for what it needs. */
struct reading {
    struct stet_check_unit *unit;
    uint32_t group;
    bool in_srcset;   /* the last link was a candidate ... */
    uint64_t last_at; /* ... and ended here */
};

enum { SAME_SRCSET = 300 }; /* bytes between two candidates, at most */

bool stet_check_is_doc(const struct stet_head *head)
{
    struct stet_span type = stet_head_get(head, "Content-Type");

    return head->status == 200 &&
           (stet_span_istarts(type, "text/html") ||
            stet_span_istarts(type, "application/xhtml+xml") ||
            stet_span_istarts(type, "text/css"));
}

/* The candidates of one srcset stand for each other. */
static void begin_group(struct reading *x, const struct stet_link *l)
{
    bool candidate = l->syntax == STET_SYNTAX_SRCSET;

    if (!candidate || !x->in_srcset || l->offset < x->last_at ||
        l->offset - x->last_at > SAME_SRCSET)
        x->group++;
    x->in_srcset = candidate;
    x->last_at = l->offset + l->length;
}

static int on_link(void *ctx, const struct stet_link *l)
{
    struct reading *x = ctx;
    struct stet_check_unit *u = x->unit;
    struct stet_span url;

    if (!l->requisite || l->speculative || l->fallback ||
        l->role == STET_LINK_ICON ||
        !(stet_span_istarts(l->url, "http:") ||
          stet_span_istarts(l->url, "https:")))
        return STET_OK;
    begin_group(x, l);
    url = stet_check_unit_keep(u, l->url);
    if (!url.ptr)
        return u->status;
    if (stet_grow_array(&u->wants, &u->cap_wants, u->n_wants + 1,
                        sizeof(*u->wants)) < 0)
        return STET_ENOMEM;
    u->wants[u->n_wants++] = (struct stet_check_want){ url, x->group };
    return STET_OK;
}

static int find(struct stet_check_unit *u, struct stet_span url, bool html,
                struct stet_span text)
{
    struct stet_links_options o = {
        .type = html ? STET_LINKS_HTML : STET_LINKS_CSS,
        .base = url,
    };
    struct reading x = { .unit = u };

    return stet_links_find(&o, text, on_link, &x, NULL);
}

int stet_check_doc(struct stet_checker *c, struct stet_span url,
                   const struct stet_head *head, struct stet_span entity)
{
    struct stet_check_note *n = stet_check_unit_note(c->unit);
    struct stet_coding_chain chain;
    enum stet_decoded verdict;
    struct stet_buf coding, room;
    struct stet_span text;
    bool html =
        !stet_span_istarts(stet_head_get(head, "Content-Type"), "text/css");
    int rc;

    if (!n)
        return STET_OK;
    stet_buf_init(&coding, STET_MAX_HEAD);
    stet_buf_init(&room, stet_decode_limits_default.max_bytes);
    (void)stet_head_join(head, "Content-Encoding", &coding);
    stet_coding_parse(&chain, stet_buf_span(&coding));
    rc = stet_coding_decode(&text, &room, &chain, entity,
                            &stet_decode_limits_default, &verdict);
    if (rc == STET_OK && verdict == STET_DECODED_WHOLE) {
        n->is_page = html;
        n->wants = c->unit->n_wants;
        rc = find(c->unit, url, html, text);
        n->n_wants = c->unit->n_wants - n->wants;
    }
    stet_buf_clear(&coding);
    stet_buf_clear(&room);
    return rc == STET_ENOMEM ? rc : STET_OK;
}
