#!/usr/bin/env python3
"""Bodies that are larger than the memory they may take: archived whole, in a
WARC of their own, while the rest of the crawl goes on.

STET_LARGE=3G makes the largest one that large; STET_LARGE_DIR is where there
is room for it, and twice over."""

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

from flood import Flood, film  # noqa: E402
from rig import STET, Tap, stet  # noqa: E402

MB = 1 << 20
MAX_RSS_MB = 64
MAX_PAGE_RSS_MB = 128  # where a tree of its first 32 MB is made
MAX_DATA = 192 * MB  # of private memory, thread stacks among it
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

    def ends(self, run, status, name, most=MAX_RSS_MB):
        """With this status, and in bounded memory."""
        self.tap.check(run.end() == status, f"{name}: status {status}", run.process.returncode, run.text)
        print(f"# {name}: {run.seconds:.1f} s, {run.peak_mb:.1f} MB")
        if COUNTS_MEMORY:
            self.tap.check(run.peak_mb < most, f"{name}: in less than {most} MB", run.peak_mb)
        else:
            self.tap.skip(f"{name}: in less than {most} MB", "a sanitizer's own memory counts here")

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
    """No file is left that is not whole, but for what a kill left of one that
    the archive did not know of yet."""
    files = [p for p in pathlib.Path(archive).rglob("*") if p.is_file()]
    orphans = [p for p in files if p.parent.name == "orphan"]
    t.tap.none((p for p in files if p not in orphans and (".open" in p.name or "spool" in p.name)),
               f"{name}: nothing is left over")
    t.tap.none((p for p in orphans if p.stat().st_size > 4 * MB), f"{name}: nothing large is put aside")


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


# -- other bodies -----------------------------------------------------------
def keeps_all_kinds(t):
    archive = t.place("kinds")
    paths = [f"/chunked/{40 * MB}", f"/text/{100 * MB}", f"/bytes/{40 * MB + 1}"]
    run = t.crawl(archive, "--scope", "page", *("http://flood.example" + p for p in paths))
    t.ends(run, 0, "other kinds")
    for p in paths:
        own = is_whole(t, archive, p, p)
        t.tap.check(os.path.getsize(own) < size_of(p.split("/")[2]) / (50 if "text" in p else 0.99),
                    f"{p}: compressed where that helps", os.path.getsize(own))
    run = t.crawl(archive, "--scope", "page", "http://flood.example" + paths[2])
    t.ends(run, 0, "one that is there already")
    own = [os.path.getsize(p) for p, _, _ in captures(archive, "http://flood.example" + paths[2])]
    t.tap.check(len(own) == 2 and min(own) < MB, "one that is there already: becomes a revisit", own)
    is_tidy(t, archive, "other kinds")
    is_accepted(t, archive, "other kinds")
    return archive


def reads_large_pages(t):
    """For links from their beginning to their end, framed in any way."""
    archive = t.place("page")
    size = (70 if COUNTS_MEMORY else 36) * MB
    paths = [f"/html/{size}", f"/chunkedhtml/{size + 1}"]
    run = t.crawl(archive, "--scope", "host", "--depth", 1, *("http://flood.example" + p for p in paths))
    t.ends(run, 0, "a large page", MAX_PAGE_RSS_MB)
    for p in paths:
        is_whole(t, archive, p, p)
        for end in ("first", "last"):
            t.tap.same(len(captures(archive, f"http://flood.example/{end}?{p}")), 1, f"{p}: its {end} link is followed")
        said = stet("show", "--block", "--type", "metadata", archive, "http://flood.example" + p).stdout
        t.tap.same(said.count("outlink:"), 2, f"{p}: its metadata has both")
        t.tap.check("limit-reached: tree" in said, f"{p}: and says that its facts are of a part", said)
    shutil.rmtree(archive)


def cuts_at_max_size(t):
    archive = t.place("cut")
    path, most = f"/video/{100 * MB}", 40 * MB
    run = t.crawl(archive, "--scope", "page", "--max-size", most, "http://flood.example" + path)
    t.ends(run, 1, "a body beyond --max-size")
    found = captures(archive, "http://flood.example" + path)
    r = Record(*found[0])
    want = hashlib.sha256()
    for piece in film(most):
        want.update(piece)
    t.tap.same(r.fields.get("WARC-Truncated"), "length", "its record says WARC-Truncated: length")
    t.tap.check(r.good_end and r.size == most and r.body == want.hexdigest(), "what came is there", r.size)
    t.tap.same(r.fields["WARC-Block-Digest"], r.block, "with a block digest that is right")
    t.tap.check("WARC-Payload-Digest" not in r.fields, "and no payload digest", r.fields)
    is_accepted(t, archive, "a body beyond --max-size")


