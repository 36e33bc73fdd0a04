#!/usr/bin/env python3
"""Bodies that are larger than the memory they may take: archived whole, in a
WARC of their own, while the rest of the crawl goes on.

STET_LARGE=3G makes the largest one that large."""

import hashlib
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

from flood import Flood  # noqa: E402
from rig import STET, Tap, stet  # noqa: E402

MB = 1 << 20
MAX_RSS_MB = 64
MAX_DATA = 128 * MB  # of private memory, thread stacks among it
COUNTS_MEMORY = os.environ.get("VARIANT") not in ("asan", "tsan")
FAST = ["--delay", "0", "--quiet"]


def size_of(text):
    units = {"K": 1 << 10, "M": MB, "G": 1 << 30}
    return int(text[:-1]) * units[text[-1]] if text[-1] in units else int(text)


def limit_memory():
    if COUNTS_MEMORY:
        resource.setrlimit(resource.RLIMIT_DATA, (MAX_DATA, MAX_DATA))


class Run:
    """stet with its memory bounded and looked at."""

    def __init__(self, *args):
        self.process = subprocess.Popen([STET, *map(str, args)], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, preexec_fn=limit_memory)
        self.began = time.monotonic()

    def end(self):
        """The status; then text, peak_mb and seconds are there."""
        self.text = self.process.stdout.read().decode(errors="replace")
        _, status, usage = os.wait4(self.process.pid, 0)
        self.seconds = time.monotonic() - self.began
        self.peak_mb = usage.ru_maxrss / 1024
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return self.process.returncode


class Tester:
    def __init__(self, tap, flood, folder):
        self.tap, self.flood, self.folder = tap, flood, folder

    def ends(self, run, status, name):
        """With this status, and in bounded memory."""
        self.tap.check(run.end() == status, f"{name}: status {status}", run.process.returncode, run.text)
        print(f"# {name}: {run.seconds:.1f} s, {run.peak_mb:.1f} MB")
        if COUNTS_MEMORY:
            self.tap.check(run.peak_mb < MAX_RSS_MB, f"{name}: in less than {MAX_RSS_MB} MB", run.peak_mb)
        else:
            self.tap.skip(f"{name}: in less than {MAX_RSS_MB} MB", "a sanitizer's own memory counts here")

    def crawl(self, archive, *args):
        return Run("crawl", *FAST, *self.flood.options, "-o", archive, *args)

    def place(self, name):
        return os.path.join(self.folder, name)


def captures(archive, url):
    """[(path, offset, length)] of what the index has of a URL."""
    found = []
    for line in open(os.path.join(archive, "indexes", "index.cdx")):
        fields = json.loads(line[line.index("{"):])
        if fields["url"] == url:
            found.append((os.path.join(archive, "archive", fields["filename"]),
                          int(fields["offset"]), int(fields["length"])))
    return found


class Record:
    """A record read in pieces with zlib alone: fields, the HTTP head, and the
    digests of block and body."""

    def __init__(self, path, offset, length):
        block, body, entity = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
        pieces = self.pieces(path, offset, length)
        front = b""
        while b"\r\n\r\n" not in front:
            front += next(pieces)
        head, _, rest = front.partition(b"\r\n\r\n")
        self.fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
        left = int(self.fields["Content-Length"])
        while b"\r\n\r\n" not in rest:
            rest += next(pieces)
        self.http, _, first = rest.partition(b"\r\n\r\n")
        self.http += b"\r\n\r\n"
        block.update(self.http)
        left -= len(self.http)
        self.size = left
        chunks = Chunks(entity) if b"chunked" in self.http else None
        tail = b""
        for piece in self.from_first(first, pieces):
            mine, tail = piece[:left], tail + piece[left:]
            left -= len(mine)
            block.update(mine)
            body.update(mine)
            if chunks:
                chunks.feed(mine)
        self.good_end = left == 0 and tail == b"\r\n\r\n"
        self.block = "sha256:" + block.hexdigest()
        self.body = (entity if chunks else body).hexdigest()

    @staticmethod
    def from_first(first, pieces):
        yield first
        yield from pieces

    @staticmethod
    def pieces(path, offset, length):
        gzip = zlib.decompressobj(31)
        with open(path, "rb") as f:
            f.seek(offset)
            while length > 0:
                data = f.read(min(length, MB))
                length -= len(data)
                while data:
                    yield gzip.decompress(data, 4 * MB)
                    data = gzip.unconsumed_tail
        assert gzip.eof and not gzip.unused_data, "not one gzip member"


