#include "base/span.h"
#include "lib/folder.h"
#include "lib/tap.h"
#include "sign/chain.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY  INT64_C(86400000)
#define NOW  INT64_C(1700000000000)
#define TEXT STET_SPAN("a signature that is stamped")

/* A root, one that is nobody's, what the root signed: a site, and an
 * authority for time-stamps. */
struct world {
    EVP_PKEY *root_key, *site_key, *stamp_key;
    X509 *root, *other, *site, *stamp;
    struct stet_roots *roots, *others;
};

static void extend(X509 *x, X509 *issuer, int nid, const char *value)
{
    X509_EXTENSION *e;
    X509V3_CTX ctx;

    X509V3_set_ctx(&ctx, issuer, x, NULL, NULL, 0);
    e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    CHECK(e && X509_add_ext(x, e, -1) == 1);
    X509_EXTENSION_free(e);
}

/* Good from a day before NOW to a day after it. */
static X509 *certificate(const char *name, EVP_PKEY *key, X509 *issuer,
                         EVP_PKEY *issuer_key, int nid, const char *value)
{
    static long serial = 1;
    X509 *x = X509_new();

    X509_set_version(x, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(x), serial++);
    ASN1_TIME_set(X509_getm_notBefore(x), (time_t)((NOW - DAY) / 1000));
    ASN1_TIME_set(X509_getm_notAfter(x), (time_t)((NOW + DAY) / 1000));
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_UTF8,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_pubkey(x, key);
    X509_set_issuer_name(x, X509_get_subject_name(issuer ? issuer : x));
    extend(x, issuer ? issuer : x, nid, value);
    CHECK(X509_sign(x, issuer_key, EVP_sha256()) > 0);
    return x;
}

/* Adds a certificate as PEM. */
static void add_pem(struct stet_buf *out, X509 *x)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *p = NULL;
    long n;

    CHECK(PEM_write_bio_X509(bio, x) == 1);
    n = BIO_get_mem_data(bio, &p);
    stet_buf_add(out, p, (size_t)n);
    BIO_free(bio);
}

static struct stet_roots *roots_of(const char *name, X509 *x)
{
    struct stet_roots *r = NULL;
    struct stet_buf pem;
    FILE *f = fopen(folder_path(name), "w");

    stet_buf_init(&pem, 1 << 16);
    add_pem(&pem, x);
    CHECK(f && fwrite(pem.data, 1, pem.len, f) == pem.len);
    fclose(f);
    stet_buf_clear(&pem);
    CHECK_INT(stet_roots_open(&r, folder_path(name), NULL), STET_OK);
    return r;
}

static void begin(struct world *w)
{
    folder_make();
    w->root_key = EVP_EC_gen("P-256");
    w->site_key = EVP_EC_gen("P-256");
    w->stamp_key = EVP_EC_gen("P-256");
    w->root = certificate("root", w->root_key, NULL, w->root_key,
                          NID_basic_constraints, "critical,CA:TRUE");
    w->other = certificate("other", w->site_key, NULL, w->site_key,
                           NID_basic_constraints, "critical,CA:TRUE");
    w->site = certificate("site", w->site_key, w->root, w->root_key,
                          NID_subject_alt_name,
                          "DNS:news.example,DNS:*.paper.example");
    w->stamp = certificate("stamp", w->stamp_key, w->root, w->root_key,
                           NID_ext_key_usage, "critical,timeStamping");
    w->roots = roots_of("root.pem", w->root);
    w->others = roots_of("other.pem", w->other);
}

static void end(struct world *w)
{
    stet_roots_free(w->others);
    stet_roots_free(w->roots);
    X509_free(w->stamp);
    X509_free(w->site);
    X509_free(w->other);
    X509_free(w->root);
    EVP_PKEY_free(w->stamp_key);
    EVP_PKEY_free(w->site_key);
    EVP_PKEY_free(w->root_key);
    folder_remove();
}

/* A chain of up to two certificates. */
static struct stet_chain *chain_of(X509 *first, X509 *second)
{
    struct stet_chain *c = NULL;
    struct stet_buf pem;

    stet_buf_init(&pem, 1 << 16);
    add_pem(&pem, first);
    if (second)
        add_pem(&pem, second);
    CHECK_INT(stet_chain_parse(&c, stet_buf_span(&pem), NULL), STET_OK);
    stet_buf_clear(&pem);
    return c;
}

