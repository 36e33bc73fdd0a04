#ifndef STET_EXPORT_FOLDER_H
#define STET_EXPORT_FOLDER_H

#include "base/buf.h"
#include "stet/error.h"

/*
 * A folder that is filled with files by paths of the form "a/b/c.html", and
 * outside of which nothing is ever made: it is opened once, every part of a
 * path is opened from the one before, no symbolic link is followed, and a
 * file is made, never opened (O_EXCL).
 */
struct stet_folder {
    const char *path; /* the caller's */
    int fd;
    bool force;
    int parent; /* of the last file made: its folder's descriptor */
    struct stet_buf parent_path;
    struct stet_buf file_path; /* of the last file made */
};

/*
 * Opens a folder, made if it is not there.  It must be empty unless `force`.
 * STET_EUSAGE: it is not; STET_EIO.
 */
STET_NODISCARD int stet_folder_open(struct stet_folder *f, const char *path,
                                    bool force, struct stet_error *err);

/* A folder that was not opened is fine if it is all zero. */
void stet_folder_close(struct stet_folder *f);

/*
 * Makes a file and opens it for writing, and the folders it lies in.  With
 * `force`, a file or a symbolic link of that name is removed first.
 * STET_EFORMAT: the path has a part that is empty, "." or "..", or holds a
 * NUL; STET_EIO; STET_ENOMEM.
 */
STET_NODISCARD int stet_folder_create(struct stet_folder *f,
                                      struct stet_span path, int *fd,
                                      struct stet_error *err);

/* Writes to the last file made; a failure names it. */
STET_NODISCARD int stet_folder_write(const struct stet_folder *f, int fd,
                                     uint64_t offset, struct stet_span bytes,
                                     struct stet_error *err);

/* Removes the last file made, whose writing failed. */
void stet_folder_remove_last(struct stet_folder *f);

/* Makes a file that holds the bytes. */
STET_NODISCARD int stet_folder_put(struct stet_folder *f, struct stet_span path,
                                   struct stet_span bytes,
                                   struct stet_error *err);

#endif
