"""WPT's meta refresh: the URL in a content attribute."""

from urllib.parse import urljoin

from harness import case

FILES = ["meta-refresh/wpt.jsonl"]
BASE = "http://base.example/d/"


def cases(ctx):
    rows = list(ctx.jsonl(FILES[0]))
    urls = [(r["want"] or {}).get("url") or "" for r in rows]
    questions = [{"type": "refresh", "base": BASE, "content": r["content"]} for r in rows]
    resolved = ctx.ask("url", [{"input": u, "base": BASE} for u in urls])
    for r, url, u, a in zip(rows, urls, resolved, ctx.ask("links", questions)):
        want = [u["href"]] if url else []
        yield case(r["id"], [link["url"] for link in a.get("links", [])], want)
