#!/usr/bin/env python3
"""How `stet crawl` behaves towards hosts, seen from the origin's diary."""

import collections
import contextlib
import http.server
import json
import os
import pathlib
import shutil
import socket
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

from rig import Tap, World, stet, url_of  # noqa: E402

COURIER = "http://www.thecourier.example/"
# The diary's clock is read when an answer is written, not when it is sent.
SLACK = 0.05


class Test:
    def __init__(self, tap, world, folder):
        self.tap = tap
        self.world = world
        self.folder = folder
        self.count = 0

    def crawl(self, *args, options=()):
        """The archive, what ran, and what the world was asked meanwhile."""
        self.count += 1
        archive = os.path.join(self.folder, f"archive-{self.count}")
        before = len(self.world.diary())
        done = stet("crawl", "--quiet", *self.world.options, *options, "-o", archive, *args)
        return archive, done, self.world.diary()[before:]


def log(archive):
    with open(pathlib.Path(archive, "logs", "crawl.jsonl")) as f:
        return {line["url"]: line for line in map(json.loads, f)}


def check_robots(t):
    archive, _, asked = t.crawl("--delay", "0", "--depth", "2", "http://robots.example/")
    outcomes = log(archive)
    forbidden = [u for u, line in outcomes.items() if line["outcome"] == "robots"]
    t.tap.check(len(forbidden) > 1, "some pages are forbidden by robots.txt")
    urls = {url_of(e) for e in asked}
    t.tap.none((u for u in forbidden if u in urls), "and none of them is asked for")
    first = {}
    for e in asked:
        first.setdefault(e["host"], e["target"])
    t.tap.none((h for h, target in first.items() if target != "/robots.txt" and h == "robots.example"),
               "the rules are asked for first")
    _, _, asked = t.crawl("--delay", "0", "--depth", "0", "--ignore-robots", forbidden[0])
    t.tap.check(forbidden[0] in {url_of(e) for e in asked}, "--ignore-robots asks for it all the same")


def check_delay(t):
    delay = 0.4
    _, done, asked = t.crawl("--delay", str(delay), "--depth", "1", "--max-urls", "40",
                             "--exclude", r"\.(jpg|png|css|js|woff2|ico)", COURIER + "world")
    pages = sorted(e["time"] for e in asked
                   if e["host"] == "www.thecourier.example" and e["target"] != "/robots.txt"
                   and "manifest" not in e["target"])
    gaps = [b - a for a, b in zip(pages, pages[1:])]
    t.tap.check(len(gaps) > 2, "several pages of one host are asked for", done.stderr, str(gaps))
    t.tap.none((f"{g:.3f} s" for g in gaps if g < delay - SLACK),
               "never two at once, and always the delay between them")


def check_crawl_delay(t):
    _, _, asked = t.crawl("--delay", "0", "--depth", "1", "--max-urls", "5", "http://delay.robots.example/")
    times = [e["time"] for e in asked if e["target"] != "/robots.txt" and e["target"] != "/favicon.ico"]
    gaps = [b - a for a, b in zip(sorted(times), sorted(times)[1:])]
    t.tap.none((f"{g:.3f} s" for g in gaps if g < 1 - SLACK), "a Crawl-delay is kept")


def times_of(asked, target):
    return [e["time"] for e in asked if e["target"] == target]


def check_retry_after(t):
    _, done, asked = t.crawl("--delay", "0", "--depth", "0", "--retry-delay", "0.1",
                             "http://status.example/flaky", "http://twins.example/")
    flaky = times_of(asked, "/flaky")
    t.tap.check(len(flaky) == 3 and done.returncode == 0, "a page that is busy twice is there in the end",
                str(flaky), done.stderr)
    t.tap.none((f"{b - a:.3f} s" for a, b in zip(flaky, flaky[1:]) if b - a < 1 - SLACK),
               "Retry-After in seconds is kept")
    others = [e["time"] for e in asked if e["host"] == "twins.example"]
    t.tap.check(others and max(others) < flaky[1], "other hosts go on meanwhile")
    _, _, asked = t.crawl("--delay", "0", "--depth", "0", "--tries", "2", "--retry-delay", "0.1",
                          "http://status.example/429", "http://status.example/gzip")
    busy = times_of(asked, "/429")
    t.tap.check(len(busy) == 2 and busy[1] - busy[0] >= 2 - SLACK, "429 is tried again after its time", str(busy))
    archive, done, asked = t.crawl("--delay", "0", "--depth", "0", "--tries", "1", "http://status.example/503")
    t.tap.same((done.returncode, len(times_of(asked, "/503"))), (1, 1), "--tries 1 tries once")
    t.tap.same(log(archive)["http://status.example/503"]["status"], 503, "and keeps the answer")


