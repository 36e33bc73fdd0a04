#!/usr/bin/env python3
"""Nothing that a page says makes stet connect to an address that is not
public: however the address is spelt, whatever leads to it, after DNS.  Two
listeners on all of loopback count what comes: it must be nothing."""

import os
import pathlib
import socket
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import plain_warc  # noqa: E402
from rig import Tap, stet, warcs  # noqa: E402

# The one address that may be connected to; all it serves points elsewhere.
ORIGIN = "127.0.0.9"

LOOPBACK = [
    "127.0.0.1", "2130706433", "0x7f000001", "0x7F.0x0.0x0.0x1", "0177.0.0.1", "017700000001",
    "127.1", "127.0.1", "0x7f.1", "127.0.0.2", "127.255.255.254", "0", "0.0.0.0", "0x0", "00.0",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]", "localhost", "LOCALHOST", "localhost.",
    "127.0.0.1.", "%31%32%37.0.0.1", "１２７.０.０.１", "①②⑦.⓪.⓪.①", "127。0。0。1",
    "user@127.0.0.1", "user:password@127.0.0.1", "www.public.example@127.0.0.1",
]
# No listener can be there; that nothing is asked for shows in the archive.
ELSEWHERE = [
    "10.0.0.1", "0xA000001", "167772161", "172.16.0.1", "172.31.255.254", "192.168.0.1", "0xc0a80001",
    "100.64.0.1", "169.254.169.254", "0xa9fea9fe", "2852039166", "192.0.0.1", "192.0.2.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "[fc00::1]", "[fd12:3456::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]",
    "[::ffff:10.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::127.0.0.1]", "[64:ff9b::a00:1]", "[2002:7f00:1::]",
    "[2002:a00:1::1]", "[2001:0:0:0:0:0:80ff:fffe]", "[64:ff9b:1::1]",
]
# By which ways a page can lead to an address.
WAYS = {
    "img": '<img src="{}">',
    "srcset": '<img srcset="{} 2x">',
    "style": '<link rel="stylesheet" href="{}">',
    "import": '<style>@import "{}";</style>',
    "background": '<p style="background: url({})">',
    "font": '<style>@font-face {{ font-family: x; src: url({}) }}</style>',
    "script": '<script src="{}"></script>',
    "frame": '<iframe src="{}"></iframe>',
    "icon": '<link rel="icon" href="{}">',
    "video": '<video src="{}"></video>',
    "object": '<object data="{}"></object>',
    "manifest": '<link rel="manifest" href="{}">',
    "preload": '<link rel="preload" as="script" href="{}">',
    "refresh": '<meta http-equiv="refresh" content="0;url={}">',
    "picture": '<a href="{}.jpg">large</a>',
    "anchor": '<a href="{}">a page</a>',
    "base": '<base href="{}/"><img src="picture.png">',
    "header": "",
}


