/*
 * The tables of stet.db.  A released step is never changed: what is new
 * comes in a step behind it.
 */
#include "archive/inside.h"

/* url is the frontier's own table. */
static const char tables[] =
    "CREATE TABLE run("
    " id INTEGER PRIMARY KEY, job TEXT NOT NULL, started_ms INTEGER NOT NULL,"
    " ended_ms INTEGER);"
    "CREATE TABLE file("
    " name TEXT PRIMARY KEY, committed INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE page("
    " id INTEGER PRIMARY KEY, run INTEGER NOT NULL, page_id TEXT NOT NULL,"
    " url TEXT NOT NULL, seed INTEGER NOT NULL, depth INTEGER NOT NULL,"
    " open INTEGER NOT NULL, complete INTEGER NOT NULL DEFAULT 0,"
    " title TEXT, date_ms INTEGER, status INTEGER, mime TEXT, facts TEXT,"
    " favicon TEXT, outcome TEXT);"
    "CREATE INDEX url_page ON url(page, role);"
    "CREATE TABLE need("
    " page INTEGER NOT NULL, target INTEGER NOT NULL,"
    " PRIMARY KEY(page, target)) WITHOUT ROWID;"
    "CREATE INDEX need_target ON need(target);"
    "CREATE TABLE edge("
    " parent INTEGER NOT NULL, child INTEGER NOT NULL,"
    " PRIMARY KEY(parent, child)) WITHOUT ROWID;"
    "CREATE TABLE capture("
    " id INTEGER PRIMARY KEY, run INTEGER NOT NULL, target INTEGER NOT NULL,"
    " url TEXT NOT NULL, key TEXT NOT NULL, date_ms INTEGER NOT NULL,"
    " type TEXT NOT NULL, status INTEGER, mime TEXT, digest TEXT,"
    " chunked INTEGER NOT NULL, size INTEGER NOT NULL, file TEXT NOT NULL,"
    " offset INTEGER NOT NULL, length INTEGER NOT NULL,"
    " record_id TEXT NOT NULL);"
    "CREATE INDEX capture_key ON capture(key, date_ms);"
    "CREATE INDEX capture_digest ON capture(digest, chunked)"
    " WHERE type = 'response' AND size >= 1024;"
    "CREATE TABLE robots("
    " run INTEGER NOT NULL, origin TEXT NOT NULL, answer INTEGER NOT NULL,"
    " body TEXT NOT NULL, PRIMARY KEY(run, origin)) WITHOUT ROWID;"
    "CREATE INDEX url_by_url ON url(url);";

/* Pages alone are asked for by their page; URLs are found by the frontier. */
static const char fewer_indexes[] =
    "DROP INDEX url_by_url;"
    "DROP INDEX url_page;"
    "CREATE INDEX url_page ON url(page) WHERE role IN (0, 1, 5);";

/* Rules are asked for anew when they are old: `edition` counts them. */
static const char rules_age[] =
    "ALTER TABLE robots ADD COLUMN date_ms INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE robots ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;";

/* What pages need is kept by document, and not for each page anew: see
 * needs.c.  page.root is the target of a page's own document. */
static const char parts[] =
    "CREATE TABLE part("
    " parent INTEGER PRIMARY KEY, children TEXT NOT NULL);"
    "INSERT INTO part SELECT parent, group_concat(child) FROM edge"
    " GROUP BY parent;"
    "CREATE TABLE wait("
    " target INTEGER NOT NULL, page INTEGER NOT NULL,"
    " PRIMARY KEY(target, page)) WITHOUT ROWID;"
    "CREATE TABLE pending(page INTEGER PRIMARY KEY, open INTEGER NOT NULL);"
    "INSERT INTO pending SELECT id, open FROM page WHERE open > 0;"
    "ALTER TABLE page ADD COLUMN root INTEGER NOT NULL DEFAULT 0;"
    "UPDATE page SET root = (SELECT min(id) FROM url WHERE page = page.id"
    " AND role IN (0, 1, 5));"
    "INSERT INTO wait SELECT n.target, n.page FROM need n"
    " JOIN url u ON u.id = n.target JOIN page p ON p.id = n.page"
    " WHERE u.done = 0 AND n.target <> p.root;"
    "DROP TABLE need;"
    "DROP TABLE edge;"
    "ALTER TABLE page DROP COLUMN open;"
    "ALTER TABLE page DROP COLUMN complete;";

/* The same pages, said in words that cost nothing. */
static const char page_roles[] =
    "DROP INDEX url_page;"
    "CREATE INDEX url_page ON url(page) WHERE " STET_ROLES_OF_PAGES ";";

/* text: the first page with each text.  page.same is that of another page.
 * listed: the list that a story was found in. */
static const char stories[] =
    "CREATE TABLE text("
    " page INTEGER PRIMARY KEY, high INTEGER NOT NULL,"
    " low INTEGER NOT NULL);"
    "ALTER TABLE page ADD COLUMN same INTEGER;"
    "CREATE TABLE listed("
    " target INTEGER PRIMARY KEY, heading TEXT NOT NULL,"
    " position INTEGER NOT NULL);";

/* The end of a digest is enough to find a row by, and a fifth of the bytes. */
static const char short_digests[] =
    "DROP INDEX capture_digest;"
    "CREATE INDEX capture_digest ON capture(substr(digest, -12))"
    " WHERE type = 'response' AND size >= 1024;";

/* How the targets of a run came out, those alike in one row. */
static const char tallies[] =
    "CREATE TABLE tally("
    " run INTEGER NOT NULL, role INTEGER NOT NULL, outcome TEXT NOT NULL,"
    " class INTEGER NOT NULL, came INTEGER NOT NULL, n INTEGER NOT NULL,"
    " bytes INTEGER NOT NULL, why TEXT NOT NULL,"
    " PRIMARY KEY(run, role, outcome, class, came)) WITHOUT ROWID;"
    "INSERT INTO tally SELECT run, role, coalesce(outcome, ''),"
    " coalesce(status, 0) / 100 AS c, coalesce(revisit, 0) AS r, count(*),"
    " coalesce(sum(bytes), 0), coalesce(min(why), '') FROM url WHERE done = 1"
    " GROUP BY run, role, outcome, c, r;";

const char *const stet_archive_schema[] = { stet_frontier_schema,
                                            tables,
                                            stet_frontier_schema_hosts,
                                            fewer_indexes,
                                            rules_age,
                                            parts,
                                            page_roles,
                                            stories,
                                            short_digests,
                                            tallies,
                                            NULL };
