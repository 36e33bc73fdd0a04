#include "base/spool.h"

#include "lib/tap.h"

#include <string.h>

/* The same through memory and through a file. */
static const size_t thresholds[] = { 1 << 20, 1000, 1 };

static void gives_back_what_it_took(void)
{
    char piece[700], got[700];

    memset(piece, 'x', sizeof(piece));
    for (size_t i = 0; i < 3; i++) {
        struct stet_span all = { NULL, 0 };
        struct stet_spool s, moved;
        size_t n = 0;

        tap_row(i == 0 ? "memory" : "file");
        stet_spool_init(&s, NULL, thresholds[i]);
        for (int k = 0; k < 5; k++) {
            piece[0] = (char)('0' + k);
            CHECK_INT(stet_spool_add(&s, piece, sizeof(piece), NULL), STET_OK);
        }
        CHECK_INT(s.len, 3500);
        CHECK_INT(s.fd >= 0, i != 0);
        CHECK_INT(stet_spool_read(&s, 1400, got, sizeof(got), &n, NULL), 0);
        CHECK_INT(n, 700);
        CHECK_INT(got[0], '2');
        CHECK_INT(stet_spool_view(&s, &all, NULL), STET_OK);
        CHECK_INT(all.len, 3500);
        CHECK_INT(all.ptr[2800], '4');
        CHECK_INT(stet_spool_front(&s, 1401, &all, NULL), STET_OK);
        CHECK_INT(all.len, 1401);
        CHECK_INT(all.ptr[1400], '2');
        stet_spool_drop_view(&s);
        CHECK_INT(stet_spool_front(&s, 4000, &all, NULL), STET_OK);
        CHECK_INT(all.len, 3500);
        CHECK_INT(stet_spool_cut(&s, 701, NULL), STET_OK);
        CHECK_INT(stet_spool_add(&s, "end", 3, NULL), STET_OK);
        stet_spool_move(&moved, &s);
        CHECK_INT(s.len, 0);
        CHECK_INT(stet_spool_view(&moved, &all, NULL), STET_OK);
        CHECK_SPAN(((struct stet_span){ all.ptr + 700, all.len - 700 }),
                   "1end");
        stet_spool_clear(&moved);
        stet_spool_clear(&s);
    }
}

static void says_that_its_folder_is_not_there(void)
{
    struct stet_error err = { 0, 0, "" };
    struct stet_spool s;

    stet_spool_init(&s, "/nowhere/at/all", 4);
    CHECK_INT(stet_spool_add(&s, "12345", 5, &err), STET_EIO);
    CHECK(strstr(err.text, "/nowhere/at/all") != NULL);
    stet_spool_clear(&s);
}

TESTS({ "gives back what it took", gives_back_what_it_took },
      { "says that its folder is not there",
        says_that_its_folder_is_not_there })
