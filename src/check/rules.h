#ifndef STET_CHECK_RULES_H
#define STET_CHECK_RULES_H

#include "stet/check.h"

/*
 * The rules: identifier, name, clause of ISO 28500:2017, level.  Those of
 * the reader come first, in the order and by the names of
 * STET_WARC_PROBLEMS (stet/warc.h).
 */
#define STET_CHECK_RULES(X)                                        \
    X(GZIP_BROKEN, "gzip-broken", "D.2", MUST)                     \
    X(GZIP_CHECKSUM, "gzip-checksum", "D.2", MUST)                 \
    X(GZIP_TRUNCATED, "gzip-truncated", "D.2", MUST)               \
    X(GZIP_MEMBER, "gzip-member-per-record", "D.2", SHOULD)        \
    X(GARBAGE, "garbage-between-records", "4", MUST)               \
    X(VERSION, "version-line", "4", MUST)                          \
    X(LINE_END, "header-line-end", "4", MUST)                      \
    X(HEADER_LINE, "header-line", "4", MUST)                       \
    X(HEADER_LONG, "header-too-long", "4", SHOULD)                 \
    X(NO_TYPE, "type-missing", "5.5", MUST)                        \
    X(BAD_LENGTH, "content-length", "5.3", MUST)                   \
    X(TRUNCATED, "record-cut-off", "4", MUST)                      \
    X(RECORD_END, "record-end", "4", MUST)                         \
    X(FIELD_MISSING, "field-missing", "5", MUST)                   \
    X(FIELD_FORBIDDEN, "field-forbidden", "5", MUST)               \
    X(FIELD_REPEATED, "field-repeated", "5.1", MUST)               \
    X(FIELD_EMPTY, "field-empty", "4", SHOULD)                     \
    X(FIELD_TEXT, "field-text", "4", MUST)                         \
    X(FOLDED, "header-folded", "4", ADVICE)                        \
    X(ENCODED_WORD, "encoded-word", "4", ADVICE)                   \
    X(TYPE_UNKNOWN, "type-unknown", "5.5", ADVICE)                 \
    X(TYPE_MISSING, "content-type-missing", "5.6", SHOULD)         \
    X(CONTENT_TYPE, "content-type-format", "5.6", MUST)            \
    X(RECORD_ID, "record-id-format", "5.2", MUST)                  \
    X(ID_REPEATED, "record-id-repeated", "5.2", MUST)              \
    X(DATE, "date-format", "5.4", MUST)                            \
    X(URI, "uri-format", "5.14", MUST)                             \
    X(URI_CHARACTER, "uri-character", "5.14", SHOULD)              \
    X(URI_BRACKETS, "uri-brackets", "5.14", SHOULD)                \
    X(IP, "ip-format", "5.10", MUST)                               \
    X(NUMBER, "number-format", "5.20", MUST)                       \
    X(TRUNCATED_REASON, "truncated-reason", "5.15", ADVICE)        \
    X(DIGEST_FORMAT, "digest-format", "5.8", MUST)                 \
    X(DIGEST_SPELLING, "digest-spelling", "5.8", ADVICE)           \
    X(DIGEST_UNCHECKED, "digest-unchecked", "5.8", ADVICE)         \
    X(BLOCK_DIGEST, "block-digest", "5.8", MUST)                   \
    X(PAYLOAD_DIGEST, "payload-digest", "5.9", MUST)               \
    X(PAYLOAD_CHUNKED, "payload-digest-chunked", "5.9", ADVICE)    \
    X(REVISIT_DIGEST, "revisit-digest-missing", "6.7.2", MUST)     \
    X(REVISIT_REFERS, "revisit-refers-to", "6.7.2", SHOULD)        \
    X(REVISIT_PROFILE, "revisit-profile-unknown", "6.7.4", ADVICE) \
    X(REVISIT_ORIGINAL, "revisit-original", "6.7.2", SHOULD)       \
    X(REVISIT_VERSION, "revisit-version", "6.7", ADVICE)           \
    X(REVISIT_TRUNCATED, "revisit-truncated", "6.7.2", SHOULD)     \
    X(REVISIT_BLOCK, "revisit-block", "6.7.2", SHOULD)             \
    X(SEGMENT, "segment-number", "5.20", MUST)                     \
    X(SEGMENT_CHAIN, "segment-chain", "7", MUST)                   \
    X(SEGMENT_FIELDS, "segment-fields", "6.9", ADVICE)             \
    X(REFERENCE, "reference-unresolved", "5.7", SHOULD)            \
    X(CONCURRENT_TYPE, "concurrent-type", "5.7", MUST)             \
    X(WARCINFO_REF, "warcinfo-reference", "5.16", SHOULD)          \
    X(REFERS_TO, "refers-to-elsewhere", "5.11", ADVICE)            \
    X(CONVERSION_OF, "conversion-refers-to", "6.8", SHOULD)        \
    X(EVENT_DATE, "event-date", "5.4", MUST)                       \
    X(TOO_MANY, "too-many-records", "", ADVICE)                    \
    X(HTTP_HEAD, "http-head", "6.3.2", SHOULD)                     \
    X(HTTP_DIRECTION, "http-direction", "6.3.2", SHOULD)           \
    X(HTTP_LENGTH, "http-length", "5.15", SHOULD)                  \
    X(HTTP_CHUNKS, "http-chunks", "6.3.2", SHOULD)                 \
    X(HTTP_TYPE, "http-type", "6.3.2", SHOULD)                     \
    X(IP_MISSING, "ip-missing", "6.3.2", SHOULD)                   \
    X(TRUNCATED_WHOLE, "truncated-whole", "5.15", ADVICE)          \
    X(PAYLOAD_TYPE, "payload-type", "5.19", ADVICE)                \
    X(WARCINFO_LINE, "warc-fields-line", "6.2", SHOULD)            \
    X(WARCINFO_TYPE, "warcinfo-type", "6.2", SHOULD)               \
    X(STILL_OPEN, "file-still-open", "", ADVICE)                   \
    X(EMPTY_FILE, "file-empty", "", SHOULD)                        \
    X(FILE_NAME, "file-name", "D.2", ADVICE)                       \
    X(ZSTD_FRAME, "zstd-frame", "", MUST)                          \
    X(INDEX_ABSENT, "index-absent", "", ADVICE)                    \
    X(INDEX_LINE, "index-line", "", MUST)                          \
    X(INDEX_ORDER, "index-order", "", MUST)                        \
    X(INDEX_RECORD, "index-record", "", MUST)                      \
    X(INDEX_MISSING, "index-missing", "", MUST)                    \
    X(WACZ_ZIP, "wacz-zip", "", MUST)                              \
    X(WACZ_PATH, "wacz-path", "", MUST)                            \
    X(WACZ_LAYOUT, "wacz-layout", "", MUST)                        \
    X(WACZ_EXTRA, "wacz-extra", "", SHOULD)                        \
    X(WACZ_STORED, "wacz-stored", "", MUST)                        \
    X(WACZ_PACKAGE, "wacz-package", "", MUST)                      \
    X(WACZ_ADVICE, "wacz-advice", "", ADVICE)                      \
    X(WACZ_LISTED, "wacz-listed", "", MUST)                        \
    X(WACZ_HASH, "wacz-hash", "", MUST)                            \
    X(WACZ_DIGEST, "wacz-digest", "", MUST)                        \
    X(WACZ_PAGES, "wacz-pages", "", MUST)                          \
    X(WACZ_BLOCKS, "wacz-blocks", "", MUST)                        \
    X(WACZ_UNSIGNED, "wacz-no-digest", "", SHOULD)                 \
    X(WACZ_SIGNATURE, "wacz-signature", "", MUST)                  \
    X(WACZ_TRUST, "wacz-trust", "", MUST)                          \
    X(WACZ_TIME, "wacz-time", "", MUST)                            \
    X(WACZ_UNROOTED, "wacz-time-root", "", ADVICE)                 \
    X(PAGE_ABSENT, "page-absent", "", SHOULD)                      \
    X(REPLAY_PYWB, "replay-pywb", "", ADVICE)                      \
    X(REPLAY_WABAC, "replay-wabac", "", ADVICE)

enum stet_check_rule {
#define STET_X(id, name, clause, level) STET_CHECK_##id,
    STET_CHECK_RULES(STET_X)
#undef STET_X
        STET_CHECK_N_RULES
};

#endif
