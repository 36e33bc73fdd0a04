#include "check/inside.h"

#include "base/ascii.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/span.h"
#include "base/utf8.h"
#include "check/media.h"
#include "http/message.h"
#include "warc/head.h"

#include <arpa/inet.h>
#include <string.h>

enum { SHOWN = 80 }; /* bytes of a value in a finding */

static const char *const type_names[] = {
    "warcinfo", "response", "resource",   "request",
    "metadata", "revisit",  "conversion", "continuation",
};

enum { N_TYPES = sizeof(type_names) / sizeof(type_names[0]) };

enum stet_check_type stet_check_type_of(struct stet_span type)
{
    for (size_t i = 0; i < N_TYPES; i++)
        if (stet_span_ieqs(type, type_names[i]))
            return (enum stet_check_type)i;
    return STET_CHECK_OTHER;
}

/* -- formats --------------------------------------------------------------- */

/* A value is judged under the record it stands in. */
struct value {
    struct stet_checker *c;
    const struct stet_warc_record *rec;
    const char *name;
    struct stet_span text;
};

static int shown(struct stet_span s)
{
    return (int)(s.len < SHOWN ? s.len : SHOWN);
}

static void tell_value(const struct value *v, enum stet_check_rule rule,
                       const char *what)
{
    stet_check_tell(v->c, rule, v->rec->offset, "%s %s: '%.*s'", v->name, what,
                    shown(v->text), v->text.ptr);
}

static bool is_before_1_1(const struct value *v)
{
    return stet_span_ieqs(v->rec->version, "WARC/1.0") ||
           stet_span_istarts(v->rec->version, "WARC/0.");
}

/* Section 5.4; before 1.1 the form was fixed to the second. */
static void check_date(const struct value *v)
{
    enum { TO_THE_SECOND = 20 };

    if (stet_warc_date_parse(v->text) == STET_NO_DATE)
        tell_value(v, STET_CHECK_DATE, "is no UTC date of the W3C form");
    else if (is_before_1_1(v) && v->text.len != TO_THE_SECOND)
        tell_value(v, STET_CHECK_DATE, "is not to the second, before WARC 1.1");
}

/* RFC 3986: ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) ":" */
static bool has_scheme(struct stet_span s)
{
    size_t n = 0;

    if (s.len == 0 || !stet_is_alpha((unsigned char)s.ptr[0]))
        return false;
    while (n < s.len && (stet_is_alnum((unsigned char)s.ptr[n]) ||
                         memchr("+-.", s.ptr[n], 3)))
        n++;
    return n < s.len && s.ptr[n] == ':';
}

static void check_uri_text(const struct value *v, struct stet_span uri,
                           enum stet_check_rule rule)
{
    bool odd = false;

    if (!has_scheme(uri)) {
        tell_value(v, rule, "is no URI with a scheme");
        return;
    }
    for (size_t i = 0; i < uri.len; i++) {
        unsigned char ch = (unsigned char)uri.ptr[i];

        if (ch <= ' ' || ch == 0x7F) {
            tell_value(v, rule, "has white space or controls in it");
            return;
        }
        odd |= ch >= 0x80 || strchr("<>\"{}|\\^`", ch);
    }
    if (odd)
        tell_value(v, STET_CHECK_URI_CHARACTER,
                   "has characters that RFC 3986 does not allow");
}

/* Section 5.14: bare since 1.1; the grammar of 1.0 had brackets. */
static void check_uri(const struct value *v)
{
    struct stet_span uri = stet_warc_record_uri(v->rec, v->name);

    if (uri.len != v->text.len && !is_before_1_1(v))
        tell_value(v, STET_CHECK_URI_BRACKETS, "stands in angle brackets");
    check_uri_text(v, uri, STET_CHECK_URI);
}

/* "<" uri ">" */
static void check_id(const struct value *v)
{
    struct stet_span s = v->text;

    if (s.len < 2 || s.ptr[0] != '<' || s.ptr[s.len - 1] != '>')
        tell_value(v, STET_CHECK_RECORD_ID, "is not in angle brackets");
    else
        check_uri_text(v, stet_span_sub(s, 1, s.len - 2), STET_CHECK_RECORD_ID);
}

