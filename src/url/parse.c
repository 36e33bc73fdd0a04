#include "base/ascii.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "stet/url.h"
#include "url/host.h"
#include "url/percent.h"

#include <string.h>

/*
 * The basic URL parser (URL Standard 4.4).  It has no state override, so
 * its state machine is written as straight code that cuts the input at the
 * delimiters; each function is named for the state it stands for.  The
 * href is built in one buffer from left to right, and the offsets of its
 * parts are noted on the way.
 */
struct parser {
    struct stet_span in; /* what is left of the input */
    const struct stet_url *base;
    struct stet_buf out;
    struct stet_url u; /* all but the href */
};

static const struct scheme {
    struct stet_span name;
    int port;
} special_schemes[] = {
    { STET_SPAN_INIT("https"), 443 }, { STET_SPAN_INIT("http"), 80 },
    { STET_SPAN_INIT("file"), -1 },   { STET_SPAN_INIT("ftp"), 21 },
    { STET_SPAN_INIT("wss"), 443 },   { STET_SPAN_INIT("ws"), 80 },
};

static uint32_t here(const struct parser *p)
{
    return (uint32_t)p->out.len;
}

static void advance(struct parser *p, size_t n)
{
    p->in = stet_span_sub(p->in, n, p->in.len);
}

static bool is_slash(const struct parser *p, char c)
{
    return c == '/' || (c == '\\' && p->u.special);
}

static bool at_slash(const struct parser *p)
{
    return p->in.len > 0 && is_slash(p, p->in.ptr[0]);
}

static bool at(const struct parser *p, char c)
{
    return p->in.len > 0 && p->in.ptr[0] == c;
}

static bool is_file(const struct parser *p)
{
    return p->u.scheme_end == 4 && memcmp(p->out.data, "file", 4) == 0;
}

static struct stet_span path_so_far(const struct parser *p)
{
    return stet_span_sub(stet_buf_span(&p->out), p->u.path_start, p->out.len);
}

/* A letter and ':' or '|'. */
static bool is_drive(struct stet_span s)
{
    return s.len >= 2 && stet_is_alpha((unsigned char)s.ptr[0]) &&
           (s.ptr[1] == ':' || s.ptr[1] == '|');
}

static bool starts_with_drive(struct stet_span s)
{
    return is_drive(s) && (s.len == 2 || memchr("/\\?#", s.ptr[2], 4));
}

/* The path's first segment is a letter and ':'. */
static bool path_has_drive(struct stet_span path)
{
    return path.len >= 3 && path.ptr[0] == '/' && path.ptr[2] == ':' &&
           is_drive(stet_span_sub(path, 1, 2)) &&
           (path.len == 3 || path.ptr[3] == '/');
}

/* -- path, query, fragment ------------------------------------------------ */

static void shorten(struct parser *p)
{
    struct stet_span path = path_so_far(p);
    size_t n = path.len;

    if (is_file(p) && path.len == 3 && path_has_drive(path))
        return;
    while (n > 0 && path.ptr[n - 1] != '/')
        n--;
    stet_buf_cut(&p->out, p->u.path_start + (n > 0 ? n - 1 : 0));
}

/* How many dots the segment stands for, plain or encoded; 0: none. */
static int count_dots(struct stet_span s)
{
    int dots = 0;

    if (s.len == 0 || s.len > 6)
        return 0;
    while (s.len > 0) {
        size_t used = s.ptr[0] == '.' ? 1 : stet_span_istarts(s, "%2e") ? 3 : 0;
        if (used == 0)
            return 0;
        s = stet_span_sub(s, used, s.len);
        dots++;
    }
    return dots;
}

static void add_segment(struct parser *p, struct stet_span s)
{
    stet_buf_addc(&p->out, '/');
    if (is_file(p) && p->out.len == p->u.path_start + 1U && s.len == 2 &&
        is_drive(s)) {
        stet_buf_addc(&p->out, s.ptr[0]);
        stet_buf_addc(&p->out, ':');
        return;
    }
    stet_percent_encode(&p->out, s, STET_PERCENT_PATH);
}

