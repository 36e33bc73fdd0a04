#include "check/package.h"

#include "base/ascii.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "sign/chain.h"
#include "wacz/auth.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

enum { IN_MEMORY = 4 << 20 };

static const char package_name[] = "datapackage.json";
static const char digest_name[] = "datapackage-digest.json";

STET_PRINTF(3, 4)
static void tell(struct stet_check_wacz *w, enum stet_check_rule rule,
                 const char *fmt, ...)
{
    char text[300];
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(text, sizeof(text), fmt, ap);
    va_end(ap);
    stet_check_say(w->s, w->path, rule, 0, "%s", text);
}

static int shown(struct stet_span s)
{
    return (int)(s.len < 150 ? s.len : 150);
}

/* NULL when the file is not there or no JSON, which is told. */
static int read_json(struct stet_check_wacz *w, const char *name,
                     enum stet_check_rule rule, struct stet_json **out,
                     struct stet_digest *hash, struct stet_error *err)
{
    const struct stet_zip_file *f = stet_zip_find(&w->zip, stet_span_of(name));
    struct stet_error why = { 0 };
    struct stet_spool room;
    struct stet_span text;
    int rc;

    *out = NULL;
    hash->len = 0;
    if (!f)
        return STET_ENOTFOUND;
    stet_spool_init(&room, NULL, IN_MEMORY);
    rc = stet_zip_read(&w->zip, f, &room, &text, &why);
    if (rc == STET_OK)
        rc = stet_json_parse(out, text, NULL, &why);
    if (rc == STET_OK)
        rc = stet_digest_of(hash, STET_SHA256, text, &why);
    if (rc < 0 && !stet_is_fatal(rc)) {
        tell(w, rule, "%s: %s", name, why.text);
        rc = STET_OK;
    }
    stet_spool_clear(&room);
    return rc < 0 ? stet_fail(err, rc, "%s", why.text) : STET_OK;
}

/* -- datapackage.json ------------------------------------------------------ */

static const struct stet_json_value *resources(const struct stet_check_wacz *w)
{
    return w->package ? stet_json_get(stet_json_root(w->package), "resources")
                      : NULL;
}

/* Frictionless Data: [a-z0-9._-], and readers want a dot in it. */
static bool is_good_name(struct stet_span name)
{
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];

        if (!((c >= 'a' && c <= 'z') || stet_is_digit(c) || c == '.' ||
              c == '_' || c == '-'))
            return false;
    }
    return name.len > 0;
}

/* "hash":"sha256:..." or, before version 1.1, "stats":{"hash":"..."}. */
static struct stet_digest hash_of(const struct stet_json_value *r)
{
    struct stet_span hash = stet_json_get_string(r, "hash");
    struct stet_digest d = { 0 };
    char text[STET_DIGEST_TEXT_MAX];

    if (!hash.ptr)
        hash = stet_json_get_string(stet_json_get(r, "stats"), "hash");
    if (hash.len > 0 && hash.len < sizeof(text) - 8 &&
        stet_span_find(hash, STET_SPAN(":")) == hash.len) {
        snprintf(text, sizeof(text), "sha256:%.*s", (int)hash.len, hash.ptr);
        hash = stet_span_of(text);
    }
    if (hash.len == 0 || stet_digest_parse(&d, hash) < 0)
        d.len = 0;
    return d;
}

static bool bytes_of(const struct stet_json_value *r, int64_t *bytes)
{
    return stet_json_int(stet_json_get(r, "bytes"), bytes) ||
           stet_json_int(stet_json_get(stet_json_get(r, "stats"), "bytes"),
                         bytes);
}

