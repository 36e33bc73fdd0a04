"""Die Morgenpost: a second newspaper, in German, with other markup.

`<time>`, microdata and a JSON-LD graph; a srcset with widths; a related list
and a most-read list told apart by heading and class; an advertisement; an
age note as paragraph below the headline, and its template in a script, which
is a trap.  Pages come as gzip in chunks to whoever accepts gzip.
"""

import datetime
import html
import json
import os
import re

import actions as act
import age
import courier
import pictures
import reply

HOST = "www.morgenpost.example"
SITE = f"https://{HOST}"
WIDTHS = (320, 640, 1200)
NUMBERS = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()


class Story:
    """One story as its file tells it."""

    def __init__(self, name, text):
        top, _, rest = text.partition("\n\n")
        self.name = name
        self.fields = dict(re.findall(r"^([a-z]+): *(.*)$", top, re.M))
        self.path = self.fields["pfad"]
        self.headline = self.fields["titel"]
        self.published = datetime.datetime.fromisoformat(self.fields["datum"])
        self.related = self.fields["mehr"].split()
        self.viewed = self.fields["meist"].split()
        self.picture = f"/bilder/{self.fields['bild']}"
        self.paragraphs = rest.strip().split("\n\n")


def load():
    """All stories by name."""
    folder = os.path.join(courier.HERE, HOST, "stories")
    return {
        entry.removesuffix(".txt"): Story(entry.removesuffix(".txt"), courier.read(HOST, "stories", entry))
        for entry in sorted(os.listdir(folder))
    }


STORIES = load()
BY_PATH = {story.path: story for story in STORIES.values()}


def marker(story, now):
    """The note about the age, in words, when the story is older than a year; or ''."""
    years = int((now - story.published).total_seconds() // (365 * age.DAY))
    if years < 1:
        return ""
    word = NUMBERS[years] if years < len(NUMBERS) else str(years)
    return f"Dieser Artikel ist mehr als {'ein Jahr' if years == 1 else word + ' Jahre'} alt."


def json_ld(story, scheme):
    """A graph, as many content systems write it."""
    graph = [
        {"@type": "Organization", "@id": SITE + "/#org", "name": "Morgenpost", "url": SITE + "/"},
        {"@type": "WebPage", "@id": SITE + story.path, "isPartOf": {"@id": SITE + "/#site"}},
        {
            "@type": "NewsArticle", "headline": story.headline, "datePublished": story.fields["datum"],
            "dateModified": story.fields["datum"], "author": {"@type": "Person", "name": story.fields["autor"]},
            "image": {"@type": "ImageObject", "url": f"{scheme}://{HOST}{story.picture}-1200.jpg"},
            "publisher": {"@id": SITE + "/#org"}, "mainEntityOfPage": {"@id": SITE + story.path},
        },
    ]
    return json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False).replace("</", "<\\/")


def items(names):
    """List items with links."""
    return "\n".join(
        f'<li><a href="{STORIES[n].path}"><span class="titel">{html.escape(STORIES[n].headline)}</span></a></li>'
        for n in names
    )


def story_page(story, now, scheme):
    """The page of a story."""
    note = marker(story, now)
    day = story.published
    values = {
        "titel": html.escape(story.headline), "pfad": story.path, "scheme": scheme, "bild": story.picture,
        "datum": story.fields["datum"], "tag": f"{day.day}.{day.month}.{day.year}, {day:%H:%M} Uhr",
        "dach": story.fields["dach"], "autor": story.fields["autor"], "alt": story.fields["alt"],
        "unterschrift": story.fields["unterschrift"], "foto": story.fields["foto"],
        "hinweis": f'<p class="hinweis-alter">{note}</p>' if note else "",
        "text": "\n".join(f"<p>{html.escape(p)}</p>" for p in story.paragraphs),
        "json_ld": json_ld(story, scheme), "mehr": items(story.related), "meist": items(story.viewed),
    }
    return courier.fill(courier.read(HOST, "templates", "artikel.html"), values)


def squeezed(request, now, text):
    """gzip in chunks for those who take it, else plain."""
    if not reply.accepts_gzip(request):
        return reply.document(request, now, text.encode(), reply.TYPES[".html"], [("Vary", "Accept-Encoding")])
    fields = reply.common(now, reply.TYPES[".html"])
    fields += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"), ("Transfer-Encoding", "chunked")]
    head = reply.head("200 OK", fields)
    body = reply.chunks(reply.squeeze(text.encode()), 1000) + b"0\r\n\r\n"
    return [act.Send(head if request.method == "HEAD" else head + body)]


def picture(path):
    """The bytes of a picture, or None."""
    if path == "/bilder/papier.png":
        return pictures.png("papier", 24, 24)
    match = re.fullmatch(r"(/bilder/[a-z]+)-(\d+)\.jpg", path)
    known = {story.picture for story in STORIES.values()}
    if not match or match.group(1) not in known or int(match.group(2)) not in WIDTHS:
        return None
    width = int(match.group(2))
    return pictures.jpeg(match.group(1), width, width * 9 // 16)


def answer(request, now):
    """www.morgenpost.example"""
    path = request.path
    story = BY_PATH.get(path) or BY_PATH.get(path.removeprefix("/amp"))
    if story:
        return squeezed(request, now, story_page(story, now, request.scheme))
    kind = reply.TYPES.get(os.path.splitext(path)[1], "")
    if path == "/favicon.ico":
        return reply.document(request, now, pictures.ico("morgenpost", 16), kind)
    if path in ("/style.css", "/app.js"):
        return reply.document(request, now, courier.read(HOST, path[1:]).encode(), kind)
    data = picture(path)
    if data:
        return reply.document(request, now, data, kind)
    if path in ("/", "/politik/", "/wirtschaft/", "/thema/mobilfunk", "/impressum", "/datenschutz"):
        chosen = [n for n, s in STORIES.items() if path == "/" or s.path.startswith(path)]
        text = (
            '<!DOCTYPE html>\n<html lang="de"><head><meta charset="utf-8"><title>Morgenpost</title></head>\n'
            f"<body><h1>{path}</h1><ul>\n{items(chosen)}\n</ul></body></html>\n"
        )
        return squeezed(request, now, text)
    return reply.missing(request, now)


HOSTS = {HOST: answer}
