"""The URLs of css-parsing-tests' component values, and what css sheets load."""

from harness import Case, case

FILES = ["css-parsing-tests/component_value_list.json", "extract-heritrix/css.jsonl",
         "extract-webarchive-commons/css_url.jsonl"]
IN_PARTS = True
BASE = "http://base.example/d/"


def urls(values):
    """The bare url tokens of a list of component values."""
    found = []
    for v in values:
        if isinstance(v, list) and v and v[0] == "url":
            found.append(v[1])
        elif isinstance(v, list):
            found += urls(v[1:])
    return found


def parsing(ctx):
    pairs = ctx.json(FILES[0])
    rows = [(t, [u for u in urls(w) if u.strip()]) for t, w in zip(pairs[::2], pairs[1::2])]
    questions = [{"type": "css", "base": BASE, "everything": True, "content": t} for t, _ in rows]
    for i, ((text, want), a) in enumerate(zip(rows, ctx.ask("links", questions))):
        got = [link["raw"] for link in a.get("links", [])]
        missing = [u for u in want if u.strip() not in got]
        yield Case(f"component-values/{i}", not missing, f"{text!r}: got {got}, want {want}")


def repeated(row):
    """The text of a row, which may be a recipe."""
    if "css" in row:
        return row["css"]
    g = row["css_gen"]
    return g["prefix"] + g["repeat"][0] * g["repeat"][1] + g["then"] + g["repeat2"][0] * g["repeat2"][1]


def cases(ctx):
    yield from parsing(ctx)
    for file in FILES[1:]:
        rows = list(ctx.jsonl(file))
        questions = [{"type": "css", "base": r.get("base", BASE), "content": repeated(r)} for r in rows]
        for r, a in zip(rows, ctx.ask("links", questions)):
            key = "url" if "base" in r else "raw"
            links = a.get("links", [])
            # A guess says what must have been meant by the link before it.
            guesses = [link[key] for link in links if link.get("speculative")]
            got = guesses or [link[key] for link in links]
            yield case(f"{file.split('/')[0]}/{r['id']}", got, r.get("links", got))
