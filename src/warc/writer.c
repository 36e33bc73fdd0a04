#include "warc/writer.h"

#include "base/ascii.h"
#include "base/crash.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    NAME_ROOM = NAME_MAX + 1,
    INFO_ROOM = 1 << 20, /* a warcinfo record in memory */
    CHUNK = 1 << 20,     /* written at a time */
};

#define STILL_OPEN ".open"

struct stet_warc_writer {
    char *dir, *prefix, *host;
    struct stet_buf info;
    uint64_t max_bytes;
    unsigned serial; /* of the next file */
    enum stet_warc_version version;
    struct stet_warc_pack pack;
    struct stet_span preface;
    const struct stet_ids *ids;
    int fd; /* -1: no current file */
    uint64_t length;
    char name[NAME_ROOM]; /* without .open */
    int status;           /* once negative, poisoned */
    struct stet_error why;
};

static bool is_name_part(const char *s, bool dots)
{
    if (!*s)
        return false;
    for (; *s; s++)
        if (!stet_is_alnum((unsigned char)*s) && *s != '-' && *s != '_' &&
            !(dots && *s == '.'))
            return false;
    return true;
}

static int copy_options(struct stet_warc_writer *w,
                        const struct stet_warc_writer_options *o)
{
    w->dir = stet_span_dup(stet_span_of(o->dir));
    w->prefix = stet_span_dup(stet_span_of(o->prefix));
    w->host = stet_span_dup(stet_span_of(o->host));
    stet_buf_add_span(&w->info, o->info);
    w->max_bytes = o->max_bytes ? o->max_bytes : STET_WARC_FILE_BYTES;
    w->serial = o->serial ? o->serial : 1;
    w->version = o->version;
    w->pack = o->pack;
    w->preface = o->preface;
    w->ids = o->ids;
    if (!w->dir || !w->prefix || !w->host)
        return STET_ENOMEM;
    return stet_buf_status(&w->info);
}

int stet_warc_writer_new(struct stet_warc_writer **out,
                         const struct stet_warc_writer_options *options,
                         struct stet_error *err)
{
    struct stet_warc_writer *w;
    int rc;

    *out = NULL;
    if (!is_name_part(options->prefix, false) ||
        !is_name_part(options->host, true))
        return stet_fail(err, STET_EUSAGE,
                         "WARC names cannot have the prefix '%s' and host '%s'",
                         options->prefix, options->host);
    w = stet_alloc(sizeof(*w));
    if (!w)
        return stet_fail(err, STET_ENOMEM, "no memory for a WARC writer");
    w->fd = -1;
    stet_buf_init(&w->info, INFO_ROOM / 2);
    rc = copy_options(w, options);
    if (rc < 0) {
        stet_warc_writer_free(w);
        return stet_fail(err, rc, "no memory for a WARC writer");
    }
    *out = w;
    return STET_OK;
}

int stet_warc_writer_beside(struct stet_warc_writer **out,
                            struct stet_warc_writer *w, struct stet_error *err)
{
    struct stet_warc_writer_options o = { .dir = w->dir,
                                          .prefix = w->prefix,
                                          .host = w->host,
                                          .max_bytes = UINT64_MAX,
                                          .serial = w->serial,
                                          .version = w->version,
                                          .pack = w->pack,
                                          .preface = w->preface,
                                          .ids = w->ids,
                                          .info = stet_buf_span(&w->info) };
    int rc = stet_warc_writer_new(out, &o, err);

    if (rc == STET_OK)
        w->serial++;
    return rc;
}

void stet_warc_writer_free(struct stet_warc_writer *w)
{
    if (!w)
        return;
    if (w->fd >= 0)
        close(w->fd);
    stet_free(w->dir);
    stet_free(w->prefix);
    stet_free(w->host);
    stet_buf_clear(&w->info);
    stet_free(w);
}

const char *stet_warc_writer_filename(const struct stet_warc_writer *w)
{
    return w->fd >= 0 ? w->name : NULL;
}

