#!/usr/bin/env python3
"""Pages and what they need, when sites make it hard: shared requisites,
redirects to known places, robots.txt that leads in circles.  Every run must
end, with each page complete and nothing left open."""

import contextlib
import os
import pathlib
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

from rig import Tap, World, stet  # noqa: E402

ALLOW = "User-agent: *\nAllow: /\n"


class Site:
    """Answers every host with what answer(host, path) gives, as it is."""

    def __init__(self, answer):
        self.answer = answer
        self.asked = []
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        threading.Thread(target=self.serve, daemon=True).start()

    def options(self):
        port = self.socket.getsockname()[1]
        return ("--connect-to", f"::127.0.0.1:{port}", "--allow-address", "127.0.0.0/8",
                "--delay", "0", "--progress", "none")

    def serve(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.one, args=(client,), daemon=True).start()

    def one(self, client):
        with client, client.makefile("rb") as lines, contextlib.suppress(OSError):
            path = lines.readline().decode("latin-1").split()[1]
            host = ""
            for line in iter(lines.readline, b"\r\n"):
                if not line:
                    return
                if line.lower().startswith(b"host:"):
                    host = line[5:].strip().decode("latin-1")
            self.asked.append(f"http://{host}{path}")
            client.sendall(self.answer(host, path))


def reply(body="", kind="text/html", status="200 OK", **fields):
    body = body.encode() if isinstance(body, str) else body
    fields = "".join(f"{k}: {v}\r\n" for k, v in fields.items())
    return (f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            f"Connection: close\r\n{fields}\r\n").encode() + body


def redirect(to):
    return reply(status="302 Found", Location=to)


def paths(robots=ALLOW, **answers):
    """Answers by path; `robots` is a text or an answer."""
    robots = reply(robots, "text/plain") if isinstance(robots, str) else robots

    def answer(host, path):
        if path == "/robots.txt":
            return robots
        return answers.get(path.lstrip("/").split("?")[0]) or reply(status="404 Not Found")
    return answer


def html(*parts):
    return reply("<!doctype html><title>A page</title><p>Words." + "".join(parts))


def rows(archive, sql):
    db = sqlite3.connect(f"file:{archive}/stet.db?mode=ro", uri=True)
    with contextlib.closing(db):
        return db.execute(sql).fetchall()


class Test:
    def __init__(self, tap, folder):
        self.tap = tap
        self.folder = folder
        self.count = 0

    def save(self, name, answer, *seeds, status=0, more=()):
        """Saves and checks that the run ended as it should."""
        self.count += 1
        archive = os.path.join(self.folder, f"archive-{self.count}")
        site = Site(answer)
        try:
            done = stet("save", *site.options(), *more, "-o", archive, *seeds, timeout=60)
        except subprocess.TimeoutExpired:
            self.tap.check(False, f"{name}: the run ends", "it was waiting still", site.asked[-5:])
            return archive, site
        finally:
            site.socket.close()
        self.tap.same((done.returncode, done.stderr if status == 0 else ""), (status, ""), f"{name}: the run ends")
        self.is_settled(archive, name)
        return archive, site

    def is_settled(self, archive, name):
        self.tap.same(rows(archive, "SELECT p.url, d.open FROM pending d JOIN page p ON p.id = d.page"),
                      [], f"{name}: every page is complete")
        self.tap.same(rows(archive, "SELECT url FROM url WHERE done = 0"), [], f"{name}: nothing is left to do")


def check_world(t):
    """The cluster, whose stories share style sheets and scripts."""
    with World() as world:
        archive = os.path.join(t.folder, "world")
        done = stet("save", *world.options, "--delay", "0", "--quiet", "-o", archive, world.front)
        t.tap.same(done.returncode, 0, "the world's cluster is saved")
        t.is_settled(archive, "the cluster")


def check_names(t):
    """What goes into header fields and warcinfo is one line."""
    for name in "--user-agent", "--operator":
        archive = os.path.join(t.folder, "never")
        done = stet("save", name, "a\r\nEvil: 1", "-o", archive, "http://x.test/")
        t.tap.same((done.returncode, os.path.exists(archive)), (2, False), f"{name} with a line break is refused")


def check_robots(t):
    t.save("robots.txt redirects to itself", paths(redirect("/robots.txt"), a=html()), "http://x.test/a")
    t.save("robots.txt and another redirect to each other",
           paths(redirect("/rules"), rules=redirect("/robots.txt"), a=html()), "http://x.test/a")
    _, site = t.save("the seed is a robots.txt", paths(), "http://x.test/robots.txt")
    t.tap.check(len(site.asked) <= 2, "which is asked for as rules and as a page", site.asked)
    page = html('<img src="http://y.test/robots.txt"><a href="http://y.test/big.jpg"><img src="/small.png"></a>')
    archive, _ = t.save("a page needs another host's robots.txt", paths(a=page), "http://x.test/a")
    t.tap.same(rows(archive, "SELECT done FROM url WHERE url = 'http://y.test/big.jpg'"), [(1,)],
               "whose rules are known all the same")


def check_redirects(t):
    """A page may redirect to another one of the run."""
    name = "a seed redirects to another seed"
    page = html('<img src="/a.png">')
    seeds = ("http://x.test/a", "http://x.test/b")
    for order in seeds, seeds[::-1]:
        archive, site = t.save(name, paths(a=redirect("/b"), b=page), *order)
        t.tap.same(site.asked.count(seeds[1]), 1, f"{name}: it is asked for once")
        t.tap.same(rows(archive, "SELECT url, title, status FROM page ORDER BY url"),
                   [(u, "A page", 200) for u in seeds], f"{name}: both are there")
    t.save("and that one fails", paths(a=redirect("/b"), b=reply(status="500 No")), *seeds, status=1)
    t.save("redirects in a circle", paths(a=redirect("/b"), b=redirect("/a")), "http://x.test/a", status=1)
    t.save("a redirect to itself", paths(a=redirect("/a")), "http://x.test/a", status=1)


def check_shared(t):
    """Documents and sheets that name each other, and themselves."""
    page = html('<link rel=stylesheet href="/s"><iframe src="/f"></iframe><iframe src="/a"></iframe><img src="/a">')
    style = '@import "/s"; @import "/s2"; body { background: url(/i) }'
    t.save("pages that share everything", paths(
        a=page, b=page, c=page, f=html('<iframe src="/a"></iframe><iframe src="/b"></iframe><img src="/i2">'),
        s=reply(style, "text/css"), s2=reply(style, "text/css"), i=reply(b"\x89PNG" + 3000 * b"x", "image/png"),
        i2=redirect("/i3"), i3=redirect("/i2")), *(f"http://x.test/{c}" for c in "abc"))


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="stet-pages-") as folder:
        t = Test(tap, folder)
        check_names(t)
        check_robots(t)
        check_redirects(t)
        check_shared(t)
        check_world(t)
    tap.finish()


main()
