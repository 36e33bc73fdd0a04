/*
 * Any bytes as a ZIP file: what is read of a file has the size that the
 * directory says, and what is packed lies in the bytes.
 */
#include "wacz/zip.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_FILE = 1 << 20 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void read_file(const struct stet_zip *z, const struct stet_zip_file *f)
{
    struct stet_span packed, bytes;
    struct stet_spool room;

    if (stet_zip_packed(z, f, &packed, NULL) == STET_OK)
        require(packed.len == f->packed &&
                (packed.len == 0 ||
                 (packed.ptr >= z->bytes.ptr &&
                  packed.ptr + packed.len <= z->bytes.ptr + z->bytes.len)));
    if (f->size > MAX_FILE)
        return;
    stet_spool_init(&room, NULL, 2 * MAX_FILE);
    if (stet_zip_read(z, f, &room, &bytes, NULL) == STET_OK) {
        require(bytes.len == f->size);
        (void)stet_zip_is_whole(f, bytes);
    }
    stet_spool_clear(&room);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_zip z = { 0 };

    if (stet_zip_open(&z, (struct stet_span){ (const char *)data, size },
                      NULL) == STET_OK)
        for (size_t i = 0; i < z.len && i < 64; i++)
            read_file(&z, &z.files[i]);
    stet_zip_clear(&z);
    return 0;
}