uint64_t stet_warc_writer_length(const struct stet_warc_writer *w)
{
    return w->fd >= 0 ? w->length : 0;
}

static int poisoned(const struct stet_warc_writer *w, struct stet_error *err)
{
    if (w->status < 0 && err)
        *err = w->why;
    return w->status;
}

static int poison(struct stet_warc_writer *w, int code, struct stet_error *err)
{
    w->status = code;
    return poisoned(w, err);
}

/* "dir/name" and the suffix, which may be "". */
static int path_of(const struct stet_warc_writer *w, const char *name,
                   const char *suffix, char out[PATH_MAX],
                   struct stet_error *err)
{
    int n = snprintf(out, PATH_MAX, "%s/%s%s", w->dir, name, suffix);

    if (n < 0 || n >= PATH_MAX)
        return stet_fail(err, STET_ELIMIT, "the path of %s is too long", name);
    return STET_OK;
}

static void drop_current(struct stet_warc_writer *w)
{
    if (w->fd >= 0)
        close(w->fd);
    w->fd = -1;
    w->length = 0;
}

void stet_warc_writer_drop(struct stet_warc_writer *w)
{
    char path[PATH_MAX];

    if (w->fd >= 0 && path_of(w, w->name, STILL_OPEN, path, NULL) == STET_OK)
        unlink(path);
    drop_current(w);
}

/* -- appending ------------------------------------------------------------ */

/* Puts what is in a spool's file at the tail; *put is how much. */
static int copy_file(struct stet_warc_writer *w,
                     const struct stet_spool *records, uint64_t *put,
                     struct stet_error *err)
{
    size_t room = records->len < CHUNK ? (size_t)records->len : CHUNK;
    char *chunk = stet_grow(NULL, room + 1); /* not zeroed: it is filled */
    uint64_t done = 0;
    size_t got = 1;
    int rc = chunk ? STET_OK
                   : stet_fail(err, STET_ENOMEM, "no memory to write a WARC");

    while (rc == STET_OK && done < records->len && got > 0) {
        rc = stet_spool_read(records, done, chunk, room, &got, err);
        if (rc == STET_OK)
            rc = stet_file_write_at(w->fd, w->length + done,
                                    (struct stet_span){ chunk, got }, err);
        done += got;
    }
    stet_free(chunk);
    *put = done;
    if (rc == STET_OK && done < records->len)
        rc = stet_fail(err, STET_EIO, "a spool is shorter than it says");
    return rc;
}

/* Puts all of a spool at the tail, or nothing. */
static int append(struct stet_warc_writer *w, const struct stet_spool *records,
                  struct stet_error *err)
{
    uint64_t done = records->len;
    int rc = records->fd < 0
                 ? stet_file_write_at(w->fd, w->length,
                                      stet_buf_span(&records->mem), err)
                 : copy_file(w, records, &done, err);

    if (rc == STET_OK)
        w->length += done;
    else if (ftruncate(w->fd, (off_t)w->length) < 0)
        return poison(
            w, stet_fail_sys(&w->why, STET_EIO, "cannot cut %s back", w->name),
            err);
    return rc;
}

static int pack_info(struct stet_warc_writer *w, int64_t now_ms,
                     struct stet_spool *out, struct stet_error *err)
{
    struct stet_warc_header h;
    char uuid[STET_UUID_TEXT_MAX];
    int rc = stet_uuid_make(uuid, w->ids, stet_span_of(w->name));

    if (rc < 0)
        return stet_fail(err, rc, "no id for the warcinfo of %s", w->name);
    stet_warc_header_init(&h);
    stet_warc_header_begin(&h, w->version, "warcinfo", uuid, now_ms);
    stet_warc_header_add(&h, "WARC-Filename", stet_span_of(w->name));
    stet_warc_header_add(&h, "Content-Type", STET_WARC_FIELDS);
    rc = stet_warc_record_pack(out, &h, STET_SPAN(""), stet_buf_span(&w->info),
                               &w->pack, err);
    stet_warc_header_clear(&h);
    return rc;
}

