#include "http/body.h"

#include "base/ascii.h"

/* -- which framing ------------------------------------------------------- */

/* Reads one Content-Length member into *out. */
static void take_length(struct stet_framing *out, struct stet_span member,
                        bool first)
{
    uint64_t n;

    if (!stet_span_to_u64(member, &n))
        out->notes |= STET_FRAMING_BAD_LENGTH;
    else if (first)
        out->length = n;
    else if (n != out->length)
        out->notes |= STET_FRAMING_UNEQUAL_LENGTHS;
    else
        out->notes |= STET_FRAMING_MANY_LENGTHS;
}

/* All Content-Length fields; false when there is none. */
static bool take_lengths(struct stet_framing *out, const struct stet_head *h)
{
    const struct stet_field *f = NULL;
    bool first = true;

    while ((f = stet_head_next(h, "content-length", f))) {
        struct stet_span rest = f->value;

        do {
            struct stet_span member = stet_span_cut(&rest, ',');

            take_length(out, stet_span_trim(member), first);
            first = false;
        } while (rest.ptr);
    }
    return !first;
}

/* Looks through Transfer-Encoding; true when its last member is chunked. */
static bool take_codings(struct stet_framing *out, const struct stet_head *h,
                         bool *any)
{
    const struct stet_field *f = NULL;
    bool chunked = false;

    *any = false;
    while ((f = stet_head_next(h, "transfer-encoding", f))) {
        struct stet_span rest = f->value, member;

        while (stet_list_next(&rest, &member)) {
            if (chunked) /* not the last */
                out->notes |= STET_FRAMING_BAD_CODING;
            chunked = stet_span_ieqs(member, "chunked");
            if (!chunked && !stet_span_ieqs(member, "identity"))
                out->notes |= STET_FRAMING_OTHER_CODING;
            *any = true;
        }
    }
    if (!chunked && (out->notes & STET_FRAMING_OTHER_CODING))
        out->notes |= STET_FRAMING_BAD_CODING;
    return chunked;
}

/* RFC 9112 section 6.3, items 3 to 7; `open` is what holds without either. */
static void frame(struct stet_framing *out, const struct stet_head *head,
                  enum stet_framing_kind open)
{
    bool any, length, chunked = take_codings(out, head, &any);
    unsigned bad = STET_FRAMING_BAD_LENGTH | STET_FRAMING_UNEQUAL_LENGTHS;

    length = take_lengths(out, head);
    if (any && length)
        out->notes |= STET_FRAMING_BOTH;
    if (chunked) {
        out->kind = STET_FRAMING_CHUNKED;
        if (head->major == 1 && head->minor == 0)
            out->notes |= STET_FRAMING_OLD_CHUNKED;
    } else if (!any && length && !(out->notes & bad)) {
        out->kind = STET_FRAMING_LENGTH;
    } else {
        out->kind = open;
    }
    if (out->kind != STET_FRAMING_LENGTH)
        out->length = 0;
}

int stet_framing_of_response(struct stet_framing *out,
                             const struct stet_head *head,
                             struct stet_span method)
{
    int s = head->status;

    *out = (struct stet_framing){ 0 };
    frame(out, head, STET_FRAMING_CLOSE);
    if (stet_span_eqs(method, "HEAD") || s / 100 == 1 || s == 204 || s == 304 ||
        (s / 100 == 2 && stet_span_eqs(method, "CONNECT"))) {
        out->kind = STET_FRAMING_NONE;
        out->length = 0;
    }
    return STET_OK;
}

int stet_framing_of_request(struct stet_framing *out,
                            const struct stet_head *head)
{
    *out = (struct stet_framing){ 0 };
    frame(out, head, STET_FRAMING_NONE);
    return STET_OK;
}

/* -- reading it ---------------------------------------------------------- */

