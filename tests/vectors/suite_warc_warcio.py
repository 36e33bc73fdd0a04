"""warcio's own WARC and ARC files with what its tests say of them.

Its check counts digests; stet names a rule a digest.  What it refuses to
index (members that are no records) stet reads, and tells."""

import base64
import hashlib

import warcs
from harness import case

DIR = "warc-warcio"
FILES = [DIR + "/expect.jsonl"]

# Where stet tells what warcio refuses.
REFUSED = {"gzip-member-per-record", "gzip-broken", "garbage-between-records"}

FRAMING = REFUSED | {"record-end", "record-cut-off"}

# What recompressing makes of those that can be.
REPAIRED = {
    "example-bad-non-chunked.warc.gz":
        ["warcinfo", "warcinfo", "response", "request", "revisit", "request"],
    "example-wrong-chunks.warc.gz": ["response", "request"],
}


def arc_name(kind):
    """warcio calls an ARC file's own record by another name."""
    return "warcinfo" if kind == "arc_header" else kind


def types(ctx, row, path):
    got = warcs.listed(ctx, path)
    yield case(row["id"], [r["type"] for r in got], [arc_name(t) for t in row["record_types"]])
    if "offsets" in row:
        yield case(row["id"] + "/offsets", [r["offset"] for r in got], row["offsets"])
    if "warnings" in row:
        told = [f for f in warcs.findings(ctx, path) if f[0] == "record-end" or f[0] == "garbage-between-records"]
        yield case(row["id"] + "/warnings", bool(told), bool(row["warnings"]))


def must_fail(ctx, row, path, files):
    if "start_offset" in row:
        done = warcs.run(ctx, "show", path, row["start_offset"])
        yield case(row["id"], done.returncode != 0, True)
        return
    yield case(row["id"], bool(REFUSED & set(warcs.faults(ctx, path))), True)
    if row["file"] in REPAIRED:
        out = files.path("again-" + row["file"])
        warcs.run(ctx, "recompress", "-q", path, out)
        yield case(row["id"] + "/recompressed", [r["type"] for r in warcs.listed(ctx, out)],
                   REPAIRED[row["file"]])
        yield case(row["id"] + "/sound", sorted(FRAMING & set(warcs.faults(ctx, out))), [])


def check(ctx, row, path, files):
    if "replace_first" in row:
        old, new = (s.encode() for s in row["replace_first"])
        with open(path, "rb") as f:
            path = files.make("changed.warc", f.read().replace(old, new, 1))
        said = {r for r, _, _ in warcs.findings(ctx, path)}
        bad = bool(said & {"block-digest", "payload-digest", "digest-unchecked", "digest-format"})
    else:
        said = {r for r, level, _ in warcs.findings(ctx, path) if level == "must"}
        bad = bool(said & {"block-digest", "payload-digest", "digest-format"})
    yield case(row["id"], int(bad), row["check"]["exit"])


def index(ctx, row, path):
    for n, (got, want) in enumerate(zip(warcs.listed(ctx, path), row["want"])):
        pairs = {"offset": str(got["offset"]), "warc-type": got["type"],
                 "warc-target-uri": got.get("url")}
        if path.endswith(".gz"):
            pairs["length"] = str(got["length"])
        if got["type"] in ("response", "revisit"):
            pairs["http:content-type"] = got.get("mime")
        yield case(f"{row['id']}/{n}", pairs, {k: want.get(k) for k in pairs})


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def from_arc(ctx, row, path, files):
    out = files.path("from-arc.warc.gz")
    warcs.run(ctx, "recompress", "-q", path, out)
    for n, (got, want) in enumerate(zip(warcs.listed(ctx, out), row["arc2warc"])):
        block = warcs.run(ctx, "show", "--block", out, got["offset"]).stdout
        told = {"warc-type": got["type"], "warc-block-digest": sha1(block)}
        if "warc-payload-digest" in want:
            body = warcs.run(ctx, "show", "--payload", out, got["offset"]).stdout
            told["warc-payload-digest"] = sha1(body)
        yield case(f"{row['id']}/{n}", told, want)


def cases(ctx):
    with warcs.Files() as files:
        for row in ctx.jsonl(FILES[0]):
            path = str(ctx.vectors / DIR / row["file"])
            if "record_types" in row:
                yield from types(ctx, row, path)
            elif row.get("must_fail"):
                yield from must_fail(ctx, row, path, files)
            elif "target_uri" in row:
                first = next(r for r in warcs.listed(ctx, path) if r["type"] == row["first"])
                yield case(row["id"], first["url"], row["target_uri"])
            elif "check" in row:
                yield from check(ctx, row, path, files)
            elif "want" in row:
                yield from index(ctx, row, path)
            elif "arc2warc" in row:
                yield from from_arc(ctx, row, path, files)
