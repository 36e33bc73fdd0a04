#!/usr/bin/env python3
"""One `stet save` of the cluster's front page, looked at without stet."""

import collections
import json
import os
import pathlib
import re
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import plain_warc  # noqa: E402
from rig import Tap, World, stet, url_of, warcs  # noqa: E402

PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class Archive:
    """All records of an archive folder, in the order of its files."""

    def __init__(self, path):
        self.path = path
        self.records = [r for p in warcs(path) for r in plain_warc.records(p)]
        self.derived = [r for p in warcs(path, "derived") for r in plain_warc.records(p)]
        self.captures = {}
        for r in self.records:
            if r.type in ("response", "revisit"):
                self.captures.setdefault(r.url, []).append(r)
        self.by_id = {r["WARC-Record-ID"]: r for r in self.records}

    def of(self, kind, url):
        return [r for r in self.records if r.type == kind and r.url == url]

    def lines(self, *name):
        with open(os.path.join(self.path, *name)) as f:
            return f.read().splitlines()

    def payload(self, record):
        """A revisit's is that of the record it refers to."""
        if record.type == "revisit":
            record = self.by_id[record["WARC-Refers-To"]]
        return record.payload()


def check_holdings(tap, archive, expected):
    """All that belongs to the story, and nothing else."""
    front = expected["front"]
    leads = [r["url"] for r in front["requisites"] if r["kind"] == "lead"]
    tap.same(len(leads), 10, "the lead picture has ten sources")
    tap.none((u for u in leads if u not in archive.captures), "and all ten are there")
    tap.none((i["url"] for i in front["linked_images"] if i["url"] not in archive.captures),
             "the linked full-size picture is there")
    for kind in sorted({r["kind"] for r in front["requisites"]}):
        tap.none((r["url"] for r in front["requisites"]
                  if r["kind"] == kind and r["url"] not in archive.captures),
                 f"the page's requisites are there: {kind}")
    stories = {s["url"]: s for s in expected["stories"]}
    related = expected["hops"][1]
    tap.same(len(related), 8, "eight stories are related")
    for url in related:
        needs = [url] + [r["url"] for r in stories[url]["requisites"]]
        tap.none((u for u in needs if u not in archive.captures),
                 f"there with all it needs: {url.rsplit('/', 1)[1]}")
    tap.none((s["url"] for s in front["most_viewed"] if s["url"] in archive.captures),
             "none of the most viewed is there")
    tap.none((u for u in expected["never"] if u in archive.captures), "nor what nothing links to")
    too_far = [u for hop in expected["hops"][2:] for u in hop]
    tap.none((u for u in too_far if u in archive.captures), "nor stories two hops away")


def check_bodies(tap, archive, expected):
    """Lengths and digests as the world's answer key has them."""
    wrong = []
    for page in [expected["front"]] + expected["stories"]:
        for r in page["requisites"] + page["linked_images"]:
            if "sha256" in r and r["url"] in archive.captures:
                body = archive.payload(archive.captures[r["url"]][0])
                if plain_warc.digest("sha256", body) != "sha256:" + r["sha256"]:
                    wrong.append(r["url"])
    tap.none(wrong, "pictures and fonts have the right bytes")


def check_manners(tap, archive, world):
    diary = world.diary()
    asked = collections.Counter(url_of(e) for e in diary)
    tap.none((f"{u} {n} times" for u, n in asked.items() if n > 1), "each address was asked for once")
    tap.none((u for u in asked if len(archive.captures.get(u, [])) != 1),
             "each answer is in the archive once")
    tap.same(len(archive.captures), len(asked), "and nothing is that nobody sent")
    order = [e["target"] for e in diary]
    tap.same(order[0], "/robots.txt", "robots.txt is asked for first")


def check_exact(tap, archive, world):
    """Blocks against what the origin wrote down."""
    wrong = []
    for entry in world.diary():
        record, = archive.captures[url_of(entry)]
        sent = world.sent(entry)
        want = sent if record.type == "response" else sent[:sent.index(b"\r\n\r\n") + 4]
        if record.block != want:
            wrong.append(record.url)
    tap.none(wrong, "response blocks are what was sent, byte for byte")
    heads = {url_of(e): e for e in world.diary()}
    wrong = []
    for r in archive.records:
        if r.type == "request":
            first, fields, body = r.http()
            entry = heads[r.url]
            if first != f"GET {entry['target']} HTTP/1.1" or body:
                wrong.append(f"{r.url}: {first}")
            if [list(f) for f in fields] != entry["headers"]:
                wrong.append(f"{r.url}: {fields}")
    tap.none(wrong, "request blocks are what was asked")


