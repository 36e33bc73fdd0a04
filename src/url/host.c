#include "url/host.h"

#include "base/ascii.h"
#include "base/span.h"
#include "base/utf8.h"
#include "stet/error.h"
#include "stet/url.h"
#include "url/idna.h"
#include "url/percent.h"

#include <string.h>

/* URL Standard 3.1. */
static bool is_forbidden_in_host(unsigned char c)
{
    return c == '\0' || (c < 0x80 && strchr("\t\n\r #/:<>?@[\\]^|", c));
}

static bool is_forbidden_in_domain(unsigned char c)
{
    return is_forbidden_in_host(c) || c < 0x20 || c == '%' || c == 0x7F;
}

static int parse_opaque(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (is_forbidden_in_host((unsigned char)s.ptr[i]))
            return STET_EFORMAT;
    }
    stet_percent_encode(out, s, STET_PERCENT_C0);
    return STET_OK;
}

static int parse_bracketed(struct stet_buf *out, struct stet_span s)
{
    uint16_t pieces[8];

    if (s.len < 2 || s.ptr[s.len - 1] != ']' ||
        stet_ipv6_parse(stet_span_sub(s, 1, s.len - 2), pieces) < 0)
        return STET_EFORMAT;
    stet_buf_addc(out, '[');
    stet_ipv6_print(out, pieces);
    stet_buf_addc(out, ']');
    return STET_OK;
}

/* An ASCII domain is its own ASCII form, in lower case, A-labels or not. */
static bool is_simple(struct stet_span s, bool encoded)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x80 || (encoded && c == '%'))
            return false;
    }
    return true;
}

static void add_lower(struct stet_buf *out, struct stet_span s)
{
    char *p = stet_buf_room(out, s.len);

    if (!p)
        return;
    for (size_t i = 0; i < s.len; i++)
        p[i] = stet_to_lower(s.ptr[i]);
    stet_buf_added(out, s.len);
}

static int add_ascii(struct stet_buf *out, struct stet_span s)
{
    struct stet_buf decoded, clean;
    int rc;

    if (is_simple(s, true)) {
        add_lower(out, s);
        return STET_OK;
    }
    stet_buf_init(&decoded, STET_MAX_URL);
    stet_buf_init(&clean, (size_t)STET_MAX_URL * 3);
    stet_percent_decode(&decoded, s);
    stet_utf8_add_clean(&clean, stet_buf_span(&decoded));
    if ((rc = stet_buf_status(&decoded)) < 0 ||
        (rc = stet_buf_status(&clean)) < 0)
        goto done;
    if (is_simple(stet_buf_span(&clean), false))
        add_lower(out, stet_buf_span(&clean));
    else
        rc = stet_idna_to_ascii(out, stet_buf_span(&clean));
done:
    stet_buf_clear(&clean);
    stet_buf_clear(&decoded);
    return rc;
}

static int parse_domain(struct stet_buf *out, struct stet_span s, bool *is_ip)
{
    size_t start = out->len;
    struct stet_span ascii;
    uint32_t address;
    int rc;

    if ((rc = add_ascii(out, s)) < 0 || (rc = stet_buf_status(out)) < 0)
        return rc;
    ascii = stet_span_sub(stet_buf_span(out), start, out->len - start);
    if (ascii.len == 0)
        return STET_EFORMAT;
    for (size_t i = 0; i < ascii.len; i++) {
        if (is_forbidden_in_domain((unsigned char)ascii.ptr[i]))
            return STET_EFORMAT;
    }
    rc = stet_ipv4_parse(ascii, &address);
    if (rc == STET_OK) {
        *is_ip = true;
        stet_buf_cut(out, start);
        stet_ipv4_print(out, address);
    }
    return rc < 0 ? rc : STET_OK;
}

int stet_host_parse(struct stet_buf *out, struct stet_span s, bool special,
                    bool *is_ip)
{
    *is_ip = false;
    if (s.len > 0 && s.ptr[0] == '[') {
        *is_ip = true;
        return parse_bracketed(out, s);
    }
    return special ? parse_domain(out, s, is_ip) : parse_opaque(out, s);
}
