#include "check/set.h"

#include "base/fail.h"
#include "base/mem.h"
#include "base/span.h"
#include "check/package.h"
#include "codec/codec.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { IN_MEMORY = 4 << 20, PIECE = 64 * 1024 };

static void name_file(char out[PATH_MAX], const char *path,
                      struct stet_span name)
{
    snprintf(out, PATH_MAX, "%s/%.*s", path, (int)(name.len & 0xFFFF),
             name.ptr);
}

static bool below(struct stet_span name, const char *folder)
{
    return stet_span_starts(name, stet_span_of(folder));
}

static bool ends(struct stet_span name, const char *end)
{
    return stet_span_ends(name, stet_span_of(end));
}

static bool is_warc(struct stet_span name)
{
    return below(name, "archive/") &&
           (ends(name, ".warc") || ends(name, ".warc.gz"));
}

static bool is_index(struct stet_span name)
{
    return below(name, "indexes/") &&
           (ends(name, ".cdx") || ends(name, ".cdxj") ||
            ends(name, ".cdx.gz") || ends(name, ".cdxj.gz") ||
            ends(name, ".idx"));
}

static bool is_list(struct stet_span name)
{
    return below(name, "pages/") &&
           (ends(name, ".jsonl") || ends(name, ".json"));
}

static bool is_folder(struct stet_span name)
{
    return name.len > 0 && name.ptr[name.len - 1] == '/';
}

/* -- the ZIP --------------------------------------------------------------- */

/* Neither absolute nor with "..", as stet_unpack() wants them. */
static bool is_safe(struct stet_span name)
{
    struct stet_span rest = name;

    if (name.len == 0 || memchr(name.ptr, '\\', name.len) ||
        memchr(name.ptr, '\0', name.len))
        return false;
    while (rest.ptr) {
        struct stet_span part = stet_span_cut(&rest, '/');

        if (stet_span_eqs(part, "..") || stet_span_eqs(part, ".") ||
            (part.len == 0 && rest.ptr))
            return false;
    }
    return true;
}

static int check_names(struct stet_check_wacz *w)
{
    struct stet_map seen;
    bool fresh;

    stet_map_init(&seen, STET_MAX_CHECK_BYTES / 4);
    for (size_t i = 0; i < w->zip.len; i++) {
        struct stet_span name = w->zip.files[i].name;

        if (!is_safe(name))
            stet_check_say(w->s, w->path, STET_CHECK_WACZ_PATH,
                           w->zip.files[i].at, "an unsafe path: %.*s",
                           (int)(name.len < 200 ? name.len : 200), name.ptr);
        if (!stet_map_put(&seen, name, &fresh)) {
            stet_map_clear(&seen);
            return STET_ENOMEM;
        }
        if (!fresh)
            stet_check_say(w->s, w->path, STET_CHECK_WACZ_PATH,
                           w->zip.files[i].at, "the path is there twice: %.*s",
                           (int)(name.len < 200 ? name.len : 200), name.ptr);
    }
    stet_map_clear(&seen);
    return STET_OK;
}

/* What must be there, and what must not. */
static void check_layout(struct stet_check_wacz *w)
{
    size_t warcs = 0, indexes = 0, packed = 0, places = 0;

    for (size_t i = 0; i < w->zip.len; i++) {
        struct stet_span name = w->zip.files[i].name;

        if (is_folder(name))
            continue;
        warcs += is_warc(name);
        indexes += is_index(name);
        packed += ends(name, ".cdx.gz") || ends(name, ".cdxj.gz");
        places += ends(name, ".idx");
        if ((below(name, "archive/") && !is_warc(name)) ||
            (below(name, "indexes/") && !is_index(name)) ||
            (below(name, "pages/") && !is_list(name)))
            stet_check_say(w->s, w->path, STET_CHECK_WACZ_EXTRA,
                           w->zip.files[i].at,
                           "a file that does not belong there: %.*s",
                           (int)(name.len < 200 ? name.len : 200), name.ptr);
    }
    if (warcs == 0)
        stet_check_say(w->s, w->path, STET_CHECK_WACZ_LAYOUT, 0,
                       "no WARC file is in archive/");
    if (indexes == 0)
        stet_check_say(w->s, w->path, STET_CHECK_WACZ_LAYOUT, 0,
                       "no index is in indexes/");
    if (packed > 0 && places == 0)
        stet_check_say(w->s, w->path, STET_CHECK_WACZ_ADVICE, 0,
                       "a compressed index without its .idx: wabac.js does "
                       "not load it");
    if (!stet_zip_find(&w->zip, STET_SPAN("pages/pages.jsonl")))
        stet_check_say(w->s, w->path, STET_CHECK_WACZ_LAYOUT, 0,
                       "pages/pages.jsonl is not there");
}

/* -- its files ------------------------------------------------------------- */

