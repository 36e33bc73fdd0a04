#!/usr/bin/env python3
"""Writes the tables behind charset.c from the Encoding Standard's own data.

charset_gen.py VECTORS/whatwg-encoding labels >charset_labels.c
charset_gen.py VECTORS/whatwg-encoding single >charset_single.c
charset_gen.py VECTORS/whatwg-encoding cjk    >charset_cjk_table.c

The CJK tables are strings of char16_t, a row for each lead byte, in which
U+FFFD is "no character".  What Big5 has beyond the BMP (all in plane 2) is
in a sorted list of (pointer, low 16 bits).
"""
import json
import re
import sys
import unicodedata

folder, what = sys.argv[1:]
indexes = json.load(open(f"{folder}/indexes.json"))
encodings = [e for h in json.load(open(f"{folder}/encodings.json"))
             for e in h["encodings"]]


def ident(name):
    return "STET_CHARSET_" + re.sub("[-]", "_", name).upper()


def numbers(items, per_line):
    for i in range(0, len(items), per_line):
        print("    " + " ".join(f"{x}," for x in items[i:i + per_line]))


def labels():
    rows = sorted((label, ident(e["name"]))
                  for e in encodings for label in e["labels"])
    print("\nconst struct stet_charset_label stet_charset_labels[] = {")
    for label, name in rows:
        print(f'    {{ "{label}", {name} }},')
    print("};")
    print(f"const size_t stet_n_charset_labels = {len(rows)};")


def single():
    print("\nconst uint16_t stet_charset_single[STET_N_CHARSETS][128] = {")
    for e in encodings:
        index = {"iso-8859-8-i": "iso-8859-8"}.get(e["name"].lower(),
                                                  e["name"].lower())
        if index in indexes and len(indexes[index]) == 128:
            print(f"    [{ident(e['name'])}] = {{")
            for i in range(0, 128, 10):
                row = indexes[index][i:i + 10]
                print("        " + " ".join(
                    f"{0xFFFD if c is None else c:#x}," for c in row))
            print("    },")
    print("};")


def char(c):
    if c is None or c > 0xFFFF:
        return "\\uFFFD"
    if c < 0x80:
        return "\\" + chr(c) if chr(c) in '"\\?' else chr(c)
    plain = unicodedata.category(chr(c))[0] in "LNSP"
    mirrored = unicodedata.bidirectional(chr(c)) in ("R", "AL")
    return chr(c) if plain and not mirrored else f"\\u{c:04X}"


def cjk():
    for name, row in (("gb18030", 190), ("big5", 157), ("jis0208", 94),
                      ("jis0212", 94), ("euc-kr", 190)):
        index = indexes[name]
        index += [None] * (-len(index) % row)
        var = "stet_charset_" + name.replace("-", "_")
        print(f"\nconst char16_t {var}[{len(index) // row}][{row} + 1] = {{")
        for i in range(0, len(index), row):
            print('    u"' + "".join(map(char, index[i:i + row])) + '",')
        print("};")
    beyond = [(i, c) for i, c in enumerate(indexes["big5"])
              if c and c > 0xFFFF]
    assert all(c >> 16 == 2 for _, c in beyond)
    print(f"\nconst size_t stet_charset_n_big5_beyond = {len(beyond)};")
    print("const uint16_t stet_charset_big5_beyond[][2] = {")
    numbers([f"{{ {i}, {c & 0xFFFF:#x} }}" for i, c in beyond], 4)
    print("};")
    ranges = indexes["gb18030-ranges"]
    print(f"\nconst size_t stet_charset_n_gb18030_ranges = {len(ranges)};")
    print("const uint32_t stet_charset_gb18030_ranges[][2] = {")
    numbers([f"{{ {p}, {c:#x} }}" for p, c in ranges], 3)
    print("};")


print("/* Made by charset_gen.py; not to be edited. */")
print("/* clang-format off */")
print('#include "html/charset_table.h"')
{"labels": labels, "single": single, "cjk": cjk}[what]()