static void check_ip(const struct value *v)
{
    char text[INET6_ADDRSTRLEN + 1];
    unsigned char bytes[16];

    if (v->text.len < sizeof(text)) {
        memcpy(text, v->text.ptr, v->text.len);
        text[v->text.len] = '\0';
        if (inet_pton(AF_INET, text, bytes) == 1 ||
            inet_pton(AF_INET6, text, bytes) == 1)
            return;
    }
    tell_value(v, STET_CHECK_IP, "is no IP address");
}

/* Annotation 80: labels in lower case without a hyphen, SHA-1 in Base32 of
 * capitals, MD5 and SHA-256 in hex of small letters. */
static bool is_spelt_well(struct stet_span text)
{
    char printed[STET_DIGEST_TEXT_MAX];
    struct stet_digest d;

    if (stet_digest_parse(&d, text) < 0)
        return true;
    stet_digest_print(printed, &d);
    return stet_span_eqs(text, printed);
}

static void check_digest(const struct value *v)
{
    struct stet_span value = v->text;
    struct stet_span label = stet_span_cut(&value, ':');
    struct stet_digest digest;

    /* token ":" token, with the '=' and '/' that Base32 and 64 need. */
    bool good = value.len > 0 && stet_is_token(label);

    for (size_t i = 0; good && i < value.len; i++)
        good = stet_is_alnum((unsigned char)value.ptr[i]) ||
               strchr("!#$%&'*+-.^_`|~=/", value.ptr[i]);
    if (!good)
        tell_value(v, STET_CHECK_DIGEST_FORMAT, "is no digest");
    else if (stet_digest_parse(&digest, v->text) == STET_EFORMAT)
        tell_value(v, STET_CHECK_DIGEST_FORMAT, "cannot be of that algorithm");
    else if (!is_spelt_well(v->text))
        tell_value(v, STET_CHECK_DIGEST_SPELLING,
                   "is not written as others write it");
}

static void check_type(const struct value *v)
{
    if (!stet_check_is_media_type(v->text))
        tell_value(v, STET_CHECK_CONTENT_TYPE, "is no media type");
}

static void check_number(const struct value *v)
{
    uint64_t n;

    if (!stet_span_to_u64(v->text, &n))
        tell_value(v, STET_CHECK_NUMBER, "is no number");
}

/* Section 5.20: "1" on a first segment, more on a continuation. */
static void check_segment(const struct value *v)
{
    bool later = stet_check_type_of(v->rec->type) == STET_CHECK_CONTINUATION;
    uint64_t n;

    if (!stet_span_to_u64(v->text, &n))
        tell_value(v, STET_CHECK_NUMBER, "is no number");
    else if (later ? n < 2 : n != 1)
        tell_value(v, STET_CHECK_SEGMENT,
                   later ? "is not 2 or more on a continuation"
                         : "is not 1 on a first segment");
}

static void check_reason(const struct value *v)
{
    static const char *const reasons[] = { "length", "time", "disconnect",
                                           "unspecified" };

    for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (stet_span_ieqs(v->text, reasons[i]))
            return;
    tell_value(v, STET_CHECK_TRUNCATED_REASON, "is no reason of the standard");
}

static void check_nothing(const struct value *v)
{
    (void)v;
}

/* -- the table ------------------------------------------------------------- */

/*
 * Sections 5.2 to 5.22 by type, in the order of type_names: M shall have,
 * s should (if there is a block), o may, X shall not, - not stated.
 */
