"""Domains to ASCII: WPT's toascii.json and Unicode's IdnaTestV2."""

from harness import case, data, ident

FILES = ["wpt-url/toascii.json", "wpt-url/IdnaTestV2.json"]
IN_PARTS = True


def cases(ctx):
    for file in FILES:
        rows = [r for r in ctx.json(file) if isinstance(r, dict)]
        rows = [r for r in rows if r["input"] and r["input"] == r["input"].encode("utf-8", "replace").decode()]
        questions = [{"input": data(f"https://{r['input']}/x")} for r in rows]
        for r, a in zip(rows, ctx.ask("url", questions)):
            got = a.get("hostname") if a.get("pathname") == "/x" else None
            yield case(file.split("/")[1].split(".")[0] + "/" + ident(r["input"]), got, r["output"])
