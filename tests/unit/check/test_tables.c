#include "check/media.h"

#include "base/date.h"
#include "warc/head.h"
#include "json/json.h"

#include "lib/tap.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * JWAT's tables of good and bad values, from the vectors; `judge` gets a
 * row and checks it.
 */
static void each_row(const char *table,
                     void (*judge)(const struct stet_json_value *row))
{
    const char *vectors = getenv("STET_VECTORS");
    char path[PATH_MAX];
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    FILE *f;

    snprintf(path, sizeof(path), "%s/warc-jwat/tables/%s.jsonl",
             vectors ? vectors : "../shared/vectors", table);
    f = fopen(path, "r");
    if (!f) {
        tap_skip("no tables of JWAT here");
        return;
    }
    while ((len = getline(&line, &cap, f)) > 0) {
        struct stet_json *j = NULL;

        tap_row(line);
        if (CHECK_INT(stet_json_parse(&j,
                                      (struct stet_span){ line, (size_t)len },
                                      NULL, NULL),
                      STET_OK))
            judge(stet_json_get(stet_json_root(j), "row"));
        stet_json_free(j);
    }
    tap_row(NULL);
    free(line);
    fclose(f);
}

/* Rows are [good, text, ...]. */
static void judge_type(const struct stet_json_value *row)
{
    struct stet_span text = stet_json_string(stet_json_at(row, 1));
    bool good = stet_json_is_true(stet_json_at(row, 0));

    /* Annotation 38 of the standard allows the space that JWAT does not. */
    if (!text.ptr || stet_span_eqs(text, "  text/plain ;"))
        return;
    CHECK(stet_check_is_media_type(text) == good);
}

/* Rows are [text] for a bad date, [text, precision, ...] for a good one. */
static void judge_date(const struct stet_json_value *row)
{
    enum { LONGEST = 30 }; /* section 5.4: nine digits of a fraction at most */
    struct stet_span text = stet_json_string(stet_json_at(row, 0));
    bool good = stet_json_len(row) > 1 && text.len <= LONGEST;

    CHECK((stet_warc_date_parse(text) != STET_NO_DATE) == good);
}

static void media_types_are_told_from_other_text(void)
{
    each_row("TestContentType", judge_type);
}

static void dates_are_told_from_other_text(void)
{
    each_row("TestWarcDate", judge_date);
}

TESTS({ "media types are told from other text",
        media_types_are_told_from_other_text },
      { "dates are told from other text", dates_are_told_from_other_text })