enum state {
    IN_DATA,      /* of a length, or until close */
    AT_SIZE,      /* the hex digits of a chunk line */
    IN_EXTENSION, /* the rest of a chunk line */
    AT_SIZE_LF,   /* its LF after CR */
    IN_CHUNK,     /* chunk data */
    AFTER_CHUNK,  /* the CR LF after chunk data */
    AFTER_CHUNK_LF,
    AT_TRAILER, /* the first byte of a trailer line */
    IN_TRAILER, /* within one */
    AT_LAST_LF, /* the LF after the CR of the empty line */
};

void stet_body_init(struct stet_body_reader *r,
                    const struct stet_framing *framing,
                    stet_entity_fn *on_entity, void *ctx)
{
    *r = (struct stet_body_reader){ .framing = *framing,
                                    .on_entity = on_entity,
                                    .ctx = ctx,
                                    .state = IN_DATA };
    if (framing->kind == STET_FRAMING_CHUNKED)
        r->state = AT_SIZE;
    else if (framing->kind == STET_FRAMING_LENGTH)
        r->left = framing->length;
    if (framing->kind == STET_FRAMING_NONE ||
        (framing->kind == STET_FRAMING_LENGTH && !framing->length))
        r->status = STET_END;
}

static int fault(struct stet_body_reader *r, int code, const char *what)
{
    r->fault = what;
    return code;
}

/* Passes entity bytes on; *n is how many of those there are belong to it. */
static int give(struct stet_body_reader *r, struct stet_span bytes, size_t *n)
{
    *n = bytes.len;
    if (r->framing.kind != STET_FRAMING_CLOSE) {
        if (*n > r->left)
            *n = (size_t)r->left;
        r->left -= *n;
    }
    r->entity += *n;
    return r->on_entity && *n ? r->on_entity(r->ctx, bytes.ptr, *n) : STET_OK;
}

/* The end of a chunk line. */
static int start_chunk(struct stet_body_reader *r)
{
    if (!r->digits)
        return fault(r, STET_EFORMAT, "a chunk without a size");
    r->digits = 0;
    r->line = 0;
    r->state = r->left ? IN_CHUNK : AT_TRAILER;
    return STET_OK;
}

static int on_size(struct stet_body_reader *r, char c)
{
    int v = stet_hex_value((unsigned char)c);

    if (v >= 0) {
        if (r->left >> 59)
            return fault(r, STET_EFORMAT, "a chunk size past 63 bits");
        r->left = r->left << 4 | (unsigned)v;
        r->digits = 1;
        return STET_OK;
    }
    if (!r->digits)
        return fault(r, STET_EFORMAT, "a chunk size that is not hex");
    if (c == ';' || c == ' ' || c == '\t') {
        if (c == ';')
            r->notes |= STET_BODY_EXTENSIONS;
        r->state = IN_EXTENSION;
    } else if (c == '\r') {
        r->state = AT_SIZE_LF;
    } else if (c == '\n') {
        r->notes |= STET_BODY_BARE_LF;
        return start_chunk(r);
    } else {
        return fault(r, STET_EFORMAT, "a chunk size that is not hex");
    }
    return STET_OK;
}

/* White space after the size is let through (RFC 9112 section 7.1.1 BWS);
 * a CR inside an extension ends nothing unless LF follows. */
static int on_extension(struct stet_body_reader *r, char c)
{
    if (c == '\n') {
        r->notes |= STET_BODY_BARE_LF;
        return start_chunk(r);
    }
    if (c == '\r')
        r->state = AT_SIZE_LF;
    else if (c == ';')
        r->notes |= STET_BODY_EXTENSIONS;
    return STET_OK;
}

static int on_chunk_end(struct stet_body_reader *r, char c)
{
    if (r->state == AFTER_CHUNK && c == '\r') {
        r->state = AFTER_CHUNK_LF;
        return STET_OK;
    }
    if (c != '\n')
        return fault(r, STET_EFORMAT, "no line end after chunk data");
    if (r->state == AFTER_CHUNK)
        r->notes |= STET_BODY_BARE_LF;
    r->state = AT_SIZE;
    return STET_OK;
}

