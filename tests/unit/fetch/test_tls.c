/* TLS and HTTP/2, against an nginx of our own on loopback. */
#include "client.h"

#include "base/file.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define NAME "secure.example"

static struct {
    char dir[64];
    pid_t pid;
    int port, old_port; /* old: TLS 1.2 and HTTP/1.1 only */
    char cert[96], lead[2][96];
} nginx;

static int free_port(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof(a);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
        getsockname(fd, (struct sockaddr *)&a, &len) < 0)
        a.sin_port = 0;
    close(fd);
    return ntohs(a.sin_port);
}

/* Runs `command` in the folder of this test. */
static bool shell(const char *command)
{
    char line[512];

    snprintf(line, sizeof(line), "PATH=$PATH:/usr/sbin; cd %s && %s",
             nginx.dir[0] ? nginx.dir : "/", command);
    return system(line) == 0;
}

static bool write_config(void)
{
    struct stet_buf b;
    char path[96];
    bool good;

    stet_buf_init(&b, 8192);
    stet_buf_addf(
        &b,
        "daemon off; pid %s/pid; error_log %s/log;\n"
        "events { worker_connections 64; }\n"
        "http { access_log off; server_tokens off;\n"
        "client_body_temp_path %s/t; proxy_temp_path %s/t;\n"
        "fastcgi_temp_path %s/t; uwsgi_temp_path %s/t; scgi_temp_path %s/t;\n"
        "ssl_certificate %s/cert.pem; ssl_certificate_key %s/key.pem;\n",
        nginx.dir, nginx.dir, nginx.dir, nginx.dir, nginx.dir, nginx.dir,
        nginx.dir, nginx.dir, nginx.dir);
    stet_buf_addf(
        &b,
        "server { listen 127.0.0.1:%d ssl http2; ssl_protocols TLSv1.3;\n"
        "location = /a { default_type text/plain; return 200 hello; }\n"
        "location = /teapot { return 418 short; }\n"
        "location = /none { return 204; }\n"
        "location = /moved { return 302 https://" NAME "/a; }\n"
        "location = /big { alias %s/big; } }\n"
        "server { listen 127.0.0.1:%d ssl; ssl_protocols TLSv1.2;\n"
        "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256;\n"
        "location = /a { default_type text/plain; return 200 hello; } } }\n",
        nginx.port, nginx.dir, nginx.old_port);
    snprintf(path, sizeof(path), "%s/conf", nginx.dir);
    good = !stet_buf_status(&b) &&
           !stet_file_replace(path, stet_buf_span(&b), NULL);
    stet_buf_clear(&b);
    return good;
}

static bool is_up(int port)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr = { htonl(INADDR_LOOPBACK) } };

    for (int i = 0; i < 200; i++) {
        int fd = socket(AF_INET, SOCK_STREAM, 0);
        bool up = connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0;

        close(fd);
        if (up)
            return true;
        usleep(20000);
    }
    return false;
}

static bool open_nginx(void)
{
    char conf[96], log[96];
    char dir[] = "/tmp/stet-nginx-XXXXXX";

    if (!shell("command -v nginx openssl >/dev/null") || !mkdtemp(dir))
        return false;
    snprintf(nginx.dir, sizeof(nginx.dir), "%s", dir);
    nginx.port = free_port();
    nginx.old_port = free_port();
    snprintf(nginx.cert, sizeof(nginx.cert), "%s/cert.pem", nginx.dir);
    snprintf(nginx.lead[0], sizeof(nginx.lead[0]), NAME ":443:127.0.0.1:%d",
             nginx.port);
    snprintf(nginx.lead[1], sizeof(nginx.lead[1]), ":8443:127.0.0.1:%d",
             nginx.old_port);
    if (!shell("openssl req -x509 -newkey ec -pkeyopt "
               "ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem "
               "-days 2 -subj /CN=" NAME " -addext subjectAltName=DNS:" NAME
               " 2>log0 && head -c 300000 /dev/urandom >big && "
               "chmod 711 . && chmod 644 big") ||
        !write_config())
        return false;
    snprintf(conf, sizeof(conf), "%s/conf", nginx.dir);
    snprintf(log, sizeof(log), "%s/log", nginx.dir);
    nginx.pid = fork();
    if (nginx.pid == 0) {
        setenv("PATH", "/usr/sbin:/usr/bin:/bin", 1);
        execlp("nginx", "nginx", "-p", nginx.dir, "-e", log, "-c", conf,
               (char *)NULL);
        _exit(127);
    }
    return nginx.pid > 0 && is_up(nginx.port);
}

