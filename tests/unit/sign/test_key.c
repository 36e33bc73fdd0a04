#include "base/span.h"
#include "lib/folder.h"
#include "lib/tap.h"
#include "sign/key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT STET_SPAN("sha256:03ac674216f3e15c761ee1a5e255f067953623c8b388b4")

/* A key with its public half and a signature of TEXT. */
struct signed_text {
    struct stet_key *key;
    struct stet_buf public, signature;
};

static void begin(struct signed_text *s)
{
    folder_make();
    stet_buf_init(&s->public, 4096);
    stet_buf_init(&s->signature, 4096);
    CHECK_INT(stet_key_open(&s->key, folder_path("key.pem"), NULL), STET_OK);
    CHECK_INT(stet_key_public(s->key, &s->public, NULL), STET_OK);
    CHECK_INT(stet_key_sign(s->key, TEXT, &s->signature, NULL), STET_OK);
}

static void end(struct signed_text *s)
{
    stet_buf_clear(&s->signature);
    stet_buf_clear(&s->public);
    stet_key_free(s->key);
    folder_remove();
}

static int verify(const struct signed_text *s, struct stet_span text)
{
    return stet_key_verify(stet_buf_span(&s->public), text,
                           stet_buf_span(&s->signature), NULL);
}

static void verifies_what_it_signed(void)
{
    struct signed_text s;

    begin(&s);
    CHECK_INT(s.signature.len, 96);
    CHECK_INT(verify(&s, TEXT), STET_OK);
    CHECK_INT(verify(&s, STET_SPAN("")), STET_END);
    CHECK_INT(verify(&s, stet_span_sub(TEXT, 0, TEXT.len - 1)), STET_END);
    end(&s);
}

/* Every byte of a signature counts, and every one of the text. */
static void sees_each_byte_that_was_changed(void)
{
    char text[100];
    struct signed_text s;

    begin(&s);
    for (size_t i = 0; i < s.signature.len; i++) {
        s.signature.data[i] ^= 1;
        CHECK_INT(verify(&s, TEXT), STET_END);
        s.signature.data[i] ^= 1;
    }
    memcpy(text, TEXT.ptr, TEXT.len);
    for (size_t i = 0; i < TEXT.len; i++) {
        text[i] ^= 1;
        CHECK_INT(verify(&s, (struct stet_span){ text, TEXT.len }), STET_END);
        text[i] ^= 1;
    }
    CHECK_INT(verify(&s, (struct stet_span){ text, TEXT.len }), STET_OK);
    end(&s);
}

static void refuses_signatures_of_other_lengths(void)
{
    static const size_t lengths[] = { 95, 94, 48, 1, 0 };
    struct signed_text s;

    begin(&s);
    stet_buf_addc(&s.signature, '\0');
    CHECK_INT(verify(&s, TEXT), STET_END);
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        stet_buf_cut(&s.signature, lengths[i]);
        CHECK_INT(verify(&s, TEXT), STET_END);
    }
    for (size_t i = 0; i < 96; i++)
        stet_buf_addc(&s.signature, '\0'); /* r and s of nought */
    CHECK_INT(verify(&s, TEXT), STET_END);
    end(&s);
}

/* r or s with its first bit set takes a byte more, small ones take fewer. */
static void takes_der_too(void)
{
    struct signed_text s;

    begin(&s);
    for (int i = 0; i < 32; i++) {
        const unsigned char *raw;
        ECDSA_SIG *sig = ECDSA_SIG_new();
        unsigned char *der = NULL;
        int n;

        stet_buf_reset(&s.signature);
        CHECK_INT(stet_key_sign(s.key, TEXT, &s.signature, NULL), STET_OK);
        raw = (const unsigned char *)s.signature.data;
        CHECK(ECDSA_SIG_set0(sig, BN_bin2bn(raw, 48, NULL),
                             BN_bin2bn(raw + 48, 48, NULL)) == 1);
        n = i2d_ECDSA_SIG(sig, &der);
        CHECK(n > 96);
        stet_buf_reset(&s.signature);
        stet_buf_add(&s.signature, der, (size_t)n);
        CHECK_INT(verify(&s, TEXT), STET_OK);
        s.signature.data[n - 1] ^= 1;
        CHECK_INT(verify(&s, TEXT), STET_END);
        OPENSSL_free(der);
        ECDSA_SIG_free(sig);
    }
    end(&s);
}

