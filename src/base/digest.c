#include "base/digest.h"

#include "base/ascii.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct stet_hasher {
    EVP_MD_CTX *ctx;
    enum stet_digest_kind kind;
    bool fresh;  /* to be begun anew, by the next use */
    bool broken; /* OpenSSL ran out of memory on the way */
};

static const struct {
    const char *label; /* as we write it */
    const char *alias; /* as others also do */
    size_t len;
} kinds[] = {
    [STET_SHA256] = { "sha256", "sha-256", 32 },
    [STET_SHA1] = { "sha1", "sha-1", 20 },
    [STET_MD5] = { "md5", "md-5", 16 },
};

enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/*
 * What EVP_sha256() gives is looked up by name each time it is used; what is
 * fetched once is not.  NULL where there is no memory, or none such: then
 * the other serves.
 */
static EVP_MD *fetched[N_KINDS];

static void fetch_all(void)
{
    fetched[STET_SHA256] = EVP_MD_fetch(NULL, "SHA256", NULL);
    fetched[STET_SHA1] = EVP_MD_fetch(NULL, "SHA1", NULL);
    fetched[STET_MD5] = EVP_MD_fetch(NULL, "MD5", NULL);
}

static const EVP_MD *md_of(enum stet_digest_kind kind)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, fetch_all);
    if (fetched[kind])
        return fetched[kind];
    if (kind == STET_SHA1)
        return EVP_sha1();
    return kind == STET_MD5 ? EVP_md5() : EVP_sha256();
}

int stet_hasher_new(struct stet_hasher **out, enum stet_digest_kind kind,
                    struct stet_error *err)
{
    struct stet_hasher *h = stet_alloc(sizeof(*h));

    *out = NULL;
    if (h) {
        h->kind = kind;
        h->ctx = EVP_MD_CTX_new();
    }
    if (!h || !h->ctx || !EVP_DigestInit_ex(h->ctx, md_of(kind), NULL)) {
        stet_hasher_free(h);
        return stet_fail(err, STET_ENOMEM, "no memory for a digest");
    }
    *out = h;
    return STET_OK;
}

static void begin(struct stet_hasher *h)
{
    h->broken = !EVP_DigestInit_ex(h->ctx, md_of(h->kind), NULL);
    h->fresh = false;
}

void stet_hasher_add(struct stet_hasher *h, const void *p, size_t n)
{
    if (h->fresh)
        begin(h);
    if (n > 0 && !EVP_DigestUpdate(h->ctx, p, n))
        h->broken = true;
}

void stet_hasher_finish(struct stet_hasher *h, struct stet_digest *out)
{
    unsigned len = 0;

    if (h->fresh)
        begin(h);
    *out = (struct stet_digest){ .kind = h->kind };
    if (!EVP_DigestFinal_ex(h->ctx, out->bytes, &len) || h->broken)
        len = 0;
    out->len = (unsigned char)len;
    h->fresh = true;
}

void stet_hasher_free(struct stet_hasher *h)
{
    if (!h)
        return;
    EVP_MD_CTX_free(h->ctx);
    stet_free(h);
}

int stet_digest_of(struct stet_digest *out, enum stet_digest_kind kind,
                   struct stet_span bytes, struct stet_error *err)
{
    unsigned len = 0;

    *out = (struct stet_digest){ .kind = kind };
    if (!EVP_Digest(bytes.ptr, bytes.len, out->bytes, &len, md_of(kind), NULL))
        return stet_fail(err, STET_ENOMEM, "no memory for a digest");
    out->len = (unsigned char)len;
    return STET_OK;
}

bool stet_digest_eq(const struct stet_digest *a, const struct stet_digest *b)
{
    return a->kind == b->kind && a->len == b->len && a->len > 0 &&
           memcmp(a->bytes, b->bytes, a->len) == 0;
}

void stet_hex_add(struct stet_buf *b, const void *p, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *from = p;

    for (size_t i = 0; i < n; i++) {
        stet_buf_addc(b, digits[from[i] >> 4]);
        stet_buf_addc(b, digits[from[i] & 15]);
    }
}

