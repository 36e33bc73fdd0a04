#!/usr/bin/env python3
"""What goes wrong, and what `stet save` makes of it: status, one clear line,
and an archive that is whole and can be gone on with."""

import contextlib
import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import plain_warc  # noqa: E402
from rig import STET, Tap, World, has_command, stet, url_of, warcs  # noqa: E402

FAST = ("--delay", "0", "--quiet")
BIG = "http://status.example/2mb"


class Test:
    def __init__(self, tap, world, folder):
        self.tap = tap
        self.world = world
        self.folder = folder
        self.count = 0

    def place(self):
        self.count += 1
        return os.path.join(self.folder, f"archive-{self.count}")

    def save(self, *args, archive=None, options=None, **how):
        options = self.world.options if options is None else options
        return stet("save", *FAST, *options, "-o", archive or self.place(), *args, **how)

    def says(self, name, done, status, *words):
        """The status, and one line for the user that has these words."""
        lines = done.stderr.strip().splitlines()
        good = (done.returncode == status and len(lines) == 1 and lines[0].startswith("stet: ")
                and all(w in lines[0] for w in words))
        self.tap.check(good, name, f"status {done.returncode}, want {status}", done.stderr)


def records(archive):
    """All records; a file that is still .open ends where the archive's
    database says that it was committed."""
    found = []
    for p in sorted(pathlib.Path(archive, "archive").iterdir()):
        with open(p, "rb") as f:
            data = f.read()
        if p.name.endswith(".open"):
            data = data[:committed(archive).get(p.name.removesuffix(".open"), 0)]
        found += [plain_warc.Record(*m) for m in plain_warc.members(data)]
    return found


def committed(archive):
    """file name -> committed length, from stet.db."""
    db = sqlite3.connect(f"file:{archive}/stet.db?mode=ro", uri=True)
    with contextlib.closing(db):
        return dict(db.execute("SELECT name, committed FROM file"))


def is_accepted(tap, archive, name):
    if has_command("check"):
        done = stet("check", archive)
        tap.check(done.returncode == 0, f"stet check accepts it: {name}", done.stdout[-2000:], done.stderr)
    else:
        tap.skip(f"stet check accepts it: {name}", "there is no stet check")


# -- bad calls --------------------------------------------------------------


def check_calls(t):
    for name, args, words in (
            ("no URL", [], ["no URL"]),
            ("a bad URL", ["http://[::1/"], ["http://[::1/"]),
            ("not a web address", ["ftp://www.thecourier.example/"], ["ftp:"]),
            ("an option that is none", ["--nonsense", t.world.front], ["--nonsense"]),
            ("a value that is none", ["--delay", "soon", t.world.front], ["soon"]),
            ("an address range that is none", ["--allow-address", "10.0.0.0/99", t.world.front],
             ["10.0.0.0/99"]),
            ("a header that is none", ["--header", "no colon", t.world.front], ["no colon"])):
        where = t.place()
        done = t.save(*args, archive=where)
        first = (done.stderr.splitlines() or [""])[0]
        t.tap.check(done.returncode == 2 and first.startswith("stet") and all(w in first for w in words),
                    f"{name}: status 2 and why", f"status {done.returncode}", done.stderr)
        t.tap.check(not os.path.exists(where), f"{name}: nothing is made")


# -- what the world does -----------------------------------------------------


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def outcome(archive, url):
    """fetch-outcome of the record that says what became of a URL."""
    for r in records(archive):
        if r.type == "metadata" and r.url == url:
            return dict(r.warc_fields()).get("fetch-outcome")
    return None


def check_one(t, name, url, words, want, options=None):
    """A seed that cannot be had: status 1, one line, and it is on record."""
    where = t.place()
    done = t.save("--ignore-robots", url, archive=where, options=options)
    t.says(f"{name}: status 1 and one clear line", done, 1, url, *words)
    t.tap.same(outcome(where, url), want, f"{name}: the archive says so")
    is_accepted(t.tap, where, name)


