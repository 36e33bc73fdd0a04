#include "pack/signer.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/span.h"
#include "fetch/post.h"
#include "sign/key.h"
#include "wacz/auth.h"
#include "json/json.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_ANSWER = 4 << 20, MAX_KEY = 4096, MAX_TOKEN = 4096 };

static void add_now(char out[STET_DATE_TEXT_MAX])
{
    stet_date_print_s(out, stet_clock_wall(&stet_clock_real));
}

/* -- with a key of ours ---------------------------------------------------- */

/* $XDG_CONFIG_HOME/stet/wacz-key.pem, or ~/.config/stet/wacz-key.pem */
static int default_key(char out[PATH_MAX], struct stet_error *err)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int n = config && *config
                ? snprintf(out, PATH_MAX, "%s/stet/wacz-key.pem", config)
            : home && *home
                ? snprintf(out, PATH_MAX, "%s/.config/stet/wacz-key.pem", home)
                : -1;

    if (n < 0 || n >= PATH_MAX)
        return stet_fail(err, STET_EUSAGE,
                         "there is no home for a key: name its file");
    return STET_OK;
}

static void put_member(struct stet_json_writer *w, const char *name,
                       struct stet_buf *room, struct stet_span bytes)
{
    stet_buf_reset(room);
    stet_base64_add(room, bytes);
    stet_json_member_string(w, name, stet_buf_span(room));
}

static void put_data(struct stet_json_writer *w, struct stet_span hash,
                     struct stet_span signature, struct stet_span key,
                     struct stet_buf *room)
{
    char now[STET_DATE_TEXT_MAX];

    add_now(now);
    stet_json_key(w, "signedData");
    stet_json_begin_object(w);
    stet_json_member_string(w, "hash", hash);
    stet_json_member_string(w, "created", stet_span_of(now));
    stet_json_member_string(w, "software", STET_SPAN("stet " STET_VERSION));
    stet_json_member_string(w, "version", STET_SPAN("0.1.0"));
    put_member(w, "signature", room, signature);
    put_member(w, "publicKey", room, key);
    stet_json_end(w);
}

static int sign_here(struct stet_json_writer *w, const char *path,
                     struct stet_span hash, struct stet_error *err)
{
    struct stet_key *key = NULL;
    struct stet_buf signature, public_key, room;
    char where[PATH_MAX];
    int rc = path ? STET_OK : default_key(where, err);

    stet_buf_init(&signature, MAX_KEY);
    stet_buf_init(&public_key, MAX_KEY);
    stet_buf_init(&room, MAX_KEY);
    if (rc == STET_OK)
        rc = stet_key_open(&key, path ? path : where, err);
    if (rc == STET_OK)
        rc = stet_key_sign(key, hash, &signature, err);
    if (rc == STET_OK)
        rc = stet_key_public(key, &public_key, err);
    if (rc == STET_OK)
        put_data(w, hash, stet_buf_span(&signature), stet_buf_span(&public_key),
                 &room);
    if (rc == STET_OK && stet_buf_status(&room) < 0)
        rc = stet_fail(err, STET_ENOMEM, "no memory to sign");
    stet_key_free(key);
    stet_buf_clear(&signature);
    stet_buf_clear(&public_key);
    stet_buf_clear(&room);
    return rc;
}

/* -- by a service ---------------------------------------------------------- */

/* Problems of trust are the reader's to judge; what is not a signature of
 * our hash is not taken. */
static void on_problem(void *ctx, enum stet_auth_problem p, const char *text)
{
    struct stet_error *err = ctx;

    if (err->code == 0 && (p == STET_AUTH_SHAPE || p == STET_AUTH_SIGNATURE))
        stet_fail(err, STET_EFORMAT, "the service's answer: %s", text);
}

static int take_answer(struct stet_json_writer *w, struct stet_span answer,
                       struct stet_span hash, const char *cacert,
                       struct stet_error *err)
{
    struct stet_error bad = { 0 };
    struct stet_roots *roots = NULL;
    struct stet_json *json = NULL;
    int rc = stet_json_parse(&json, answer, NULL, err);

    if (rc == STET_OK)
        rc = stet_roots_open(&roots, cacert, err);
    if (rc == STET_OK)
        rc = stet_auth_verify(stet_json_root(json), hash, roots, on_problem,
                              &bad, err);
    if (rc == STET_OK && bad.code != 0) {
        rc = bad.code;
        if (err)
            *err = bad;
    }
    if (rc == STET_OK) {
        stet_json_key(w, "signedData");
        stet_json_put_value(w, stet_json_root(json));
    }
    stet_roots_free(roots);
    stet_json_free(json);
    return rc;
}

/* {"hash":"sha256:...","created":"..."} */
static int ask(const struct stet_pack_options *o, const char *token,
               struct stet_span hash, struct stet_buf *answer,
               struct stet_error *err)
{
    struct stet_post_options post = { .url = o->sign_url,
                                      .token = token,
                                      .cacert = o->cacert,
                                      .user_agent = "stet/" STET_VERSION };
    char now[STET_DATE_TEXT_MAX];
    struct stet_json_writer w;
    struct stet_buf body;
    int rc;

    add_now(now);
    stet_buf_init(&body, MAX_KEY);
    stet_json_writer_init(&w, &body, STET_JSON_COMPACT);
    stet_json_begin_object(&w);
    stet_json_member_string(&w, "hash", hash);
    stet_json_member_string(&w, "created", stet_span_of(now));
    stet_json_end(&w);
    rc = stet_buf_status(&body);
    rc = rc < 0 ? stet_fail(err, rc, "no memory to sign")
                : stet_fetch_post(&post, stet_buf_span(&body), answer, err);
    stet_buf_clear(&body);
    return rc;
}

static int sign_there(struct stet_json_writer *w,
                      const struct stet_pack_options *o, struct stet_span hash,
                      struct stet_error *err)
{
    struct stet_buf answer, file;
    char *token = NULL;
    int rc = STET_OK;

    stet_buf_init(&answer, MAX_ANSWER);
    stet_buf_init(&file, MAX_TOKEN);
    if (o->sign_token_file) {
        rc = stet_file_read(o->sign_token_file, &file, err);
        token = rc == STET_OK
                    ? stet_span_dup(stet_span_trim(stet_buf_span(&file)))
                    : NULL;
        if (rc == STET_OK && !token)
            rc = stet_fail(err, STET_ENOMEM, "no memory for a token");
    }
    if (rc == STET_OK)
        rc = ask(o, token, hash, &answer, err);
    if (rc == STET_OK)
        rc = take_answer(w, stet_buf_span(&answer), hash, o->cacert, err);
    stet_free(token);
    stet_buf_clear(&answer);
    stet_buf_clear(&file);
    return rc;
}

int stet_pack_sign(struct stet_json_writer *w,
                   const struct stet_pack_options *o, struct stet_span hash,
                   struct stet_error *err)
{
    if (o->sign_url)
        return sign_there(w, o, hash, err);
    return o->sign || o->key ? sign_here(w, o->key, hash, err) : STET_OK;
}
