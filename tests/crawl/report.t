#!/usr/bin/env python3
"""`stet stale` and `stet report` on archives of the test world."""

import base64
import csv
import datetime
import html.parser
import json
import os
import pathlib
import re
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
sys.path.insert(0, str(HERE.parent / "world"))

import islands  # noqa: E402
from rig import Tap, World, stet  # noqa: E402


def instant(text):
    """Of RFC 3339, whatever its zone; to the second."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).replace(microsecond=0)


def stale(archive, *args):
    return stet("stale", *args, archive)


def check_stale(tap, archive, expected):
    rows = [json.loads(line) for line in stale(archive, "--json").stdout.splitlines()]
    want = {s["url"]: s for s in expected["stories"] + [expected["front"]]}
    cluster = {u for hop in expected["hops"][:2] for u in hop}
    tap.same({r["url"] for r in rows}, cluster, "every story of the cluster has its row")
    tap.none((r["url"] for r in rows
              if r["headline"] != want[r["url"]]["headline"] or
              r.get("marker") != (want[r["url"]]["marker"] or {}).get("text")), "with headline and marker")
    tap.none((r["url"] for r in rows if instant(r["published"]) != instant(want[r["url"]]["published"])),
             "and when it was published")
    tap.same({r["marker-verdict"] for r in rows if "marker" in r}, {"exact"}, "the markers are right")
    dates = [r["published"] for r in rows]
    tap.same(dates, sorted(dates), "the oldest comes first")
    tap.same({(r["captures"], len(r["changes"])) for r in rows}, {(2, 0)}, "two captures, and no change")
    table = list(csv.DictReader(stale(archive, "--csv").stdout.splitlines()))
    tap.same([r["headline"] for r in table], [r["headline"] for r in rows], "the same as CSV")
    tap.check(stale(archive).stdout.startswith("PUBLISHED "), "and for people")


def check_changes(tap, archive):
    """A second capture that says something else, written by hand."""
    path = pathlib.Path(archive, "pages", "pages.jsonl")
    lines = path.read_text().splitlines()
    page = json.loads(lines[1])
    page["ts"] = "2031-01-01T00:00:00.000Z"
    page["article"]["headline"] = 'Another, with "quotes" & <tags>'
    page["article"]["marker"] = "This article is more than 10 years old"
    page["article"]["text-fingerprint"] = "0" * 32
    unread = {**page, "ts": "2032-01-01T00:00:00.000Z", "article": dict(page["article"])}
    del unread["article"]["text-fingerprint"]
    path.write_text("\n".join(lines + [json.dumps(page), json.dumps(unread), "no JSON", '{"url": 7}']) + "\n")
    row, = [r for r in map(json.loads, stale(archive, "--json").stdout.splitlines()) if r["url"] == page["url"]]
    tap.same(row["changes"], ["2031-01-01T00:00:00.000Z headline, marker, text"], "what changed is told, and when")
    tap.same(row["headline"], page["article"]["headline"], "the newest capture counts")


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text, self.sources, self.links = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.sources += [v for n, v in attrs if n in ("src", "srcset", "xlink:href")]
        self.links += [v for n, v in attrs if n == "href"]

    def handle_data(self, data):
        self.text.append(data)


def check_report(tap, archive, expected):
    out = os.path.join(os.path.dirname(archive), "report.html")
    done = stet("report", "-o", out, archive)
    tap.same((done.returncode, done.stderr), (0, ""), "a report is written")
    page = pathlib.Path(out).read_text()
    reader = Reader()
    reader.feed(page)
    text = "".join(reader.text)
    tap.none((h for h in (s["headline"] for s in expected["stories"] if s["url"] in expected["hops"][1])
              if h not in text), "it names the stories")
    tap.same(len(re.findall(r'<g class="node', page)), 9, "the graph has a node each")
    tap.check(reader.tags.count("line") > 20, "and lines between them")
    pictures = [s for s in reader.sources if s.startswith("data:image/")]
    tap.same(len(pictures), 9, "each with its picture, though two share one")
    tap.none((s[:60] for s in pictures if base64.b64decode(s.partition(",")[2])[:4] not in
              (b"\xff\xd8\xff\xe0", b"\x89PNG")), "whole ones")
    tap.none((s[:80] for s in reader.sources if not s.startswith("data:")), "it loads nothing else")
    tap.none((t for t in reader.tags if t in ("script", "link", "iframe")), "and runs nothing")
    tap.check("<tags>" not in page and "&lt;tags&gt;" in page, "what pages say is escaped")


def check_copies(tap, world, folder):
    """A story at two addresses, of which one is another paper's."""
    storm, copy = (f"http://{islands.host(n)}{islands.PATHS[n]}" for n in ("storm", "copy"))
    archive = os.path.join(folder, "copies")
    done = stet("save", "--quiet", "--delay", "0", *world.options, "-o", archive, storm)
    tap.same(done.returncode, 0, "a story that another paper has too is saved")
    rows = [json.loads(line) for line in stale(archive, "--json").stdout.splitlines()]
    tap.same([(r["url"], r.get("same-text-as")) for r in rows if "storm" in r["url"]][:2],
             [(storm, None), (copy, storm)], "its other address has a row behind it, and says so")
    table = csv.DictReader(stale(archive, "--csv").stdout.splitlines())
    tap.same([r["same_text_as"] for r in table], [r.get("same-text-as", "") for r in rows], "as CSV too")
    lines = stale(archive).stdout.splitlines()
    at, = [i for i, line in enumerate(lines) if line.endswith("also at " + copy)]
    tap.check(lines[at - 1].endswith(islands.TITLES["storm"]), "people read of one story", lines)
    tap.same(len(lines), len(rows) + 1, "and of every other one")
    page = stet("report", archive).stdout
    tap.same((len(re.findall("<td class=pic>", page)), page.count("also at <a")), (len(rows) - 1, 1),
             "a report has one row of it")
    tap.check(f"<dt>stories</dt><dd>{len(rows) - 1}</dd>" in page, "and counts it once")

    # Both changed since, and each has the other's old text: none is lost.
    path = pathlib.Path(archive, "pages", "extraPages.jsonl")
    story = json.loads(pathlib.Path(archive, "pages", "pages.jsonl").read_text().splitlines()[1])
    other = {**story, "url": copy, "same-text-as": storm, "ts": "2031-01-01T00:00:00.000Z"}
    third = {**other, "url": copy + "?3", "same-text-as": copy}
    story = {**story, "same-text-as": copy, "ts": "2031-01-01T00:00:00.000Z"}
    strange = {**story, "url": "http://elsewhere.example/", "same-text-as": "http://nowhere.example/"}
    path.write_text("".join(json.dumps(row) + "\n" for row in (other, third, story, strange)))
    rows = {r["url"]: r.get("same-text-as") for r in map(json.loads, stale(archive, "--json").stdout.splitlines())}
    tap.same(rows, {storm: None, copy: storm, copy + "?3": storm, strange["url"]: None},
             "stories that name each other have one original")


def check_missing(tap, folder):
    for command in "stale", "report":
        done = stet(command, os.path.join(folder, "nowhere"))
        tap.check(done.returncode == 3 and len(done.stderr.splitlines()) == 1,
                  f"stet {command}: no archive is a clear error", done.stderr)
    empty = os.path.join(folder, "empty")
    os.makedirs(os.path.join(empty, "pages"))
    pathlib.Path(empty, "pages", "pages.jsonl").write_text("")
    for command in "stale", "report":
        tap.same(stet(command, empty).returncode, 0, f"stet {command}: an empty one is none")


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="stet-report-")
    try:
        with World("--no-tls") as world:
            archive = os.path.join(folder, "archive")
            for _ in range(2):
                stet("save", "--quiet", "--delay", "0", *world.options, "-o", archive, world.front)
            expected = world.expected()
            check_stale(tap, archive, expected)
            check_changes(tap, archive)
            check_report(tap, archive, expected)
            check_copies(tap, world, folder)
            check_missing(tap, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.finish()


main()
