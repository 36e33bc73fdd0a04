#ifndef STET_TESTS_FOLDER_H
#define STET_TESTS_FOLDER_H

/* A fresh folder under $TMPDIR, for the test to fill; its path lives until
 * folder_remove(), which removes it with all that is in it. */
const char *folder_make(void);
void folder_remove(void);

/* "FOLDER/name", in one of a few static places. */
const char *folder_path(const char *name);

#endif
