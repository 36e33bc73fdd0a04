"""kinds.example: one page of each kind that a news site answers with, and near misses of each."""

import actions as act
import reply

PARAGRAPHS = [
    "The harbour board voted on Tuesday to widen the northern channel, ending an argument that has split the town for "
    "the better part of nine years and outlived two of its mayors.",
    "Boats of the larger class have had to wait for the tide since the old breakwater was lengthened, and on some days "
    "in the autumn as many as fourteen lay outside, visible from the market and costing their owners money.",
    "Opponents say that the dredging will take the sand from the eastern beach within two winters. The engineers, whose "
    "report runs to three hundred pages, put it at a tenth of that and offered to bring the sand back by barge.",
    "Work is to begin when the herring have gone. The board expects it to last until the following summer, and has set "
    "aside a sum for the fishermen who will have to land their catch elsewhere.",
]
HEADLINES = [
    "Harbour board votes to widen the northern channel",
    "The ferry that nobody wanted comes home at last",
    "Why the lighthouse keeper kept a diary of the fog",
    "Three roads closed after the rain on Saturday night",
    "A baker, a choir and the longest table in the county",
    "School roof to be mended before the winter begins",
    "What the new timetable means for those on the island",
    "Museum buys back the bell that was sold in 1951",
    "Night buses return to the valley after two years",
    "Council asks for help in naming the new bridge",
    "The last of the weavers teaches her first class",
    "Old cinema may open again if a tenant is found",
    "Divers find the anchor that gave the inn its name",
    "Readers' letters: the fountain, the clock, the geese",
]


def page(title, body, head="", lang="en"):
    """A page as bytes, in a site's frame."""
    return (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n{head}</head>\n'
        '<body>\n<header><a href="/">The Kind Gazette</a><nav><a href="/town">Town</a> <a href="/sport">Sport</a>'
        f"</nav></header>\n{body}\n<footer><p>The Kind Gazette keeps its copyright, and uses cookies.</p></footer>\n"
        "</body>\n</html>\n"
    ).encode()


def paragraphs(texts):
    """Texts as paragraphs."""
    return "\n".join(f"<p>{text}</p>" for text in texts)


def cards(headlines):
    """A list of links to stories."""
    items = "\n".join(
        f'<li><h2><a href="/2024/11/{i + 1:02}/a-story-of-the-town">{text}</a></h2></li>'
        for i, text in enumerate(headlines)
    )
    return f"<ul>\n{items}\n</ul>"


def facts(free, words=0):
    """The head of a story."""
    count = f',"wordCount":{words}' if words else ""
    return (
        '<meta property="og:type" content="article">\n<script type="application/ld+json">{"@context":'
        f'"https://schema.org","@type":"NewsArticle","headline":"{HEADLINES[0]}","isAccessibleForFree":'
        f'{"true" if free else "false"}{count},"datePublished":"2024-11-19T09:30:00Z"}}</script>\n'
    )


def story(texts, free=True, after="", words=0, lang="en"):
    """A story with its headline, facts and what comes after it."""
    body = f"<main><article><h1>{HEADLINES[0]}</h1>\n{paragraphs(texts)}\n</article>{after}</main>"
    return page(f"{HEADLINES[0]} | The Kind Gazette", body, facts(free, words), lang)


