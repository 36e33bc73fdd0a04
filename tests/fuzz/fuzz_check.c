/*
 * Any bytes as a file to check, WARC, ARC or WACZ: the check comes to its
 * end, its counts are those of its findings, and twice it finds the same.
 */
#include "stet/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    uint64_t counts[3];
    uint64_t sum; /* of all texts */
};

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void on_finding(void *ctx, const struct stet_finding *f)
{
    struct seen *s = ctx;

    s->counts[f->rule->level]++;
    for (const char *p = f->text; *p; p++)
        s->sum = s->sum * 31 + (unsigned char)*p;
    s->sum += f->offset;
}

static void check(const char *path, struct seen *s)
{
    struct stet_check_options o = { .replay = STET_CHECK_REPLAY_YES,
                                    .on_finding = on_finding,
                                    .ctx = s };
    struct stet_check_result result;
    struct stet_error err = { 0 };
    int rc = stet_check(&path, 1, &o, &result, &err);

    require(rc == STET_OK);
    for (int i = 0; i < 3; i++)
        require(result.counts[i] == s->counts[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fd = memfd_create("check", MFD_CLOEXEC);
    struct seen a = { { 0 }, 0 }, b = { { 0 }, 0 };
    char path[64];

    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    check(path, &a);
    check(path, &b);
    require(memcmp(&a, &b, sizeof(a)) == 0);
    close(fd);
    return 0;
}
