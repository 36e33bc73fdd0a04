"""pywb's sample archive: our index of its WARC files against its own.

stet's lines are those of cdxj-indexer, which differ from pywb's by rule: a
digest has its label, a revisit the status of its head, and a response without
a type has none (pywb: "unk").  Lines that pywb's samples were robbed of fields
in are held against what is left."""

import json
import subprocess

from harness import Case, case

FILES = ["pywb-sample/cdxj", "pywb-sample/cdx", "pywb-sample/warcs"]


COLUMNS = ["url", "mime", "status", "digest", "redirect", "meta", "length", "offset", "filename"]


def parse(line):
    """Key, timestamp, and the rest by name, without what pywb writes otherwise."""
    head, brace, rest = line.partition(" {")
    if brace:
        key, stamp = head.split(" ")
        members = json.loads(brace[1:] + rest)
    else:
        key, stamp, *columns = line.split(" ")
        members = {k: v for k, v in zip(COLUMNS, columns) if v != "-"}
    if "digest" in members:
        members["digest"] = members["digest"].removeprefix("sha1:")
    if members.get("mime") == "unk":
        del members["mime"]
    if members.get("mime") == "warc/revisit":
        members.pop("status", None)
    return key, stamp, members


def is_line(want, got):
    """Equal, or theirs is ours without some fields."""
    return got[:2] == want[:2] and all(got[2].get(k) == v for k, v in want[2].items())


def theirs(ctx):
    """(file of theirs, options that make the like) of each plain index."""
    for path in sorted((ctx.vectors / "pywb-sample/cdxj").glob("*.cdxj")):
        yield path, []
    for path in sorted((ctx.vectors / "pywb-sample/cdx").glob("*.cdx")):
        yield path, ["--cdx"]


def files_of(ctx, lines):
    """The WARC files that lines name, where they are there."""
    names = sorted({l[2]["filename"] for l in lines})
    paths = [ctx.vectors / "pywb-sample/warcs" / n for n in names]
    return paths if all(p.exists() for p in paths) else None


def cases(ctx):
    for path, options in theirs(ctx):
        want = [parse(l) for l in path.read_text().splitlines() if not l.startswith(" CDX")]
        files = files_of(ctx, want)
        if files is None:
            continue
        keys = [l[0] for l in want]
        if any("__wb_method" in k for k in keys):
            options = [*options, "--post-append"]
        done = subprocess.run([ctx.stet, "index", *options, *files], capture_output=True, text=True)
        got = [parse(l) for l in done.stdout.splitlines() if not l.startswith(" CDX")]
        name = f"{path.parent.name}/{path.name}"
        # A sample may hold a part of the lines: then ours hold all of them.
        for n, line in enumerate(want):
            yield Case(f"{name}/{n}", any(is_line(line, g) for g in got),
                       f"want {line!r}, got {[g for g in got if g[:2] == line[:2]]!r}")
        yield case(name + "/sorted", got, sorted(got, key=lambda l: (l[0], l[1])))
