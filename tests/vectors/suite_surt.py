"""SURT keys as surt for Python makes them.

Its options change only how a key is written (a scheme, a comma), so that
their rows are asked, too, and the difference taken away.  What its
canonicalisers make of a URL has the key of that URL.  Canonicalisers for Java
have a policy of their own (see the note of the suite) and are not asked."""

import re

from harness import Case, case, data, ident

FILES = ["surt/generated_from_wpt_hrefs.jsonl", "surt/test_surt.jsonl"]
IN_PARTS = True
WRITTEN = {"trailing_comma", "with_scheme"}
CANONICALISERS = {"surt.DefaultIAURLCanonicalizer.canonicalize", "surt.IAURLCanonicalizer.canonicalize",
                  "surt.GoogleURLCanonicalizer.canonicalize"}


def keys(ctx):
    """Part, URL and key."""
    for r in ctx.jsonl(FILES[0]):
        yield "generated", r["url"], r["surt"]
    for r in ctx.jsonl(FILES[1]):
        opts = {k for k, v in (r.get("opts") or {}).items() if v} - {"host_massage", "reverse_ipaddr"}
        plain = (r.get("opts") or {}).get("host_massage") is not False and opts <= WRITTEN
        if r.get("fn") == "surt.surt" and plain and not r.get("xfail") and r["input"]:
            want = re.sub(r"^[a-z]+://\(", "", r["want"]) if "with_scheme" in opts else r["want"]
            yield "test_surt", r["input"], want.replace(",)", ")", 1)
        if "out" in r and r.get("opts") == {"reverse_ipaddr": True}:
            yield "test_surt", r["url"], r["out"]


def pairs(ctx):
    """A URL and its canonical form."""
    for r in ctx.jsonl(FILES[1]):
        if r.get("fn") in CANONICALISERS and not r.get("opts") and not r.get("xfail"):
            yield r["input"], r["want"]


def cases(ctx):
    rows = list(keys(ctx))
    for (part, url, want), a in zip(rows, ctx.ask("url", [{"input": data(u)} for _, u, _ in rows])):
        # A key is made of hrefs: what is not a URL has none.
        if "error" not in a:
            yield case(part + "/" + ident(url), a.get("surt"), want)
    urls = [x for pair in pairs(ctx) for x in pair]
    answers = ctx.ask("url", [{"input": data(u)} for u in urls])
    for url, a, b in zip(urls[::2], answers[::2], answers[1::2]):
        if "error" not in a and "error" not in b:
            yield Case("canonical/" + ident(url), a["surt"] == b["surt"], f"{a['surt']} and {b['surt']}")