static void follows_a_chain_to_its_root(void)
{
    const struct {
        const char *name;
        int64_t at_ms;
        int want;
        bool other; /* roots */
    } rows[] = {
        { "within its time", NOW, STET_OK, false },
        { "its first second", NOW - DAY, STET_OK, false },
        { "before its time", NOW - DAY - 1000, STET_END, false },
        { "after its time", NOW + DAY + 1000, STET_END, false },
        { "another root", NOW, STET_END, true },
    };
    struct stet_error err = { 0 };
    struct stet_chain *c;
    struct world w;

    begin(&w);
    c = chain_of(w.site, NULL);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].name);
        err.text[0] = '\0';
        CHECK_INT(stet_chain_verify(c, rows[i].other ? w.others : w.roots,
                                    rows[i].at_ms, &err),
                  rows[i].want);
        CHECK_INT(err.text[0] == '\0', rows[i].want == STET_OK);
    }
    tap_row(NULL);
    stet_chain_free(c);
    /* A root that comes with the chain is not trusted for that. */
    c = chain_of(w.site, w.root);
    CHECK_INT(stet_chain_verify(c, w.others, NOW, &err), STET_END);
    stet_chain_free(c);
    end(&w);
}

/* A certificate that is not of an authority signs none. */
static void trusts_no_site_to_sign(void)
{
    struct stet_chain *c;
    struct world w;
    X509 *forged;

    begin(&w);
    forged = certificate("forged", w.stamp_key, w.site, w.site_key,
                         NID_subject_alt_name, "DNS:bank.example");
    c = chain_of(forged, w.site);
    CHECK_INT(stet_chain_verify(c, w.roots, NOW, NULL), STET_END);
    stet_chain_free(c);
    X509_free(forged);
    end(&w);
}

static void knows_the_host_of_a_certificate(void)
{
    static const struct {
        const char *host;
        bool is_of;
    } rows[] = {
        { "news.example", true },
        { "NEWS.example", true },
        { "www.paper.example", true },
        { "paper.example", false },
        { "a.www.paper.example", false },
        { "news.example.org", false },
        { "ews.example", false },
        { "site", false },
        { "", false },
    };
    struct stet_chain *c;
    struct world w;

    begin(&w);
    c = chain_of(w.site, w.root);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i].host);
        CHECK_INT(stet_chain_is_of(c, rows[i].host), rows[i].is_of);
    }
    tap_row(NULL);
    stet_chain_free(c);
    end(&w);
}

static void gives_the_key_of_the_first(void)
{
    struct stet_chain *c;
    struct stet_buf key;
    unsigned char *der = NULL;
    struct world w;
    int n;

    begin(&w);
    stet_buf_init(&key, 4096);
    c = chain_of(w.site, w.root);
    n = i2d_PUBKEY(w.site_key, &der);
    CHECK_INT(stet_chain_public(c, &key, NULL), STET_OK);
    CHECK(stet_span_eq(stet_buf_span(&key),
                       (struct stet_span){ (char *)der, (size_t)n }));
    OPENSSL_free(der);
    stet_chain_free(c);
    stet_buf_clear(&key);
    end(&w);
}

static void tells_what_is_no_certificate(void)
{
    static const char *const rows[] = {
        "", "no PEM",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    };
    struct stet_error err = { 0 };
    struct stet_chain *c;
    struct stet_roots *r;
    FILE *f;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK_INT(stet_chain_parse(&c, stet_span_of(rows[i]), &err),
                  STET_EFORMAT);
        CHECK(c == NULL);
        CHECK_STR(err.text, "there is no certificate");
    }
    folder_make();
    f = fopen(folder_path("words.pem"), "w");
    fputs("no PEM\n", f);
    fclose(f);
    CHECK_INT(stet_roots_open(&r, folder_path("words.pem"), &err),
              STET_EFORMAT);
    CHECK(r == NULL && strstr(err.text, "words.pem"));
    CHECK_INT(stet_roots_open(&r, folder_path("nowhere.pem"), &err), STET_EIO);
    CHECK(r == NULL && strstr(err.text, "nowhere.pem"));
    stet_chain_free(NULL);
    stet_roots_free(NULL);
    folder_remove();
}

/* -- time-stamps ----------------------------------------------------------- */

static int stamp_time(struct TS_resp_ctx *ctx, void *data, long *sec,
                      long *usec)
{
    (void)ctx;
    (void)data;
    *sec = (long)(NOW / 1000);
    *usec = 0;
    return 1;
}

static ASN1_INTEGER *stamp_serial(struct TS_resp_ctx *ctx, void *data)
{
    ASN1_INTEGER *n = ASN1_INTEGER_new();

    (void)ctx;
    (void)data;
    ASN1_INTEGER_set(n, 7);
    return n;
}

