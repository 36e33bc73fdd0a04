#include "base/digest.h"

#include "base/span.h"

#include "lib/tap.h"

#define SHA256_ABC \
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define SHA1_ABC     "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"
#define SHA1_ABC_HEX "a9993e364706816aba3e25717850c26c9cd0d89d"

static void hashes_and_prints(void)
{
    char text[STET_DIGEST_TEXT_MAX];
    struct stet_digest d;

    CHECK_INT(stet_digest_of(&d, STET_SHA256, STET_SPAN("abc"), NULL), 0);
    stet_digest_print(text, &d);
    CHECK_STR(text, "sha256:" SHA256_ABC);
    CHECK_INT(stet_digest_of(&d, STET_SHA1, STET_SPAN("abc"), NULL), 0);
    stet_digest_print(text, &d);
    CHECK_STR(text, "sha1:" SHA1_ABC);
}

static void hashes_in_pieces_and_again(void)
{
    struct stet_hasher *h = NULL;
    struct stet_digest a, b, c;

    CHECK_INT(stet_digest_of(&a, STET_SHA256, STET_SPAN("abc"), NULL), 0);
    CHECK_INT(stet_hasher_new(&h, STET_SHA256, NULL), STET_OK);
    stet_hasher_add(h, "a", 1);
    stet_hasher_add(h, "bc", 2);
    stet_hasher_finish(h, &b);
    stet_hasher_add(h, "abc", 3);
    stet_hasher_finish(h, &c);
    CHECK(stet_digest_eq(&a, &b));
    CHECK(stet_digest_eq(&a, &c));
    stet_hasher_free(h);
}

static const struct {
    const char *text;
    int want;
} fields[] = {
    { "sha256:" SHA256_ABC, STET_OK },
    { "SHA-256:" SHA256_ABC, STET_OK },
    { "sha1:" SHA1_ABC, STET_OK },
    { "sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5", STET_OK },
    { " sha-1 : " SHA1_ABC_HEX " ", STET_OK },
    { "md5:900150983cd24fb0d6963f7d28e17f72", STET_OK },
    { "md5:SAAVBGB42JH3BVUWH56SRYL7OI======", STET_OK },
    { "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", STET_OK },
    { "sha1:qZk-NkcGgWq6PiVxeFDCbJzQ2J0", STET_OK },
    { "sha1:qZk!NkcGgWq6PiVxeFDCbJzQ2J0=", STET_EFORMAT },
    { "sha1:1112H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", STET_EFORMAT },
    { "sha1:" SHA1_ABC "A", STET_EFORMAT },
    { "sha256:abc", STET_EFORMAT },
    { "sha256", STET_EFORMAT },
    { "crc32:12345678", STET_EUNSUPPORTED },
    { "", STET_EFORMAT },
};

static void reads_what_others_write(void)
{
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        struct stet_digest got, want;

        tap_row(fields[i].text);
        CHECK_INT(stet_digest_parse(&got, stet_span_of(fields[i].text)),
                  fields[i].want);
        if (fields[i].want != STET_OK)
            continue;
        CHECK_INT(stet_digest_of(&want, got.kind, STET_SPAN("abc"), NULL), 0);
        CHECK(stet_digest_eq(&got, &want));
    }
}

TESTS({ "hashes and prints", hashes_and_prints },
      { "hashes in pieces and again", hashes_in_pieces_and_again },
      { "reads what others write", reads_what_others_write })
