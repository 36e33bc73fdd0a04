#include "lib/zipped.h"

#include "codec/codec.h"

void zipped_init(struct zipped *z)
{
    stet_buf_init(&z->bytes, 16 << 20);
    stet_buf_init(&z->directory, 1 << 20);
    z->n = 0;
}

void zipped_clear(struct zipped *z)
{
    stet_buf_clear(&z->bytes);
    stet_buf_clear(&z->directory);
}

static void put(struct stet_buf *b, uint64_t n, int bytes)
{
    for (int i = 0; i < bytes; i++)
        stet_buf_addc(b, (char)(i < 8 ? n >> 8 * i & 0xFF : 0));
}

/* What both headers have, from the version on. */
static void put_head(struct stet_buf *b, struct stet_span name,
                     struct stet_span bytes)
{
    put(b, 20, 2);
    put(b, 0, 2 + 2 + 4); /* flags, stored, time */
    put(b, stet_codec_crc32(bytes), 4);
    put(b, bytes.len, 4);
    put(b, bytes.len, 4);
    put(b, name.len, 2);
    put(b, 0, 2);
}

void zipped_add(struct zipped *z, struct stet_span name, struct stet_span bytes)
{
    put(&z->directory, 0x02014b50, 4);
    put(&z->directory, 20, 2);
    put_head(&z->directory, name, bytes);
    put(&z->directory, 0, 2 + 2 + 2 + 4);
    put(&z->directory, z->bytes.len, 4);
    stet_buf_add_span(&z->directory, name);
    put(&z->bytes, 0x04034b50, 4);
    put_head(&z->bytes, name, bytes);
    stet_buf_add_span(&z->bytes, name);
    stet_buf_add_span(&z->bytes, bytes);
    z->n++;
}

struct stet_span zipped_end(struct zipped *z)
{
    size_t at = z->bytes.len;

    stet_buf_add_span(&z->bytes, stet_buf_span(&z->directory));
    put(&z->bytes, 0x06054b50, 4);
    put(&z->bytes, 0, 4);
    put(&z->bytes, z->n, 2);
    put(&z->bytes, z->n, 2);
    put(&z->bytes, z->directory.len, 4);
    put(&z->bytes, at, 4);
    put(&z->bytes, 0, 2);
    return stet_buf_span(&z->bytes);
}
