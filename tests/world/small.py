"""small.example: a story, its style sheet and picture over HTTPS, and over HTTP a related story with the same picture."""

import actions as act
import kinds
import pictures
import reply

HOST = "small.example"
STORY = "/2024/11/19/harbour-board-votes"
RELATED = "/2020/03/02/ferry-comes-home"
PICTURE = pictures.grain("harbour", 32, 48)
SHEET = b'@charset "utf-8";\nbody { color: #222; background: #fff url("picture.png") repeat-x }\n'
HEAD = '<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">\n'
RELATED_LIST = (
    '<aside class="related"><h2>More on this story</h2><ul><li><a href="http://{host}{path}">'
    "<h3>{title}</h3></a></li></ul></aside>"
)


def story():
    """The seed."""
    after = RELATED_LIST.format(host=HOST, path=RELATED, title=kinds.HEADLINES[1])
    picture = '<figure><img src="/picture.png" alt=""><figcaption>The harbour</figcaption></figure>'
    page = kinds.story([picture, *kinds.PARAGRAPHS], after=after)
    return page.replace(b"</head>", HEAD.encode() + b"</head>", 1)


def related():
    """An old one, which says so."""
    text = [
        '<time datetime="2020-03-02T08:00:00Z">2 March 2020</time> This article is more than 4 years old',
        '<img src="/twin.png" alt="">',
        *kinds.PARAGRAPHS,
    ]
    body = f"<main><article><h1>{kinds.HEADLINES[1]}</h1>\n{kinds.paragraphs(text)}\n</article></main>"
    return kinds.page(f"{kinds.HEADLINES[1]} | The Kind Gazette", body)


def small(request, now):
    """small.example"""
    path = request.path
    if path == STORY:
        return reply.document(request, now, story(), reply.TYPES[".html"])
    if path == "/style.css":
        return reply.document(request, now, SHEET, reply.TYPES[".css"])
    if path in ("/picture.png", "/twin.png"):
        return reply.document(request, now, PICTURE, reply.TYPES[".png"])
    if path != RELATED:
        return reply.missing(request, now)
    fields = reply.common(now, reply.TYPES[".html"])
    fields += [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    body = reply.chunks(reply.squeeze(related()), 300) + b"0\r\n\r\n"
    return [act.Send(reply.head("200 OK", fields) + (b"" if request.method == "HEAD" else body))]


HOSTS = {HOST: small}
