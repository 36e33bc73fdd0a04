#!/usr/bin/env python3
"""What is said of a run at its end: the same as its log says, URL by URL."""

import json
import os
import pathlib
import re
import shutil
import sqlite3
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

from rig import Tap, World, stet  # noqa: E402

ROWS = {"captured": "captured", "already there": "known", "not modified": "not_modified", "fresh": "fresh",
        "redirects": "redirects", "client errors": "client_errors", "server errors": "server_errors",
        "robots.txt": "robots", "traps": "traps", "over a limit": "limits", "cut off": "cut_off", "failed": "failed"}
SEEDS = ("http://redirect.example/chain/3", "http://status.example/503", "http://status.example/404",
         "http://faults.example/H01", "http://faults.example/H02", "http://robots.example/",
         "http://nowhere.example:81/", "http://twins.example/")


def kind(e):
    """In which row a line of the log is counted."""
    if e["outcome"] in ("robots", "fresh"):
        return e["outcome"]
    if e["outcome"] in ("trap", "limit"):
        return e["outcome"] + "s"
    if e["outcome"] != "ok":
        return "cut_off" if e.get("status") else "failed"
    if e.get("revisit"):
        return "not_modified" if e["status"] == 304 else "known"
    return {2: "captured", 3: "redirects", 4: "client_errors"}.get(e["status"] // 100, "server_errors")


def counted(lines):
    counts, faults = dict.fromkeys(ROWS.values(), 0), {}
    for e in lines:
        counts[kind(e)] += 1
        if kind(e) in ("cut_off", "failed"):
            faults[e["outcome"]] = faults.get(e["outcome"], 0) + 1
    return counts, faults


def log(archive):
    with open(pathlib.Path(archive, "logs", "crawl.jsonl")) as f:
        return [json.loads(line) for line in f]


def shown(text):
    """(counts, faults, all) of the summary for people."""
    counts, faults = dict.fromkeys(ROWS.values(), 0), {}
    for word, n in re.findall(r"^    (\w.*?)  *(\d+)$", text, re.M):
        counts[ROWS[word]] = int(n)
    for word, n in re.findall(r"^      (\S+) +(\d+)", text, re.M):
        faults[word] = int(n)
    found = re.search(r"^  URLs +(\d+)$", text, re.M)
    return counts, faults, int(found[1]) if found else None


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="stet-summary-")
    archive = os.path.join(folder, "archive")
    with World() as world:
        def crawl(*args, seeds=SEEDS):
            done = stet("crawl", "--delay", "0", "--tries", "1", "--depth", "1", "--max-per-host", "30",
                        "--progress", "json", *world.options, "-o", archive, *args, *seeds)
            return done, *shown(done.stdout)

        done, counts, faults, n = crawl()
        first = log(archive)
        tap.same((counts, faults, n), (*counted(first), len(first)), "the summary counts what the log tells")
        tap.none((k for k in ("captured", "known", "redirects", "client_errors", "server_errors", "robots", "limits",
                              "cut_off", "failed") if not counts[k]), "and a bit of everything happened")
        failed = [e["error"] for e in first if kind(e) == "failed"]
        tap.check(any(w in done.stdout for w in failed), "how some failed is said in words", done.stdout)
        said = [line for line in done.stderr.splitlines() if line.startswith('{"phase":"done"')]
        tap.same(len(said), 1, "--progress json ends with the same")
        object_ = json.loads(said[0])
        tap.same((object_["outcomes"], object_["faults"]), (counts, faults), "numbers")

        crawl("--revisit-after", "0")
        done, counts, faults, n = crawl("--revisit-after", "1h", "--max-urls", "3")
        tap.same(done.returncode, 4, "a limit stops a run")
        done, counts, faults, n = crawl(seeds=())
        with sqlite3.connect(os.path.join(archive, "stet.db")) as db:
            run = db.execute("SELECT max(id) FROM run").fetchone()[0]
            urls = db.execute("SELECT count(*) FROM url WHERE run = ? AND done = 1", (run,)).fetchone()[0]
        third = log(archive)[-urls:]
        tap.same((counts, n), (counted(third)[0], urls), "a run that was gone on with is counted whole")
        tap.check(counts["fresh"] > 20, "and what is fresh in it", counts)
    shutil.rmtree(folder)
    tap.finish()


if __name__ == "__main__":
    main()
