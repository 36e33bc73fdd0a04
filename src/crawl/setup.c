#include "crawl/setup.h"

#include "base/crash.h"
#include "base/fail.h"
#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_AGENT = 64 << 10,
    SPOOL_MEMORY = 1 << 20,
};

#define USER_AGENT STET_SOFTWARE " (news archiver)"

void stet_crawl_options_init(struct stet_crawl_options *o)
{
    *o = (struct stet_crawl_options){
        .archive = "stet-archive",
        .depth = -1,
        .related_hops = 1,
        .linked_images = true,
        .check_traps = true,
        .rewrite = true,
        .facts = true,
        .delay_ms = 1000,
        .pages_per_host = 1,
        .max_connections = 64,
        .tries = 1,
        .retry_delay_ms = -1,
        .revisit_after_ms = -1,
        .timeout_ms = 300000,
        .metrics_port = -1,
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

int stet_run_connections(const struct stet_crawl_options *o)
{
    return o->pages_per_host > STET_CONNECTIONS_PER_HOST
               ? o->pages_per_host
               : STET_CONNECTIONS_PER_HOST;
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
    f->max_per_host = (size_t)stet_run_connections(o);
    f->max_total = o->fixed.serial ? 1 : (size_t)o->max_connections;
    f->spool_dir = s->run.product.spool_dir;
    f->digest = s->run.product.digest;
    f->on_done = stet_run_on_exchange;
    f->done_ctx = &s->run;
}

static int level_of(enum stet_crawl_compression c)
{
    switch (c) {
    case STET_CRAWL_COMPRESS_FAST:
        return STET_GZIP_FAST;
    case STET_CRAWL_COMPRESS_BEST:
        return STET_GZIP_LEVEL_MAX;
    case STET_CRAWL_COMPRESS_DEFAULT:
        break;
    }
    return STET_GZIP_LEVEL;
}

/* Large bodies wait where there is to be room for them all the same: /tmp
 * may be memory. */
static const char *spool_dir(const struct stet_crawl_options *o)
{
    const char *tmp = getenv("TMPDIR");

    if (o->spool_dir)
        return o->spool_dir;
    return tmp && *tmp ? tmp : o->archive;
}

static void set_product(struct stet_setup *s,
                        const struct stet_crawl_options *o)
{
    s->run.product = (struct stet_product_config){
        .version = o->warc_1_0 ? STET_WARC_1_0 : STET_WARC_1_1,
        .digest = o->digest == STET_CRAWL_SHA1 ? STET_SHA1 : STET_SHA256,
        .keep_credentials = o->keep_credentials,
        .gzip_level = level_of(o->compression),
        .facts = o->facts,
        .ids = &s->run.ids,
        .run = 0,
        .spool_dir = spool_dir(o),
        .spool_memory = SPOOL_MEMORY,
        .large_body = (uint64_t)o->fixed.large_body,
        .put_slice = stet_run_put_slice,
        .slice_ctx = &s->run,
    };
    s->run.o = o;
    s->run.window = o->fixed.serial ? 1 : STET_MAX_WINDOW;
}

static int set_stored(struct stet_setup *s, const struct stet_crawl_options *o,
                      struct stet_error *err)
{
    stet_buf_addf(&s->stored, "%s/archive", o->archive);
    s->run.product.stored = s->stored.data;
    return stet_buf_status(&s->stored) < 0
               ? stet_fail(err, stet_buf_status(&s->stored),
                           "the path of the archive")
               : STET_OK;
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
    if (o->related_hops < -1 || o->depth < -1 || o->extra_hops < 0 ||
        o->delay_ms < 0 || o->max_size < 0 || o->max_connections < 1 ||
        o->pages_per_host < 1 || o->pages_per_host > STET_CRAWL_MAX_PER_HOST ||
        o->tries < 1 || o->tries > STET_CRAWL_MAX_TRIES ||
        o->retry_delay_ms < -1 || o->timeout_ms < 1 ||
        o->timeout_ms > INT32_MAX || o->max_file_bytes < 0 ||
        o->limit_rate < 0 || o->max_urls < 0 || o->max_bytes < 0 ||
        o->max_time_ms < 0 || o->max_per_host < 0 || o->min_free_space < 0 ||
        o->revisit_after_ms < -1 ||
        o->revisit_after_ms > STET_CRAWL_MAX_REVISIT_MS)
        return stet_fail(err, STET_EUSAGE, "an option is out of range");
    if (!o->facts && o->scope == STET_CRAWL_CLUSTER)
        return stet_fail(err, STET_EUSAGE,
                         "related stories are not known without facts");
    if (!stet_crash_arm(o->fixed.crash))
        return stet_fail(err, STET_EUSAGE, "no point to fail at: %s",
                         o->fixed.crash);
    if (!is_line(o->user_agent) || !is_line(o->operator_contact))
        return stet_fail(err, STET_EUSAGE,
                         "the User-Agent or operator is not one line of text");
    return STET_OK;
}

static enum stet_scope_kind kind_of(enum stet_crawl_scope s)
{
    switch (s) {
    case STET_CRAWL_CLUSTER:
        return STET_SCOPE_CLUSTER;
    case STET_CRAWL_PREFIX:
        return STET_SCOPE_PREFIX;
    case STET_CRAWL_HOST:
        return STET_SCOPE_HOST;
    case STET_CRAWL_DOMAIN:
        return STET_SCOPE_DOMAIN;
    case STET_CRAWL_ANY:
        return STET_SCOPE_ANY;
    case STET_CRAWL_PAGE:
        break;
    }
    return STET_SCOPE_PAGE;
}

static int add_patterns(struct stet_scope *scope, const struct stet_spans *list,
                        int (*add)(struct stet_scope *, struct stet_span,
                                   struct stet_error *),
                        struct stet_error *err)
{
    int rc = STET_OK;

    for (size_t i = 0; rc == STET_OK && i < list->len; i++)
        rc = add(scope, list->items[i], err);
    if (rc == STET_EFORMAT || rc == STET_ELIMIT)
        rc = err->code = STET_EUSAGE;
    return rc;
}

static void set_traps(struct stet_setup *s)
{
    struct stet_trap_limits *l = &s->run.product.scope.traps;

    if (s->run.work.check_traps && s->run.work.scope > STET_CRAWL_CLUSTER)
        stet_trap_limits_init(l, stet_clock_wall(&s->run.clock));
}

int stet_setup_scope(struct stet_setup *s, struct stet_error *err)
{
    const struct stet_work *w = &s->run.work;
    struct stet_scope *scope = &s->run.product.scope;
    int rc;

    stet_scope_clear(scope);
    stet_scope_init(scope, kind_of(w->scope));
    set_traps(s);
    scope->related_hops =
        w->related_hops < 0 ? STET_CRAWL_MAX_HOPS : w->related_hops;
    scope->linked_images = w->linked_images;
    scope->max_depth = w->depth;
    scope->extra_hops = w->extra_hops;
    scope->lists = w->robots_sitemaps;
    rc = add_patterns(scope, &w->include, stet_scope_add_include, err);
    if (rc == STET_OK)
        rc = add_patterns(scope, &w->exclude, stet_scope_add_exclude, err);
    for (size_t i = 0; rc == STET_OK && i < w->seeds.len; i++)
        rc = stet_scope_add_seed(scope, w->seeds.items[i], err);
    for (size_t i = 0; rc == STET_OK && i < w->sitemaps.len; i++)
        rc = stet_scope_add_seed(scope, w->sitemaps.items[i], err);
    return rc == STET_OK ? stet_scope_expect_moves(scope, err) : rc;
}

int stet_setup_make(struct stet_setup *s, const struct stet_crawl_options *o,
                    struct stet_error *err)
{
    int rc = check_options(o, err);

    stet_buf_init(&s->agent, MAX_AGENT);
    stet_buf_init(&s->stored, PATH_MAX);
    stet_work_init(&s->run.work);
    set_clock(s, o);
    set_product(s, o);
    if (rc == STET_OK)
        rc = stet_work_of_options(&s->run.work, o, err);
    if (rc == STET_OK)
        rc = parse_allowed(s, o, err);
    if (rc == STET_OK)
        rc = set_agent(s, o, err);
    if (rc == STET_OK)
        rc = set_stored(s, o, err);
    if (rc == STET_OK)
        set_fetch(s, o);
    return rc == STET_OK ? stet_setup_scope(s, err) : rc;
}

void stet_setup_clear(struct stet_setup *s)
{
    stet_scope_clear(&s->run.product.scope);
    stet_work_clear(&s->run.work);
    stet_free(s->allow);
    stet_buf_clear(&s->agent);
    stet_buf_clear(&s->stored);
}
