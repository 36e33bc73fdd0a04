#ifndef STET_WARC_PAYLOAD_H
#define STET_WARC_PAYLOAD_H

#include "http/body.h"
#include "http/message.h"
#include "stet/warc.h"

/* True for a block that is an HTTP message by its Content-Type or, without
 * one, by its record type and target. */
bool stet_warc_record_is_http(const struct stet_warc_record *rec);

/* The parsed HTTP head, or NULL when there is none. */
const struct stet_head *stet_warc_payload_http(
    const struct stet_warc_payload *p);

#endif
