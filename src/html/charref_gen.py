#!/usr/bin/env python3
"""Writes charref_table.c: the named character references of HTML.

charref_gen.py >charref_table.c

The facts come from html.entities of Python's standard library.  A row is a
name without '&' and ';'; its value packs the first code point (21 bits), the
number of the second one in seconds[] (4 bits) and whether the name is good
without the ';' (the top bit).
"""
from html.entities import html5

names = sorted(n[:-1] for n in html5 if n.endswith(";"))
seconds = [0] + sorted({ord(v[1]) for v in html5.values() if len(v) > 1})
assert len(seconds) <= 16 and all(n.isalnum() and n.isascii() for n in names)

offsets, values, at = [], [], 0
for n in names:
    v = html5[n + ";"]
    second = seconds.index(ord(v[1])) if len(v) > 1 else 0
    legacy = n in html5
    assert not legacy or html5[n] == v
    offsets.append(at)
    at += len(n)
    values.append(ord(v[0]) | second << 21 | (1 << 31 if legacy else 0))
offsets.append(at)


def table(kind, name, items, per_line):
    print(f"\nconst {kind} {name}[] = {{")
    for i in range(0, len(items), per_line):
        print("    " + " ".join(f"{x}," for x in items[i:i + per_line]))
    print("};")


print("/* Made by charref_gen.py; not to be edited. */")
print("/* clang-format off */")
print('#include "html/charref_table.h"')
table("uint16_t", "stet_charref_seconds", [hex(x) for x in seconds], 10)
print("\nconst char stet_charref_names[] = {")
text = "".join(names)
for i in range(0, len(text), 18):
    print("    " + ",".join(f"'{c}'" for c in text[i:i + 18]) + ",")
print("};")
table("uint16_t", "stet_charref_offsets", offsets, 12)
table("uint32_t", "stet_charref_values", [hex(v) for v in values], 7)
first = [next((i for i, n in enumerate(names) if n[0] >= chr(c)), len(names))
         for c in range(ord("A"), ord("z") + 2)]
table("uint16_t", "stet_charref_first", first, 12)
