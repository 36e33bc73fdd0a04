#include "sign/key.h"

#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HALF = 48 }; /* of a signature on P-384 */

struct stet_key {
    EVP_PKEY *key;
};

static int no_memory(struct stet_error *err)
{
    return stet_fail(err, STET_ENOMEM, "no memory for a key");
}

/* -- the file -------------------------------------------------------------- */

static int write_key(const char *path, EVP_PKEY *key, struct stet_error *err)
{
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    FILE *f = fd >= 0 ? fdopen(fd, "w") : NULL;
    bool good;

    if (!f) {
        if (fd >= 0)
            close(fd);
        return stet_fail_sys(err, STET_EIO, "cannot make %s", path);
    }
    good = PEM_write_PKCS8PrivateKey(f, key, NULL, NULL, 0, NULL, NULL) == 1;
    good = fflush(f) == 0 && fsync(fd) == 0 && good;
    if (fclose(f) != 0 || !good) {
        unlink(path);
        return stet_fail(err, STET_EIO, "cannot write %s", path);
    }
    return STET_OK;
}

static int make_dirs_above(const char *path, struct stet_error *err)
{
    const char *slash = strrchr(path, '/');
    char *dir;
    int rc;

    if (!slash || slash == path)
        return STET_OK;
    dir = stet_span_dup(
        stet_span_sub(stet_span_of(path), 0, (size_t)(slash - path)));
    if (!dir)
        return no_memory(err);
    rc = stet_file_make_dirs(dir, err);
    stet_free(dir);
    return rc;
}

static int make_key(struct stet_key *k, const char *path,
                    struct stet_error *err)
{
    int rc = make_dirs_above(path, err);

    if (rc < 0)
        return rc;
    k->key = EVP_EC_gen("P-384");
    return k->key ? write_key(path, k->key, err) : no_memory(err);
}

/* A locked key is none: nobody is there to be asked for a password. */
static int no_password(char *buf, int size, int rwflag, void *ctx)
{
    (void)rwflag;
    (void)ctx;
    if (size > 0)
        buf[0] = '\0';
    return -1;
}

static int read_key(struct stet_key *k, FILE *f, const char *path,
                    struct stet_error *err)
{
    char group[32];

    k->key = PEM_read_PrivateKey(f, NULL, no_password, NULL);
    if (!k->key || EVP_PKEY_get_base_id(k->key) != EVP_PKEY_EC ||
        EVP_PKEY_get_group_name(k->key, group, sizeof(group), NULL) != 1 ||
        strcmp(group, "secp384r1") != 0)
        return stet_fail(err, STET_EFORMAT, "no key of P-384 is in %s", path);
    return STET_OK;
}

int stet_key_open(struct stet_key **out, const char *path,
                  struct stet_error *err)
{
    struct stet_key *k = stet_alloc(sizeof(*k));
    FILE *f;
    int rc;

    *out = NULL;
    if (!k)
        return no_memory(err);
    f = fopen(path, "re");
    if (f)
        rc = read_key(k, f, path, err);
    else if (errno == ENOENT)
        rc = make_key(k, path, err);
    else
        rc = stet_fail_sys(err, STET_EIO, "cannot open %s", path);
    if (f)
        fclose(f);
    if (rc < 0) {
        stet_key_free(k);
        return rc;
    }
    *out = k;
    return STET_OK;
}

void stet_key_free(struct stet_key *k)
{
    if (!k)
        return;
    EVP_PKEY_free(k->key);
    stet_free(k);
}

int stet_key_public(const struct stet_key *k, struct stet_buf *out,
                    struct stet_error *err)
{
    unsigned char *der = NULL;
    int n = i2d_PUBKEY(k->key, &der);

    if (n <= 0)
        return no_memory(err);
    stet_buf_add(out, der, (size_t)n);
    OPENSSL_free(der);
    return stet_buf_status(out) < 0 ? no_memory(err) : STET_OK;
}

/* -- signatures ------------------------------------------------------------ */

/* DER into r and s of HALF bytes each. */
static int add_halves(struct stet_buf *out, const unsigned char *der, size_t n)
{
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)n);
    unsigned char raw[2 * HALF];
    bool good = sig && BN_bn2binpad(ECDSA_SIG_get0_r(sig), raw, HALF) == HALF &&
                BN_bn2binpad(ECDSA_SIG_get0_s(sig), raw + HALF, HALF) == HALF;

    ECDSA_SIG_free(sig);
    if (!good)
        return STET_ENOMEM;
    stet_buf_add(out, raw, sizeof(raw));
    return stet_buf_status(out);
}

int stet_key_sign(const struct stet_key *k, struct stet_span text,
                  struct stet_buf *out, struct stet_error *err)
{
    unsigned char der[4 * HALF];
    size_t n = sizeof(der);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good =
        ctx && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, k->key) == 1 &&
        EVP_DigestSign(ctx, der, &n, (const unsigned char *)text.ptr,
                       text.len) == 1;

    EVP_MD_CTX_free(ctx);
    return good && add_halves(out, der, n) == STET_OK ? STET_OK
                                                      : no_memory(err);
}

/* r and s, as DER; *n is 0 when these are no two halves. */
static unsigned char *der_of_halves(struct stet_span raw, size_t *n)
{
    const unsigned char *p = (const unsigned char *)raw.ptr;
    int half = (int)(raw.len / 2);
    ECDSA_SIG *sig = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(p, half, NULL), *s = BN_bin2bn(p + half, half, NULL);
    unsigned char *der = NULL;
    int len = 0;

    if (sig && r && s && ECDSA_SIG_set0(sig, r, s) == 1) {
        len = i2d_ECDSA_SIG(sig, &der);
    } else {
        BN_free(r);
        BN_free(s);
    }
    ECDSA_SIG_free(sig);
    *n = len > 0 ? (size_t)len : 0;
    return der;
}

static bool is_right(EVP_PKEY *key, struct stet_span text,
                     const unsigned char *sig, size_t n)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good = ctx &&
                EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestVerify(ctx, sig, n, (const unsigned char *)text.ptr,
                                 text.len) == 1;

    EVP_MD_CTX_free(ctx);
    return good;
}

/* Both forms of ECDSA; halves are as long as the curve's numbers. */
static bool is_right_in_any_form(EVP_PKEY *key, struct stet_span text,
                                 struct stet_span signature)
{
    size_t half = (size_t)(EVP_PKEY_get_bits(key) + 7) / 8, n = 0;
    unsigned char *der = NULL;
    bool good = is_right(key, text, (const unsigned char *)signature.ptr,
                         signature.len);

    if (!good && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
        signature.len == 2 * half) {
        der = der_of_halves(signature, &n);
        good = n > 0 && is_right(key, text, der, n);
    }
    OPENSSL_free(der);
    return good;
}

int stet_key_verify(struct stet_span public_key, struct stet_span text,
                    struct stet_span signature, struct stet_error *err)
{
    const unsigned char *p = (const unsigned char *)public_key.ptr;
    EVP_PKEY *key =
        public_key.len > 0 ? d2i_PUBKEY(NULL, &p, (long)public_key.len) : NULL;
    bool good;

    if (!key)
        return stet_fail(err, STET_EFORMAT, "there is no public key");
    good = is_right_in_any_form(key, text, signature);
    EVP_PKEY_free(key);
    return good ? STET_OK
                : stet_fail(err, STET_END, "the signature is not right");
}
