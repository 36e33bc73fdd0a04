"""html5lib's encoding tests: which encoding a document's bytes tell of.

Left out: what only a script that runs could tell (scripted/).
"""

from harness import case, data

FILES = ["html5lib/encoding/tests1.dat"]


def rows(text):
    """Document and encoding of every test of a .dat file."""
    for test in text.split(b"#data\n")[1:]:
        document, _, encoding = test.partition(b"\n#encoding\n")
        yield document, encoding.split(b"\n")[0].strip().decode()


def cases(ctx):
    for path in sorted((ctx.vectors / "html5lib/encoding").glob("*.dat")):
        tests = list(rows(path.read_bytes()))
        questions = [{"input": data(document), "encoding": True} for document, _ in tests]
        for n, ((_, want), a) in enumerate(zip(tests, ctx.ask("tokens", questions))):
            yield case(f"html5lib-{path.stem}/{n}", a.get("encoding", "").lower(), want.lower())