static int add_info(struct stet_warc_writer *w, int64_t now_ms,
                    struct stet_error *err)
{
    struct stet_spool spool;
    int rc;

    stet_spool_init(&spool, w->dir, INFO_ROOM);
    rc = stet_spool_add(&spool, w->preface.ptr, w->preface.len, err);
    if (rc == STET_OK)
        rc = pack_info(w, now_ms, &spool, err);
    if (rc == STET_OK)
        rc = append(w, &spool, err);
    stet_spool_clear(&spool);
    return rc;
}

static int name_next(struct stet_warc_writer *w, int64_t now_ms,
                     struct stet_error *err)
{
    char date[STET_DATE_TEXT_MAX];
    int n;

    stet_date_print_17(date, now_ms);
    n = snprintf(w->name, sizeof(w->name), "%s-%s-%05u-%s.warc%s", w->prefix,
                 date, w->serial, w->host,
                 w->pack.gzip   ? ".gz"
                 : w->pack.zstd ? ".zst"
                                : "");
    if (n < 0 || (size_t)n + sizeof(STILL_OPEN) > sizeof(w->name))
        return stet_fail(err, STET_ELIMIT, "the WARC's name is too long");
    return STET_OK;
}

/* Neither NAME nor NAME.open may be there already. */
static int begin_file(struct stet_warc_writer *w, int64_t now_ms,
                      struct stet_error *err)
{
    char path[PATH_MAX], sealed[PATH_MAX];
    struct stat st;
    int rc = name_next(w, now_ms, err);

    if (rc == STET_OK)
        rc = path_of(w, w->name, "", sealed, err);
    if (rc == STET_OK)
        rc = path_of(w, w->name, STILL_OPEN, path, err);
    if (rc < 0)
        return rc;
    if (lstat(sealed, &st) == 0)
        return stet_fail(err, STET_EIO, "%s is there already", sealed);
    w->fd =
        open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (w->fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot make %s", path);
    w->length = 0;
    rc = add_info(w, now_ms, err);
    if (rc == STET_OK)
        rc = stet_file_sync_dir(w->dir, err);
    if (rc < 0) {
        drop_current(w);
        unlink(path);
        return rc;
    }
    w->serial++;
    return STET_OK;
}

int stet_warc_writer_add(struct stet_warc_writer *w, struct stet_spool *records,
                         int64_t now_ms, struct stet_warc_place *place,
                         struct stet_error *err)
{
    int rc = poisoned(w, err);

    if (rc == STET_OK && w->fd >= 0 && w->length >= w->max_bytes)
        rc = stet_warc_writer_seal(w, err);
    if (rc == STET_OK && w->fd < 0)
        rc = begin_file(w, now_ms, err);
    if (rc < 0)
        return rc;
    *place = (struct stet_warc_place){ w->name, w->length, records->len };
    return append(w, records, err);
}

/* -- making it last ------------------------------------------------------- */

int stet_warc_writer_sync(struct stet_warc_writer *w, struct stet_error *err)
{
    int rc = poisoned(w, err);

    if (rc < 0 || w->fd < 0)
        return rc;
    if (fdatasync(w->fd) < 0)
        return poison(
            w, stet_fail_sys(&w->why, STET_EIO, "cannot sync %s", w->name),
            err);
    return STET_OK;
}

/* rename(2) that never replaces; link(2) where the kernel has no such. */
static int rename_new(const char *from, const char *to, struct stet_error *err)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return STET_OK;
    if ((errno == EINVAL || errno == ENOSYS) && link(from, to) == 0) {
        unlink(from);
        return STET_OK;
    }
    return stet_fail_sys(err, STET_EIO, "cannot rename %s", from);
}

