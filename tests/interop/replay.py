"""pywb and a browser over the archives."""

import os
import time

import cdp
import plain_warc
import replayweb
from formats import parse_cdxj
from pywb_host import Pywb
from rig import stet
from rooms import UNCHANGED, Room

# In pywb's frame: the headline, the lead picture, what is not seen.
PAGE = "document.getElementById('replay_iframe').contentDocument"
HEADLINE = PAGE + ".querySelector('h1').innerText"
LEAD = """(() => { const i = PAGE.querySelector('picture img');
  return i ? {w: i.naturalWidth, h: i.naturalHeight, src: i.currentSrc} : null; })()""".replace("PAGE", PAGE)
BLIND = """[...PAGE.images].filter(i => i.getAttribute('src') && !i.naturalWidth)
  .map(i => i.src)""".replace("PAGE", PAGE)
SCROLL = """(async () => { const w = PAGE.defaultView;
  for (let y = 0; y < PAGE.body.scrollHeight; y += 800) {
    w.scrollTo(0, y); await new Promise(r => setTimeout(r, 60)); }
  w.scrollTo(0, 0); })()""".replace("PAGE", PAGE)


DEDUP_BYTES = 1024  # what is smaller stays a response


def captures(room):
    """(index line, record) of all captures of http and https."""
    with open(room.index) as f:
        lines = parse_cdxj(f.read())
    paths = {os.path.basename(p): p for p in room.warcs}
    for key, stamp, line in lines:
        if line["url"].startswith("http"):
            yield stamp, line, plain_warc.record_at(paths[line["filename"]], int(line["offset"]),
                                                    int(line["length"]))


def stamp_of(room, url):
    """When a page was captured first, as a replay address has it."""
    return min(stamp for stamp, line, r in captures(room) if line["url"] == url)


def originals(room):
    """(url, date) -> the record that a revisit can refer to."""
    found = {}
    for path in room.warcs:
        for r in plain_warc.records(path):
            if r.type == "response":
                found[r.url, r["WARC-Date"]] = r
    return found


def resolved(record, found):
    """The record itself, or what a revisit refers to."""
    if record.type == "revisit":
        return found[record["WARC-Refers-To-Target-URI"], record["WARC-Refers-To-Date"]]
    return record


def is_body(body, record, headers):
    """Whether pywb gave what is stored.  It takes gzip away from what came in
    chunks, and says so; trailers it does not know: warcio takes the last
    chunk and what follows for content."""
    want = record.entity() if "Content-Encoding" in headers else record.payload()
    return body.startswith(want) if record.http_field("Trailer") else body == want


# What pywb has its own mind about: an address of 60 KB, and a redirect to
# the very page (a 400: it takes it for a redirect of the replay's making).
NOT_SERVED = ("http://redirect.example/landing?xxxx", "http://redirect.example/self")


def check_bytes(tap, name, room, pywb):
    """Each capture of the index, asked for at its own time and address."""
    found, wrong, n = originals(room), [], 0
    for stamp, line, record in captures(room):
        if line["url"].startswith(NOT_SERVED) or record.type == "response" and record["WARC-Truncated"]:
            continue
        n += 1
        status, headers, body = pywb.get(name, stamp, "id_", line["url"])
        want_status = int(record.http()[0].split()[1])
        if status != want_status:
            wrong.append(f"{line['url']}: {status}, stored {want_status}")
        elif not is_body(body, resolved(record, found), headers):
            wrong.append(f"{line['url']}: other bytes than the {record.type} holds")
    tap.none(wrong, f"{name}: pywb serves all {n} captures whole")


def check_chunked(tap, room, pywb):
    """One page, in chunks and not, then as a revisit: all the same."""
    entries = [(s, r) for s, line, r in captures(room) if line["url"].endswith("/story.html")]
    kinds = [(r.type, "chunked" in (r.http_field("Transfer-Encoding") or "")) for _, r in entries]
    tap.same(sorted(kinds), [("response", False), ("response", True), ("revisit", False)],
             "chunked: the page is there in chunks, plain over HTTP/2, and as a revisit")
    bodies = [pywb.get("chunked", s, "id_", r.url)[2] for s, r in entries]
    want = next(r.entity() for _, r in entries if r.type == "response")
    tap.check(all(b == want for b in bodies), "chunked: all three replay whole and equal",
              [len(b) for b in bodies], len(want))


def check_unchanged(tap, room, pywb):
    """At the time of a 304 pywb shows the page that had not changed."""
    entries = [(s, r) for s, line, r in captures(room) if line["url"] == UNCHANGED]
    tap.same([r.type for _, r in entries], ["response", "revisit"],
             "unchanged: the page is there, then a revisit")
    want = 200, entries[0][1].entity()
    got = [pywb.get("unchanged", stamp, "id_", UNCHANGED) for stamp, _ in entries]
    tap.check([(status, body) for status, _, body in got] == [want, want],
              "unchanged: both replay as the page", [(s, len(b)) for s, _, b in got])


