"""islands.example: stories whose lists are not in their pages: an API has them, and islands tell where."""

import html
import json

import reply

HOST = "www.islands.example"
API = "api.islands.example"
PATHS = {
    "front": "/news/2024/nov/20/ferry-to-the-outer-islands-runs-again-after-the-storm",
    "storm": "/news/2024/nov/18/storm-closes-every-harbour-of-the-outer-islands",
    "timetable": "/news/2024/nov/21/the-winter-timetable-and-what-the-islands-think-of-it",
    "series": "/news/2024/nov/22/letters-from-the-islands-the-keeper-of-the-third-light",
    "letters": "/news/2024/nov/15/letters-from-the-islands-a-school-with-four-children",
    "soup": "/food/2024/nov/19/a-soup-that-needs-nothing-but-time-and-leeks",
}
TITLES = {
    "front": "Ferry to the outer islands runs again after the storm",
    "storm": "Storm closes every harbour of the outer islands",
    "timetable": "The winter timetable, and what the islands think of it",
    "series": "Letters from the islands: the keeper of the third light",
    "letters": "Letters from the islands: a school with four children",
    "soup": "A soup that needs nothing but time and leeks",
}
SERIES = "news/series/letters-from-the-islands"
RELATED = {"front": ["storm", "timetable"], "storm": ["front"], "series": ["letters"]}
VIEWED = ["soup"]


def island(name, props):
    """An element whose attribute holds JSON."""
    return f'<gu-island name="{name}" deferUntil="visible" props="{html.escape(json.dumps(props))}"></gu-island>'


def islands(name, scheme):
    """What stands where the lists will be."""
    tags = [{"id": "news/islands", "type": "Keyword", "title": "Islands"}]
    if name in ("series", "letters"):
        tags.append({"id": SERIES, "type": "Series", "title": "Letters from the islands"})
    onwards = {
        "ajaxUrl": f"{scheme}://{API}", "hasRelated": True, "hasStoryPackage": False, "showRelatedContent": True,
        "pageId": PATHS[name][1:], "keywordIds": "news/islands", "tags": tags, "editionId": "UK",
        "shortUrlId": "/p/q3b4a",
    }
    viewed = {"sectionId": "news", "ajaxUrl": f"{scheme}://{API}", "edition": "UK"}
    return island("OnwardsUpper", onwards) + island("MostViewedFooterData", viewed)


def page(name, scheme):
    """A story without a link to another."""
    title = html.escape(TITLES[name])
    text = (
        f"<p>{title}: so much was said on the quay on Wednesday, and more was thought, by people who had waited there "
        "for the better part of a week with their dogs, their parcels and two pianos.</p>"
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<main><article><h1>{title}</h1><div>{text * 3}</div></article></main>{islands(name, scheme)}</body></html>'
    ).encode()


def trails(names, scheme):
    """Stories as the API tells them."""
    return [{
        "url": f"{scheme}://{HOST}{PATHS[name]}", "linkText": TITLES[name], "headline": TITLES[name],
        "showByline": False, "ageWarning": "4 years", "isLiveBlog": False,
    } for name in names]


def answer(path, scheme):
    """What the API says of a path, or None."""
    if path == "/most-read/news.json":
        return {"tabs": [{"heading": "Across The&nbsp;Islands", "trails": trails(VIEWED, scheme)}]}
    if path == f"/series/{SERIES}.json":
        return {"displayname": "Letters from the islands", "trails": trails(["series", "letters"], scheme)}
    for name, related in RELATED.items():
        if path == f"/related/{PATHS[name][1:]}.json":
            return {"heading": "Related stories", "trails": trails(related, scheme)}
    return None


def pages(request, now):
    """www.islands.example"""
    for name, path in PATHS.items():
        if request.path == path:
            return reply.document(request, now, page(name, request.scheme), reply.TYPES[".html"])
    return reply.missing(request, now)


def api(request, now):
    """api.islands.example: needs the dcr=true or dcr of the paper's own server."""
    said = answer(request.path, request.scheme) if "dcr" in request.target else None
    if said is None:
        return reply.missing(request, now)
    return reply.document(request, now, json.dumps(said).encode(), "application/json")


HOSTS = {HOST: pages, API: api}