def check_world(t):
    check_one(t, "a host that does not resolve", "http://nowhere.invalid/", ["resolve"], "dns", [])
    port = free_port()
    check_one(t, "a refused connection", f"http://127.0.0.1:{port}/", [], "refused",
              ["--allow-address", "127.0.0.0/8"])
    for host in "badcert", "expired", "wrongname":
        check_one(t, f"a certificate that does not verify ({host})", f"https://{host}.example/",
                  ["certificate"], "tls-certificate")
    check_one(t, "an address that is not public", f"http://127.0.0.1:{port}/", ["127.0.0.1"],
              "blocked-address", [])
    check_one(t, "a page that is not there", "http://status.example/404", ["404"], None)


def check_redirects(t):
    """Wherever a redirect points, no connection to an address that is not public."""
    import_world()
    import oddities
    paths = sorted(p for p in oddities.LOCATIONS if p.startswith("/ssrf/") and p != "/ssrf/metadata")
    port = forward(t.world.env["WORLD_HTTP_PORT"])
    # The guard lets through this one other name of loopback, and nothing else.
    options = ["--connect-to", f":80:127.0.0.2:{port}", "--allow-address", "127.0.0.2/32"]
    where = t.place()
    done = t.save("--ignore-robots", *[f"http://redirect.example{p}" for p in paths],
                  archive=where, options=options)
    t.tap.same(done.returncode, 1, "redirects to addresses that are not public: status 1")
    found = [r for r in records(where) if r.type == "metadata"
             and not r.url.startswith("http://redirect.example/")]
    wrong = [r.url for r in found if dict(r.warc_fields()).get("fetch-outcome") != "blocked-address"]
    t.tap.none(wrong, "all are recorded as blocked")
    t.tap.check(len(found) >= 7, "each of them", [r.url for r in found])
    t.tap.none((r.url for r in records(where) if r.type == "response"
                and not r.url.startswith("http://redirect.example/")), "and none is answered")
    where = t.place()
    others = [p for p in oddities.LOCATIONS if p.startswith("/scheme/")]
    done = t.save("--ignore-robots", *[f"http://redirect.example{p}" for p in others], archive=where)
    t.tap.same({r.url.split(":")[0] for r in records(where) if r.url}, {"http"},
               "redirects to other schemes lead nowhere")


def forward(port):
    """A door to the world at 127.0.0.2; its port."""
    door = socket.create_server(("127.0.0.2", 0))

    def pump(a, b):
        with contextlib.suppress(OSError):
            while data := a.recv(65536):
                b.sendall(data)
            b.shutdown(socket.SHUT_WR)

    def serve():
        while True:
            a, _ = door.accept()
            b = socket.create_connection(("127.0.0.1", int(port)))
            for pair in (a, b), (b, a):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    return door.getsockname()[1]


def import_world():
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "world"))


# -- what the machine does ---------------------------------------------------


def check_unwritable(t):
    where = os.path.join(t.folder, "a-file")
    with open(where, "w"):
        pass
    t.says("a folder that is a file: status 3 and one clear line",
           t.save(t.world.front, archive=where), 3, where)
    where = os.path.join("/proc", "archive")
    t.says("a folder that cannot be made: status 3 and one clear line",
           t.save(t.world.front, archive=where), 3, where)


def check_locked(t):
    where = t.place()
    first = subprocess.Popen([STET, "save", *FAST, *t.world.options, "-o", where,
                              "http://robots.example/", "http://stall.robots.example/"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 20
    while not list(pathlib.Path(where).glob("archive/*")) and time.monotonic() < end:
        time.sleep(0.02)
    t.says("a folder that another process has: status 3, and which",
           t.save(t.world.front, archive=where), 3, str(first.pid))
    t.tap.check(first.poll() is None, "and that one goes on")
    twice(first, [signal.SIGINT, signal.SIGINT])
    t.tap.same(first.wait(20), 130, "until it is told twice to stop, whatever stalls")


def twice(run, signals):
    """One after the other: two that come at once are one to the kernel."""
    for i, s in enumerate(signals):
        time.sleep(0.3 if i else 0)
        run.send_signal(s)


@contextlib.contextmanager
def small_disk(folder, size):
    """A tmpfs of that size, or None where it cannot be had."""
    at = os.path.join(folder, "disk")
    os.mkdir(at)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", at],
                          capture_output=True)
    try:
        yield at if done.returncode == 0 else None
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", "-l", at], check=False)


def check_full(t):
    """A disk that fills, then one that has room."""
    with small_disk(t.folder, "512k") as at:
        if not at:
            check_file_limit(t)
            return
        where = os.path.join(at, "archive")
        done = t.save(t.world.front, archive=where)
        t.says("a full disk: status 3 and one clear line", done, 3)
        t.tap.check("full" in done.stderr or "pace" in done.stderr, "a full disk: it says so", done.stderr)
        before = check_whole(t, where, "a full disk")
        subprocess.run(["mount", "-o", "remount,size=32m", at], check=True)
        check_resumed(t, where, before, "with room again")


def check_file_limit(t):
    """The same without root: no file may grow beyond a size."""
    where = t.place()
    done = t.save(t.world.front, archive=where, preexec_fn=limit_files)
    t.says("no file may grow: status 3 and one clear line", done, 3)
    before = check_whole(t, where, "no file may grow")
    check_resumed(t, where, before, "without the limit")


def limit_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (262144, 262144))