/* Path state; stops at '?', '#' or the end. */
static void take_path(struct parser *p)
{
    bool slash = true;

    while (slash && stet_buf_status(&p->out) == STET_OK) {
        size_t n = 0;
        int dots;

        while (n < p->in.len && !is_slash(p, p->in.ptr[n]) &&
               p->in.ptr[n] != '?' && p->in.ptr[n] != '#')
            n++;
        slash = n < p->in.len && is_slash(p, p->in.ptr[n]);
        dots = count_dots(stet_span_sub(p->in, 0, n));
        if (dots == 2)
            shorten(p);
        if (dots != 1 && dots != 2)
            add_segment(p, stet_span_sub(p->in, 0, n));
        else if (!slash)
            stet_buf_addc(&p->out, '/');
        advance(p, n + slash);
    }
}

/* Path start state. */
static void start_path(struct parser *p)
{
    if (!p->u.special && (p->in.len == 0 || at(p, '?') || at(p, '#')))
        return;
    if (at_slash(p))
        advance(p, 1);
    take_path(p);
}

/* Opaque path state: of trailing spaces the last is encoded, so that they
 * survive when what follows is taken away. */
static void take_opaque_path(struct parser *p)
{
    size_t n = 0;

    while (n < p->in.len && p->in.ptr[n] != '?' && p->in.ptr[n] != '#')
        n++;
    p->u.opaque_path = true;
    if (n > 0 && n < p->in.len && p->in.ptr[n - 1] == ' ') {
        stet_percent_encode(&p->out, stet_span_sub(p->in, 0, n - 1),
                            STET_PERCENT_C0);
        stet_buf_adds(&p->out, "%20");
    } else {
        stet_percent_encode(&p->out, stet_span_sub(p->in, 0, n),
                            STET_PERCENT_C0);
    }
    advance(p, n);
}

/* "/." keeps a path that begins with "//" from being read as a host (URL
 * Standard 4.5, step 3). */
static void guard_path(struct parser *p)
{
    struct stet_span path = path_so_far(p);
    char *from;

    if (p->u.has_host || p->u.opaque_path ||
        !stet_span_starts(path, STET_SPAN("//")))
        return;
    if (!stet_buf_room(&p->out, 2))
        return;
    stet_buf_added(&p->out, 2);
    from = p->out.data + p->u.path_start;
    memmove(from + 2, from, path.len);
    memcpy(from, "/.", 2);
    p->u.path_start += 2;
}

/* Query state; there may be none. */
static void take_query(struct parser *p)
{
    size_t n = 0;

    if (!at(p, '?'))
        return;
    while (n < p->in.len && p->in.ptr[n] != '#')
        n++;
    stet_buf_addc(&p->out, '?');
    stet_percent_encode(&p->out, stet_span_sub(p->in, 1, n - 1),
                        p->u.special ? STET_PERCENT_SPECIAL_QUERY
                                     : STET_PERCENT_QUERY);
    advance(p, n);
}

/* Ends the path, then takes what may follow it. */
static int finish(struct parser *p)
{
    guard_path(p);
    p->u.path_end = here(p);
    take_query(p);
    p->u.search_end = here(p);
    if (at(p, '#')) {
        stet_buf_addc(&p->out, '#');
        stet_percent_encode(&p->out, stet_span_sub(p->in, 1, p->in.len),
                            STET_PERCENT_FRAGMENT);
    }
    return stet_buf_status(&p->out);
}

/* -- authority ------------------------------------------------------------ */

static void take_credentials(struct parser *p, struct stet_span s)
{
    struct stet_span rest = s;
    struct stet_span user = stet_span_cut(&rest, ':');

    p->u.user_start = here(p);
    stet_percent_encode(&p->out, user, STET_PERCENT_USERINFO);
    p->u.user_end = p->u.pass_start = p->u.pass_end = here(p);
    if (rest.ptr && rest.len > 0) {
        stet_buf_addc(&p->out, ':');
        p->u.pass_start = here(p);
        stet_percent_encode(&p->out, rest, STET_PERCENT_USERINFO);
        p->u.pass_end = here(p);
    }
    if (p->u.pass_end > p->u.user_start)
        stet_buf_addc(&p->out, '@');
}

