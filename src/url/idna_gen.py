#!/usr/bin/env python3
"""Writes idna_table.c: what UTS #46 and NFC must know of Unicode.

    pip install idna unicodedata2        (both of one version of Unicode)
    idna_gen.py >idna_table.c

`idna` holds IdnaMappingTable.txt and the joining types, `unicodedata2` the
categories, bidirectional classes, combining classes and decompositions.
What idna_table.h says of the tables is made here.
"""
import unicodedata2 as ucd
from idna import idnadata, uts46data

assert ucd.unidata_version == uts46data.__version__ == idnadata.__version__
LAST = 0x10FFFF

VALID, DISALLOWED, IGNORED, TEXT, SHIFT, PAIRS = range(6)
BIDI = ["", "L", "R", "AL", "AN", "EN", "ES", "CS", "ET", "ON", "BN", "NSM"]
JOINING = ["", "T", "L", "R", "D"]


def mapping():
    """Of every code point: None, or what it is mapped to; and its status."""
    starts = list(uts46data.uts46_starts) + [LAST + 1]
    statuses = uts46data.uts46_statuses.decode()
    for i, (status, to) in enumerate(zip(statuses, uts46data.uts46_replacements)):
        for c in range(starts[i], starts[i + 1]):
            # A deviation is valid, but for transitional processing.
            yield c, "V" if status == "D" else status, to if status == "M" else None


status, target = {}, {}
for c, s, to in mapping():
    status[c] = s
    if to is not None:
        target[c] = to
valid = {c for c in range(LAST + 1) if status[c] == "V"}

# -- mapping ------------------------------------------------------------------


def kind_of(c):
    """What is said of c alone."""
    if c in target and target[c]:
        to = target[c]
        return (SHIFT, ord(to)) if len(to) == 1 else (TEXT, to)
    return ({"V": VALID, "X": DISALLOWED, "I": IGNORED, "M": IGNORED}[status[c]], 0)


def pairs_from(c):
    """The end of a run of letters each of which is mapped to the next one."""
    end = c
    while (end + 1 <= LAST and target.get(end) == chr(end + 1) and end + 1 in valid):
        end += 2
    return end


def ranges():
    c = 0
    while c <= LAST:
        end = pairs_from(c)
        if end - c >= 4:
            yield c, PAIRS, 0
            c = end
            continue
        kind, value = kind_of(c)
        first = c
        c += 1
        while c <= LAST and kind != TEXT and pairs_from(c) - c < 4:
            k, v = kind_of(c)
            if k != kind or (kind == SHIFT and v != value + c - first):
                break
            c += 1
        yield first, kind, value


texts, places = "", {}
for _, kind, value in ranges():
    if kind == TEXT and value not in places:
        places[value] = len(texts.encode())
        texts += value
starts, values = [], []
for first, kind, value in ranges():
    if kind == TEXT:
        value = places[value] << 8 | len(value.encode())
    starts.append(first << 3 | kind)
    values.append(value)

# -- properties ---------------------------------------------------------------

joining = {}
for name, spans in idnadata.joining_types.items():
    for span in spans:
        for c in range(span >> 32, span & 0xFFFFFFFF):
            joining[c] = name


def properties(c):
    bidi = ucd.bidirectional(chr(c))
    j = joining.get(c, "")
    return (ucd.combining(chr(c)) | BIDI.index(bidi if bidi in BIDI else "") << 8 |
            JOINING.index(j if j in JOINING else "") << 12 |
            (ucd.category(chr(c))[0] == "M") << 15)


# Only of valid code points is anything asked, so the others are left to
# whatever stands around them.
prop_starts, props = [], []
for c in sorted(valid):
    p = properties(c)
    if not props or p != props[-1]:
        prop_starts.append(c)
        props.append(p)
prop_starts[0] = 0

# -- canonical composition ------------------------------------------------------

pairs = []
for c in sorted(valid):
    d = ucd.decomposition(chr(c))
    # Hangul syllables are composed by arithmetic.
    if not d or d.startswith("<") or 0xAC00 <= c < 0xD7A4:
        continue
    parts = [int(x, 16) for x in d.split()]
    assert len(parts) == 2 and valid.issuperset(parts)
    assert ucd.normalize("NFC", chr(c)) == chr(c)
    assert len(ucd.normalize("NFD", chr(c))) <= 3  # MAX_PARTS of nfc.c
    pairs.append((parts[0], parts[1], c))
pairs.sort()
order = sorted(range(len(pairs)), key=lambda i: pairs[i][2])

# -- printing -------------------------------------------------------------------


def table(kind, name, items):
    print(f"\nconst {kind} {name}[] = {{")
    line = "   "
    for item in (f" {x}," for x in items):
        if len(line + item) > 79:
            print(line)
            line = "   "
        line += item
    print(line + "\n};")


def size(name, n):
    print(f"const size_t {name} = {n};")


print("/* Made by idna_gen.py; not to be edited. */")
print("/* clang-format off */")
print('#include "url/idna_table.h"\n')
print(f"/* Unicode {ucd.unidata_version} */")
size("stet_idna_n_ranges", len(starts))
size("stet_idna_n_props", len(props))
size("stet_idna_n_pairs", len(pairs))
table("uint32_t", "stet_idna_ranges", starts)
table("uint32_t", "stet_idna_values", values)
table("unsigned char", "stet_idna_texts", texts.encode())
table("uint32_t", "stet_idna_prop_starts", prop_starts)
table("uint16_t", "stet_idna_props", props)
table("struct stet_idna_pair", "stet_idna_pairs",
      [f"{{{a},{b},{c}}}" for a, b, c in pairs])
table("uint16_t", "stet_idna_by_composite", order)
