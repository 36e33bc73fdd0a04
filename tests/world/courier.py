"""The Courier: an invented newspaper whose pages are built as the Guardian's are.

Its stories lie in sites/www.thecourier.example/stories, one text file each:
`key: value` lines, an empty line, then paragraphs.  A paragraph that begins
with @ is a figure, a rich link or a frame.  Everything that depends on the
clock or on the scheme of the request is filled in here.
"""

import base64
import datetime
import html
import json
import os
import re

import age
import fonts
import pictures
import reply

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sites")
HOME = os.path.join(HERE, "www.thecourier.example")
SITE = "https://www.thecourier.example"
IMAGES = "//i.thecourier.example"
ASSETS = "//assets.thecourier.example"
LEAD = [(980, 860), (740, 700), (660, 620), (480, 645), (320, 465)]
SHORT = [(660, 620), (320, 465)]
SECTIONS = {
    "uk-news": "UK news", "world": "World news", "technology": "Technology",
    "business": "Business", "politics": "Politics", "football": "Football", "food": "Food",
    "commentisfree": "Opinion", "science": "Science", "stage": "Stage",
}
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def moment(text):
    """A date such as 2020-01-25T12:02:43.000Z."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class Story:
    """One story as its file tells it."""

    def __init__(self, name, text):
        top, _, rest = text.partition("\n\n")
        fields = dict(re.findall(r"^([a-z-]+): *(.*)$", top, re.M))
        self.name = name
        self.path = fields["path"]
        self.headline = fields["headline"]
        self.standfirst = fields["standfirst"]
        self.byline = fields["byline"]
        self.author = fields.get("author", "/profile/" + self.byline.split()[-1].lower())
        self.section = fields["section"]
        self.tags = fields["tags"].split()
        self.published = moment(fields["published"])
        self.modified = moment(fields["modified"])
        self.stamps = fields["published"], fields["modified"]
        self.picture = fields["picture"]
        self.picture_of = fields.get("picture-of", self.picture)
        self.alt, self.caption, self.credit = (fields[k] for k in ("alt", "caption", "credit"))
        self.related = fields["related"].split()
        self.viewed = fields["viewed"].split()
        self.paragraphs = rest.strip().split("\n\n")
        self.breakpoints = LEAD if name == "front" else SHORT

    def address(self, scheme):
        """The whole address under a scheme."""
        return f"{scheme}://www.thecourier.example{self.path}"


def load():
    """All stories by name."""
    stories = {}
    folder = os.path.join(HOME, "stories")
    for entry in sorted(os.listdir(folder)):
        with open(os.path.join(folder, entry), encoding="utf-8") as file:
            name = entry.removesuffix(".txt")
            stories[name] = Story(name, file.read())
    return stories


STORIES = load()
BY_PATH = {story.path: story for story in STORIES.values()}


def fill(template, values):
    """A template with every {{name}} replaced; an unknown name is an error."""
    return re.sub(r"{{(\w+)}}", lambda m: values[m.group(1)], template)


def read(*parts):
    """A text file of the sites folder."""
    with open(os.path.join(HERE, *parts), encoding="utf-8") as file:
        return file.read()


# -- pictures: addresses ------------------------------------------------------


def image(ident, query):
    """The address of a picture as the image service cuts it, without scheme."""
    return f"{IMAGES}/img/media/{ident}/0_0_1600_960/master/1600.jpg?{query}"


def sized(ident, width, dpr):
    """The address of a picture of one width."""
    return image(ident, f"width={width}&dpr={dpr}&s=none")


def master(ident):
    """The address of the full-size picture."""
    return f"//media.thecourier.example/{ident}/0_0_1600_960/master/1600.jpg"


def social(story):
    """Four addresses for networks and search: the first has the year printed on it."""
    overlay = f"/img/static/overlays/tg-age-{story.published.year}.png"
    code = base64.b64encode(overlay.encode()).decode().rstrip("=")
    tail = "quality=85&auto=format&fit=crop"
    first = f"width=1200&height=630&{tail}&overlay-align=bottom%2Cleft&overlay-width=100p"
    return [
        image(story.picture, f"{first}&overlay-base64={code}&s=none"),
        image(story.picture, f"width=1200&height=1200&{tail}&s=none"),
        image(story.picture, f"width=1200&height=900&{tail}&s=none"),
        image(story.picture, "width=1200&quality=85&auto=format&fit=max&s=none"),
    ]


def lead_sources(story):
    """The addresses of the lead picture, widest first; the last is the <img>."""
    return [sized(story.picture, w, dpr) for _, w in story.breakpoints for dpr in (2, 1)]


# -- pieces of a page ---------------------------------------------------------


def picture_tag(ident, alt, breakpoints, loading):
    """<picture>: two <source> a breakpoint, one address each, the smallest in <img>."""
    out = ["<picture>"]
    for point, width in breakpoints:
        media = (
            f"(min-width: {point}px) and (-webkit-min-device-pixel-ratio: 1.25), "
            f"(min-width: {point}px) and (min-resolution: 120dpi)"
        )
        for dpr, query in ((2, media), (1, f"(min-width: {point}px)")):
            address = html.escape(sized(ident, width, dpr))
            out.append(f'<source srcSet="{address}" media="{query}"/>')
    width = breakpoints[-1][1]
    out.append(
        f'<img alt="{html.escape(alt)}" src="{html.escape(sized(ident, width, 1))}"'
        f' width="{width}" height="{width * 0.6}" loading="{loading}"/></picture>'
    )
    return "".join(out)


def caption_tag(caption, credit):
    """<figcaption>: the caption in a span, the credit as bare text."""
    return f"<figcaption><span></span><span>{html.escape(caption)}</span> {html.escape(credit)}</figcaption>"


def media_tag(story):
    """The lead figure, its caption printed twice."""
    caption = caption_tag(story.caption, story.credit)
    return (
        f'<div><figure id="{story.picture}"><div id="img-1">'
        + picture_tag(story.picture, story.alt, story.breakpoints, "eager")
        + '<span><label for="the-checkbox"></label><input type="checkbox" id="the-checkbox"/>'
        + f'<div id="the-caption">{caption}</div></span></div><span>{caption}</span></figure></div>'
    )


def marker_tags(story, now):
    """The sentence about the age before and after the headline, or nothing."""
    words = age.label(story.published, now, story.tags)
    if not words:
        return "", ""
    # The publisher gave the sentence a name of its own in June 2026.
    hook = ' data-gu-name="age-warning"' if now >= moment("2026-06-05T00:00:00Z") else ""
    before = (
        f'<div{hook} class="c-2aged" aria-hidden="true"><svg width="11" height="11"><circle r="5"/></svg>'
        f" This article is more than <strong>{words}</strong></div>"
    )
    return before, f'<div class="screen-reader">This article is more than {words}</div>'


def summer(when):
    """Whether London keeps summer time."""
    def last_sunday(month):
        day = datetime.datetime(when.year, month, 31, 1, tzinfo=datetime.timezone.utc)
        return day - datetime.timedelta(days=(day.weekday() + 1) % 7)

    return last_sunday(3) <= when < last_sunday(10)


def spoken(when):
    """A date as the paper prints it: Sat 25 Jan 2020 12.02 GMT."""
    zone = "BST" if summer(when) else "GMT"
    local = when + datetime.timedelta(hours=1 if zone == "BST" else 0)
    day, month = DAYS[local.weekday()], MONTHS[local.month - 1]
    return f"{day} {local.day} {month} {local.year} {local.hour:02}.{local.minute:02} {zone}"


def dateline(story):
    """The printed dates: text, not <time>."""
    first = spoken(story.published)
    if story.modified == story.published:
        return f'<div class="c-2date">{first}</div>'
    last = spoken(story.modified)
    return f'<details class="c-2date"><summary>{first}</summary>Last modified on {last}</details>'


def inline(text):
    """Escaped text with [words](address) turned to links."""
    out = html.escape(text, quote=False)
    return re.sub(r"\[([^]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', out)


def figure_block(words, _scheme):
    """A picture in the text."""
    ident, alt, caption, credit = (w.strip() for w in words.split("|"))
    return f'<figure id="{ident}">{picture_tag(ident, alt, SHORT, "lazy")}{caption_tag(caption, credit)}</figure>'


def rich_block(words, scheme):
    """A link to another story in the text."""
    other = STORIES[words.strip()]
    return (
        '<figure class="c-2rich"><gu-island name="RichLinkComponent"><div data-link-name="rich-link-1 | 1" '
        f'data-component="rich-link" data-name="placeholder"><a href="{other.address(scheme)}">'
        f"<div>{html.escape(other.headline)}</div><div>Read more</div></a></div></gu-island></figure>"
    )


def frame_block(words, _scheme):
    """A page in the page."""
    return f'<figure><iframe src="{words.strip()}" title="Chart" width="320" height="240"></iframe></figure>'


BLOCKS = {"@figure": figure_block, "@rich": rich_block, "@iframe": frame_block}


def body(story, scheme):
    """The paragraphs."""
    out = []
    for text in story.paragraphs:
        word, _, rest = text.partition(" ")
        make = BLOCKS.get(word)
        out.append(make(rest, scheme) if make else f"<p>{inline(text)}</p>")
    return "\n".join(out)


def trail(story, now, scheme):
    """A story as a list's JSON knows it, with its age by the other rule."""
    out = {
        "url": story.address(scheme),
        "linkText": story.headline,
        "headline": story.headline,
        "byline": story.byline,
        "webPublicationDate": story.stamps[0],
        "isLiveBlog": False,
    }
    old = age.trail_label(story.published, now)
    if old and "tone/news" in story.tags:
        out["ageWarning"] = old
    return out


