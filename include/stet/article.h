#ifndef STET_ARTICLE_H
#define STET_ARTICLE_H

/*
 * What a page says about itself: headline, dates, lead picture, the
 * sentence that warns of its age, the stories it calls related.
 *
 * Facts are only what was found: an absent fact is an empty span (ptr
 * NULL), an empty list, or a kind named NONE.  No I/O, no clock: the time
 * of capture is an argument.  Texts are UTF-8 with white space folded.
 */

#include "stet/error.h"

enum {
    STET_MAX_ARTICLE_LINKS = 256, /* in one list; the rest is left out */
    STET_MAX_ARTICLE_NOTES = 8,
    STET_MAX_ARTICLE_PICTURES = 64,
    STET_MAX_ARTICLE_SOURCES = 32, /* URLs of one picture */
    STET_MAX_ARTICLE_TEXT = 4 << 20
};

/* clang-format off */
/* Where a fact came from, for dates the best first.  LINK is a link element
 * or rel=author; HTML the root's lang; TEXT what readers see;
 * MODIFIED says that the page tells only when it was changed last. */
#define STET_ARTICLE_SOURCES(X)                                               \
    X(NONE, "") X(JSON_LD, "json-ld") X(META, "meta")                         \
    X(ITEMPROP, "itemprop") X(TIME, "time") X(URL, "url") X(TEXT, "text")   \
    X(STATE, "state") X(LINK, "link") X(HTML, "html")               \
    X(MODIFIED, "modified")

/*
 * What a page is.  A story, whole or cut off before its end; a wall that
 * asks for consent, a test whether a person is there, a notice that what was
 * asked for is not to be had; a front, section or search page; none of them.
 */
#define STET_ARTICLE_PAGES(X)                                                 \
    X(OTHER, "other") X(ARTICLE, "article") X(TEASER, "teaser")               \
    X(CONSENT, "consent") X(CHALLENGE, "challenge") X(ERROR, "error")         \
    X(LIST, "list")

/* What kind of thing a marker says: a least age; a number that the
 * publisher prints at any age; a date; an age since the last update; only
 * that it is old or archived. */
#define STET_ARTICLE_KINDS(X)                                                 \
    X(NONE, "") X(AGE_FLOOR, "age-floor") X(THRESHOLD, "threshold")           \
    X(DATE, "date") X(SINCE_UPDATE, "since-update") X(STATUS, "status")

#define STET_ARTICLE_COMPARISONS(X)                                           \
    X(NONE, "") X(MORE_THAN, "more-than") X(OVER, "over")                     \
    X(OLDER_THAN, "older-than") X(AT_LEAST, "at-least")                       \
    X(ALMOST, "almost") X(EXACTLY, "exactly") X(SEVERAL, "several")

#define STET_ARTICLE_UNITS(X)                                                 \
    X(NONE, "") X(DAY, "day") X(WEEK, "week") X(MONTH, "month")               \
    X(YEAR, "year")

#define STET_ARTICLE_PLACES(X)                                                \
    X(NONE, "") X(HEADLINE, "headline") X(DATELINE, "dateline")               \
    X(BODY_START, "body-start") X(BODY_END, "body-end")                       \
    X(IMAGE_OVERLAY, "image-overlay")

#define STET_ARTICLE_VERDICTS(X)                                              \
    X(NONE, "") X(EXACT, "exact") X(CONSISTENT, "consistent")                 \
    X(CONTRADICTED, "contradicted") X(UNVERIFIABLE, "unverifiable")
/* clang-format on */

#define STET_X(name, text) STET_SOURCE_##name,
enum stet_article_source { STET_ARTICLE_SOURCES(STET_X) };
#undef STET_X
#define STET_X(name, text) STET_PAGE_##name,
enum stet_article_page { STET_ARTICLE_PAGES(STET_X) };
#undef STET_X
#define STET_X(name, text) STET_MARKER_##name,
enum stet_article_kind { STET_ARTICLE_KINDS(STET_X) };
#undef STET_X
#define STET_X(name, text) STET_COMPARISON_##name,
enum stet_article_comparison { STET_ARTICLE_COMPARISONS(STET_X) };
#undef STET_X
#define STET_X(name, text) STET_UNIT_##name,
enum stet_article_unit { STET_ARTICLE_UNITS(STET_X) };
#undef STET_X
#define STET_X(name, text) STET_MARKER_AT_##name,
enum stet_article_place { STET_ARTICLE_PLACES(STET_X) };
#undef STET_X
#define STET_X(name, text) STET_VERDICT_##name,
enum stet_article_verdict { STET_ARTICLE_VERDICTS(STET_X) };
#undef STET_X

/* Their names as records carry them; "" for NONE. */
STET_API const char *stet_article_source_name(enum stet_article_source s);
STET_API const char *stet_article_page_name(enum stet_article_page p);
STET_API const char *stet_article_kind_name(enum stet_article_kind k);
STET_API const char *stet_article_comparison_name(
    enum stet_article_comparison c);
