#!/usr/bin/env python3
"""What kind of page an answer is: the page list, the metadata records and
`stet article` say it, and none is mistaken."""

import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
sys.path.insert(0, str(HERE.parent / "world"))

import kinds  # noqa: E402
from rig import STET, Tap, World, stet, warcs  # noqa: E402

SITE = "http://kinds.example"


def listed(archive):
    """Page kinds by URL, from both lists of pages."""
    found = {}
    for name in "pages.jsonl", "extraPages.jsonl":
        path = pathlib.Path(archive, "pages", name)
        for line in path.read_text().splitlines() if path.exists() else []:
            row = json.loads(line)
            if "url" in row:
                found[row["url"]] = row.get("article", {}).get("page-kind")
    return found


def recorded(archive):
    """Page kinds by URL, from the metadata records."""
    found = {}
    for path in warcs(archive):
        for record in gzip.open(path).read().split(b"WARC/1.1\r\n")[1:]:
            head, _, block = record.partition(b"\r\n\r\n")
            fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n") if b": " in line)
            lines = dict(line.split(b": ", 1) for line in block.split(b"\r\n") if b": " in line)
            if fields.get(b"WARC-Type") == b"metadata" and b"page-kind" in lines:
                found[fields[b"WARC-Target-URI"].decode()] = lines[b"page-kind"].decode()
    return found


def check_saved(tap, world, folder):
    """Each kind over HTTP, with the status it comes with."""
    archive = os.path.join(folder, "archive")
    seeds = [SITE + path for path in kinds.PAGES]
    want = {SITE + path: kind for path, (_, _, kind) in kinds.PAGES.items()}
    done = stet("save", *world.options, "--delay", "0", "--quiet", "--no-related", "-o", archive, *seeds)
    tap.same(done.returncode, 1, "a save of pages some of which are errors ends with 1")
    tap.same(listed(archive), want, "the list of pages says what kind each is")
    tap.same(recorded(archive), want, "so do the metadata records")
    texts = [line for line in stet("list", *warcs(archive)).stdout.splitlines() if "urn:text:" in line]
    tap.none([line for line in texts if SITE + "/error " in line + " " or line.endswith(SITE + "/error")],
             "an error's text is not kept as a story's")


def check_alone(tap):
    """The same from the page alone, where no status helps."""
    for path, (status, body, kind) in kinds.PAGES.items():
        if kind == "error" and not status.startswith("200"):
            continue
        got = subprocess.run([STET, "article", "--url", SITE + path], input=body, capture_output=True, check=True)
        tap.same(json.loads(got.stdout)["page-kind"], kind, f"{path} is a page of kind {kind}")


def check_papers(tap, world, folder):
    """All stories of the world's two papers are articles."""
    archive = os.path.join(folder, "papers")
    want = world.expected()
    done = stet("save", *world.options, "--delay", "0", "--quiet", "-o", archive, world.front,
                "http://www.thecourier.example/world")
    found = listed(archive)
    tap.same(done.returncode, 0, "the cluster is saved")
    tap.same(found.pop("http://www.thecourier.example/world", None), "list", "a section's front is a list")
    tap.none([url for url, kind in found.items() if kind != "article"], "every story is an article")
    tap.check(len(found) > 8, f"all {len(want['stories'])} stories or more", sorted(found))


def main():
    tap = Tap()
    with World("--clock", "2024-11-23T12:00:00Z", "--no-tls") as world, \
            tempfile.TemporaryDirectory(prefix="stet-kinds-") as folder:
        check_alone(tap)
        check_saved(tap, world, folder)
        check_papers(tap, world, folder)
    tap.finish()


main()
