#include "base/buf.h"

#include "base/mem.h"
#include "lib/tap.h"
#include "stet/error.h"

static void adds_and_takes(void)
{
    struct stet_buf b;
    size_t len;
    char *s;

    stet_buf_init(&b, 1000);
    stet_buf_adds(&b, "one");
    stet_buf_adds(&b, "");
    stet_buf_adds(&b, " two");
    CHECK_INT(stet_buf_status(&b), STET_OK);

    s = stet_buf_take(&b, &len);
    CHECK_STR(s, "one two");
    CHECK_INT(len, 7);
    CHECK_INT(b.len, 0);
    stet_free(s);
}

static void stops_at_its_limit_and_stays_stopped(void)
{
    struct stet_buf b;

    stet_buf_init(&b, 4);
    stet_buf_adds(&b, "1234");
    CHECK_INT(stet_buf_status(&b), STET_OK);
    stet_buf_adds(&b, "5");
    CHECK_INT(stet_buf_status(&b), STET_ELIMIT);
    stet_buf_drop(&b, 4);
    stet_buf_adds(&b, "1");
    CHECK_INT(stet_buf_status(&b), STET_ELIMIT);
    CHECK_INT(b.len, 0);
    stet_buf_clear(&b);
    CHECK_INT(stet_buf_status(&b), STET_OK);
}

static void formats_where_there_is_room(void)
{
    struct stet_buf b;

    stet_buf_init(&b, 100);
    stet_buf_addf(&b, "%d-", 1);
    stet_buf_addf(&b, "%s", "a word");
    CHECK_STR(b.data, "1-a word");
    /* Longer than what was reserved first. */
    stet_buf_addf(&b, "%*d", 80, 7);
    CHECK_INT(stet_buf_status(&b), STET_OK);
    CHECK_INT(b.len, 88);
    CHECK(b.data[7] == 'd' && b.data[87] == '7' && b.data[88] == '\0');
    /* Longer than the limit: nothing of it is there. */
    stet_buf_addf(&b, "%s", "0123456789abc");
    CHECK_INT(stet_buf_status(&b), STET_ELIMIT);
    CHECK_INT(b.len, 88);
    CHECK(b.data[88] == '\0');
    stet_buf_clear(&b);
}

static void drops_from_the_front(void)
{
    struct stet_buf b;

    stet_buf_init(&b, 100);
    stet_buf_adds(&b, "abcdef");
    stet_buf_drop(&b, 0);
    stet_buf_drop(&b, 4);
    CHECK_STR(b.data, "ef");
    stet_buf_clear(&b);
}

TESTS({ "adds and takes", adds_and_takes },
      { "stops at its limit and stays stopped",
        stops_at_its_limit_and_stays_stopped },
      { "formats where there is room", formats_where_there_is_room },
      { "drops from the front", drops_from_the_front })
