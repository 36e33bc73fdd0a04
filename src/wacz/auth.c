#include "wacz/auth.h"

#include "base/base64.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "sign/key.h"

#include <stdio.h>

enum {
    MAX_DER = 256 * 1024,
    MAX_HOST = 256,
    STAMP_WINDOW_MS = 10 * 60 * 1000, /* between `created` and time-stamp */
};

struct auth {
    const struct stet_json_value *data;
    const struct stet_roots *roots;
    stet_auth_fn on_problem;
    void *ctx;
    int64_t created_ms;
};

static void tell(const struct auth *a, enum stet_auth_problem p,
                 const char *what, const char *why)
{
    char text[400];

    snprintf(text, sizeof(text), "%s%s%s", what, why[0] ? ": " : "", why);
    a->on_problem(a->ctx, p, text);
}

static struct stet_span get(const struct auth *a, const char *name)
{
    return stet_json_get_string(a->data, name);
}

/* A member in Base64 as bytes; empty when it is none. */
static int decode(struct stet_span text, struct stet_buf *out)
{
    size_t n = 0;
    char *room;

    if (text.len == 0 || text.len > MAX_DER)
        return STET_OK;
    room = stet_buf_room(out, text.len / 4 * 3 + 3);
    if (!room)
        return STET_ENOMEM;
    if (stet_base64_decode(room, &n, text) == STET_OK)
        stet_buf_added(out, n);
    return STET_OK;
}

/* -- shape ----------------------------------------------------------------- */

static bool is_of(struct stet_span name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (stet_span_eqs(name, names[i]))
            return true;
    return false;
}

/* Step 3: these members and no others. */
static bool check_shape(struct auth *a, bool domain, struct stet_span hash)
{
    static const char *const anonymous[] = {
        "hash", "created", "software", "signature", "version", "publicKey"
    };
    static const char *const named[] = {
        "hash",   "created",    "software",      "signature",    "version",
        "domain", "domainCert", "timeSignature", "timestampCert"
    };
    const char *const *names = domain ? named : anonymous;
    size_t n = domain ? sizeof(named) / sizeof(named[0])
                      : sizeof(anonymous) / sizeof(anonymous[0]);
    struct stet_json_iter it = { .of = a->data };
    bool good = true;

    for (size_t i = 0; i < n; i++)
        if (get(a, names[i]).len == 0) {
            tell(a, STET_AUTH_SHAPE, "signedData lacks", names[i]);
            good = good && i > 3; /* the first are needed to go on */
        }
    while (stet_json_next(&it))
        if (!is_of(it.key, names, n) &&
            !(domain && stet_span_eqs(it.key, "crossSignedCert")))
            tell(a, STET_AUTH_SHAPE,
                 "signedData has a member that is not the specification's", "");
    if (!stet_span_eq(get(a, "hash"), hash)) {
        tell(a, STET_AUTH_SIGNATURE, "another hash was signed", "");
        good = false;
    }
    a->created_ms = stet_date_parse_w3c(get(a, "created"));
    if (a->created_ms == STET_NO_DATE)
        tell(a, STET_AUTH_SHAPE, "`created` is no date", "");
    return good;
}

/* -- both forms ------------------------------------------------------------ */

static int check_signature(const struct auth *a, struct stet_span key)
{
    struct stet_error why = { 0 };
    struct stet_buf raw;
    int rc;

    stet_buf_init(&raw, MAX_DER);
    rc = decode(get(a, "signature"), &raw);
    if (rc == STET_OK) {
        int verdict =
            stet_key_verify(key, get(a, "hash"), stet_buf_span(&raw), &why);

        if (verdict != STET_OK)
            tell(a, STET_AUTH_SIGNATURE, "signedData", why.text);
    }
    stet_buf_clear(&raw);
    return rc;
}

static int check_anonymous(const struct auth *a)
{
    struct stet_buf key;
    int rc;

    stet_buf_init(&key, MAX_DER);
    rc = decode(get(a, "publicKey"), &key);
    if (rc == STET_OK)
        rc = check_signature(a, stet_buf_span(&key));
    stet_buf_clear(&key);
    return rc;
}

/* -- of a domain ----------------------------------------------------------- */

/* NULL, and told, when it is no certificate. */
static int chain_of(const struct auth *a, const char *member,
                    struct stet_chain **out)
{
    struct stet_error why = { 0 };
    int rc = stet_chain_parse(out, get(a, member), &why);

