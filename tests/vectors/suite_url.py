"""WPT's url/resources: the URL parser."""

from harness import Case, case, data, ident

FILES = ["wpt-url/urltestdata.json", "wpt-url/urltestdata-javascript-only.json",
         "wpt-url/percent-encoding.json"]
PARTS = ["href", "origin", "protocol", "username", "password", "host", "hostname", "port",
         "pathname", "search", "hash"]


def percent(ctx):
    """Queries; those of other encodings come with the documents they are in."""
    rows = [r for r in ctx.json(FILES[2]) if isinstance(r, dict)]
    questions = [{"input": data("https://h.example/?" + r["input"])} for r in rows]
    for r, a in zip(rows, ctx.ask("url", questions)):
        yield case("percent|" + ident(r["input"]), a.get("search"), "?" + r["output"]["utf-8"])


def parsing(ctx):
    rows = [r for f in FILES[:2] for r in ctx.json(f) if isinstance(r, dict)]
    questions = [{"input": data(r["input"]), "base": r["base"] and data(r["base"])} for r in rows]
    for r, a in zip(rows, ctx.ask("url", questions)):
        id = ident(r["input"], r["base"])
        if r.get("failure"):
            yield Case(id, "error" in a, f"got {a.get('href')}, want failure")
            continue
        wrong = [p for p in PARTS if p in r and a.get(p) != r[p]]
        yield Case(id, not wrong, "; ".join(f"{p}: got {a.get(p)!r}, want {r[p]!r}" for p in wrong))


def cases(ctx):
    yield from parsing(ctx)
    yield from percent(ctx)
