"""The part of the catalogue about content codings and media types (ids C…)."""

import functools
import gzip
import zlib

import actions as act
import reply

MEGABYTE = 1024 * 1024


def combine_crc(first, second, length):
    """CRC-32 of A+B from those of A and B and the length of B, by matrices over GF(2)."""
    def times(matrix, vector):
        total = 0
        for at in range(32):
            if vector >> at & 1:
                total ^= matrix[at]
        return total

    def square(matrix):
        return [times(matrix, column) for column in matrix]

    step = [0xEDB88320] + [1 << i for i in range(31)]  # one zero bit
    for _ in range(3):
        step = square(step)  # one zero byte
    while length:
        if length & 1:
            first = times(step, first)
        step, length = square(step), length >> 1
    return first ^ second


def zeros(megabytes):
    """A right gzip file of that many megabytes of zero bytes: one deflated, then repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packer.compress(b"")
    block = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    crc, unit, length, left = 0, zlib.crc32(bytes(MEGABYTE)), MEGABYTE, megabytes
    while left:
        if left & 1:
            crc = combine_crc(crc, unit, length)
        unit, length, left = combine_crc(unit, unit, length), 2 * length, left >> 1
    size = megabytes * MEGABYTE % 2**32
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
    return head + block * megabytes + b"\x03\0" + crc.to_bytes(4, "little") + size.to_bytes(4, "little")


@functools.lru_cache(maxsize=1)
def bomb_in_bomb():
    """Ten gigabytes of zeros, squeezed twice."""
    return gzip.compress(zeros(10240), 9, mtime=0)


@functools.lru_cache(maxsize=1)
def bomb():
    """One gigabyte of zeros, squeezed."""
    return zeros(1024)


def many(data, times):
    """gzip over gzip over gzip."""
    for _ in range(times):
        data = reply.squeeze(data)
    return data


def names(times):
    """The coding named that many times."""
    return ", ".join(["gzip"] * times)


def raw_deflate(data):
    """DEFLATE without an envelope."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def with_extra(data):
    """gzip with a long comment and an extra field."""
    head = b"\x1f\x8b\x08\x14\0\0\0\0\0\x03" + (60000).to_bytes(2, "little") + b"e" * 60000
    tail = zlib.crc32(data).to_bytes(4, "little") + (len(data) % 2**32).to_bytes(4, "little")
    return head + b"c" * 60000 + b"\0" + raw_deflate(data) + tail


def bad_crc(data):
    """gzip with a wrong check sum."""
    out = bytearray(reply.squeeze(data))
    out[-8] ^= 0xFF
    return bytes(out)


def coded_length_lie(case):
    """Content-Length of the decoded body over a coded one."""
    data = reply.squeeze(case.body)
    return [act.Send(case.head("Content-Encoding: gzip", f"Content-Length: {len(case.body)}") + data), act.Close()]


def jis(case):
    """An ISO-2022-JP escape that swallows the start of a tag."""
    data = b"<p>\x1b$B<a href=/swallowed>\x1b(B" + case.body
    return case.html(data, "text/html; charset=iso-2022-jp")


def media(*lines):
    """The page with these Content-Type lines."""
    return lambda c: c.whole(*lines, media="")


ROWS = [
    ("C01", "says gzip, is plain", "R, P(bad-coding)", lambda c: c.coded(c.body, "gzip")),
    ("C02", "gzip without saying so", "R, sniffed", lambda c: c.html(reply.squeeze(c.body))),
    ("C03", "gzip cut, the length right", "R, P(truncated-coding)",
     lambda c: c.coded(reply.squeeze(c.body)[:-40], "gzip")),
    ("C04", "gzip with a wrong CRC", "R, P(bad-crc)", lambda c: c.coded(bad_crc(c.body), "gzip")),
    ("C05", "garbage after gzip", "R", lambda c: c.coded(reply.squeeze(c.body) + b"garbage", "gzip")),
    ("C06", "two gzip members", "R, both decoded",
     lambda c: c.coded(reply.squeeze(c.body[:100]) + reply.squeeze(c.body[100:]), "gzip")),
    ("C07", "gzip of nothing", "R", lambda c: c.coded(reply.squeeze(b""), "gzip")),
    ("C08", "Content-Length of the decoded body", "R+T(disconnect)", coded_length_lie),
    ("C09", "1 MB that unpacks to 1 GB", "R, P(bomb)", lambda c: c.coded(bomb(), "gzip")),
    ("C10a", "gzip three times", "R", lambda c: c.coded(many(c.body, 3), names(3))),
    ("C10b", "gzip five times", "R", lambda c: c.coded(many(c.body, 5), names(5))),
    ("C10c", "gzip six times", "R, P(chain)", lambda c: c.coded(many(c.body, 6), names(6))),
    ("C10d", "gzip fifty times", "R, P(chain)", lambda c: c.coded(many(c.body, 50), names(50))),
    ("C11", "gzip of gzip: some KB that unpack to 10 GB", "R, P(bomb)",
     lambda c: c.coded(bomb_in_bomb(), "gzip, gzip")),
    ("C12a", "deflate with its zlib envelope", "R", lambda c: c.coded(zlib.compress(c.body, 9), "deflate")),
    ("C12b", "deflate without it", "R", lambda c: c.coded(raw_deflate(c.body), "deflate")),
    ("C13a", "says br, is plain", "R, P", lambda c: c.coded(c.body, "br")),
    ("C13b", "says zstd, is plain", "R, P", lambda c: c.coded(c.body, "zstd")),
    ("C14a", "Content-Encoding: foo", "R, P(unknown-coding)", lambda c: c.coded(c.body, "foo")),
    ("C14b", "Content-Encoding: identity", "R", lambda c: c.coded(c.body, "identity")),
    ("C14c", "Content-Encoding: none", "R", lambda c: c.coded(c.body, "none")),
    ("C15", "gzip with a huge comment and extra field", "R", lambda c: c.coded(with_extra(c.body), "gzip")),
    ("C17", "two meta charsets and a late bad byte", "R",
     lambda c: c.html(b"<meta charset=utf-8><meta charset=shift_jis>" + c.body + b"\xff\xfe late", "text/html")),
    ("C18", "an escape that swallows a tag", "R, no phantom link", jis),
    ("C19", "NUL bytes in HTML", "R, the rest is read", lambda c: c.html(b"<p>a\0b\0</p>" + c.body)),
    ("C20a", "no Content-Type", "R, sniffed", media()),
    ("C20b", "Content-Type: text/html;;;charset=", "R", media("Content-Type: text/html;;;charset=")),
    ("C20c", "a Content-Type of 100 KB", "R", media("Content-Type: text/html; x=" + "y" * 100000)),
    ("C20d", "two Content-Type lines", "R", media("Content-Type: text/plain", "Content-Type: text/html")),
    ("C20e", "an image called HTML", "R, no crash", lambda c: c.html(b"\x89PNG\r\n\x1a\n" + bytes(200))),
    ("C20f", "HTML called an image", "R, no crash", lambda c: c.html(c.body, "image/jpeg")),
]
