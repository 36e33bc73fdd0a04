#ifndef STET_TESTS_FETCH_ORIGIN_H
#define STET_TESTS_FETCH_ORIGIN_H

/*
 * A loopback server that does what a script says: a thread that accepts,
 * and one a connection that reads a request head, finds the script for its
 * path, sends the parts with pauses, and ends as told.
 */
#include "base/span.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum origin_end {
    ORIGIN_KEEP,  /* the next request, please */
    ORIGIN_CLOSE, /* FIN */
    ORIGIN_RESET, /* RST */
    ORIGIN_STALL, /* open and silent, until the client goes */
};

struct origin_script {
    const char *path;
    struct stet_span parts[4]; /* up to the first empty one */
    int pause_ms;              /* after each part but the last */
    int repeat;                /* send the last part so many times more */
    enum origin_end end;
};

enum { ORIGIN_MAX_CONNECTIONS = 2048, ORIGIN_MAX_REQUEST = 64 * 1024 };

struct origin {
    const struct origin_script *scripts;
    size_t n;
    int listener;
    int port;
    pthread_t thread;
    pthread_t workers[ORIGIN_MAX_CONNECTIONS];
    int fds[ORIGIN_MAX_CONNECTIONS];
    size_t n_workers;
    atomic_int accepted, requests;
    atomic_bool stop;
    pthread_mutex_t lock;
    char last[ORIGIN_MAX_REQUEST]; /* the last request head */
};

struct origin_connection {
    struct origin *o;
    int fd;
};

static inline bool origin_send(int fd, struct stet_span s)
{
    while (s.len) {
        ssize_t n = send(fd, s.ptr, s.len, MSG_NOSIGNAL);

        if (n <= 0)
            return false;
        s = stet_span_sub(s, (size_t)n, s.len);
    }
    return true;
}

/* Reads to an empty line; false when the client has gone. */
static inline bool origin_read(struct origin *o, int fd, char *buf, size_t cap)
{
    size_t n = 0;

    while (n + 1 < cap) {
        ssize_t got;
        struct pollfd p = { .fd = fd, .events = POLLIN };

        if (atomic_load(&o->stop) || poll(&p, 1, 50) < 0)
            return false;
        if (!p.revents)
            continue;
        got = recv(fd, buf + n, cap - 1 - n, 0);
        if (got <= 0)
            return false;
        n += (size_t)got;
        buf[n] = '\0';
        if (strstr(buf, "\r\n\r\n"))
            return true;
    }
    return false;
}

static inline const struct origin_script *origin_find(struct origin *o,
                                                      const char *request)
{
    struct stet_span rest = stet_span_of(request), path;

    stet_span_cut(&rest, ' ');
    path = stet_span_cut(&rest, ' ');
    for (size_t i = 0; i < o->n; i++)
        if (stet_span_eqs(path, o->scripts[i].path))
            return &o->scripts[i];
    return NULL;
}

static inline bool origin_play(struct origin *o, int fd,
                               const struct origin_script *s)
{
    size_t i = 0;
    bool there = true;

    for (; there && i < 4 && s->parts[i].len; i++) {
        if (i && s->pause_ms)
            usleep((useconds_t)s->pause_ms * 1000);
        there = origin_send(fd, s->parts[i]);
    }
    for (int k = 0; there && k < s->repeat && !atomic_load(&o->stop); k++) {
        if (s->pause_ms)
            usleep((useconds_t)s->pause_ms * 1000);
        there = origin_send(fd, s->parts[i - 1]);
    }
    return there;
}

static inline void *origin_serve(void *ctx)
{
    struct origin_connection c = *(struct origin_connection *)ctx;
    struct linger hard = { .l_onoff = 1 };
    static _Thread_local char buf[ORIGIN_MAX_REQUEST];
    enum origin_end end = ORIGIN_KEEP;
    char byte;

    free(ctx);
    while (end == ORIGIN_KEEP && origin_read(c.o, c.fd, buf, sizeof(buf))) {
        const struct origin_script *s = origin_find(c.o, buf);

        pthread_mutex_lock(&c.o->lock);
        memcpy(c.o->last, buf, sizeof(buf));
        pthread_mutex_unlock(&c.o->lock);
        atomic_fetch_add(&c.o->requests, 1);
        end = s && origin_play(c.o, c.fd, s) ? s->end : ORIGIN_CLOSE;
    }
    while (end == ORIGIN_STALL && !atomic_load(&c.o->stop)) {
        struct pollfd p = { .fd = c.fd, .events = POLLIN };

        if (poll(&p, 1, 20) > 0 && recv(c.fd, &byte, 1, 0) <= 0)
            break;
    }
    if (end == ORIGIN_RESET) {
        usleep(30000); /* let what was sent be read first */
        setsockopt(c.fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    }
    close(c.fd);
    return NULL;
}

static inline void *origin_accept(void *ctx)
{
    struct origin *o = ctx;

    while (!atomic_load(&o->stop) && o->n_workers < ORIGIN_MAX_CONNECTIONS) {
        struct pollfd p = { .fd = o->listener, .events = POLLIN };
        struct origin_connection *c;
        int fd, one = 1;

        if (poll(&p, 1, 20) <= 0 || (fd = accept(o->listener, 0, 0)) < 0)
            continue;
        setsockopt(fd, IPPROTO_TCP, 1 /* TCP_NODELAY */, &one, sizeof(one));
        atomic_fetch_add(&o->accepted, 1);
        c = malloc(sizeof(*c));
        *c = (struct origin_connection){ o, fd };
        pthread_create(&o->workers[o->n_workers++], NULL, origin_serve, c);
    }
    return NULL;
}

static inline bool origin_open(struct origin *o,
                               const struct origin_script *scripts, size_t n)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof(a);

    memset(o, 0, sizeof(*o));
    o->scripts = scripts;
    o->n = n;
    pthread_mutex_init(&o->lock, NULL);
    o->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (o->listener < 0 ||
        bind(o->listener, (struct sockaddr *)&a, sizeof(a)) < 0 ||
        listen(o->listener, 64) < 0 ||
        getsockname(o->listener, (struct sockaddr *)&a, &len) < 0)
        return false;
    o->port = ntohs(a.sin_port);
    return pthread_create(&o->thread, NULL, origin_accept, o) == 0;
}

static inline void origin_close(struct origin *o)
{
    atomic_store(&o->stop, true);
    pthread_join(o->thread, NULL);
    for (size_t i = 0; i < o->n_workers; i++)
        pthread_join(o->workers[i], NULL);
    close(o->listener);
    pthread_mutex_destroy(&o->lock);
}

#endif