/* What must be read where it lies, and what is compressed already. */
static void check_stored(struct stet_check_wacz *w,
                         const struct stet_zip_file *f)
{
    if (f->method != STET_ZIP_STORED &&
        (is_warc(f->name) || ends(f->name, ".gz")))
        stet_check_say(w->s, w->path, STET_CHECK_WACZ_STORED, f->at,
                       "it is compressed in the ZIP, and must be stored: %.*s",
                       (int)(f->name.len < 200 ? f->name.len : 200),
                       f->name.ptr);
}

static int add_input(struct stet_check_wacz *w, struct stet_span name,
                     struct stet_span bytes)
{
    bool gzip =
        bytes.ptr && bytes.len > 1 && memcmp(bytes.ptr, "\x1f\x8b", 2) == 0;
    char file[PATH_MAX];

    name_file(file, w->path, name);
    if (gzip != ends(name, ".gz"))
        stet_check_say(w->s, file, STET_CHECK_FILE_NAME, 0,
                       "the name does not say how the file is packed");
    if (!bytes.ptr)
        bytes = (struct stet_span){ "", 0 };
    return stet_check_set_input(w->s, file, w->path, bytes);
}

/* Room for the bytes of a deflated WARC file, kept until the end. */
static struct stet_spool *add_room(struct stet_check_wacz *w)
{
    struct stet_spool *room = stet_alloc(sizeof(*room));

    if (!room || stet_grow_array(&w->rooms, &w->cap_rooms, w->n_rooms + 1,
                                 sizeof(struct stet_spool *)) < 0) {
        stet_free(room);
        return NULL;
    }
    stet_spool_init(room, NULL, IN_MEMORY);
    w->rooms[w->n_rooms++] = room;
    return room;
}

static int check_file(struct stet_check_wacz *w, const struct stet_zip_file *f,
                      struct stet_spool *scratch, struct stet_error *err)
{
    struct stet_error why = { 0 };
    struct stet_spool *room = scratch;
    struct stet_span bytes;
    int rc;

    check_stored(w, f);
    if (is_warc(f->name) && f->method != STET_ZIP_STORED)
        room = add_room(w);
    if (!room)
        return stet_fail(err, STET_ENOMEM, "no memory for a WACZ file");
    rc = stet_zip_read(&w->zip, f, room, &bytes, &why);
    if (stet_is_fatal(rc)) {
        if (err)
            *err = why;
        return rc;
    }
    if (rc == STET_OK && !stet_zip_is_whole(f, bytes)) {
        rc = STET_EFORMAT;
        snprintf(why.text, sizeof(why.text), "its checksum is not right");
    }
    if (rc < 0)
        stet_check_say(w->s, w->path, STET_CHECK_WACZ_ZIP, f->at, "%.*s: %s",
                       (int)(f->name.len < 200 ? f->name.len : 200),
                       f->name.ptr, why.text);
    if (bytes.ptr || f->size == 0) {
        rc = stet_check_package_file(w, f->name, bytes, err);
        if (rc == STET_OK && is_warc(f->name))
            rc = add_input(w, f->name, bytes);
        return rc;
    }
    return STET_OK;
}

static int check_files(struct stet_check_wacz *w, struct stet_error *err)
{
    struct stet_spool scratch;
    int rc = STET_OK;

    stet_spool_init(&scratch, NULL, IN_MEMORY);
    for (size_t i = 0; i < w->zip.len && rc == STET_OK; i++)
        if (!is_folder(w->zip.files[i].name))
            rc = check_file(w, &w->zip.files[i], &scratch, err);
    stet_spool_clear(&scratch);
    return rc;
}

int stet_check_wacz_open(struct stet_check_wacz **out, struct stet_check_set *s,
                         const char *path, struct stet_span bytes,
                         const struct stet_roots *roots, struct stet_error *err)
{
    struct stet_check_wacz *w = stet_alloc(sizeof(*w));
    struct stet_error why = { 0 };
    int rc;

    *out = w;
    if (!w)
        return stet_fail(err, STET_ENOMEM, "no memory for a WACZ file");
    w->s = s;
    w->path = path;
    w->roots = roots;
    rc = stet_zip_open(&w->zip, bytes, &why);
    if (rc < 0 && rc != STET_ENOMEM) {
        stet_check_say(s, path, STET_CHECK_WACZ_ZIP, 0, "%s", why.text);
        w->is_broken = true;
        return STET_OK;
    }
    if (rc == STET_OK)
        rc = check_names(w);
    if (rc == STET_OK) {
        check_layout(w);
        rc = stet_check_package_open(w, err);
    }
    if (rc == STET_OK)
        rc = check_files(w, err);
    if (rc == STET_OK)
        stet_check_package_finish(w);
    return rc < 0 ? stet_fail(err, rc, "%s",
                              err && err->text[0] ? err->text
                                                  : "no memory for a WACZ file")
                  : STET_OK;
}

void stet_check_wacz_close(struct stet_check_wacz *w)
{
    if (!w)
        return;
    stet_zip_clear(&w->zip);
    stet_json_free(w->package);
    stet_free(w->seen);
    for (size_t i = 0; i < w->n_rooms; i++) {
        stet_spool_clear(w->rooms[i]);
        stet_free(w->rooms[i]);
    }
    stet_free(w->rooms);
    stet_free(w);
}