def check_long_hold(t):
    """A host that asks for a day holds up nobody; the crawl can be stopped."""
    began = time.monotonic()
    archive, done, asked = t.crawl("--delay", "0", "--depth", "0", "--max-time", "3", "--tries", "3",
                                   "http://status.example/503-long", COURIER + "world")
    t.tap.same(done.returncode, 4, "what is to be tried again tomorrow is left queued")
    t.tap.check(time.monotonic() - began < 10, "and holds up nothing")
    t.tap.check(COURIER + "world" in log(archive), "other hosts are done")


def check_short_patience(t):
    """What is tried once is not waited for an hour: the host is given up."""
    began = time.monotonic()
    archive, done, asked = t.crawl("--delay", "0", "--depth", "0", "--tries", "1", "http://status.example/503-long",
                                   "http://status.example/gzip", "http://status.example/etag", COURIER + "world")
    lines = log(archive)
    t.tap.check(done.returncode == 1 and time.monotonic() - began < 20, "with --tries 1 nobody waits for a busy host",
                done.stderr)
    t.tap.same([lines["http://status.example/" + p]["outcome"] for p in ("503-long", "gzip", "etag")],
               ["ok", "busy", "busy"], "what else it has fails")
    t.tap.check("left alone for too long" in done.stderr, "and it is said why", done.stderr)
    t.tap.same([e["target"] for e in asked if e["host"] == "status.example"], ["/robots.txt", "/503-long"],
               "without asking it again")
    t.tap.same(lines[COURIER + "world"]["outcome"], "ok", "other hosts are done")


@contextlib.contextmanager
def silent_port():
    """Accepts connections and says nothing."""
    held = []
    with socket.create_server(("127.0.0.1", 0)) as s:
        s.settimeout(0.1)
        stop = threading.Event()

        def run():
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    held.append(s.accept()[0])
        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield s.getsockname()[1]
        finally:
            stop.set()
            thread.join()
            for c in held:
                c.close()


def check_dead_and_slow(t):
    """Five hosts, one dead and one slow: the others are done at once."""
    with socket.create_server(("127.0.0.1", 0)) as s:
        dead = s.getsockname()[1]
    with silent_port() as slow:
        seeds = [f"http://dead.example:{dead}/{i}" for i in range(20)]
        seeds += [f"http://slow.example:{slow}/{i}" for i in range(2)]
        good = ["http://twins.example/", "http://chunked.example/plain.html", "http://charset.example/"]
        archive, done, asked = t.crawl(
            "--ignore-robots", "--delay", "0", "--depth", "0", "--timeout", "1", "--retry-delay", "0.1",
            "--tries", "2", *seeds, *good,
            options=("--connect-to", f"dead.example:{dead}:127.0.0.1:{dead}",
                     "--connect-to", f"slow.example:{slow}:127.0.0.1:{slow}"))
    lines = log(archive)
    t.tap.same(done.returncode, 1, "a crawl with a dead host ends")
    t.tap.none((u for u in good if u not in lines or lines[u]["outcome"] != "ok"), "the good hosts are done")
    t.tap.same(collections.Counter(lines[u]["outcome"] for u in seeds if "dead" in u)["refused"], 20,
               "each URL of the dead one has its outcome")
    times = [e["time"] for e in asked if e["host"] in ("twins.example", "chunked.example", "charset.example")]
    t.tap.check(max(times) - min(times) < 3, "without having waited for the others", str(max(times) - min(times)))
    t.tap.same(stet("check", archive).returncode, 0, "stet check accepts the archive")


