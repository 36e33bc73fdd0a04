#!/usr/bin/env python3
"""Runs archivers over made sites, in turns, and prints their medians.

    run.py articles   about 4,300 URLs of news, plain HTTP
    run.py far        about 700 of them, TLS, a round trip of 30 ms
    run.py growth     1,000, 5,000 and 20,000 small pages
    run.py wide       2,000 pages that name 2,000,000 others

    --rounds N        how many turns (default 5; growth 3; wide 1)
    --tools A,B       stet, stet-no-facts, stet-fast, wget, httrack, floor,
                      floor-fast
    --pages N         another size of the site
    --json FILE       what was measured, every run of it

CPU is what a program itself spent, user and system; URLs are the different
ones in nginx's log.  The ratios at the end are of medians.
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile

import rig
import tools

DELAY_MS = 15  # each way
AID = os.path.join(tools.BUILD, "bench", "%s")


class Run:
    """One program, once, over one site."""

    def __init__(self, tool, site, server, check):
        self.folder = tempfile.mkdtemp(dir=server.dir)
        try:
            server.forget()
            m = rig.measure(AID % "spend", tool.command(site, server), self.folder)
            asked = server.requests()
            self.read(m, asked)
            self.out = tool.written(self.folder)
            self.verdict = tool.check(self.folder, site, asked) if check else "-"
            if m["status"] not in (0, 4, 8):  # a limit; wget: a 404
                tail = open(os.path.join(self.folder, "said")).read()[-300:]
                self.verdict = f"exit {m['status']}: {tail.strip()}"
            self.records = (tool.http_bytes(self.folder)
                            if check and isinstance(tool, tools.Warc) else 0)
        finally:
            shutil.rmtree(self.folder)

    def read(self, m, asked):
        self.requests = len(asked)
        self.urls = len({path for path, _, _ in asked})
        self.bytes = sum(size for _, _, size in asked)
        urls = max(1, self.urls)
        self.cpu_ms = 1000 * m["cpu"] / urls
        self.rate = urls / m["wall"]
        self.mb_rate = self.bytes / 1e6 / m["wall"]
        self.rss = m["rss"]


class Column:
    """All runs of one program over one site."""

    def __init__(self, tool):
        self.tool, self.runs = tool, []

    def median(self, what):
        return statistics.median(getattr(r, what) for r in self.runs)

    @property
    def verdict(self):
        bad = [r.verdict for r in self.runs if r.verdict not in ("ok", "-")]
        return bad[0] if bad else "ok"

    def row(self):
        twice = self.median("requests") - self.median("urls")
        return (f"{self.tool.name:20} {self.median('cpu_ms'):9.3f} {self.median('rate'):8.0f}"
                f" {self.median('mb_rate'):7.1f} {self.median('rss'):7.1f}"
                f" {self.median('out') / max(1, self.median('bytes')):7.3f}"
                f" {self.median('requests'):9.0f} {twice:6.0f}  {self.verdict}")


HEAD = (f"{'':20} {'CPU ms/URL':>9} {'URLs/s':>8} {'MB/s':>6} {'RSS MB':>7}"
        f" {'out/in':>7} {'requests':>9} {'twice':>6}  output")


def compare(site, server, names, rounds):
    columns = {n: Column(tools.all_tools()[n]) for n in names}
    for k in range(rounds):
        for c in columns.values():
            c.runs.append(Run(c.tool, site, server, check=k == 0))
            print(f"  round {k + 1} {c.tool.name}: {c.runs[-1].cpu_ms:.3f} ms", file=sys.stderr)
    return columns


def ratio(columns, what, a, b, label, goal):
    if a in columns and b in columns:
        value = columns[a].median(what) / max(1e-9, columns[b].median(what))
        print(f"{label:58} {value:7.3f}   (goal {goal})")


def articles(o, cache):
    site = rig.Site(cache, "news", o.pages or 1000)
    server = rig.Server(site, os.path.join(cache, "server"))
    names = o.tools or ["stet", "stet-no-facts", "stet-fast", "wget", "httrack", "floor",
                        "floor-fast"]
    try:
        columns = compare(site, server, names, o.rounds or 5)
    finally:
        server.stop()
    print(f"articles: {site.facts['files']} files, {site.facts['bytes'] / 1e6:.0f} MB,"
          f" plain HTTP, medians of {o.rounds or 5}\n{HEAD}")
    for c in columns.values():
        print(c.row())
    ratio(columns, "cpu_ms", "stet", "wget", "CPU, stet / wget", "0.500")
    ratio(columns, "cpu_ms", "stet-no-facts", "wget", "CPU, stet --no-facts / wget", "0.333")
    ratio(columns, "cpu_ms", "stet-no-facts", "floor", "CPU, stet --no-facts / floor", "2")
    ratio(columns, "cpu_ms", "stet-fast", "wget",
          "CPU, stet --compression fast --no-facts / wget", "0.200")
    ratio(columns, "cpu_ms", "stet-fast", "floor-fast",
          "CPU, stet --compression fast --no-facts / floor fast", "-")
    ratio(columns, "cpu_ms", "stet", "httrack", "CPU, stet / httrack", "below 1")
    ratio(columns, "rate", "stet", "httrack", "URLs/s, stet / httrack", "above 1")
    sizes(columns)
    return columns


def sizes(columns):
    """Records of the exchanges alone, of the first round."""
    def of(name):
        return columns[name].runs[0].records / max(1, columns[name].runs[0].urls)
    for name, goal in (("stet", 1.0), ("stet-fast", 1.03)):
        if name in columns and "wget" in columns:
            print(f"{'bytes of response and request records, ' + name + ' / wget':58}"
                  f" {of(name) / of('wget'):7.4f}   (goal {goal})")


def far(o, cache):
    site = rig.Site(cache, "news", o.pages or 150, "https")
    server = rig.Server(site, os.path.join(cache, "server"), AID % "delay", DELAY_MS)
    names = o.tools or ["stet", "wget", "httrack"]
    try:
        columns = compare(site, server, names, o.rounds or 5)
    finally:
        server.stop()
    print(f"far: {site.facts['files']} files, {site.facts['bytes'] / 1e6:.0f} MB, TLS,"
          f" a round trip of {2 * DELAY_MS} ms, medians of {o.rounds or 5}\n{HEAD}")
    for c in columns.values():
        print(c.row())
    ratio(columns, "rate", "stet", "wget", "URLs/s, stet / wget", "5")
    ratio(columns, "rate", "stet", "httrack", "URLs/s, stet / httrack", "above 1")
    return columns


def growth(o, cache):
    columns = {}
    for pages in (1000, 5000, o.pages or 20000):
        site = rig.Site(cache, "small", pages)
        server = rig.Server(site, os.path.join(cache, "server"))
        try:
            for name, c in compare(site, server, o.tools or ["stet", "wget"],
                                   o.rounds or 3).items():
                columns[f"{name}-{pages}"] = c
        finally:
            server.stop()
    print(f"growth: small pages, medians of {o.rounds or 3}\n{HEAD}")
    for name, c in columns.items():
        print(f"{name.rsplit('-', 1)[1]:>6} {c.row()}")
    for what, label, goal in (("cpu_ms", "CPU a URL", "0.85 to 1.15"),
                              ("rss", "peak RSS", "0.9 to 1.1")):
        for pages in (5000, o.pages or 20000):
            ratio(columns, what, f"stet-{pages}", "stet-1000",
                  f"{label}, stet, {pages} / 1000", goal)
    return columns


def wide(o, cache):
    pages = o.pages or 2000
    site = rig.Site(cache, "wide", pages)
    server = rig.Server(site, os.path.join(cache, "server"))
    tool = tools.Stet("stet", "--no-facts", "--max-urls", str(pages))
    column = Column(tool)
    try:
        column.runs.append(Run(tool, site, server, check=False))
    finally:
        server.stop()
    print(f"wide: {pages} pages of {1000} links, CPU a URL is of the pages\n{HEAD}")
    print(column.row())
    return {"stet": column}


KINDS = {"articles": articles, "far": far, "growth": growth, "wide": wide}


def main():
    p = argparse.ArgumentParser(description=__doc__,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("kind", choices=KINDS)
    p.add_argument("--rounds", type=int)
    p.add_argument("--pages", type=int)
    p.add_argument("--tools", type=lambda s: s.split(","))
    p.add_argument("--json")
    o = p.parse_args()
    cache = os.path.join(os.path.dirname(tools.BUILD), "bench")
    os.makedirs(cache, exist_ok=True)
    columns = KINDS[o.kind](o, cache)
    if o.json:
        with open(o.json, "w") as f:
            json.dump({n: [vars(r) for r in c.runs] for n, c in columns.items()}, f, indent=1)
    if any(c.verdict != "ok" for c in columns.values()):
        sys.exit("bench: some output is not whole")


if __name__ == "__main__":
    main()
