#!/usr/bin/env python3
"""Writes names_table.h: perfect hashes of the names that html.h lists.

names_gen.py ../../include/stet/html.h >names_table.h

A name's key is its first 8 bytes XOR its last 8 bytes (a shorter name: just
itself, zero-padded), plus its length; a slot is the top bits of the key
times a multiplier, and the first multiplier without a collision is taken.
Names of at most 8 bytes are the same if length and key are.
"""
import re
import sys

MASK = (1 << 64) - 1


def key(name):
    b = name.encode()
    k = int.from_bytes(b[:8], "little")
    if len(b) > 8:
        k ^= int.from_bytes(b[-8:], "little") * 3 & MASK
    return (k + len(b) * 0x9E3779B97F4A7C15) & MASK


def perfect(names, bits):
    keys = [key(n) for n in names]
    assert len(set(keys)) == len(keys)
    x = 0x2545F4914F6CDD1D
    while True:
        x = (x * 6364136223846793005 + 1442695040888963407) & MASK
        mult = x | 1
        slots = {(k * mult & MASK) >> (64 - bits) for k in keys}
        if len(slots) == len(keys):
            return mult


def emit(prefix, items):
    bits = (len(items) * 16).bit_length()
    mult = perfect([n for _, n in items], bits)
    up = prefix.upper()
    print(f"\n#define {up}_MULTIPLIER {mult:#x}U")
    print(f"#define {up}_SHIFT      {64 - bits}")
    slot = {(key(n) * mult & MASK) >> (64 - bits): i + 1
            for i, (_, n) in enumerate(items)}
    print(f"\nstatic const unsigned char {prefix}_slots[{1 << bits}] = {{")
    row = [slot.get(i, 0) for i in range(1 << bits)]
    for i in range(0, len(row), 18):
        print("    " + " ".join(f"{x}," for x in row[i:i + 18]))
    print("};")
    print(f"\nstatic const uint64_t {prefix}_keys[] = {{\n    0,")
    for _, n in items:
        print(f"    {key(n):#x}U,")
    print("};")


source = open(sys.argv[1]).read().replace("\\\n", " ")
print("/* Made by names_gen.py; not to be edited. */")
print("/* clang-format off */")
print("#ifndef STET_HTML_NAMES_TABLE_H\n#define STET_HTML_NAMES_TABLE_H")
print("\n#include <stdint.h>")
for prefix, macro in ("tag", "TAGS"), ("attr", "ATTRS"):
    body = re.search(rf"#define STET_HTML_{macro}\(X\)(.*)", source).group(1)
    emit(prefix, re.findall(r'X\(\s*(\w+),\s*"([^"]*)"\s*\)', body))
print("\n#endif")