def card(story, position):
    """One story of the carousel: an empty link above its picture and headline."""
    name = html.escape(story.headline)
    sources = "".join(
        f'<source srcSet="{html.escape(sized(story.picture, 220, dpr))}" media="{media}"/>'
        for dpr, media in ((2, "(min-resolution: 120dpi)"), (1, "all"))
    )
    small = html.escape(sized(story.picture, 220, 1))
    return (
        f'<li><div class="c-3card"><a href="{story.path}" data-link-name="news | group-0 | '
        f'carousel-small-card-position-{position}" aria-label="{name}"></a>'
        f'<picture>{sources}<img src="{small}" alt="" width="220" height="132" loading="lazy"/></picture>'
        f'<div class="c-3title"><h3><span>{name}</span></h3></div></div></li>'
    )


def package(story, now, scheme):
    """"More on this story": the heading twice, the list, and the same as JSON."""
    others = [STORIES[name] for name in story.related]
    if not others:
        return ""
    props = {
        "heading": "More on this story",
        "trails": [trail(other, now, scheme) for other in others],
        "onwardsSource": "more-on-this-story",
    }
    cards = "\n".join(card(other, i) for i, other in enumerate(others))
    heading = "<h2><span>More on this story</span></h2>"
    return (
        f'<section><gu-island name="Carousel" deferUntil="visible" props="{html.escape(json.dumps(props))}">'
        f'<div data-link-name="more-on-this-story"><div class="c-3left">{heading}</div>'
        f'<div class="c-3right">{heading}</div><div data-component="more-on-this-story" role="region" '
        'aria-roledescription="carousel" aria-label="More on this story">'
        f'<ul class="c-3carousel" data-component="carousel-small | maxIndex-{len(others)}" '
        f'data-heatphan-type="carousel">\n{cards}\n</ul><span class="c-3next"></span></div></div></gu-island></section>'
    )


