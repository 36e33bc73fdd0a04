#include "base/sip.h"

#include "lib/tap.h"

#include <stdio.h>

/* The authors' own vectors: the key is 00 01 … 0f, the text 00 01 … of
 * `len` bytes. */
static const struct {
    const char *name;
    size_t len;
    const char *want;
} rows[] = {
    { "nothing", 0, "a3817f04ba25a8e66df67214c7550293" },
    { "one byte", 1, "da87c1d86b99af44347659119b22fc45" },
    { "a byte short of a word", 7, "a1f1ebbed8dbc153c0b84aa61ff08239" },
    { "a word", 8, "3b62a9ba6258f5610f83e264f31497b4" },
    { "a byte short of two words", 15, "5493e99933b0a8117e08ec0f97cfc3d9" },
    { "two words", 16, "6ee2a4ca67b054bbfd3315bf85230577" },
    { "many words and a part", 63, "5150d1772f50834a503e069a973fbd7c" },
};

static void agrees_with_the_vectors(void)
{
    static const struct stet_sip key = { { UINT64_C(0x0706050403020100),
                                           UINT64_C(0x0f0e0d0c0b0a0908) } };
    char text[64];

    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)i;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_sip got =
            stet_sip_of(&key, (struct stet_span){ text, rows[i].len });
        char hex[40];
        size_t n = 0;

        tap_row(rows[i].name);
        for (int b = 0; b < 16; b++)
            n += (size_t)snprintf(
                hex + n, sizeof(hex) - n, "%02x",
                (unsigned)(got.half[b / 8] >> (8 * (b % 8)) & 0xff));
        CHECK_STR(hex, rows[i].want);
    }
    tap_row(NULL);
}

static void another_key_is_another_hash(void)
{
    static const struct stet_sip a = { { 1, 2 } }, b = { { 1, 3 } };
    struct stet_span text = { "http://h/", 9 };

    CHECK(stet_sip_of(&a, text).half[0] != stet_sip_of(&b, text).half[0]);
    CHECK(stet_sip_of(&a, text).half[1] != stet_sip_of(&b, text).half[1]);
}

TESTS({ "agrees with the authors' vectors", agrees_with_the_vectors },
      { "another key is another hash", another_key_is_another_hash })
