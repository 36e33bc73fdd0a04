#!/usr/bin/env python3
"""Lists that are not in a page: islands tell where an API has them; they are
fetched with the page, become its facts, and what is related is followed."""

import gzip
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
sys.path.insert(0, str(HERE.parent / "world"))

import islands  # noqa: E402
from rig import Tap, World, stet, url_of, warcs  # noqa: E402

API = f"http://{islands.API}"


def url(name):
    return f"http://{islands.host(name)}{islands.PATHS[name]}"


def rows(archive):
    """Both lists of pages, by URL."""
    found = {}
    for name in "pages.jsonl", "extraPages.jsonl":
        path = pathlib.Path(archive, "pages", name)
        for line in path.read_text().splitlines() if path.exists() else []:
            row = json.loads(line)
            if "url" in row:
                found[row["url"]] = row
    return found


def metadata(archive):
    """The lines of metadata records, by URL."""
    found = {}
    for path in warcs(archive):
        for record in gzip.open(path).read().split(b"WARC/1.1\r\n")[1:]:
            head, _, block = record.partition(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n") if b": " in line)
            if fields[b"WARC-Type"] == b"metadata":
                found[fields[b"WARC-Target-URI"].decode()] = block.decode().split("\r\n")
    return found


def logged(archive):
    """The log by URL."""
    lines = pathlib.Path(archive, "logs", "crawl.jsonl").read_text().splitlines()
    return {row["url"]: row for row in map(json.loads, lines)}


def save(world, folder, name, *options):
    archive = os.path.join(folder, name)
    done = stet("save", *world.options, "--delay", "0", "--quiet", "-o", archive, *options, url(name))
    return archive, done


def check_front(tap, world, folder):
    archive, done = save(world, folder, "front")
    related = f"{API}/related/{islands.PATHS['front'][1:]}.json?dcr=true"
    viewed = f"{API}/most-read/news.json?_edition=UK&dcr=true"
    asked = [url_of(e) for e in world.diary()]
    tap.same(done.returncode, 0, "a page with islands is saved")
    tap.check(related in asked and viewed in asked, "its lists are asked for", asked)
    tap.check(url("storm") in asked and url("timetable") in asked, "related stories are followed", asked)
    tap.check(url("soup") not in asked, "what is most viewed is not", asked)
    facts = rows(archive)[url("front")]["article"]
    tap.same([(e["url"], e["title"], e["heading"], e["position"]) for e in facts["related"]],
             [(url(n), islands.TITLES[n], "Related stories", i) for i, n in enumerate(islands.RELATED["front"], 1)],
             "they are facts of the page")
    tap.same([e["heading"] for e in facts["most-viewed"]], ["Across The Islands"], "so is what is most viewed")
    tap.check("marker" not in facts, "the ages of others are not the page's", facts.get("marker"))
    lines = metadata(archive)
    tap.same([line for line in lines[related] if line.startswith("related: ")],
             [f"related: {url(n)}\t{islands.TITLES[n]}\tRelated stories\t{i}"
              for i, n in enumerate(islands.RELATED["front"], 1)], "the answer's own record has them")
    tap.check(f"via: {related}" in lines[url("storm")], "the followed story came by the answer", lines[url("storm")])
    log = logged(archive)
    tap.same((log[related]["role"], log[url("storm")]["role"]), ("requisite", "related"), "the log tells them apart")
    tap.same(log[url("storm")]["hops"], "EL", "and how the story was come by")
    tap.same((log[url("timetable")]["list"], log[url("timetable")]["position"]), ("Related stories", 2),
             "and where in which list")
    tap.check("list" not in log[url("front")], "a seed is in no list", log[url("front")])
    tap.same([line for line in lines[url("timetable")] if line.startswith("list")],
             ["list: Related stories", "list-position: 2"], "so does the story's own record")
    info = [line for line in stet("list", *warcs(archive)).stdout.splitlines()
            if "urn:pageinfo:" + url("front") in line]
    tap.same(len(info), 1, "the page is complete with its lists")
    check = stet("check", archive)
    tap.same(check.returncode, 0, "the archive is sound")


def check_series(tap, world, folder):
    archive, done = save(world, folder, "series")
    asked = [url_of(e) for e in world.diary()]
    tap.same(done.returncode, 0, "a page of a series is saved")
    listed = f"{API}/series/{islands.SERIES}.json?dcr&shortUrl=/p/q3b4a"
    tap.check(listed in asked, "the series' list is asked for", asked)
    facts = rows(archive)[url("series")]["article"]
    tap.same([e["url"] for e in facts["related"]], [url("letters")], "the page itself is not in its list")
    tap.check(url("letters") in asked, "the other story is followed", asked)


def check_depth(tap, world, folder):
    archive, done = save(world, folder, "storm", "--related", "2")
    pages = rows(archive)
    tap.same(sorted(pages), sorted(map(url, ("storm", "front", "copy", "timetable"))), "two hops go by two answers")
    same = {u: row.get("same-text-as") for u, row in pages.items()}
    tap.same(same.pop(url("copy")), url("storm"), "a copy with a changed line at another paper is told")
    tap.none([u for u, first in same.items() if first], "and of no other page")
    log = logged(archive)
    tap.same({u: line["same-text-as"] for u, line in log.items() if "same-text-as" in line},
             {url("copy"): url("storm")}, "the log tells of it too")
    archive, done = save(world, folder, "copy", "--no-facts", "--no-related", url("storm"))
    tap.same(sorted(rows(archive)), sorted(map(url, ("copy", "storm"))), "two pages with one text are saved without facts")
    tap.none([u for u, row in rows(archive).items() if "same-text-as" in row], "then nothing is said of their text")
    archive, done = save(world, folder, "timetable", "--no-related")
    tap.same(list(rows(archive)), [url("timetable")], "without related stories none is followed")


def main():
    tap = Tap()
    for part in check_front, check_series, check_depth:
        with World("--clock", "2024-11-23T12:00:00Z", "--no-tls") as world, \
                tempfile.TemporaryDirectory(prefix="stet-islands-") as folder:
            part(tap, world, folder)
    tap.finish()


main()
