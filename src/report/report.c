/*
 * The report: one page that needs nothing but itself.
 */
#include "stet/report.h"

#include "base/fail.h"
#include "base/mem.h"
#include "report/markup.h"

#include <inttypes.h>
#include <string.h>

enum { MAX_REPORT = 256 << 20, MAX_TABLE = 5000 };

static const char head[] =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; img-src data:; style-src 'unsafe-inline'\">\n"
    "<title>Report of an archive</title>\n<style>\n"
    ":root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1c1b19;"
    "--soft:#6d6a64;--line:#dedad2;--card:#fff;--ok:#2f7d4f;--off:#b5452c;"
    "--none:#8d8a83;--accent:#1f5f8b}\n"
    "@media(prefers-color-scheme:dark){:root{--paper:#161615;--ink:#eceae5;"
    "--soft:#9a968d;--line:#34322e;--card:#1f1e1c;--ok:#63b884;--off:#e08468;"
    "--none:#77746d;--accent:#7db8dd}}\n"
    "@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;"
    "--card:#fff;--ok:#1d6b3c;--off:#9c2f16;--none:#777;--accent:#123f5e}"
    "body{font-size:11px}figure,tr{break-inside:avoid}"
    "a{color:inherit;text-decoration:none}h2{break-after:avoid}}\n"
    "*{box-sizing:border-box}body{margin:0 auto;max-width:68rem;"
    "padding:2.5rem 1.5rem 4rem;background:var(--paper);color:var(--ink);"
    "font:16px/1.5 Charter,\"Bitstream Charter\",Georgia,serif}\n"
    "h1{font-size:2rem;line-height:1.15;margin:0 0 .3rem;font-weight:600}\n"
    "h2{font-size:1.15rem;margin:2.8rem 0 .8rem;padding-top:.8rem;"
    "border-top:1px solid var(--line);font-weight:600}\n"
    "p.lead{color:var(--soft);margin:0}a{color:var(--accent)}\n"
    ".sans,figcaption,th,dt,dd,svg,.meta{font-family:system-ui,sans-serif}\n"
    "dl.figures{display:grid;grid-template-columns:"
    "repeat(auto-fit,minmax(9rem,1fr));gap:1rem;margin:1.6rem 0 0}\n"
    "dl.figures div{background:var(--card);border:1px solid var(--line);"
    "border-radius:8px;padding:.7rem .9rem}dt{color:var(--soft);"
    "font-size:.8rem}dd{margin:0;font-size:1.5rem;"
    "font-variant-numeric:tabular-nums}\n"
    "figure{margin:0}figcaption{color:var(--soft);font-size:.82rem;"
    "margin-top:.4rem}svg{width:100%;height:auto;display:block}\n"
    "svg text{font-size:12px;fill:var(--ink);paint-order:stroke;"
    "stroke:var(--paper);stroke-width:3px}.timeline text{font-size:13px;"
    "fill:var(--soft)}.edges line{stroke:var(--soft);stroke-opacity:.3}\n"
    ".node circle,.timeline circle{stroke:var(--paper);stroke-width:1.5}\n"
    ".ok circle,circle.ok{fill:var(--ok)}.off circle,circle.off"
    "{fill:var(--off)}.none circle,circle.none{fill:var(--none)}\n"
    ".seed circle{stroke:var(--ink);stroke-width:2}.seed text"
    "{font-weight:600}.axis,.tick{stroke:var(--soft)}"
    ".capture{fill:var(--accent)}\n"
    "table{width:100%;border-collapse:collapse;font-size:.95rem}"
    "th{text-align:left;color:var(--soft);font-size:.78rem;font-weight:500;"
    "padding:0 .8rem .4rem 0}td{vertical-align:top;padding:.7rem .8rem .7rem 0;"
    "border-top:1px solid var(--line)}\n"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;"
    "white-space:nowrap}td.pic{width:8.5rem}td.pic img{width:7.5rem;"
    "height:5rem;object-fit:cover;border-radius:4px;display:block}\n"
    ".title{font-weight:600;text-decoration:none;color:var(--ink)}"
    ".meta{color:var(--soft);font-size:.8rem}.marker{font-style:italic}\n"
    ".badge{font-family:system-ui,sans-serif;font-size:.75rem;"
    "border:1px solid currentColor;border-radius:99px;padding:.1rem .6rem;"
    "white-space:nowrap}.badge.ok{color:var(--ok)}.badge.off"
    "{color:var(--off)}.badge.none{color:var(--none)}\n"
    ".bar{background:var(--accent);height:.7rem;border-radius:2px;"
    "min-width:2px;print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "td.bars{width:45%;vertical-align:middle}td.url{word-break:break-all}\n"
    "</style>\n";

