"""A server of bodies of any size, made as they are sent, on loopback.

    with Flood() as flood:
        stet("crawl", *flood.options, "-o", archive, "http://flood.example/video/300000000")
        flood.sent["/video/300000000"].hexdigest()

    /video/N     N bytes that look like a film (dense)
    /bytes/N     N bytes of no known type
    /chunked/N   the same in chunks
    /text/N      N bytes of text that compresses
    /html/N      a page that large, which links to /first?PATH at its beginning
                 and /last?PATH at its end
    /chunkedhtml/N  the same in chunks
    /slow/N      as /video/N, but held after a half until flood.go is set
    /small/I     a small page; those after the first are answered only once a
                 body is sent, MAKE_WAIT seconds each
"""

import collections
import hashlib
import http.server
import random
import socketserver
import threading
import time

BLOCK = 1 << 20
MAKE_WAIT = 0.002


def film(n, _=None):
    """The first bytes of an MP4, then noise that is never the same twice."""
    yield b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"[:n]
    yield from noise(n - 24)


def numbered(block, n):
    i = 0
    while n > 0:
        piece = b"%016d" % i + block[16:]
        yield piece[:n]
        n -= len(piece)
        i += 1


def noise(n, _=None):
    return numbered(random.Random(6).randbytes(BLOCK), n)


def plain(n, _=None):
    line = b"It is told again and again, and each time by another one. "
    yield from numbered((line * (BLOCK // len(line) + 1))[:BLOCK], n)


def page(n, path):
    first = f"<!DOCTYPE html><title>large</title><a href='/first?{path}'>first</a><p>".encode()
    last = f"</p><a href='/last?{path}'>last</a>".encode()
    yield first
    yield from plain(n - len(first) - len(last))
    yield last


KINDS = {"video": ("video/mp4", film), "slow": ("video/mp4", film),
         "bytes": ("application/octet-stream", noise), "chunked": ("application/octet-stream", noise),
         "text": ("text/plain", plain), "html": ("text/html", page), "chunkedhtml": ("text/html", page)}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        flood = self.server.flood
        flood.asked[self.path] += 1
        _, kind, *rest = self.path.split("/")
        try:
            if kind in KINDS and rest:
                self.send_large(flood, kind, int(rest[0]))
            elif kind == "small":
                self.send_small(flood, int(rest[0]))
            elif "?" in self.path:
                self.send_head(200, "text/plain", 0)
            else:
                self.send_head(404, "text/plain", 0)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send_head(self, status, mime, length):
        self.send_response(status)
        self.send_header("Content-Type", mime)
        if length is None:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def send_large(self, flood, kind, n):
        mime, make = KINDS[kind]
        digest, done = hashlib.sha256(), 0
        chunked = kind.startswith("chunked")
        self.send_head(200, mime, None if chunked else n)
        for piece in make(n, self.path):
            if kind == "slow" and done < n // 2 <= done + len(piece):
                flood.half.set()
                flood.go.wait(60)
            digest.update(piece)
            done += len(piece)
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")
        flood.sent[self.path] = digest
        flood.sent_at = time.time()
        flood.over.set()

    def send_small(self, flood, i):
        if i > 0:
            flood.over.wait(120)
            time.sleep(MAKE_WAIT)
        links = "".join(f"<a href=/small/{n}>{n}</a>" for n in range(1, flood.smalls)) if i == 0 else ""
        body = f"<!DOCTYPE html><title>{i}</title><p>Page {i}.</p>{links}".encode()
        self.send_head(200, "text/html", len(body))
        self.wfile.write(body)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


class Flood:
    """A server under the names flood.example and small.example."""

    def __init__(self, smalls=100):
        self.smalls = smalls
        self.asked = collections.Counter()
        self.sent = {}  # path -> the digest of what was sent last
        self.sent_at = 0
        self.over, self.half, self.go = threading.Event(), threading.Event(), threading.Event()

    def __enter__(self):
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.flood = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        port = self.server.server_address[1]
        self.options = ["--allow-address", "127.0.0.0/8"]
        for name in ("flood.example", "small.example"):
            self.options += ["--connect-to", f"{name}:80:127.0.0.1:{port}"]
        return self

    def __exit__(self, *_):
        self.go.set()
        self.over.set()
        self.server.shutdown()
        self.server.server_close()
