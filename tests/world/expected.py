"""What an archiver should make of the front articles: the answer key of the tests."""

import hashlib
import re

import age
import courier
import morgenpost
import pictures

# What every page of the Courier asks for, and where it is said.
SHARED = [
    ("icon", "//assets.thecourier.example/img/favicon-32.png", "link rel=icon"),
    ("icon", "//assets.thecourier.example/img/touch-152.png", "link rel=apple-touch-icon"),
    ("manifest", "//www.thecourier.example/manifest.json", "link rel=manifest"),
    ("manifest-icon", "//assets.thecourier.example/img/icon-96.png", "manifest"),
    ("manifest-icon", "//assets.thecourier.example/img/icon-192.png", "manifest"),
    ("font", "//assets.thecourier.example/fonts/courier-icons-regular.woff", "link rel=preload, fonts.css"),
    ("font", "//assets.thecourier.example/fonts/courier-icons-regular.ttf", "fonts.css"),
    ("font", "//assets.thecourier.example/fonts/courier-icons-bold.woff", "fonts.css"),
    ("style", "//assets.thecourier.example/css/main.css", "link rel=stylesheet"),
    ("style", "//assets.thecourier.example/css/print.css", "link rel=stylesheet media=print"),
    ("style", "//assets.thecourier.example/css/base.css", "@import in main.css"),
    ("style", "//assets.thecourier.example/css/cards.css", "@import in main.css"),
    ("style", "//assets.thecourier.example/css/fonts.css", "@import in base.css"),
    ("script", "//assets.thecourier.example/js/boot.js", "script src"),
    ("script", "//assets.thecourier.example/js/counter.js", "script src"),
    ("background", "//assets.thecourier.example/img/masthead.png", "style element"),
    ("background", "//assets.thecourier.example/img/rule.png", "style attribute"),
    ("background", "//assets.thecourier.example/img/texture-a.png", "main.css"),
    ("background", "//assets.thecourier.example/img/texture-b.png", "base.css; same bytes as texture-a"),
    ("background", "//assets.thecourier.example/img/arrow.png", "cards.css, u\\72l()"),
    ("background", "//assets.thecourier.example/img/print-logo.png", "print.css"),
]

GERMAN = ["/style.css", "/app.js", "/favicon.ico", "/bilder/papier.png"]


def facts(story, now, scheme):
    """What the page says of itself."""
    words = age.label(story.published, now, story.tags)
    match = re.match(r"(\d+) (year|month)", words)
    out = {
        "url": story.address(scheme),
        "canonical": courier.SITE + story.path,
        "headline": story.headline,
        "byline": story.byline,
        "section": courier.SECTIONS[story.section],
        "published": story.stamps[0],
        "modified": story.stamps[1],
        "marker": None,
        "lead_image": {
            "smallest": courier.lead_sources(story)[-1],
            "largest": courier.lead_sources(story)[0],
            "caption": story.caption,
            "credit": story.credit,
            "alt": story.alt,
        },
    }
    if match:
        text = age.sentence(story.published, now, story.tags)
        out["marker"] = {"text": text, "amount": int(match.group(1)), "unit": match.group(2)}
    return out


def requisites(story):
    """(kind, address, where) of all that a story's page needs, each once."""
    rows = [("lead", a, "source srcSet") for a in courier.lead_sources(story)]
    for name in story.related:
        for dpr in (2, 1):
            rows.append(("thumbnail", courier.sized(courier.STORIES[name].picture, 220, dpr), "card"))
    for text in story.paragraphs:
        word, _, rest = text.partition(" ")
        if word == "@figure":
            ident = rest.split()[0]
            rows += [
                ("picture", courier.sized(ident, w, dpr), "source srcSet")
                for _, w in courier.SHORT for dpr in (2, 1)
            ]
        if word == "@iframe":
            rows.append(("frame", rest.strip(), "iframe src"))
            rows.append(("in-frame", "//embed.thecourier.example/chart/bars.png", "img in the frame"))
            rows.append(("in-frame", "//embed.thecourier.example/chart/grid.png", "style in the frame"))
    return rows + SHARED


