"""faults.example: one address for each thing that servers do wrong.

Every row of the catalogue is a script of what is sent.  A path is the row's
id, `/H01`; anything after a hyphen is ignored, so `/H01-length-too-long` is
the same.  Almost every body is an HTML page that links to `/after/ID`, which
exists: whoever requests it has read the body.  `/` links to `/quick`, which
links to all rows that end by themselves, and to `/slow`, which links to the rest.

`sees` is what an archiver must make of it: R whole record, R+T(reason) a
record marked as truncated, F(reason) no response record, P(reason) stored but
not (wholly) parsed.
"""

import re
from dataclasses import dataclass
from typing import Callable

import actions as act
import coded
import documents
import reply

CRLF = b"\r\n"
DATE = b"Date: %s\r\nServer: world\r\n"


@dataclass(frozen=True)
class Row:
    """One fault."""

    ident: str
    what: str
    sees: str
    script: Callable
    slow: bool = False


class Case:
    """What a script needs: the page to send and the words to send it with."""

    def __init__(self, ident, now):
        self.ident = ident
        self.now = now
        self.body = (
            f'<!doctype html>\n<html lang="en">\n<head><title>Fault {ident}</title></head>\n<body>\n'
            f'<h1>Fault {ident}</h1>\n<p>{"A line of padding. " * 20}</p>\n'
            f'<p><a href="/after/{ident}">after {ident}</a></p>\n</body>\n</html>\n'
        ).encode()

    def head(self, *lines, status="200 OK", media="text/html; charset=utf-8", version="HTTP/1.1"):
        """Status line and header lines as given, and the empty line."""
        out = f"{version} {status}\r\n".encode() + DATE % reply.http_date(self.now).encode()
        if media:
            out += f"Content-Type: {media}\r\n".encode()
        for line in lines:
            out += (line if isinstance(line, bytes) else line.encode()) + CRLF
        return out + CRLF

    def sized(self, *lines, **options):
        """A right head for the page."""
        return self.head(*lines, f"Content-Length: {len(self.body)}", **options)

    def whole(self, *lines, **options):
        """The page, right but for the lines given."""
        return [act.Send(self.sized(*lines, **options) + self.body)]

    def lengths(self, *values):
        """The page with these Content-Length lines, then the end of the connection."""
        lines = [f"Content-Length: {value}" for value in values]
        return [act.Send(self.head(*lines) + self.body), act.Close()]

    def chunked(self, framed, *lines, **options):
        """A chunked message whose framing is given."""
        return [act.Send(self.head("Transfer-Encoding: chunked", *lines, **options) + framed), act.Close()]

    def coded(self, data, coding):
        """The bytes of a coded body under a Content-Encoding, well framed."""
        return [act.Send(self.head(f"Content-Encoding: {coding}", f"Content-Length: {len(data)}") + data)]

    def html(self, data, media="text/html; charset=utf-8"):
        """Another document, well framed."""
        return [act.Send(self.head(f"Content-Length: {len(data)}", media=media) + data)]


ROWS = []


def row(ident, what, sees, script, slow=False):
    """Add a fault to the catalogue."""
    ROWS.append(Row(ident, what, sees, script, slow))


