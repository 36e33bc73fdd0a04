#!/usr/bin/env python3
"""A second run over what a first one captured: --revisit-after."""

import hashlib
import http.server
import json
import os
import pathlib
import shutil
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import plain_warc  # noqa: E402
from rig import Tap, stet, warcs  # noqa: E402

HOST = "http://site.example"
DATE = "Sat, 25 Jan 2020 10:00:00 GMT"
PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
FILL = "<p>" + "It says the same each time. " * 60


def page(title, *body):
    return f"<!doctype html><title>{title}</title><h1>{title}</h1>{''.join(body)}{FILL}".encode()


def picture(name):
    return b"\x89PNG\r\n\x1a\n" + hashlib.sha512(name.encode()).digest() * 20


class Site:
    """path -> (media type, body, with what it can be asked after)."""

    def __init__(self):
        self.pages = {
            "/": ("text/html", page("Front", '<a href="/a.html">a</a><a href="/b.html">b</a>'
                                    '<a href="/moved">m</a><a href="/missing">n</a>'
                                    '<a href="/cut">c</a><link rel="stylesheet" href="/s.css">'), "E"),
            "/a.html": ("text/html", page("A", '<img src="/p.png"><img src="/twin.png">'), "M"),
            "/b.html": ("text/html", page("B"), ""),
            "/c.html": ("text/html", page("C"), "EMchunked"),
            "/s.css": ("text/css", b"body { background: url(/bg.png) }", "EM"),
            "/p.png": ("image/png", picture("p"), "E"),
            "/twin.png": ("image/png", picture("p"), "E"),
            "/bg.png": ("image/png", picture("bg"), "M"),
            "/favicon.ico": ("image/png", picture("icon"), "E"),
            "/robots.txt": ("text/plain", b"User-agent: *\nDisallow:\n", "E"),
        }
        self.asked = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                site.asked.append((self.path, self.headers.get("If-None-Match"),
                                   self.headers.get("If-Modified-Since")))
                site.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.options = ["--connect-to", f"site.example:80:127.0.0.1:{self.server.server_address[1]}",
                        "--allow-address", "127.0.0.0/8", "--delay", "0", "--tries", "1"]

    def tag(self, path):
        if path.startswith("/tag"):
            return '"' + "x" * (int(path[4:]) - 2) + '"'
        return '"' + hashlib.md5(self.pages[path][1]).hexdigest() + '"'

    def answer(self, h):
        if h.path == "/moved":
            return self.send(h, 301, b"", [("Location", "/c.html")])
        if h.path == "/cut":
            h.close_connection = True
            return self.send(h, 200, b"<p>half", [("Content-Type", "text/html"), ("ETag", '"cut"')], 5000)
        if h.path not in self.pages:
            return self.send(h, 404, b"no", [("ETag", '"404"')])
        media, body, how = self.pages[h.path]
        fields = [("Content-Type", media)]
        if "E" in how:
            fields.append(("ETag", self.tag(h.path)))
        if "M" in how:
            fields.append(("Last-Modified", DATE))
        if (h.headers.get("If-None-Match") == self.tag(h.path) or
                "M" in how and not h.headers.get("If-None-Match") and h.headers.get("If-Modified-Since") == DATE):
            return self.send(h, 304, None, fields[1:])
        if "chunked" in how:
            return self.send(h, 200, b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
                             [*fields, ("Transfer-Encoding", "chunked")], -1)
        return self.send(h, 200, body, fields)

    def send(self, h, status, body, fields, length=None):
        h.send_response(status)
        for f in fields:
            h.send_header(*f)
        if body is not None and length != -1:
            h.send_header("Content-Length", str(len(body) if length is None else length))
        h.end_headers()
        h.wfile.write(body or b"")

    def diary(self):
        """{path: (If-None-Match, If-Modified-Since)} since the last look."""
        asked, self.asked = self.asked, []
        return {path: (tag, date) for path, tag, date in asked}


class Test:
    def __init__(self, tap, site, folder):
        self.tap = tap
        self.site = site
        self.folder = folder
        self.archive = os.path.join(folder, "archive")

    def crawl(self, *args, archive=None, seeds=(HOST + "/",)):
        before = set(warcs(archive or self.archive))
        done = stet("crawl", "-q", *self.site.options, "-o", archive or self.archive, *args, *seeds)
        new = [r for p in warcs(archive or self.archive) if p not in before for r in plain_warc.records(p)]
        return done, self.site.diary(), new


