"""The Encoding Standard's labels and indexes: a case is a label, or what one
lead byte of an encoding decodes to with all of its trail bytes."""

from harness import case, data

FILES = ["whatwg-encoding/encodings.json", "whatwg-encoding/indexes.json"]
IN_PARTS = True


def labels(ctx):
    rows = [(label, e["name"]) for g in ctx.json(FILES[0]) for e in g["encodings"] for label in e["labels"]]
    questions = [{"input": "", "charset": label, "encoding": True} for label, _ in rows]
    for (label, name), a in zip(rows, ctx.ask("tokens", questions)):
        yield case(f"labels/{label}", a.get("encoding"), name)


def big5(p):
    lead, trail = divmod(p, 157)
    return bytes([lead + 0x81, trail + (0x40 if trail < 0x3F else 0x62)])


def euc_kr(p):
    return bytes([p // 190 + 0x81, p % 190 + 0x41])


def gb18030(p):
    lead, trail = divmod(p, 190)
    return bytes([lead + 0x81, trail + (0x40 if trail < 0x3F else 0x41)])


def gb18030_four(p):
    return bytes([p // 12600 + 0x81, p // 1260 % 10 + 0x30, p // 10 % 126 + 0x81, p % 10 + 0x30])


def shift_jis(p):
    lead, trail = divmod(p, 188)
    return bytes([lead + (0x81 if lead < 0x1F else 0xC1), trail + (0x40 if trail < 0x3F else 0x41)])


def euc_jp(p):
    return bytes([p // 94 + 0xA1, p % 94 + 0xA1])


def euc_jp_0212(p):
    return b"\x8F" + euc_jp(p)


def iso_2022_jp(p):
    return bytes([p // 94 + 0x21, p % 94 + 0x21])


# Encoding, its index, the bytes of a pointer, and the pointers there are.
MULTI = [
    ("big5", "big5", big5, None),
    ("euc-kr", "euc-kr", euc_kr, None),
    ("gb18030", "gb18030", gb18030, None),
    ("gbk", "gb18030", gb18030, None),
    ("shift_jis", "jis0208", shift_jis, None),
    ("euc-jp", "jis0208", euc_jp, 94 * 94),
    ("euc-jp", "jis0212", euc_jp_0212, None),
    ("iso-2022-jp", "jis0208", iso_2022_jp, 94 * 94),
]


def single(indexes):
    for name, index in indexes.items():
        if len(index) == 128:
            text = "".join(chr(c) if c is not None else "\uFFFD" for c in index)
            yield f"single-byte/{name}", name, bytes(range(0x80, 0x100)), text


def multi(indexes):
    for encoding, index, encode, end in MULTI:
        leads = {}
        for p, c in list(enumerate(indexes[index]))[:end]:
            if c is not None:
                code = encode(p)
                leads.setdefault(code[:-1], []).append((code, chr(c)))
        for lead, pairs in leads.items():
            code, text = b"".join(b for b, _ in pairs), "".join(t for _, t in pairs)
            if encode is iso_2022_jp:
                code = b"\x1B$B" + code + b"\x1B(B"
            yield f"{encoding}:{index}/{lead.hex()}", encoding, code, text
    ranges = indexes["gb18030-ranges"]
    yield ("gb18030-ranges/all", "gb18030", b"".join(gb18030_four(p) for p, _ in ranges),
           "".join(chr(c) for _, c in ranges))


def cases(ctx):
    yield from labels(ctx)
    indexes = ctx.json(FILES[1])
    rows = [*single(indexes), *multi(indexes)]
    asked = [{"input": data(code), "charset": name, "initialState": "PLAINTEXT state"}
             for _, name, code, _ in rows]
    for (id, _, _, want), a in zip(rows, ctx.ask("tokens", asked)):
        yield case(id, "".join(t[1] for t in a.get("output", [])), want)