static void check_resource(struct stet_check_wacz *w,
                           const struct stet_json_value *r, size_t i)
{
    struct stet_span path = stet_json_get_string(r, "path");
    int64_t bytes;

    if (path.len == 0)
        tell(w, STET_CHECK_WACZ_PACKAGE, "resource %zu has no path", i + 1);
    else if (hash_of(r).len == 0 || !bytes_of(r, &bytes))
        tell(w, STET_CHECK_WACZ_PACKAGE, "no hash and bytes of %.*s",
             shown(path), path.ptr);
    if (!is_good_name(stet_json_get_string(r, "name")))
        tell(w, STET_CHECK_WACZ_ADVICE,
             "the name of resource %zu is none for a data package", i + 1);
}

static void check_kind(struct stet_check_wacz *w,
                       const struct stet_json_value *root)
{
    struct stet_span profile = stet_json_get_string(root, "profile");
    struct stet_span version = stet_json_get_string(root, "wacz_version");

    if (stet_span_eqs(profile, "wacz"))
        tell(w, STET_CHECK_WACZ_ADVICE,
             "the profile is that of the 1.2.0 draft, which wabac.js refuses");
    else if (!stet_span_eqs(profile, "data-package"))
        tell(w, STET_CHECK_WACZ_PACKAGE, "the profile is not data-package");
    if (version.len == 0 && !stet_span_eqs(profile, "wacz"))
        tell(w, STET_CHECK_WACZ_PACKAGE, "there is no wacz_version");
    else if (version.len > 0 && !stet_span_eqs(version, "1.1.1"))
        tell(w, STET_CHECK_WACZ_ADVICE,
             "version %.*s: py-wacz validates 1.1.1 alone", shown(version),
             version.ptr);
}

static void check_package(struct stet_check_wacz *w)
{
    static const char *const wanted[] = { "title", "created", "software" };
    const struct stet_json_value *root = stet_json_root(w->package);
    size_t n = stet_json_len(resources(w));

    check_kind(w, root);
    if (stet_json_type(resources(w)) != STET_JSON_ARRAY)
        tell(w, STET_CHECK_WACZ_PACKAGE, "there is no list of resources");
    for (size_t i = 0; i < n; i++)
        check_resource(w, stet_json_at(resources(w), i), i);
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
        if (stet_json_get_string(root, wanted[i]).len == 0)
            tell(w, STET_CHECK_WACZ_ADVICE, "datapackage.json has no %s",
                 wanted[i]);
}

/* -- datapackage-digest.json ----------------------------------------------- */

static void on_auth(void *ctx, enum stet_auth_problem p, const char *text)
{
    static const enum stet_check_rule rules[] = {
        [STET_AUTH_SHAPE] = STET_CHECK_WACZ_SIGNATURE,
        [STET_AUTH_SIGNATURE] = STET_CHECK_WACZ_SIGNATURE,
        [STET_AUTH_DOMAIN] = STET_CHECK_WACZ_TRUST,
        [STET_AUTH_TRUST] = STET_CHECK_WACZ_TRUST,
        [STET_AUTH_TIME] = STET_CHECK_WACZ_TIME,
        [STET_AUTH_UNROOTED] = STET_CHECK_WACZ_UNROOTED,
    };

    tell(ctx, rules[p], "%s", text);
}

static int check_signature(struct stet_check_wacz *w,
                           const struct stet_json_value *data,
                           const struct stet_digest *hash,
                           struct stet_error *err)
{
    struct stet_roots *system = NULL;
    char text[STET_DIGEST_TEXT_MAX];
    int rc = w->roots ? STET_OK : stet_roots_open(&system, NULL, err);

    stet_digest_print(text, hash);
    if (rc == STET_OK)
        rc = stet_auth_verify(data, stet_span_of(text),
                              w->roots ? w->roots : system, on_auth, w, err);
    stet_roots_free(system);
    return rc;
}

