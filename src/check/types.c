#include "check/inside.h"

#include "base/span.h"
#include "warc/head.h"

/*
 * What the standard asks of records by their type, beyond their fields'
 * table: sections 6.2 to 6.9.
 */
enum { SHOWN = 80 };

static int shown(struct stet_span s)
{
    return (int)(s.len < SHOWN ? s.len : SHOWN);
}

static bool has(const struct stet_warc_record *rec, const char *name)
{
    return stet_warc_record_field(rec, name).len > 0;
}

static bool is_http(const struct stet_warc_record *rec)
{
    struct stet_span uri = stet_warc_record_uri(rec, "WARC-Target-URI");

    return stet_span_istarts(uri, "http:") || stet_span_istarts(uri, "https:");
}

static bool ends_with(struct stet_span s, const char *end)
{
    return stet_span_ends(s, stet_span_of(end));
}

/* -- revisit (6.7) --------------------------------------------------------- */

/* Profiles have the version in them. */
static void check_version(struct stet_checker *c,
                          const struct stet_warc_record *rec,
                          struct stet_span profile)
{
    bool old = !stet_span_ieqs(rec->version, "WARC/1.1");
    bool old_profile =
        stet_span_find(profile, STET_SPAN("/warc/1.0/")) < profile.len;

    if (old != old_profile)
        stet_check_tell(c, STET_CHECK_REVISIT_VERSION, rec->offset,
                        "the profile is that of another version: '%.*s'",
                        shown(profile), profile.ptr);
}

static void check_identical(struct stet_checker *c,
                            const struct stet_warc_record *rec)
{
    if (!has(rec, "WARC-Payload-Digest"))
        stet_check_tell(c, STET_CHECK_REVISIT_DIGEST, rec->offset,
                        "a revisit for its digest without WARC-Payload-Digest");
    if (rec->block_length > 0 && !has(rec, "WARC-Truncated"))
        stet_check_tell(c, STET_CHECK_REVISIT_TRUNCATED, rec->offset,
                        "a revisit without payload, and no WARC-Truncated");
}

static void check_revisit(struct stet_checker *c,
                          const struct stet_warc_record *rec)
{
    struct stet_span profile = stet_warc_record_uri(rec, "WARC-Profile");
    bool identical = ends_with(profile, "/revisit/identical-payload-digest");

    if (profile.len == 0)
        return;
    if (!identical && !ends_with(profile, "/revisit/server-not-modified")) {
        stet_check_tell(c, STET_CHECK_REVISIT_PROFILE, rec->offset,
                        "a profile that is not known: '%.*s'", shown(profile),
                        profile.ptr);
        return;
    }
    check_version(c, rec, profile);
    if (identical)
        check_identical(c, rec);
    if (!has(rec, "WARC-Refers-To") &&
        !(has(rec, "WARC-Refers-To-Target-URI") &&
          has(rec, "WARC-Refers-To-Date")))
        stet_check_tell(c, STET_CHECK_REVISIT_REFERS, rec->offset,
                        "the revisit does not say of what");
}

/* -- the others ------------------------------------------------------------ */

/* Sections 6.3.2 and 6.5.2: of http and https. */
static void check_exchange(struct stet_checker *c,
                           const struct stet_warc_record *rec, bool response)
{
    struct stet_span type = stet_warc_record_field(rec, "Content-Type");

    if (!is_http(rec))
        return;
    if (type.len > 0 && !stet_span_istarts(type, "application/http"))
        stet_check_tell(c, STET_CHECK_HTTP_TYPE, rec->offset,
                        "HTTP is not application/http but '%.*s'", shown(type),
                        type.ptr);
    if (response && !has(rec, "WARC-IP-Address"))
        stet_check_tell(c, STET_CHECK_IP_MISSING, rec->offset,
                        "a response without WARC-IP-Address");
}

static void check_warcinfo(struct stet_checker *c,
                           const struct stet_warc_record *rec)
{
    struct stet_span type = stet_warc_record_field(rec, "Content-Type");

    if (type.len > 0 && !rec->is_arc &&
        !stet_span_istarts(type, "application/warc-fields"))
        stet_check_tell(c, STET_CHECK_WARCINFO_TYPE, rec->offset,
                        "warcinfo is not application/warc-fields but '%.*s'",
                        shown(type), type.ptr);
}

/* Section 6.9: what is said once, on the first segment. */
static void check_continuation(struct stet_checker *c,
                               const struct stet_warc_record *rec)
{
    static const char *const optional[] = { "WARC-Payload-Digest",
                                            "WARC-Identified-Payload-Type",
                                            "WARC-Warcinfo-ID",
                                            "WARC-IP-Address" };

    for (size_t i = 0; i < sizeof(optional) / sizeof(optional[0]); i++)
        if (has(rec, optional[i]))
            stet_check_tell(c, STET_CHECK_SEGMENT_FIELDS, rec->offset,
                            "a continuation with %s", optional[i]);
}

void stet_check_by_type(struct stet_checker *c,
                        const struct stet_warc_record *rec,
                        enum stet_check_type type)
{
    if (type == STET_CHECK_REVISIT)
        check_revisit(c, rec);
    else if (type == STET_CHECK_RESPONSE || type == STET_CHECK_REQUEST)
        check_exchange(c, rec, type == STET_CHECK_RESPONSE);
    else if (type == STET_CHECK_WARCINFO)
        check_warcinfo(c, rec);
    else if (type == STET_CHECK_CONTINUATION)
        check_continuation(c, rec);
    else if (type == STET_CHECK_CONVERSION && !has(rec, "WARC-Refers-To"))
        stet_check_tell(c, STET_CHECK_CONVERSION_OF, rec->offset,
                        "a conversion that does not say of what");
}
