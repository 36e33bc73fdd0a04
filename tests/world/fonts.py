"""A small valid font with a few icons in the private use area.

It maps U+E000 to U+E003 only, so that text set in it falls back to the next
family and stays readable.  `ttf` is the plain file, `woff` the same tables
in a WOFF 1.0 envelope.
"""

import struct
import zlib

EM = 1000
FIRST = 0xE000


def outline(points):
    """A simple glyph of one contour with straight sides."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    out = struct.pack(">hhhhh", 1, min(xs), min(ys), max(xs), max(ys))
    out += struct.pack(">HH", len(points) - 1, 0) + b"\x01" * len(points)
    for values in (xs, ys):
        last = 0
        for value in values:
            out += struct.pack(">h", value - last)
            last = value
    return out + b"\0" * (-len(out) % 4)


def shapes(weight):
    """The glyphs: the missing one, then a mast, a clock, an arrow, a bar."""
    w = weight
    return [
        outline([(100, 0), (100, 700), (500, 700), (500, 0)]),
        outline([(300 - w, 0), (300, 800), (300 + w, 0)]),
        outline([(100, 400), (300, 700), (500, 400), (300, 100)]),
        outline([(100, 100), (100, 100 + 2 * w), (500, 700), (500, 100)]),
        outline([(50, 300), (50, 300 + 2 * w), (550, 300 + 2 * w), (550, 300)]),
    ]


def cmap(count):
    """Format 4: one segment from FIRST, one that ends the table."""
    delta = (1 - FIRST) & 0xFFFF
    segments = struct.pack(">HH", FIRST + count - 1, 0xFFFF) + b"\0\0"
    segments += struct.pack(">HHHHHH", FIRST, 0xFFFF, delta, 1, 0, 0)
    body = struct.pack(">HHHH", 4, 4, 1, 0) + segments
    sub = struct.pack(">HHH", 4, len(body) + 6, 0) + body
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + sub


def names(family, style):
    """The name table: family, style, unique id, full name, version, PostScript name."""
    full = f"{family} {style}"
    rows = {1: family, 2: style, 3: full, 4: full, 5: "Version 1.0", 6: full.replace(" ", "")}
    records, strings = b"", b""
    for ident, text in rows.items():
        data = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, ident, len(data), len(strings))
        strings += data
    return struct.pack(">HHH", 0, len(rows), 6 + len(records)) + records + strings


def os2(weight_class, count):
    """OS/2, version 3."""
    out = struct.pack(">HhHHH", 3, 600, weight_class, 5, 0)
    out += struct.pack(">10h", 650, 600, 0, 75, 650, 600, 0, 350, 50, 300)
    out += struct.pack(">h", 0) + bytes(10) + struct.pack(">4I", 0, 1 << 28, 0, 0)
    out += b"WRLD" + struct.pack(">HHH", 0x40, FIRST, FIRST + count - 1)
    out += struct.pack(">hhhHH", 800, -200, 0, 800, 200) + struct.pack(">II", 1, 0)
    return out + struct.pack(">hhHHH", 400, 700, 0, 32, 1)


def tables(family, style, weight, weight_class):
    """The tables of the font by tag."""
    glyphs = shapes(weight)
    count = len(glyphs) - 1
    offsets, data = [0], b""
    for glyph in glyphs:
        data += glyph
        offsets.append(len(data))
    head = struct.pack(">HHIIIHH", 1, 0, 0x10000, 0, 0x5F0F3CF5, 3, EM)
    head += struct.pack(">qqhhhhHHhhh", 0, 0, 50, 0, 550, 800, 0, 8, 2, 1, 0)
    hhea = struct.pack(">HHhhhHhhhhhh", 1, 0, 800, -200, 0, 600, 0, 0, 550, 1, 0, 0)
    hhea += struct.pack(">hhhhhH", 0, 0, 0, 0, 0, len(glyphs))
    maxp = struct.pack(">I14H", 0x10000, len(glyphs), 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    return {
        b"OS/2": os2(weight_class, count),
        b"cmap": cmap(count),
        b"glyf": data,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": b"".join(struct.pack(">Hh", 600, 50) for _ in glyphs),
        b"loca": b"".join(struct.pack(">I", o) for o in offsets),
        b"maxp": maxp,
        b"name": names(family, style),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }


def checksum(data):
    """The sum of big-endian words."""
    data += b"\0" * (-len(data) % 4)
    return sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF


def ttf(family, style, weight, weight_class):
    """The font file."""
    parts = tables(family, style, weight, weight_class)
    out, at = b"", 12 + 16 * len(parts)
    body = b""
    for tag in sorted(parts):
        data = parts[tag]
        out += struct.pack(">4sIII", tag, checksum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    power = len(parts).bit_length() - 1
    search = 16 << power
    start = struct.pack(">IHHHH", 0x10000, len(parts), search, power, 16 * len(parts) - search)
    font = bytearray(start + out + body)
    where = font.index(struct.pack(">I", 0x5F0F3CF5)) - 4
    font[where : where + 4] = struct.pack(">I", (0xB1B0AFBA - checksum(bytes(font))) & 0xFFFFFFFF)
    return bytes(font)


def woff(font):
    """The same font in WOFF 1.0."""
    count = struct.unpack(">H", font[4:6])[0]
    directory, body, at = b"", b"", 44 + 20 * count
    size = 12 + 16 * count
    for i in range(count):
        tag, total, offset, length = struct.unpack(">4sIII", font[12 + 16 * i : 28 + 16 * i])
        data = font[offset : offset + length]
        packed = zlib.compress(data, 9)
        if len(packed) >= length:
            packed = data
        directory += struct.pack(">4sIIII", tag, at + len(body), len(packed), length, total)
        body += packed + b"\0" * (-len(packed) % 4)
        size += length + (-length % 4)
    whole = at + len(body)
    start = struct.pack(">IIIHHIHHIIIII", 0x774F4646, 0x10000, whole, count, 0, size, 1, 0, 0, 0, 0, 0, 0)
    return start + directory + body