static int check_digest(struct stet_check_wacz *w,
                        const struct stet_json_value *root,
                        const struct stet_digest *hash, struct stet_error *err)
{
    const struct stet_json_value *data = stet_json_get(root, "signedData");
    struct stet_span said = stet_json_get_string(root, "hash");
    struct stet_digest d;

    if (!stet_span_eqs(stet_json_get_string(root, "path"), package_name))
        tell(w, STET_CHECK_WACZ_DIGEST, "its path is not datapackage.json");
    if (said.len == 0 || stet_digest_parse(&d, said) < 0 ||
        !stet_digest_eq(&d, hash))
        tell(w, STET_CHECK_WACZ_DIGEST,
             "the hash is not that of datapackage.json");
    return data && hash->len > 0 ? check_signature(w, data, hash, err)
                                 : STET_OK;
}

int stet_check_package_open(struct stet_check_wacz *w, struct stet_error *err)
{
    struct stet_json *digest = NULL;
    struct stet_digest hash, unused;
    int rc = read_json(w, package_name, STET_CHECK_WACZ_PACKAGE, &w->package,
                       &hash, err);

    if (rc == STET_ENOTFOUND) {
        tell(w, STET_CHECK_WACZ_LAYOUT, "datapackage.json is not there");
        return STET_OK;
    }
    if (rc == STET_OK && w->package) {
        w->seen = stet_alloc(stet_json_len(resources(w)) + 1);
        if (!w->seen)
            return stet_fail(err, STET_ENOMEM, "no memory for a WACZ file");
        check_package(w);
    }
    if (rc == STET_OK)
        rc = read_json(w, digest_name, STET_CHECK_WACZ_DIGEST, &digest, &unused,
                       err);
    if (rc == STET_ENOTFOUND) {
        tell(w, STET_CHECK_WACZ_UNSIGNED,
             "datapackage-digest.json is not there");
        return STET_OK;
    }
    if (rc == STET_OK && digest)
        rc = check_digest(w, stet_json_root(digest), &hash, err);
    stet_json_free(digest);
    return rc;
}

/* -- the files ------------------------------------------------------------- */

static bool find_resource(const struct stet_check_wacz *w,
                          struct stet_span name, size_t *i)
{
    size_t n = stet_json_len(resources(w));

    for (*i = 0; *i < n; ++*i)
        if (stet_span_eq(
                stet_json_get_string(stet_json_at(resources(w), *i), "path"),
                name))
            return true;
    return false;
}

int stet_check_package_file(struct stet_check_wacz *w, struct stet_span name,
                            struct stet_span bytes, struct stet_error *err)
{
    const struct stet_json_value *r;
    struct stet_digest said, is;
    int64_t len;
    size_t i;
    int rc;

    if (!w->package || stet_span_eqs(name, package_name) ||
        stet_span_eqs(name, digest_name))
        return STET_OK;
    if (!find_resource(w, name, &i)) {
        tell(w, STET_CHECK_WACZ_LISTED, "datapackage.json does not list %.*s",
             shown(name), name.ptr);
        return STET_OK;
    }
    w->seen[i] = true;
    r = stet_json_at(resources(w), i);
    said = hash_of(r);
    if (bytes_of(r, &len) && (uint64_t)len != bytes.len)
        tell(w, STET_CHECK_WACZ_HASH,
             "%.*s has %zu bytes, and %" PRId64 " were said", shown(name),
             name.ptr, bytes.len, len);
    if (said.len == 0)
        return STET_OK;
    rc = stet_digest_of(&is, said.kind, bytes, err);
    if (rc == STET_OK && !stet_digest_eq(&is, &said))
        tell(w, STET_CHECK_WACZ_HASH, "%.*s has not the hash it should",
             shown(name), name.ptr);
    return rc;
}

void stet_check_package_finish(struct stet_check_wacz *w)
{
    size_t n = stet_json_len(resources(w));

    for (size_t i = 0; w->seen && i < n; i++) {
        struct stet_span path =
            stet_json_get_string(stet_json_at(resources(w), i), "path");

        if (!w->seen[i] && path.len > 0)
            tell(w, STET_CHECK_WACZ_LISTED, "it is listed and not there: %.*s",
                 shown(path), path.ptr);
    }
}
