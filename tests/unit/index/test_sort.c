#include "index/sort.h"

#include "base/buf.h"
#include "base/span.h"

#include "lib/tap.h"
#include "lib/torture.h"

#include <stdio.h>
#include <string.h>

static void check_sorted(const char *const *lines, size_t n, size_t memory,
                         const char *want)
{
    struct stet_sorter *s = NULL;
    struct stet_span line;
    struct stet_buf out;

    stet_buf_init(&out, 1000);
    if (CHECK_INT(stet_sorter_new(&s, NULL, memory, NULL), STET_OK)) {
        for (size_t i = 0; i < n; i++)
            CHECK_INT(stet_sorter_add(s, stet_span_of(lines[i]), NULL),
                      STET_OK);
        while (stet_sorter_next(s, &line, NULL) == STET_OK) {
            stet_buf_add_span(&out, line);
            stet_buf_addc(&out, '|');
        }
    }
    CHECK_SPAN(stet_buf_span(&out), want);
    stet_sorter_free(s);
    stet_buf_clear(&out);
}

static void lines_come_out_by_byte_and_once(void)
{
    static const char *const lines[] = { "b",        "a", "",    "aa", "b",
                                         "\xc3\xa9", "B", "a b", "",   "a\tb" };

    /* In memory, and with a run on disk for every line or two. */
    check_sorted(lines, 10, 0, "|B|a|a\tb|a b|aa|b|\xc3\xa9|");
    check_sorted(lines, 10, 32, "|B|a|a\tb|a b|aa|b|\xc3\xa9|");
    check_sorted(lines, 10, 64, "|B|a|a\tb|a b|aa|b|\xc3\xa9|");
    check_sorted(lines, 0, 32, "");
    check_sorted(lines, 1, 32, "b|");
}

/* More runs than are kept: they are made one on the way. */
enum { MANY = 100000 };

static void many_lines_come_out_in_order(void)
{
    struct stet_sorter *s = NULL;
    struct stet_span line;
    unsigned n = 0;
    char text[32];

    if (!CHECK_INT(stet_sorter_new(&s, NULL, 8192, NULL), STET_OK))
        return;
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(text, sizeof(text), "%06u", i * 7919U % MANY);
        CHECK_INT(stet_sorter_add(s, stet_span_of(text), NULL), STET_OK);
    }
    while (stet_sorter_next(s, &line, NULL) == STET_OK) {
        snprintf(text, sizeof(text), "%06u", n++);
        CHECK_SPAN(line, text);
    }
    CHECK_INT(n, MANY);
    stet_sorter_free(s);
}

static void a_line_without_room_is_refused(void)
{
    static char text[100];
    struct stet_sorter *s = NULL;

    CHECK_INT(stet_sorter_new(&s, NULL, 64, NULL), STET_OK);
    memset(text, 'x', sizeof(text));
    CHECK_INT(stet_sorter_add(s, (struct stet_span){ text, 32 }, NULL),
              STET_ELIMIT);
    stet_sorter_free(s);
}

static int sort_some(void)
{
    struct stet_sorter *s = NULL;
    struct stet_span line;
    int rc = stet_sorter_new(&s, NULL, 64, NULL);

    for (int i = 0; i < 5 && rc == STET_OK; i++)
        rc = stet_sorter_add(s, STET_SPAN("some line of text"), NULL);
    while (rc == STET_OK)
        rc = stet_sorter_next(s, &line, NULL);
    stet_sorter_free(s);
    return rc == STET_END ? STET_OK : rc;
}

static void survives_want_of_memory(void)
{
    CHECK(torture(sort_some));
}

TESTS({ "lines come out by byte and once", lines_come_out_by_byte_and_once },
      { "many lines come out in order", many_lines_come_out_in_order },
      { "a line without room is refused", a_line_without_room_is_refused },
      { "survives want of memory", survives_want_of_memory })
