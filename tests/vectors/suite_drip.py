"""Every document of the suites, fed in pieces: the same tokens as whole."""

import suite_encoding
import suite_html5lib
from harness import Case, data

FILES = ["html5lib/tokenizer/test1.test"]
IN_PARTS = True
PIECES = ["1", "2", "3", "7", "4096"]


def trees(ctx):
    """The documents of html5lib's tests of tree builders."""
    for path in sorted((ctx.vectors / "html5lib/tree-construction").glob("*.dat")):
        for n, test in enumerate(path.read_bytes().split(b"#data\n")[1:]):
            yield f"{path.stem}/{n}", {"input": data(test.partition(b"\n#errors")[0])}


def documents(ctx):
    """Id and question of each."""
    for question, _, name in suite_html5lib.rows(ctx):
        yield "html5lib-tokenizer/" + name, question
    for name, question in trees(ctx):
        yield "html5lib-tree/" + name, question
    for path in sorted((ctx.vectors / "html5lib/encoding").glob("*.dat")):
        for n, (document, _) in enumerate(suite_encoding.rows(path.read_bytes())):
            yield f"html5lib-encoding/{path.stem}/{n}", {"input": data(document), "encoding": True}
    for file in ("extract-heritrix/html.jsonl", "pywb-rewrite/html.jsonl"):
        for r in ctx.jsonl(file):
            yield f"{file.split('/')[0]}/{r['id']}", {"input": data(r["html"])}


def cases(ctx):
    rows = [(name, dict(q, offsets=True)) for name, q in documents(ctx)]
    whole = ctx.ask("tokens", [q for _, q in rows])
    cut = [ctx.ask("tokens", [dict(q, pieces=n) for _, q in rows]) for n in PIECES]
    for i, (name, _) in enumerate(rows):
        bad = [n for n, answers in zip(PIECES, cut) if answers[i] != whole[i]]
        yield Case(name, not bad and "output" in whole[i], f"not the same in pieces of {', '.join(bad)}")
