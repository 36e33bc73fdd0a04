"""Links of HTML: Heritrix's and webarchive-commons' extractor tests."""

import re

from harness import Case

FILES = ["extract-heritrix/html.jsonl", "extract-webarchive-commons/link_extraction.jsonl",
         "extract-webarchive-commons/link-extraction-test.warc"]
IN_PARTS = True


def followed(links, row):
    """The links Heritrix would take: stet only marks what is nofollow."""
    obeys = row.get("obey_rel_nofollow") or "nofollow" in row.get("meta_robots", "")
    return [x for x in links if not (obeys and x.get("nofollow"))]


def faults(links, row):
    """What of a Heritrix row does not hold."""
    urls = [x["url"] for x in followed(links, row)]
    checks = {
        "links": lambda v: set(urls) == set(v),
        "link_set": lambda v: set(urls) == set(v),
        "links_sorted": lambda v: sorted(urls) == sorted(v),
        "n_links": lambda v: len(urls) == v,
        "has": lambda v: set(v) <= set(urls),
        "contains": lambda v: all(any(part in u for u in urls) for part in v),
        "hop_and_link_sorted": lambda v: sorted(f"{x['hop']} {x['url']}" for x in links) == v,
    }
    return [f"{k}: got {urls}, want {row[k]}" for k, check in checks.items()
            if k in row and not check(row[k])]


def heritrix(ctx):
    rows = list(ctx.jsonl(FILES[0]))
    questions = [{"type": "html", "base": r["base"], "content": r["html"]} for r in rows]
    for r, a in zip(rows, ctx.ask("links", questions)):
        wrong = faults(a.get("links", []), r)
        yield Case(f"heritrix/{r['id']}", not wrong, "; ".join(wrong))


def documents(ctx):
    """URL and body of every response in the WARC file, whose lengths do not
    all hold: records are told by their first line."""
    data = (ctx.vectors / FILES[2]).read_bytes()
    for record in re.split(rb"(?m)^WARC/1\.0\r?\n", data)[1:]:
        fields, _, block = record.partition(b"HTTP/1.")
        url = re.search(rb"WARC-Target-URI: <?([^\s>]+)", fields)
        if b"WARC-Type: response" in fields:
            base = url[1].decode() if url else "http://base.example/"
            yield base, re.split(rb"\r?\n\r?\n", block, maxsplit=1)[1]


def commons(ctx):
    rows = list(ctx.jsonl(FILES[1]))
    docs = list(documents(ctx))
    questions = [{"type": "html", "base": docs[r["response_index"]][0],
                  "content": docs[r["response_index"]][1].decode("utf-8", "replace")} for r in rows]
    for r, a in zip(rows, ctx.ask("links", questions)):
        got = {link["raw"] for link in a.get("links", [])}
        want = {w[0].replace("&amp;", "&") for w in r["links"] if not w[0].startswith("#")}
        missing = sorted(want - got)
        yield Case(f"commons/{r['id']}", not missing, f"missing {missing}")


def cases(ctx):
    yield from heritrix(ctx)
    yield from commons(ctx)
