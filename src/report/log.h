#ifndef STET_REPORT_LOG_H
#define STET_REPORT_LOG_H

#include "base/arena.h"
#include "base/buf.h"
#include "stet/error.h"

/*
 * What logs/crawl.jsonl says of all that was fetched: sizes by kind, and
 * what could not be had.
 */
#define STET_LOG_KINDS(X)               \
    X(STET_LOG_DOCUMENT, "documents")   \
    X(STET_LOG_IMAGE, "pictures")       \
    X(STET_LOG_STYLE, "style sheets")   \
    X(STET_LOG_SCRIPT, "scripts")       \
    X(STET_LOG_FONT, "fonts")           \
    X(STET_LOG_MEDIA, "sound and film") \
    X(STET_LOG_OTHER, "other")

enum stet_log_kind {
#define STET_X(name, word) name,
    STET_LOG_KINDS(STET_X)
#undef STET_X
        STET_N_LOG_KINDS
};

const char *stet_log_kind_name(enum stet_log_kind k);

enum { STET_MAX_LOG_FAILURES = 200 }; /* told one by one */

struct stet_log_failure {
    struct stet_span url, outcome, role;
    int64_t status; /* 0: no response */
};

struct stet_log {
    int64_t n[STET_N_LOG_KINDS], bytes[STET_N_LOG_KINDS];
    int64_t urls, total, n_failures;
    struct stet_log_failure failures[STET_MAX_LOG_FAILURES];
    struct stet_arena arena;
};

/* An archive without a log has fetched nothing.  STET_EIO, STET_ENOMEM. */
STET_NODISCARD int stet_log_read(struct stet_log *l, const char *archive,
                                 struct stet_error *err);
void stet_log_clear(struct stet_log *l);

#endif
