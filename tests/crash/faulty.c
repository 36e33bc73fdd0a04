/*
 * A disk that fails, preloaded into a program under test:
 *
 *     LD_PRELOAD=faulty.so FAULTY_ROOT=/archive FAULTY=write:7:28:once stet ...
 *
 * The 7th write to a file below FAULTY_ROOT fails with errno 28, and with
 * "forever" instead of "once" all after it too.  FAULTY=count prints to
 * standard error, at exit, how often each call was made there.  Short: a
 * write with errno 0 writes half of what it was given.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum call { WRITE, SYNC, CUT, RENAME, OPEN, MKDIR, UNLINK, N_CALLS };

static const char *const names[N_CALLS] = { "write", "sync",  "cut",   "rename",
                                            "open",  "mkdir", "unlink" };
static atomic_long counts[N_CALLS];
static enum call armed = N_CALLS;
static long at;
static int with;
static int forever, counting;
static const char *root;

__attribute__((constructor)) static void read_orders(void)
{
    const char *spec = getenv("FAULTY");
    char name[16] = "", how[16] = "";

    root = getenv("FAULTY_ROOT");
    if (!root || !spec)
        return;
    counting = strcmp(spec, "count") == 0;
    if (sscanf(spec, "%15[a-z]:%ld:%d:%15s", name, &at, &with, how) != 4)
        return;
    forever = strcmp(how, "forever") == 0;
    for (int i = 0; i < N_CALLS; i++) {
        if (strcmp(names[i], name) == 0)
            armed = (enum call)i;
    }
}

__attribute__((destructor)) static void report(void)
{
    for (int i = 0; counting && i < N_CALLS; i++)
        fprintf(stderr, "%s %ld\n", names[i], (long)counts[i]);
}

/* Whether this call, on something below the root, is to fail. */
static int fails(enum call c)
{
    long n = ++counts[c];

    if (c != armed || (forever ? n < at : n != at))
        return 0;
    errno = with;
    return 1;
}

static int is_below(const char *path)
{
    return root && strncmp(path, root, strlen(root)) == 0;
}

static int is_fd_below(int fd)
{
    char link[64], path[PATH_MAX];
    ssize_t n;
    int kept = errno;

    if (!root)
        return 0;
    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof(path) - 1);
    errno = kept;
    path[n > 0 ? n : 0] = '\0';
    return is_below(path);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite(int fd, const void *p, size_t n, off_t off)
{
    if (is_fd_below(fd) && fails(WRITE)) {
        if (with != 0)
            return -1;
        n = n / 2 + 1;
    }
    return REAL(pwrite)(fd, p, n, off);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t off)
{
    return pwrite(fd, p, n, off);
}

ssize_t write(int fd, const void *p, size_t n)
{
    if (is_fd_below(fd) && fails(WRITE)) {
        if (with != 0)
            return -1;
        n = n / 2 + 1;
    }
    return REAL(write)(fd, p, n);
}

int fsync(int fd)
{
    return is_fd_below(fd) && fails(SYNC) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return is_fd_below(fd) && fails(SYNC) ? -1 : REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t n)
{
    return is_fd_below(fd) && fails(CUT) ? -1 : REAL(ftruncate)(fd, n);
}

int ftruncate64(int fd, off64_t n)
{
    return ftruncate(fd, n);
}

int rename(const char *a, const char *b)
{
    return is_below(a) && fails(RENAME) ? -1 : REAL(rename)(a, b);
}

int renameat2(int da, const char *a, int db, const char *b, unsigned flags)
{
    if (is_below(a) && fails(RENAME))
        return -1;
    return REAL(renameat2)(da, a, db, b, flags);
}

int mkdir(const char *path, mode_t mode)
{
    return is_below(path) && fails(MKDIR) ? -1 : REAL(mkdir)(path, mode);
}

int unlink(const char *path)
{
    return is_below(path) && fails(UNLINK) ? -1 : REAL(unlink)(path);
}

int open(const char *path, int flags, ...)
{
    va_list ap;
    mode_t mode;

    va_start(ap, flags);
    mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    return is_below(path) && fails(OPEN) ? -1 : REAL(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list ap;
    mode_t mode;

    va_start(ap, flags);
    mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
    va_end(ap);
    return open(path, flags, mode);
}