def log(archive):
    """The last line of each URL but robots.txt."""
    with open(pathlib.Path(archive, "logs", "crawl.jsonl")) as f:
        return {e["url"].removeprefix(HOST): e for e in map(json.loads, f) if e["role"] != "robots"}


def index(archive):
    with open(pathlib.Path(archive, "indexes", "index.cdx")) as f:
        return [(line.split(" ", 2)[1], json.loads(line.split(" ", 2)[2])) for line in f]


def captures(records):
    return {r.url.removeprefix(HOST): r for r in records if r.type in ("response", "revisit")}


def check_first(t):
    done, asked, new = t.crawl()
    t.tap.check(done.returncode == 0, "the first run ends well", done.stderr)
    t.tap.same(sorted(asked), sorted([*t.site.pages, "/moved", "/missing", "/cut"]), "it asks for all")
    t.tap.none((a for a in asked.items() if any(a[1])), "and for nothing with a condition")
    t.first = captures(new)


UNCHANGED = ("/", "/a.html", "/c.html", "/s.css", "/p.png", "/twin.png", "/bg.png", "/favicon.ico")


def check_unchanged(t, words):
    """All is asked for; what has validators, with them."""
    tag = t.site.tag
    done, asked, new = t.crawl("--revisit-after", "0")
    t.tap.check(done.returncode == 0, f"{words}: the run ends well", done.stderr)
    t.tap.same(asked, {
        "/": (tag("/"), None), "/a.html": (None, DATE), "/b.html": (None, None),
        "/c.html": (tag("/c.html"), DATE), "/s.css": (tag("/s.css"), DATE),
        "/p.png": (tag("/p.png"), None), "/twin.png": (tag("/twin.png"), None),
        "/bg.png": (None, DATE), "/favicon.ico": (tag("/favicon.ico"), None),
        "/robots.txt": (None, None), "/moved": (None, None), "/missing": (None, None),
        "/cut": (None, None)}, f"{words}: each URL is asked for with what its answer had, if that was whole")
    found = captures(new)
    t.tap.none((u for u in UNCHANGED if (found[u].type, found[u]["WARC-Profile"]) != ("revisit", PROFILE)),
               f"{words}: a 304 becomes a revisit")
    t.tap.none((u for u in found if u not in UNCHANGED and found[u]["WARC-Profile"] == PROFILE),
               f"{words}: and nothing else does")
    return found, new


def check_records(t, found, new):
    for u in UNCHANGED:
        r = found[u]
        # One twin's first capture was itself a revisit of the other.
        first = t.first[u]
        if first.type == "revisit":
            first = t.first[{"/p.png": "/twin.png", "/twin.png": "/p.png"}[u]]
        t.tap.check(r["WARC-Refers-To"] == first["WARC-Record-ID"] and
                    r["WARC-Refers-To-Target-URI"] == first.url and
                    r["WARC-Refers-To-Date"] == first["WARC-Date"], f"{u}: the revisit says of what", r.fields)
        t.tap.check(r.block == b"" and not r["WARC-Truncated"], f"{u}: it has no block that could be shown in place of it")
        t.tap.same([v for m in new if m.type == "metadata" and m.url == r.url
                    for n, v in m.warc_fields() if n == "not-modified"][0], "HTTP/1.1 304 Not Modified",
                   f"{u}: and the head of the 304 stands in the metadata")
    sent = {r.url.removeprefix(HOST): r for r in new if r.type == "request"}
    t.tap.check(sent["/c.html"].http_field("If-None-Match") == t.site.tag("/c.html") and
                sent["/c.html"].http_field("If-Modified-Since") == DATE, "the request is stored as sent")


