"""pywb's rewriting of HTML and CSS, compared by property.

A case is one URL: of an attribute that holds URLs, or of a sheet.  It must be
the same once prefix, timestamp and modifier are taken away; what pywb writes
anew around it (quotes, case, slashes) is its own affair, as is what it does
to scripts and puts into the head.
"""

import collections
import html
import itertools
import re

from harness import Case

FILES = ["pywb-rewrite/html.jsonl", "pywb-rewrite/css.jsonl"]
IN_PARTS = True
URL_ATTRIBUTES = {"src", "href", "srcset", "background", "poster", "data", "action", "cite",
                  "formaction", "codebase", "archive", "icon", "xlink:href", "data-src", "data-uri",
                  "content", "value", "style"}
REPLAY = re.compile(r"(?:(?:https?:)?//localhost(?::80)?)?/web/\d+(?:[a-z]{2}_)?/")
TAG = re.compile(r"""<!--.*?-->|<[!/][^>]*>|<([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>""", re.S | re.I)
ATTRIBUTE = re.compile(r"""([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]*)""")
CSS_URL = re.compile(r"""(?:url\s*\(|@import\s*\(?)\s*(?!url)(?:"([^"]*)"|'([^']*)'|'([^)]*)|([^"');\s]+))""")


def plain(text):
    """Without replay prefixes, in one spelling."""
    text = REPLAY.sub("", text.strip())
    text = re.sub(r"(^|[\s,])//(?=example)", r"\1http://", text)
    text = re.sub(r"(https?://[^/\s,\"')]+)(?=[\s,\"')]|$)", r"\1/", text)
    return text


def is_url(name, value):
    """Of attributes that hold other things too: do they hold one here?"""
    return name not in {"content", "value"} or "/" in value or "url=" in value


def attributes(text):
    for tag in TAG.finditer(text):
        for name, value in ATTRIBUTE.findall(tag[2] or ""):
            value = plain(html.unescape(value.strip("\"'")))
            name = name.lower().lstrip("_")
            if name in URL_ATTRIBUTES and is_url(name, value):
                yield tag[1].lower(), name, value


def sheet_urls(text):
    """A blank or a quote in a URL is one that is percent-encoded."""
    for found in CSS_URL.findall(text):
        yield plain("".join(found)).replace(" ", "%20").replace('"', "%22")


def question(row, kind, text):
    return {"type": kind, "base": row["base"], "content": text, "prefix": row["prefix"],
            "timestamp": row["timestamp"], "mod": row.get("mod", "")}


def compare(suite, id, source, got, want):
    """A case for every URL that either has, or that each has instead of the
    other's."""
    got, want = collections.Counter(got), collections.Counter(want)
    same = sorted((got & want).elements())
    ours, theirs = sorted((got - want).elements()), sorted((want - got).elements())
    for n in range(len(same)):
        yield Case(f"{suite}/{id}/{n}", True, "")
    for n, (g, w) in enumerate(itertools.zip_longest(ours, theirs), len(same)):
        yield Case(f"{suite}/{id}/{n}", False, f"{source!r}: got {g}, want {w}")


def cases(ctx):
    rows = list(ctx.jsonl(FILES[0]))
    for r, a in zip(rows, ctx.ask("rewrite", [question(r, "html", r["html"]) for r in rows])):
        want = r["want"].replace(r.get("head_insert") or "\0", "", 1)
        yield from compare("pywb-html", r["id"], r["html"], attributes(a.get("content", "")), attributes(want))
    rows = list(ctx.jsonl(FILES[1]))
    for r, a in zip(rows, ctx.ask("rewrite", [question(r, "css", r["text"]) for r in rows])):
        yield from compare("pywb-css", r["id"], r["text"], sheet_urls(a.get("content", "")), sheet_urls(r["want"]))