void stet_markup_text(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        switch (s.ptr[i]) {
        case '<':
            stet_buf_adds(out, "&lt;");
            break;
        case '>':
            stet_buf_adds(out, "&gt;");
            break;
        case '&':
            stet_buf_adds(out, "&amp;");
            break;
        case '"':
            stet_buf_adds(out, "&quot;");
            break;
        default:
            stet_buf_addc(out, s.ptr[i]);
        }
    }
}

void stet_markup_size(struct stet_buf *out, int64_t bytes)
{
    static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
    double n = (double)bytes;
    size_t i = 0;

    for (; n >= 999.5 && i < 4; i++)
        n /= 1000;
    stet_buf_addf(out, i == 0 ? "%.0f %s" : "%.1f %s", n, units[i]);
}

const char *stet_markup_verdict(const struct stet_sighting *seen)
{
    if (seen->marker.len == 0)
        return "none";
    return stet_span_eqs(seen->verdict, "contradicted") ? "off" : "ok";
}

/* Everything the page is made of. */
struct report {
    struct stet_shelf stories;
    struct stet_log log;
    struct stet_album *album;
    int64_t captures, marked, copies;
    struct stet_span first, last; /* captures */
};

/* RFC 3339 in UTC: the order of bytes is that of time. */
static bool is_earlier(struct stet_span a, struct stet_span b)
{
    return stet_span_compare(a, b) < 0;
}

static void count(struct report *r)
{
    for (size_t i = 0; i < r->stories.len; i++) {
        const struct stet_story *s = r->stories.list[i];
        const struct stet_sighting *newest = stet_story_newest(s);
        r->captures += (int64_t)s->n_seen;
        r->marked += newest->marker.len > 0;
        r->copies += s->original != NULL;
        if (i == 0 || is_earlier(s->seen[0].time, r->first))
            r->first = s->seen[0].time;
        if (i == 0 || is_earlier(r->last, newest->time))
            r->last = newest->time;
    }
}

static void figure(struct stet_buf *out, const char *name, int64_t n)
{
    stet_buf_addf(out, "<div><dt>%s</dt><dd>%" PRId64 "</dd></div>\n", name, n);
}

static void add_head(struct stet_buf *out, const struct report *r,
                     const char *archive)
{
    stet_buf_adds(out, head);
    stet_buf_adds(out, "<h1>");
    stet_markup_text(out, stet_span_of(archive));
    stet_buf_adds(out, "</h1>\n<p class=\"lead sans\">");
    if (r->stories.len > 0) {
        stet_buf_adds(out, "captured ");
        stet_markup_text(out, stet_span_sub(r->first, 0, 10));
        if (!stet_span_eq(stet_span_sub(r->first, 0, 10),
                          stet_span_sub(r->last, 0, 10))) {
            stet_buf_adds(out, " to ");
            stet_markup_text(out, stet_span_sub(r->last, 0, 10));
        }
    }
    stet_buf_adds(out, "</p>\n<dl class=figures>\n");
    figure(out, "stories", (int64_t)r->stories.len - r->copies);
    if (r->copies > 0)
        figure(out, "other addresses", r->copies);
    figure(out, "captures of stories", r->captures);
    figure(out, "with a marker", r->marked);
    figure(out, "addresses fetched", r->log.urls);
    stet_buf_adds(out, "<div><dt>bytes</dt><dd>");
    stet_markup_size(out, r->log.total);
    stet_buf_adds(out, "</dd></div>\n");
    figure(out, "failures", r->log.n_failures);
    stet_buf_adds(out, "</dl>\n");
}

static int add_picture(struct stet_buf *out, struct report *r,
                       const struct stet_sighting *seen, struct stet_error *err)
{
    size_t before = out->len;
    int rc;

    stet_buf_adds(out, "<img alt=\"");
    stet_markup_text(out, seen->caption);
    stet_buf_adds(out, "\" title=\"");
    stet_markup_text(out, seen->credit);
    stet_buf_adds(out, "\" src=\"");
    rc = stet_album_add(r->album, seen, out, err);
    if (rc == STET_OK)
        stet_buf_adds(out, "\">");
    else
        stet_buf_cut(out, before);
    return rc == STET_ENOTFOUND ? STET_OK : rc;
}

