#!/usr/bin/env python3
"""The world tested from outside, in TAP: what arrives is what the diary says was sent."""

import base64
import datetime
import hashlib
import html.parser
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.dont_write_bytecode = True

import age
import courier

HERE = os.path.dirname(os.path.abspath(__file__))
CLOCK = "2024-11-23T12:00:00Z"
RESULTS = []

AGES = [
    (31, ""), (31.01, "1 month old"), (61, "1 month old"), (62, "2 months old"),
    (364, "11 months old"), (365, "11 months old"), (365.01, "1 year old"), (729, "1 year old"),
    (730, "2 years old"), (1461, "4 years old"), (1826, "5 years old"), (30, ""), (0, ""), (-5, ""),
]
TRAILS = [(30, ""), (31, "1 month"), (56, "2 months"), (364, "13 months"), (365, "1 year"), (730, "2 years")]


def ok(passed, name, *notes):
    """One TAP line."""
    RESULTS.append(bool(passed))
    print(f"{'ok' if passed else 'not ok'} {len(RESULTS)} - {name}", flush=True)
    for note in () if passed else notes:
        print(f"# {note}")


def skip(name, why):
    """A test that cannot be made here."""
    RESULTS.append(True)
    print(f"ok {len(RESULTS)} - {name} # SKIP {why}", flush=True)