def check_pages(t, new):
    infos = {r.url.removeprefix("urn:pageinfo:" + HOST): json.loads(r.block)
             for r in new if r.type == "resource" and r.url.startswith("urn:pageinfo:")}
    t.tap.same(sorted(infos), ["/", "/a.html", "/b.html", "/c.html", "/cut", "/missing"],
               "each page of the second run is complete")
    needs = {u.removeprefix(HOST): v for u, v in infos["/a.html"]["urls"].items()}
    t.tap.same({u: v["status"] for u, v in needs.items()},
               {"/a.html": 200, "/p.png": 200, "/twin.png": 200, "/favicon.ico": 200},
               "with what it needs, as it is shown")
    metadata = [r for r in new if r.type == "metadata" and r.url == HOST + "/"]
    t.tap.check(len(metadata) == 1 and any(n == "outlink" and v.startswith(HOST + "/a.html ")
                                           for n, v in metadata[0].warc_fields()),
                "the links of a page that did not change are told again")


def check_index(t):
    lines = [(ts, e) for ts, e in index(t.archive) if e["url"] == HOST + "/c.html"]
    t.tap.same([(e["mime"], e.get("status")) for _, e in lines],
               [("text/html", "200"), ("warc/revisit", None)], "the index has both captures")
    t.tap.same(lines[0][1]["digest"], lines[1][1]["digest"], "of one payload")
    made = stet("index", *warcs(t.archive))
    with open(pathlib.Path(t.archive, "indexes", "index.cdx")) as f:
        held = sorted(line for line in f if '"warc/revisit"' in line)
    t.tap.same(held, sorted(line for line in made.stdout.splitlines(True) if '"warc/revisit"' in line),
               "and its revisits are as stet index has them")
    done = stet("check", t.archive)
    t.tap.check(done.returncode == 0, "stet check finds no fault", done.stdout, done.stderr)


def check_shown(t, words):
    """What the second run holds of a page is the first one's body."""
    mirror = os.path.join(t.folder, "mirror")
    done = stet("export", t.archive, mirror)
    t.tap.check(done.returncode == 0, f"{words} can be exported", done.stderr)
    files = {p.name: p for p in pathlib.Path(mirror).rglob("*") if p.is_file()}
    t.tap.check("a.html" in files and b"It says the same" in files["a.html"].read_bytes() and
                files["p.png"].read_bytes() == t.site.pages["/p.png"][1], "with its bodies", sorted(files))
    shutil.rmtree(mirror, ignore_errors=True)


def check_fresh(t):
    before = pathlib.Path(t.archive, "pages", "extraPages.jsonl").read_text()
    done, asked, new = t.crawl("--revisit-after", "1h")
    t.tap.check(done.returncode == 0, "a run over what is fresh ends well", done.stderr)
    t.tap.same(sorted(asked), ["/cut", "/missing", "/robots.txt"],
               "what was captured lately is not asked for; what failed is")
    t.tap.none((a for a in asked.items() if any(a[1])), "and that without a condition")
    t.tap.same(sorted(captures(new)), ["/cut", "/missing", "/robots.txt"], "nothing is written of what is fresh")
    lines = log(t.archive)
    t.tap.none((u for u in [*UNCHANGED, "/b.html", "/moved"] if lines[u]["outcome"] != "fresh"),
               "but in the log")
    after = pathlib.Path(t.archive, "pages", "extraPages.jsonl").read_text()
    t.tap.same(after.count("/a.html"), before.count("/a.html"), "a fresh page is no new one")


def check_changed(t):
    t.site.pages["/a.html"] = ("text/html", page("A", '<img src="/p.png"><a href="/new.html">new</a>'), "E")
    t.site.pages["/new.html"] = ("text/html", page("New", '<img src="/bg.png">'), "E")
    done, asked, new = t.crawl("--revisit-after", "0")
    found = captures(new)
    t.tap.same((asked["/a.html"], found["/a.html"].type), ((None, DATE), "response"),
               "a page that changed is captured anew")
    t.tap.check(b"/new.html" in found["/a.html"].payload(), "as it is now")
    t.tap.same((asked.get("/new.html"), found["/new.html"].type), ((None, None), "response"),
               "and its new link is followed")
    t.tap.check(log(t.archive)["/a.html"]["status"] == 200, "the log says so")
    t.tap.check(log(t.archive)["/c.html"]["status"] == 304 and log(t.archive)["/c.html"]["revisit"],
                "and of what did not change, 304")


