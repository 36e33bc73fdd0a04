/* Signatures of the WHATWG MIME Sniffing standard, sections 6 and 7. */
#include "base/ascii.h"
#include "http/mime.h"

#include <string.h>

/* Bytes at an offset, and further ones after a gap. */
struct signature {
    const char *essence;
    struct stet_span at0;
    struct stet_span then; /* "" when there is none */
    size_t then_at;
};

#define SIG(type, lit)                      \
    {                                       \
        type, STET_SPAN_INIT(lit), { 0 }, 0 \
    }
#define SIG2(type, lit, at, more)                           \
    {                                                       \
        type, STET_SPAN_INIT(lit), STET_SPAN_INIT(more), at \
    }

static const struct signature images[] = {
    SIG("image/x-icon", "\0\0\1\0"),
    SIG("image/x-icon", "\0\0\2\0"),
    SIG("image/bmp", "BM"),
    SIG("image/gif", "GIF87a"),
    SIG("image/gif", "GIF89a"),
    SIG2("image/webp", "RIFF", 8, "WEBPVP"),
    SIG("image/png", "\x89PNG\r\n\x1A\n"),
    SIG("image/jpeg", "\xFF\xD8\xFF"),
};

static const struct signature media[] = {
    SIG2("audio/aiff", "FORM", 8, "AIFF"),
    SIG("audio/mpeg", "ID3"),
    SIG("application/ogg", "OggS\0"),
    SIG("audio/midi", "MThd\0\0\0\6"),
    SIG2("video/avi", "RIFF", 8, "AVI "),
    SIG2("audio/wave", "RIFF", 8, "WAVE"),
};

static const struct signature fonts[] = {
    SIG("font/ttf", "\0\1\0\0"),    SIG("font/otf", "OTTO"),
    SIG("font/collection", "ttcf"), SIG("font/woff", "wOFF"),
    SIG("font/woff2", "wOF2"),
};

static const struct signature archives[] = {
    SIG("application/x-gzip", "\x1F\x8B\x08"),
    SIG("application/zip", "PK\3\4"),
    SIG("application/x-rar-compressed", "Rar \x1A\7\0"),
    SIG("application/x-rar-compressed", "Rar!\x1A\7"),
};

static bool has_at(struct stet_span s, size_t at, struct stet_span what)
{
    return s.len >= at && s.len - at >= what.len &&
           memcmp(s.ptr + at, what.ptr, what.len) == 0;
}

static const char *match(struct stet_span s, const struct signature *sig,
                         size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (has_at(s, 0, sig[i].at0) &&
            (!sig[i].then.len || has_at(s, sig[i].then_at, sig[i].then)))
            return sig[i].essence;
    return NULL;
}

#define MATCH(s, table) match(s, table, sizeof(table) / sizeof((table)[0]))

static uint32_t be32(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;

    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 |
           u[3];
}

/* Section 6.2.1: an ftyp box with a brand among its own. */
static bool has_brand(struct stet_span s, struct stet_span brand)
{
    size_t box;

    if (s.len < 12 || !has_at(s, 4, STET_SPAN("ftyp")))
        return false;
    box = be32(s.ptr);
    if (s.len < box || box % 4)
        return false;
    if (has_at(s, 8, brand))
        return true;
    for (size_t at = 16; at < box; at += 4)
        if (has_at(s, at, brand))
            return true;
    return false;
}

/* Section 6.2.2: the DocType of an EBML header, past its length and
 * padding. */
static bool is_webm(struct stet_span s)
{
    if (!has_at(s, 0, STET_SPAN("\x1A\x45\xDF\xA3")))
        return false;
    for (size_t at = 4; at < s.len && at < 38; at++) {
        size_t size = 1;
        unsigned mask = 0x80;

        if (!has_at(s, at, STET_SPAN("\x42\x82")))
            continue;
        at += 2;
        if (at >= s.len)
            return false;
        while (size < 8 && !((unsigned char)s.ptr[at] & mask)) {
            mask >>= 1;
            size++;
        }
        at += size;
        while (at < s.len && !s.ptr[at])
            at++;
        if (at + 4 > s.len)
            return false;
        if (has_at(s, at, STET_SPAN("webm")))
            return true;
    }
    return false;
}

