#include "crawl/monitor.h"

#include "base/fail.h"
#include "base/mem.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>

struct stet_monitor {
    struct MHD_Daemon *daemon;
    stet_monitor_look_fn *look;
    void *ctx;
    struct stet_buf page;
    int port;
};

/* Pages elsewhere must not read this through a name of their own that leads
 * here: only we are called so. */
static bool is_ours(struct MHD_Connection *c)
{
    const char *host = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Host");
    size_t len = host ? strcspn(host, ":") : 0;

    return (len == 9 && (strncmp(host, "127.0.0.1", len) == 0 ||
                         strncmp(host, "localhost", len) == 0));
}

static enum MHD_Result answer(struct MHD_Connection *c, unsigned status,
                              const char *type, struct stet_span body)
{
    /* It is copied: the pointer is to bytes that stay as they are. */
    union {
        const char *given;
        void *taken;
    } text = { .given = body.ptr };
    struct MHD_Response *r = MHD_create_response_from_buffer(
        body.len, text.taken, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result rc = MHD_NO;

    if (!r)
        return MHD_NO;
    if (MHD_add_response_header(r, "Content-Type", type) == MHD_YES &&
        MHD_add_response_header(r, "Cache-Control", "no-store") == MHD_YES &&
        MHD_add_response_header(r, "Content-Security-Policy",
                                "default-src 'none'; style-src "
                                "'unsafe-inline'") == MHD_YES)
        rc = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return rc;
}

static enum MHD_Result refuse(struct MHD_Connection *c, unsigned status,
                              const char *why)
{
    return answer(c, status, "text/plain",
                  (struct stet_span){ why, strlen(why) });
}

/* NOLINTBEGIN(readability-function-size,readability-non-const-parameter):
 * the form is libmicrohttpd's. */
static enum MHD_Result on_request(void *ctx, struct MHD_Connection *c,
                                  const char *url, const char *method,
                                  const char *version, const char *data,
                                  size_t *n, void **state)
{
    struct stet_monitor *m = ctx;
    bool metrics = strcmp(url, "/metrics") == 0;

    (void)version;
    (void)data;
    (void)n;
    (void)state;
    if (!is_ours(c))
        return refuse(c, 421, "ask for 127.0.0.1 or localhost\n");
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return refuse(c, MHD_HTTP_METHOD_NOT_ALLOWED, "GET only\n");
    if (!metrics && strcmp(url, "/") != 0)
        return refuse(c, MHD_HTTP_NOT_FOUND, "/ and /metrics\n");
    stet_buf_reset(&m->page);
    if (metrics)
        stet_metrics_print(m->look(m->ctx), &m->page);
    else
        stet_metrics_print_page(m->look(m->ctx), &m->page);
    if (stet_buf_status(&m->page) < 0)
        return refuse(c, MHD_HTTP_INTERNAL_SERVER_ERROR, "no memory\n");
    return answer(c, MHD_HTTP_OK,
                  metrics ? "text/plain; version=0.0.4; charset=utf-8"
                          : "text/html; charset=utf-8",
                  stet_buf_span(&m->page));
}
/* NOLINTEND(readability-function-size,readability-non-const-parameter) */

int stet_monitor_new(struct stet_monitor **out, int port,
                     stet_monitor_look_fn *look, void *ctx,
                     struct stet_error *err)
{
    struct sockaddr_in at = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct stet_monitor *m = stet_alloc(sizeof(*m));
    const union MHD_DaemonInfo *info;

    *out = NULL;
    if (!m)
        return stet_fail(err, STET_ENOMEM, "no memory for a server");
    m->look = look;
    m->ctx = ctx;
    stet_buf_init(&m->page, STET_MAX_MONITOR_ANSWER);
    m->daemon = MHD_start_daemon(
        MHD_NO_FLAG, 0, NULL, NULL, on_request, m, MHD_OPTION_SOCK_ADDR, &at,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)STET_MAX_MONITOR_CLIENTS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)STET_MAX_MONITOR_IDLE_S,
        MHD_OPTION_END);
    info = m->daemon ? MHD_get_daemon_info(m->daemon, MHD_DAEMON_INFO_BIND_PORT)
                     : NULL;
    if (!info) {
        stet_monitor_free(m);
        return stet_fail(err, STET_EIO, "cannot listen on 127.0.0.1 port %d",
                         port);
    }
    m->port = info->port;
    *out = m;
    return STET_OK;
}

void stet_monitor_free(struct stet_monitor *m)
{
    if (!m)
        return;
    if (m->daemon)
        MHD_stop_daemon(m->daemon);
    stet_buf_clear(&m->page);
    stet_free(m);
}

int stet_monitor_port(const struct stet_monitor *m)
{
    return m->port;
}

void stet_monitor_work(struct stet_monitor *m)
{
    (void)MHD_run(m->daemon);
}
