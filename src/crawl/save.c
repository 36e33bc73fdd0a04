/*
 * A save from beginning to end: options checked, archive opened, threads
 * started, the run fetched, converted and summed up.
 */
#include "base/ascii.h"
#include "base/fail.h"
#include "base/mem.h"
#include "crawl/run.h"
#include "stet/url.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    MAX_JOB = 64 << 20, /* bytes of all seeds */
    MAX_INFO = 64 << 10,
    SPOOL_MEMORY = 1 << 20,
    COMMIT_THREADS = 1,
    MAX_CREDENTIALS = 4096,
};

#define SOFTWARE   "stet/" STET_VERSION
#define USER_AGENT SOFTWARE " (news archiver)"

void stet_save_options_init(struct stet_save_options *o)
{
    *o = (struct stet_save_options){
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

/* What a save needs until its end. */
struct save {
    struct stet_run run;
    struct stet_span *seeds; /* into `urls` */
    struct stet_url *urls;
    size_t n;
    struct stet_cidr *allow;
    struct stet_buf agent;
    int64_t fixed_ms; /* where the wall clock stands still */
    struct stet_pool *workers, *committer;
};

static int64_t fixed_ms(void *ctx)
{
    return *(const int64_t *)ctx;
}

static void set_clock(struct save *s, const struct stet_save_options *o)
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

static int parse_seed(struct save *s, const char *text, struct stet_error *err)
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

static int parse_seeds(struct save *s, const struct stet_save_options *o,
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

static int parse_allowed(struct save *s, const struct stet_save_options *o,
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

/* What makes a run the same work as an interrupted one. */
static int describe_job(struct stet_buf *job, const struct save *s,
                        const struct stet_save_options *o)
{
    stet_buf_addf(job, "save related=%d linked=%d\n", o->related_hops,
                  o->linked_images);
    for (size_t i = 0; i < s->n; i++) {
        stet_buf_add_span(job, s->seeds[i]);
        stet_buf_addc(job, '\n');
    }
    return stet_buf_status(job);
}

static int set_agent(struct save *s, const struct stet_save_options *o,
                     struct stet_error *err)
{
    if (o->user_agent)
        stet_buf_adds(&s->agent, o->user_agent);
    else if (o->operator_contact)
        stet_buf_addf(&s->agent, SOFTWARE " (+%s)", o->operator_contact);
    else
        stet_buf_adds(&s->agent, USER_AGENT);
    s->run.agent = s->agent.data;
    return stet_buf_status(&s->agent) < 0
               ? stet_fail(err, stet_buf_status(&s->agent),
                           "the User-Agent is too long")
               : STET_OK;
}

static void set_fetch(struct save *s, const struct stet_save_options *o)
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
    f->http = o->http == STET_SAVE_HTTP_1_1 ? STET_HTTP_1_1
              : o->http == STET_SAVE_HTTP_2 ? STET_HTTP_2
                                            : STET_HTTP_AUTO;
    f->total_ms = (int)o->timeout_ms;
    f->max_size = (uint64_t)o->max_size;
    f->max_total = o->fixed.serial ? 1 : (size_t)o->max_connections;
    f->spool_dir = o->spool_dir;
    f->digest = s->run.product.digest;
    f->on_done = stet_run_on_exchange;
    f->done_ctx = &s->run;
}

static void set_product(struct save *s, const struct stet_save_options *o)
{
    s->run.product = (struct stet_product_config){
        .version = o->warc_1_0 ? STET_WARC_1_0 : STET_WARC_1_1,
        .digest = o->digest == STET_SAVE_SHA1 ? STET_SHA1 : STET_SHA256,
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

static int open_archive(struct save *s, const struct stet_save_options *o,
                        struct stet_error *err)
{
    struct stet_archive_options a = {
        .path = o->archive,
        .software = SOFTWARE,
        .host = "localhost",
        .version = s->run.product.version,
        .digest = s->run.product.digest,
        .gzip_level = o->gzip_level,
        .max_file_bytes = (uint64_t)o->max_file_bytes,
        .clock = &s->run.clock,
        .ids = &s->run.ids,
    };
    struct stet_buf info;
    int rc;

    stet_buf_init(&info, MAX_INFO);
    stet_buf_addf(&info, "robots: %s\r\nhttp-header-user-agent: %s\r\n",
                  o->ignore_robots ? "ignore" : "obey", s->agent.data);
    if (o->operator_contact)
        stet_buf_addf(&info, "operator: %s\r\n", o->operator_contact);
    a.info = stet_buf_span(&info);
    rc = stet_buf_status(&info);
    rc = rc < 0 ? stet_fail(err, rc, "the operator's name is too long")
                : stet_archive_open(&s->run.archive, &a, err);
    stet_buf_clear(&info);
    return rc;
}

static int begin(struct save *s, const struct stet_save_options *o,
                 struct stet_error *err)
{
    struct stet_buf job;
    int rc;

    stet_buf_init(&job, MAX_JOB);
    rc = describe_job(&job, s, o);
    rc = rc < 0 ? stet_fail(err, rc, "too many seeds")
                : stet_archive_begin_run(s->run.archive, stet_buf_span(&job),
                                         s->seeds, s->n, &s->run.resumed, err);
    stet_buf_clear(&job);
    if (rc == STET_OK)
        s->run.product.run = stet_archive_run(s->run.archive);
    return rc;
}

static int open_queues(struct stet_run *r, struct stet_error *err)
{
    int rc = stet_queue_new(&r->to_engine, STET_MAX_MESSAGES);

    if (rc == STET_OK)
        rc = stet_queue_new(&r->to_commit, STET_MAX_MESSAGES);
    if (rc == STET_OK)
        rc = stet_queue_new(&r->jobs, STET_MAX_WINDOW);
    return rc < 0 ? stet_fail(err, rc, "no memory for queues") : STET_OK;
}

static void stop_workers(void *ctx)
{
    stet_queue_close(((struct stet_run *)ctx)->jobs);
}

static void stop_committer(void *ctx)
{
    stet_queue_close(((struct stet_run *)ctx)->to_commit);
}

/*
 * Starts the threads, fetches, and ends them in the order in which work
 * flows, so that all of it arrives.
 */
static int fetch(struct save *s, bool *stopped, struct stet_error *err)
{
    struct stet_run *r = &s->run;
    size_t n = r->o->fixed.serial ? 1 : stet_pool_cores();
    struct stet_message *m;
    int rc = stet_pool_start(&s->committer, COMMIT_THREADS, stet_run_commit,
                             stop_committer, r);

    if (rc == STET_OK)
        rc = stet_pool_start(&s->workers, n, stet_run_work, stop_workers, r);
    if (rc < 0)
        rc = stet_fail(err, rc, "cannot start threads");
    else
        rc = stet_run_fetch(r, stopped, err);
    stop_workers(r);
    stet_pool_join(s->workers);
    stop_committer(r);
    /* Nobody reads its messages any more; it must not wait for room. */
    stet_queue_close(r->to_engine);
    stet_pool_join(s->committer);
    while (rc == STET_OK && (m = stet_queue_pop(r->to_engine))) {
        if (m->kind == STET_MSG_FAILED) {
            *err = m->error;
            rc = m->error.code;
        }
        stet_message_free(m);
    }
    if (rc == STET_OK && r->commit_error.code < 0) {
        *err = r->commit_error;
        rc = err->code;
    }
    return rc;
}

static void tell_phase(const struct stet_save_options *o, const char *phase)
{
    struct stet_save_progress p = { .phase = phase };

    if (o->on_progress)
        o->on_progress(o->ctx, &p);
}

static int finish(struct save *s, bool *stopped, struct stet_save_summary *out,
                  struct stet_error *err)
{
    const struct stet_save_options *o = s->run.o;
    int rc;

    tell_phase(o, "indexing");
    rc = stet_archive_derive(s->run.archive, err);
    if (rc == STET_OK && !*stopped && o->rewrite) {
        tell_phase(o, "converting");
        rc = stet_run_convert(&s->run, &out->conversions, err);
        *stopped = rc == STET_END;
        if (*stopped)
            rc = STET_OK;
    }
    if (rc == STET_OK && !*stopped)
        rc = stet_archive_end_run(s->run.archive, err);
    return rc;
}

static int tally(void *ctx, const struct stet_tally *t)
{
    struct stet_save_summary *out = ctx;
    bool failed = !stet_span_eqs(t->outcome, "ok") || t->status >= 400;
    bool redirect = t->status >= 300 && t->status < 400;

    out->bytes += t->bytes;
    out->revisits += t->revisits;
    if (t->role == STET_ROLE_REQUISITE && !redirect) {
        out->requisites += t->n;
        out->requisites_failed += failed ? t->n : 0;
    } else if (t->role == STET_ROLE_LINKED && !redirect) {
        out->linked += t->n;
        out->linked_failed += failed ? t->n : 0;
    } else if (t->role == STET_ROLE_ROBOTS) {
        out->robots += t->n;
    }
    return STET_OK;
}

static int tell_failure(void *ctx, const struct stet_failure *f)
{
    const struct stet_save_options *o = ctx;
    char word[32];
    struct stet_save_event e = { .url = f->url,
                                 .role = f->is_seed ? "seed" : "related",
                                 .outcome = word,
                                 .why = f->why,
                                 .status = f->status };

    snprintf(word, sizeof(word), "%.*s",
             (int)stet_span_sub(f->outcome, 0, sizeof(word) - 1).len,
             f->outcome.ptr);
    o->on_failure(o->ctx, &e);
    return STET_OK;
}

static int sum_up(struct save *s, struct stet_save_summary *out,
                  struct stet_error *err)
{
    struct stet_save_options o = *s->run.o;
    struct stet_page_tally pages = { 0, 0, 0, 0 };
    int rc = stet_archive_tally(s->run.archive, tally, out, err);

    if (rc == STET_OK)
        rc = stet_archive_tally_pages(s->run.archive, &pages, err);
    if (rc < 0)
        return rc;
    out->seeds = pages.seeds;
    out->seeds_failed = pages.seeds_failed;
    out->related = pages.related;
    out->related_failed = pages.related_failed;
    if (!o.on_failure)
        return STET_OK;
    return stet_archive_each_failure(s->run.archive, tell_failure, &o, err);
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

static int check_options(const struct stet_save_options *o,
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

static int prepare(struct save *s, const struct stet_save_options *o,
                   struct stet_error *err)
{
    int rc = check_options(o, err);

    stet_buf_init(&s->agent, MAX_INFO);
    set_clock(s, o);
    set_product(s, o);
    if (rc == STET_OK)
        rc = parse_seeds(s, o, err);
    if (rc == STET_OK)
        rc = parse_allowed(s, o, err);
    if (rc == STET_OK)
        rc = set_agent(s, o, err);
    if (rc == STET_OK) {
        set_fetch(s, o);
        rc = stet_fetch_curl_new(&s->run.fetcher, &s->run.fetch, &s->run.clock,
                                 err);
    }
    if (rc == STET_OK)
        rc = open_queues(&s->run, err);
    if (rc == STET_OK)
        rc = open_archive(s, o, err);
    return rc;
}

static void clear(struct save *s)
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
    if (s->run.fetcher.ops)
        stet_fetcher_free(&s->run.fetcher);
    stet_message_queue_free(s->run.to_engine);
    stet_message_queue_free(s->run.to_commit);
    stet_queue_free(s->run.jobs);
    stet_archive_close(s->run.archive);
    stet_free(s);
}

int stet_save(const struct stet_save_options *o, struct stet_save_summary *out,
              struct stet_error *err)
{
    struct stet_error unheard;
    struct save *s = stet_alloc(sizeof(*s));
    int64_t began = stet_clock_steady(&stet_clock_real);
    bool stopped = false;
    int rc;

    if (!err)
        err = &unheard;
    *out = (struct stet_save_summary){ .resumed = false };
    if (!s)
        return stet_fail(err, STET_ENOMEM, "no memory for a run");
    rc = prepare(s, o, err);
    if (rc == STET_OK)
        rc = begin(s, o, err);
    if (rc == STET_OK)
        rc = fetch(s, &stopped, err);
    if (rc == STET_OK)
        rc = finish(s, &stopped, out, err);
    if (rc == STET_OK)
        rc = sum_up(s, out, err);
    out->resumed = s->run.resumed;
    out->stopped = stopped;
    out->elapsed_ms = stet_clock_steady(&stet_clock_real) - began;
    clear(s);
    return rc;
}