# -- reading it back --------------------------------------------------------
def reads_back(t, archive, path):
    url = "http://flood.example" + path
    want = t.flood.sent[path].hexdigest()
    out, packed = t.place("extracted"), t.place("packed.wacz")
    own = captures(archive, url)[0][0]
    for name, *args in (("show", "show", "--body", archive, url), ("check", "check", archive),
                        ("index", "index", own), ("extract", "extract", "--output", out, own),
                        ("pack", "pack", archive, "-o", packed)):
        process = subprocess.Popen([STET, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        digest = hashlib.sha256()
        for piece in iter(lambda: process.stdout.read(MB), b""):
            digest.update(piece)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        t.tap.same(process.returncode, 0, f"stet {name} reads it")
        if name == "show":
            t.tap.same(digest.hexdigest(), want, "stet show gives what was sent")
        peak = usage.ru_maxrss / 1024
        print(f"# stet {name}: {peak:.1f} MB")
        if COUNTS_MEMORY:
            t.tap.check(peak < MAX_RSS_MB, f"stet {name} takes less than {MAX_RSS_MB} MB", peak)
    files = [p for p in pathlib.Path(out).rglob("*") if p.is_file()]
    with open(files[0], "rb") as f:
        t.tap.same(hashlib.file_digest(f, "sha256").hexdigest(), want, "stet extract gives what was sent")
    shutil.rmtree(out)
    os.unlink(packed)


# -- interrupted ------------------------------------------------------------
def is_being_written(archive, at_least=0):
    """True when the large one's own file has that many bytes."""
    files = sorted(pathlib.Path(archive, "archive").glob("*.open"))
    return len(files) > 1 and files[-1].stat().st_size > at_least


def wait_for(condition, run):
    until = time.monotonic() + 120
    while not condition() and run.process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)


def goes_on(t, archive, path, name, asked):
    """The run is gone on with, and then all is there, once."""
    t.ends(t.crawl(archive), 0, f"{name}, gone on with")
    is_whole(t, archive, path, name)
    t.tap.same(t.flood.asked[path], asked, f"{name}: how often it was asked for")
    is_tidy(t, archive, name)
    is_accepted(t, archive, name)
    shutil.rmtree(archive)


def is_finished_on_sigint(t):
    archive, path = t.place("int"), f"/slow/{80 * MB}"
    t.flood.over.clear()
    run = t.crawl(archive, "--scope", "host", "http://flood.example" + path, "http://small.example/small/0")
    wait_for(t.flood.half.is_set, run)
    run.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    t.flood.go.set()
    t.ends(run, 130, "SIGINT in the middle of it")
    t.tap.check(is_there(archive, path), "SIGINT: what is under way is finished")
    goes_on(t, archive, path, "SIGINT", 1)


def is_there(archive, path):
    index = os.path.join(archive, "indexes", "index.cdx")
    return os.path.exists(index) and len(captures(archive, "http://flood.example" + path)) == 1


def is_given_up_on_two(t, size):
    archive, path = t.place("int2"), f"/video/{size + 1}"
    run = t.crawl(archive, "--scope", "page", "http://flood.example" + path)
    wait_for(lambda: is_being_written(archive, MB), run)
    run.process.send_signal(signal.SIGINT)
    time.sleep(0.01)
    run.process.send_signal(signal.SIGINT)
    t.ends(run, 130, "a second SIGINT while it is written")
    t.tap.check(not is_there(archive, path), "a second SIGINT: it is given up")
    is_tidy(t, archive, "a second SIGINT")
    goes_on(t, archive, path, "two SIGINTs", 2)


def survives_kills(t, size):
    archive, path = t.place("kill"), f"/video/{size + 2}"
    url = "http://flood.example" + path
    for name, moment in (("while it comes in", lambda: t.flood.asked[path] == 1),
                         ("when its file was begun", lambda: is_being_written(archive)),
                         ("while it is written", lambda: is_being_written(archive, size // 4))):
        run = t.crawl(archive, "--scope", "page", url)
        wait_for(moment, run)
        run.process.kill()
        run.end()
        t.tap.same(run.process.returncode, -signal.SIGKILL, f"killed {name}")
    goes_on(t, archive, path, "SIGKILL", 4)


def main():
    tap = Tap()
    size = size_of(os.environ.get("STET_LARGE", "300M" if COUNTS_MEMORY else "200M"))
    folder = tempfile.mkdtemp(prefix="stet-large-", dir=os.environ.get("STET_LARGE_DIR"))
    try:
        with Flood() as flood:
            t = Tester(tap, flood, folder)
            archive, path = does_not_stall(t, size)
            reads_back(t, archive, path)
            shutil.rmtree(archive)
            shutil.rmtree(keeps_all_kinds(t))
            reads_large_pages(t)
            cuts_at_max_size(t)
            is_finished_on_sigint(t)
            is_given_up_on_two(t, size // 2)
            survives_kills(t, size // 2)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.finish()


main()
