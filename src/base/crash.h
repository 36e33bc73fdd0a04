#ifndef STET_BASE_CRASH_H
#define STET_BASE_CRASH_H

#include "stet/base.h"

/*
 * Places where a test can have the process killed, as by SIGKILL: between
 * the steps by which work becomes done.  Nothing happens unless one is
 * armed.
 *
 *     STET_TEST_CRASH=sync:3    dies when it comes there the third time
 */
#define STET_CRASHES(X)                                                    \
    X(STET_CRASH_APPEND, "append")   /* records written, not synced */     \
    X(STET_CRASH_SLICE, "slice")     /* a slice of a large one written */  \
    X(STET_CRASH_SYNC, "sync")       /* records synced, store not told */  \
    X(STET_CRASH_COMMIT, "commit")   /* store told, log not written */     \
    X(STET_CRASH_LOG, "log")         /* log written */                     \
    X(STET_CRASH_SEAL, "seal")       /* a full file renamed */             \
    X(STET_CRASH_RECOVER, "recover") /* a file cut back after a crash */   \
    X(STET_CRASH_DERIVE, "derive")   /* an index, list or log made anew */ \
    X(STET_CRASH_CONVERT, "convert") /* a conversion record written */     \
    X(STET_CRASH_END, "end")         /* all done, the run not yet ended */

enum stet_crash {
#define STET_X(name, word) name,
    STET_CRASHES(STET_X)
#undef STET_X
        STET_N_CRASHES
};

/* Arms the point that "NAME:COUNT" names, for all threads; before any is
 * started.  NULL: none.  False: there is no such point. */
bool stet_crash_arm(const char *spec);

/* Does not return if this is the armed point and its time has come. */
void stet_crash_point(enum stet_crash f);

#endif
