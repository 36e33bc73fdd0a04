#include "base/mem.h"
#include "base/span.h"
#include "stet/url.h"
#include "url/host.h"

#include <libpsl.h>
#include <string.h>

enum {
    MAX_NAME = 255 /* of a DNS name; longer ones are their own site */
};

struct stet_span stet_host_site(struct stet_span host)
{
    const char *domain;
    char name[MAX_NAME + 1];

    if (host.len == 0 || host.len > MAX_NAME)
        return host;
    memcpy(name, host.ptr, host.len);
    name[host.len] = '\0';
    if (name[host.len - 1] == '.')
        name[host.len - 1] = '\0';
    domain = psl_registrable_domain(psl_builtin(), name);
    return domain ? stet_span_sub(host, (size_t)(domain - name), host.len)
                  : host;
}

struct stet_span stet_url_site(const struct stet_url *u)
{
    struct stet_span host = stet_url_host(u);

    return u->host_is_ip ? host : stet_host_site(host);
}
