"""The samples of the WARC specifications, a file of wget's, and which bytes
the payload digests of the field are of."""

import warcs
from harness import case

SPEC = "warc-spec-samples"
HELLO = SPEC + "/primers/web-archive-formats/"
DEDUP = SPEC + "/specifications/warc-deduplication/samples/"
WGET = "warc-wget/wget-1.21.3-chunked.warc"
DIGESTS = "warc-payload-digest/cases.jsonl"
FILES = [HELLO + "hello-world.warc", WGET, DIGESTS]


def musts(ctx, name):
    return sorted({rule for rule, level, _ in warcs.findings(ctx, ctx.vectors / name)
                   if level == "must"})


def hello(ctx):
    plain = warcs.listed(ctx, ctx.vectors / HELLO / "hello-world.warc")
    packed = warcs.listed(ctx, ctx.vectors / HELLO / "hello-world.warc.gz")
    same = ("type", "url", "date", "id", "payloadDigest")
    yield case("hello-world/same", [[r.get(k) for k in same] for r in packed],
               [[r.get(k) for k in same] for r in plain])
    page = next(r for r in plain if r["type"] == "response")
    body = warcs.run(ctx, "show", "--body", ctx.vectors / HELLO / "hello-world.warc", page["offset"])
    yield case("hello-world/body", body.stdout.split(), [b"Hello", b"World"])


def originals(ctx):
    """A revisit leads to the record that it is of."""
    new = ctx.vectors / DEDUP / "20141129-heritrix-revisit-with-http-headers-and-new-warc-headers.warc.gz"
    old = ctx.vectors / DEDUP / "20141129-heritrix-original.warc.gz"
    if new.exists() and old.exists():
        revisit, original = warcs.listed(ctx, new)[0], warcs.listed(ctx, old)[0]
        yield case("dedup/original", [revisit["type"], revisit["payloadDigest"]],
                   ["revisit", original["payloadDigest"]])


def digests(ctx):
    for row in ctx.jsonl(DIGESTS):
        path = ctx.vectors / row["file"]
        if not path.exists():
            continue
        rules = [rule for rule, _, _ in warcs.findings(ctx, path)]
        raw = row["payload_digest_is_over"].startswith("raw")
        told = {"payload-digest", "payload-digest-chunked"} & set(rules)
        # Where the body is chunked no more, raw and entity are the same.
        yield case(row["id"], sorted(told), ["payload-digest-chunked"]
                   if raw and "http-chunks" not in rules else [])


def cases(ctx):
    for path in sorted((ctx.vectors / SPEC).rglob("*.warc*")):
        if path.suffix in (".gz", ".warc"):
            name = str(path.relative_to(ctx.vectors))
            yield case(name, musts(ctx, name), [])
    yield case(WGET, musts(ctx, WGET), [])
    yield from hello(ctx)
    yield from originals(ctx)
    yield from digests(ctx)