STET_API const char *stet_article_unit_name(enum stet_article_unit u);
STET_API const char *stet_article_place_name(enum stet_article_place p);
STET_API const char *stet_article_verdict_name(enum stet_article_verdict v);

/*
 * An instant of RFC 3339 (text keeps the page's own zone) or, where the
 * page gives no time, a day: then text is YYYY-MM-DD and ms its first
 * instant in UTC.  A time without a zone is a day too.
 */
struct stet_article_date {
    struct stet_span text;
    int64_t ms; /* since 1970 */
    bool day_precision;
    enum stet_article_source source; /* NONE: not found */
};

struct stet_article_image {
    struct stet_span url;   /* absolute; the largest that the page offers */
    struct stet_span *urls; /* all that it offers, each once */
    size_t n_urls;
    struct stet_span caption, credit, alt;
};

struct stet_article_images {
    struct stet_article_image *items;
    size_t len;
};

struct stet_article_marker {
    enum stet_article_kind kind; /* NONE: the page has no marker */
    struct stet_span text;       /* the sentence */
    enum stet_article_comparison comparison;
    int64_t amount; /* 0 when the sentence has none */
    enum stet_article_unit unit;
    struct stet_span language; /* "en" */
    enum stet_article_place place;
    enum stet_article_verdict verdict;
    struct stet_article_date date; /* kind DATE: the date it names */
};

struct stet_article_link {
    struct stet_span url, title, heading; /* heading of its list */
    uint32_t position;                    /* in its list, from 1 */
};

struct stet_article_links {
    struct stet_article_link *items;
    size_t len;
};

/* What the page says of an error that it mended. */
struct stet_article_note {
    struct stet_span text;
    enum stet_article_source source;
};

struct stet_article_notes {
    struct stet_article_note items[STET_MAX_ARTICLE_NOTES];
    size_t len;
};

/*
 * What nearly equal texts have nearly alike.  Those of two texts that have
 * nothing in common differ in about half of the 128 bits, and by chance in
 * STET_SAME_TEXT_BITS or fewer in one pair of billions; a story with a line
 * or a short paragraph changed keeps below that.
 */
struct stet_fingerprint {
    uint64_t bits[2];
};

enum { STET_SAME_TEXT_BITS = 28 };

/* Are two articles one text, or nearly? */
STET_API bool stet_article_same_text(const struct stet_fingerprint *a,
                                     const struct stet_fingerprint *b);

struct stet_article {
    enum stet_article_page page_kind;
    struct stet_span headline, title, byline, section, language;
    struct stet_span canonical; /* absolute */
    enum stet_article_source headline_source, byline_source, section_source,
        language_source, canonical_source, paywalled_source;
    struct stet_article_date published, modified;
    struct stet_article_image lead_image;
    /* The story's pictures in the page's order, each once, the lead one
     * among them unless only metadata name it. */
    struct stet_article_images images;
    bool has_paywalled, paywalled; /* isAccessibleForFree, turned round */
    struct stet_article_notes corrections;
    struct stet_article_marker marker;
    struct stet_span age_at_capture;          /* "P6Y302D" */
    struct stet_span published_no_later_than; /* YYYY-MM-DD */
    /* Tied to this story; offered to its reader; read by others. */
    struct stet_article_links related, recommended, most_viewed;
    struct stet_span text; /* the main text, a blank line between blocks */
    bool has_fingerprint;  /* of articles of thirty words or more */
    struct stet_fingerprint fingerprint; /* of the text */
};

/*
 * Decodes, tokenises, builds the tree and finds the facts.  `url` is the
 * page's own (empty: relative links stay out); charset_hint is that of the
 * Content-Type field or empty; captured_ms is the time of capture or
 * STET_ARTICLE_NO_TIME.  The result owns all that it points to.
 * Bad HTML is no error: STET_ENOMEM, STET_ELIMIT.
 */
#define STET_ARTICLE_NO_TIME INT64_MIN
STET_API STET_NODISCARD int stet_article_parse(
    struct stet_article **out, struct stet_span html, struct stet_span url,
    struct stet_span charset_hint, int64_t captured_ms, struct stet_error *err);
STET_API void stet_article_free(struct stet_article *a);

/* One JSON object on one line (no newline), keys as in stet-archive(5);
 * absent facts are absent keys. */
STET_API STET_NODISCARD int stet_article_print_json(
    struct stet_bytes *out, const struct stet_article *a,
    struct stet_error *err);

/*
 * "name: value\r\n" lines for an application/warc-fields block, one
 * `related:`, `recommended:` or `most-viewed:` line a link (URL, title,
 * heading, position, between tabs).  Control characters in values become
 * spaces.
 */
STET_API STET_NODISCARD int stet_article_print_fields(
    struct stet_bytes *out, const struct stet_article *a,
    struct stet_error *err);

#endif
