#!/usr/bin/env python3
"""What `stet crawl` takes in, where it stops, and how it goes on."""

import http.client as http_client
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import plain_warc  # noqa: E402
from rig import STET, Tap, World, stet, warcs  # noqa: E402

FAST = ("--delay", "0", "--quiet")


class Test:
    def __init__(self, tap, world, folder):
        self.tap = tap
        self.world = world
        self.folder = folder
        self.count = 0

    def place(self):
        self.count += 1
        return os.path.join(self.folder, f"archive-{self.count}")

    def crawl(self, archive, *args):
        return stet("crawl", *FAST, *self.world.options, "-o", archive, *args)


def log(archive):
    with open(pathlib.Path(archive, "logs", "crawl.jsonl")) as f:
        return [json.loads(line) for line in f]


def check_misuse(t):
    for args, words in (
            (("--scope", "town", t.world.front), "none of page, cluster, prefix, host, domain, any"),
            (("--explain", t.world.front), "no seed"),
            (("--durability", "end", t.world.front), "none of record, group, none"),
            (("--max-time", "5x", t.world.front), "'5x'")):
        done = t.crawl(t.place(), *args)
        t.tap.same(done.returncode, 2, f"{args[0]} can be given wrongly")
        t.tap.check(words in done.stderr, "and what is wrong is said", done.stderr)


def check_resume(t):
    archive = t.place()
    nowhere = t.crawl(archive)
    t.tap.same(nowhere.returncode, 2, "without a URL and an archive there is nothing to do")
    t.tap.check(not os.path.exists(archive), "and nothing is made")
    first = t.crawl(archive, "--max-urls", "7", t.world.front)
    t.tap.same(first.returncode, 4, "a limit stops a crawl with status 4")
    t.tap.same(len(log(archive)), 7, "after so many URLs")
    t.tap.same(t.crawl(archive).returncode, 0, "without a URL it goes on to the end")
    urls = [line["url"] for line in log(archive)]
    t.tap.same(len(set(urls)), len(urls), "nothing is fetched twice")
    t.tap.check(len(urls) > 7, "and more is there than before")
    again = stet("crawl", *t.world.options, "-o", archive)
    t.tap.check(again.returncode == 0 and again.stdout.startswith("nothing to go on with"),
                "a run that is done is not begun again", again.stdout)
    t.tap.same(stet("check", archive).returncode, 0, "stet check accepts it")


def pages(archive, *roles):
    return {line["url"] for line in log(archive) if line["role"] in roles}


def plain(url):
    """http and https are one host to a scope."""
    return url.replace("https://", "http://", 1)


def check_cluster(t):
    expected = t.world.expected()
    for hops in range(4):
        archive = t.place()
        done = t.crawl(archive, "--scope", "cluster", "--related", str(hops), t.world.front)
        t.tap.same(done.returncode, 0, f"a cluster of {hops} hops is crawled")
        want = {u for hop in expected["hops"][:hops + 1] for u in hop}
        t.tap.same(pages(archive, "seed", "related", "page"), want, "its stories, and no others")
    archive = t.place()
    t.crawl(archive, "--scope", "cluster", t.world.front)
    want = {u for hop in expected["hops"] for u in hop}
    t.tap.same(pages(archive, "seed", "related"), want, "without a limit it ends where stories do")


def check_scopes(t):
    host = "http://www.thecourier.example/"
    archive = t.place()
    done = t.crawl(archive, "--depth", "1", t.world.front)
    found = pages(archive, "seed", "page")
    t.tap.check(done.returncode in (0, 1) and len(found) > 8, "a host is crawled", done.stderr)
    t.tap.none((u for u in found if not plain(u).startswith(host)), "no page is of another host")
    narrow = t.place()
    t.crawl(narrow, "--depth", "1", "--exclude", "/politics/", t.world.front)
    t.tap.same(pages(narrow, "seed", "page"), {u for u in found if "/politics/" not in u},
               "--exclude leaves pages out")
    prefix = t.place()
    t.crawl(prefix, "--scope", "prefix", t.world.front)
    folder = t.world.front.rpartition("/")[0]
    t.tap.none((u for u in pages(prefix, "seed", "page") if not plain(u).startswith(folder)),
               "a prefix holds what is below it")
    also = t.place()
    t.crawl(also, "--scope", "page", "--include", "^" + host + "world/", t.world.front)
    t.tap.none((u for u in pages(also, "page") if not u.startswith(host + "world/")),
               "--include adds pages to a scope")