def most_viewed(story, now):
    """The list of what others read, each with the age of its own story."""
    rows = []
    for i, name in enumerate(story.viewed, 1):
        other = STORIES[name]
        old = age.sentence(other.published, now, other.tags)
        note = f'<div aria-hidden="true" class="c-3aged">{old}</div>' if old else ""
        rows.append(
            f'<li data-link-name="{i} | text"><a href="{other.path}" data-link-name="article">'
            f"<span>{i}</span><h4>{html.escape(other.headline)}</h4></a>{note}</li>"
        )
    heading = "<h2><span>Most viewed</span></h2>"
    return (
        f'<aside class="c-3most" data-component="most-popular"><div>{heading}</div><div>{heading}</div>'
        f'<div data-link-name="most popular"><ol data-link-context="most-read/{story.section}">\n'
        + "\n".join(rows)
        + "\n</ol></div></aside>"
    )


def json_ld(story, scheme):
    """The array for search engines."""
    page = SITE + story.path
    article = {
        "@type": "NewsArticle",
        "@context": "https://schema.org",
        "@id": page,
        "publisher": {"@type": "Organization", "@context": "https://schema.org", "name": "The Courier",
                      "url": SITE + "/"},
        "isAccessibleForFree": True,
        "isPartOf": {"@type": ["CreativeWork", "Product"], "name": "The Courier",
                     "productID": "thecourier.example:basic"},
        "image": [f"{scheme}:{address}" for address in social(story)],
        "author": [{"@type": "Person", "name": story.byline, "sameAs": SITE + story.author}],
        "datePublished": story.stamps[0],
        "headline": story.headline,
        "dateModified": story.stamps[1],
        "mainEntityOfPage": page,
    }
    web = {"@type": "WebPage", "@context": "https://schema.org", "@id": page}
    return json.dumps([article, web]).replace("</", "<\\/")