class ManyHosts(http.server.BaseHTTPRequestHandler):
    """Any host: its robots.txt fails once, then leads to another host's."""
    asked = collections.Counter()

    def do_GET(self):
        host = self.headers["Host"].partition(":")[0]
        self.asked[host + self.path] += 1
        if self.path == "/robots.txt" and not host.startswith("www."):
            if self.asked[host + self.path] == 1:
                return self.say(500, b"")
            return self.say(301, b"", ("Location", f"http://www.{self.headers['Host']}/robots.txt"))
        if self.path == "/robots.txt":
            return self.say(404, b"")
        return self.say(200, b"<p>A page.")

    def say(self, status, body, *fields):
        self.send_response(status)
        for name, value in (("Content-Length", str(len(body))), ("Content-Type", "text/html"), *fields):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def check_many_hosts(t):
    """More hosts than the engine has room for, none of whose rules come at
    once: what waits for them must not keep them from being asked for."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), ManyHosts)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    try:
        seeds = [f"http://h{i}.example/" for i in range(280)]
        archive = os.path.join(t.folder, "many")
        done = stet("crawl", "--quiet", "--delay", "0", "--depth", "0", "--retry-delay", "0.2", "--tries", "3",
                    "--max-time", "60", "--allow-address", "127.0.0.0/8", "--connect-to", f"::127.0.0.1:{port}",
                    "-o", archive, *seeds)
        lines = log(archive)
        t.tap.check(done.returncode == 0, "280 hosts with rules that come late are crawled", done.stderr)
        t.tap.none((u for u in seeds if lines.get(u, {}).get("status") != 200), "each of them")
    finally:
        server.shutdown()
        server.server_close()


def check_tries(t):
    for tries in (2, 6):
        _, _, asked = t.crawl("--delay", "0", "--depth", "0", "--tries", str(tries), "--retry-delay", "0.01",
                              "http://status.example/500")
        t.tap.same(len(times_of(asked, "/500")), tries, f"--tries {tries} tries so often")


def check_traps(t):
    archive, done, asked = t.crawl("--delay", "0", "--max-urls", "200", "http://faults.example/trap/")
    deep = [e for e in asked if e["target"].startswith("/trap/")]
    t.tap.check(done.returncode == 0 and len(deep) < 10, "a trap is left after a few pages", str(len(deep)))
    archive, done, asked = t.crawl("--delay", "0", "--max-urls", "30", "--no-trap-check", "http://faults.example/trap/")
    t.tap.same(done.returncode, 4, "--no-trap-check goes on until a limit")
    done = stet("crawl", "--quiet", "--delay", "0", "--max-urls", "30", *t.world.options, "-o", archive)
    t.tap.same((done.returncode, len(log(archive))), (4, 60), "and so does the run when it goes on")


def check_per_host(t):
    archive, _, asked = t.crawl("--delay", "0", "--tries", "1", "--max-per-host", "5", COURIER)
    counts = collections.Counter(e["host"] for e in asked)
    t.tap.none((f"{h}: {n}" for h, n in counts.items() if n > 5), "--max-per-host bounds each host")
    t.tap.check("limit" in {line["outcome"] for line in log(archive).values()}, "what is over is logged")
    archive, done, _ = t.crawl("--delay", "0", "--tries", "1", "--max-per-host", "1", "--scope", "any", "--depth", "1",
                               "--max-time", "20", COURIER, "http://twins.example/")
    t.tap.check(done.returncode in (0, 1), "also when it is a robots.txt that is not asked for", str(done.returncode))


def check_rate(t):
    began = time.monotonic()
    t.crawl("--delay", "0", "--depth", "0", "--limit-rate", "2M", *[f"http://status.example/2mb?{i}" for i in range(3)])
    t.tap.check(time.monotonic() - began > 1, "--limit-rate spreads bytes over time")


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="stet-manners-")
    try:
        with World("--no-tls") as world:
            t = Test(tap, world, folder)
            for check in (check_robots, check_delay, check_crawl_delay, check_retry_after, check_long_hold,
                          check_short_patience, check_dead_and_slow,
                          check_many_hosts, check_tries, check_traps, check_per_host, check_rate):
                check(t)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.finish()


main()