def check_default(t):
    done, asked, new = t.crawl()
    t.tap.none((a for a in asked.items() if any(a[1])), "without the option nothing is asked for with a condition")
    t.tap.none((u for u, r in captures(new).items() if r["WARC-Profile"] == PROFILE), "and all is captured anew")


def check_resume(t):
    """The option is the run's, and its time is counted from the run's start."""
    done, asked, _ = t.crawl("--revisit-after", "0", "--max-urls", "4")
    t.tap.same(done.returncode, 4, "a limit stops a run")
    done, more, _ = t.crawl(seeds=())
    t.tap.check(done.returncode == 0 and len(more) > 3, "it is gone on with", done.stderr, more)
    t.tap.same(more.get("/c.html", asked.get("/c.html")), (t.site.tag("/c.html"), DATE), "with its conditions")
    t.tap.none((u for u in more if u in asked and u != "/robots.txt"), "and nothing is asked for twice")


def check_damaged(t):
    """What cannot be read back is asked for as if it were new."""
    archive = os.path.join(t.folder, "damaged")
    t.crawl(archive=archive)
    damaged = {}
    for p in warcs(archive):
        data = bytearray(p.read_bytes())
        for r in plain_warc.records(p):
            if r.url == HOST + "/c.html" and r.type == "response":
                data[r.offset:r.offset + 4] = b"\0\0\0\0"
                damaged[p] = bytes(data)
    for p, data in damaged.items():
        p.write_bytes(data)
    done, asked, _ = t.crawl("--revisit-after", "0", archive=archive)
    t.tap.same((len(damaged), asked["/c.html"], asked["/"][0]), (1, (None, None), t.site.tag("/")),
               "a damaged record is no capture")
    done, asked, _ = t.crawl("--revisit-after", "1h", "--warc-version", "1.0", archive=archive)
    t.tap.check("/" not in asked and asked["/c.html"] == (None, None), "nor is a revisit of one")
    shutil.rmtree(archive)


def check_save(t):
    archive = os.path.join(t.folder, "saved")
    for args, tag in (((), None), (("--revisit-after", "0", "--warc-version", "1.0"), t.site.tag("/c.html"))):
        done = stet("save", "-q", *t.site.options, "-o", archive, *args, HOST + "/c.html")
        asked = t.site.diary()
        t.tap.check(done.returncode == 0 and asked["/c.html"][0] == tag, "stet save has the option too", done.stderr)
    profiles = {r["WARC-Profile"] for p in warcs(archive) for r in plain_warc.records(p)} - {None}
    t.tap.same(profiles, {PROFILE.replace("1.1", "1.0")}, "and WARC/1.0 its own profile")
    done = stet("crawl", "--revisit-after", "1001y", HOST)
    t.tap.same(done.returncode, 2, "a time must be one")


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="stet-revisit-")
    t = Test(tap, Site(), folder)
    try:
        check_first(t)
        found, new = check_unchanged(t, "the second run")
        check_records(t, found, new)
        check_pages(t, new)
        check_index(t)
        check_shown(t, "the second run")
        check_fresh(t)
        found, new = check_unchanged(t, "a run after a fresh one")
        check_records(t, found, new)
        check_changed(t)
        check_resume(t)
        check_default(t)
        check_index_again(t)
        check_damaged(t)
        check_save(t)
        check_long_tags(t)
    finally:
        if not os.environ.get("STET_TEST_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)
    tap.finish()


def check_long_tags(t):
    archive = os.path.join(t.folder, "tags")
    seeds = (HOST + "/tag1024", HOST + "/tag1025")
    t.site.pages["/tag1024"] = ("text/plain", b"the longest tag that is sent back", "E")
    t.site.pages["/tag1025"] = ("text/plain", b"one that is not", "E")
    t.crawl("--scope", "page", archive=archive, seeds=seeds)
    _, asked, _ = t.crawl("--scope", "page", "--revisit-after", "0", archive=archive, seeds=seeds)
    t.tap.same((asked["/tag1024"], asked["/tag1025"]), ((t.site.tag("/tag1024"), None), (None, None)),
               "an entity tag of more than 1,024 bytes is not sent back")


def check_index_again(t):
    done = stet("check", t.archive)
    t.tap.check(done.returncode == 0, "after all of this stet check finds no fault", done.stdout, done.stderr)


if __name__ == "__main__":
    main()