def check_digests(tap, archive):
    wrong = []
    for r in archive.records + archive.derived:
        label = r["WARC-Block-Digest"]
        if not label or plain_warc.digest(label, r.block) != label:
            wrong.append(f"{r.url}: block digest")
        label = r["WARC-Payload-Digest"]
        if r.type == "response" and r.is_http:
            chunked = "chunked" in (r.http_field("Transfer-Encoding") or "")
            if chunked == bool(label):
                wrong.append(f"{r.url}: payload digest {label}, chunked {chunked}")
            elif label and plain_warc.digest(label, r.entity()) != label:
                wrong.append(f"{r.url}: payload digest")
    tap.none(wrong, "digests are right; a body in chunks has none of its payload")
    ids = [r["WARC-Record-ID"] for r in archive.records + archive.derived]
    tap.same(len(set(ids)), len(ids), "record ids are unique")


def check_order(tap, archive):
    """warcinfo first; a request after its response, in the same file."""
    tap.same(archive.records[0].type, "warcinfo", "a warcinfo record comes first")
    wrong = []
    for before, r in zip(archive.records, archive.records[1:]):
        if r.type == "request" and (r["WARC-Concurrent-To"] != before["WARC-Record-ID"]
                                    or before.url != r.url):
            wrong.append(r.url)
    tap.none(wrong, "each request follows its response and names it")
    name = archive.records[0]["WARC-Filename"]
    tap.same(name, warcs(archive.path)[0].name, "warcinfo names the file")


def check_revisits(tap, archive, expected):
    found = [r for r in archive.records if r.type == "revisit"]
    tap.check(found, "equal bodies became revisits")
    wrong = []
    for r in found:
        to = archive.by_id.get(r["WARC-Refers-To"])
        good = (to and r["WARC-Profile"] == PROFILE
                and r["WARC-Refers-To-Target-URI"] == to.url
                and r["WARC-Refers-To-Date"] == to["WARC-Date"]
                and r["WARC-Payload-Digest"] == plain_warc.digest("sha256", to.entity())
                and r.block.endswith(b"\r\n\r\n"))
        if not good:
            wrong.append(r.fields)
    tap.none(wrong, "each names its original by id, address, date and digest")
    for twins in expected["same_bytes"]:
        kinds = sorted(archive.captures[u][0].type for u in twins if u in archive.captures)
        if len(kinds) == 2:
            tap.same(kinds, ["response", "revisit"],
                     f"stored once: {twins[0].split('//')[1][:50]}")


def check_metadata(tap, archive, expected):
    front = expected["front"]
    record, = archive.of("metadata", front["url"])
    fields = record.warc_fields()
    facts = dict(fields)
    response = archive.captures[front["url"]][0]
    tap.same(record["WARC-Concurrent-To"], response["WARC-Record-ID"],
             "the metadata record belongs to the page's response")
    tap.same(record["Content-Type"], "application/warc-fields", "it is of warc-fields")
    for name in "headline", "byline", "section", "canonical":
        tap.same(facts.get(name), front[name], f"its {name}")
    tap.same(facts.get("published"), front["published"].replace(".000Z", "Z"), "its publication date")
    tap.same(facts.get("published-source"), "json-ld", "and where that was found")
    marker = front["marker"]
    tap.same((facts.get("marker"), facts.get("marker-amount"), facts.get("marker-unit")),
             (marker["text"], str(marker["amount"]), marker["unit"]), "its marker")
    tap.same((facts.get("marker-kind"), facts.get("marker-comparison"), facts.get("marker-place"),
              facts.get("marker-language")), ("age-floor", "more-than", "headline", "en"),
             "what kind of marker, how, where, in which language")
    tap.check(facts.get("marker-verdict") in ("exact", "consistent"), "and that it holds",
              facts.get("marker-verdict"))
    for name, key in ("related", "related"), ("most-viewed", "most_viewed"):
        got = [v.split("\t")[:2] for n, v in fields if n == name]
        tap.same(got, [[s["url"], s["headline"]] for s in front[key]], f"its {name} stories, in order")
    links = {v.split(" ")[0] for n, v in fields if n == "outlink"}
    tap.none((s["url"] for s in front["most_viewed"] if s["url"] not in links),
             "its outlinks hold what was not followed, too")
    via = dict(archive.of("metadata", expected["hops"][1][0])[0].warc_fields())
    tap.same(via.get("via"), front["url"], "a related story's says via what it was found")
    tap.check(via.get("hopsFromSeed"), "and by which hops", via)


