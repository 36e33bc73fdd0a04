"""w3c's srcset tests: every candidate a browser knows is found, in order.

An archiver takes every URL, also those whose descriptors no browser
understands, so stet may find more.
"""

from harness import Case

FILES = ["srcset/w3c-srcset.jsonl"]


def is_part(want, got):
    rest = iter(got)
    return all(url in rest for url in want)


def cases(ctx):
    rows = list(ctx.jsonl(FILES[0]))
    questions = [{"type": "srcset", "base": "http://base.example/", "everything": True,
                  "content": r["srcset"]} for r in rows]
    for r, a in zip(rows, ctx.ask("links", questions)):
        got = [link["raw"] for link in a.get("links", [])]
        want = [c["url"] for c in r["candidates"]]
        yield Case(r["id"], is_part(want, got), f"{r['srcset']!r}: got {got}, want {want}")