class Counter:
    """Counts who connects to a port, on every address of a family."""

    def __init__(self, family, address, port=0):
        self.count = 0
        self.socket = socket.socket(family)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        self.socket.bind((address, port))
        self.socket.listen(64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            peer, _ = self.socket.accept()
            self.count += 1
            peer.close()


class Origin:
    """Answers by `pages`: path -> bytes."""

    def __init__(self, pages):
        self.pages = pages
        self.socket = socket.socket()
        self.socket.bind((ORIGIN, 0))
        self.socket.listen(64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            peer, _ = self.socket.accept()
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        with peer:
            head = peer.recv(65536)
            if head:
                path = head.split(b" ")[1].decode("latin-1")
                peer.sendall(self.pages.get(path, b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))


def answer(body, *fields, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8",
             f"Content-Length: {len(body.encode())}", "Connection: close", *fields]
    return "\r\n".join([*lines, "", ""]).encode() + body.encode()


def redirect(url, status):
    return answer("", f"Location: {url}", status=f"{status} Elsewhere")


class Test:
    def __init__(self, tap, folder):
        self.tap = tap
        self.folder = folder
        self.four = Counter(socket.AF_INET, "0.0.0.0")
        try:
            self.six = Counter(socket.AF_INET6, "::", self.four.port)
        except OSError:
            self.six = None
        self.n = 0

    @property
    def accepted(self):
        return self.four.count + (self.six.count if self.six else 0)

    def url(self, host, path):
        return f"http://{host}:{self.four.port}/{path}"

    def run(self, pages, seeds, *options, command="save"):
        """stet over pages of www.public.example; the archive."""
        self.n += 1
        where = os.path.join(self.folder, f"archive-{self.n}")
        origin = Origin(pages)
        done = stet(command, "--quiet", "--delay", "0", "--allow-address", f"{ORIGIN}/32",
                    "--connect-to", f"www.public.example:80:{ORIGIN}:{origin.port}", *options,
                    "-o", where, *seeds, timeout=120)
        self.tap.check(done.returncode in (0, 1), f"run {self.n} ends by itself", done.returncode, done.stderr)
        return where


def outcomes(archive):
    """URL -> fetch-outcome, "ok" where there is none."""
    found = {}
    for path in warcs(archive):
        for r in plain_warc.records(path):
            if r.type in ("response", "revisit"):
                found.setdefault(r.url, "ok")
            elif r.type == "metadata" and "fetch-outcome" in dict(r.warc_fields()):
                found[r.url] = dict(r.warc_fields())["fetch-outcome"]
    return found


def judge(t, name, archive, at_least):
    t.tap.same(t.accepted, 0, f"{name}: nobody connected")
    blocked = sum(1 for o in outcomes(archive).values() if o == "blocked-address")
    t.tap.check(blocked >= at_least, f"{name}: it is on record that they were blocked",
                f"{blocked} of {at_least}")
    others = {o for url, o in outcomes(archive).items() if "public.example" not in url} - {"blocked-address"}
    # Not every resolver knows localhost with a dot behind it.
    t.tap.none(others - {"dns"}, f"{name}: and as nothing else")


def check_spellings(t):
    """Each spelling as a seed, behind each redirect and in a picture."""
    seeds, pages = [], {}
    everything = LOOPBACK + ELSEWHERE
    for i, host in enumerate(everything):
        for status in 301, 302, 303, 307, 308:
            pages[f"/{status}/{i}"] = redirect(t.url(host, f"{status}/{i}"), status)
            seeds.append(f"http://www.public.example/{status}/{i}")
    body = "".join(f'<img src="{t.url(h, f"picture/{i}.png")}">' for i, h in enumerate(everything))
    pages["/pictures"] = answer(body)
    archive = t.run(pages, [*seeds, "http://www.public.example/pictures"], "--ignore-robots")
    judge(t, "in every spelling", archive, 5 * len(ELSEWHERE))
    plain = [h for h in everything if "@" not in h]
    archive = t.run({}, [t.url(h, f"seed/{i}") for i, h in enumerate(plain)], "--ignore-robots")
    judge(t, "as a seed", archive, len(plain) - 5)


def check_ways(t):
    """Each way to an address, directly and behind a redirect of the origin."""
    bad = t.url("127.0.0.1", "way")
    pages, seeds = {}, []
    for i, (way, text) in enumerate(WAYS.items()):
        fields = [f"Link: <{bad}/{i}>; rel=preload; as=image"] if way == "header" else []
        hop = f"http://www.public.example/hop/{i}"
        pages[f"/direct/{i}"] = answer(text.format(f"{bad}/{i}"), *fields)
        pages[f"/behind/{i}"] = answer(text.format(hop))
        pages[f"/hop/{i}"] = pages[f"/hop/{i}.jpg"] = redirect(f"{bad}/hop/{i}", 302)
        seeds += [f"http://www.public.example/{kind}/{i}" for kind in ("direct", "behind")]
    archive = t.run(pages, seeds, "--ignore-robots")
    judge(t, "by every way", archive, len(WAYS))


def check_robots(t):
    """A robots.txt that leads away, and one that has to be asked for there."""
    pages = {"/robots.txt": redirect(t.url("127.0.0.1", "robots.txt"), 302),
             "/": answer(f'<a href="{t.url("127.0.0.1", "x")}">x</a>')}
    archive = t.run(pages, ["http://www.public.example/", t.url("127.0.0.1", "page")])
    judge(t, "for robots.txt", archive, 1)


def check_names(t):
    """Names whose addresses are not public: --connect-to says what DNS may."""
    hosts = {"one": "127.0.0.1", "two": "[::1]", "three": "[::ffff:127.0.0.1]", "four": "0.0.0.0"}
    options = [x for name, at in hosts.items()
               for x in ("--connect-to", f"{name}.rebind.example:80:{at}:{t.four.port}")]
    body = "".join(f'<img src="http://{name}.rebind.example/i.png">' for name in hosts)
    pages = {"/": answer(body), "/hop": redirect("http://one.rebind.example/", 302)}
    archive = t.run(pages, ["http://www.public.example/", "http://www.public.example/hop",
                            "http://two.rebind.example/"], "--ignore-robots", *options)
    judge(t, "after DNS", archive, 5)


def check_environment(t):
    """A proxy of the environment would connect in our stead."""
    os.environ["http_proxy"] = os.environ["all_proxy"] = f"http://127.0.0.1:{t.four.port}/"
    archive = t.run({"/": answer("")}, ["http://www.public.example/"], "--ignore-robots")
    del os.environ["http_proxy"], os.environ["all_proxy"]
    t.tap.same(t.accepted, 0, "a proxy of the environment: nobody connected")
    t.tap.same(outcomes(archive).get("http://www.public.example/"), "ok", "and the page is fetched")


def check_the_test(t):
    """With the addresses allowed the same pages do lead there."""
    pages = {"/": answer("".join(f'<img src="{t.url(h, f"{i}.png")}">' for i, h in enumerate(LOOPBACK)))}
    options = [x for a in ("127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/96") for x in ("--allow-address", a)]
    t.run(pages, ["http://www.public.example/"], "--ignore-robots", *options)
    t.tap.check(t.accepted >= 10, "were they allowed, they would connect", f"{t.accepted} connections")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="stet-ssrf-") as folder:
        t = Test(tap, folder)
        check_spellings(t)
        check_ways(t)
        check_robots(t)
        check_names(t)
        check_environment(t)
        check_the_test(t)
    tap.finish()


if __name__ == "__main__":
    main()