def check_moved_seed(t):
    """Where a seed redirects to is in scope as the seed is, also after a stop."""
    host, moved = "http://www.thecourier.example/", "http://redirect.example/to-article"
    want = None
    for stop in ((), ("--max-urls", "2")):
        archive = t.place()
        if stop:
            t.crawl(archive, "--depth", "1", *stop, moved)
        t.crawl(archive, "--depth", "1", moved)
        found = pages(archive, "page")
        t.tap.check(len(found) > 8 and all(plain(u).startswith(host) for u in found),
                    "a seed that has moved brings its new host into scope", found)
        t.tap.same(found, want or found, "also when the run was stopped behind it")
        want = found
    archive = t.place()
    t.crawl(archive, "--scope", "prefix", "--depth", "1", moved)
    folder = t.world.front.rpartition("/")[0] + "/"
    t.tap.none((u for u in pages(archive, "page") if not plain(u).startswith(folder)), "of a prefix, its folder")
    archive = t.place()
    t.crawl(archive, "--scope", "page", moved)
    t.tap.same(pages(archive, "page"), set(), "and of a page, nothing")


def check_sitemap(t):
    archive = t.place()
    t.crawl(archive, "--depth", "0", "--sitemap", "http://www.thecourier.example/sitemap.xml")
    t.tap.same(pages(archive, "seed", "list"), {"http://www.thecourier.example/sitemap.xml"},
               "a sitemap is fetched as a list")
    t.tap.check(len(pages(archive, "page")) > 8, "and what it lists as pages")


def check_explain(t):
    archive = t.place()
    for url, status, words in ((t.world.front, 0, "taken: "),
                               ("http://elsewhere.example/", 1, "refused: elsewhere.example")):
        done = t.crawl(archive, "--explain", url, t.world.front)
        t.tap.check(done.returncode == status and done.stdout.startswith(words),
                    f"--explain says: {words}", done.stdout, done.stderr)
    t.tap.check(not os.path.exists(archive), "and touches nothing")
    done = t.crawl(archive, "--exclude", "(", t.world.front)
    t.tap.check(done.returncode == 2 and "(" in done.stderr and not os.path.exists(archive),
                "an expression that is none is a usage error", done.stderr)


def records(archive):
    return [r for p in warcs(archive) for r in plain_warc.records(p)]


def check_dedup(t):
    """What another archive holds is not stored again, by either way to say so."""
    first = t.place()
    t.crawl(first, "--depth", "0", t.world.front)
    held = {(r.url, r["WARC-Date"][:19]) for r in records(first) if r.type == "response"}
    stored = {r.url for r in records(first) if r.type == "response" and len(r.entity()) >= 1024}
    for name, source in (("an archive", first), ("an index", os.path.join(first, "indexes", "index.cdx"))):
        second = t.place()
        done = t.crawl(second, "--depth", "0", "--dedup-from", source, t.world.front)
        again = records(second)
        t.tap.same(done.returncode, 0, f"crawled with {name} to dedup from")
        whole = {r.url for r in again if r.type == "response"} & stored
        # The page itself may tell the time; all else is the same.
        t.tap.none((u for u in whole if u != t.world.front), "what it holds is not stored again")
        revisits = [r for r in again if r.type == "revisit" and r["WARC-Refers-To-Target-URI"]]
        t.tap.check(len(revisits) > 10, "but referred to", str(len(revisits)))
        t.tap.none((r.url for r in revisits
                    if (r["WARC-Refers-To-Target-URI"], r["WARC-Refers-To-Date"][:19]) not in held),
                   "where it is")
    done = t.crawl(t.place(), "--dedup-from", "/nowhere", t.world.front)
    t.tap.check(done.returncode == 3 and "/nowhere" in done.stderr, "what is not there is told", done.stderr)


