/*
 * Any bytes at all: the reader must end, never read past its input, and
 * what it gives must add up.  Offsets rise and lie inside, blocks are no
 * longer than their headers say, a record found by walking is found again
 * by seeking, and payloads end.
 */
#include "stet/warc.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PIECE = 4096, MAX_RECORDS = 64 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

/* Reads the block; the rest must be gone after it. */
static void read_block(struct stet_warc_reader *r,
                       const struct stet_warc_record *rec)
{
    char piece[PIECE];
    uint64_t total = 0;
    size_t got = 1;

    while (got > 0 &&
           stet_warc_reader_read(r, piece, sizeof(piece), &got, NULL) == 0)
        total += got;
    require(total <= rec->block_length);
}

static void read_body(struct stet_warc_reader *r,
                      const struct stet_warc_record *rec)
{
    struct stet_warc_payload *p = NULL;
    char piece[PIECE];
    size_t got = 1;

    if (stet_warc_payload_open(&p, r, rec, STET_WARC_BODY, NULL) < 0)
        return;
    while (got > 0 &&
           stet_warc_payload_read(p, piece, sizeof(piece), &got, NULL) == 0)
        require(got <= sizeof(piece));
    stet_warc_payload_free(p);
}

static size_t walk(struct stet_warc_reader *r, size_t size, uint64_t *places)
{
    struct stet_warc_record rec;
    uint64_t last = 0, length;
    size_t n = 0;

    while (stet_warc_reader_next(r, &rec, NULL) == STET_OK) {
        require(rec.offset < size && rec.offset >= last);
        require(rec.header.len <= STET_WARC_HEADER_MAX + 64 * 1024);
        require(stet_warc_record_field(&rec, "WARC-Type").len == rec.type.len);
        last = rec.offset;
        if (n % 2)
            read_body(r, &rec);
        else
            read_block(r, &rec);
        require(stet_warc_reader_finish(r, &length, NULL) == STET_OK);
        require(length <= size - rec.offset);
        if (rec.in_member == 0 && n < MAX_RECORDS)
            places[n++] = rec.offset;
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span bytes = { (const char *)data, size };
    struct stet_warc_reader *r = NULL;
    struct stet_warc_record rec;
    uint64_t places[MAX_RECORDS];
    size_t n;

    if (stet_warc_reader_from_memory(&r, bytes, NULL, NULL) < 0)
        return 0;
    n = walk(r, size, places);
    for (size_t i = 0; i < n; i++) {
        require(stet_warc_reader_seek(r, places[i], NULL) == STET_OK);
        require(stet_warc_reader_next(r, &rec, NULL) == STET_OK);
        require(rec.offset == places[i]);
    }
    stet_warc_reader_free(r);
    return 0;
}
