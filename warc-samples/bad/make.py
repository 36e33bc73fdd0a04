#!/usr/bin/env python3
"""Makes the bad samples: python3 make.py, in this folder.

Each file breaks the rule of `stet check` that it is named by.  What does
not matter for the fault is right: lengths, digests, ids, dates.
"""
import base64
import gzip
import hashlib
import io
import json
import zipfile

DATE = "2026-11-23T15:40:19.123Z"
URL = "http://a.example/"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>a story</p>"
CHUNKS = (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
          b"3\r\nabc\r\n0\r\n\r\n")
HTTP = ("Content-Type", "application/http;msgtype=response")
TEXT = ("Content-Type", "text/plain")
PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def sha1(data):
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def uid(n):
    return "<urn:uuid:00000000-0000-4000-8000-%012d>" % n


def record(kind, n, fields=(), block=b"", url=URL, date=DATE, ident=None,
           version="WARC/1.1", length=None, end=b"\r\n\r\n", eol="\r\n",
           ip=True):
    lines = [version]
    if kind is not None:
        lines.append("WARC-Type: " + kind)
    if ident != "":
        lines.append("WARC-Record-ID: " + (ident or uid(n)))
    if date:
        lines.append("WARC-Date: " + date)
    if url:
        lines.append("WARC-Target-URI: " + url)
    if length != "":
        lines.append("Content-Length: %s" %
                     (len(block) if length is None else length))
    if kind == "response" and ip:
        lines.append("WARC-IP-Address: 192.0.2.7")
    lines += [name + ": " + value for name, value in fields]
    head = eol.join(lines) + eol + eol
    return head.encode("utf-8", "surrogateescape") + block + end


def member(data):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as f:
        f.write(data)
    return out.getvalue()


INFO = record("warcinfo", 1, [("Content-Type", "application/warc-fields")],
              b"software: make.py\r\n", url=None)
RESPONSE = record("response", 2, [HTTP, ("WARC-Block-Digest", sha256(PAGE))],
                  PAGE)
LAST = record("resource", 9, [TEXT], b"the last one")


def resource(*fields, block=b"some text", **more):
    return record("resource", 3, [TEXT, *fields], block, **more)


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:]


REVISITED = resource(("WARC-Payload-Digest", sha1(b"some text")))
REFERS = [("WARC-Refers-To", uid(3)),
          ("WARC-Payload-Digest", sha1(b"some text"))]


def segment(number, total, *fields):
    return record("continuation", 4, [
        ("WARC-Segment-Number", str(number)),
        ("WARC-Segment-Origin-ID", uid(3)),
        ("WARC-Segment-Total-Length", str(total)), *fields], b"more")


GZ = [member(x) for x in (INFO, RESPONSE, LAST)]