def look(tap, name, pywb, browser, stamp, url, headline, picture):
    """One page in the browser."""
    page = browser.open(pywb.url(name, stamp, "", url))
    page.evaluate(SCROLL)
    page.settle(10)
    here = f"http://{pywb.host}/"
    seen = page.evaluate(HEADLINE)
    tap.check(headline in seen, f"{name}: Chromium shows '{headline[:50]}'", seen)
    lead = page.evaluate(LEAD)
    tap.check(bool(lead) and lead["w"] > 0, f"{name}: with its lead picture", lead)
    tap.none(page.evaluate(BLIND), f"{name}: and every other picture")
    requests = [r for r in page.requests if not r["url"].startswith(("data:", "blob:", "about:"))]
    tap.none([r for r in requests if not r["url"].startswith(here)],
             f"{name}: none of its {len(requests)} requests leaves the replay")
    tap.none([r for r in requests if (r["status"] or 0) >= 400 or r["error"]],
             f"{name}: and none of them fails")
    if picture:
        page.screenshot(picture)


def stories_of(rooms, scheme):
    """The seed's story and its related ones, as the world has them."""
    expected = rooms.world.expected(scheme)
    by_url = {s["url"]: s for s in [expected["front"], *expected["stories"]]}
    return [by_url[u] for u in [expected["hops"][0][0], *expected["hops"][1]]]


def check_browser(tap, rooms, pywb, browser):
    shots = os.environ["INTEROP_HOME"]
    for name, scheme, most in ("cluster", "http", None), ("cluster-h2", "https", 2):
        for n, story in enumerate(stories_of(rooms, scheme)[:most]):
            look(tap, name, pywb, browser, stamp_of(rooms[name], story["url"]), story["url"],
                 story["headline"], None if n else os.path.join(shots, name + ".png"))


def dedup(tap, rooms):
    """Two archives of the same pages, which did not know of one another."""
    room = Room(os.path.join(rooms.folder, "deduped"))
    os.makedirs(os.path.dirname(room.index))
    folders = [os.path.join(rooms[n].path, "archive") for n in ("cluster", "again")]
    done = stet("dedup", "--index", room.index, *folders, os.path.join(room.path, "archive"))
    tap.check(done.returncode == 0, "stet dedup joins two archives", done.stdout, done.stderr)
    again = [r for _, _, r in captures(rooms["again"])]
    referred = {r["WARC-Refers-To"] for r in again}
    want = sum(r.type == "revisit" for _, _, r in captures(rooms["cluster"]))
    want += sum(r.type == "revisit" or len(r.entity()) >= DEDUP_BYTES and r.http()[0].split()[1] == "200"
                and r["WARC-Record-ID"] not in referred for r in again)
    tap.same(sum(r.type == "revisit" for _, _, r in captures(room)), want,
             f"it makes revisits of what came again and nothing refers to: {want}")
    return room


def check_others(tap, rooms, wacz):
    """With pywb's own index the original is served, not what we rewrote; what
    was unpacked from the WACZ and what dedup wrote replay as before."""
    rooms = {**rooms, "deduped": dedup(tap, rooms)}
    with Pywb({n: rooms[n].path for n in ("cluster", "chunked", "deduped")}, copy=True) as pywb:
        for name in "cluster", "chunked":
            tap.same(pywb.reindex(name), ["index.cdxj"], f"{name}: wb-manager reindexes it")
        tap.same(pywb.unpack("unpacked", wacz), len(rooms["cluster"].warcs),
                 "wb-manager unpacks our WACZ")
        time.sleep(0.5)
        for name, room in (("cluster", "cluster"), ("chunked", "chunked"), ("unpacked", "cluster"),
                           ("deduped", "deduped"), ("deduped", "again")):
            check_bytes(tap, name, rooms[room], pywb)


def check(tap, rooms, kit, wacz):
    with cdp.Browser() as browser:
        with Pywb({name: room.path for name, room in rooms.items()}) as pywb:
            for name in "cluster", "cluster-h2", "morgenpost", "chunked", "oddities":
                check_bytes(tap, name, rooms[name], pywb)
            check_chunked(tap, rooms["chunked"], pywb)
            check_unchanged(tap, rooms["unchanged"], pywb)
            check_browser(tap, rooms, pywb, browser)
        if kit.ready("replayweb"):
            replayweb.check(tap, browser, wacz, stories_of(rooms, "http"),
                            lambda url: stamp_of(rooms["cluster"], url))
        else:
            tap.skip("ReplayWeb.page shows our WACZ", kit.why("replayweb"))
    check_others(tap, rooms, wacz)