static const struct field_rule {
    struct stet_span name;
    const char *clause, *by_type;
    void (*check)(const struct value *v);
} field_rules[] = {
    { STET_SPAN_INIT("WARC-Record-ID"), "5.2", "MMMMMMMM", check_id },
    { STET_SPAN_INIT("Content-Length"), "5.3", "MMMMMMMM", check_number },
    { STET_SPAN_INIT("WARC-Date"), "5.4", "MMMMMMMM", check_date },
    { STET_SPAN_INIT("WARC-Type"), "5.5", "MMMMMMMM", check_nothing },
    { STET_SPAN_INIT("Content-Type"), "5.6", "sssssss-", check_type },
    { STET_SPAN_INIT("WARC-Concurrent-To"), "5.7", "XoooooXX", check_id },
    { STET_SPAN_INIT("WARC-Block-Digest"), "5.8", "oooooooo", check_digest },
    { STET_SPAN_INIT("WARC-Payload-Digest"), "5.9", "XoooXooo", check_digest },
    { STET_SPAN_INIT("WARC-IP-Address"), "5.10", "XoooooXX", check_ip },
    { STET_SPAN_INIT("WARC-Refers-To"), "5.11", "XXXXoooX", check_id },
    { STET_SPAN_INIT("WARC-Refers-To-Target-URI"), "5.12", "XXXXXoXX",
      check_uri },
    { STET_SPAN_INIT("WARC-Refers-To-Date"), "5.13", "XXXXXoXX", check_date },
    { STET_SPAN_INIT("WARC-Target-URI"), "5.14", "XMMMoMMM", check_uri },
    { STET_SPAN_INIT("WARC-Truncated"), "5.15", "oooooooo", check_reason },
    { STET_SPAN_INIT("WARC-Warcinfo-ID"), "5.16", "Xooooooo", check_id },
    { STET_SPAN_INIT("WARC-Filename"), "5.17", "oXXXXXXX", check_nothing },
    { STET_SPAN_INIT("WARC-Profile"), "5.18", "-----M--", check_uri },
    { STET_SPAN_INIT("WARC-Identified-Payload-Type"), "5.19", "XoooXooo",
      check_type },
    { STET_SPAN_INIT("WARC-Segment-Number"), "5.20", "oooooooM",
      check_segment },
    { STET_SPAN_INIT("WARC-Segment-Origin-ID"), "5.21", "XXXXXXXM", check_id },
    { STET_SPAN_INIT("WARC-Segment-Total-Length"), "5.22", "XXXXXXXo",
      check_number },
};

enum { N_FIELDS = sizeof(field_rules) / sizeof(field_rules[0]) };

/* The fields of a record by rule: each is looked up once. */
struct found {
    const struct stet_warc_field *first[N_FIELDS];
    size_t n[N_FIELDS];
};

enum { CONCURRENT_TO = 5 }; /* the one field that may stand repeatedly */

static void find_fields(struct found *f, const struct stet_warc_record *rec)
{
    *f = (struct found){ 0 };
    for (size_t i = 0; i < rec->n_fields; i++) {
        const struct stet_warc_field *field = &rec->fields[i];
        size_t k = 0;

        while (k < N_FIELDS &&
               (field_rules[k].name.len != field->name.len ||
                !stet_span_ieq(field_rules[k].name, field->name)))
            k++;
        if (k == N_FIELDS)
            continue;
        if (f->n[k]++ == 0)
            f->first[k] = field;
    }
}

static void check_absent(struct stet_checker *c,
                         const struct stet_warc_record *rec,
                         const struct field_rule *rule, char need)
{
    if (need == 'M' && !stet_span_eqs(rule->name, "WARC-Type"))
        stet_check_tell(c, STET_CHECK_FIELD_MISSING, rec->offset,
                        "a %.*s without %s (section %s)", shown(rec->type),
                        rec->type.ptr, rule->name.ptr, rule->clause);
    if (need == 's' && rec->block_length > 0)
        stet_check_tell(c, STET_CHECK_TYPE_MISSING, rec->offset,
                        "a block without Content-Type");
}

static void check_field(struct stet_checker *c,
                        const struct stet_warc_record *rec,
                        const struct found *f, size_t k,
                        enum stet_check_type type)
{
    const struct field_rule *rule = &field_rules[k];
    struct value v = { c, rec, rule->name.ptr, { NULL, 0 } };
    char need = type == STET_CHECK_OTHER ? 'o' : rule->by_type[type];

