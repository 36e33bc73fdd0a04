"""Reads WARC files with nothing but the standard library.

It knows the standard's grammar and no more, so that what stet writes can be
looked at without stet:

    for r in plain_warc.records("file.warc.gz"):
        r.offset, r.length, r.type, r["WARC-Target-URI"], r.block

It is strict: a member that holds more or less than one record, a field line
without a colon, a block of another length than promised raise Broken.
"""

import base64
import hashlib
import zlib


class Broken(Exception):
    pass


class Record:
    def __init__(self, offset, length, data):
        self.offset = offset  # of the gzip member in the file
        self.length = length  # of the gzip member
        head, sep, rest = data.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        if not sep or not lines[0].startswith(b"WARC/1."):
            raise Broken(f"offset {offset}: no WARC header")
        self.version = lines[0].decode()
        self.fields = []
        for line in lines[1:]:
            name, colon, value = line.partition(b":")
            if not colon:
                raise Broken(f"offset {offset}: field line {line!r}")
            self.fields.append((name.decode(), value.strip().decode()))
        size = int(self["Content-Length"])
        self.block = rest[:size]
        if len(self.block) != size or rest[size:] != b"\r\n\r\n":
            raise Broken(f"offset {offset}: the block is not {size} bytes")

    def all(self, name):
        """Every value of a field."""
        return [v for n, v in self.fields if n.lower() == name.lower()]

    def __getitem__(self, name):
        """The value of a field, or None."""
        values = self.all(name)
        return values[0] if values else None

    @property
    def type(self):
        return self["WARC-Type"]

    @property
    def url(self):
        return self["WARC-Target-URI"]

    @property
    def is_http(self):
        return (self["Content-Type"] or "").startswith("application/http")

    def http(self):
        """(first line, [(name, value)], body as it stands)."""
        head, _, body = self.block.partition(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")
        pairs = [line.partition(b":") for line in lines]
        return (first.decode("latin-1"),
                [(n.decode("latin-1"), v.strip().decode("latin-1")) for n, _, v in pairs],
                body)

    def http_field(self, name):
        for n, v in self.http()[1]:
            if n.lower() == name.lower():
                return v
        return None

    def entity(self):
        """The HTTP body without its chunks."""
        body = self.http()[2]
        if "chunked" in (self.http_field("Transfer-Encoding") or "").lower():
            return unchunk(body)
        return body

    def payload(self):
        """The HTTP body without chunks and gzip."""
        body = self.entity()
        if (self.http_field("Content-Encoding") or "").lower() == "gzip":
            return zlib.decompress(body, 47)
        return body

    def warc_fields(self):
        """A block of application/warc-fields as [(name, value)]."""
        pairs = [line.partition(":") for line in self.block.decode().split("\r\n") if line]
        return [(n, v.strip()) for n, _, v in pairs]


def unchunk(body):
    """RFC 9112 section 7.1, of a whole and well-formed body."""
    out, at = [], 0
    while True:
        end = body.index(b"\n", at)
        size = int(body[at:end].split(b";")[0].strip(), 16)
        at = end + 1
        if size == 0:
            return b"".join(out)
        out.append(body[at:at + size])
        at += size
        at += 2 if body[at:at + 2] == b"\r\n" else 1


PIECE = 1 << 16  # handed to zlib at once: it copies what it leaves


def members(data):
    """(offset, length, content) of each gzip member."""
    at = 0
    while at < len(data):
        z, end, parts = zlib.decompressobj(31), at, []
        while not z.eof:
            if end >= len(data):
                raise Broken(f"offset {at}: the gzip member is cut off")
            parts.append(z.decompress(data[end:end + PIECE]))
            end = min(end + PIECE, len(data))
        end -= len(z.unused_data)
        yield at, end - at, b"".join(parts)
        at = end


def records(path):
    with open(path, "rb") as f:
        data = f.read()
    for offset, length, content in members(data):
        yield Record(offset, length, content)


def record_at(path, offset, length):
    with open(path, "rb") as f:
        f.seek(offset)
        data = f.read(length)
    (_, got, content), = members(data)
    if got != length:
        raise Broken(f"offset {offset}: the member has {got} bytes, not {length}")
    return Record(offset, length, content)


def digest(label, data):
    """data's digest, written in the way of label ("sha256:…")."""
    kind = label.partition(":")[0]
    if kind == "sha1":
        return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()
    return kind + ":" + hashlib.new(kind, data).hexdigest()