FILES = {
    # What holds the records.
    "gzip-broken.warc.gz": GZ[0] + GZ[1][:10] + b"\xff" * 8 + GZ[1][18:]
    + GZ[2],
    "gzip-checksum.warc.gz": GZ[0] + flipped(GZ[1], len(GZ[1]) - 6) + GZ[2],
    "gzip-truncated.warc.gz": GZ[0] + GZ[1][:-40],
    "gzip-member-per-record.warc.gz": member(INFO + RESPONSE + LAST),
    "gzip-member-per-record-split.warc.gz":
        GZ[0] + member(RESPONSE[:200]) + member(RESPONSE[200:]) + GZ[2],
    "garbage-between-records.warc.gz": GZ[0] + b"garbage" + GZ[1],
    "garbage-between-records.warc": INFO + b"garbage\r\n" + RESPONSE,
    "record-cut-off.warc": INFO + RESPONSE[:-20],
    "record-end.warc": INFO[:-2] + RESPONSE,
    "file-empty.warc": b"",
    "file-still-open.warc.gz.open": GZ[0] + GZ[1],
    # The header as text.
    "version-line.warc": record("warcinfo", 1, url=None, version="WARC/1.2"),
    "header-line-end.warc": record("warcinfo", 1, url=None, eol="\n"),
    "header-line.warc": INFO.replace(b"Content-Type: ", b"Content-Type "),
    "header-too-long.warc": resource(*[("X-%d" % i, "a") for i in range(1001)]),
    "type-missing.warc": record(None, 1, [TEXT], b"x"),
    "content-length.warc": record("warcinfo", 1, url=None, length=""),
    "content-length-negative.warc": record("warcinfo", 1, url=None,
                                           length=-1),
    # Fields.
    "field-missing.warc": resource(date=None),
    "field-missing-profile.warc": record("revisit", 3),
    "field-forbidden.warc": record("warcinfo", 1),
    "field-repeated.warc": resource(("WARC-Date", DATE)),
    "field-empty.warc": resource(("WARC-Truncated", "")),
    "field-text.warc": resource(("X-Note", "a\x1bb")),
    "field-text-utf8.warc": resource(("X-Note", "caf\udce9")),
    "type-unknown.warc": record("dream", 3, [TEXT], b"x"),
    "content-type-missing.warc": record("resource", 3, [], b"x"),
    "content-type-format.warc": record("resource", 3,
                                       [("Content-Type", "text")], b"x"),
    "record-id-format.warc": resource(ident="urn:uuid:1"),
    "record-id-repeated.warc": INFO + resource() + resource(),
    "date-format.warc": resource(date="23 Nov 2026"),
    "date-format-fraction-in-1.0.warc": resource(version="WARC/1.0"),
    "uri-format.warc": resource(url="http://a.example/a b"),
    "uri-character.warc": resource(url="http://a.example/caf\u00e9"),
    "uri-brackets.warc": resource(url="<http://a.example/>"),
    "ip-format.warc": resource(("WARC-IP-Address", "300.1.1.1")),
    "number-format.warc": record(
        "continuation", 3, [("WARC-Segment-Number", "two"),
                            ("WARC-Segment-Origin-ID", uid(2))], b"x"),
    "segment-number.warc": resource(("WARC-Segment-Number", "2")),
    "truncated-reason.warc": resource(("WARC-Truncated", "tired")),
    # Digests.
    "digest-format.warc": resource(("WARC-Block-Digest", "abc")),
    "digest-unchecked.warc": resource(("WARC-Block-Digest", "crc32:1234")),
    "block-digest.warc": resource(("WARC-Block-Digest", sha256(b"other"))),
    "payload-digest.warc": record(
        "response", 3, [HTTP, ("WARC-Payload-Digest", sha1(b"other"))], PAGE),
    "payload-digest-chunked.warc": record(
        "response", 3, [HTTP, ("WARC-Payload-Digest", sha256(b"abc"))],
        CHUNKS),
    # Records about records.
    "revisit-digest-missing.warc": record("revisit", 3,
                                          [("WARC-Profile", PROFILE)]),
    "revisit-refers-to.warc": record(
        "revisit", 3, [("WARC-Profile", PROFILE),
                       ("WARC-Payload-Digest", sha1(b"abc"))]),
    "revisit-profile-unknown.warc": record(
        "revisit", 3, [("WARC-Profile", "http://a.example/profile")]),
    "revisit-original.warc":
        resource(("WARC-Payload-Digest", sha1(b"some text"))) +
        record("revisit", 4, [("WARC-Profile", PROFILE),
                              ("WARC-Refers-To", uid(3)),
                              ("WARC-Payload-Digest", sha1(b"other"))]),
    "reference-unresolved.warc": resource(("WARC-Concurrent-To", uid(77))),
    "refers-to-elsewhere.warc": record("conversion", 3,
                                       [TEXT, ("WARC-Refers-To", uid(77))],
                                       b"x"),
    "event-date.warc": RESPONSE + record(
        "metadata", 4, [("Content-Type", "application/warc-fields"),
                        ("WARC-Concurrent-To", uid(2))], b"via: x\r\n",
        date="2026-11-23T15:40:20.123Z"),
    # Blocks.
    "http-head.warc": record("response", 3, [HTTP], b"<p>no head</p>"),
    "http-direction.warc": record("response", 3, [HTTP],
                                  b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"),
    "http-length.warc": record(
        "response", 3, [HTTP],
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf a story"),
    "http-chunks.warc": record("response", 3, [HTTP], CHUNKS[:-8]),
    "warc-fields-line.warc": record(
        "warcinfo", 1, [("Content-Type", "application/warc-fields")],
        b"no field\r\n", url=None),
    "warcinfo-type.warc": record("warcinfo", 1, [TEXT], b"software: x\r\n",
                                 url=None),
    "http-type.warc": record("response", 3, [TEXT], b"HTTP?"),
    "ip-missing.warc": record("response", 3, [HTTP], PAGE, ip=False),
    "truncated-whole.warc": record(
        "response", 3, [HTTP, ("WARC-Truncated", "length")],
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
    "payload-type.warc": resource(("WARC-Identified-Payload-Type",
                                   "image/png"), block=b"GIF89a......"),
    # What the standard's readers have agreed on.
    "header-folded.warc": resource(("X-Note", "one\r\n two")),
    "encoded-word.warc": resource(("X-Note", "=?utf-8?q?caf=C3=A9?=")),
    "digest-spelling.warc": resource(
        ("WARC-Block-Digest",
         "SHA-1:" + hashlib.sha1(b"some text").hexdigest())),
    "revisit-version.warc": REVISITED + record(
        "revisit", 4, [("WARC-Profile", PROFILE.replace("/1.1/", "/1.0/")),
                       *REFERS]),
    "revisit-truncated.warc": REVISITED + record(
        "revisit", 4, [("WARC-Profile", PROFILE), HTTP, *REFERS],
        b"HTTP/1.1 200 OK\r\n\r\n"),
    "revisit-block.warc": REVISITED + record(
        "revisit", 4, [("WARC-Profile", PROFILE), HTTP,
                       ("WARC-Truncated", "length"), *REFERS],
        b"HTTP/1.1 200 OK\r\n\r\nsome text"),
    "conversion-refers-to.warc": record("conversion", 3, [TEXT], b"x"),
    "concurrent-type.warc": INFO + resource(("WARC-Concurrent-To", uid(1))),
    "warcinfo-reference.warc":
        resource() + record("resource", 4, [TEXT, ("WARC-Warcinfo-ID", uid(3))],
                            b"x"),
    "segment-chain.warc":
        resource(("WARC-Segment-Number", "1")) + segment(3, 5),
    "segment-fields.warc":
        resource(("WARC-Segment-Number", "1")) +
        segment(2, 13, ("WARC-Payload-Digest", sha256(b"some textmore"))),
    "file-name.warc": GZ[0] + GZ[1],
    "file-name.warc.gz": INFO + RESPONSE,
    # A frame with neither size nor checksum: a raw block, the last one.
    "zstd-frame.warc.zst": bytes.fromhex("28b52ffd0058") +
    (len(INFO) << 3 | 1).to_bytes(3, "little") + INFO,
}

# -- WACZ ---------------------------------------------------------------------

PAGES = (b'{"format":"json-pages-1.0","id":"pages","title":"All Pages"}\n'
         b'{"id":"1","url":"http://a.example/","ts":"2026-11-23T15:40:19Z"}\n')


def line(key, url, offset, data):
    return ('%s 20261123154019 {"url": "%s", "mime": "text/html", "length": '
            '"%d", "offset": "%d", "filename": "a.warc.gz"}\n' %
            (key, url, len(data), offset)).encode()


INDEX = line("example,a)/", URL, len(GZ[0]), GZ[1])
PARTS = {"archive/a.warc.gz": GZ[0] + GZ[1], "indexes/index.cdx": INDEX,
         "pages/pages.jsonl": PAGES}


def package(parts, **more):
    listed = [{"name": path.split("/")[-1].lower(), "path": path,
               "hash": sha256(data), "bytes": len(data)}
              for path, data in parts.items()]
    said = {"profile": "data-package", "wacz_version": "1.1.1",
            "title": "a sample", "created": "2026-11-23T15:40:19Z",
            "software": "make.py", "resources": listed}
    said.update(more)
    return json.dumps({k: v for k, v in said.items() if v}).encode()


def digest(data, **more):
    return json.dumps({"path": "datapackage.json", "hash": sha256(data),
                       **more}).encode()


def wacz(parts=(), lists=None, said=None, signed=None, deflated=(), **changes):
    """A WACZ of PARTS; None for a part leaves it out."""
    parts = {k: v for k, v in {**PARTS, **dict(parts)}.items()
             if v is not None}
    said = package(lists or parts, **changes) if said is None else said
    files = {**parts, "datapackage.json": said,
             "datapackage-digest.json":
                 digest(said) if signed is None else signed}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for path, data in files.items():
            if data:
                info = zipfile.ZipInfo(path, (2026, 11, 23, 15, 40, 18))
                info.compress_type = (zipfile.ZIP_DEFLATED if path in deflated
                                      else zipfile.ZIP_STORED)
                z.writestr(info, data)
    return out.getvalue()


def compressed(**wrong):
    """A compressed index, and the place that its .idx gives of it."""
    block = member(INDEX)
    place = {"offset": 0, "length": len(block), "digest": sha256(block),
             "filename": "index.cdx.gz", **wrong}
    idx = ('!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n'
           "example,a)/ 20261123154019 " + json.dumps(place) + "\n").encode()
    return {"indexes/index.cdx": None, "indexes/index.cdx.gz": block,
            "indexes/index.idx": idx}


NEEDY = member(record("response", 2, [HTTP], PAGE.replace(
    b"<p>", b'<img src="/Lost/"><p>')))
# wabac.js keeps the slash at the end of a path, surt does not.
NEAR = member(record("response", 3, [HTTP], PAGE, url=URL + "lost"))


def needy(more=b"", records=b""):
    lines = line("example,a)/", URL, len(GZ[0]), NEEDY) + more
    return {"archive/a.warc.gz": GZ[0] + NEEDY + records,
            "indexes/index.cdx": lines}


SIGNED = {"hash": sha256(package(PARTS)), "created": "2026-11-23T15:40:19Z",
          "software": "make.py", "version": "0.1.0", "signature": "AAAA",
          "publicKey": "AAAA"}

FILES.update({
    "wacz-zip.wacz": wacz()[:-30],
    "wacz-path.wacz": wacz({"../out": b"x"}),
    "wacz-layout.wacz": wacz({"pages/pages.jsonl": None}),
    "wacz-extra.wacz": wacz({"archive/notes.txt": b"x"}),
    "wacz-stored.wacz": wacz(deflated=["archive/a.warc.gz"]),
    "wacz-package.wacz": wacz(wacz_version=None),
    "wacz-advice.wacz": wacz(wacz_version="1.0.0"),
    "wacz-listed.wacz": wacz({"logs/a.log": b"x"}, lists=PARTS),
    "wacz-hash.wacz": wacz(lists={**PARTS, "indexes/index.cdx":
                                  INDEX.replace(b"html", b"HTML")}),
    "wacz-digest.wacz": wacz(signed=digest(b"other")),
    "wacz-no-digest.wacz": wacz(signed=b""),
    "wacz-pages.wacz": wacz({"pages/pages.jsonl":
                             PAGES.replace(b'"ts"', b'"when"')}),
    "wacz-blocks.wacz": wacz(compressed(length=10)),
    "wacz-signature.wacz": wacz(signed=digest(package(PARTS),
                                              signedData=SIGNED)),
    "page-absent.wacz": wacz({"pages/pages.jsonl":
                              PAGES.replace(b"a.example/", b"b.example/")}),
    "replay-pywb.wacz": wacz(needy()),
    "replay-wabac.wacz": wacz(needy(
        line("example,a)/lost", URL + "lost", len(GZ[0] + NEEDY), NEAR), NEAR)),
})

for name, data in FILES.items():
    with open(name, "wb") as f:
        f.write(data)