def check_whole(t, where, name):
    """What is committed is whole; its responses are given back."""
    try:
        found = [r for r in records(where) if r.type in ("response", "revisit")]
        t.tap.check(True, f"{name}: what was committed is whole")
    except (plain_warc.Broken, OSError, sqlite3.Error) as e:
        t.tap.check(False, f"{name}: what was committed is whole", e)
        found = []
    return found


def check_resumed(t, where, before, name):
    """The same call goes on: nothing is asked for twice, nothing is missing."""
    asked = len(t.world.diary())
    done = t.save(t.world.front, archive=where)
    t.tap.check(done.returncode == 0, f"{name}: the same call completes it", done.stderr)
    found = [r for r in records(where) if r.type in ("response", "revisit")]
    urls = [r.url for r in found]
    t.tap.same(len(urls), len(set(urls)), f"{name}: no address is there twice")
    had = {r.url for r in before}
    again = [u for u in map(url_of, t.world.diary()[asked:]) if u in had]
    t.tap.none(again, f"{name}: what was committed ({len(had)} addresses) is not asked for again")
    expected = t.world.expected()
    stories = {s["url"]: s for s in [expected["front"], *expected["stories"]]}
    needs = {u for s in [expected["front"]["url"], *expected["hops"][1]]
             for u in [s] + [r["url"] for r in stories[s]["requisites"]]}
    t.tap.none(sorted(needs - set(urls)), f"{name}: the cluster is complete")
    with open(os.path.join(where, "logs", "crawl.jsonl")) as f:
        log = [json.loads(line)["url"] for line in f]
    t.tap.same(sorted(log), sorted(set(urls)), f"{name}: crawl.jsonl has every address once")
    is_accepted(t.tap, where, name)


# -- Ctrl-C ---------------------------------------------------------------


def check_interrupt(t, after, signals, status):
    """A signal when so many exchanges are done, then the same call."""
    name = f"{len(signals)} x {signals[0].name} after {after} exchanges"
    where = t.place()
    start = len(t.world.diary())
    run = subprocess.Popen([STET, "save", *FAST, *t.world.options, "-o", where, t.world.front],
                           stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while len(t.world.diary()) - start < after and run.poll() is None:
        time.sleep(0.002)
    twice(run, signals)
    _, said = run.communicate(timeout=30)
    t.tap.check(run.returncode == status, f"{name}: status {status}", run.returncode, said)
    is_accepted(t.tap, where, name)
    check_resumed(t, where, check_whole(t, where, name), name)


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="stet-trouble-")
    try:
        with World() as world:
            t = Test(tap, world, folder)
            check_calls(t)
            check_world(t)
            check_redirects(t)
            check_unwritable(t)
            check_locked(t)
            check_full(t)
            check_file_limit(t)
            check_interrupt(t, 5, [signal.SIGINT], 130)
            check_interrupt(t, 40, [signal.SIGINT], 130)
            check_interrupt(t, 80, [signal.SIGINT, signal.SIGINT], 130)
            check_interrupt(t, 40, [signal.SIGTERM], 143)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    tap.finish()


main()
