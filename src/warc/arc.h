#ifndef STET_WARC_ARC_H
#define STET_WARC_ARC_H

#include "base/span.h"
#include "warc/record.h"

/*
 * ARC files (Internet Archive, 1996; version 1 and 2): before each document
 * a line "URL address date type length", in version 2 with result code,
 * checksum, location, offset and file name before the length.  The first is
 * "filedesc://...", whose document says which version it is.  URLs and types
 * may hold blanks, so a line is told by its address and date.
 */

/* A line longer than this is none. */
enum { STET_MAX_ARC_LINE = 64 * 1024 };

struct stet_arc_line {
    struct stet_span url, address, date, type, length;
    /* Version 2, else empty. */
    struct stet_span result, checksum, location;
};

/* Cuts a line, given without its end; false when it is none. */
bool stet_arc_line_parse(struct stet_arc_line *out, struct stet_span line);

/*
 * The header that a WARC file would have: warcinfo for the file's own line,
 * response for HTTP, resource for the rest.  What WARC has no field for goes
 * into ARC-Result-Code, ARC-Checksum, ARC-Location and ARC-Content-Type.  A
 * date, address or length that is none is left out.  The id is made of the
 * line and the offset, so the same record always has the same.  STET_ENOMEM.
 */
STET_NODISCARD int stet_arc_line_to_header(struct stet_warc_header *out,
                                           const struct stet_arc_line *a,
                                           uint64_t offset);

#endif
