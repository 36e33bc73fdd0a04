#include "frontier/handed.h"

#include "stet/error.h"

#include "lib/tap.h"

/* Ids far apart that want the same slots, put and dropped in every order
 * against a plain list. */
static void finds_what_is_in_it_and_nothing_else(void)
{
    enum { N = 400 };
    static bool in[N];
    struct stet_handed_set s;
    uint64_t dice = 9;
    size_t len = 0;

    stet_handed_init(&s);
    CHECK(stet_handed_find(&s, 1) == NULL);
    for (int step = 0; step < 20000; step++) {
        int i;
        struct stet_handed h = { .priority = 3 };
        dice = dice * UINT64_C(6364136223846793005) + 1;
        i = (int)((dice >> 33) % N);
        h.id = 1 + i % 20 + (int64_t)(i / 20) * 1024;
        if (in[i]) {
            stet_handed_drop(&s, stet_handed_find(&s, h.id));
            len--;
        } else {
            CHECK_INT(stet_handed_put(&s, &h), STET_OK);
            len++;
        }
        in[i] = !in[i];
        if (step % 100 != 0)
            continue;
        CHECK_INT(s.len, len);
        for (int j = 0; j < N; j++) {
            int64_t id = 1 + j % 20 + (int64_t)(j / 20) * 1024;
            const struct stet_handed *got = stet_handed_find(&s, id);
            CHECK((got != NULL) == in[j]);
            CHECK(!got || got->id == id);
        }
    }
    stet_handed_clear(&s);
}

TESTS({ "finds what is in it and nothing else",
        finds_what_is_in_it_and_nothing_else })
