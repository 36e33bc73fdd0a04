#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/span.h"
#include "links/out.h"
#include "stet/rewrite.h"
#include "stet/url.h"

enum {
    HASH_DIGITS = 16, /* of the SHA-256 of the URL */
    MAX_EXTENSION = 8,
    MAX_FOLDERS = 120, /* bytes of host and folders; what is longer lies in
                          the host's folder "_" */
    BESIDE_STEM = 30,  /* '_', '~' and the hash, the longest extension */
};

static const struct {
    const char *type, *extension;
    const char *same; /* other spellings that are as good */
} types[] = {
    { "text/html", "html", "htm shtml" },
    { "application/xhtml+xml", "xhtml", "xht" },
    { "text/css", "css", "" },
    { "text/javascript", "js", "mjs" },
    { "application/javascript", "js", "mjs" },
    { "application/x-javascript", "js", "mjs" },
    { "application/json", "json", "map webmanifest" },
    { "application/manifest+json", "webmanifest", "json" },
    { "image/jpeg", "jpg", "jpeg jpe jfif" },
    { "image/png", "png", "" },
    { "image/gif", "gif", "" },
    { "image/webp", "webp", "" },
    { "image/avif", "avif", "" },
    { "image/svg+xml", "svg", "" },
    { "image/x-icon", "ico", "" },
    { "image/vnd.microsoft.icon", "ico", "" },
    { "font/woff2", "woff2", "" },
    { "font/woff", "woff", "" },
    { "font/ttf", "ttf", "" },
    { "font/otf", "otf", "" },
    { "application/pdf", "pdf", "" },
    { "application/rss+xml", "rss", "xml" },
    { "application/atom+xml", "atom", "xml" },
    { "application/xml", "xml", "rss atom" },
    { "text/xml", "xml", "rss atom" },
    { "text/plain", "txt", "" },
    { "video/mp4", "mp4", "m4v" },
    { "video/webm", "webm", "" },
    { "audio/mpeg", "mp3", "" },
    { "audio/mp4", "m4a", "mp4" },
    { "audio/ogg", "ogg", "oga opus" },
};

/* A path in the making. */
struct path {
    struct stet_buf text;
    bool changed; /* the name needs the hash to be the URL's own */
};

static bool is_safe(char c)
{
    return stet_is_alnum((unsigned char)c) || (c && strchr("._-%@+,=~", c));
}

/* Names that mean devices on some systems, with any extension. */
static bool is_reserved(struct stet_span name)
{
    static const char *const devices[] = { "con",    "prn",     "aux", "nul",
                                           "conin$", "conout$", NULL };
    struct stet_span rest = name, stem = stet_span_cut(&rest, '.');

    for (size_t i = 0; devices[i]; i++)
        if (stet_span_ieqs(stem, devices[i]))
            return true;
    return stem.len == 4 && stet_is_digit((unsigned char)stem.ptr[3]) &&
           (stet_span_istarts(stem, "com") || stet_span_istarts(stem, "lpt"));
}

/* Adds one part of the path; dots only where `dots` allows them, so that
 * no folder is ever named like a file. */
static void add_part(struct path *p, struct stet_span s, size_t max, bool dots)
{
    if (!s.len || is_reserved(s)) {
        stet_buf_addc(&p->text, '_');
        p->changed = true;
    }
    if (s.len > max) {
        s.len = max;
        p->changed = true;
    }
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool at_end = c == '.' && i + 1 == s.len;

        /* Where upper and lower case are one, the hash tells them apart;
         * '@' and '~' are our own marks. */
        if (stet_is_upper((unsigned char)c) || c == '@' || c == '~')
            p->changed = true;
        if (is_safe(c) && !(c == '.' && !dots) && !at_end) {
            stet_buf_addc(&p->text, c);
        } else {
            stet_buf_addc(&p->text, '_');
            p->changed = true;
        }
    }
}

/* https://h/ is "h", http://h/ is "h@http"; a port goes after a '+'. */
static void add_host(struct path *p, const struct stet_url *u)
{
    struct stet_span host = stet_url_host(u);

    /* The mirror's own pages lie at its top. */
    if (stet_span_ends(host, STET_SPAN(".html"))) {
        stet_buf_addc(&p->text, '_');
        p->changed = true;
    }
    add_part(p, host, STET_MAX_MIRROR_NAME - 16, true);
    if (stet_span_find(host, STET_SPAN("+")) < host.len)
        p->changed = true;
    if (u->port >= 0)
        stet_buf_addf(&p->text, "+%d", (int)u->port);
    if (stet_span_eqs(stet_url_scheme(u), "http"))
        stet_buf_adds(&p->text, "@http");
    stet_buf_addc(&p->text, '/');
}

static struct stet_span extension_of(struct stet_span name)
{
    size_t dot = name.len;

    while (dot && name.ptr[dot - 1] != '.')
        dot--;
    if (dot < 2 || name.len - dot > MAX_EXTENSION || dot == name.len)
        return STET_SPAN("");
    return stet_span_sub(name, dot, name.len);
}

/* True if the list of words has it. */
static bool has_word(const char *words, struct stet_span w)
{
    struct stet_span rest = stet_span_of(words);

    while (rest.ptr)
        if (stet_span_ieq(stet_span_cut(&rest, ' '), w))
            return true;
    return false;
}

/*
 * The extension for a type: "" to keep the name's own.  Unknown types keep
 * it; a name without one gets "bin".
 */