/* "6 years": the largest part of an ISO duration. */
static void add_age(struct stet_buf *out, struct stet_span age)
{
    size_t n = 1;
    const char *unit;

    while (n < age.len && age.ptr[n] >= '0' && age.ptr[n] <= '9')
        n++;
    if (age.len < 3 || n == 1 || n >= age.len)
        return;
    unit = age.ptr[n] == 'Y'   ? "year"
           : age.ptr[n] == 'M' ? "month"
           : age.ptr[n] == 'W' ? "week"
                               : "day";
    stet_buf_add(out, age.ptr + 1, n - 1);
    stet_buf_addf(out, " %s%s", unit, n == 2 && age.ptr[1] == '1' ? "" : "s");
}

static void add_marker(struct stet_buf *out, const struct stet_sighting *seen)
{
    if (seen->marker.len == 0)
        return;
    stet_buf_adds(out, "<br><span class=marker>");
    stet_markup_text(out, seen->marker);
    stet_buf_adds(out, "</span>");
}

/* The other addresses of a story follow it in the list; *i is left at the
 * last. */
static void add_copies(struct stet_buf *out, const struct stet_shelf *s,
                       size_t *i)
{
    for (; *i + 1 < s->len && s->list[*i + 1]->original; ++*i) {
        const struct stet_story *copy = s->list[*i + 1];

        stet_buf_adds(out, "<br><span class=meta>also at <a href=\"");
        stet_markup_text(out, copy->url);
        stet_buf_adds(out, "\">");
        stet_markup_text(out, copy->url);
        stet_buf_adds(out, "</a></span>");
        add_marker(out, stet_story_newest(copy));
    }
}

/* A story with its other addresses; *i is left at the last. */
static int add_row(struct stet_buf *out, struct report *r, size_t *i,
                   struct stet_error *err)
{
    const struct stet_story *s = r->stories.list[*i];
    const struct stet_sighting *seen = stet_story_newest(s);
    int rc;

    stet_buf_adds(out, "<tr><td class=pic>");
    rc = add_picture(out, r, seen, err);
    stet_buf_adds(out, "</td><td><a class=title href=\"");
    stet_markup_text(out, s->url);
    stet_buf_adds(out, "\">");
    stet_markup_text(out, seen->headline.len ? seen->headline : s->url);
    stet_buf_adds(out, "</a><br><span class=meta>");
    stet_markup_text(out, seen->byline);
    stet_buf_addf(out, "%s%s%zu capture%s</span>",
                  seen->byline.len ? " · " : "", s->seed ? "seed · " : "",
                  s->n_seen, s->n_seen == 1 ? "" : "s");
    add_marker(out, seen);
    add_copies(out, &r->stories, i);
    stet_buf_adds(out, "</td><td class=n>");
    stet_markup_text(out, stet_span_sub(seen->published, 0, 10));
    stet_buf_adds(out, "</td><td class=n>");
    add_age(out, seen->age);
    stet_buf_addf(out, "</td><td>");
    if (seen->verdict.len > 0) {
        stet_buf_addf(out, "<span class=\"badge %s\">",
                      stet_markup_verdict(seen));
        stet_markup_text(out, seen->verdict);
        stet_buf_adds(out, "</span>");
    }
    stet_buf_adds(out, "</td></tr>\n");
    return rc;
}

static int add_table(struct stet_buf *out, struct report *r,
                     struct stet_error *err)
{
    size_t n = 0, n_stories = r->stories.len - (size_t)r->copies;
    int rc = STET_OK;

    stet_buf_adds(out, "<h2>Stories</h2>\n<table><tr><th></th><th>story</th>"
                       "<th class=n>published</th><th class=n>age</th>"
                       "<th>marker</th></tr>\n");
    for (size_t i = 0; rc == STET_OK && i < r->stories.len && n < MAX_TABLE;
         i++, n++)
        rc = add_row(out, r, &i, err);
    stet_buf_adds(out, "</table>\n");
    if (n_stories > MAX_TABLE)
        stet_buf_addf(out, "<p class=meta>%d of %zu stories are listed.</p>\n",
                      MAX_TABLE, n_stories);
    return rc;
}