static void tells_what_is_no_public_key(void)
{
    struct stet_error err = { 0 };
    struct signed_text s;

    begin(&s);
    CHECK_INT(
        stet_key_verify(STET_SPAN(""), TEXT, stet_buf_span(&s.signature), &err),
        STET_EFORMAT);
    CHECK_STR(err.text, "there is no public key");
    CHECK_INT(stet_key_verify(STET_SPAN("0\x82\x01"), TEXT,
                              stet_buf_span(&s.signature), NULL),
              STET_EFORMAT);
    stet_buf_cut(&s.public, s.public.len - 1);
    CHECK_INT(verify(&s, TEXT), STET_EFORMAT);
    end(&s);
}

static void keeps_a_key_for_its_owner_alone(void)
{
    struct stet_key *made = NULL, *again = NULL;
    struct stet_buf first, second;
    struct stat st;
    const char *path;

    folder_make();
    path = folder_path("new/folder/key.pem");
    stet_buf_init(&first, 4096);
    stet_buf_init(&second, 4096);
    CHECK_INT(stet_key_open(&made, path, NULL), STET_OK);
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    CHECK_INT(stet_key_open(&again, path, NULL), STET_OK);
    CHECK_INT(stet_key_public(made, &first, NULL), STET_OK);
    CHECK_INT(stet_key_public(again, &second, NULL), STET_OK);
    CHECK(stet_span_eq(stet_buf_span(&first), stet_buf_span(&second)));
    stet_key_free(again);
    stet_key_free(made);
    stet_key_free(NULL);
    stet_buf_clear(&second);
    stet_buf_clear(&first);
    folder_remove();
}

/* Writes a key of a kind, with a password if there is one. */
static void write_key(const char *path, EVP_PKEY *key, const char *password)
{
    FILE *f = fopen(path, "w");

    CHECK(key && f);
    CHECK(PEM_write_PKCS8PrivateKey(
              f, key, password ? EVP_aes_128_cbc() : NULL, password,
              password ? (int)strlen(password) : 0, NULL, NULL) == 1);
    fclose(f);
    EVP_PKEY_free(key);
}

static void refuses_what_is_no_key_of_its_curve(void)
{
    static const char *const rows[] = { "empty", "words",  "p256",
                                        "rsa",   "locked", "folder" };
    struct stet_error err;
    struct stet_key *k;
    FILE *f;

    folder_make();
    fclose(fopen(folder_path("empty"), "w"));
    f = fopen(folder_path("words"), "w");
    fputs("-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----\n", f);
    fclose(f);
    write_key(folder_path("p256"), EVP_EC_gen("P-256"), NULL);
    write_key(folder_path("rsa"), EVP_RSA_gen(2048), NULL);
    write_key(folder_path("locked"), EVP_EC_gen("P-384"), "secret");
    CHECK_INT(mkdir(folder_path("folder"), 0700), 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        tap_row(rows[i]);
        err = (struct stet_error){ 0 };
        CHECK_INT(stet_key_open(&k, folder_path(rows[i]), &err), STET_EFORMAT);
        CHECK(k == NULL);
        CHECK(strstr(err.text, rows[i]) != NULL);
    }
    tap_row("below a file");
    CHECK_INT(stet_key_open(&k, folder_path("words/key.pem"), &err), STET_EIO);
    CHECK(k == NULL);
    tap_row(NULL);
    folder_remove();
}

TESTS({ "verifies what it signed", verifies_what_it_signed },
      { "sees each byte that was changed", sees_each_byte_that_was_changed },
      { "refuses signatures of other lengths",
        refuses_signatures_of_other_lengths },
      { "takes DER too", takes_der_too },
      { "tells what is no public key", tells_what_is_no_public_key },
      { "keeps a key for its owner alone", keeps_a_key_for_its_owner_alone },
      { "refuses what is no key of its curve",
        refuses_what_is_no_key_of_its_curve })