/* RFC 4648 section 6, without padding. */
void stet_base32_add(struct stet_buf *b, const void *p, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const unsigned char *from = p;
    unsigned held = 0, bits = 0;

    for (size_t i = 0; i < n; i++) {
        held = held << 8 | from[i];
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            stet_buf_addc(b, digits[held >> bits & 31]);
        }
    }
    if (bits > 0)
        stet_buf_addc(b, digits[held << (5 - bits) & 31]);
}

void stet_digest_print(char out[STET_DIGEST_TEXT_MAX],
                       const struct stet_digest *d)
{
    static const char hex[] = "0123456789abcdef";
    static const char b32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    int at = snprintf(out, STET_DIGEST_TEXT_MAX, "%s:", kinds[d->kind].label);
    char *to = out + at;

    if (d->kind == STET_SHA1) {
        unsigned held = 0, bits = 0;
        for (size_t i = 0; i < d->len; i++) {
            held = held << 8 | d->bytes[i];
            for (bits += 8; bits >= 5; bits -= 5)
                *to++ = b32[held >> (bits - 5) & 31];
        }
    } else {
        for (size_t i = 0; i < d->len; i++) {
            *to++ = hex[d->bytes[i] >> 4];
            *to++ = hex[d->bytes[i] & 15];
        }
    }
    *to = '\0';
}

static bool parse_hex(struct stet_digest *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i += 2) {
        int high = stet_hex_value((unsigned char)s.ptr[i]);
        int low = stet_hex_value((unsigned char)s.ptr[i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i / 2] = (unsigned char)(high << 4 | low);
    }
    return true;
}

static bool parse_base32(struct stet_digest *out, struct stet_span s)
{
    unsigned held = 0, bits = 0;
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        char c = stet_to_lower(s.ptr[i]);
        if (c >= 'a' && c <= 'z')
            held = held << 5 | (unsigned)(c - 'a');
        else if (c >= '2' && c <= '7')
            held = held << 5 | (unsigned)(c - '2' + 26);
        else
            return false;
        bits += 5;
        if (bits >= 8 && n < out->len) {
            bits -= 8;
            out->bytes[n++] = (unsigned char)(held >> bits);
        }
    }
    return n == out->len;
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || c == '-')
        return 62;
    return c == '/' || c == '_' ? 63 : -1;
}

/* Either alphabet (RFC 4648 sections 4 and 5). */
static bool parse_base64(struct stet_digest *out, struct stet_span s)
{
    unsigned held = 0, bits = 0;
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        int v = base64_value(s.ptr[i]);

        if (v < 0)
            return false;
        held = held << 6 | (unsigned)v;
        bits += 6;
        if (bits >= 8 && n < out->len) {
            bits -= 8;
            out->bytes[n++] = (unsigned char)(held >> bits);
        }
    }
    return n == out->len;
}

int stet_digest_parse(struct stet_digest *out, struct stet_span text)
{
    struct stet_span value = stet_span_trim(text);
    struct stet_span label = stet_span_trim(stet_span_cut(&value, ':'));
    size_t kind = 0;
    bool padded = false, good = false;

    *out = (struct stet_digest){ STET_SHA256, 0, { 0 } };
    if (!value.ptr)
        return STET_EFORMAT;
    while (kind < N_KINDS && !stet_span_ieqs(label, kinds[kind].label) &&
           !stet_span_ieqs(label, kinds[kind].alias))
        kind++;
    if (kind == N_KINDS)
        return STET_EUNSUPPORTED;
    out->kind = (enum stet_digest_kind)kind;
    out->len = (unsigned char)kinds[kind].len;

    value = stet_span_trim(value);
    while (value.len > 0 && value.ptr[value.len - 1] == '=') {
        value.len--;
        padded = true;
    }
    /* 32 digits of MD5 are hex; its Base32 is 26 (and padded to 32). */
    if (value.len == out->len * 2U && !padded)
        good = parse_hex(out, value);
    else if (value.len == (out->len * 8U + 4) / 5)
        good = parse_base32(out, value);
    else if (value.len == (out->len * 8U + 5) / 6)
        good = parse_base64(out, value);
    if (!good)
        out->len = 0;
    return good ? STET_OK : STET_EFORMAT;
}