def linked_pictures(story):
    """Addresses of pictures that the text links to."""
    return [a for text in story.paragraphs for a in re.findall(r"\((//media[^)]+)\)", text)]


def content(address):
    """Length and SHA-256 of what a picture's or drawn file's address gives, where known here."""
    key = address.split("/", 3)[3]
    if key in courier.PICTURES:
        data = pictures.jpeg(*courier.PICTURES[key])
    elif "/" + key in courier.DRAWN:
        data = courier.DRAWN["/" + key]
    else:
        return {}
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def described(story, now, scheme):
    """A story's facts and lists with whole addresses."""
    out = facts(story, now, scheme)
    for name in ("smallest", "largest"):
        out["lead_image"][name] = f"{scheme}:{out['lead_image'][name]}"
    out["requisites"] = [
        {"kind": kind, "url": f"{scheme}:{address}", "where": where, **content(address)}
        for kind, address, where in requisites(story)
    ]
    out["linked_images"] = [{"url": f"{scheme}:{a}", **content(a)} for a in linked_pictures(story)]
    out["social_images"] = [f"{scheme}:{a}" for a in courier.social(story)]
    out["master_image"] = f"{scheme}:{courier.master(story.picture)}"
    for key, names in (("related", story.related), ("most_viewed", story.viewed)):
        out[key] = [listed(courier.STORIES[n], i, scheme, now) for i, n in enumerate(names, 1)]
    return out


def listed(story, position, scheme, now):
    """A story as an entry of a list."""
    return {
        "url": story.address(scheme),
        "headline": story.headline,
        "position": position,
        "published": story.stamps[0],
        "marker": age.sentence(story.published, now, story.tags) or None,
    }


def hops(first):
    """Names of stories by their distance from the first, by related lists only."""
    seen, rings = {first}, [[first]]
    while rings[-1]:
        ring = []
        for name in rings[-1]:
            ring += [n for n in courier.STORIES[name].related if n not in seen and n not in ring]
        seen.update(ring)
        rings.append(ring)
    return rings[:-1]


def german(now, scheme):
    """The Morgenpost's front article."""
    story = morgenpost.STORIES["front"]
    base = f"{scheme}://{morgenpost.HOST}"
    pictures_of = [f"{base}{story.picture}-{width}.jpg" for width in morgenpost.WIDTHS]
    return {
        "url": base + story.path,
        "canonical": morgenpost.SITE + story.path,
        "headline": story.headline,
        "byline": story.fields["autor"],
        "published": story.fields["datum"],
        "marker": morgenpost.marker(story, now) or None,
        "requisites": pictures_of + [f"{base}{path}" for path in GERMAN],
        "related": [base + morgenpost.STORIES[n].path for n in story.related],
        "most_viewed": [base + morgenpost.STORIES[n].path for n in story.viewed],
    }


def everything(now, scheme="http"):
    """The whole key, as plain data."""
    front = courier.STORIES["front"]
    return {
        "clock": now.isoformat().replace("+00:00", "Z"),
        "scheme": scheme,
        "front": described(front, now, scheme),
        "hops": [[courier.STORIES[n].address(scheme) for n in ring] for ring in hops("front")],
        "stories": [described(s, now, scheme) for n, s in courier.STORIES.items() if n != "front"],
        "morgenpost": german(now, scheme),
        "same_bytes": [
            [f"{scheme}://assets.thecourier.example/img/texture-{x}.png" for x in "ab"],
            [f"{scheme}:{courier.sized(courier.STORIES[n].picture, 620, 2)}" for n in ("ceiling", "cabinet")],
            [f"{scheme}://twins.example/{x}.png" for x in "ab"],
        ],
        "never": [
            f"{scheme}://assets.thecourier.example/img/never-asked-for.png",
            f"{scheme}://www.thecourier.example/never/2020/asked/for-by-a-script-string.html",
        ],
    }