    if (f->first[k])
        v.text = f->first[k]->value;
    if (type == STET_CHECK_OTHER && k < 4)
        need = 'M'; /* sections 5.2 to 5.5: of every record */
    if (v.text.len == 0) {
        if (f->first[k])
            tell_value(&v, STET_CHECK_FIELD_EMPTY, "is empty");
        check_absent(c, rec, rule, need);
        return;
    }
    if (need == 'X')
        stet_check_tell(c, STET_CHECK_FIELD_FORBIDDEN, rec->offset,
                        "a %.*s with %s (section %s)", shown(rec->type),
                        rec->type.ptr, rule->name.ptr, rule->clause);
    rule->check(&v);
    if (f->n[k] == 1)
        return;
    /* Section 5.1; annotation 95 exempts what the standard has not. */
    if (k != CONCURRENT_TO)
        stet_check_tell(c, STET_CHECK_FIELD_REPEATED, rec->offset,
                        "%s stands %zu times", rule->name.ptr, f->n[k]);
    for (size_t i = 0; k == CONCURRENT_TO && i < rec->n_fields; i++)
        if (&rec->fields[i] != f->first[k] &&
            stet_span_ieq(rec->fields[i].name, rule->name)) {
            v.text = rec->fields[i].value;
            rule->check(&v);
        }
}

/* Annotation 67: "=?", charset, "?B?" or "?Q?", text, "?=". */
static bool is_encoded_word(struct stet_span v)
{
    return stet_span_starts(v, STET_SPAN("=?")) &&
           stet_span_ends(v, STET_SPAN("?=")) &&
           (stet_span_ifind(v, STET_SPAN("?b?")) < v.len ||
            stet_span_ifind(v, STET_SPAN("?q?")) < v.len);
}

/* Annotation 74: a line that begins with white space goes on. */
static bool is_folded(struct stet_span header)
{
    return stet_span_find(header, STET_SPAN("\n ")) < header.len ||
           stet_span_find(header, STET_SPAN("\n\t")) < header.len;
}

/* Section 4: names are tokens, values UTF-8 without controls. */
static void check_text(struct stet_checker *c,
                       const struct stet_warc_record *rec)
{
    for (size_t i = 0; i < rec->n_fields; i++) {
        const struct stet_warc_field *f = &rec->fields[i];
        bool control = false;

        for (size_t k = 0; k < f->value.len; k++) {
            unsigned char ch = (unsigned char)f->value.ptr[k];
            control |= (ch < ' ' && ch != '\t') || ch == 0x7F;
        }
        if (control || !stet_utf8_is_valid(f->value))
            stet_check_tell(c, STET_CHECK_FIELD_TEXT, rec->offset,
                            "the value of %.*s is not UTF-8 without controls",
                            shown(f->name), f->name.ptr);
        if (!stet_is_token(f->name))
            stet_check_tell(c, STET_CHECK_FIELD_TEXT, rec->offset,
                            "a field name is no token: '%.*s'", shown(f->name),
                            f->name.ptr);
        if (is_encoded_word(f->value))
            stet_check_tell(c, STET_CHECK_ENCODED_WORD, rec->offset,
                            "the value of %.*s is an encoded word (RFC 2047)",
                            shown(f->name), f->name.ptr);
    }
    if (is_folded(rec->raw_header))
        stet_check_tell(c, STET_CHECK_FOLDED, rec->offset,
                        "a value goes on in the next line");
}

void stet_check_fields(struct stet_checker *c,
                       const struct stet_warc_record *rec)
{
    enum stet_check_type type = stet_check_type_of(rec->type);
    struct found found;

    if (type == STET_CHECK_OTHER && rec->type.len > 0)
        stet_check_tell(c, STET_CHECK_TYPE_UNKNOWN, rec->offset,
                        "a record type that is not the standard's: '%.*s'",
                        shown(rec->type), rec->type.ptr);
    find_fields(&found, rec);
    for (size_t k = 0; k < N_FIELDS; k++)
        check_field(c, rec, &found, k, type);
    check_text(c, rec);
    stet_check_by_type(c, rec, type);
}