def check_page_records(tap, archive, expected):
    front = expected["front"]["url"]
    text, = archive.of("resource", "urn:text:" + front)
    tap.same(text["Content-Type"], "text/plain", "urn:text holds plain text")
    tap.check(b"two governments" in text.block and b"<" not in text.block
              and b"Most viewed" not in text.block, "the article's, and no more", text.block[:300])
    info, = archive.of("resource", "urn:pageinfo:" + front)
    page = json.loads(info.block)
    tap.same((page["url"], page["pageid"]), (front, info["WARC-Page-ID"]), "urn:pageinfo names the page")
    needs = {r["url"] for r in expected["front"]["requisites"]}
    tap.none((u for u in needs if page["urls"].get(u, {}).get("status") != 200),
             "and its requisites with their statuses")
    wrong = [u for u, f in page["urls"].items()
             if archive.captures[u][0]["WARC-Resource-Type"] != f["type"]]
    tap.none(wrong, "and their types, as the records have them")


def check_index(tap, archive):
    lines = archive.lines("indexes", "index.cdx")
    tap.check(lines == sorted(lines, key=str.encode), "index.cdx is sorted by byte")
    wrong, seen = [], set()
    for line in lines:
        _, stamp, rest = line.split(" ", 2)
        f = json.loads(rest)
        r = plain_warc.record_at(os.path.join(archive.path, "archive", f["filename"]),
                                 int(f["offset"]), int(f["length"]))
        date = "".join(c for c in r["WARC-Date"] if c.isdigit())[:14]
        if r.url != f["url"] or date != stamp:
            wrong.append(line)
        if r.is_http and f["status"] != r.http()[0].split()[1]:
            wrong.append(line)
        if r.type == "response" and f["digest"] != plain_warc.digest("sha256", r.entity()):
            wrong.append(line)
        seen.add(r["WARC-Record-ID"])
    tap.none(wrong, "each line leads to its record, with its time, status and digest")
    tap.none((r.url for r in archive.records
              if r.type in ("response", "revisit", "resource") and r["WARC-Record-ID"] not in seen),
             "and no record is missing")


def check_lists(tap, archive, expected):
    pages = [json.loads(line) for line in archive.lines("pages", "pages.jsonl")]
    tap.same((pages[0]["format"], len(pages)), ("json-pages-1.0", 2), "pages.jsonl has the seed")
    front = archive.captures[expected["front"]["url"]][0]
    tap.same((pages[1]["url"], pages[1]["ts"], pages[1]["id"], pages[1]["status"]),
             (front.url, front["WARC-Date"], front["WARC-Page-ID"], 200),
             "with its address, time, id and status")
    tap.check(pages[1]["title"].startswith(expected["front"]["headline"]), "and its title", pages[1])
    extra = [json.loads(line)["url"] for line in archive.lines("pages", "extraPages.jsonl")[1:]]
    tap.same(sorted(extra), sorted(expected["hops"][1]), "extraPages.jsonl has the related stories")
    log = [json.loads(line) for line in archive.lines("logs", "crawl.jsonl")]
    tap.same(sorted(e["url"] for e in log), sorted(archive.captures), "crawl.jsonl has every address once")
    wrong = [r for r in archive.derived[1:] if r.type != "conversion" or not r["WARC-Refers-To"]]
    tap.none((r.fields for r in wrong), "derived/ holds conversions that name their sources")
    tap.none((r.url for r in archive.records if r.type == "conversion"), "and archive/ none")
    tap.none((r.url for r in archive.derived if r.type == "conversion"
              and archive.by_id[r["WARC-Refers-To"]].url != r.url), "of the same address")


def main():
    tap = Tap()
    with World("--no-tls") as world, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "archive")
        done = stet("save", *world.options, "--delay", "0", "-o", path, world.front)
        tap.same(done.returncode, 0, "a save of the front page ends well")
        tap.check(re.search(r"related stories +8\b", done.stdout + done.stderr), "and says how many stories", done.stdout, done.stderr)
        expected = world.expected()
        archive = Archive(path)
        check_holdings(tap, archive, expected)
        check_bodies(tap, archive, expected)
        check_manners(tap, archive, world)
        check_exact(tap, archive, world)
        check_digests(tap, archive)
        check_order(tap, archive)
        check_revisits(tap, archive, expected)
        check_metadata(tap, archive, expected)
        check_page_records(tap, archive, expected)
        check_index(tap, archive)
        check_lists(tap, archive, expected)
        tap.none((str(p) for p in pathlib.Path(path).rglob("*.open")), "no file is left open")
    tap.finish()


main()
