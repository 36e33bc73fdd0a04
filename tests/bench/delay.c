/*
 * A long way to a near server:
 *
 *     delay LISTEN_PORT SERVER_PORT MS
 *
 * Passes connections on 127.0.0.1 on, byte for byte, each way MS later: a
 * round trip of twice that.  A new connection is read from one round trip
 * after it was made, as its handshake would take.  Ends with a signal.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MAX_PAIRS = 512, PIECE = 64 << 10, MAX_HELD = 8 << 20 };

/* Bytes that may go on at a time. */
struct piece {
    struct piece *next;
    int64_t due_ms;
    size_t len, sent;
    char bytes[];
};

/* One way of a connection. */
struct way {
    struct piece *first, **last;
    size_t held;
    bool ended, told; /* the sender is done; the receiver knows */
};

struct pair {
    int fd[2];         /* the client's and the server's socket */
    struct way way[2]; /* what comes from fd[i] */
    int64_t ready_ms;
};

static struct pair pairs[MAX_PAIRS];
static size_t n_pairs;
static int64_t delay_ms;

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static struct sockaddr_in loopback(const char *port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)strtoul(port, NULL, 10)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
}

static void accept_one(int door, const char *port)
{
    struct sockaddr_in to = loopback(port);
    struct pair *p = &pairs[n_pairs];
    int on = 1;

    *p = (struct pair){ .ready_ms = now_ms() + 2 * delay_ms };
    p->fd[0] = accept(door, NULL, NULL);
    p->fd[1] = socket(AF_INET, SOCK_STREAM, 0);
    if (p->fd[0] < 0 || p->fd[1] < 0 ||
        connect(p->fd[1], (struct sockaddr *)&to, sizeof(to)) < 0)
        die("connect");
    for (int i = 0; i < 2; i++) {
        setsockopt(p->fd[i], IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        p->way[i].last = &p->way[i].first;
    }
    n_pairs++;
}

static void take_in(struct pair *p, int from)
{
    struct way *w = &p->way[from];
    struct piece *piece = malloc(sizeof(*piece) + PIECE);
    ssize_t n;

    if (!piece)
        die("malloc");
    n = recv(p->fd[from], piece->bytes, PIECE, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        free(piece);
        return;
    }
    /* An end is a piece too: it must not overtake what came before. */
    piece->len = n > 0 ? (size_t)n : 0;
    piece->sent = 0;
    piece->next = NULL;
    piece->due_ms = now_ms() + delay_ms;
    *w->last = piece;
    w->last = &piece->next;
    w->held += piece->len;
    w->ended = n <= 0;
}

/* False: the receiver takes no more now. */
static bool pass_on(struct pair *p, int from, struct piece *piece)
{
    int to = p->fd[!from];
    ssize_t n;

    if (piece->len == 0) {
        shutdown(to, SHUT_WR);
        p->way[from].told = true;
        return true;
    }
    n = send(to, piece->bytes + piece->sent, piece->len - piece->sent,
             MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN)
        piece->sent = piece->len;
    else if (n > 0)
        piece->sent += (size_t)n;
    return piece->sent == piece->len;
}

/* Sends what is due; *next_ms is when more will be, *stuck whether the
 * receiver is what is waited for. */
static void let_out(struct pair *p, int from, int64_t *next_ms, bool *stuck)
{
    struct way *w = &p->way[from];

    *stuck = false;
    while (w->first && w->first->due_ms <= now_ms()) {
        struct piece *piece = w->first;
        if (!pass_on(p, from, piece)) {
            *stuck = true;
            return;
        }
        w->held -= piece->len;
        w->first = piece->next;
        if (!w->first)
            w->last = &w->first;
        free(piece);
    }
    if (w->first && w->first->due_ms < *next_ms)
        *next_ms = w->first->due_ms;
}

static void drop_ended(void)
{
    for (size_t i = 0; i < n_pairs;) {
        struct pair *p = &pairs[i];
        if (!p->way[0].told || !p->way[1].told) {
            i++;
            continue;
        }
        close(p->fd[0]);
        close(p->fd[1]);
        *p = pairs[--n_pairs];
        for (int k = 0; k < 2; k++)
            if (!p->way[k].first)
                p->way[k].last = &p->way[k].first;
    }
}

/* What to wait for at a pair's sockets. */
static void watch(struct pair *p, struct pollfd *fds, int64_t *next_ms)
{
    bool stuck[2];
    bool ready = p->ready_ms <= now_ms();

    for (int i = 0; i < 2; i++)
        let_out(p, i, next_ms, &stuck[i]);
    if (!ready && p->ready_ms < *next_ms)
        *next_ms = p->ready_ms;
    for (int i = 0; i < 2; i++) {
        struct way *w = &p->way[i];
        bool reads = ready && !w->ended && w->held < MAX_HELD;
        fds[i] = (struct pollfd){
            reads || stuck[!i] ? p->fd[i] : -1,
            (short)((reads ? POLLIN : 0) | (stuck[!i] ? POLLOUT : 0)), 0
        };
    }
}

int main(int argc, char **argv)
{
    static struct pollfd fds[1 + 2 * MAX_PAIRS];
    struct sockaddr_in at;
    int door = socket(AF_INET, SOCK_STREAM, 0), on = 1;

    if (argc != 4) {
        fputs("usage: delay LISTEN_PORT SERVER_PORT MS\n", stderr);
        return 2;
    }
    at = loopback(argv[1]);
    delay_ms = strtol(argv[3], NULL, 10);
    signal(SIGPIPE, SIG_IGN);
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(door, (struct sockaddr *)&at, sizeof(at)) < 0 ||
        listen(door, SOMAXCONN) < 0)
        die("listen");
    for (;;) {
        int64_t next = INT64_MAX, wait;
        size_t n = n_pairs;

        fds[0] = (struct pollfd){ n < MAX_PAIRS ? door : -1, POLLIN, 0 };
        for (size_t i = 0; i < n; i++)
            watch(&pairs[i], fds + 1 + 2 * i, &next);
        wait = next == INT64_MAX ? -1 : next - now_ms();
        if (poll(fds, 1 + 2 * n, wait < -1 ? 0 : (int)wait) < 0 &&
            errno != EINTR)
            die("poll");
        for (size_t i = 0; i < 2 * n; i++)
            if (fds[1 + i].revents & (POLLIN | POLLHUP | POLLERR))
                take_in(&pairs[i / 2], (int)(i % 2));
        if (fds[0].revents & POLLIN)
            accept_one(door, argv[2]);
        drop_ended();
    }
}