static int on_trailer(struct stet_body_reader *r, char c)
{
    if (r->state == AT_LAST_LF)
        return c == '\n' ? STET_END
                         : fault(r, STET_EFORMAT, "a bare CR in the trailer");
    if (r->state == AT_TRAILER && c == '\r') {
        r->state = AT_LAST_LF;
    } else if (r->state == AT_TRAILER && c == '\n') {
        r->notes |= STET_BODY_BARE_LF;
        return STET_END;
    } else {
        if (!(r->notes & STET_BODY_TRAILERS))
            r->trailers_at = r->consumed;
        r->notes |= STET_BODY_TRAILERS;
        r->state = c == '\n' ? AT_TRAILER : IN_TRAILER;
    }
    if (++r->line > STET_MAX_TRAILERS)
        return fault(r, STET_ELIMIT, "trailers too long");
    return STET_OK;
}

/* One byte of chunked framing. */
static int on_framing(struct stet_body_reader *r, char c)
{
    switch ((enum state)r->state) {
    case AT_SIZE:
    case IN_EXTENSION:
        if (++r->line > STET_MAX_CHUNK_LINE)
            return fault(r, STET_ELIMIT, "a chunk line too long");
        return r->state == AT_SIZE ? on_size(r, c) : on_extension(r, c);
    case AT_SIZE_LF:
        return c == '\n' ? start_chunk(r)
                         : fault(r, STET_EFORMAT, "a bare CR in a chunk line");
    case AFTER_CHUNK:
    case AFTER_CHUNK_LF:
        return on_chunk_end(r, c);
    case AT_TRAILER:
    case IN_TRAILER:
    case AT_LAST_LF:
        return on_trailer(r, c);
    case IN_DATA:
    case IN_CHUNK:
        break;
    }
    return STET_EUSAGE;
}

/* Takes one step: a run of entity bytes, or one byte of framing. */
static int advance(struct stet_body_reader *r, struct stet_span rest, size_t *n)
{
    int rc;

    *n = 1;
    if (r->state == IN_DATA) {
        rc = give(r, rest, n);
        if (!rc && r->framing.kind == STET_FRAMING_LENGTH && !r->left)
            rc = STET_END;
    } else if (r->state == IN_CHUNK) {
        rc = give(r, rest, n);
        if (!r->left)
            r->state = AFTER_CHUNK;
    } else {
        rc = on_framing(r, rest.ptr[0]);
        if (rc < 0)
            *n = 0;
    }
    return rc;
}

int stet_body_feed(struct stet_body_reader *r, struct stet_span bytes,
                   size_t *used)
{
    *used = 0;
    while (!r->status && *used < bytes.len) {
        size_t n;

        r->status = advance(r, stet_span_sub(bytes, *used, bytes.len), &n);
        *used += n;
        r->consumed += n;
    }
    return r->status;
}

int stet_body_finish(struct stet_body_reader *r)
{
    if (!r->status)
        r->status =
            r->framing.kind == STET_FRAMING_CLOSE ? STET_END : STET_ETRUNC;
    return r->status;
}

bool stet_body_is_over(const struct stet_body_reader *r)
{
    return r->status == STET_END && !r->consumed;
}

static int keep(void *ctx, const char *p, size_t n)
{
    struct stet_buf *b = ctx;

    stet_buf_add(b, p, n);
    return stet_buf_status(b);
}

int stet_body_entity(struct stet_span *out, struct stet_buf *room,
                     const struct stet_framing *framing, struct stet_span raw)
{
    bool chunked = framing->kind == STET_FRAMING_CHUNKED;
    struct stet_body_reader r;
    size_t used;
    int rc;

    stet_buf_reset(room);
    stet_body_init(&r, framing, chunked ? keep : NULL, room);
    rc = stet_body_feed(&r, raw, &used);
    if (rc == STET_OK)
        rc = stet_body_finish(&r);
    *out = chunked ? stet_buf_span(room) : stet_span_sub(raw, 0, used);
    return rc == STET_END ? STET_OK : rc;
}
