"""Pictures made from a name and a size: the same bytes on every machine.

JPEG: baseline, three components, every 8x8 block of one colour (only DC
coefficients), which makes an honest file in a few milliseconds.  PNG: 8-bit
RGB.  ICO: a PNG in an envelope.  Only + - * / on numbers, so that no
mathematics library can change a byte.
"""

import functools
import hashlib
import struct
import zlib

DC_BITS = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
DC_VALUES = bytes(range(12))
AC_BITS = bytes([1] + [0] * 15)
AC_VALUES = b"\0"
END_OF_BLOCK = "0"
QUANT = 16


def dc_codes():
    """Category -> code, as strings of bits (ITU T.81, annex C)."""
    codes, code, at = {}, 0, 0
    for length, count in enumerate(DC_BITS, 1):
        for _ in range(count):
            codes[DC_VALUES[at]] = format(code, f"0{length}b")
            code, at = code + 1, at + 1
        code <<= 1
    return codes


def block_codes():
    """Difference of two DC values -> the bits of a whole flat block."""
    codes, table = dc_codes(), {}
    for diff in range(-300, 301):
        size = abs(diff).bit_length()
        value = diff if diff > 0 else diff + (1 << size) - 1
        bits = format(value, f"0{size}b") if size else ""
        table[diff] = codes[size] + bits + END_OF_BLOCK
    return table


BLOCK = block_codes()


def wave(x):
    """A triangle of period 1 between 0 and 1."""
    x = x % 1.0
    return 2 * x if x < 0.5 else 2 - 2 * x


def span(middle, reach, columns):
    """The columns whose centres lie within reach of the middle, both in 0..1."""
    return range(max(0, int((middle - reach) * columns)), min(columns, int((middle + reach) * columns) + 1))


def raster(name, columns, rows):
    """A landscape with masts, by name: lists of (r, g, b), a list a row."""
    seed = hashlib.sha256(name.encode()).digest()
    sky = tuple(90 + seed[i] % 140 for i in range(3))
    land = tuple(20 + seed[3 + i] % 90 for i in range(3))
    shades = [tuple(int(c * (1 - i / 64)) for c in land) for i in range(32)]
    sun_u, sun_v = 0.15 + seed[6] / 400, 0.15 + seed[7] / 900
    slow, fast, shift = 0.7 + seed[8] / 200, 2.0 + seed[9] / 60, seed[18] / 255
    masts = [(0.1 + 0.8 * seed[10 + i] / 255, 0.15 + seed[14 + i] / 700) for i in range(3)]
    places = [(column + 0.5) / columns for column in range(columns)]
    ridge = [0.55 + 0.18 * wave(u * slow + shift) + 0.06 * wave(u * fast) for u in places]
    for row in range(rows):
        v = (row + 0.5) / rows
        line = [tuple(min(255, int(c + 60 * v)) for c in sky)] * columns
        if abs(v - sun_v) < 0.1:
            for column in span(sun_u, 0.06 - abs(v - sun_v) * 0.6, columns):
                line[column] = (250, 235, 180)
        for middle, top in masts:
            if v > top:
                for column in span(middle, 0.006 + 0.02 * (v - top), columns):
                    line[column] = (35, 35, 40)
        if v > 0.55:
            for column, height in enumerate(ridge):
                if v > height:
                    line[column] = shades[int((v - height) * 64)]
        yield line


def segment(marker, data):
    """A JPEG segment."""
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def dc_values(colour):
    """A colour as three quantised DC coefficients: Y, Cb, Cr."""
    r, g, b = colour
    y = (299 * r + 587 * g + 114 * b) // 1000
    levels = (y, 128 + (b - y) * 564 // 1000, 128 + (r - y) * 713 // 1000)
    return tuple(int((level - 128) * 8 / QUANT) for level in levels)


def scan(name, width, height):
    """The entropy-coded bytes of the picture."""
    last, before, bits, known = None, (0, 0, 0), [], {}
    same = BLOCK[0] * 3
    for line in raster(name, (width + 7) // 8, (height + 7) // 8):
        for colour in line:
            if colour == last:
                bits.append(same)
                continue
            values = known.get(colour) or known.setdefault(colour, dc_values(colour))
            bits.extend(BLOCK[new - old] for new, old in zip(values, before))
            last, before = colour, values
    text = "".join(bits)
    text += "1" * (-len(text) % 8)
    return int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xff", b"\xff\0")


@functools.lru_cache(maxsize=512)
def jpeg(name, width, height):
    """The JPEG picture of that name in that size."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes([1, 17, 0, 2, 17, 0, 3, 17, 0])
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            segment(0xDB, b"\0" + bytes([QUANT] * 64)),
            segment(0xC0, frame),
            segment(0xC4, b"\x00" + DC_BITS + DC_VALUES),
            segment(0xC4, b"\x10" + AC_BITS + AC_VALUES),
            segment(0xDA, bytes([3, 1, 0, 2, 0, 3, 0, 0, 63, 0])),
            scan(name, width, height),
            b"\xff\xd9",
        ]
    )


def png_part(kind, data):
    """A PNG chunk."""
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


@functools.lru_cache(maxsize=128)
def png(name, width, height):
    """The PNG picture of that name in that size."""
    lines = [b"\0" + bytes(c for rgb in line for c in rgb) for line in raster(name, width, height)]
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_part(b"IHDR", header)
        + png_part(b"IDAT", zlib.compress(b"".join(lines), 9))
        + png_part(b"IEND", b"")
    )


def grain(name, width, height):
    """A PNG of noise, which compresses badly: a texture of a known weight."""
    need, lines, at = width * 3, [], 0
    pool = b"".join(
        hashlib.sha256(f"{name}/{i}".encode()).digest() for i in range(need * height // 32 + 1)
    )
    for _ in range(height):
        lines.append(b"\0" + bytes(200 + c % 40 for c in pool[at : at + need]))
        at += need
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_part(b"IHDR", header)
        + png_part(b"IDAT", zlib.compress(b"".join(lines), 9))
        + png_part(b"IEND", b"")
    )


def ico(name, size):
    """An icon file with one PNG in it."""
    data = png(name, size, size)
    entry = struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 24, len(data), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + data
