"""Small hosts, each for one question: redirects, statuses, framing, charsets, robots, cookies, twins."""

import actions as act
import courier
import pictures
import reply

FRONT = "//www.thecourier.example" + courier.STORIES["front"].path
HTML = reply.TYPES[".html"]


def page(title, *paragraphs, head=""):
    """A small HTML page as text."""
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n{head}</head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    )


def links(host, paths):
    """Paragraphs with a link each."""
    return [f'<a href="{path}">{host}{path}</a>' for path in paths]


def shown(request, now, text, extra=(), media=HTML):
    """An ordinary page from text."""
    return reply.document(request, now, text.encode(), media, extra)


# -- redirect.example ---------------------------------------------------------

LOCATIONS = {
    "/to-article": ("301 Moved Permanently", "{scheme}:" + FRONT),
    "/302": ("302 Found", "/landing"),
    "/303": ("303 See Other", "/landing"),
    "/307": ("307 Temporary Redirect", "/landing"),
    "/308": ("308 Permanent Redirect", "/landing"),
    "/300": ("300 Multiple Choices", "/landing"),
    "/self": ("302 Found", "/self"),
    "/loop/a": ("302 Found", "/loop/b"),
    "/loop/b": ("302 Found", "/loop/a"),
    "/relative/here": ("302 Found", "../landing"),
    "/network-path": ("302 Found", "//redirect.example/landing"),
    "/fragment": ("302 Found", "/landing#middle"),
    "/query-only": ("302 Found", "?landing"),
    "/spaces": ("302 Found", "/landing?a b=c d"),
    "/eight-bit": ("302 Found", "/landing?caf\u00e9"),
    "/userinfo": ("302 Found", "{scheme}://reader:secret@redirect.example/landing"),
    "/empty": ("302 Found", ""),
    "/long": ("302 Found", "/landing?" + "x" * 60000),
    "/to-https": ("301 Moved Permanently", "https://redirect.example/landing"),
    "/to-http": ("301 Moved Permanently", "http://redirect.example/landing"),
    "/ssrf/loopback": ("302 Found", "http://127.0.0.1:1/"),
    "/ssrf/metadata": ("302 Found", "http://169.254.169.254/"),
    "/ssrf/metadata-port": ("302 Found", "http://169.254.169.254:8080/latest/meta-data/"),
    "/ssrf/decimal": ("302 Found", "http://2130706433:1/"),
    "/ssrf/hex": ("302 Found", "http://0x7f000001:1/"),
    "/ssrf/octal": ("302 Found", "http://0177.0.0.1:1/"),
    "/ssrf/short": ("302 Found", "http://127.1:1/"),
    "/ssrf/zero": ("302 Found", "http://0:1/"),
    "/ssrf/mapped": ("302 Found", "http://[::ffff:127.0.0.1]:1/"),
    "/ssrf/six": ("302 Found", "http://[::1]:1/"),
    "/ssrf/private": ("302 Found", "http://10.0.0.1:1/"),
    "/scheme/file": ("302 Found", "file:///etc/passwd"),
    "/scheme/ftp": ("302 Found", "ftp://redirect.example/x"),
    "/scheme/gopher": ("302 Found", "gopher://127.0.0.1:1/_x"),
    "/scheme/dict": ("302 Found", "dict://127.0.0.1:1/d:x"),
    "/scheme/data": ("302 Found", "data:text/html,hello"),
    "/scheme/javascript": ("302 Found", "javascript:alert(1)"),
    "/bad/port": ("302 Found", "http://redirect.example:65536/"),
    "/bad/host": ("302 Found", "http://redirect%2fexample/"),
    "/bad/bracket": ("302 Found", "http://[::1/"),
}


def redirects(request, now):
    """redirect.example"""
    path = request.path
    if path in LOCATIONS:
        status, location = LOCATIONS[path]
        return reply.redirect(request, now, status, location.replace("{scheme}", request.scheme))
    if path == "/":
        names = sorted(LOCATIONS) + ["/chain/3", "/no-location", "/two-locations"]
        return shown(request, now, page("Redirects", *links("redirect.example", names)))
    if path == "/landing":
        return shown(request, now, page("Where redirects land", "You have arrived."))
    if path.startswith("/chain/") and path[7:].isdigit():
        left = int(path[7:])
        to = f"/chain/{left - 1}" if left > 1 else f"{request.scheme}:{FRONT}"
        return reply.redirect(request, now, "302 Found", to)
    if path.startswith("/endless/") and path[9:].isdigit():
        return reply.redirect(request, now, "302 Found", f"/endless/{int(path[9:]) + 1}")
    if path == "/no-location":
        return reply.plain(request, now, "302 Found", "No Location.")
    if path == "/two-locations":
        both = [("Location", "/landing"), ("Location", "/landing?second")]
        return reply.plain(request, now, "302 Found", "Two of them.", both)
    return reply.missing(request, now)


