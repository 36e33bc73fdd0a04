#include "stet/pack.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"
#include "pack/under.h"
#include "json/json.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

enum { PIECE = 64 * 1024, MAX_META = 16 << 20 };

/* A WACZ being unpacked. */
struct unpacker {
    zip_t *zip;
    int dir;
    struct stet_json *package; /* datapackage.json; or NULL */
    struct stet_digest digest; /* of it, as datapackage-digest.json says */
    bool *seen;                /* resources of it */
    size_t n_resources;
    stet_unpack_fn on_bad;
    void *ctx;
    struct stet_pack_result *result;
    char piece[PIECE];
};

static void bad(struct unpacker *u, const char *path, const char *text)
{
    u->result->bad++;
    if (u->on_bad)
        u->on_bad(u->ctx, path, text);
}

static const char package_name[] = "datapackage.json";
static const char digest_name[] = "datapackage-digest.json";

/* -- what should be there -------------------------------------------------- */

/* Reads a small file of the ZIP whole; STET_ENOTFOUND. */
static int read_meta(struct unpacker *u, const char *name, struct stet_buf *out,
                     struct stet_error *err)
{
    zip_file_t *f = zip_fopen(u->zip, name, 0);
    zip_int64_t n = 0;

    if (!f)
        return STET_ENOTFOUND;
    while ((n = zip_fread(f, u->piece, PIECE)) > 0)
        stet_buf_add(out, u->piece, (size_t)n);
    zip_fclose(f);
    if (n < 0)
        return stet_fail(err, STET_EFORMAT, "%s is broken", name);
    if (stet_buf_status(out) < 0)
        return stet_fail(err, stet_buf_status(out), "%s is too large", name);
    return STET_OK;
}

static int parse_meta(struct unpacker *u, const char *name,
                      struct stet_json **out, struct stet_error *err)
{
    struct stet_buf text;
    int rc;

    *out = NULL;
    stet_buf_init(&text, MAX_META);
    rc = read_meta(u, name, &text, err);
    if (rc == STET_OK)
        rc = stet_json_parse(out, stet_buf_span(&text), NULL, err);
    stet_buf_clear(&text);
    if (stet_is_fatal(rc))
        return rc;
    if (rc == STET_ENOTFOUND && strcmp(name, package_name) == 0)
        bad(u, name, "it is not there");
    else if (rc < 0 && rc != STET_ENOTFOUND)
        bad(u, name, "it cannot be read");
    return STET_OK;
}

static const struct stet_json_value *resources(const struct unpacker *u)
{
    return u->package ? stet_json_get(stet_json_root(u->package), "resources")
                      : NULL;
}

static int read_package(struct unpacker *u, struct stet_error *err)
{
    struct stet_json *digest = NULL;
    struct stet_span hash;
    int rc = parse_meta(u, package_name, &u->package, err);

    if (rc == STET_OK)
        rc = parse_meta(u, digest_name, &digest, err);
    if (rc < 0)
        return rc;
    hash = stet_json_get_string(stet_json_root(digest), "hash");
    if (!hash.ptr || stet_digest_parse(&u->digest, hash) < 0) {
        u->digest.len = 0;
        if (digest)
            bad(u, digest_name, "it has no good hash of datapackage.json");
    }
    stet_json_free(digest);
    u->n_resources = stet_json_len(resources(u));
    u->seen = stet_alloc(u->n_resources + 1);
    return u->seen ? STET_OK
                   : stet_fail(err, STET_ENOMEM, "no memory to unpack");
}

/* "hash":"sha256:..." or, before version 1.1, "stats":{"hash":"..."}. */
static struct stet_digest said_hash(const struct stet_json_value *r)
{
    struct stet_span hash = stet_json_get_string(r, "hash");
    char text[STET_DIGEST_TEXT_MAX] = "sha256:";
    size_t n = strlen(text);
    struct stet_digest d = { 0 };

    if (!hash.ptr) {
        hash = stet_json_get_string(stet_json_get(r, "stats"), "hash");
        if (hash.len > 0 && hash.len < sizeof(text) - n &&
            stet_span_find(hash, STET_SPAN(":")) == hash.len) {
            memcpy(text + n, hash.ptr, hash.len);
            hash = (struct stet_span){ text, n + hash.len };
        }
    }
    if (hash.len == 0 || stet_digest_parse(&d, hash) < 0)
        d.len = 0;
    return d;
}

/* The hash that a file should have; len 0: none is known. */
static struct stet_digest hash_of(struct unpacker *u, const char *path)
{
    const struct stet_json_value *list = resources(u);
    struct stet_digest d = { 0 };

    if (strcmp(path, package_name) == 0)
        return u->digest;
    for (size_t i = 0; i < u->n_resources; i++) {
        const struct stet_json_value *r = stet_json_at(list, i);

        if (!stet_span_eqs(stet_json_get_string(r, "path"), path))
            continue;
        u->seen[i] = true;
        d = said_hash(r);
        if (d.len == 0)
            bad(u, path, "datapackage.json has no good hash of it");
        return d;
    }
    if (u->package && strcmp(path, digest_name) != 0)
        bad(u, path, "datapackage.json does not list it");
    return d;
}

static void tell_missing(struct unpacker *u)
{
    for (size_t i = 0; i < u->n_resources; i++) {
        struct stet_span path =
            stet_json_get_string(stet_json_at(resources(u), i), "path");
        char name[256];
        size_t n = path.len < sizeof(name) ? path.len : sizeof(name) - 1;

        if (u->seen[i])
            continue;
        if (n > 0)
            memcpy(name, path.ptr, n);
        name[n] = '\0';
        bad(u, name, "it is listed and not there");
    }
}