/* A request for a stamp on a text. */
static BIO *request(struct stet_span text)
{
    unsigned char hash[32];
    TS_MSG_IMPRINT *m = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    TS_REQ *q = TS_REQ_new();
    BIO *bio = BIO_new(BIO_s_mem());

    EVP_Digest(text.ptr, text.len, hash, NULL, EVP_sha256(), NULL);
    X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL);
    TS_MSG_IMPRINT_set_algo(m, algorithm);
    TS_MSG_IMPRINT_set_msg(m, hash, sizeof(hash));
    TS_REQ_set_version(q, 1);
    TS_REQ_set_msg_imprint(q, m);
    TS_REQ_set_cert_req(q, 1);
    CHECK(i2d_TS_REQ_bio(bio, q) == 1);
    TS_MSG_IMPRINT_free(m);
    X509_ALGOR_free(algorithm);
    TS_REQ_free(q);
    return bio;
}

/* The authority's answer (bare: the token alone), as DER. */
static struct stet_span stamp(const struct world *w, bool bare,
                              struct stet_buf *out)
{
    ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4", 1);
    TS_RESP_CTX *ctx = TS_RESP_CTX_new();
    BIO *bio = request(TEXT);
    unsigned char *der = NULL;
    TS_RESP *r;
    int n;

    TS_RESP_CTX_set_signer_cert(ctx, w->stamp);
    TS_RESP_CTX_set_signer_key(ctx, w->stamp_key);
    TS_RESP_CTX_set_signer_digest(ctx, EVP_sha256());
    TS_RESP_CTX_set_def_policy(ctx, policy);
    TS_RESP_CTX_add_md(ctx, EVP_sha256());
    TS_RESP_CTX_set_time_cb(ctx, stamp_time, NULL);
    TS_RESP_CTX_set_serial_cb(ctx, stamp_serial, NULL);
    r = TS_RESP_create_response(ctx, bio);
    CHECK(r && TS_RESP_get_token(r));
    n = bare ? i2d_PKCS7(TS_RESP_get_token(r), &der) : i2d_TS_RESP(r, &der);
    stet_buf_reset(out);
    stet_buf_add(out, der, (size_t)n);
    OPENSSL_free(der);
    TS_RESP_free(r);
    TS_RESP_CTX_free(ctx);
    ASN1_OBJECT_free(policy);
    BIO_free(bio);
    return stet_buf_span(out);
}

static void verifies_time_stamps(void)
{
    struct stet_error err = { 0 };
    struct stet_chain *c;
    struct stet_buf der;
    struct world w;
    int64_t when;

    begin(&w);
    stet_buf_init(&der, 1 << 20);
    c = chain_of(w.stamp, w.root);
    for (int bare = 0; bare < 2; bare++) {
        struct stet_span token = stamp(&w, bare, &der);

        CHECK_INT(stet_stamp_verify(token, TEXT, c, w.roots, &when, &err),
                  STET_STAMP_GOOD);
        CHECK_INT(when, NOW);
        CHECK_INT(stet_stamp_verify(token, TEXT, NULL, w.roots, &when, &err),
                  STET_STAMP_GOOD);
        CHECK_INT(stet_stamp_verify(token, TEXT, c, w.others, &when, &err),
                  STET_STAMP_UNROOTED);
        CHECK_INT(stet_stamp_verify(token, TEXT, NULL, w.others, &when, &err),
                  STET_STAMP_BAD);
        CHECK_INT(stet_stamp_verify(token, STET_SPAN("another"), c, w.roots,
                                    &when, &err),
                  STET_STAMP_BAD);
        CHECK(err.text[0] != '\0');
        CHECK_INT(stet_stamp_verify(stet_span_sub(token, 0, token.len - 1),
                                    TEXT, c, w.roots, &when, &err),
                  STET_STAMP_BAD);
        der.data[der.len - 1] ^= 1; /* within the signature */
        CHECK_INT(stet_stamp_verify(token, TEXT, c, w.roots, &when, &err),
                  STET_STAMP_BAD);
    }
    CHECK_INT(stet_stamp_verify(STET_SPAN(""), TEXT, c, w.roots, &when, &err),
              STET_STAMP_BAD);
    CHECK_STR(err.text, "there is no time-stamp");
    stet_chain_free(c);
    stet_buf_clear(&der);
    end(&w);
}

TESTS({ "follows a chain to its root", follows_a_chain_to_its_root },
      { "trusts no site to sign", trusts_no_site_to_sign },
      { "knows the host of a certificate", knows_the_host_of_a_certificate },
      { "gives the key of the first", gives_the_key_of_the_first },
      { "tells what is no certificate", tells_what_is_no_certificate },
      { "verifies time-stamps", verifies_time_stamps })
