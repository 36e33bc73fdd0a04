#ifndef STET_EXPORT_H
#define STET_EXPORT_H

#include "stet/error.h"

/*
 * An offline mirror of what an archive holds: files that a browser opens
 * from disk, with links that lead from one to the other.
 *
 *     struct stet_export_options o;
 *     stet_export_options_init(&o);
 *     o.inputs = inputs, o.n_inputs = 1, o.dir = "mirror";
 *     rc = stet_export(&o, &summary, &err);
 *
 * The archive is only read, and not locked.  What lies where is said by
 * stet_mirror_path(), what becomes of documents by stet_mirror_document()
 * (stet/rewrite.h).
 *
 *   - Of each URL there is one capture: the latest, or the one nearest to a
 *     time; one with an error status only where there is no other, and a
 *     redirect that ends nowhere in the archive only where nothing else was.
 *   - A revisit has the body of what it refers to.
 *   - Links to a URL that redirects lead to where it ends.
 *   - An answer with an error status is there as a page or a picture, as
 *     browsers show it; not as a style sheet, a script or a font.
 *   - index.html lists the pages that an input's own list names, or every
 *     HTML document of an input without one.
 */

enum stet_export_missing {
    STET_EXPORT_LINK,   /* to what is not there: the URL on the web */
    STET_EXPORT_NOTICE, /* a page of the mirror that says so */
};

struct stet_export_options {
    const char *const *inputs; /* archive folders, folders, WARC files */
    size_t n_inputs;
    const char *dir; /* made if need be; must be empty unless `force` */
    bool force;      /* files that are in the way are replaced */
    bool has_time;
    int64_t time_ms; /* since 1970 */
    enum stet_export_missing missing;

    void *ctx;
    /* Something could not be exported; may be NULL.  `what` is a URL or the
     * path of a WARC file. */
    void (*on_problem)(void *ctx, struct stet_span what, const char *text);
};

/* The defaults: all zero. */
STET_API void stet_export_options_init(struct stet_export_options *o);

/* Sets the time from "2024-11-23T12:00:00Z", or from 4 to 14 digits as in
 * an index; what is left out is the earliest.  STET_EFORMAT. */
STET_API STET_NODISCARD int stet_export_set_time(struct stet_export_options *o,
                                                 struct stet_span text);

struct stet_export_summary {
    int64_t captures;  /* in the archive, of all times */
    int64_t pages;     /* in the list */
    int64_t documents; /* files with their links rewritten */
    int64_t files;     /* in all, index.html too */
    int64_t bytes;     /* of them */
    int64_t redirects; /* URLs that only lead to others */
    int64_t declared;  /* texts that were made to say their charset */
    int64_t recoded;   /* texts that were made UTF-8 */
    int64_t inlined;   /* pages that had SVG elements copied in */
    int64_t failed;    /* told to on_problem */
};

enum {
    STET_MAX_EXPORT_DOCUMENT = 64 << 20, /* bytes; a longer one is copied as
                                            it is, and told */
};

/*
 * Writes the mirror.  Nothing outside `dir` is written whatever a URL says,
 * no symbolic link is followed, and no file is replaced unless `force`.
 *
 *   STET_OK        see the summary
 *   STET_EUSAGE    the folder is not empty
 *   STET_ENOTFOUND an input is not there
 *   STET_EIO, STET_ENOMEM, STET_ELIMIT
 */
STET_API STET_NODISCARD int stet_export(const struct stet_export_options *o,
                                        struct stet_export_summary *out,
                                        struct stet_error *err);

#endif