# -- status.example -----------------------------------------------------------

STATUSES = {
    "/401": ("401 Unauthorized", [("WWW-Authenticate", 'Basic realm="world"')]),
    "/403": ("403 Forbidden", []),
    "/404": ("404 Not Found", []),
    "/410": ("410 Gone", []),
    "/429": ("429 Too Many Requests", [("Retry-After", "2")]),
    "/451": ("451 Unavailable For Legal Reasons", []),
    "/500": ("500 Internal Server Error", []),
    "/503": ("503 Service Unavailable", [("Retry-After", "1")]),
    "/503-long": ("503 Service Unavailable", [("Retry-After", "86400")]),
    "/503-date": ("503 Service Unavailable", [("Retry-After", "Wed, 01 Jan 2020 00:00:00 GMT")]),
    "/503-odd": ("503 Service Unavailable", [("Retry-After", "-1")]),
    "/503-huge": ("503 Service Unavailable", [("Retry-After", "1e30")]),
}
COUNTS = {}


def statuses(request, now):
    """status.example"""
    path = request.path
    if path in STATUSES:
        status, extra = STATUSES[path]
        return reply.plain(request, now, status, "As asked.", extra)
    if path == "/":
        names = sorted(STATUSES) + ["/204", "/empty", "/etag", "/gzip", "/flaky", "/2mb"]
        return shown(request, now, page("Statuses", *links("status.example", names)))
    if path == "/204":
        return [act.Send(reply.head("204 No Content", [("Date", reply.http_date(now))]))]
    if path == "/empty":
        return reply.document(request, now, b"", HTML)
    if path == "/etag":
        return shown(request, now, page("Answers 304", "Send its ETag back. " + "It is long enough. " * 60))
    if path == "/gzip":
        text = page("Squeezed", "Sent as gzip. " * 200, '<a href="/after-gzip">on</a>')
        body = reply.squeeze(text.encode())
        return reply.document(request, now, body, HTML, [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")])
    if path == "/after-gzip":
        return shown(request, now, page("After gzip", "The link was read."))
    if path == "/flaky":
        # 503 for each first request of three, then the page.
        COUNTS[path] = COUNTS.get(path, 0) + 1
        if COUNTS[path] % 3:
            return reply.plain(request, now, "503 Service Unavailable", "Not yet.", [("Retry-After", "1")])
        return shown(request, now, page("Third time", "Here it is."))
    if path == "/2mb":
        body = bytes(i * i % 251 for i in range(251)) * 8356
        return reply.document(request, now, body, "application/octet-stream")
    return reply.missing(request, now)


# -- chunked.example ----------------------------------------------------------

STORY = page(
    "The same text, framed twice",
    "Over plain HTTP this page comes in chunks. " * 30,
    "Over HTTPS nginx takes the chunks away. " * 30,
    '<a href="/next.html">On</a>',
).encode()


def chunked(request, now):
    """chunked.example: /story.html has the same body in chunks (http) and without (https, h2)."""
    fields = reply.common(now, HTML) + [("Transfer-Encoding", "chunked")]
    if request.path == "/story.html":
        body = reply.chunks(STORY, 700) + b"0\r\n\r\n"
    elif request.path == "/trailers.html":
        fields.append(("Trailer", "X-Digest, X-Note"))
        body = reply.chunks(STORY, 333, ("", ";name=value", ' ;quoted="a;b\\"c"', ";bare"))
        body += b"000;last=1\r\nX-Digest: none\r\nx-note: after the end\r\n\r\n"
    elif request.path == "/plain.html":
        return reply.document(request, now, STORY, HTML)
    elif request.path == "/":
        names = ["/story.html", "/trailers.html", "/plain.html"]
        return shown(request, now, page("Chunks", *links("chunked.example", names)))
    elif request.path == "/next.html":
        return shown(request, now, page("Next", "The end."))
    else:
        return reply.missing(request, now)
    head = reply.head("200 OK", fields)
    return [act.Send(head if request.method == "HEAD" else head + body)]


# -- charset.example ----------------------------------------------------------

# Path -> (codec, header's charset, <meta> charset, byte order mark, title).
CHARSETS = {
    "/windows-1252.html": ("cp1252", "windows-1252", "", b"", "Café “Noir” — €5"),
    "/latin1-meta.html": ("cp1252", "", "iso-8859-1", b"", "Déjà vu – œuvre"),
    "/shift_jis.html": ("shift_jis", "Shift_JIS", "", b"", "通信網の決定"),
    "/shift_jis-meta.html": ("shift_jis", "", "Shift_JIS", b"", "表示ソフト"),
    "/euc-jp.html": ("euc_jp", "EUC-JP", "", b"", "基地局"),
    "/iso-2022-jp.html": ("iso2022_jp", "ISO-2022-JP", "", b"", "電波"),
    "/euc-kr.html": ("euc_kr", "EUC-KR", "", b"", "통신망"),
    "/gb18030.html": ("gb18030", "GB18030", "", b"", "网络决定"),
    "/big5.html": ("big5", "Big5", "", b"", "網路決定"),
    "/koi8-r.html": ("koi8_r", "KOI8-R", "", b"", "Сеть и союзники"),
    "/windows-1251.html": ("cp1251", "windows-1251", "", b"", "Мачта"),
    "/utf-16le-bom.html": ("utf-16-le", "", "", b"\xff\xfe", "Sixteen bits, little end first ✓"),
    "/utf-16be-bom.html": ("utf-16-be", "", "", b"\xfe\xff", "Sixteen bits, big end first ✓"),
    "/utf-16le-header.html": ("utf-16-le", "utf-16le", "", b"", "Sixteen bits by header ✓"),
    "/utf-8-bom-lies.html": ("utf-8", "windows-1252", "", b"\xef\xbb\xbf", "The mark wins ✓"),
    "/utf-8-says-utf-16.html": ("utf-8", "", "utf-16", b"", "Eight bits after all ✓"),
    "/unknown.html": ("utf-8", "x-nobody-knows", "utf-8", b"", "No such charset ✓"),
}


def charset_bytes(path):
    """A page in its charset."""
    codec, _, meta, mark, title = CHARSETS[path]
    declared = f'<meta charset="{meta}">' if meta else ""
    text = (
        f'<!doctype html>\n<html>\n<head>{declared}<title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n'
        f'<p><a href="/after{path}?q={title.split()[0]}">{title}</a></p>\n</body>\n</html>\n'
    )
    return mark + text.encode(codec)


def charsets(request, now):
    """charset.example"""
    path = request.path
    if path in CHARSETS:
        name = CHARSETS[path][1]
        media = f"text/html; charset={name}" if name else "text/html"
        return reply.document(request, now, charset_bytes(path), media)
    if path == "/":
        return shown(request, now, page("Charsets", *links("charset.example", sorted(CHARSETS))))
    if path.startswith("/after/"):
        return shown(request, now, page("After", "The link was read."))
    return reply.missing(request, now)


# -- robots.example and KIND.robots.example -----------------------------------

RULES = b"""# what may be read here
User-agent: *
Disallow: /private/
Allow: /private/open.html
Disallow: /*.secret$
Crawl-delay: 0

User-agent: badbot
Disallow: /
"""
ROBOT_PATHS = ["/public/page.html", "/private/closed.html", "/private/open.html", "/note.secret", "/note.secret.html"]
TALL = b"User-agent: *\n" + b"# padding of this line goes on and on and on\n" * 20000 + b"Disallow: /private/\n"
ROBOTS = {
    "robots.example": RULES,
    "crlf.robots.example": RULES.replace(b"\n", b"\r\n"),
    "cr.robots.example": RULES.replace(b"\n", b"\r"),
    "bom.robots.example": b"\xef\xbb\xbf" + RULES,
    "nul.robots.example": b"\0\0User-agent: *\n" + RULES,
    "tall.robots.example": TALL,
    "html.robots.example": page("Not rules", "An HTML page.").encode(),
    "gzip.robots.example": RULES,
    "deny.robots.example": b"User-agent: *\nDisallow: /\n",
    "delay.robots.example": b"User-agent: *\nCrawl-delay: 2\n",
}
ROBOT_STATUS = {
    "missing.robots.example": "404 Not Found",
    "norobots.example": "404 Not Found",
    "401.robots.example": "401 Unauthorized",
    "403.robots.example": "403 Forbidden",
    "429.robots.example": "429 Too Many Requests",
    "500.robots.example": "500 Internal Server Error",
    "503.robots.example": "503 Service Unavailable",
    "sickrobots.example": "503 Service Unavailable",
}


def robots_txt(request, now):
    """The rules of a host, or what stands in their place."""
    host = request.host
    if host in ROBOT_STATUS:
        return reply.plain(request, now, ROBOT_STATUS[host], "No rules here.")
    if host.startswith("redirect."):
        # Five hops are to be followed; `redirect.6.robots.example` has one more.
        hop = int(request.query or "0")
        if hop < (6 if ".6." in host else 5):
            return reply.redirect(request, now, "302 Found", f"/robots.txt?{hop + 1}")
        return reply.document(request, now, RULES, "text/plain")
    if host.startswith("stall."):
        return [act.Hold()]
    if host.startswith("endless."):
        head = reply.head("200 OK", reply.common(now, "text/plain"))
        return [act.Send(head + b"User-agent: *\nDisallow: /private/\n"), act.Repeat(b"# more\n" * 1000), act.Close()]
    data = ROBOTS.get(host, RULES)
    if host.startswith("gzip."):
        return reply.document(request, now, reply.squeeze(data), "text/plain", [("Content-Encoding", "gzip")])
    return reply.document(request, now, data, HTML if host.startswith("html.") else "text/plain")


def robots(request, now):
    """robots.example, norobots.example, sickrobots.example and *.robots.example"""
    if request.path == "/robots.txt":
        return robots_txt(request, now)
    if request.path == "/":
        return shown(request, now, page("Rules", *links(request.host, ROBOT_PATHS)))
    if request.path in ROBOT_PATHS:
        return shown(request, now, page(request.path, "A page."))
    if request.path == "/nofollow.html":
        head = '<meta name="robots" content="nofollow,noarchive">\n'
        return shown(request, now, page("No follow", *links(request.host, ROBOT_PATHS), head=head))
    if request.path == "/header-nofollow.html":
        extra = [("X-Robots-Tag", "nofollow, noarchive")]
        return shown(request, now, page("No follow", *links(request.host, ROBOT_PATHS)), extra)
    return reply.missing(request, now)


# -- cookies.example ----------------------------------------------------------


def cookies(request, now):
    """cookies.example: sets them, echoes them, and has walls of them."""
    got = request.get("cookie") or ""
    path = request.path
    if path == "/":
        extra = [
            ("Set-Cookie", "session=abc123; Path=/; HttpOnly"),
            ("Set-Cookie", "choice=all; Domain=cookies.example; Max-Age=3600; SameSite=Lax"),
            ("Set-Cookie", "super=1; Domain=example"),
        ]
        names = ["/echo", "/wall", "/mint", "/flood"]
        return shown(request, now, page("Cookies", *links("cookies.example", names)), extra)
    if path == "/echo":
        return shown(request, now, got + "\n", [("Cache-Control", "no-store")], reply.TYPES[".txt"])
    if path == "/wall":
        if "seen=1" in got:
            return shown(request, now, page("Behind the wall", "The cookie came back."))
        extra = [("Location", "/wall"), ("Set-Cookie", "seen=1; Path=/")]
        return reply.plain(request, now, "302 Found", "Take this.", extra)
    if path == "/mint":
        count = len(got)
        extra = [("Location", "/mint"), ("Set-Cookie", f"mint{count}={count}; Path=/")]
        return reply.plain(request, now, "302 Found", "And this.", extra)
    if path == "/flood":
        extra = [("Set-Cookie", f"c{i}={'x' * 40}; Path=/") for i in range(500)]
        return shown(request, now, page("Flood", "Five hundred."), extra)
    return reply.missing(request, now)


# -- twins.example ------------------------------------------------------------

TWIN = pictures.grain("twin", 32, 48)
SMALL = pictures.png("small", 6, 6)


def twins(request, now):
    """twins.example: equal bytes at several addresses."""
    path = request.path
    if path == "/":
        names = ["/a.png", "/b.png", "/a.png?x=1", "/small-a.png", "/small-b.png"]
        return shown(request, now, page("Twins", *[f'<img src="{n}" alt="">' for n in names]))
    if path in ("/a.png", "/b.png"):
        return reply.document(request, now, TWIN, reply.TYPES[".png"])
    if path in ("/small-a.png", "/small-b.png"):
        return reply.document(request, now, SMALL, reply.TYPES[".png"])
    if path == "/chunked.png":
        fields = reply.common(now, reply.TYPES[".png"]) + [("Transfer-Encoding", "chunked")]
        return [act.Send(reply.head("200 OK", fields) + reply.chunks(TWIN, 512) + b"0\r\n\r\n")]
    return reply.missing(request, now)


def lone(request, now):
    """A host with one page: those with bad certificates, and the advertiser."""
    if request.path == "/":
        return shown(request, now, page(request.host, "One page."))
    return reply.missing(request, now)


HOSTS = {
    "redirect.example": redirects,
    "status.example": statuses,
    "chunked.example": chunked,
    "charset.example": charsets,
    "robots.example": robots,
    "norobots.example": robots,
    "sickrobots.example": robots,
    "cookies.example": cookies,
    "twins.example": twins,
    "adverts.example": lone,
    "badcert.example": lone,
    "expired.example": lone,
    "wrongname.example": lone,
}
SUFFIXES = {".robots.example": robots}