class Chunks:
    """Chunk framing, taken off."""

    def __init__(self, digest):
        self.digest, self.held, self.left = digest, b"", 0

    def feed(self, data):
        data = self.held + data
        while data:
            if self.left > 2:
                mine = data[:self.left - 2]
                self.digest.update(mine)
            if self.left:
                n = min(self.left, len(data))
                self.left, data = self.left - n, data[n:]
                if self.left and not data and self.left < 2:
                    break
                continue
            line, end, rest = data.partition(b"\r\n")
            if not end:
                break
            size = int(line, 16)
            self.left, data = size + 2 if size else 2, rest
        self.held = data


def is_whole(t, archive, path, name):
    """The one capture of it is what was sent."""
    found = captures(archive, "http://flood.example" + path)
    if not t.tap.check(len(found) == 1, f"{name}: archived once", found):
        return None
    r = Record(*found[0])
    want = t.flood.sent[path].hexdigest()
    t.tap.check(r.good_end and r.body == want, f"{name}: the body is what was sent", r.body, want)
    t.tap.same(r.fields["WARC-Block-Digest"], r.block, f"{name}: the block digest is right")
    if b"chunked" not in r.http:
        t.tap.same(r.fields["WARC-Payload-Digest"], "sha256:" + want, f"{name}: the payload digest is right")
    return found[0][0]


def is_accepted(t, archive, name):
    done = stet("check", archive)
    t.tap.check(done.returncode == 0, f"{name}: stet check accepts it", done.stdout[-2000:], done.stderr)


def is_tidy(t, archive, name):
    """No file is left that is not whole."""
    names = [str(p.relative_to(archive)) for p in pathlib.Path(archive).rglob("*")]
    t.tap.none((n for n in names if n.endswith(".open") or "spool" in n or n.startswith("orphan/")),
               f"{name}: nothing is left over")


# -- a large one and many small ones ----------------------------------------
def does_not_stall(t, size):
    archive = t.place("large")
    path = f"/video/{size}"
    run = t.crawl(archive, "--scope", "host", "http://flood.example" + path, "http://small.example/small/0")
    t.ends(run, 0, "a large one")
    own = is_whole(t, archive, path, "a large one")
    log = [json.loads(line) for line in open(os.path.join(archive, "logs", "crawl.jsonl"))]
    at = next(i for i, line in enumerate(log) if line["url"].endswith(path))
    late = [line for line in log[:at] if "/small/" in line["url"] and not line["url"].endswith("/0")]
    # These were answered only when the large one had been sent.
    t.tap.check(len(late) >= 5, "others are committed while it is written", len(late))
    print(f"# {len(late)} others meanwhile")
    t.tap.same(len({line["url"] for line in log if "/small/" in line["url"]}), t.flood.smalls,
               "all the others are there")
    others = {p for i in range(t.flood.smalls) for p, _, _ in captures(archive, f"http://small.example/small/{i}")}
    t.tap.check(own not in others, "it has a file of its own", own, others)
    is_tidy(t, archive, "a large one")
    is_accepted(t, archive, "a large one")
    return archive, path


def main():
    tap = Tap()
    size = size_of(os.environ.get("STET_LARGE", "300M"))
    folder = tempfile.mkdtemp(prefix="stet-large-", dir=os.environ.get("STET_LARGE_DIR"))
    try:
        with Flood() as flood:
            t = Tester(tap, flood, folder)
            does_not_stall(t, size)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.finish()


main()