static void add_sizes(struct stet_buf *out, const struct stet_log *l)
{
    int64_t most = 1;

    for (int i = 0; i < STET_N_LOG_KINDS; i++)
        most = l->bytes[i] > most ? l->bytes[i] : most;
    stet_buf_adds(out, "<h2>Sizes</h2>\n<table>\n");
    for (int i = 0; i < STET_N_LOG_KINDS; i++) {
        if (l->n[i] == 0)
            continue;
        stet_buf_addf(out,
                      "<tr><td>%s</td><td class=n>%" PRId64 "</td><td class=n>",
                      stet_log_kind_name((enum stet_log_kind)i), l->n[i]);
        stet_markup_size(out, l->bytes[i]);
        stet_buf_addf(out,
                      "</td><td class=bars><div class=bar style=\"width:%.1f%%"
                      "\"></div></td></tr>\n",
                      100 * (double)l->bytes[i] / (double)most);
    }
    stet_buf_adds(out, "</table>\n");
}

static void add_failures(struct stet_buf *out, const struct stet_log *l)
{
    int64_t told = l->n_failures < STET_MAX_LOG_FAILURES
                       ? l->n_failures
                       : STET_MAX_LOG_FAILURES;

    stet_buf_adds(out, "<h2>Failures</h2>\n");
    if (told == 0) {
        stet_buf_adds(out, "<p class=meta>None.</p>\n");
        return;
    }
    stet_buf_adds(out, "<table><tr><th>address</th><th>as</th>"
                       "<th>outcome</th></tr>\n");
    for (int64_t i = 0; i < told; i++) {
        const struct stet_log_failure *f = &l->failures[i];
        stet_buf_adds(out, "<tr><td class=url>");
        stet_markup_text(out, f->url);
        stet_buf_adds(out, "</td><td>");
        stet_markup_text(out, f->role);
        stet_buf_adds(out, "</td><td>");
        if (f->status >= 400)
            stet_buf_addf(out, "HTTP %" PRId64, f->status);
        else
            stet_markup_text(out, f->outcome);
        stet_buf_adds(out, "</td></tr>\n");
    }
    stet_buf_adds(out, "</table>\n");
    if (l->n_failures > told)
        stet_buf_addf(
            out, "<p class=meta>The first %" PRId64 " of %" PRId64 ".</p>\n",
            told, l->n_failures);
}

static int print(struct stet_buf *out, struct report *r, const char *archive,
                 struct stet_error *err)
{
    int rc = STET_OK;

    stet_shelf_sort(&r->stories);
    count(r);
    add_head(out, r, archive);
    if (r->stories.len > 0) {
        stet_buf_adds(out, "<h2>How the stories hang together</h2>\n");
        rc = stet_markup_graph(out, &r->stories);
        stet_buf_adds(out, "<h2>When</h2>\n");
        stet_markup_timeline(out, &r->stories);
        if (rc == STET_OK)
            rc = add_table(out, r, err);
    }
    add_sizes(out, &r->log);
    add_failures(out, &r->log);
    stet_buf_addf(out, "<p class=meta>Made by stet %s.</p>\n", STET_VERSION);
    if (rc == STET_OK)
        rc = stet_buf_status(out);
    return rc < 0 ? stet_fail(err, rc, "the report of %.150s", archive)
                  : STET_OK;
}

int stet_report_print(struct stet_bytes *html, const char *archive,
                      struct stet_error *err)
{
    struct report *r = stet_alloc(sizeof(*r));
    struct stet_buf out;
    int rc;

    *html = (struct stet_bytes){ NULL, 0 };
    if (!r)
        return stet_fail(err, STET_ENOMEM, "no memory for a report");
    stet_buf_init(&out, MAX_REPORT);
    stet_shelf_init(&r->stories);
    rc = stet_shelf_read(&r->stories, archive, err);
    if (rc == STET_OK)
        rc = stet_log_read(&r->log, archive, err);
    if (rc == STET_OK)
        rc = stet_album_open(&r->album, archive, err);
    if (rc == STET_OK)
        rc = print(&out, r, archive, err);
    if (rc == STET_OK) {
        html->data = stet_span_dup(stet_buf_span(&out));
        html->len = html->data ? out.len : 0;
        if (!html->data)
            rc = stet_fail(err, STET_ENOMEM, "no memory for a report");
    }
    stet_buf_clear(&out);
    stet_album_close(r->album);
    stet_log_clear(&r->log);
    stet_shelf_clear(&r->stories);
    stet_free(r);
    return rc;
}
