"""islands.example: stories whose lists are not in their pages: an API has them, and islands tell where.
One of them stands at another paper too, as an agency sent it."""

import html
import json

import reply

HOST = "www.islands.example"
COPIER = "www.mainland.example"
API = "api.islands.example"
PATHS = {
    "front": "/news/2024/nov/20/ferry-to-the-outer-islands-runs-again-after-the-storm",
    "storm": "/news/2024/nov/18/storm-closes-every-harbour-of-the-outer-islands",
    "timetable": "/news/2024/nov/21/the-winter-timetable-and-what-the-islands-think-of-it",
    "series": "/news/2024/nov/22/letters-from-the-islands-the-keeper-of-the-third-light",
    "letters": "/news/2024/nov/15/letters-from-the-islands-a-school-with-four-children",
    "copy": "/weather/storm-shuts-island-harbours-8817",
    "soup": "/food/2024/nov/19/a-soup-that-needs-nothing-but-time-and-leeks",
}
TITLES = {
    "front": "Ferry to the outer islands runs again after the storm",
    "storm": "Storm closes every harbour of the outer islands",
    "timetable": "The winter timetable, and what the islands think of it",
    "series": "Letters from the islands: the keeper of the third light",
    "letters": "Letters from the islands: a school with four children",
    "copy": "Storm closes every harbour of the outer islands",
    "soup": "A soup that needs nothing but time and leeks",
}
STORM = [
    "Every harbour of the outer islands has been closed since Monday noon, the first time in eleven years that all of "
    "them were, and the ferry lies with doubled lines behind the long breakwater.",
    "The wind had been announced for the night but came at breakfast. A trawler that was still out made for the lee of "
    "the second island, where its crew of five were taken in by the schoolmaster and given dry clothes.",
    "Two roofs are gone, among them that of the fish hall, and the bridge to the light is under water at high tide. "
    "Nobody was hurt, said the harbour master, who put it down to the hour: people were still at home.",
    "Bread came by helicopter on Tuesday. The shop on the third island has flour for a week and no yeast, and asks "
    "those who have some to think of their neighbours.",
]
TEXTS = {
    "front": [
        "The ferry to the outer islands ran again on Wednesday, with forty passengers, nine dogs and two pianos that had "
        "waited on the quay for the better part of a week.",
        "It left an hour late. The captain had wanted to see the swell in the sound with his own eyes, and let the mate "
        "walk to the end of the mole and back before he cast off.",
    ],
    "storm": STORM,
    "copy": [
        "OUTER ISLANDS (Wire) - Harbours stay shut for a second day, the coastguard said.",
        *STORM,
    ],
    "timetable": [
        "From December there will be one boat fewer on Thursdays, and the last one on Sundays leaves before the church "
        "is out, which on the second island is held to be no accident.",
        "The company calls it a timetable for the season. Those who have to be at the dentist by nine call it other "
        "things, and have collected three hundred names, which is more than the island has voters.",
    ],
    "series": [
        "He counts the stairs although he knows their number, and says that on the day he arrives at another he will "
        "hand in his keys.",
        "The lamp has not needed a keeper since it learned to light itself. He stays for the fog signal, which did not, "
        "and for the birds, of which he keeps a list on the back of old tide tables.",
    ],
    "letters": [
        "Four children are in the school this year, in three classes, and the eldest explains fractions to the others "
        "with a cake that nobody may touch before noon.",
        "A fifth is expected in spring, if its parents take the house by the pump, and the council has promised a stove "
        "in case they do.",
    ],
    "soup": [
        "It needs three leeks, washed until no sand is left, one potato and an hour in which nobody lifts the lid.",
        "Those who have cream add it at the end. Those who have none say that it was better so, and the cook of the old "
        "inn, who has made it for forty winters, does not take sides.",
    ],
}
SERIES = "news/series/letters-from-the-islands"
RELATED = {"front": ["storm", "timetable"], "storm": ["front", "copy"], "series": ["letters"]}
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
    text = "".join(f"<p>{html.escape(p)}</p>" for p in TEXTS[name])
    more = islands(name, scheme) if name != "copy" else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<main><article><h1>{title}</h1><div>{text}</div></article></main>{more}</body></html>'
    ).encode()


def host(name):
    return COPIER if name == "copy" else HOST


def trails(names, scheme):
    """Stories as the API tells them."""
    return [{
        "url": f"{scheme}://{host(name)}{PATHS[name]}", "linkText": TITLES[name], "headline": TITLES[name],
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
    """www.islands.example, and www.mainland.example with the copy."""
    for name, path in PATHS.items():
        if request.path == path and request.host == host(name):
            return reply.document(request, now, page(name, request.scheme), reply.TYPES[".html"])
    return reply.missing(request, now)


def api(request, now):
    """api.islands.example: needs the dcr=true or dcr of the paper's own server."""
    said = answer(request.path, request.scheme) if "dcr" in request.target else None
    if said is None:
        return reply.missing(request, now)
    return reply.document(request, now, json.dumps(said).encode(), "application/json")


HOSTS = {HOST: pages, COPIER: pages, API: api}
