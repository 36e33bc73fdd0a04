"""The part of the catalogue about documents (ids D…): too deep, too many, too long."""

import functools

import actions as act
import reply

MILLION = 1000000


def around(before, after=b""):
    """The page with something put before and after it."""
    return lambda c: c.html(b"<!doctype html><title>D</title>" + before + c.body + after)


def one_line(case):
    """200 MB of HTML in one line with the link at its end, made as it is sent."""
    piece = b"<b>word</b> " * 1024
    times = 200 * 1024 * 1024 // len(piece)
    head = case.head(f"Content-Length: {len(piece) * times + len(case.body)}")
    return [act.Send(head), act.Repeat(piece, times), act.Send(case.body)]


def attributes(count):
    """One tag with that many attributes."""
    return b"<p " + b" ".join(b"a%d=%d" % (i, i) for i in range(count)) + b">"


def sheet(text):
    """A page with a style element."""
    return around(b"<style>" + text + b"</style>")


def xml(data, media="application/xml"):
    """An XML document."""
    return lambda c: c.html(data, media)


@functools.lru_cache(maxsize=1)
def spaces():
    """A sitemap of 100 MB of nothing, squeezed."""
    return reply.squeeze(b"<urlset>" + b" " * 100 * MILLION + b"</urlset>")


LAUGHS = (
    b'<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]>\n<urlset><url><loc>http://faults.example/&j;</loc></url></urlset>\n"
)
OUTSIDE = (
    b'<?xml version="1.0"?>\n<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
    b"<urlset><url><loc>http://faults.example/&x;</loc></url></urlset>\n"
)
LOOP = (
    b'<?xml version="1.0"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    b"<sitemap><loc>http://faults.example/D14c</loc></sitemap></sitemapindex>\n"
)
TITLE = b"<title>\x1b[2J\x1b]0;owned\x07 \xe2\x80\xae drawkcab \r\nSet-Cookie: x=1 " + b"t" * MILLION + b"</title>"
SRCSET = b'<img srcset="' + b", ".join(b"/i%d.png %dw" % (i, i + 1) for i in range(2000)) + b'">'

ROWS = [
    ("D01", "200 MB of HTML in one line, the link at its end", "R, link found or P(cap)", one_line, True),
    ("D02", "a million nested div", "R, link found", around(b"<div>" * MILLION)),
    ("D03a", "a million nested b", "R, link found", around(b"<b>" * MILLION)),
    ("D03b", "200,000 nested tables", "R, link found", around(b"<table>" * 200000)),
    ("D04", "a tag with 100,000 attributes", "R, under two seconds", around(attributes(100000))),
    ("D05a", "an attribute of 20 MB", "R, link found", around(b'<p title="' + b"x" * 20 * MILLION + b'">')),
    ("D05b", "a link of 9 MB", "R, the long link refused", around(b'<a href="/' + b"u" * 9 * MILLION + b'">long</a>')),
    ("D06a", "a million <", "R, link found", around(b"<" * MILLION + b" ")),
    ("D06b", "a million comment starts", "R", around(b"<!--" * MILLION + b"-->")),
    ("D06c", "a million ampersands", "R, link found", around(b"&" * MILLION)),
    ("D06d", "a million script starts", "R", around(b"", b"<script>" * MILLION)),
    ("D07", "200,000 </p>", "R, link found", around(b"</p>" * 200000)),
    ("D08", "100,000 links", "R, all or the cap stated",
     around(b"", b"".join(b"<a href=/after/D08?%d>x</a>" % i for i in range(100000))), True),
    ("D09", "a srcset of 2,000 candidates", "R, cap stated", around(SRCSET), True),
    ("D10a", "a style sheet with 100,000 open brackets", "R", sheet(b"a{b:" + b"(" * 100000 + b"}")),
    ("D10b", "an unclosed url( of 5 MB", "R", sheet(b"a{b:url(" + b"x" * 5 * MILLION)),
    ("D11", "a data: URL of 5 MB", "R, never queued",
     around(b'<img src="data:image/png;base64,' + b"A" * 5 * MILLION + b'">')),
    ("D12a", "meta refresh to itself", "R, queued once", around(b'<meta http-equiv=refresh content="0;url=/D12a">')),
    ("D12b", "meta refresh to javascript:", "R, ignored",
     around(b'<meta http-equiv=refresh content="0;url=javascript:alert(1)">')),
    ("D13a", "base href=javascript:", "R, link found", around(b'<base href="javascript:">')),
    ("D13b", "two bases", "R, the first counts", around(b'<base href="/"><base href="http://nowhere.example/">')),
    ("D14a", "a sitemap of a billion laughs", "refused", xml(LAUGHS)),
    ("D14b", "a sitemap with an outside entity", "no file is read", xml(OUTSIDE)),
    ("D14c", "a sitemap index that lists itself", "read once", xml(LOOP)),
    ("D14d", "a sitemap that is a bomb", "R, P(bomb)",
     lambda c: c.html(spaces(), "application/gzip")),
    ("D16", "a trap: each page links deeper", "path rule stops it",
     lambda c: c.html(c.body + b'<a href="/trap/a/b/">deeper</a>')),
    ("D17", "a title with escapes, bidi, line ends, 1 MB", "R, escaped and cut", around(TITLE)),
    ("D18a", "SVG called HTML", "R",
     lambda c: c.html(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')),
    ("D18b", "PDF called HTML", "R", lambda c: c.html(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)))),
    ("D19", "an @import that goes round", "R, read once", around(b'<link rel=stylesheet href="/round/a.css">')),
]