def lightbox(story, scheme):
    """The island that knows the full-size picture."""
    props = {"images": [{
        "masterUrl": f"{scheme}:{master(story.picture)}", "width": 1600, "height": 960,
        "elementId": story.picture, "alt": story.alt, "credit": story.credit,
        "caption": story.caption, "position": 1,
    }]}
    return f'<gu-island name="LightboxLayout" deferUntil="hash" props="{html.escape(json.dumps(props))}"></gu-island>'


def config(story):
    """The object that scripts would read."""
    page = {
        "pageId": story.path[1:], "webPublicationDate": int(story.published.timestamp() * 1000),
        "headline": story.headline, "byline": story.byline, "section": story.section,
        "keywordIds": ",".join(story.tags), "edition": "UK", "showRelatedContent": True,
    }
    return json.dumps({"config": {"page": page}}).replace("</", "<\\/")


def story_page(story, now, scheme):
    """The page of a story."""
    before, after = marker_tags(story, now)
    topics = [tag for tag in story.tags if not tag.startswith(("tone/", "type/"))]
    text = html.escape
    return fill(read("www.thecourier.example", "templates", "story.html"), {
        "headline": text(story.headline), "standfirst": text(story.standfirst), "path": story.path,
        "section": story.section, "section_name": SECTIONS[story.section],
        "social": text(f"{scheme}:{social(story)[0]}"), "published": story.stamps[0],
        "modified": story.stamps[1], "byline": text(story.byline), "author": story.author,
        "keywords": text(", ".join(t.split("/")[1] for t in topics)),
        "json_ld": json_ld(story, scheme), "config": config(story),
        "media": media_tag(story), "marker_before": before, "marker_after": after,
        "dateline": dateline(story), "body": body(story, scheme),
        "topics": "".join(f'<li><a href="/{t}">{t.split("/")[1]}</a></li>' for t in topics),
        "package": package(story, now, scheme), "most_viewed": most_viewed(story, now),
        "lightbox": lightbox(story, scheme),
    })


# -- the paper's hosts --------------------------------------------------------


def list_page(title, stories):
    """A section front or any other page that is not a story."""
    items = "\n".join(
        f'<li><a href="{s.path}">{html.escape(s.headline)}</a></li>' for s in stories
    )
    return fill(read("www.thecourier.example", "templates", "list.html"), {"title": title, "items": items})


def newest(section=None):
    """Stories, the newest first, of one section or of all."""
    chosen = [s for s in STORIES.values() if section in (None, s.section)]
    return sorted(chosen, key=lambda s: s.published, reverse=True)


def sitemap(scheme):
    """Every story with the day of its last change."""
    rows = "".join(
        f"<url><loc>{s.address(scheme)}</loc><lastmod>{s.stamps[1]}</lastmod></url>\n"
        for s in newest()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n'
    )


def feed(section, scheme):
    """RSS of a section."""
    rows = "".join(
        f"<item><title>{html.escape(s.headline)}</title><link>{s.address(scheme)}</link>"
        f"<pubDate>{reply.http_date(s.published)}</pubDate></item>\n"
        for s in newest(section)
    )
    link = f"{scheme}://www.thecourier.example/{section}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>The Courier: '
        f"{SECTIONS[section]}</title><link>{link}</link><description/>\n{rows}</channel></rss>\n"
    )


def other_page(path, scheme):
    """(text, media type) of what is not a story, or (None, '')."""
    first = path.strip("/").split("/")[0]
    if path == "/":
        return list_page("The Courier", newest()), reply.TYPES[".html"]
    if path == "/robots.txt":
        return fill(read("www.thecourier.example", "robots.txt"), {"scheme": scheme}), reply.TYPES[".txt"]
    if path == "/manifest.json":
        return read("www.thecourier.example", "manifest.json"), "application/manifest+json"
    if path == "/sitemap.xml":
        return sitemap(scheme), reply.TYPES[".xml"]
    if first in SECTIONS and path == f"/{first}/rss":
        return feed(first, scheme), "application/rss+xml"
    if first in SECTIONS and path.count("/") <= 2:
        return list_page(SECTIONS[first], newest(first)), reply.TYPES[".html"]
    if first in ("info", "help", "profile", "uk", "commercial", "search"):
        return list_page(path.rsplit("/", 1)[-1].replace("-", " "), []), reply.TYPES[".html"]
    return None, ""


