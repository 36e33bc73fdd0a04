"""Ordinary replies: well-formed HTTP/1.1 with a date, a length and a validator."""

import gzip
import hashlib
from email.utils import format_datetime

import actions as act

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "application/javascript",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ico": "image/x-icon",
    ".svg": "image/svg+xml",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
}


def http_date(when):
    """A date as HTTP writes it."""
    return format_datetime(when, usegmt=True)


def head(status, fields):
    """A status line and header lines as bytes, with the empty line."""
    lines = [f"HTTP/1.1 {status}"] + [f"{name}: {value}" for name, value in fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def chunk(data, extension=""):
    """One chunk, framed."""
    return b"%x%s\r\n%s\r\n" % (len(data), extension.encode(), data)


def chunks(data, size, extensions=("",)):
    """A chunked body without its last chunk; extensions are used in turn."""
    out = bytearray()
    for i, at in enumerate(range(0, len(data), size)):
        out += chunk(data[at : at + size], extensions[i % len(extensions)])
    return bytes(out)


def squeeze(data):
    """gzip with no time in it, so that the same bytes come each run."""
    return gzip.compress(data, 9, mtime=0)


def accepts_gzip(request):
    """Whether the client said that it takes gzip."""
    return "gzip" in (request.get("accept-encoding") or "").lower()


def common(now, media):
    """The fields with which every ordinary reply begins."""
    return [("Date", http_date(now)), ("Server", "world"), ("Content-Type", media)]


def document(request, now, body, media, extra=()):
    """200 with the body, or 304 when the client has it, bare for HEAD."""
    tag = '"%s"' % hashlib.sha256(body).hexdigest()[:16]
    fields = common(now, media) + [("ETag", tag), *extra]
    if (request.get("if-none-match") or "") == tag:
        kept = [f for f in fields if f[0] != "Content-Type"]
        return [act.Send(head("304 Not Modified", kept))]
    data = head("200 OK", fields + [("Content-Length", len(body))])
    return [act.Send(data if request.method == "HEAD" else data + body)]


def plain(request, now, status, text, extra=()):
    """A short page for a status, with further header fields."""
    body = (
        f"<!doctype html>\n<title>{status}</title>\n<h1>{status}</h1>\n<p>{text}</p>\n"
    ).encode()
    fields = common(now, TYPES[".html"]) + list(extra) + [("Content-Length", len(body))]
    data = head(status, fields)
    return [act.Send(data if request.method == "HEAD" else data + body)]


def redirect(request, now, status, location):
    """A redirection, its Location written as given."""
    return plain(request, now, status, "It is elsewhere.", [("Location", location)])


def missing(request, now):
    """404."""
    return plain(request, now, "404 Not Found", "There is no such page in this world.")
