#include "url/idna.h"

#include "lib/tap.h"
#include "stet/error.h"
#include "url/label.h"
#include "url/nfc.h"
#include "url/unicode.h"

#include <string.h>

struct row {
    const char *domain, *want; /* NULL: it has no ASCII form */
};

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct stet_span s = { rows[i].domain, strlen(rows[i].domain) };
        struct stet_buf b;
        int rc;

        tap_row(rows[i].domain);
        stet_buf_init(&b, 10000);
        rc = stet_idna_to_ascii(&b, s);
        CHECK_INT(rc, rows[i].want ? STET_OK : STET_EFORMAT);
        if (rc == STET_OK && rows[i].want) {
            stet_buf_addc(&b, '\0');
            CHECK_STR(b.data, rows[i].want);
        }
        stet_buf_clear(&b);
    }
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void maps_and_encodes(void)
{
    static const struct row rows[] = {
        { "B\u00FCcher.example", "xn--bcher-kva.example" },
        { "\u4E2D\u56FD\u3002\uFF23\uFF2E", "xn--fiqs8s.cn" },
        { "fa\u00DF.de", "xn--fa-hia.de" },
        { "FA\u1E9E.de", "xn--fa-hia.de" },
        { "\u03A3\u03C2", "xn--3xab" },
        { "a\u00ADb\u00E9", "xn--ab-cja" },
        { "\u2100", "a/c" }, /* the host parser refuses the slash */
        { "\u0132.\uFB03", "ij.ffi" },
        { "\U0001F4A9.la", "xn--ls8h.la" },
        { "\u2260", "xn--1ch" },
        { "\u0116\u0117", "xn--leaa" },  /* mapped in pairs */
        { "\u0410\u042F", "xn--80a6d" }, /* and as a range */
        { "\u00E9..x", "xn--9ca..x" },
        { "-\u00E9-", "xn-----bja" },
        { "\u00AD", "" },
    };

    CHECK_ROWS(rows);
}

static void normalises(void)
{
    static const struct row rows[] = {
        { "e\u0301", "xn--9ca" },
        { "E\u0301", "xn--9ca" },
        { "d\u0307\u0323", "xn--rsa949k" }, /* to d with dot below, dot above */
        { "\u1E0B\u0323", "xn--rsa949k" },
        { "\u1100\u1161\u11A8", "xn--p39a" }, /* Hangul */
        { "\uAC00\u11A8", "xn--p39a" },
        { "<\u0338", "xn--gdh" },
        { "a\u0338\u0301", "xn--1ca21j" }, /* one class passes another */
    };

    CHECK_ROWS(rows);
}

static void reads_a_labels(void)
{
    static const struct row rows[] = {
        { "xn--bcher-kva.\u00E9", "xn--bcher-kva.xn--9ca" },
        { "XN--BCHER-KVA.\u00E9", "xn--bcher-kva.xn--9ca" },
        { "xn--.\u00E9", NULL },         /* empty */
        { "xn--abc-.\u00E9", NULL },     /* ASCII alone */
        { "xn--a.\u00E9", NULL },        /* not Punycode */
        { "xn--a\u00E9", NULL },         /* not ASCII */
        { "xn--e-xbb.\u00E9", NULL },    /* e and U+0301: not in form C */
        { "xn--9ba.\u00E9", NULL },      /* a capital */
        { "xn--xn---epa.\u00E9", NULL }, /* encoded twice over */
    };

    CHECK_ROWS(rows);
}

static void keeps_the_rules_of_labels(void)
{
    static const struct row rows[] = {
        { "\u0301a", NULL },    /* begins with a mark */
        { "\U000E0080", NULL }, /* not assigned */
        { "a\u2FF0", NULL },    /* disallowed */
        { "\uFFFD.a", NULL },
        { "a\u200Cb\u00E9", NULL }, /* nothing joins there */
        { "\u0915\u094D\u200C\u0937", "xn--11b2ezcs70k" },
        { "\u0628\u200C\u0628", "xn--ngba799q" },
        { "\u0628\u064B\u200C\u064B\u0628", "xn--ngba8ha8704a" },
        { "\u0627\u200C\u0628", NULL }, /* alef joins on the right only */
        { "\u200C\u0628", NULL },
        { "\u0915\u094D\u200D", "xn--11b6iy14e" },
        { "\u0628\u200D\u0628", NULL },
    };

    CHECK_ROWS(rows);
}

static void keeps_the_rule_of_bidi_domains(void)
{
    static const struct row rows[] = {
        { "\u05D0", "xn--4db" },
        { "\u05D0\u05B0", "xn--7cb7d" }, /* a mark may end it */
        { "\u05D01", "xn--1-zhc" },
        { "1\u05D0", NULL },
        { "a\u05D0", NULL },
        { "\u05D0a", NULL },
        { "\u05D0-", NULL },
        { "\u06281\u0661", NULL }, /* two kinds of digits */
        { "\u05D0.a", "xn--4db.a" },
        { "\u05D0.1", NULL }, /* a label begins with a digit */
        { "1.\u05D0", NULL },
        { "a-.\u05D0", NULL },
        { "a1.\u05D0.", "a1.xn--4db." },
        { "\u00E9.1", "xn--9ca.1" }, /* no bidi domain */
    };

    CHECK_ROWS(rows);
}

static void limits_labels(void)
{
    struct stet_buf text, out;

    stet_buf_init(&text, 10000);
    stet_buf_init(&out, 10000);
    for (size_t i = 0; i < STET_MAX_NFC; i++)
        stet_buf_adds(&text, "\u1F02"); /* three parts, the most there are */
    CHECK_INT(stet_idna_to_ascii(&out, stet_buf_span(&text)), STET_OK);
    stet_buf_adds(&text, "a");
    CHECK_INT(stet_idna_to_ascii(&out, stet_buf_span(&text)), STET_EFORMAT);
    stet_buf_clear(&text);
    stet_buf_clear(&out);
}

/* What comes out is in its own form: mapped and normalised once is enough. */
static void every_code_point_is_stable(void)
{
    size_t unstable = 0, undone = 0;

    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        uint32_t to[STET_MAX_UNICODE_MAP], again[STET_MAX_UNICODE_MAP];
        uint32_t first, second;
        size_t n = stet_unicode_map(c, to), m = n;

        for (size_t i = 0; i < n; i++) {
            if (stet_unicode_is_valid(to[i]) &&
                (stet_unicode_map(to[i], again) != 1 || again[0] != to[i]))
                unstable++;
        }
        memcpy(again, to, sizeof(to));
        stet_nfc(again, &m);
        if (n > 1 && (m != n || memcmp(to, again, n * sizeof(*to)) != 0))
            unstable++;
        if (stet_unicode_decompose(c, &first, &second) &&
            stet_unicode_compose(first, second) != c)
            undone++;
    }
    CHECK_INT(unstable, 0);
    CHECK_INT(undone, 0);
}

TESTS({ "maps and encodes", maps_and_encodes }, { "normalises", normalises },
      { "reads A-labels", reads_a_labels },
      { "keeps the rules of labels", keeps_the_rules_of_labels },
      { "keeps the rule of bidi domains", keeps_the_rule_of_bidi_domains },
      { "limits labels", limits_labels },
      { "every code point is stable", every_code_point_is_stable })