/* -- the index ------------------------------------------------------------- */

/* All members of a gzip file, one behind the other. */
static int gunzip(struct stet_span in, struct stet_spool *out,
                  struct stet_error *err)
{
    struct stet_inflate_limits limits = { 0 };
    struct stet_decoder *d = NULL;
    char *piece = stet_alloc(PIECE);
    size_t got = 1;
    int rc = piece ? stet_decoder_new(&d, STET_CODING_GZIP, &limits, err)
                   : stet_fail(err, STET_ENOMEM, "no memory for an index");

    while (rc == STET_OK && (in.len > 0 || got > 0)) {
        rc = stet_decoder_step(d, &in, piece, PIECE, &got, err);
        if (rc >= 0 && stet_spool_add(out, piece, got, err) < 0)
            rc = STET_EIO;
        if (rc == STET_END)
            rc = in.len > 0 ? stet_decoder_reset(d, err) : STET_END;
    }
    stet_decoder_free(d);
    stet_free(piece);
    return rc == STET_END ? STET_OK : rc;
}

/* The lines of one index file, unless it is an .idx. */
static int check_index(struct stet_check_wacz *w, const struct stet_zip_file *f,
                       struct stet_check_keys *keys, struct stet_error *err)
{
    struct stet_check_text text;
    struct stet_check_lines lines = stet_check_text_lines(&text);
    struct stet_spool room, plain;
    struct stet_error why = { 0 };
    char name[PATH_MAX];
    int rc;

    name_file(name, w->path, f->name);
    stet_spool_init(&room, NULL, IN_MEMORY);
    stet_spool_init(&plain, NULL, IN_MEMORY);
    rc = stet_zip_read(&w->zip, f, &room, &text.rest, &why);
    if (rc == STET_OK && ends(f->name, ".gz")) {
        rc = gunzip(text.rest, &plain, &why);
        if (rc == STET_OK)
            rc = stet_spool_view(&plain, &text.rest, &why);
    }
    if (rc == STET_OK)
        rc = stet_check_index(w->s, name, &lines, keys, err);
    else if (!stet_is_fatal(rc)) {
        stet_check_say(w->s, name, STET_CHECK_WACZ_ZIP, 0, "%s", why.text);
        rc = STET_OK;
    }
    stet_spool_clear(&room);
    stet_spool_clear(&plain);
    return rc;
}

static int check_indexes(struct stet_check_wacz *w,
                         struct stet_check_keys *keys, struct stet_error *err)
{
    size_t n = 0;
    int rc = STET_OK;

    for (size_t i = 0; i < w->zip.len && rc == STET_OK; i++) {
        const struct stet_zip_file *f = &w->zip.files[i];

        if (!is_index(f->name))
            continue;
        if (ends(f->name, ".idx")) {
            rc = stet_check_blocks(w, f, err);
        } else {
            rc = check_index(w, f, keys, err);
            n++;
        }
    }
    if (rc == STET_OK && n > 0)
        stet_check_unseen(w->s);
    return rc;
}

/* -- pages ----------------------------------------------------------------- */

static int check_pages(struct stet_check_wacz *w,
                       const struct stet_check_keys *keys,
                       struct stet_error *err)
{
    static const char *const names[] = { "pages/pages.jsonl",
                                         "pages/extraPages.jsonl" };
    struct stet_check_pages pages = { 0 };
    struct stet_spool room;
    struct stet_span text;
    char name[2][PATH_MAX];
    int rc = STET_OK;

    stet_spool_init(&room, NULL, IN_MEMORY);
    for (size_t i = 0; i < 2 && rc == STET_OK; i++) {
        const struct stet_zip_file *f =
            stet_zip_find(&w->zip, stet_span_of(names[i]));

        name_file(name[i], w->path, stet_span_of(names[i]));
        if (!f || stet_zip_read(&w->zip, f, &room, &text, NULL) < 0)
            continue;
        rc = stet_check_page_list(w->s, name[i], text, &pages, err);
    }
    if (rc == STET_OK && keys)
        rc = stet_check_replay(w->s, keys, pages.items, pages.len);
    stet_spool_clear(&room);
    stet_free(pages.items);
    return rc;
}

int stet_check_wacz_finish(struct stet_check_wacz *w, struct stet_check_set *s,
                           struct stet_error *err)
{
    struct stet_check_keys *keys = NULL;
    int rc = STET_OK;

    if (w->is_broken)
        return STET_OK;
    if (s->replay)
        rc = stet_check_keys_new(&keys, err);
    if (rc == STET_OK && !s->full)
        rc = check_indexes(w, keys, err);
    if (rc == STET_OK)
        rc = check_pages(w, keys, err);
    stet_check_keys_free(keys);
    return rc < 0 ? stet_fail(err, rc, "%s",
                              err && err->text[0] ? err->text
                                                  : "no memory for a WACZ file")
                  : STET_OK;
}