/* Port state. */
static int take_port(struct parser *p, struct stet_span s)
{
    long port = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (!stet_is_digit((unsigned char)s.ptr[i]))
            return STET_EFORMAT;
        port = port * 10 + (s.ptr[i] - '0');
        if (port > 65535)
            return STET_EFORMAT;
    }
    if (s.len == 0 || port == p->u.default_port)
        return STET_OK;
    p->u.port = (int32_t)port;
    stet_buf_addf(&p->out, ":%ld", port);
    return STET_OK;
}

static int take_host(struct parser *p, struct stet_span s)
{
    int rc = STET_OK;

    p->u.has_host = true;
    p->u.host_start = here(p);
    if (s.len > 0)
        rc = stet_host_parse(&p->out, s, p->u.special, &p->u.host_is_ip);
    p->u.host_end = here(p);
    return rc;
}

/* Host state: a ':' outside brackets ends the host. */
static int take_host_and_port(struct parser *p, struct stet_span s)
{
    bool in_brackets = false;
    size_t n = 0;
    int rc;

    while (n < s.len && (in_brackets || s.ptr[n] != ':')) {
        if (s.ptr[n] == '[')
            in_brackets = true;
        else if (s.ptr[n] == ']')
            in_brackets = false;
        n++;
    }
    if (n == 0 && (n < s.len || p->u.special))
        return STET_EFORMAT;
    if ((rc = take_host(p, stet_span_sub(s, 0, n))) < 0)
        return rc;
    return take_port(p, stet_span_sub(s, n + 1, s.len));
}

/* Authority state. */
static int take_authority(struct parser *p)
{
    struct stet_span s;
    size_t n = 0, at_sign = 0;
    bool has_at = false;
    int rc;

    while (n < p->in.len && !is_slash(p, p->in.ptr[n]) && p->in.ptr[n] != '?' &&
           p->in.ptr[n] != '#') {
        if (p->in.ptr[n] == '@') {
            has_at = true;
            at_sign = n;
        }
        n++;
    }
    s = stet_span_sub(p->in, 0, n);
    stet_buf_adds(&p->out, "//");
    p->u.user_start = p->u.user_end = here(p);
    p->u.pass_start = p->u.pass_end = here(p);
    if (has_at) {
        take_credentials(p, stet_span_sub(s, 0, at_sign));
        s = stet_span_sub(s, at_sign + 1, s.len);
        if (s.len == 0)
            return STET_EFORMAT;
    }
    if ((rc = take_host_and_port(p, s)) < 0)
        return rc;
    advance(p, n);
    p->u.path_start = here(p);
    start_path(p);
    return finish(p);
}

/* Without credentials, host and port. */
static void no_authority(struct parser *p)
{
    p->u.user_start = p->u.user_end = here(p);
    p->u.pass_start = p->u.pass_end = here(p);
    p->u.host_start = p->u.host_end = here(p);
    p->u.path_start = here(p);
}

/* -- relative references -------------------------------------------------- */

static struct stet_span base_part(const struct parser *p, uint32_t from,
                                  uint32_t to)
{
    return (struct stet_span){ p->base->href.data + from, to - from };
}

/* Everything of the base that stands before its path. */
static void copy_base_front(struct parser *p)
{
    const struct stet_url *b = p->base;
    uint32_t end = b->has_host ? b->path_start : b->scheme_end + 1;

    stet_buf_cut(&p->out, 0);
    stet_buf_add_span(&p->out, base_part(p, 0, end));
    p->u = *b;
    p->u.href = (struct stet_bytes){ NULL, 0 };
    p->u.path_start = end;
}

static void copy_base_path(struct parser *p)
{
    stet_buf_add_span(&p->out,
                      base_part(p, p->base->path_start, p->base->path_end));
}

/* What the relative state and the file state do with a base's path. */
static int go_on_from_base_path(struct parser *p, bool drop_path)
{
    copy_base_path(p);
    if (p->in.len > 0 && !at(p, '?') && !at(p, '#')) {
        if (drop_path)
            stet_buf_cut(&p->out, p->u.path_start);
        else
            shorten(p);
        take_path(p);
    } else if (!at(p, '?')) {
        guard_path(p);
        stet_buf_add_span(&p->out,
                          base_part(p, p->base->path_end, p->base->search_end));
        p->u.path_end = here(p) - (p->base->search_end - p->base->path_end);
        p->u.search_end = here(p);
        if (at(p, '#')) {
            stet_buf_addc(&p->out, '#');
            stet_percent_encode(&p->out, stet_span_sub(p->in, 1, p->in.len),
                                STET_PERCENT_FRAGMENT);
        }
        return stet_buf_status(&p->out);
    }
    return finish(p);
}

