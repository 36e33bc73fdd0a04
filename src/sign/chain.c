#include "sign/chain.h"

#include "base/date.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CERTIFICATES = 32, MAX_PEM = 1 << 20 };

struct stet_roots {
    char *path; /* NULL: the system's */
};

struct stet_chain {
    STACK_OF(X509) * certificates;
};

static int no_memory(struct stet_error *err)
{
    return stet_fail(err, STET_ENOMEM, "no memory for certificates");
}

/* -- roots ----------------------------------------------------------------- */

/* A store with the roots; NULL without memory, or when they cannot be read. */
static X509_STORE *store_of(const struct stet_roots *r)
{
    X509_STORE *s = X509_STORE_new();

    if (s && (r->path ? X509_STORE_load_file(s, r->path)
                      : X509_STORE_set_default_paths(s)) == 1)
        return s;
    X509_STORE_free(s);
    ERR_clear_error();
    return NULL;
}

int stet_roots_open(struct stet_roots **out, const char *path,
                    struct stet_error *err)
{
    struct stet_roots *r = stet_alloc(sizeof(*r));
    X509_STORE *s = NULL;

    *out = NULL;
    if (r && path)
        r->path = stet_span_dup(stet_span_of(path));
    if (!r || (path && !r->path)) {
        stet_roots_free(r);
        return no_memory(err);
    }
    if (path && access(path, R_OK) != 0) {
        stet_roots_free(r);
        return stet_fail_sys(err, STET_EIO, "cannot read %s", path);
    }
    s = store_of(r);
    if (!s) {
        stet_roots_free(r);
        return stet_fail(err, STET_EFORMAT, "no certificates are in %s",
                         path ? path : "the system's place");
    }
    X509_STORE_free(s);
    *out = r;
    return STET_OK;
}

void stet_roots_free(struct stet_roots *r)
{
    if (!r)
        return;
    stet_free(r->path);
    stet_free(r);
}

/* -- the chain ------------------------------------------------------------- */

int stet_chain_parse(struct stet_chain **out, struct stet_span pem,
                     struct stet_error *err)
{
    struct stet_chain *c = stet_alloc(sizeof(*c));
    BIO *bio = pem.len > 0 && pem.len < MAX_PEM
                   ? BIO_new_mem_buf(pem.ptr, (int)pem.len)
                   : NULL;
    X509 *x;

    *out = NULL;
    if (c)
        c->certificates = sk_X509_new_null();
    if (!c || !c->certificates) {
        BIO_free(bio);
        stet_chain_free(c);
        return no_memory(err);
    }
    while (bio && sk_X509_num(c->certificates) < MAX_CERTIFICATES &&
           (x = PEM_read_bio_X509(bio, NULL, NULL, NULL)))
        if (sk_X509_push(c->certificates, x) == 0)
            X509_free(x);
    BIO_free(bio);
    ERR_clear_error();
    if (sk_X509_num(c->certificates) == 0) {
        stet_chain_free(c);
        return stet_fail(err, STET_EFORMAT, "there is no certificate");
    }
    *out = c;
    return STET_OK;
}

void stet_chain_free(struct stet_chain *c)
{
    if (!c)
        return;
    sk_X509_pop_free(c->certificates, X509_free);
    stet_free(c);
}

static X509 *leaf(const struct stet_chain *c)
{
    return sk_X509_value(c->certificates, 0);
}

int stet_chain_public(const struct stet_chain *c, struct stet_buf *out,
                      struct stet_error *err)
{
    unsigned char *der = NULL;
    int n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(leaf(c)), &der);

    if (n <= 0)
        return no_memory(err);
    stet_buf_add(out, der, (size_t)n);
    OPENSSL_free(der);
    return stet_buf_status(out) < 0 ? no_memory(err) : STET_OK;
}

bool stet_chain_is_of(const struct stet_chain *c, const char *host)
{
    return X509_check_host(leaf(c), host, 0, 0, NULL) == 1;
}

static void set_time(X509_VERIFY_PARAM *p, int64_t at_ms)
{
    X509_VERIFY_PARAM_set_time(p, (time_t)(at_ms / 1000));
}

int stet_chain_verify(const struct stet_chain *c,
                      const struct stet_roots *roots, int64_t at_ms,
                      struct stet_error *err)
{
    X509_STORE *store = store_of(roots);
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    int rc = STET_OK;

