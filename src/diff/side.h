#ifndef STET_DIFF_SIDE_H
#define STET_DIFF_SIDE_H

#include "base/buf.h"
#include "base/map.h"
#include "stet/warc.h"

/*
 * The captures of one archive, by URL.
 */
struct stet_side_capture {
    struct stet_span url, digest; /* digest empty: not known */
    int64_t date_ms;
    size_t file;
    uint64_t offset;
    bool is_page, is_revisit;
    struct stet_side_capture *next; /* of this URL, in order of reading */
};

struct stet_side {
    struct stet_warc_files files;
    struct stet_arena arena;
    struct stet_map by_url;    /* to the first capture */
    struct stet_map by_digest; /* to one that is no revisit */
};

/* Reads the files of a path.  To be cleared in any case. */
STET_NODISCARD int stet_side_open(struct stet_side *s, const char *path,
                                  struct stet_error *err);
void stet_side_clear(struct stet_side *s);

/* The capture of a URL that is nearest to a time; `pages`: only those.
 * NULL: there is none. */
const struct stet_side_capture *stet_side_find(const struct stet_side *s,
                                               struct stet_span url,
                                               int64_t near_ms, bool pages);

/* The decoded body of a capture, or of its original, up to out's max, and
 * the charset that its Content-Type names.  STET_ENOTFOUND: the original is
 * not there. */
STET_NODISCARD int stet_side_read(const struct stet_side *s,
                                  const struct stet_side_capture *c,
                                  struct stet_buf *out,
                                  struct stet_buf *charset,
                                  struct stet_error *err);

#endif