const char *stet_mime_sniff_image(struct stet_span bytes)
{
    const char *type = MATCH(bytes, images);

    if (!type && (has_brand(bytes, STET_SPAN("avif")) ||
                  has_brand(bytes, STET_SPAN("avis"))))
        type = "image/avif";
    return type;
}

const char *stet_mime_sniff_media(struct stet_span bytes)
{
    const char *type = MATCH(bytes, media);

    if (!type && has_brand(bytes, STET_SPAN("mp4")))
        type = "video/mp4";
    if (!type && is_webm(bytes))
        type = "video/webm";
    return type;
}

const char *stet_mime_sniff_font(struct stet_span bytes)
{
    if (has_at(bytes, 34, STET_SPAN("LP")) &&
        has_at(bytes, 8, STET_SPAN("\1\0\2\0")))
        return "application/vnd.ms-fontobject";
    return MATCH(bytes, fonts);
}

const char *stet_mime_sniff_archive(struct stet_span bytes)
{
    return MATCH(bytes, archives);
}

static struct stet_span first_bytes(struct stet_span s)
{
    return stet_span_sub(s, 0, STET_MIME_SNIFF_BYTES);
}

static struct stet_span skip_blanks(struct stet_span s)
{
    while (s.len && stet_is_space((unsigned char)s.ptr[0]))
        s = stet_span_sub(s, 1, s.len);
    return s;
}

/* Section 7.1, first table: a tag name and a byte that ends it. */
static bool is_html(struct stet_span s)
{
    static const char *const tags[] = {
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<h1",
        "<div",
        "<font",
        "<table",
        "<a",
        "<style",
        "<title",
        "<b",
        "<body",
        "<br",
        "<p",
        "<!--",
    };

    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
        size_t n = strlen(tags[i]);

        if (s.len > n && stet_span_istarts(s, tags[i]) &&
            (s.ptr[n] == ' ' || s.ptr[n] == '>'))
            return true;
    }
    return false;
}

static bool has_bom(struct stet_span s)
{
    return has_at(s, 0, STET_SPAN("\xFE\xFF")) ||
           has_at(s, 0, STET_SPAN("\xFF\xFE")) ||
           has_at(s, 0, STET_SPAN("\xEF\xBB\xBF"));
}

/* Section 3, "binary data byte". */
static bool is_binary(struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];

        if (c < 0x20 && !(c >= 0x09 && c <= 0x0D && c != 0x0B) && c != 0x1B)
            return true;
    }
    return false;
}

const char *stet_mime_sniff(struct stet_span bytes, bool scriptable)
{
    struct stet_span s = first_bytes(bytes), text = skip_blanks(s);
    const char *type;

    if (scriptable) {
        if (is_html(text))
            return "text/html";
        if (has_at(text, 0, STET_SPAN("<?xml")))
            return "text/xml";
        if (has_at(s, 0, STET_SPAN("%PDF-")))
            return "application/pdf";
    }
    if (has_at(s, 0, STET_SPAN("%!PS-Adobe-")))
        return "application/postscript";
    if (s.len >= 4 && has_bom(s))
        return "text/plain";
    if ((type = stet_mime_sniff_image(s)) ||
        (type = stet_mime_sniff_media(s)) ||
        (type = stet_mime_sniff_archive(s)))
        return type;
    return is_binary(s) ? "application/octet-stream" : "text/plain";
}

/* -- section 7, the computed type ---------------------------------------- */

