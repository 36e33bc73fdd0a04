#!/usr/bin/env python3
"""How well `stet article` tells a page's lists apart.

lists.py STET PAGES LABELS [--misses] [--part tune|kept|fresh|last]

LABELS holds one JSON object a line: the file of a page in PAGES/fundus and
the addresses that two readings of it found related to the story, and most
viewed.  A list is related if it says so, by a heading, a label or the name
of its element: teasers that stand unlabelled in the text are not.

The pages are in parts, dealt out in the order of the SHA-256 of their names.
Rules were made by the misses of one after another, so that none is unseen any
more: "tune", "kept", then "fresh", which one reader labelled twice in
different views (related: 91 of 98 addresses alike, most viewed: 73 of 73)
before any answer was seen.  Before its misses were, "fresh" said 0.918
precision and 0.937 recall for related, 0.885 and 0.945 for most viewed; its
half "last", held back to the end: 1.000 and 0.951, 1.000 and 1.000.
"""
import concurrent.futures
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from urllib.parse import unquote, urlsplit

KINDS = (("related", "related"), ("most-viewed", "most_viewed"))


def key(url):
    """An address without what only tells where it was clicked."""
    s = urlsplit(url)
    path = unquote(s.path)
    last = [p for p in path.split("/") if p][-1:] or [""]
    names = re.search(r"\d{4}", path) or len(last[0]) >= 25 or \
        last[0].count("-") + last[0].count("_") >= 3
    return s.netloc.lower() + path + ("" if names or not s.query
                                      else "?" + s.query)


def ask(stet, folder, row, url):
    with gzip.open(os.path.join(folder, "fundus", row["file"])) as f:
        page = f.read()
    with tempfile.NamedTemporaryFile(suffix=".html") as f:
        f.write(page)
        f.flush()
        out = subprocess.run([stet, "article", "--url", url, f.name],
                             stdout=subprocess.PIPE, check=True).stdout
    return row, json.loads(out)


class Score:
    def __init__(self):
        self.right = self.found = self.wanted = self.pages = 0

    def add(self, got, want):
        self.right += len(got & want)
        self.found += len(got)
        self.wanted += len(want)
        self.pages += bool(want)

    def show(self, name):
        print("%-20s %4d of %4d on %2d pages, %4d found: "
              "precision %.3f, recall %.3f" % (
                  name, self.right, self.wanted, self.pages, self.found,
                  self.right / max(self.found, 1),
                  self.right / max(self.wanted, 1)))


def show_misses(row, name, entries, want):
    for e in entries:
        if key(e["url"]) not in want:
            print("  %s %s wrong: %s [%s]" % (row["file"], name, e["url"],
                                             e.get("heading", "")))
    got = {key(e["url"]) for e in entries}
    for url in sorted(want - got):
        print("  %s %s missed: %s" % (row["file"], name, url))


def parts_of(rows):
    """The parts that each page is in."""
    early = [r["file"] for r in rows if r.get("part") != "fresh"]
    late = [r["file"] for r in rows if r.get("part") == "fresh"]
    parts = {f: [("tune", "kept")[i % 2]] for i, f in enumerate(early)}
    parts.update({f: [["fresh"], ["fresh", "last"]][i % 2]
                  for i, f in enumerate(late)})
    return parts


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    stet, folder, labels = args[:3]
    only = args[3] if "--part" in sys.argv else None
    with open(os.path.join(folder, "truth.jsonl")) as f:
        urls = {os.path.basename(r["file"]): r["url"]
                for r in map(json.loads, f)}
    with open(labels) as f:
        rows = sorted(map(json.loads, f), key=lambda r: hashlib.sha256(
            r["file"].encode()).hexdigest())
    parts = parts_of(rows)
    scores = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for row, got in pool.map(
                lambda r: ask(stet, folder, r, urls[r["file"]]),
                [r for r in rows if not only or only in parts[r["file"]]]):
            for name, field in KINDS:
                entries = got.get(name, [])
                want = {key(u) for u in row[field]}
                for which in ["all"] + parts[row["file"]]:
                    scores.setdefault((name, which), Score()).add(
                        {key(e["url"]) for e in entries}, want)
                if "--misses" in sys.argv:
                    show_misses(row, name, entries, want)
    for (name, which), score in sorted(scores.items()):
        score.show(name + ("" if which == "all" else ", " + which))


if __name__ == "__main__":
    main()