    if (!store || !ctx ||
        X509_STORE_CTX_init(ctx, store, leaf(c), c->certificates) != 1) {
        rc = no_memory(err);
    } else {
        set_time(X509_STORE_CTX_get0_param(ctx), at_ms);
        if (X509_verify_cert(ctx) != 1)
            rc = stet_fail(
                err, STET_END, "%s",
                X509_verify_cert_error_string(X509_STORE_CTX_get_error(ctx)));
    }
    X509_STORE_CTX_free(ctx);
    X509_STORE_free(store);
    ERR_clear_error();
    return rc;
}

/* -- time-stamps ----------------------------------------------------------- */

/* The token itself, or the one in a response. */
static PKCS7 *parse_token(struct stet_span der)
{
    const unsigned char *p = (const unsigned char *)der.ptr;
    PKCS7 *token = d2i_PKCS7(NULL, &p, (long)der.len);
    TS_RESP *response;

    if (token && PKCS7_type_is_signed(token))
        return token;
    PKCS7_free(token);
    p = (const unsigned char *)der.ptr;
    response = d2i_TS_RESP(NULL, &p, (long)der.len);
    token = NULL;
    if (response && TS_RESP_get_token(response))
        token = PKCS7_dup(TS_RESP_get_token(response));
    TS_RESP_free(response);
    return token;
}

/* When it says that it was made, or STET_NO_DATE. */
static int64_t time_of(PKCS7 *token)
{
    TS_TST_INFO *info = PKCS7_to_TS_TST_INFO(token);
    const ASN1_GENERALIZEDTIME *t = info ? TS_TST_INFO_get_time(info) : NULL;
    int64_t when = STET_NO_DATE;
    struct tm tm;

    if (t && ASN1_TIME_to_tm(t, &tm) == 1)
        when = (int64_t)timegm(&tm) * 1000;
    TS_TST_INFO_free(info);
    return when;
}

/*
 * Verifies with a store of roots, or, without one, of the last certificate
 * of the chain: then only the mathematics count.
 */
static bool is_good(PKCS7 *token, struct stet_span text,
                    const struct stet_chain *chain, X509_STORE *store,
                    int64_t when_ms)
{
    TS_VERIFY_CTX *ctx = TS_VERIFY_CTX_new();
    BIO *data = BIO_new_mem_buf(text.ptr, (int)text.len);
    STACK_OF(X509) *more =
        chain ? X509_chain_up_ref(chain->certificates) : NULL;
    bool good = false;

    if (ctx && data && store) {
        set_time(X509_STORE_get0_param(store), when_ms);
        TS_VERIFY_CTX_set_flags(ctx, TS_VFY_VERSION | TS_VFY_SIGNER |
                                         TS_VFY_SIGNATURE | TS_VFY_DATA);
        /* The context takes these over. */
        TS_VERIFY_CTX_set_data(ctx, data);
        TS_VERIFY_CTX_set_store(ctx, store);
        if (more)
            TS_VERIFY_CTX_set_certs(ctx, more);
        good = TS_RESP_verify_token(ctx, token) == 1;
    } else {
        BIO_free(data);
        X509_STORE_free(store);
        sk_X509_pop_free(more, X509_free);
    }
    TS_VERIFY_CTX_free(ctx);
    return good;
}

/* The self-signed certificates of the chain as roots. */
static X509_STORE *own_store(const struct stet_chain *chain)
{
    X509_STORE *s = X509_STORE_new();

    for (int i = 0; s && chain && i < sk_X509_num(chain->certificates); i++) {
        X509 *x = sk_X509_value(chain->certificates, i);

        if (X509_self_signed(x, 0) == 1)
            X509_STORE_add_cert(s, x);
    }
    return s;
}

enum stet_stamp_verdict stet_stamp_verify(struct stet_span token,
                                          struct stet_span text,
                                          const struct stet_chain *chain,
                                          const struct stet_roots *roots,
                                          int64_t *when_ms,
                                          struct stet_error *err)
{
    PKCS7 *parsed = parse_token(token);
    enum stet_stamp_verdict verdict = STET_STAMP_BAD;
    const char *why = NULL;

    *when_ms = parsed ? time_of(parsed) : STET_NO_DATE;
    if (*when_ms == STET_NO_DATE) {
        stet_fail(err, STET_EFORMAT, "there is no time-stamp");
    } else if (is_good(parsed, text, chain, store_of(roots), *when_ms)) {
        verdict = STET_STAMP_GOOD;
    } else if (is_good(parsed, text, chain, own_store(chain), *when_ms)) {
        verdict = STET_STAMP_UNROOTED;
        stet_fail(err, STET_END, "its authority is not known here");
    } else {
        why = ERR_reason_error_string(ERR_peek_last_error());
        stet_fail(err, STET_END, "%s", why ? why : "it is not right");
    }
    PKCS7_free(parsed);
    ERR_clear_error();
    return verdict;
}