WALL = '<div class="paywall-offer"><h2>Subscribe to continue reading</h2><p>Two months for 2 crowns.</p></div>'
BANNER = (
    '<div id="cookie-banner"><p>We and our partners use cookies and process personal data.</p>'
    "<button>Accept all</button></div>"
)
CONSENT = (
    "<main><h1>Your privacy at The Kind Gazette</h1>\n<p>We and our 214 partners store cookies on your device and "
    "process personal data, such as your address and what you read, to show you personalised advertising and to "
    "measure what it does.</p>\n<p>You can accept this, or read without tracking for three crowns a month. Your consent "
    "can be taken back at any time in the privacy settings.</p>\n<form><button>Accept and continue</button> "
    "<button>Manage</button></form></main>"
)
EINWILLIGUNG = (
    "<main><h1>Weiter mit Werbung lesen</h1>\n<p>Besuchen Sie diese Seite wie gewohnt mit Werbung und Cookies. Ihre "
    "Zustimmung gilt auch f\u00fcr unsere Partner und kann in den Datenschutzeinstellungen widerrufen werden.</p>\n<p>Oder "
    "lesen Sie ohne Tracking und ohne personenbezogene Werbung mit einem Abonnement.</p>\n<a href=\"#\">Akzeptieren "
    "und weiter</a></main>"
)
TESTED = (
    "<!doctype html>\n<html><head><title>Just a moment...</title><meta name=\"robots\" content=\"noindex\"></head>\n<body>"
    "<h1>www.kinds.example</h1><p>Verify you are human by completing the action below.</p><div class=\"cf-challenge\">"
    "</div><script>window._cf_chl_opt={};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/'"
    ";</script></body></html>\n"
).encode()
BLANK_TEST = (
    '<!doctype html>\n<html><head><title>kinds.example</title></head>\n<body><script>var dd={"host":'
    '"geo.captcha-delivery.com"}</script><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>\n'
).encode()
LOST = page(
    "Seite nicht gefunden | The Kind Gazette",
    "<main><h1>Diese Seite gibt es nicht</h1><p>Die Seite wurde nicht gefunden. Vielleicht hilft die Suche.</p></main>",
    lang="de",
)
FRONT = page("The Kind Gazette", f"<main>{cards(HEADLINES)}</main>", '<meta property="og:type" content="website">\n')
SECTION = page("Town | The Kind Gazette", f"<main><h1>Town</h1>{cards(HEADLINES)}</main>")
FORM = page("Write to us", '<main><h1>Write to us</h1><form><input name="text"><button>Send</button></form></main>')
ABOUT_WALLS = [
    "Just a moment: that is what the screen says, and then it asks whether you are human. The page not found is the "
    "other thing that readers see who follow an old link.",
    *PARAGRAPHS,
    "Cookies are the third. Accept all, say the boxes, and the partners number in the hundreds.",
]

# Path -> (status, page, kind).
PAGES = {
    "/": ("200 OK", FRONT, "list"),
    "/town": ("200 OK", SECTION, "list"),
    "/article": ("200 OK", story(PARAGRAPHS), "article"),
    "/article/banner": ("200 OK", story(PARAGRAPHS, after=BANNER), "article"),
    "/article/paid": ("200 OK", story(PARAGRAPHS, free=False, words=170), "article"),
    "/article/links": ("200 OK", story(PARAGRAPHS, after=cards(HEADLINES)), "article"),
    "/article/about-walls": ("200 OK", story(ABOUT_WALLS), "article"),
    "/article/plain": (
        "200 OK",
        page(HEADLINES[0], f"<main><h1>{HEADLINES[0]}</h1>{paragraphs(PARAGRAPHS)}</main>"),
        "article",
    ),
    "/teaser": ("200 OK", story(PARAGRAPHS[:1], free=False, after=WALL), "teaser"),
    "/teaser/counted": ("200 OK", story(PARAGRAPHS[:2], free=False, words=800), "teaser"),
    "/teaser/open": ("200 OK", story([PARAGRAPHS[0], "Boats of the larger class have had to \u2026"], free=False), "teaser"),
    "/consent": ("200 OK", page("Privacy", CONSENT), "consent"),
    "/consent/de": ("200 OK", page("Zustimmung", EINWILLIGUNG, lang="de"), "consent"),
    "/challenge": ("403 Forbidden", TESTED, "challenge"),
    "/challenge/quiet": ("200 OK", BLANK_TEST, "challenge"),
    "/error": ("404 Not Found", page("Lost", "<main><h1>Lost</h1><p>Nothing is here.</p></main>"), "error"),
    "/error/soft": ("200 OK", LOST, "error"),
    "/other": ("200 OK", FORM, "other"),
}


def kinds(request, now):
    """kinds.example"""
    if request.path not in PAGES:
        return reply.missing(request, now)
    status, body, _ = PAGES[request.path]
    if status.startswith("200"):
        return reply.document(request, now, body, reply.TYPES[".html"])
    fields = reply.common(now, reply.TYPES[".html"]) + [("Content-Length", len(body))]
    data = reply.head(status, fields)
    return [act.Send(data if request.method == "HEAD" else data + body)]


HOSTS = {"kinds.example": kinds}