/* Relative state and relative slash state. */
static int take_relative(struct parser *p)
{
    copy_base_front(p);
    if (!at_slash(p))
        return go_on_from_base_path(p, false);
    advance(p, 1);
    if (at_slash(p)) {
        stet_buf_cut(&p->out, p->u.scheme_end + 1U);
        p->u.port = -1;
        p->u.host_is_ip = false;
        advance(p, 1);
        while (p->u.special && at_slash(p))
            advance(p, 1);
        return take_authority(p);
    }
    take_path(p);
    return finish(p);
}

/* -- file ----------------------------------------------------------------- */

static void begin_file(struct parser *p)
{
    stet_buf_cut(&p->out, 0);
    stet_buf_adds(&p->out, "file://");
    p->u.scheme_end = 4;
    p->u.special = true;
    p->u.default_port = p->u.port = -1;
    no_authority(p);
    p->u.has_host = true;
}

/* File host state. */
static int take_file_host(struct parser *p)
{
    size_t n = 0;
    int rc;

    while (n < p->in.len && !strchr("/\\?#", p->in.ptr[n]))
        n++;
    if (n < p->in.len && p->in.ptr[n] == '\0')
        return STET_EFORMAT;
    if (n == 2 && is_drive(p->in)) {
        take_path(p);
        return finish(p);
    }
    if ((rc = take_host(p, stet_span_sub(p->in, 0, n))) < 0)
        return rc;
    if (stet_span_eqs(
            stet_span_sub(stet_buf_span(&p->out), p->u.host_start, p->out.len),
            "localhost")) {
        stet_buf_cut(&p->out, p->u.host_start);
        p->u.host_end = p->u.host_start;
    }
    p->u.path_start = here(p);
    advance(p, n);
    start_path(p);
    return finish(p);
}

/* File slash state, its slash already taken. */
static int take_file_slash(struct parser *p, bool base_is_file)
{
    if (at_slash(p)) {
        advance(p, 1);
        return take_file_host(p);
    }
    if (base_is_file) {
        struct stet_span path =
            base_part(p, p->base->path_start, p->base->path_end);
        copy_base_front(p);
        if (!starts_with_drive(p->in) && path_has_drive(path))
            stet_buf_add_span(&p->out, stet_span_sub(path, 0, 3));
    }
    take_path(p);
    return finish(p);
}

/* File state. */
static int take_file(struct parser *p)
{
    bool base_is_file =
        p->base && stet_span_eqs(stet_url_scheme(p->base), "file");

    begin_file(p);
    if (at_slash(p)) {
        advance(p, 1);
        return take_file_slash(p, base_is_file);
    }
    if (base_is_file) {
        copy_base_front(p);
        return go_on_from_base_path(p, starts_with_drive(p->in));
    }
    take_path(p);
    return finish(p);
}

/* -- scheme --------------------------------------------------------------- */

/* The length of the scheme at the front, or 0: there is none. */
static size_t scheme_length(struct stet_span s)
{
    if (s.len == 0 || !stet_is_alpha((unsigned char)s.ptr[0]))
        return 0;
    for (size_t i = 1; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == ':')
            return i;
        if (!stet_is_alnum(c) && c != '+' && c != '-' && c != '.')
            return 0;
    }
    return 0;
}

static void take_scheme(struct parser *p, size_t n)
{
    size_t count = sizeof(special_schemes) / sizeof(special_schemes[0]);
    struct stet_span name;

    for (size_t i = 0; i < n; i++)
        stet_buf_addc(&p->out, stet_to_lower(p->in.ptr[i]));
    name = stet_buf_span(&p->out);
    p->u.scheme_end = (uint32_t)n;
    p->u.port = p->u.default_port = -1;
    for (size_t i = 0; i < count; i++) {
        if (stet_span_eq(name, special_schemes[i].name)) {
            p->u.special = true;
            p->u.default_port = special_schemes[i].port;
        }
    }
    stet_buf_addc(&p->out, ':');
    advance(p, n + 1);
}

