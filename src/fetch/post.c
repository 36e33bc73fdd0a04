#include "fetch/post.h"

#include "base/fail.h"

#include <curl/curl.h>

enum { TIMEOUT_MS = 60 * 1000, MAX_HEADER = 8192, OK = 200 };

static size_t on_bytes(char *p, size_t size, size_t n, void *ctx)
{
    struct stet_buf *out = ctx;

    stet_buf_add(out, p, size * n);
    return stet_buf_status(out) == STET_OK ? size * n : 0;
}

static struct curl_slist *headers_of(const struct stet_post_options *o)
{
    struct curl_slist *list =
        curl_slist_append(NULL, "Content-Type: application/json");
    struct curl_slist *longer = list;
    struct stet_buf line;

    if (!list || !o->token)
        return list;
    stet_buf_init(&line, MAX_HEADER);
    stet_buf_addf(&line, "Authorization: Bearer %s", o->token);
    if (stet_buf_status(&line) == STET_OK)
        longer = curl_slist_append(list, line.data);
    stet_buf_clear(&line);
    if (stet_buf_status(&line) < 0 || !longer) {
        curl_slist_free_all(list);
        return NULL;
    }
    return longer;
}

static void set_options(CURL *c, const struct stet_post_options *o,
                        struct stet_span body, struct curl_slist *headers,
                        struct stet_buf *out, char *why)
{
    curl_easy_setopt(c, CURLOPT_URL, o->url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_PROXY, "");
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(c, CURLOPT_TIMEOUT_MS,
                     o->timeout_ms ? o->timeout_ms : (long)TIMEOUT_MS);
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.ptr);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, out);
    if (o->user_agent)
        curl_easy_setopt(c, CURLOPT_USERAGENT, o->user_agent);
    if (o->cacert)
        curl_easy_setopt(c, CURLOPT_CAINFO, o->cacert);
}

static int verdict(CURL *c, CURLcode code, const struct stet_post_options *o,
                   const struct stet_buf *out, const char *why,
                   struct stet_error *err)
{
    long status = 0;

    if (stet_buf_status(out) < 0)
        return stet_fail(err, stet_buf_status(out),
                         "the answer of %s is too large", o->url);
    if (code == CURLE_OUT_OF_MEMORY)
        return stet_fail(err, STET_ENOMEM, "no memory to ask %s", o->url);
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        return stet_fail(err, STET_EUSAGE, "not to be posted to: %s", o->url);
    if (code != CURLE_OK)
        return stet_fail(err, STET_EIO, "%s: %s", o->url,
                         why[0] ? why : curl_easy_strerror(code));
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    if (status != OK)
        return stet_fail(err, STET_EIO, "%s answers %ld: %.100s", o->url,
                         status, out->data ? out->data : "");
    return STET_OK;
}

int stet_fetch_post(const struct stet_post_options *o, struct stet_span body,
                    struct stet_buf *out, struct stet_error *err)
{
    char why[CURL_ERROR_SIZE] = "";
    struct curl_slist *headers = headers_of(o);
    CURL *c = headers ? curl_easy_init() : NULL;
    int rc;

    if (!c) {
        curl_slist_free_all(headers);
        return stet_fail(err, STET_ENOMEM, "no memory to ask %s", o->url);
    }
    set_options(c, o, body, headers, out, why);
    rc = verdict(c, curl_easy_perform(c), o, out, why, err);
    curl_easy_cleanup(c);
    curl_slist_free_all(headers);
    return rc;
}