/* What Apache sends for files it does not know (section 5.1). */
static bool is_apache_default(struct stet_span content_type)
{
    return stet_span_eqs(content_type, "text/plain") ||
           stet_span_eqs(content_type, "text/plain; charset=ISO-8859-1") ||
           stet_span_eqs(content_type, "text/plain; charset=iso-8859-1") ||
           stet_span_eqs(content_type, "text/plain; charset=UTF-8");
}

/* From the end of `what` on; nothing when it is not there. */
static struct stet_span after(struct stet_span s, struct stet_span what)
{
    size_t at = stet_span_find(s, what);

    return at == s.len ? stet_span_sub(s, at, 0)
                       : stet_span_sub(s, at + what.len, s.len);
}

static bool is_rdf_feed(struct stet_span s)
{
    const struct stet_span rss = STET_SPAN("http://purl.org/rss/1.0/");
    const struct stet_span rdf =
        STET_SPAN("http://www.w3.org/1999/02/22-rdf-syntax-ns#");

    return stet_span_find(s, rss) < s.len && stet_span_find(s, rdf) < s.len;
}

/* Section 7.3: is what is called HTML a feed? */
static const char *sniff_feed(struct stet_span s)
{
    if (has_at(s, 0, STET_SPAN("\xEF\xBB\xBF")))
        s = stet_span_sub(s, 3, s.len);
    while (s = skip_blanks(s), s.len && s.ptr[0] == '<') {
        s = stet_span_sub(s, 1, s.len);
        if (has_at(s, 0, STET_SPAN("!--")))
            s = after(stet_span_sub(s, 3, s.len), STET_SPAN("-->"));
        else if (has_at(s, 0, STET_SPAN("!")))
            s = after(s, STET_SPAN(">"));
        else if (has_at(s, 0, STET_SPAN("?")))
            s = after(s, STET_SPAN("?>"));
        else if (has_at(s, 0, STET_SPAN("rss")) ||
                 (has_at(s, 0, STET_SPAN("rdf:RDF")) && is_rdf_feed(s)))
            return "application/rss+xml";
        else if (has_at(s, 0, STET_SPAN("feed")))
            return "application/atom+xml";
        else
            return NULL;
    }
    return NULL;
}

static bool is_unknown(struct stet_span essence)
{
    return !essence.len || stet_span_eqs(essence, "unknown/unknown") ||
           stet_span_eqs(essence, "application/unknown") ||
           stet_span_eqs(essence, "*/*");
}

static const char *compute(struct stet_span essence, struct stet_span sent,
                           struct stet_span bytes)
{
    if (is_apache_default(sent))
        return !has_bom(bytes) && is_binary(bytes) ? "application/octet-stream"
                                                   : NULL;
    if (stet_span_eqs(essence, "text/html"))
        return sniff_feed(bytes);
    if (stet_span_eqs(essence, "image/svg+xml"))
        return NULL;
    if (stet_span_istarts(essence, "image/"))
        return stet_mime_sniff_image(bytes);
    if (stet_span_istarts(essence, "audio/") ||
        stet_span_istarts(essence, "video/") ||
        stet_span_eqs(essence, "application/ogg"))
        return stet_mime_sniff_media(bytes);
    return NULL;
}

int stet_mime_compute(struct stet_buf *out, struct stet_span content_type,
                      bool no_sniff, struct stet_span bytes)
{
    struct stet_span s = first_bytes(bytes);
    const char *type = NULL;
    struct stet_mime m;
    int rc;

    stet_mime_init(&m);
    rc = stet_mime_parse(&m, content_type);
    if (rc == STET_ENOMEM)
        return rc;
    if (is_unknown(m.essence))
        type = stet_mime_sniff(s, !no_sniff);
    else if (!no_sniff)
        type = compute(m.essence, content_type, s);
    if (type)
        stet_buf_adds(out, type);
    else
        stet_buf_add_span(out, m.essence);
    stet_mime_clear(&m);
    return stet_buf_status(out);
}
