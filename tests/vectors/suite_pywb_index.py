"""pywb's doctests of its indexer and of its keys.

Those of its CDX server, of binary search and of compressed blocks call
functions of Python; what they are about is in tests/unit/index."""

import subprocess

from harness import case
from suite_pywb_sample import parse

FILES = ["pywb-index/doctests.jsonl", "pywb-sample/warcs"]

OPTIONS = {"sort": None, "append_post": "--post-append", "cdx09": "--cdx9"}


def indexing(ctx, row):
    kwargs = {k: v for k, v in row.get("kwargs", {}).items() if v}
    if not set(kwargs) <= {*OPTIONS, "arc2warc"} or "error" in row:
        return None
    args = [OPTIONS[k] for k in kwargs if OPTIONS.get(k)]
    if not kwargs.get("sort"):
        args.append("--unsorted")
    if "--cdx9" not in args:
        args.append("--cdx")
    path = ctx.vectors / "pywb-sample" / "warcs" / row["args"][0]
    done = subprocess.run([ctx.stet, "index", *args, path], capture_output=True, text=True)
    return lines(done.stdout)


def lines(text):
    """The head line, and the lines as the samples are compared."""
    return [l if l.startswith(" CDX") else parse(l) for l in text.split("\n") if l]


def cases(ctx):
    for row in ctx.jsonl(FILES[0]):
        if row["fn"] == "print_cdx_index":
            got = indexing(ctx, row)
            if got is not None:
                yield case(row["id"], got, lines(row["want_repr"]))
        if row["fn"] == "canonicalize" and row.get("kwargs", {}).get("surt_ordered", True):
            answer = ctx.ask("url", [{"input": row["args"][0]}])[0]
            if "error" not in row:
                yield case(row["id"], repr(answer.get("surt")), row["want_repr"])