class World:
    """A running world and ways to talk to it."""

    def __init__(self, *options):
        self.run = tempfile.mkdtemp(prefix="world-")
        words = [sys.executable, os.path.join(HERE, "world.py"), "--run", self.run, "--clock", CLOCK,
                 "--daemon", "--parent", str(os.getpid()), *options]
        subprocess.run(words, check=True, timeout=60)
        with open(os.path.join(self.run, "env"), encoding="utf-8") as file:
            self.env = dict(re.findall(r"^(\w+)='(.*)'$", file.read(), re.M))
        self.port = int(self.env["WORLD_HTTP_PORT"])

    def stop(self):
        """End it; true when it went within ten seconds."""
        os.kill(int(self.env["WORLD_PID"]), 15)
        return self.gone()

    def gone(self):
        """Wait for its end, ten seconds at most."""
        for _ in range(200):
            if not os.path.exists(os.path.join(self.run, "pid")):
                return True
            time.sleep(0.05)
        return False

    def diary(self):
        """The lines of the log."""
        with open(self.env["WORLD_LOG"], encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def sent(self, line, part="sent"):
        """The bytes that a line names."""
        with open(os.path.join(self.run, line[part]), "rb") as file:
            return file.read()

    def raw(self, host, path, lines=(), seconds=5.0):
        """The bytes that come for one request in so many seconds, on a connection of its own."""
        request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n" + "".join(f"{l}\r\n" for l in lines) + "\r\n"
        got, until = bytearray(), time.monotonic() + seconds
        with socket.create_connection(("127.0.0.1", self.port), seconds) as sock:
            sock.sendall(request.encode())
            try:
                while (left := until - time.monotonic()) > 0:
                    sock.settimeout(left)
                    piece = sock.recv(1 << 20)
                    if not piece:
                        break
                    got += piece
            except (ConnectionError, TimeoutError):
                pass
        return bytes(got)

    def get(self, url, headers=None):
        """(response, body) by http.client."""
        parts = urllib.parse.urlsplit(url)
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        link.request("GET", target, headers={"Host": parts.netloc, **(headers or {})})
        response = link.getresponse()
        body = response.read()
        link.close()
        return response, body

    def curl(self, *words):
        """curl(1) against the world: (status, output)."""
        tls = [] if not self.env["WORLD_TLS_PORT"] else [
            "--connect-to", f":443:127.0.0.1:{self.env['WORLD_TLS_PORT']}", "--cacert", self.env["WORLD_CA"]]
        done = subprocess.run(
            ["curl", "-sS", "--max-time", "20", "--connect-to", f":80:127.0.0.1:{self.port}", *tls, *words],
            capture_output=True, check=False)
        return done.returncode, done.stdout


def test_age():
    """The two rules of age."""
    now = courier.moment(CLOCK)
    for days, words in AGES:
        when = now - datetime.timedelta(days=days)
        ok(age.label(when, now) == words, f"{days} days are '{words}'", age.label(when, now))
    for days, words in TRAILS:
        ok(age.trail_label(now - datetime.timedelta(days=days), now) == words, f"{days} days are '{words}' in a list")
    ok(age.label(now - datetime.timedelta(days=900), now, ["tone/recipes"]) == "", "a recipe has no age")


def test_exact(world):
    """What arrives is what the diary keeps."""
    paths = [
        ("www.thecourier.example", courier.STORIES["front"].path), ("chunked.example", "/trailers.html"),
        ("status.example", "/gzip"), ("status.example", "/empty"), ("status.example", "/204"),
        ("faults.example", "/H25b"), ("faults.example", "/H65"), ("faults.example", "/H43"),
        ("charset.example", "/utf-16be-bom.html"), ("redirect.example", "/to-article"),
        ("status.example", "/2mb"), ("i.thecourier.example", "/nothing"),
    ]
    for host, path in paths:
        got = world.raw(host, path, ["Connection: close"])
        line = world.diary()[-1]
        ok((line["host"], line["target"]) == (host, path) and world.sent(line) == got and got,
           f"the diary has the bytes of {host}{path[:24]}")
        ok(line["sent_bytes"] == len(got) and "aborted" not in line, f"and their number, {len(got)}")


def test_faults(world):
    """Parts of faulty replies go where they belong."""
    def last(path, seconds=1.0):
        got = world.raw("faults.example", path, ["Connection: close"], seconds)
        line = world.diary()[-1]
        whole = b"".join(world.sent(line, p) for p in ("interim", "sent", "excess") if p in line)
        return got, line, whole

    for path in ("/H02-glued", "/H60", "/H60b", "/H55", "/H53", "/H57", "/T02b", "/H27", "/H29", "/H31"):
        got, line, whole = last(path)
        ok(got == whole, f"{path}: message, interim and excess make up what came", len(got), len(whole))
    ok("excess" in last("/H60")[1], "a glued response is excess")
    ok("interim" in last("/H55")[1] and last("/H55")[1]["status"] == 200, "103 is interim, the status is 200")
    got, line, whole = last("/T04", 0.5)
    ok(got == b"" and line["status"] == 0 and line["target"] == "/T04", "silence is logged at once, status 0")
    last("/T01", 0.6)
    time.sleep(2.5)
    ok(world.diary()[-1].get("aborted"), "a drip that the client left is logged as aborted")
    got = world.raw("faults.example", "/T05", seconds=0.1)[:1000]
    ok(got.startswith(b"HTTP/1.1 200"), "an endless body begins")


def test_catalogue(world):
    """Every row that ends by itself answers or breaks, and the world lives on."""
    _, text = world.get("http://faults.example/quick")
    names = re.findall(rb'href="/(\w+)"', text)
    ok(len(names) > 100, f"{len(names)} quick faults are listed")
    silent = [n for n in names if not world.raw("faults.example", "/" + n.decode(), ["Connection: close"], 20.0)]
    ok(sorted(silent) == [b"H30", b"H31"], "all but two of them say something", silent)
    ok(world.get("http://faults.example/after/H01")[0].status == 200, "and the world is still there")


class Links(html.parser.HTMLParser):
    """The addresses of what a page needs, by a second pair of eyes."""

    def __init__(self, text):
        super().__init__()
        self.found, self.pages, self.style = set(), [], False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "img" or tag == "script" or tag == "iframe":
            self.found.add(has.get("src"))
        if tag == "source":
            self.found.add(has.get("srcset"))
        if tag == "link" and re.search("icon|manifest|preload|stylesheet", has["rel"]):
            self.found.add(has["href"])
        if tag == "a":
            self.pages.append((has.get("href"), has.get("aria-label")))
        self.style = tag == "style"
        self.found.update(sheet_links(has.get("style") or ""))

    def handle_data(self, data):
        if self.style:
            self.found.update(sheet_links(data))


def sheet_links(text):
    """url() and @import of a style sheet, roughly."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S).replace("u\\72l", "url")
    found = re.findall(r"""url\(\s*["']?([^"')]+?)["']?\s*\)""", text)
    found += re.findall(r"""@import\s+["']([^"']+)""", text)
    return {f for f in found if not f.startswith("data:")}


def gather(world, url):
    """Every requisite of a page, fetched: {address: body}."""
    _, body = world.get(url)
    todo = [urllib.parse.urljoin(url, f) for f in Links(body.decode()).found if f]
    bodies = {}
    while todo:
        one = todo.pop()
        if one in bodies:
            continue
        response, data = world.get(one)
        bodies[one] = data if response.status == 200 else None
        kind = response.getheader("Content-Type", "")
        more = []
        if kind == "text/css":
            more = sheet_links(data.decode())
        elif kind.startswith("text/html"):
            more = [f for f in Links(data.decode()).found if f]
        elif "manifest" in kind:
            more = [icon["src"] for icon in json.loads(data)["icons"]]
        todo += [urllib.parse.urljoin(one, f) for f in more]
    return bodies


def test_key(world):
    """The answer key says what the pages say."""
    out = subprocess.run([sys.executable, os.path.join(HERE, "world.py"), "--expected", "--clock", CLOCK],
                         capture_output=True, check=True)
    key = json.loads(out.stdout)
    for story in [key["front"]] + key["stories"]:
        bodies = gather(world, story["url"])
        name = story["url"].rsplit("/", 1)[1][:30]
        wanted = {row["url"] for row in story["requisites"]}
        ok(set(bodies) == wanted, f"{name}: the requisites are the expected {len(wanted)}",
           f"extra {sorted(set(bodies) - wanted)}", f"missing {sorted(wanted - set(bodies))}")
        wrong = [r["url"] for r in story["requisites"] if bodies.get(r["url"]) is None
                 or ("sha256" in r and hashlib.sha256(bodies[r["url"]]).hexdigest() != r["sha256"])]
        ok(not wrong, f"{name}: all are there, with the expected bytes", wrong)
        others = [row["url"] for row in story["linked_images"]] + story["social_images"] + [story["master_image"]]
        ok(all(world.get(u)[0].status == 200 for u in others), f"{name}: linked and social pictures are there")
        check_page(world, story, name)
    front = key["front"]
    leads = [r["sha256"] for r in front["requisites"] if r["kind"] == "lead"]
    ok(len(leads) == len(set(leads)) == 10, "the lead picture comes in ten distinct sizes")
    for pair in key["same_bytes"]:
        one, two = (world.get(u)[1] for u in pair)
        ok(one == two and len(one) >= 1024, f"two addresses give the same {len(one)} bytes")
    ok([len(ring) for ring in key["hops"]] == [1, 8, 2, 1, 1], "the cluster has four hops: 8, 2, 1, 1")
    for field in ("requisites", "related", "most_viewed"):
        ok(all(world.get(u)[0].status == 200 for u in key["morgenpost"][field]), f"the Morgenpost has its {field}")
    text = world.get(key["morgenpost"]["url"])[1].decode()
    ok(key["morgenpost"]["marker"] + "</p>" in text, "and its marker: " + key["morgenpost"]["marker"])


def check_page(world, story, name):
    """Headline, markers and lists of a page."""
    text = world.get(story["url"])[1].decode()
    head = re.search(r'<div data-gu-name="headline".*?</h1>.*?</div></div>', text, re.S).group()
    plain = html.unescape(re.sub(r"<[^>]+>", "", head))
    want = story["marker"]["text"] if story["marker"] else ""
    ok(plain.strip() == f"{want}{story['headline']}{want}".strip() or
       plain.strip() == f"{want}{story['headline']}{want}", f"{name}: headline between markers '{want}'", plain)
    labels = [label for _, label in Links(text).pages if label]
    ok(labels == [row["headline"] for row in story["related"]], f"{name}: {len(labels)} related cards in order")
    most = re.search(r"<ol data-link-context.*?</ol>", text, re.S).group()
    paths = re.findall(r'<a href="([^"]+)"', most)
    ok(paths == [urllib.parse.urlsplit(row["url"]).path for row in story["most_viewed"]], f"{name}: the most viewed")
    image = re.search(r'og:image" content="([^"]+)"', text).group(1)
    year = story["published"][:4]
    code = base64.b64encode(f"/img/static/overlays/tg-age-{year}.png".encode()).decode().rstrip("=")
    ok(image.startswith("http://") and code in image, f"{name}: the social picture carries the year")


def test_connections(world):
    """Keep-alive, 304, HEAD."""
    link = http.client.HTTPConnection("127.0.0.1", world.port, timeout=5)
    for _ in range(3):
        link.request("GET", "/", headers={"Host": "twins.example"})
        tag = link.getresponse()
        tag.read()
    ok(len({line["connection"] for line in world.diary()[-3:]}) == 1, "three requests on one connection")
    link.request("GET", "/", headers={"Host": "twins.example", "If-None-Match": tag.getheader("ETag")})
    again = link.getresponse()
    ok(again.status == 304 and again.read() == b"", "a known ETag is answered with 304")
    link.request("HEAD", "/a.png", headers={"Host": "twins.example"})
    bare = link.getresponse()
    bare.read()
    ok(bare.status == 200 and int(bare.getheader("Content-Length")) >= 1024, "HEAD has the length and no body")
    ok(world.get("http://robots.example/robots.txt")[1].startswith(b"# what may"), "a host has rules")
    ok(world.get("http://norobots.example/robots.txt")[0].status == 404, "a host has none")
    ok(world.get("http://sickrobots.example/robots.txt")[0].status == 503, "a host cannot say")
    ok(world.get("http://twins.example/robots.txt")[1] == b"User-agent: *\nDisallow:\n", "any other host allows all")
    ok(world.get("http://nowhere.example/")[0].status == 421, "a host that is not of this world")


def test_tls(world):
    """nginx in front."""
    if not shutil.which("curl"):
        return skip("HTTPS by curl", "no curl")
    front = "https://www.thecourier.example" + courier.STORIES["front"].path
    code, out = world.curl("--http2", "-w", "%{http_version} %{ssl_verify_result}", "-o", "/dev/null", front)
    ok(code == 0 and out == b"2 0", "the front page comes over HTTP/2, its certificate verified", code, out)
    line = world.diary()[-1]
    ok(line["via"] == "nginx" and line["scheme"] == "https", "the diary says that it came by nginx")
    code, out = world.curl("--http2", front)
    ok(world.sent(world.diary()[-1]).endswith(b"\r\n\r\n" + out), "and the body is the one that was sent")
    ok(b'og:image" content="https://' in out, "with https pictures")
    code, out = world.curl("--http2", "https://chunked.example/story.html")
    code, plain = world.curl("http://chunked.example/story.html")
    ok(out == plain and len(out) > 1024, "one body, in chunks and over HTTP/2")
    chunks = [line for line in world.diary() if line["target"] == "/story.html"]
    ok(all(b"Transfer-Encoding: chunked" in world.sent(line) for line in chunks), "the origin sent chunks both times")
    for host in ("badcert.example", "expired.example", "wrongname.example"):
        ok(world.curl(f"https://{host}/")[0] == 60, f"{host} does not verify")
    code, out = world.curl("--http2", "-i", "https://status.example/gzip")
    ok(b"content-encoding: gzip" in out and b"\x1f\x8b" in out, "gzip passes nginx untouched")
    return None


def test_end(world):
    """It ends, and nginx with it; a second run serves the same bytes."""
    front = "http://www.thecourier.example" + courier.STORIES["front"].path
    first = world.raw("www.thecourier.example", courier.STORIES["front"].path, ["Connection: close"])
    ok(world.stop(), "the world ends when told")
    port = world.env["WORLD_TLS_PORT"]
    if port:
        with socket.socket() as sock:
            ok(sock.connect_ex(("127.0.0.1", int(port))) != 0, "and nginx is gone")
    other = World("--no-tls", "--http-port", str(world.port))
    second = other.raw("www.thecourier.example", courier.STORIES["front"].path, ["Connection: close"])
    ok(first == second and other.port == world.port, "another run sends the same bytes from the same port")
    ok(other.env["WORLD_FRONT"] == front, "the env file names the front page")
    ok(other.stop(), "and ends")
    parent = subprocess.Popen(["sleep", "60"])
    child = World("--no-tls", "--parent", str(parent.pid))
    parent.kill()
    parent.wait()
    ok(child.gone(), "a world whose parent is gone ends by itself")
    shutil.rmtree(child.run)
    shutil.rmtree(other.run)
    shutil.rmtree(world.run)


def main():
    """Run all; 1 when something failed."""
    test_age()
    full = (shutil.which("nginx") or os.path.exists("/usr/sbin/nginx")) and shutil.which("openssl")
    world = World(*([] if full else ["--no-tls"]))
    test_exact(world)
    test_connections(world)
    test_faults(world)
    if full:
        test_tls(world)
    else:
        skip("HTTPS", "no nginx or no openssl")
    test_key(world)
    test_catalogue(world)
    test_end(world)
    print(f"1..{len(RESULTS)}")
    return 0 if all(RESULTS) else 1


if __name__ == "__main__":
    sys.exit(main())
