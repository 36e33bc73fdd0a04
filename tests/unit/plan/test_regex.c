#include "plan/regex.h"

#include "base/span.h"
#include "lib/tap.h"
#include "lib/torture.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct {
    const char *pattern, *text;
    bool matches;
} rows[] = {
    { "", "", true },
    { "", "abc", true },
    { "b", "abc", true },
    { "^b", "abc", false },
    { "^abc$", "abc", true },
    { "^abc$", "abcd", false },
    { "^$", "", true },
    { "^$", "a", false },
    { "c$", "abc", true },
    { "a.c", "xabcx", true },
    { "a.c", "ac", false },
    { "ab*c", "ac", true },
    { "ab+c", "ac", false },
    { "ab+c", "abbbc", true },
    { "ab?c$", "abbc", false },
    { "^(ab|cd)+$", "abcdab", true },
    { "^(ab|cd)+$", "abcda", false },
    { "^(a|b|cc)$", "cc", true },
    { "^(|a)$", "", true },
    { "^a{3}$", "aaa", true },
    { "^a{3}$", "aaaa", false },
    { "^a{2,3}$", "a", false },
    { "^a{2,3}$", "aaa", true },
    { "^a{2,}$", "aaaaa", true },
    { "^a{0}b$", "b", true },
    { "^a{0,1}b$", "aab", false },
    { "^(a{2}){2}$", "aaaa", true },
    { "a{x", "a{x", true },
    { "^[abc]+$", "cab", true },
    { "^[^/]+$", "a/b", false },
    { "^[a-c0-9]+$", "b7", true },
    { "^[]a]+$", "]a", true },
    { "^[a-]+$", "-a", true },
    { "^[[:digit:]]+$", "2026", true },
    { "^[[:alpha:]_]+$", "a_B", true },
    { "^[^[:space:]]+$", "a b", false },
    { "\\.html$", "x.html", true },
    { "\\.html$", "xyhtml", false },
    { "^\\d{4}-\\d\\d$", "2026-11", true },
    { "^\\w+\\s\\W\\S\\D$", "ab .xy", true },
    { "^(?:ab)*?$", "abab", true },
    { "\\(x\\)", "(x)", true },
    { "^[\\/]$", "/", true },
    { "^(a*)*$", "aaa", true },
    { "^(a*)+b$", "aaab", true },
    { "(^a|b$)", "xb", true },
    { "a^b", "a^b", false },
    { "^https?://[^/]*\\.example\\.org(/|$)", "https://www.example.org/",
      true },
    { "^https?://[^/]*\\.example\\.org(/|$)", "https://example.org.evil/",
      false },
};

static void matches_what_posix_says(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_regex *r;

        tap_row(rows[i].pattern);
        if (CHECK_INT(
                stet_regex_compile(&r, stet_span_of(rows[i].pattern), NULL),
                STET_OK))
            CHECK_INT(stet_regex_matches(r, stet_span_of(rows[i].text)),
                      rows[i].matches);
        stet_regex_free(r);
    }
}

static const struct {
    const char *pattern;
    int code;
    const char *says;
} wrong[] = {
    { "(a", STET_EFORMAT, "a '(' without its ')'" },
    { "a)b", STET_EFORMAT, "a ')' without its '(' (byte 1)" },
    { "[a", STET_EFORMAT, "a '[' without its ']'" },
    { "*a", STET_EFORMAT,
      "nothing to repeat at byte 0 (\\* is the character itself)" },
    { "a|+", STET_EFORMAT,
      "nothing to repeat at byte 2 (\\+ is the character itself)" },
    { "a\\", STET_EFORMAT, "a '\\' at the end" },
    { "(a)\\1", STET_EFORMAT, "back-references are not supported (byte 4)" },
    { "\\bx", STET_EFORMAT, "\\b means nothing (byte 1)" },
    { "[\\d]", STET_EFORMAT,
      "a backslash in brackets stands for itself: write [:digit:] and the "
      "like (byte 1)" },
    { "[[:digits:]]", STET_EFORMAT, "no such class at byte 3" },
    { "[[.a.]]", STET_EFORMAT,
      "collating elements are not supported (byte 1)" },
    { "[z-a]", STET_EFORMAT, "no range ends at byte 3" },
    { "a{3,2}", STET_EFORMAT,
      "not a number of times, of at most 255 (byte 5)" },
    { "a{999999999999}", STET_EFORMAT,
      "not a number of times, of at most 255 (byte 14)" },
    { "((((a{99}){99}){99}){99})", STET_ELIMIT,
      "the expression is too large (byte 14)" },
};

static void says_what_is_wrong_and_where(void)
{
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct stet_regex *r;
        struct stet_error err = { .code = 0 };

        tap_row(wrong[i].pattern);
        CHECK_INT(stet_regex_compile(&r, stet_span_of(wrong[i].pattern), &err),
                  wrong[i].code);
        CHECK_STR(err.text, wrong[i].says);
        CHECK(!r);
        stet_regex_free(r);
    }
}

