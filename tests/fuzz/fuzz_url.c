/*
 * The first line is a base (it may be empty), the rest an input.  Then:
 *
 *   - what was parsed parses again to itself, part by part;
 *   - its parts lie in its href, in order, and all of it is ASCII;
 *   - resolving an href against any base gives the href;
 *   - without credentials it is still a URL, and has none;
 *   - it has both keys, unless its port is one that surt refuses.
 */
#include "base/span.h"
#include "stet/url.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool ok)
{
    if (!ok)
        abort();
}

static void judge_parts(const struct stet_url *u)
{
    struct stet_span href = stet_url_href(u);

    for (size_t i = 0; i < href.len; i++)
        demand(href.ptr[i] >= ' ' && href.ptr[i] < 0x7F);
    demand(href.ptr[href.len] == '\0');
    demand(u->scheme_end > 0 && href.ptr[u->scheme_end] == ':');
    demand(u->scheme_end < u->user_start || !u->has_host);
    demand(u->user_start <= u->user_end && u->user_end <= u->pass_start);
    demand(u->pass_start <= u->pass_end && u->pass_end <= u->host_start);
    demand(u->host_start <= u->host_end && u->host_end <= u->path_start);
    demand(u->path_start <= u->path_end && u->path_end <= u->search_end);
    demand(u->search_end <= href.len);
}

static void judge_again(const struct stet_url *u, const struct stet_url *base)
{
    struct stet_url again;

    stet_url_init(&again);
    demand(stet_url_parse(&again, stet_url_href(u), base, NULL) == STET_OK);
    demand(stet_span_eq(stet_url_href(&again), stet_url_href(u)));
    demand(stet_span_eq(stet_url_host(&again), stet_url_host(u)));
    demand(stet_span_eq(stet_url_path(&again), stet_url_path(u)));
    demand(stet_span_eq(stet_url_target(&again), stet_url_target(u)));
    demand(stet_span_eq(stet_url_username(&again), stet_url_username(u)));
    demand(stet_span_eq(stet_url_password(&again), stet_url_password(u)));
    demand(stet_url_port(&again) == stet_url_port(u));
    stet_url_strip_credentials(&again);
    demand(!stet_url_has_credentials(&again));
    judge_parts(&again);
    demand(stet_span_eq(stet_url_host(&again), stet_url_host(u)));
    stet_url_clear(&again);
}

static void judge_keys(const struct stet_url *u)
{
    struct stet_bytes key;

    demand(stet_url_surt(&key, stet_url_href(u), NULL) == STET_OK ||
           !stet_url_is_http(u));
    stet_bytes_clear(&key);
    demand(stet_url_surt_wabac(&key, stet_url_href(u), NULL) == STET_OK);
    stet_bytes_clear(&key);
    demand(stet_url_site(u).len <= stet_url_host(u).len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct stet_span input = { (const char *)data, size };
    struct stet_span first = stet_span_cut(&input, '\n');
    struct stet_bytes key;
    struct stet_url base, u;
    bool has_base;

    if (!input.ptr)
        input = (struct stet_span){ "", 0 };
    stet_url_init(&base);
    stet_url_init(&u);
    has_base = stet_url_parse(&base, first, NULL, NULL) == STET_OK;
    if (stet_url_parse(&u, input, has_base ? &base : NULL, NULL) == STET_OK) {
        judge_parts(&u);
        judge_again(&u, NULL);
        judge_again(&u, has_base ? &base : NULL);
        judge_keys(&u);
    }
    stet_url_clear(&u);
    stet_url_clear(&base);
    stet_url_surt(&key, input, NULL);
    stet_bytes_clear(&key);
    stet_url_surt_wabac(&key, input, NULL);
    stet_bytes_clear(&key);
    return 0;
}
