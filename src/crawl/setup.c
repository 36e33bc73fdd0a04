#include "crawl/setup.h"

#include "base/ascii.h"
#include "base/fail.h"
#include "base/mem.h"

#include <string.h>

enum {
    MAX_AGENT = 64 << 10,
    MAX_CREDENTIALS = 4096,
    SPOOL_MEMORY = 1 << 20,
};

#define USER_AGENT STET_SOFTWARE " (news archiver)"

void stet_crawl_options_init(struct stet_crawl_options *o)
{
    *o = (struct stet_crawl_options){
        .archive = "stet-archive",
        .related_hops = 1,
        .linked_images = true,
        .rewrite = true,
        .delay_ms = 1000,
        .max_connections = 64,
        .timeout_ms = 300000,
        .gzip_level = STET_GZIP_LEVEL,
    };
}

static int64_t fixed_ms(void *ctx)
{
    return *(const int64_t *)ctx;
}

static void set_clock(struct stet_setup *s, const struct stet_crawl_options *o)
{
    s->run.clock = stet_clock_real;
    if (o->fixed.clock_ms != 0) {
        s->run.clock.wall_ms = fixed_ms;
        s->fixed_ms = o->fixed.clock_ms;
        s->run.clock.ctx = &s->fixed_ms;
    }
    s->run.ids = (struct stet_ids){ o->fixed.ids_seed != 0, o->fixed.ids_seed };
}

/* Adds s with its percent-escapes undone. */
static void add_decoded(struct stet_buf *out, struct stet_span s)
{
    for (size_t i = 0; i < s.len; i++) {
        int high = i + 2 < s.len && s.ptr[i] == '%'
                       ? stet_hex_value((unsigned char)s.ptr[i + 1])
                       : -1;
        int low = high >= 0 ? stet_hex_value((unsigned char)s.ptr[i + 2]) : -1;
        if (low >= 0) {
            stet_buf_addc(out, (char)(high << 4 | low));
            i += 2;
        } else {
            stet_buf_addc(out, s.ptr[i]);
        }
    }
}

/* Takes user name and password out of a seed, to be sent and not kept. */
static int take_credentials(struct stet_url *u, struct stet_credentials *c)
{
    if (stet_url_has_credentials(u)) {
        add_decoded(&c->text, stet_url_username(u));
        stet_buf_addc(&c->text, ':');
        add_decoded(&c->text, stet_url_password(u));
        stet_url_strip_credentials(u);
    }
    c->url = stet_url_page(u);
    return stet_buf_status(&c->text);
}

static int parse_seed(struct stet_setup *s, const char *text,
                      struct stet_error *err)
{
    struct stet_url *u = &s->urls[s->n];
    struct stet_credentials *c = &s->run.credentials[s->n];
    int rc = stet_url_parse(u, stet_span_of(text), NULL, NULL);

    stet_buf_init(&c->text, MAX_CREDENTIALS);
    if (rc == STET_ENOMEM)
        return stet_fail(err, rc, "no memory for seeds");
    if (rc < 0)
        return stet_fail(err, STET_EUSAGE, "not a URL: %.150s", text);
    if (!stet_url_is_http(u))
        return stet_fail(err, STET_EUSAGE, "not an http or https URL: %.150s",
                         text);
    rc = take_credentials(u, c);
    if (rc < 0)
        return stet_fail(err, rc == STET_ELIMIT ? STET_EUSAGE : rc,
                         "the password of a URL is too long");
    s->seeds[s->n] = c->url;
    return STET_OK;
}

static int parse_seeds(struct stet_setup *s, const struct stet_crawl_options *o,
                       struct stet_error *err)
{
    int rc = STET_OK;

    if (o->n_urls == 0)
        return stet_fail(err, STET_EUSAGE, "no URL to save");
    s->urls = stet_alloc(o->n_urls * sizeof(*s->urls));
    s->seeds = stet_alloc(o->n_urls * sizeof(*s->seeds));
    s->run.credentials = stet_alloc(o->n_urls * sizeof(*s->run.credentials));
    if (!s->urls || !s->seeds || !s->run.credentials)
        return stet_fail(err, STET_ENOMEM, "no memory for seeds");
    for (; s->n < o->n_urls && rc == STET_OK; s->n++)
        rc = parse_seed(s, o->urls[s->n], err);
    s->run.n_credentials = s->n;
    return rc;
}

static int parse_allowed(struct stet_setup *s,
                         const struct stet_crawl_options *o,
                         struct stet_error *err)
{
    s->allow = stet_alloc((o->n_allow_addresses + 1) * sizeof(*s->allow));
    if (!s->allow)
        return stet_fail(err, STET_ENOMEM, "no memory for addresses");
    if (o->n_allow_addresses > STET_MAX_CIDRS)
        return stet_fail(err, STET_EUSAGE, "more than %d addresses allowed",
                         STET_MAX_CIDRS);
    for (size_t i = 0; i < o->n_allow_addresses; i++) {
        struct stet_span text = stet_span_of(o->allow_addresses[i]);
        if (stet_cidr_parse(&s->allow[i], text) < 0)
            return stet_fail(err, STET_EUSAGE,
                             "not an address or CIDR block: %.150s",
                             o->allow_addresses[i]);
    }
    return STET_OK;
}