static const char *wanted_extension(struct stet_span media_type,
                                    struct stet_span own)
{
    struct stet_span rest = media_type;
    struct stet_span essence = stet_span_trim(stet_span_cut(&rest, ';'));

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (!stet_span_ieqs(essence, types[i].type))
            continue;
        if (own.len && (stet_span_ieqs(own, types[i].extension) ||
                        has_word(types[i].same, own)))
            return "";
        return types[i].extension;
    }
    return own.len ? "" : "bin";
}

static int add_hash(struct path *p, struct stet_span href)
{
    struct stet_digest d;
    int rc = stet_digest_of(&d, STET_SHA256, href, NULL);

    if (rc)
        return rc;
    stet_buf_addc(&p->text, '~');
    stet_hex_add(&p->text, d.bytes, HASH_DIGITS / 2);
    return STET_OK;
}

/*
 * The file's name.  Only three forms go without a hash: the URL's own name
 * and extension, "index.html" for a folder's page, and "NAME.htm" for a
 * page without extension; URLs that spell the last two out get a hash.
 */
static int add_name(struct path *p, const struct stet_url *u,
                    struct stet_span name, struct stet_span media_type)
{
    struct stet_span own = extension_of(name), stem = name;
    const char *wanted = wanted_extension(media_type, own);
    size_t room = STET_MAX_MIRROR_PATH - BESIDE_STEM - p->text.len;
    int rc = STET_OK;

    if (room > STET_MAX_MIRROR_NAME - BESIDE_STEM)
        room = STET_MAX_MIRROR_NAME - BESIDE_STEM;
    if (!name.len) {
        stem = STET_SPAN("index");
        if (strcmp(wanted, "html") != 0)
            p->changed = true;
    } else if (stet_span_istarts(name, "index.") ||
               stet_span_ieqs(name, "index") || stet_span_ieqs(own, "htm")) {
        p->changed = true;
    } else if (!own.len && !strcmp(wanted, "html")) {
        wanted = "htm";
    } else if (*wanted) {
        p->changed = true;
    }
    if (!*wanted)
        stem.len -= own.len + 1;
    /* Also a '?' with nothing after it. */
    if (stet_url_page(u).len > u->path_end)
        p->changed = true;
    add_part(p, stem, room, true);
    for (size_t i = 0; !*wanted && i < own.len; i++)
        if (!stet_is_alnum((unsigned char)own.ptr[i]) ||
            stet_is_upper((unsigned char)own.ptr[i]))
            p->changed = true;
    if (p->changed)
        rc = add_hash(p, stet_url_page(u));
    stet_buf_addc(&p->text, '.');
    if (*wanted)
        stet_buf_adds(&p->text, wanted);
    else
        for (size_t i = 0; i < own.len; i++)
            stet_buf_addc(&p->text, stet_is_alnum((unsigned char)own.ptr[i])
                                        ? stet_to_lower(own.ptr[i])
                                        : '_');
    return rc;
}

static int build(struct path *p, const struct stet_url *u,
                 struct stet_span media_type)
{
    struct stet_span rest = stet_url_path(u), part;
    size_t host_end;

    add_host(p, u);
    host_end = p->text.len;
    rest = stet_span_sub(rest, 1, rest.len);
    for (;;) {
        part = stet_span_cut(&rest, '/');
        if (!rest.ptr)
            break;
        add_part(p, part, STET_MAX_MIRROR_NAME - 1, false);
        stet_buf_addc(&p->text, '/');
        if (p->text.len > MAX_FOLDERS) {
            stet_buf_cut(&p->text, host_end);
            stet_buf_adds(&p->text, "_/");
            p->changed = true;
            while (rest.ptr)
                part = stet_span_cut(&rest, '/');
            break;
        }
    }
    return add_name(p, u, part, media_type);
}

int stet_mirror_path(struct stet_bytes *out, struct stet_span url,
                     struct stet_span media_type, struct stet_error *err)
{
    struct path p = { .changed = false };
    struct stet_url u;
    int rc;

    *out = (struct stet_bytes){ NULL, 0 };
    stet_buf_init(&p.text, 2 * STET_MAX_MIRROR_PATH);
    stet_url_init(&u);
    rc = stet_url_parse(&u, url, NULL, err);
    if (!rc && !stet_url_is_http(&u))
        rc = stet_fail(err, STET_EFORMAT, "not an http URL");
    if (!rc)
        rc = build(&p, &u, media_type);
    if (!rc)
        rc = stet_buf_status(&p.text);
    if (!rc)
        *out = stet_buf_take_bytes(&p.text);
    stet_buf_clear(&p.text);
    stet_url_clear(&u);
    return rc;
}

int stet_mirror_relative(struct stet_bytes *out, struct stet_span from,
                         struct stet_span to)
{
    struct stet_buf b;
    size_t common = 0, i;
    int rc;

    *out = (struct stet_bytes){ NULL, 0 };
    for (i = 0; i < from.len && i < to.len && from.ptr[i] == to.ptr[i]; i++)
        if (from.ptr[i] == '/')
            common = i + 1;
    stet_buf_init(&b, 8 * STET_MAX_MIRROR_PATH);
    for (i = common; i < from.len; i++)
        if (from.ptr[i] == '/')
            stet_buf_adds(&b, "../");
    for (i = common; i < to.len; i++) {
        if (is_safe(to.ptr[i]) && to.ptr[i] != '%')
            stet_buf_addc(&b, to.ptr[i]);
        else if (to.ptr[i] == '/')
            stet_buf_addc(&b, '/');
        else
            stet_buf_addf(&b, "%%%02X", (unsigned char)to.ptr[i]);
    }
    rc = stet_buf_status(&b);
    if (!rc)
        *out = stet_buf_take_bytes(&b);
    stet_buf_clear(&b);
    return rc;
}
