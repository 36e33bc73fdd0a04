/* The sockets under libcurl: the guard when one is opened, and a look at it
 * before it is used again. */
#include "base/mem.h"
#include "fetch/transfer.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static bool keep(struct curl_fetcher *f, const struct transfer *t, int fd)
{
    if (stet_grow_array(&f->connections, &f->cap_connections,
                        f->n_connections + 1, sizeof(*f->connections)) < 0)
        return false;
    f->connections[f->n_connections++] =
        (struct connection){ .fd = fd, .key = t->key };
    return true;
}

curl_socket_t stet_connection_open(void *ctx, curlsocktype purpose,
                                   struct curl_sockaddr *a)
{
    struct transfer *t = ctx;
    const struct stet_fetch_options *o = &t->f->o;
    const char *why = NULL;
    int fd;

    (void)purpose;
    if (!o->proxy)
        why = stet_guard_refuses(&a->addr, a->addrlen, o->allow, o->n_allow);
    if (why) {
        t->refused = why;
        return CURL_SOCKET_BAD;
    }
    fd = socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
    if (fd >= 0 && !keep(t->f, t, fd)) {
        close(fd);
        stet_transfer_fail(t, STET_ENOMEM);
        fd = -1;
    }
    return fd < 0 ? CURL_SOCKET_BAD : fd;
}

int stet_connection_close(void *ctx, curl_socket_t fd)
{
    struct curl_fetcher *f = ctx;

    for (size_t i = 0; i < f->n_connections; i++)
        if (f->connections[i].fd == fd) {
            f->connections[i] = f->connections[--f->n_connections];
            break;
        }
    return close(fd);
}

static int port_of(int fd)
{
    union {
        struct sockaddr any;
        struct sockaddr_in in;
        struct sockaddr_in6 in6;
        struct sockaddr_storage room;
    } a = { .any = { .sa_family = AF_UNSPEC } };
    socklen_t len = sizeof(a);

    if (getsockname(fd, &a.any, &len) < 0)
        return 0;
    if (a.any.sa_family == AF_INET)
        return ntohs(a.in.sin_port);
    return a.any.sa_family == AF_INET6 ? ntohs(a.in6.sin6_port) : 0;
}

/* Two sockets can share a port only towards different servers; then the
 * wrong one's answer costs one connection more. */
struct connection *stet_connection_find(struct curl_fetcher *f, int local_port)
{
    for (size_t i = 0; i < f->n_connections; i++) {
        struct connection *c = &f->connections[i];

        /* It has one once it is connected, and keeps it. */
        if (c->port == 0)
            c->port = port_of(c->fd);
        if (c->port == local_port)
            return c;
    }
    return NULL;
}

/* What waits to be read: bytes (1), the end (0), nothing (-1). */
static int waiting(const struct connection *c)
{
    char byte;

    return (int)recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
}

bool stet_connection_is_quiet(const struct connection *c)
{
    return c->used && !c->user && !c->h2 && waiting(c) < 0;
}

/* libcurl 7.88 would take such bytes for the next answer.  A connection
 * that is closed it sees itself. */
bool stet_connection_is_poisoned(const struct connection *c)
{
    return c->used && !c->h2 && waiting(c) > 0;
}

void stet_connection_release(struct curl_fetcher *f, const struct transfer *t)
{
    for (size_t i = 0; i < f->n_connections; i++)
        if (f->connections[i].user == t) {
            f->connections[i].user = NULL;
            f->connections[i].idle_ms = stet_clock_steady(f->clock);
        }
}
