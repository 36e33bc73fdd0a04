"""JWAT's tables of dates, media types and version lines, one record a row,
and its files by what their names say.

Its table of Base32 is of texts of any length; a digest has one length, so
the rows of eight characters stand for the whole, filled up to a SHA-1's."""

import warcs
from harness import case

DIR = "warc-jwat"
TABLES = DIR + "/tables/"
FILES = [TABLES + "TestWarcDate.jsonl", TABLES + "TestContentType.jsonl",
         TABLES + "TestWarcHeaderVersion.jsonl", TABLES + "TestBase32.jsonl",
         DIR + "/jwat-warc/src/test/resources"]

DATE = "WARC-Date: 2020-01-02T03:04:05Z"
URI = "WARC-Target-URI: http://a.example/"
TYPE = "Content-Type: text/plain"


def ask(ctx, files, rows, rule, make):
    """One file with a record a row: whether the rule speaks of it."""
    data, at = b"", {}
    for n, row in enumerate(rows):
        at[len(data)] = n
        data += make(row, n + 1)
    bad = {at.get(offset) for name, _, offset in
           warcs.findings(ctx, files.make("table.warc", data)) if name in rule}
    return [n not in bad for n in range(len(rows))]


def dates(ctx, files):
    rows = list(ctx.jsonl(FILES[0]))
    good = ask(ctx, files, rows, {"date-format", "field-missing", "field-empty"},
               lambda r, n: warcs.record("WARC-Date: " + r["row"][0], URI, TYPE, id=n,
                                         version=b"WARC/1.1"))
    for row, ok in zip(rows, good):
        yield case(row["id"], ok, len(row["row"]) > 1)._replace(detail=repr(row["row"]))


def media_types(ctx, files):
    rows = [r for r in ctx.jsonl(FILES[1]) if r["row"][1] is not None and r["row"][1].strip()]
    good = ask(ctx, files, rows, {"content-type-format"},
               lambda r, n: warcs.record(DATE, URI, "Content-Type: " + r["row"][1], id=n))
    for row, ok in zip(rows, good):
        yield case(row["id"], ok, row["row"][0])._replace(detail=repr(row["row"]))


def versions(ctx, files):
    for row in ctx.jsonl(FILES[2]):
        if len(row["row"]) < 5:
            continue
        line = row["row"][1].split("\r\n")[0].encode()
        path = files.make("version.warc", warcs.record(DATE, URI, TYPE, version=line))
        yield case(row["id"], not warcs.faults(ctx, path), row["row"][4])._replace(
            detail=repr(row["row"]))


def base32(ctx, files):
    rows = [r for r in ctx.jsonl(FILES[3]) if len(r["row"][1]) == 8 and "=" not in r["row"][1]]
    good = ask(ctx, files, rows, {"digest-format"},
               lambda r, n: warcs.record(DATE, URI, TYPE, "WARC-Payload-Digest: sha1:" + "a" * 24 +
                                         r["row"][1], id=n))
    for row, ok in zip(rows, good):
        yield case(row["id"], ok, row["row"][0])._replace(detail=repr(row["row"]))


def by_name(ctx):
    for path in sorted((ctx.vectors / DIR).rglob("*.warc*")):
        word = path.name.split("-")[0]
        if word in ("valid", "invalid"):
            rules = warcs.faults(ctx, path)
            yield case("file/" + path.name, "invalid" if rules else "valid", word)._replace(
                detail=str(rules))


def cases(ctx):
    with warcs.Files() as files:
        yield from dates(ctx, files)
        yield from media_types(ctx, files)
        yield from versions(ctx, files)
        yield from base32(ctx, files)
    yield from by_name(ctx)