int stet_warc_writer_seal(struct stet_warc_writer *w, struct stet_error *err)
{
    char open_path[PATH_MAX], path[PATH_MAX];
    int rc = stet_warc_writer_sync(w, err);

    if (rc < 0 || w->fd < 0)
        return rc;
    rc = path_of(w, w->name, STILL_OPEN, open_path, err);
    if (rc == STET_OK)
        rc = path_of(w, w->name, "", path, err);
    if (rc == STET_OK)
        rc = rename_new(open_path, path, err);
    if (rc == STET_OK)
        stet_crash_point(STET_CRASH_SEAL);
    if (rc == STET_OK)
        rc = stet_file_sync_dir(w->dir, err);
    if (rc == STET_OK)
        drop_current(w);
    return rc;
}

/* -- after a crash -------------------------------------------------------- */

/* The serial in PREFIX-17DIGITS-SERIAL-HOST..., or 0. */
static unsigned serial_of(const struct stet_warc_writer *w, const char *name)
{
    struct stet_span rest = stet_span_of(name);
    uint64_t n;

    if (!stet_span_starts(rest, stet_span_of(w->prefix)))
        return 0;
    rest = stet_span_sub(rest, strlen(w->prefix) + 1, rest.len);
    if (!rest.len || stet_span_cut(&rest, '-').len == 0 || !rest.ptr ||
        !stet_span_to_u64(stet_span_cut(&rest, '-'), &n) || n >= UINT_MAX)
        return 0;
    return (unsigned)n;
}

/* Opens NAME.open; a sealed file of that name gets its .open back first. */
static int reopen(struct stet_warc_writer *w, const char *name,
                  struct stet_error *err)
{
    char open_path[PATH_MAX], path[PATH_MAX];
    int rc = path_of(w, name, STILL_OPEN, open_path, err);

    if (rc == STET_OK)
        rc = path_of(w, name, "", path, err);
    if (rc < 0)
        return rc;
    w->fd = open(open_path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (w->fd >= 0)
        return STET_OK;
    if (errno != ENOENT)
        return stet_fail_sys(err, STET_EIO, "cannot open %s", open_path);
    if (access(path, F_OK) < 0)
        return stet_fail(err, STET_ENOTFOUND, "%s is gone", path);
    rc = rename_new(path, open_path, err);
    if (rc == STET_OK)
        rc = stet_file_sync_dir(w->dir, err);
    if (rc < 0)
        return rc;
    w->fd = open(open_path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (w->fd < 0)
        return stet_fail_sys(err, STET_EIO, "cannot open %s", open_path);
    return STET_OK;
}

static int cut_to(struct stet_warc_writer *w, uint64_t committed,
                  struct stet_error *err)
{
    struct stat st;

    if (fstat(w->fd, &st) < 0)
        return stet_fail_sys(err, STET_EIO, "cannot look at %s", w->name);
    if ((uint64_t)st.st_size < committed)
        return stet_fail(err, STET_EFORMAT,
                         "%s has %lld bytes, but %" PRIu64 " were committed",
                         w->name, (long long)st.st_size, committed);
    if ((uint64_t)st.st_size > committed &&
        (ftruncate(w->fd, (off_t)committed) < 0 || fsync(w->fd) < 0))
        return stet_fail_sys(err, STET_EIO, "cannot cut %s", w->name);
    w->length = committed;
    return STET_OK;
}

int stet_warc_writer_recover(struct stet_warc_writer *w, const char *filename,
                             uint64_t committed, struct stet_error *err)
{
    unsigned serial = serial_of(w, filename);
    int rc = poisoned(w, err);

    if (rc < 0)
        return rc;
    if (w->fd >= 0)
        return stet_fail(err, STET_EUSAGE, "%s is still being written",
                         w->name);
    if (strlen(filename) + sizeof(STILL_OPEN) > sizeof(w->name))
        return stet_fail(err, STET_ELIMIT, "the WARC's name is too long");
    rc = reopen(w, filename, err);
    if (rc < 0)
        return rc;
    snprintf(w->name, sizeof(w->name), "%s", filename);
    rc = cut_to(w, committed, err);
    if (rc < 0)
        drop_current(w);
    else if (serial >= w->serial)
        w->serial = serial + 1;
    return rc;
}
