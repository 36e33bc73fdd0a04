#include "check/media.h"

#include "http/message.h"

/* Takes a quoted-string (RFC 9110 section 5.6.4) off *rest. */
static bool take_quoted(struct stet_span *rest)
{
    for (size_t i = 1; i < rest->len; i++) {
        if (rest->ptr[i] == '\\') {
            i++;
        } else if (rest->ptr[i] == '"') {
            *rest = stet_span_sub(*rest, i + 1, rest->len);
            return true;
        }
    }
    return false;
}

/* Takes "name=value" off *rest, which ends before the next ';'. */
static bool take_parameter(struct stet_span *rest)
{
    size_t eq = 0, end;

    while (eq < rest->len && rest->ptr[eq] != '=')
        eq++;
    if (eq == rest->len || !stet_is_token(stet_span_sub(*rest, 0, eq)))
        return false;
    *rest = stet_span_sub(*rest, eq + 1, rest->len);
    if (rest->len > 0 && rest->ptr[0] == '"')
        return take_quoted(rest);
    for (end = 0; end < rest->len && rest->ptr[end] != ';' &&
                  rest->ptr[end] != ' ' && rest->ptr[end] != '\t';)
        end++;
    if (!stet_is_token(stet_span_sub(*rest, 0, end)))
        return false;
    *rest = stet_span_sub(*rest, end, rest->len);
    return true;
}

bool stet_check_is_media_type(struct stet_span text)
{
    struct stet_span params = stet_span_trim(text);
    struct stet_span subtype = stet_span_cut(&params, ';');
    struct stet_span type = stet_span_cut(&subtype, '/');

    if (!subtype.ptr || !stet_is_token(type) ||
        !stet_is_token(stet_span_trim(subtype)))
        return false;
    while (params.ptr) {
        params = stet_span_trim(params);
        if (params.len == 0)
            return true;
        if (!take_parameter(&params))
            return false;
        params = stet_span_trim(params);
        if (params.len == 0)
            return true;
        if (params.ptr[0] != ';')
            return false;
        params = stet_span_sub(params, 1, params.len);
    }
    return true;
}