/* -- what is there --------------------------------------------------------- */

static bool is_folder(const char *name)
{
    size_t n = strlen(name);

    return n > 0 && name[n - 1] == '/';
}

/* All names are looked at before anything is written. */
static int check_names(struct unpacker *u, struct stet_error *err)
{
    zip_int64_t n = zip_get_num_entries(u->zip, 0);

    if (n > STET_MAX_WACZ_FILES)
        return stet_fail(err, STET_ELIMIT, "there are more than %d files",
                         STET_MAX_WACZ_FILES);
    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(u->zip, (zip_uint64_t)i, 0);
        struct stet_span s = stet_span_of(name);

        if (name && is_folder(name))
            s.len--;
        if (!name || !stet_under_is_safe(s))
            return stet_fail(err, STET_EFORMAT,
                             "an unsafe path is in it: %.100s",
                             name ? name : "");
    }
    return STET_OK;
}

/* Copies a file out; hashes it on the way. */
static int copy_out(struct unpacker *u, zip_file_t *from, int to,
                    struct stet_hasher *h, struct stet_error *err)
{
    uint64_t at = 0;
    zip_int64_t n = 0;
    int rc = STET_OK;

    while (rc == STET_OK && (n = zip_fread(from, u->piece, PIECE)) > 0) {
        struct stet_span s = { u->piece, (size_t)n };

        stet_hasher_add(h, s.ptr, s.len);
        rc = stet_file_write_at(to, at, s, err);
        at += s.len;
    }
    return rc == STET_OK && n < 0 ? STET_EFORMAT : rc;
}

static int unpack_file(struct unpacker *u, zip_uint64_t i, const char *name,
                       struct stet_error *err)
{
    struct stet_digest want = hash_of(u, name), is;
    enum stet_digest_kind kind = want.len > 0 ? want.kind : STET_SHA256;
    struct stet_hasher *h = NULL;
    zip_file_t *f = NULL;
    int fd = -1;
    int rc = stet_hasher_new(&h, kind, err);

    if (rc == STET_OK) {
        f = zip_fopen_index(u->zip, i, 0);
        if (!f)
            rc = stet_fail(err, STET_EUNSUPPORTED, "%.100s: %s", name,
                           zip_strerror(u->zip));
    }
    if (rc == STET_OK)
        rc = stet_under_create(&fd, u->dir, stet_span_of(name), err);
    if (rc == STET_OK)
        rc = copy_out(u, f, fd, h, err);
    if (h)
        stet_hasher_finish(h, &is);
    if (rc == STET_EFORMAT && fd >= 0) {
        bad(u, name, "its data is broken");
        rc = STET_OK;
    } else if (rc == STET_OK && want.len > 0 && !stet_digest_eq(&is, &want)) {
        bad(u, name, "it has not the hash it should");
    }
    if (fd >= 0 && close(fd) < 0 && rc == STET_OK)
        rc = stet_fail_sys(err, STET_EIO, "cannot write %s", name);
    if (f)
        zip_fclose(f);
    stet_hasher_free(h);
    u->result->files += rc == STET_OK;
    return rc;
}

static int unpack_all(struct unpacker *u, const char *dir,
                      struct stet_error *err)
{
    zip_int64_t n = zip_get_num_entries(u->zip, 0);
    int rc = check_names(u, err);

    if (rc == STET_OK)
        rc = read_package(u, err);
    if (rc == STET_OK)
        rc = stet_file_make_dirs(dir, err);
    if (rc < 0)
        return rc;
    u->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (u->dir < 0)
        return stet_fail_sys(err, STET_EIO, "cannot open the folder %s", dir);
    for (zip_int64_t i = 0; i < n && rc == STET_OK; i++) {
        const char *name = zip_get_name(u->zip, (zip_uint64_t)i, 0);

        if (name && !is_folder(name))
            rc = unpack_file(u, (zip_uint64_t)i, name, err);
    }
    if (rc == STET_OK)
        tell_missing(u);
    return rc;
}

static int open_zip(zip_t **out, const char *path, struct stet_error *err)
{
    zip_error_t why;
    int code = 0;
    int rc;

    *out = zip_open(path, ZIP_RDONLY, &code);
    if (*out)
        return STET_OK;
    zip_error_init_with_code(&why, code);
    rc = code == ZIP_ER_NOENT                         ? STET_ENOTFOUND
         : code == ZIP_ER_OPEN || code == ZIP_ER_READ ? STET_EIO
                                                      : STET_EFORMAT;
    stet_fail(err, rc, "cannot open %s: %s", path, zip_error_strerror(&why));
    zip_error_fini(&why);
    return rc;
}

int stet_unpack(const char *wacz, const char *dir, stet_unpack_fn on_bad,
                void *ctx, struct stet_pack_result *result,
                struct stet_error *err)
{
    struct stet_pack_result unasked;
    struct unpacker *u = stet_alloc(sizeof(*u));
    int rc;

    if (!result)
        result = &unasked;
    *result = (struct stet_pack_result){ 0 };
    if (!u)
        return stet_fail(err, STET_ENOMEM, "no memory to unpack");
    u->on_bad = on_bad;
    u->ctx = ctx;
    u->result = result;
    u->dir = -1;
    rc = open_zip(&u->zip, wacz, err);
    if (rc == STET_OK)
        rc = unpack_all(u, dir, err);
    if (u->dir >= 0)
        close(u->dir);
    if (u->zip)
        zip_discard(u->zip);
    stet_json_free(u->package);
    stet_free(u->seen);
    stet_free(u);
    return rc;
}
