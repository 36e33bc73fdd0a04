"""pywb's rewriting of HTML and CSS, compared by property.

The URLs in URL-valued attributes must be the same once prefix, timestamp and
modifier are taken away; what pywb writes anew around them (quotes, case,
slashes) is its own affair.
"""

import re
from html.parser import HTMLParser

from harness import Case

FILES = ["pywb-rewrite/html.jsonl", "pywb-rewrite/css.jsonl"]
URL_ATTRIBUTES = {"src", "href", "srcset", "background", "poster", "data", "action", "cite",
                  "content", "value", "style"}
REPLAY = re.compile(r"(?:(?:https?:)?//localhost(?::80)?)?/web/\d+(?:[a-z]{2}_)?/")


class Attributes(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            name = name.lstrip("_")
            if name in URL_ATTRIBUTES:
                self.found.append((tag, name, plain(value or "")))


def plain(text):
    """Without replay prefixes, in one spelling."""
    text = REPLAY.sub("", text.strip())
    text = re.sub(r"(^|[\s,])//(?=example)", r"\1http://", text)
    return re.sub(r"(https?://[^/\s,\"')]+)(?=[\s,\"')]|$)", r"\1/", text)


def question(row, kind, text):
    return {"type": kind, "base": row["base"], "content": text, "prefix": row["prefix"],
            "timestamp": row["timestamp"], "mod": row.get("mod", "")}


def cases(ctx):
    # Scripts are not rewritten, and nothing is put into the head.
    rows = [r for r in ctx.jsonl(FILES[0]) if "js" not in r["tags"] and "head_insert" not in r]
    for r, a in zip(rows, ctx.ask("rewrite", [question(r, "html", r["html"]) for r in rows])):
        got = sorted(Attributes(a.get("content", "")).found)
        want = sorted(Attributes(r["want"]).found)
        yield Case(f"pywb/{r['id']}", got == want, f"{r['html']!r}: got {got}, want {want}")
    rows = list(ctx.jsonl(FILES[1]))
    for r, a in zip(rows, ctx.ask("rewrite", [question(r, "css", r["text"]) for r in rows])):
        got, want = plain(a.get("content", "")), plain(r["want"])
        yield Case(f"pywb/{r['id']}", got == want, f"{r['text']!r}: got {got!r}, want {want!r}")