def half(data):
    """The first half of some bytes."""
    return data[: len(data) // 2]


# -- lengths ------------------------------------------------------------------

row("H01", "Content-Length a thousand more than comes", "R+T(disconnect)", lambda c: c.lengths(len(c.body) + 1000))
row("H02", "Content-Length less than comes", "R, excess cut, connection dropped",
    lambda c: [act.Send(c.sized() + c.body), act.Excess(b"<p>glued after the end</p>"), act.Close()])
row("H03", "Content-Length: -5", "R+T(unspecified) or close-delimited", lambda c: c.lengths(-5))
row("H04", "Content-Length: abc", "as H03", lambda c: c.lengths("abc"))
row("H05", "Content-Length twice, equal", "R", lambda c: c.lengths(len(c.body), len(c.body)))
row("H06", "Content-Length twice, different", "R, ambiguous, connection dropped", lambda c: c.lengths(10, len(c.body)))
row("H07", "Content-Length as a list", "R", lambda c: c.lengths(f"{len(c.body)}, {len(c.body)}"))
row("H08", "Content-Length beyond 64 bits", "close-delimited", lambda c: c.lengths(2**64 + 1))
row("H09", "Content-Length with a plus", "invalid", lambda c: c.lengths(f"+{len(c.body)}"))
row("H10", "Content-Length and chunked", "R, chunked wins, connection dropped",
    lambda c: c.chunked(reply.chunks(c.body, 100) + b"0\r\n\r\n", "Content-Length: 10"))

# -- chunks -------------------------------------------------------------------

row("H11", "chunked with trailers and extensions", "R, raw",
    lambda c: [act.Send(c.head("Transfer-Encoding: chunked", "Trailer: X-End")
                        + reply.chunks(c.body, 100, (";a=1", ' ; b = "x;y"', "")) + b"0;z\r\nX-End: yes\r\n\r\n")])
row("H12", "cut inside a chunk", "R+T(disconnect)", lambda c: c.chunked(reply.chunks(c.body, 100)[:-30]))
row("H13", "cut between chunks", "R+T(disconnect)", lambda c: c.chunked(reply.chunks(c.body, 100)))
row("H14", "chunk size zz", "R+T(unspecified)", lambda c: c.chunked(reply.chunk(c.body) + b"zz\r\nbody\r\n0\r\n\r\n"))
row("H15", "chunk size of seventeen f", "R+T(unspecified)",
    lambda c: c.chunked(reply.chunk(c.body) + b"f" * 17 + b"\r\nbody\r\n0\r\n\r\n"))
row("H16a", "chunk size -1", "R+T(unspecified)", lambda c: c.chunked(reply.chunk(c.body) + b"-1\r\nbody\r\n0\r\n\r\n"))
row("H16b", "chunk size 80000000", "R+T(disconnect)",
    lambda c: c.chunked(reply.chunk(c.body) + b"80000000\r\nbody\r\n0\r\n\r\n"))
row("H17", "chunk extension of 100 KB", "R or R+T(unspecified)",
    lambda c: c.chunked(reply.chunk(c.body, ";" + "x" * 100000) + b"0\r\n\r\n"))
row("H18", "no line end after the data of a chunk", "R+T(unspecified)",
    lambda c: c.chunked(b"%x\r\n%s" % (len(c.body), c.body) + b"0\r\n\r\n"))
row("H19", "chunk lines that end in LF only", "R",
    lambda c: c.chunked(b"%x\n%s\n0\n\n" % (len(c.body), c.body)))
row("H20", "50,000 chunks of one byte", "R, quickly",
    lambda c: c.chunked(reply.chunk(c.body) + b"1\r\n \r\n" * 50000 + b"0\r\n\r\n"))
row("H21", "trailer of 1 MB", "R+T(unspecified)",
    lambda c: c.chunked(reply.chunk(c.body) + b"0\r\nX-Long: " + b"t" * 1000000 + b"\r\n\r\n"))
row("H22", "Transfer-Encoding: gzip, chunked", "R, raw",
    lambda c: [act.Send(c.head("Transfer-Encoding: gzip, chunked")
                        + reply.chunk(reply.squeeze(c.body)) + b"0\r\n\r\n"), act.Close()])
row("H23", "Transfer-Encoding: chunked, chunked", "R, P(bad-te)",
    lambda c: [act.Send(c.head("Transfer-Encoding: chunked, chunked")
                        + reply.chunk(reply.chunk(c.body) + b"0\r\n\r\n") + b"0\r\n\r\n"), act.Close()])
row("H24a", "Transfer-Encoding: chunked, identity", "R",
    lambda c: [act.Send(c.head("Transfer-Encoding: chunked, identity")
                        + reply.chunk(c.body) + b"0\r\n\r\n"), act.Close()])
row("H24b", "Transfer-Encoding: xchunked", "R",
    lambda c: [act.Send(c.head("Transfer-Encoding: xchunked") + c.body), act.Close()])
row("H63", "two Transfer-Encoding lines", "R",
    lambda c: c.chunked(reply.chunk(c.body) + b"0\r\n\r\n", "Transfer-Encoding: chunked"))

# -- the end of the connection ------------------------------------------------

row("H25", "HTTP/1.0, ended by close", "R", lambda c: [act.Send(c.head(version="HTTP/1.0") + c.body), act.Close()])
row("H25b", "HTTP/1.1, Connection: close, no length", "R",
    lambda c: [act.Send(c.head("Connection: close") + c.body), act.Close()])
row("H26", "HTTP/1.0 and chunked", "R",
    lambda c: c.chunked(reply.chunk(c.body) + b"0\r\n\r\n", version="HTTP/1.0"))
row("H27", "reset in a body with a length", "R+T(disconnect)",
    lambda c: [act.Send(c.sized() + half(c.body)), act.Reset()])
row("H28", "reset in a body ended by close", "R+T(disconnect)",
    lambda c: [act.Send(c.head("Connection: close") + half(c.body)), act.Reset()])
row("H29", "reset after the headers", "R+T(disconnect), no body", lambda c: [act.Send(c.sized()), act.Reset()])
row("H30", "reset before the headers", "F(reset)", lambda c: [act.Reset()])
row("H31", "closed without a byte", "F(empty)", lambda c: [act.Close()])
row("H32", "headers cut in a line", "R+T(disconnect)", lambda c: [act.Send(c.sized()[:-30]), act.Close()])
row("H33", "headers without the last line end", "R+T(disconnect)", lambda c: [act.Send(c.sized()[:-2]), act.Close()])

# -- status lines -------------------------------------------------------------

row("H34", "no status line at all (HTTP/0.9)", "F(not-http)", lambda c: [act.Send(c.body), act.Close()])
row("H35", "HTTP/1.1 abc", "F(bad-status)", lambda c: c.whole(status="abc"))
for _letter, _status in zip("abc", ("099 Low", "1000 High", "-200 Below")):
    row(f"H36{_letter}", f"status {_status}", "F(bad-status)",
        lambda c, status=_status: c.whole(status=status) + [act.Close()])
row("H37", "status 999", "R, not a 200", lambda c: c.whole(status="999 Go away"))
row("H38a", "no reason phrase", "R", lambda c: c.whole(status="200"))
row("H38b", "reason phrase of 100 KB", "R or cap", lambda c: c.whole(status="200 " + "O" * 100000))
row("H39a", "HTTP/9.9", "F(bad-status)", lambda c: c.whole(version="HTTP/9.9") + [act.Close()])
row("H39b", "ICY 200", "F(bad-status)", lambda c: c.whole(version="ICY") + [act.Close()])

# -- header lines -------------------------------------------------------------

row("H40", "a header line without a colon", "R or F, stated", lambda c: c.whole("this line has none"))
row("H41", "a folded header", "R, verbatim", lambda c: c.whole("X-Folded: one\r\n  two\r\n\tthree"))
row("H42", "the first header is folded", "R or F, stated",
    lambda c: [act.Send(c.sized().replace(CRLF, CRLF + b" X-First: folded\r\n", 1) + c.body)])
row("H43", "NUL in a header", "R or F, stated", lambda c: c.whole(b"X-Nul: a\0b"))
row("H44", "bare LF between header lines", "R, verbatim",
    lambda c: [act.Send(c.sized().replace(CRLF, b"\n") + c.body)])
row("H45", "bare CR in a value", "R, one line on replay", lambda c: c.whole(b"X-Cr: a\rSet-Cookie: b"))
row("H46", "space before the colon", "R", lambda c: c.whole("X-Space : value"))
row("H47", "8-bit bytes and bad UTF-8 in a header", "R", lambda c: c.whole(b"X-Eight: caf\xe9 \xff\xfe"))
row("H48", "a header that looks like a WARC record", "R, one record",
    lambda c: c.whole("X-A: b", "WARC/1.1", "WARC-Type: response", "X-C: d"))
row("H48b", "a body that looks like a WARC record", "R, one record",
    lambda c: c.html(c.body + b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"))
row("H49", "a header of 90 KB", "R", lambda c: c.whole("X-Long: " + "v" * 90000))
row("H50", "a header of 1 MB", "R+T(unspecified)", lambda c: c.whole("X-Long: " + "v" * 1000000))
row("H51", "10,000 headers", "cap", lambda c: c.whole(*[f"X-{i}: {i}" for i in range(10000)]))
row("H52", "5 MB of headers", "cap", lambda c: c.whole(*[f"X-{i}: {'v' * 1000}" for i in range(5000)]))
row("H64", "headers without end", "F at cap",
    lambda c: [act.Send(c.sized()[:-2]), act.Repeat(b"X-More: and more\r\n" * 100)], slow=True)
row("H65", "odd case, odd order, duplicates", "R, verbatim",
    lambda c: [act.Send(b"HTTP/1.1 200 Ok\r\ncOnTeNt-LeNgTh:%d\r\nX-Dup: 1\r\nSERVER: Mixed\r\nx-dup:   2\r\n"
                        b"content-TYPE:text/html;Charset=UTF-8\r\nX-Dup:\t3\t\r\nDATE: %s\r\nX-Empty:\r\n\r\n"
                        % (len(c.body), reply.http_date(c.now).encode()) + c.body)])

# -- messages that are not the answer -----------------------------------------

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload; as=style\r\n\r\n"

row("H53", "a thousand 100 Continue", "R of the last", lambda c: [act.Interim(CONTINUE * 1000), *c.whole()])
row("H54", "100 Continue without end", "F(header-limit)", lambda c: [act.Repeat(CONTINUE * 100)], slow=True)
row("H55", "103 before 200", "R of the 200", lambda c: [act.Interim(EARLY), *c.whole()])
row("H56", "101 that nobody asked for", "R+T, connection dropped",
    lambda c: [act.Send(c.head("Upgrade: chess", "Connection: Upgrade", status="101 Switching Protocols", media="")),
               act.Excess(b"e2e4\n"), act.Close()])
row("H57", "204 with a body", "R, headers only",
    lambda c: [act.Send(c.sized(status="204 No Content")), act.Excess(c.body), act.Close()])
row("H58", "304 to a plain GET", "R, no revisit",
    lambda c: [act.Send(c.head('ETag: "x"', status="304 Not Modified"))])
row("H59", "206 to a plain GET", "R, no base for dedup",
    lambda c: c.whole(f"Content-Range: bytes 0-{len(c.body) - 1}/{len(c.body) + 100}", status="206 Partial Content"))
row("H60", "a second response glued on", "R of the first, connection dropped",
    lambda c: [act.Send(c.sized() + c.body),
               act.Excess(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")])
row("H60b", "bytes glued after the last chunk", "R without them, connection dropped",
    lambda c: [act.Send(c.head("Transfer-Encoding: chunked") + reply.chunk(c.body) + b"0\r\n\r\n"),
               act.Excess(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")])
row("H62", "a length, no body, and silence", "R+T(time)",
    lambda c: [act.Send(c.head("Content-Length: 100")), act.Hold()], slow=True)

# -- time and size ------------------------------------------------------------

row("T01", "headers two bytes a second", "F(header-timeout)", lambda c: [act.Drip(c.sized() + c.body)], slow=True)
row("T02", "body two bytes a second", "R+T(time)", lambda c: [act.Send(c.sized()), act.Drip(c.body)], slow=True)
row("T02b", "a drip that ends: whole in about a second", "R", lambda c: [act.Drip(c.sized() + c.body, 64, 0.05)])
row("T03", "silence after the headers", "R+T(time)", lambda c: [act.Send(c.sized()), act.Hold()], slow=True)
row("T03b", "silence in the middle of the body", "R+T(time)",
    lambda c: [act.Send(c.sized() + half(c.body)), act.Hold()], slow=True)
row("T04", "accepted, never answered", "F(timeout)", lambda c: [act.Hold()], slow=True)
row("T05", "a body without end", "R+T(length)",
    lambda c: [act.Send(c.head("Connection: close") + c.body), act.Repeat(b"<p>more\n" * 4096)], slow=True)
row("T05b", "a chunked body without end", "R+T(length)",
    lambda c: [act.Send(c.head("Transfer-Encoding: chunked") + reply.chunk(c.body)),
               act.Repeat(reply.chunk(b"<p>more\n" * 4096))], slow=True)
row("T06", "a body of 2 MB", "R, or R+T(length) at --max-size",
    lambda c: c.html(c.body + b"<!--" + b"." * (2 * 1024 * 1024 - len(c.body) - 7) + b"-->"))
row("T16", "closed after the answer, without saying so", "R; the next request opens anew",
    lambda c: [*c.whole(), act.Close()])

for _entry in coded.ROWS + documents.ROWS:
    row(*_entry)

BY_ID = {r.ident.lower(): r for r in ROWS}


def catalogue():
    """The faults there are, as plain data."""
    return [
        {"id": r.ident, "url": f"http://faults.example/{r.ident}", "what": r.what, "sees": r.sees,
         "slow": r.slow, "after": f"http://faults.example/after/{r.ident}"}
        for r in ROWS
    ]


def index(rows):
    """A page of links."""
    items = "".join(f'<li><a href="/{r.ident}">{r.ident}</a>: {r.what}</li>\n' for r in rows)
    return f'<!doctype html>\n<meta charset="utf-8">\n<title>Faults</title>\n<ul>\n{items}</ul>\n'


def answer(request, now):
    """faults.example"""
    path = request.path
    if path == "/":
        text = '<!doctype html>\n<title>Faults</title>\n<p><a href="/quick">quick</a> <a href="/slow">slow</a></p>\n'
        return reply.document(request, now, text.encode(), reply.TYPES[".html"])
    if path in ("/quick", "/slow"):
        text = index([r for r in ROWS if r.slow == (path == "/slow")])
        return reply.document(request, now, text.encode(), reply.TYPES[".html"])
    if path.startswith("/after/"):
        text = f"<!doctype html>\n<title>After</title>\n<p>{path[7:11]}: the link was read.</p>\n"
        return reply.document(request, now, text.encode(), reply.TYPES[".html"])
    if path.startswith("/trap/"):
        # Every page of the trap is new and leads two folders deeper.
        text = f'<!doctype html>\n<title>Deeper</title>\n<p><a href="{path}a/b/">deeper</a></p>\n'
        return reply.document(request, now, text.encode(), reply.TYPES[".html"])
    if path in ("/round/a.css", "/round/b.css"):
        other = "b" if path.endswith("a.css") else "a"
        return reply.document(request, now, f'@import "{other}.css";\n'.encode(), reply.TYPES[".css"])
    match = re.match(r"/([A-Za-z]\d\d[a-z]?)(?:-[a-z0-9-]*)?$", path)
    found = BY_ID.get(match.group(1).lower()) if match else None
    if not found:
        return reply.missing(request, now)
    return found.script(Case(found.ident, now))


HOSTS = {"faults.example": answer}