def pages(request, now):
    """www.thecourier.example"""
    story = BY_PATH.get(request.path)
    if story:
        text, media = story_page(story, now, request.scheme), reply.TYPES[".html"]
    elif request.path == "/favicon.ico":
        return reply.document(request, now, pictures.ico("courier", 16), reply.TYPES[".ico"])
    else:
        text, media = other_page(request.path, request.scheme)
    if text is None:
        return reply.missing(request, now)
    return reply.document(request, now, text.encode(), media)


STORE = [("Cache-Control", "public, max-age=31536000, immutable"), ("Access-Control-Allow-Origin", "*")]


def known_pictures():
    """Address of a picture without host -> (seed, width, height)."""
    known = {}

    def put(address, seed, width, height):
        known[address.split("/", 3)[3]] = (seed, width, height)

    for story in STORIES.values():
        seed = story.picture_of
        widths = [w for _, w in story.breakpoints] + [220]
        for width in widths:
            for dpr in (1, 2):
                put(sized(story.picture, width, dpr), seed, width * dpr, width * dpr * 3 // 5)
        for address, size in zip(social(story), ((1200, 630), (1200, 1200), (1200, 900), (1200, 720))):
            put(address, seed, *size)
        put(master(story.picture), seed, 1600, 960)
        for text in story.paragraphs:
            if text.startswith("@figure "):
                ident = text.split()[1]
                for _, width in SHORT:
                    for dpr in (1, 2):
                        put(sized(ident, width, dpr), ident, width * dpr, width * dpr * 3 // 5)
            for ident in re.findall(r"//media.thecourier.example/(\w+)/", text):
                put(master(ident), ident, 1600, 960)
    return known


PICTURES = known_pictures()


def images(request, now):
    """i.thecourier.example and media.thecourier.example: exact addresses only."""
    key = request.target.lstrip("/")
    if key not in PICTURES or key.startswith("img/") != (request.host[0] == "i"):
        return reply.missing(request, now)
    return reply.document(request, now, pictures.jpeg(*PICTURES[key]), reply.TYPES[".jpg"], STORE)


REGULAR = fonts.ttf("Courier Icons", "Regular", 60, 400)
BOLD = fonts.ttf("Courier Icons", "Bold", 110, 700)
TEXTURE = pictures.grain("texture", 24, 48)
DRAWN = {
    "/fonts/courier-icons-regular.ttf": REGULAR,
    "/fonts/courier-icons-regular.woff": fonts.woff(REGULAR),
    "/fonts/courier-icons-bold.woff": fonts.woff(BOLD),
    "/img/texture-a.png": TEXTURE,
    "/img/texture-b.png": TEXTURE,
    "/img/favicon-32.png": pictures.png("courier", 32, 32),
    "/img/touch-152.png": pictures.png("courier", 152, 152),
    "/img/icon-96.png": pictures.png("courier", 96, 96),
    "/img/icon-192.png": pictures.png("courier", 192, 192),
    "/img/masthead.png": pictures.png("masthead", 64, 48),
    "/img/rule.png": pictures.png("rule", 12, 12),
    "/img/arrow.png": pictures.png("arrow", 24, 24),
    "/img/print-logo.png": pictures.png("print", 80, 20),
    "/chart/grid.png": pictures.png("grid", 20, 20),
    "/chart/bars.png": pictures.png("bars", 300, 180),
}


def files(request, now):
    """assets.thecourier.example and embed.thecourier.example: files and drawn files."""
    media = reply.TYPES.get(os.path.splitext(request.path)[1])
    data = DRAWN.get(request.path)
    if data is None and media and ".." not in request.path:
        path = os.path.join(HERE, request.host, request.path[1:])
        if os.path.isfile(path):
            with open(path, "rb") as file:
                data = file.read()
    if data is None or (request.path.startswith("/chart/") != request.host.startswith("embed")):
        return reply.missing(request, now)
    return reply.document(request, now, data, media, STORE if media != reply.TYPES[".html"] else ())


HOSTS = {
    "www.thecourier.example": pages,
    "i.thecourier.example": images,
    "media.thecourier.example": images,
    "assets.thecourier.example": files,
    "embed.thecourier.example": files,
}