int stet_setup_describe(struct stet_buf *job, const struct stet_setup *s)
{
    const struct stet_crawl_options *o = s->run.o;

    stet_buf_addf(job, "save related=%d linked=%d\n", o->related_hops,
                  o->linked_images);
    for (size_t i = 0; i < s->n; i++) {
        stet_buf_add_span(job, s->seeds[i]);
        stet_buf_addc(job, '\n');
    }
    return stet_buf_status(job);
}

static int set_agent(struct stet_setup *s, const struct stet_crawl_options *o,
                     struct stet_error *err)
{
    if (o->user_agent)
        stet_buf_adds(&s->agent, o->user_agent);
    else if (o->operator_contact)
        stet_buf_addf(&s->agent, STET_SOFTWARE " (+%s)", o->operator_contact);
    else
        stet_buf_adds(&s->agent, USER_AGENT);
    s->run.agent = s->agent.data;
    return stet_buf_status(&s->agent) < 0
               ? stet_fail(err, stet_buf_status(&s->agent),
                           "the User-Agent is too long")
               : STET_OK;
}

static void set_fetch(struct stet_setup *s, const struct stet_crawl_options *o)
{
    struct stet_fetch_options *f = &s->run.fetch;

    stet_fetch_options_init(f);
    f->user_agent = s->agent.data;
    f->from = o->operator_contact && strchr(o->operator_contact, '@')
                  ? o->operator_contact
                  : NULL;
    f->headers = o->headers;
    f->n_headers = o->n_headers;
    f->connect_to = o->connect_to;
    f->n_connect_to = o->n_connect_to;
    f->cacert = o->cacert;
    f->proxy = o->proxy;
    f->cookie_file = o->cookies;
    f->allow = s->allow;
    f->n_allow = o->n_allow_addresses;
    f->http = o->http == STET_CRAWL_HTTP_1_1 ? STET_HTTP_1_1
              : o->http == STET_CRAWL_HTTP_2 ? STET_HTTP_2
                                             : STET_HTTP_AUTO;
    f->total_ms = (int)o->timeout_ms;
    f->max_size = (uint64_t)o->max_size;
    f->max_total = o->fixed.serial ? 1 : (size_t)o->max_connections;
    f->spool_dir = o->spool_dir;
    f->digest = s->run.product.digest;
    f->on_done = stet_run_on_exchange;
    f->done_ctx = &s->run;
}

static void set_product(struct stet_setup *s,
                        const struct stet_crawl_options *o)
{
    s->run.product = (struct stet_product_config){
        .version = o->warc_1_0 ? STET_WARC_1_0 : STET_WARC_1_1,
        .digest = o->digest == STET_CRAWL_SHA1 ? STET_SHA1 : STET_SHA256,
        .keep_credentials = o->keep_credentials,
        .gzip_level = o->gzip_level,
        .scope = { .related_hops = o->related_hops,
                   .linked_images = o->linked_images,
                   .requisites = true },
        .ids = &s->run.ids,
        .run = 0,
        .spool_dir = o->spool_dir,
        .spool_memory = SPOOL_MEMORY,
    };
    s->run.o = o;
    s->run.window = o->fixed.serial ? 1 : STET_MAX_WINDOW;
}

/* True of what may stand in a header field and in warcinfo: one line. */
static bool is_line(const char *text)
{
    for (; text && *text; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            return false;
    }
    return true;
}

static int check_options(const struct stet_crawl_options *o,
                         struct stet_error *err)
{
    if (!o->archive || !o->archive[0])
        return stet_fail(err, STET_EUSAGE, "no archive to save to");
    if (o->gzip_level < 1 || o->gzip_level > STET_GZIP_LEVEL_MAX)
        return stet_fail(err, STET_EUSAGE, "gzip level %d is not 1 to 9",
                         o->gzip_level);
    if (o->related_hops < 0 || o->delay_ms < 0 || o->max_size < 0 ||
        o->max_connections < 1 || o->timeout_ms < 1 ||
        o->timeout_ms > INT32_MAX || o->max_file_bytes < 0)
        return stet_fail(err, STET_EUSAGE, "an option is out of range");
    if (!is_line(o->user_agent) || !is_line(o->operator_contact))
        return stet_fail(err, STET_EUSAGE,
                         "the User-Agent or operator is not one line of text");
    return STET_OK;
}

int stet_setup_make(struct stet_setup *s, const struct stet_crawl_options *o,
                    struct stet_error *err)
{
    int rc = check_options(o, err);

    stet_buf_init(&s->agent, MAX_AGENT);
    set_clock(s, o);
    set_product(s, o);
    if (rc == STET_OK)
        rc = parse_seeds(s, o, err);
    if (rc == STET_OK)
        rc = parse_allowed(s, o, err);
    if (rc == STET_OK)
        rc = set_agent(s, o, err);
    if (rc == STET_OK)
        set_fetch(s, o);
    return rc;
}

void stet_setup_clear(struct stet_setup *s)
{
    for (size_t i = 0; i < s->n; i++) {
        stet_url_clear(&s->urls[i]);
        stet_buf_clear(&s->run.credentials[i].text);
    }
    stet_free(s->run.credentials);
    stet_free(s->urls);
    stet_free(s->seeds);
    stet_free(s->allow);
    stet_buf_clear(&s->agent);
}