def get(port, path, host="127.0.0.1"):
    """(status, text) of what the monitor says."""
    http = http_client.HTTPConnection("127.0.0.1", port, timeout=10)
    http.request("GET", path, headers={"Host": f"{host}:{port}"})
    answer = http.getresponse()
    return answer.status, answer.read().decode()


def samples(text):
    """name{labels} -> value; None when a line is none of Prometheus'."""
    found = {}
    for line in text.splitlines():
        if line.startswith("# "):
            continue
        m = re.fullmatch(r'([a-z_]+(?:\{[a-z]+="[^"]*"\})?) (-?[0-9.e+]+)', line)
        if not m:
            return None
        found[m.group(1)] = float(m.group(2))
    return found


def check_metrics(t):
    archive = t.place()
    run = subprocess.Popen([STET, "crawl", "--quiet", "--delay", "0.3", "--metrics-port", "0", *t.world.options,
                            "-o", archive, t.world.front], stderr=subprocess.PIPE, text=True)
    try:
        first = run.stderr.readline()
        port = int(first.rsplit(":", 1)[1].strip().strip("/"))
        time.sleep(1)
        status, text = get(port, "/metrics")
        figures = samples(text) or {}
        t.tap.check(status == 200 and figures.get('stet_urls_total{outcome="ok"}', 0) > 5,
                    "figures are served for Prometheus", text[:600])
        t.tap.check(figures.get("stet_commit_seconds_count", 0) > 0 and "stet_answer_seconds_sum" in figures and
                    figures.get('stet_queue{state="queued"}', 0) > 0, "with the queue and the times")
        ups = [figures[f'stet_answer_seconds_bucket{{le="{b}"}}'] for b in ("0.005", "0.1", "60", "+Inf")]
        t.tap.check(ups == sorted(ups) and ups[-1] == figures["stet_answer_seconds_count"], "buckets add up")
        status, page = get(port, "/")
        t.tap.check(status == 200 and "www.thecourier.example" in page, "and a page for people", page[-600:])
        t.tap.same([get(port, "/", "evil.example")[0], get(port, "/x")[0]], [421, 404],
                   "but not under another name, nor anything else")
    finally:
        run.terminate()
        run.communicate()
    t.tap.same(run.returncode, 143, "it is stopped by a signal as ever")


def check_limits(t):
    for option, value in (("--max-bytes", "1k"), ("--max-time", "0.001")):
        done = t.crawl(t.place(), option, value, t.world.front)
        t.tap.same(done.returncode, 4, f"{option} stops a crawl too")
    done = t.crawl(t.place(), "--min-free-space", "1000000G", t.world.front)
    t.tap.same(done.returncode, 4, "and so does a disk that is nearly full")


def check_config(t):
    config = os.path.join(t.folder, "config")
    with open(config, "w") as f:
        f.write("# one option a line\nmax-urls = 3\n\nno-facts\nuser-agent = somebody else\n")
    archive = t.place()
    t.tap.same(t.crawl(archive, "--config", config, t.world.front).returncode, 4,
               "options may stand in a file")
    t.tap.same(len(log(archive)), 3, "they count as on the command line")
    agents = {v for e in t.world.diary()[-3:] for n, v in e["headers"] if n.lower() == "user-agent"}
    t.tap.same(agents, {"somebody else"}, "strings too")
    archive = t.place()
    t.crawl(archive, "--config", config, "--max-urls", "5", t.world.front)
    t.tap.same(len(log(archive)), 5, "what follows overrides them")
    for text in ("frobnicate = 1\n", "max-urls\n", "no-facts = 1\n", "max-urls = many\n",
                 "config = other\n"):
        with open(config, "w") as f:
            f.write(text)
        bad = t.crawl(t.place(), "--config", config, t.world.front)
        t.tap.check(bad.returncode == 2 and "line 1" in bad.stderr,
                    f"refused, with the line: {text.strip()}", bad.stderr)


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="stet-crawl-")
    try:
        with World() as world:
            t = Test(tap, world, folder)
            check_misuse(t)
            check_resume(t)
            check_cluster(t)
            check_scopes(t)
            check_moved_seed(t)
            check_sitemap(t)
            check_explain(t)
            check_dedup(t)
            check_metrics(t)
            check_limits(t)
            check_config(t)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.finish()


main()