static bool base_has_scheme(const struct parser *p)
{
    return p->base && stet_span_eq(stet_url_scheme(p->base),
                                   stet_span_sub(stet_buf_span(&p->out), 0,
                                                 p->u.scheme_end));
}

/* Where the scheme state goes after the ':'. */
static int after_scheme(struct parser *p)
{
    bool two_slashes = p->in.len >= 2 && memcmp(p->in.ptr, "//", 2) == 0;

    if (is_file(p))
        return take_file(p);
    if (p->u.special) {
        if (!two_slashes && base_has_scheme(p))
            return take_relative(p);
        while (at_slash(p))
            advance(p, 1);
        return take_authority(p);
    }
    if (two_slashes) {
        advance(p, 2);
        return take_authority(p);
    }
    no_authority(p);
    if (at(p, '/')) {
        advance(p, 1);
        take_path(p);
    } else {
        take_opaque_path(p);
    }
    return finish(p);
}

/* No scheme state. */
static int without_scheme(struct parser *p)
{
    const struct stet_url *b = p->base;

    if (!b || b->href.len == 0 || (b->opaque_path && !at(p, '#')))
        return STET_EFORMAT;
    if (b->opaque_path) {
        copy_base_front(p);
        p->u.path_start = b->path_start;
        return go_on_from_base_path(p, false);
    }
    if (stet_span_eqs(stet_url_scheme(b), "file"))
        return take_file(p);
    return take_relative(p);
}

/* -- the front door ------------------------------------------------------- */

static struct stet_span strip(struct stet_span s)
{
    while (s.len > 0 && (unsigned char)s.ptr[0] <= ' ')
        s = stet_span_sub(s, 1, s.len);
    while (s.len > 0 && (unsigned char)s.ptr[s.len - 1] <= ' ')
        s.len--;
    return s;
}

static bool is_dropped(char c)
{
    return c == '\t' || c == '\n' || c == '\r';
}

/* Takes tabs and line ends out; most inputs have none and are not copied. */
static int clean(struct stet_buf *copy, struct stet_span *s)
{
    size_t i = 0;

    while (i < s->len && !is_dropped(s->ptr[i]))
        i++;
    if (i == s->len)
        return STET_OK;
    stet_buf_add(copy, s->ptr, i);
    for (; i < s->len; i++) {
        if (!is_dropped(s->ptr[i]))
            stet_buf_addc(copy, s->ptr[i]);
    }
    *s = stet_buf_span(copy);
    return stet_buf_status(copy);
}

static int run(struct parser *p)
{
    size_t n = scheme_length(p->in);
    size_t guess = p->in.len + 16;

    if (n == 0 && p->base)
        guess += p->base->href.len;
    if (guess < STET_MAX_URL && !stet_buf_room(&p->out, guess))
        return stet_buf_status(&p->out);
    if (n == 0)
        return without_scheme(p);
    take_scheme(p, n);
    return after_scheme(p);
}

int stet_url_parse(struct stet_url *out, struct stet_span input,
                   const struct stet_url *base, struct stet_error *err)
{
    struct parser p = { .base = base };
    struct stet_buf copy;
    int rc = STET_ELIMIT;

    stet_buf_init(&copy, STET_MAX_URL);
    stet_buf_init(&p.out, STET_MAX_URL);
    if (input.len <= STET_MAX_URL) {
        p.in = strip(input);
        rc = clean(&copy, &p.in);
    }
    if (rc == STET_OK)
        rc = run(&p);
    if (rc < 0 && stet_buf_status(&p.out) == STET_ENOMEM)
        rc = STET_ENOMEM;
    stet_url_clear(out);
    if (rc == STET_OK) {
        p.u.href = stet_buf_take_bytes(&p.out);
        *out = p.u;
    } else {
        int shown = (int)(input.len < 120 ? input.len : 120);
        rc = stet_fail(err, rc, "%s: %.*s",
                       rc == STET_EFORMAT ? "not a URL" : stet_strerror(rc),
                       shown, input.ptr ? input.ptr : "");
    }
    stet_buf_clear(&p.out);
    stet_buf_clear(&copy);
    return rc;
}