static void close_nginx(void)
{
    if (nginx.pid > 0) {
        kill(nginx.pid, SIGTERM);
        waitpid(nginx.pid, NULL, 0);
        nginx.pid = 0;
    }
    shell("rm -rf \"$PWD\"");
}

static struct stet_fetch_options tls_options(void)
{
    static const char *leads[2];
    struct stet_fetch_options o = options();

    leads[0] = nginx.lead[0];
    leads[1] = nginx.lead[1];
    o.connect_to = leads;
    o.n_connect_to = 2;
    o.cacert = nginx.cert;
    o.head_ms = o.idle_ms = 5000;
    return o;
}

static void one(const struct stet_fetch_options *o, const char *url)
{
    struct stet_fetcher f;

    CHECK_INT(stet_fetch_curl_new(&f, o, &stet_clock_real, NULL), STET_OK);
    fetch(&f, url);
    stet_fetcher_free(&f);
}

static bool starts_with(const struct stet_bytes *b, const char *what)
{
    return stet_span_starts(span_of_bytes(b), stet_span_of(what));
}

static void writes_http2_as_http1_text(void)
{
    struct stet_fetch_options o = tls_options();

    one(&o, "https://" NAME "/a");
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    CHECK_STR(got->why, "");
    CHECK_INT(got->protocol, STET_PROTOCOL_H2);
    CHECK_STR(got->tls, "tls/1.3");
    CHECK(strncmp(got->cipher, "TLS_", 4) == 0);
    CHECK(starts_with(&got->request, "GET /a HTTP/1.1\r\nHost: " NAME "\r\n"));
    CHECK(starts_with(&got->head, "HTTP/1.1 200 OK\r\nserver: nginx\r\n"));
    CHECK(strstr(got->head.data, "\r\ncontent-length: 5\r\n") != NULL);
    CHECK(got->head_is_whole);
    CHECK_INT(got->status, 200);
    CHECK_INT(got->body.len, 5);
    CHECK_INT(got->framing.kind, STET_FRAMING_LENGTH);
    CHECK_INT(got->excess, 0);
    CHECK_STR(got->ip, "127.0.0.1");
    drop_got();

    one(&o, "https://" NAME "/teapot");
    CHECK(starts_with(&got->head, "HTTP/1.1 418 \r\n"));
    drop_got();
    one(&o, "https://" NAME "/none");
    CHECK(starts_with(&got->head, "HTTP/1.1 204 No Content\r\n"));
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    drop_got();
    one(&o, "https://" NAME "/moved");
    CHECK(starts_with(&got->head, "HTTP/1.1 302 Found\r\n"));
    CHECK_INT(got->status, 302);
    drop_got();
}

