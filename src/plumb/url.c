#include "stet/url.h"
#include "base/fail.h"
#include "base/span.h"
#include "plumb/question.h"

static int put_key(struct stet_json_writer *w, const char *name,
                   struct stet_span href,
                   int (*key)(struct stet_bytes *, struct stet_span,
                              struct stet_error *))
{
    struct stet_bytes text;
    int rc = key(&text, href, NULL);

    if (rc == STET_OK)
        stet_json_member_string(
            w, name,
            (struct stet_span){ text.data ? text.data : "", text.len });
    stet_bytes_clear(&text);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static int put_origin(struct stet_json_writer *w, const struct stet_url *u)
{
    struct stet_bytes origin;
    int rc = stet_url_origin(u, &origin);

    if (rc == STET_OK)
        stet_json_member_string(w, "origin",
                                (struct stet_span){ origin.data, origin.len });
    stet_bytes_clear(&origin);
    return rc;
}

/* The names of the URL Standard's API (6.1), then ours. */
static int put_parts(struct stet_json_writer *w, const struct stet_url *u)
{
    struct stet_span href = stet_url_href(u);
    struct stet_span host = stet_url_host(u);
    struct stet_span authority = stet_url_authority(u);
    struct stet_span port =
        stet_span_sub(authority, host.len + 1, authority.len);
    int rc;

    stet_json_member_string(w, "href", href);
    if ((rc = put_origin(w, u)) < 0)
        return rc;
    stet_json_member_string(w, "protocol",
                            stet_span_sub(href, 0, u->scheme_end + 1U));
    stet_json_member_string(w, "username", stet_url_username(u));
    stet_json_member_string(w, "password", stet_url_password(u));
    stet_json_member_string(w, "host", authority);
    stet_json_member_string(w, "hostname", host);
    stet_json_member_string(w, "port", port);
    stet_json_member_string(w, "pathname", stet_url_path(u));
    stet_json_member_string(w, "search", stet_url_search(u));
    stet_json_member_string(w, "hash", stet_url_hash(u));
    stet_json_member_string(w, "site", stet_url_site(u));
    if ((rc = put_key(w, "surt", href, stet_url_surt)) < 0)
        return rc;
    return put_key(w, "surtWabac", href, stet_url_surt_wabac);
}

static int answer(struct stet_question *q, struct stet_json_writer *w,
                  struct stet_error *err)
{
    struct stet_error why = { 0 };
    struct stet_span input, base_text;
    struct stet_url u, base;
    int rc;

    stet_url_init(&u);
    stet_url_init(&base);
    if ((rc = stet_question_need(q, "input", &input, err)) < 0 ||
        (rc = stet_question_text(q, "base", &base_text, err)) < 0)
        goto done;
    stet_json_member_string(w, "input", input);
    if (base_text.ptr)
        rc = stet_url_parse(&base, base_text, NULL, &why);
    if (rc == STET_OK)
        rc = stet_url_parse(&u, input, base_text.ptr ? &base : NULL, &why);
    if (rc == STET_OK) {
        rc = put_parts(w, &u);
    } else if (rc != STET_ENOMEM) {
        stet_json_member_string(w, "error", stet_span_of(why.text));
        rc = STET_END;
    }
    if (rc < 0)
        stet_fail(err, rc, "url: %s", stet_strerror(rc));
done:
    stet_url_clear(&base);
    stet_url_clear(&u);
    return rc;
}

const struct stet_stage stet_stage_url = { "url", answer };
