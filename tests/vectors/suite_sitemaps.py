"""crawler-commons' sitemap tests: the URLs of sitemaps, indexes and feeds.

A row counts the entries of its file and names those that the test mentions:
all of these must be found, and as many as counted, or more of a feed, since
its own page and picture are links, too.  Rows that must fail there ask for
strictness; here a broken file gives what can be read of it.
"""

import gzip
import xml.etree.ElementTree as ET

from harness import Case, data

FILES = ["sitemap-crawler-commons/sitemaps.jsonl"]


def content(ctx, row):
    if "content" in row:
        return row["content"].encode()
    text = (ctx.vectors / "sitemap-crawler-commons" / row["file"]).read_bytes()
    return gzip.decompress(text) if text[:2] == b"\x1f\x8b" else text


def kind_of(text):
    head = text[:2000]
    return "feed" if any(x in head for x in (b"<rss", b"<feed", b"<rdf:RDF")) else "sitemap"


def fault(row, kind, links):
    """What of a row does not hold."""
    urls = {x["url"] for x in links}
    entries = {x["url"] for x in links if x["context"] in ("loc", "sitemap") and x["role"] != "image"}
    missing = set(row["mentioned_urls"]) - urls
    if missing:
        return f"{missing} not in {urls}"
    n = row.get("n_urls", row.get("n_sitemaps"))
    if n is not None and (len(urls) < n if kind == "feed" else len(entries) != n):
        return f"{n} entries wanted, got {entries or urls}"
    roles = {x["role"] for x in links if x["context"] == "loc"}
    if kind == "sitemap" and roles and row.get("is_index", False) != ("sitemap" in roles):
        return f"taken for an index or not: {roles}"
    return ""


def cases(ctx):
    rows = list(ctx.jsonl(FILES[0]))
    texts = [content(ctx, r) for r in rows]
    kinds = [kind_of(t) for t in texts]
    questions = [{"type": k, "base": r["url"], "content": data(t)} for r, t, k in zip(rows, texts, kinds)]
    for r, k, a in zip(rows, kinds, ctx.ask("links", questions)):
        wrong = fault(r, k, a.get("links", []))
        yield Case(r["id"], not wrong, wrong)