static void speaks_http1_over_tls(void)
{
    struct stet_fetch_options o = tls_options();

    o.http = STET_HTTP_1_1;
    one(&o, "https://" NAME "/a");
    CHECK_INT(got->protocol, STET_PROTOCOL_HTTP_1_1);
    CHECK(starts_with(&got->head, "HTTP/1.1 200 OK\r\nServer: nginx\r\n"));
    CHECK(starts_with(&got->request, "GET /a HTTP/1.1\r\n"));
    CHECK_STR(got->tls, "tls/1.3");
    drop_got();

    o.http = STET_HTTP_AUTO;
    one(&o, "https://" NAME ":8443/a");
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    CHECK_INT(got->protocol, STET_PROTOCOL_HTTP_1_1);
    CHECK_STR(got->tls, "tls/1.2");
    CHECK_STR(got->cipher, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    drop_got();
}

static void trusts_no_certificate_it_cannot_verify(void)
{
    struct stet_fetch_options o = tls_options();

    one(&o, "https://other.example:8443/a");
    CHECK_STR(stet_outcome_name(got->outcome), "tls-certificate");
    CHECK_INT(got->head.len, 0);
    CHECK_INT(got->request.len, 0);
    CHECK(got->why[0]);
    drop_got();
    o.cacert = NULL;
    one(&o, "https://" NAME "/a");
    CHECK_STR(stet_outcome_name(got->outcome), "tls-certificate");
    drop_got();
    o.insecure = true;
    one(&o, "https://" NAME "/a");
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    drop_got();
}

static void runs_many_streams_over_one_connection(void)
{
    struct stet_fetch_options o = tls_options();
    struct stet_fetcher f;

    CHECK_INT(stet_fetch_curl_new(&f, &o, &stet_clock_real, NULL), STET_OK);
    fetch(&f, "https://" NAME "/a");
    for (int i = 0; i < 20; i++)
        start(&f, i % 2 ? "https://" NAME "/big" : "https://" NAME "/a");
    run(&f);
    CHECK_INT(n_done, 21);
    CHECK(got->reused);
    CHECK_STR(got->tls, "tls/1.3");
    CHECK_STR(stet_outcome_name(got->outcome), "ok");
    stet_fetcher_free(&f);
    drop_got();
}

static void cuts_a_large_stream(void)
{
    struct stet_fetch_options o = tls_options();

    o.max_size = 100000;
    one(&o, "https://" NAME "/big");
    CHECK_STR(stet_outcome_name(got->outcome), "length");
    CHECK_INT(got->body.len, 100000);
    CHECK_INT(got->entity_len, 100000);
    drop_got();
}

static void tells_a_failed_handshake(void)
{
    static const struct origin_script none[1];
    struct stet_fetch_options o = options();
    char url[64];

    if (!CHECK(origin_open(&origin, none, 1)))
        return;
    o.connect_ms = 500;
    snprintf(url, sizeof(url), "https://127.0.0.1:%d/", origin.port);
    one(&o, url); /* it waits for a request that cannot come */
    CHECK_STR(stet_outcome_name(got->outcome), "connect-timeout");
    drop_got();
    origin_close(&origin);
}

static void with_nginx(void (*test)(void))
{
    static int state; /* 0: not tried; 1: up; -1: not to be had */

    if (!state)
        state = open_nginx() ? 1 : -1;
    if (state < 0)
        tap_skip("needs nginx and openssl(1)");
    else
        test();
}

#define WITH_NGINX(name)              \
    static void name##_of_nginx(void) \
    {                                 \
        with_nginx(name);             \
    }

WITH_NGINX(writes_http2_as_http1_text)
WITH_NGINX(speaks_http1_over_tls)
WITH_NGINX(trusts_no_certificate_it_cannot_verify)
WITH_NGINX(runs_many_streams_over_one_connection)
WITH_NGINX(cuts_a_large_stream)

static void leaves_nothing_running(void)
{
    close_nginx();
}

TESTS({ "writes HTTP/2 as HTTP/1 text", writes_http2_as_http1_text_of_nginx },
      { "speaks HTTP/1 over TLS", speaks_http1_over_tls_of_nginx },
      { "trusts no certificate it cannot verify",
        trusts_no_certificate_it_cannot_verify_of_nginx },
      { "runs many streams over one connection",
        runs_many_streams_over_one_connection_of_nginx },
      { "cuts a large stream", cuts_a_large_stream_of_nginx },
      { "tells a failed handshake", tells_a_failed_handshake },
      { "leaves nothing running", leaves_nothing_running })