static void has_limits(void)
{
    char text[STET_MAX_REGEX + 2];
    struct stet_regex *r;

    memset(text, '(', sizeof(text));
    CHECK_INT(
        stet_regex_compile(&r, (struct stet_span){ text, sizeof(text) }, NULL),
        STET_ELIMIT);
    CHECK_INT(stet_regex_compile(&r, (struct stet_span){ text, 100 }, NULL),
              STET_ELIMIT);
}

/* What makes back-tracking engines run for years. */
static void takes_linear_time(void)
{
    static const char *const evil[] = {
        "(a+)+$",         "(a|aa)+$",        "^(a|a?)+$",
        "(.*a){20}$",     "^(a*)*$",         "a?a?a?a?a?a?a?a?a?a?aaaaaaaaaa$",
        "(.*)(.*)(.*)$x", "([a-z]*){200}!x", "((((a+)+)+)+)+$",
    };
    enum { N = 8192 };
    char *text = malloc(N);
    clock_t begin = clock();

    memset(text, 'a', N);
    text[N - 1] = '!';
    for (size_t i = 0; i < sizeof(evil) / sizeof(evil[0]); i++) {
        struct stet_regex *r;

        tap_row(evil[i]);
        CHECK_INT(stet_regex_compile(&r, stet_span_of(evil[i]), NULL), STET_OK);
        CHECK(!stet_regex_matches(r, (struct stet_span){ text, N }));
        stet_regex_free(r);
    }
    /* 9 * 8192 bytes * at most 2048 steps; minutes would be another thing. */
    CHECK((clock() - begin) / CLOCKS_PER_SEC < 20);
    free(text);
}

static unsigned state = 1;

static unsigned draw(unsigned n)
{
    state = state * 1664525U + 1013904223U;
    return (state >> 16) % n;
}

/* A random expression of what both engines know. */
static void make_pattern(char *out, size_t size, int depth)
{
    static const char *const atoms[] = { "a",    "b",     "c", ".", "[ab]",
                                         "[^a]", "[b-c]", "^", "$", "ab" };
    static const char *const after[] = { "",  "",  "",    "*",
                                         "+", "?", "{2}", "{0,2}" };
    size_t len = 0;
    unsigned n = 1 + draw(3);

    for (unsigned i = 0; i < n; i++) {
        char inner[200];

        if (depth > 0 && draw(3) == 0) {
            char left[80], right[80];
            make_pattern(left, sizeof(left), depth - 1);
            make_pattern(right, sizeof(right), depth - 1);
            snprintf(inner, sizeof(inner), draw(2) ? "(%s|%s)" : "(%s%s)", left,
                     right);
        } else {
            snprintf(inner, sizeof(inner), "%s", atoms[draw(10)]);
        }
        if (len + strlen(inner) + 8 >= size)
            break;
        /* What a repeated anchor means is nowhere said. */
        len += (size_t)snprintf(
            out + len, size - len, "%s%s", inner,
            strpbrk(inner, "^$") && inner[0] != '[' ? "" : after[draw(8)]);
    }
    out[len] = '\0';
}

static void agrees_with_the_c_library(void)
{
    int compared = 0;

    for (int i = 0; i < 20000; i++) {
        char pattern[400], text[16];
        struct stet_regex *ours;
        regex_t theirs;
        size_t n = draw(10);

        make_pattern(pattern, sizeof(pattern), 2);
        for (size_t k = 0; k < n; k++)
            text[k] = "abcd"[draw(4)];
        text[n] = '\0';
        if (regcomp(&theirs, pattern, REG_EXTENDED | REG_NOSUB) != 0)
            continue;
        if (stet_regex_compile(&ours, stet_span_of(pattern), NULL) == STET_OK) {
            bool want = regexec(&theirs, text, 0, NULL, 0) == 0;
            bool got = stet_regex_matches(ours, stet_span_of(text));

            if (want != got)
                printf("# /%s/ on \"%s\": %d\n", pattern, text, got);
            CHECK(want == got);
            compared++;
        }
        stet_regex_free(ours);
        regfree(&theirs);
    }
    CHECK(compared > 15000);
}

static int compile_one(void)
{
    struct stet_regex *r;
    int rc = stet_regex_compile(&r, STET_SPAN("^(ab|[cd]){2,5}x$"), NULL);

    stet_regex_free(r);
    return rc;
}

static void survives_a_lack_of_memory(void)
{
    CHECK(torture(compile_one));
}

TESTS({ "matches what POSIX says", matches_what_posix_says },
      { "says what is wrong, and where", says_what_is_wrong_and_where },
      { "has limits", has_limits }, { "takes linear time", takes_linear_time },
      { "agrees with the C library", agrees_with_the_c_library },
      { "survives a lack of memory", survives_a_lack_of_memory })
