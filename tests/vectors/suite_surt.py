"""SURT keys as surt for Python makes them.

Of the canonicalisers for Java only those rows apply that speak of whole
keys; their own policy differs (see the note of the suite), so they are not
asked."""

from harness import case, data, ident

FILES = ["surt/generated_from_wpt_hrefs.jsonl", "surt/test_surt.jsonl"]


def cases(ctx):
    rows = [("generated", r["url"], r["surt"]) for r in ctx.jsonl(FILES[0])]
    for r in ctx.jsonl(FILES[1]):
        plain = r.get("fn") == "surt.surt" and not r.get("opts") and not r.get("xfail")
        if plain and r["input"]:
            rows.append(("test_surt", r["input"], r["want"]))
        if "out" in r and r.get("opts") == {"reverse_ipaddr": True}:
            rows.append(("test_surt", r["url"], r["out"]))
    for (file, url, want), a in zip(rows, ctx.ask("url", [{"input": data(u)} for _, u, _ in rows])):
        # A key is made of hrefs: what is not a URL has none.
        if "error" not in a:
            yield case(file + "/" + ident(url), a.get("surt"), want)