    if (rc == STET_EFORMAT)
        tell(a, STET_AUTH_SHAPE, member, why.text);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static int check_certificate(const struct auth *a,
                             const struct stet_chain *chain, int64_t at_ms)
{
    struct stet_span domain = get(a, "domain");
    struct stet_error why = { 0 };
    char host[MAX_HOST];
    struct stet_buf key;
    int rc;

    snprintf(host, sizeof(host), "%.*s", (int)(domain.len & 0xFFFF),
             domain.ptr ? domain.ptr : "");
    if (!stet_chain_is_of(chain, host))
        tell(a, STET_AUTH_DOMAIN, "the certificate is not of the domain", host);
    stet_buf_init(&key, MAX_DER);
    rc = stet_chain_public(chain, &key, NULL);
    if (rc == STET_OK)
        rc = check_signature(a, stet_buf_span(&key));
    stet_buf_clear(&key);
    if (rc == STET_OK && at_ms != STET_NO_DATE) {
        rc = stet_chain_verify(chain, a->roots, at_ms, &why);
        if (rc == STET_END)
            tell(a, STET_AUTH_TRUST, "the domain's certificate", why.text);
    }
    return rc == STET_ENOMEM ? rc : STET_OK;
}

/* Steps 6 to 9: the stamp is over the text of the signature. */
static int check_stamp(const struct auth *a, const struct stet_chain *chain,
                       int64_t *when_ms)
{
    struct stet_error why = { 0 };
    enum stet_stamp_verdict verdict;
    struct stet_buf token;
    int rc;

    stet_buf_init(&token, MAX_DER);
    rc = decode(get(a, "timeSignature"), &token);
    if (rc == STET_OK) {
        verdict = stet_stamp_verify(stet_buf_span(&token), get(a, "signature"),
                                    chain, a->roots, when_ms, &why);
        if (verdict == STET_STAMP_BAD)
            tell(a, STET_AUTH_TIME, "the time-stamp", why.text);
        else if (verdict == STET_STAMP_UNROOTED)
            tell(a, STET_AUTH_UNROOTED, "the time-stamp", why.text);
        if (verdict != STET_STAMP_BAD && a->created_ms != STET_NO_DATE &&
            (a->created_ms - *when_ms > STAMP_WINDOW_MS ||
             *when_ms - a->created_ms > STAMP_WINDOW_MS))
            tell(a, STET_AUTH_TIME,
                 "the time-stamp is more than ten minutes from `created`", "");
    }
    stet_buf_clear(&token);
    return rc;
}

/* Step 10: another certificate of the same key, of whoever was chosen. */
static int check_crossed(const struct auth *a, int64_t at_ms)
{
    struct stet_chain *crossed = NULL;
    struct stet_error why = { 0 };
    struct stet_buf key;
    int rc = STET_OK;

    if (get(a, "crossSignedCert").len == 0)
        return STET_OK;
    stet_buf_init(&key, MAX_DER);
    rc = chain_of(a, "crossSignedCert", &crossed);
    if (rc == STET_OK && crossed)
        rc = stet_chain_public(crossed, &key, NULL);
    if (rc == STET_OK && crossed)
        rc = check_signature(a, stet_buf_span(&key));
    if (rc == STET_OK && crossed && at_ms != STET_NO_DATE) {
        rc = stet_chain_verify(crossed, a->roots, at_ms, &why);
        if (rc == STET_END)
            tell(a, STET_AUTH_UNROOTED, "the cross-signed certificate",
                 why.text);
    }
    stet_buf_clear(&key);
    stet_chain_free(crossed);
    return rc == STET_ENOMEM ? rc : STET_OK;
}

static int check_domain(const struct auth *a)
{
    struct stet_chain *chain = NULL, *authority = NULL;
    int64_t when_ms = STET_NO_DATE;
    int rc = chain_of(a, "domainCert", &chain);

    if (rc == STET_OK)
        rc = chain_of(a, "timestampCert", &authority);
    if (rc == STET_OK)
        rc = check_stamp(a, authority, &when_ms);
    if (when_ms == STET_NO_DATE)
        when_ms = a->created_ms;
    if (rc == STET_OK && chain)
        rc = check_certificate(a, chain, when_ms);
    if (rc == STET_OK)
        rc = check_crossed(a, when_ms);
    stet_chain_free(chain);
    stet_chain_free(authority);
    return rc;
}

int stet_auth_verify(const struct stet_json_value *signed_data,
                     struct stet_span hash, const struct stet_roots *roots,
                     stet_auth_fn on_problem, void *ctx, struct stet_error *err)
{
    struct auth a = { signed_data, roots, on_problem, ctx, STET_NO_DATE };
    bool domain = get(&a, "domain").len > 0 || get(&a, "domainCert").len > 0;
    int rc = STET_OK;

    if (check_shape(&a, domain, hash))
        rc = domain ? check_domain(&a) : check_anonymous(&a);
    return rc < 0 ? stet_fail(err, rc, "no memory for a signature") : STET_OK;
}
