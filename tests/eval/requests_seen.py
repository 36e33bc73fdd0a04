#!/usr/bin/env python3
"""Whether `stet links` finds what Chromium asks for.

requests_seen.py STET PAGES [--all] [--only PART]

PAGES holds truth.jsonl (file, url) and the pages it names.  Each page is
served at its own URL, to a headless Chromium whose names all lead here and
whose scripts are off; everything else is answered 404.  A request counts as
found when a link with its URL is among those of the page.  Prints the share
found and every miss; with --all, the roles of what was found, too.

Not counted: the page itself, data:, blob: and browser-made URLs, the
/favicon.ico that a page does not name, and repeats of a URL on one page.
Needs the Python module websocket-client and openssl(1).
"""
import asyncio
import collections
import gzip
import itertools
import json
import multiprocessing
import os
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [p for p in sys.path if os.path.abspath(p or ".") != HERE]
sys.path.append(os.path.join(os.path.dirname(HERE), "interop"))
import cdp  # noqa: E402

ENOUGH = 99.5  # per cent
JOBS = 2 * (os.cpu_count() or 1)  # browsers at a time: mostly they wait
VIEW = {"width": 1280, "height": 12000, "deviceScaleFactor": 1, "mobile": False}
PHONE = {"width": 400, "height": 12000, "deviceScaleFactor": 3, "mobile": True}


class Site:
    """Serves one page at its URL, over HTTP and HTTPS, and nothing else."""

    def __init__(self, folder):
        self.target, self.host, self.body = "", "", b""
        self.asked = []
        self.folder = folder
        self.ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.run()), daemon=True).start()
        self.ready.wait()

    def context(self):
        key, cert = (os.path.join(self.folder, n) for n in ("key.pem", "cert.pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-keyout", key, "-out", cert],
                       check=True, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        return context

    async def run(self):
        plain = await asyncio.start_server(self.on_plain, "127.0.0.1", 0)
        safe = await asyncio.start_server(self.on_safe, "127.0.0.1", 0, ssl=self.context())
        self.ports = [s.sockets[0].getsockname()[1] for s in (plain, safe)]
        self.ready.set()
        await asyncio.Event().wait()

    async def on_plain(self, reader, writer):
        await self.serve("http", reader, writer)

    async def on_safe(self, reader, writer):
        await self.serve("https", reader, writer)

    async def serve(self, scheme, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                target = head.split(" ", 2)[1]
                host = re.search(r"\r\nhost:[ \t]*([^\r]*)", head, re.I)
                host = host.group(1).lower() if host else ""
                if re.search(r"\r\nreferer:", head, re.I):  # else the browser's own
                    self.asked.append(f"{scheme}://{host}{target}")
                status, kind, body = "404 Not Found", "text/plain", b""
                if (host, target) == (self.host, self.target):
                    status, kind, body = "200 OK", "text/html", self.body
                writer.write(f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n"
                             f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    def show(self, url, body):
        parts = urllib.parse.urlsplit(url)
        self.host, self.body, self.asked = parts.netloc.lower(), body, []
        self.target = (parts.path or "/") + ("?" + parts.query if parts.query else "")


def charset_of(body):
    found = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([-\w]+)", body[:8192], re.I)
    return found.group(1).decode() if found else "utf-8"


def links_of(stet, url, body):
    out = subprocess.run([stet, "links", "--base", url, "--charset", charset_of(body)],
                         input=body, stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def counts(url, page):
    if not re.match(r"(https?|wss?):", url) or url == page:
        return False
    return urllib.parse.urlsplit(url).path != "/favicon.ico"


def find(url, links):
    """The links that name a URL; browsers make http: on https: pages https:."""
    return links.get(url) or links.get(re.sub("^https:", "http:", url)) or []


def seen_by_browser(page, site, url, body, view):
    site.show(url, body)
    page.call("Emulation.setDeviceMetricsOverride", **view)
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.call("Network.setCacheDisabled", cacheDisabled=True)
    page.go(url, most=20, quiet=0.5)
    url = url.split("#")[0]
    shown = any(r["url"] == url and r["status"] == 200 for r in page.requests)
    seen = {r["url"].split("#")[0]: r["type"] for r in page.requests}
    for asked in site.asked:
        seen.setdefault(asked, "Server")
    page.go("about:blank", most=5, quiet=0.1)
    return shown, {u: t for u, t in seen.items() if counts(u, url)}


def look(stet, folder, rows):
    """Row, whether it was shown, its links by URL and what was asked for, of
    every row: in a browser of its own, that takes all names for one server."""
    found = []
    with tempfile.TemporaryDirectory() as work:
        site = Site(work)
        flags = ["--ignore-certificate-errors", "--disable-http2", "--disable-features=HttpsUpgrades",
                 "--host-resolver-rules=MAP *:80 127.0.0.1:%d,MAP *:443 127.0.0.1:%d" % tuple(site.ports)]
        with cdp.Browser(*flags) as browser:
            for row in rows:
                with gzip.open(os.path.join(folder, row["file"])) as f:
                    body = f.read()
                links = {}
                for link in links_of(stet, row["url"], body):
                    links.setdefault(link["url"], []).append(link)
                seen, shown = {}, True
                for view in VIEW, PHONE:
                    ok, more = seen_by_browser(browser.page, site, row["url"], body, view)
                    shown, seen = shown and ok, {**seen, **more}
                found.append((row, shown, links, seen))
    return found


def main():
    stet, folder = sys.argv[1:3]
    only = sys.argv[sys.argv.index("--only") + 1] if "--only" in sys.argv else ""
    with open(os.path.join(folder, "truth.jsonl")) as f:
        rows = [json.loads(line) for line in f]
    rows = [r for r in rows if r["file"].startswith("fundus/") and only in r["file"]]
    total = found = requisite = pages = 0
    roles = collections.Counter()
    misses = []
    jobs = max(1, min(JOBS, len(rows)))
    with multiprocessing.Pool(jobs) as pool:
        looks = pool.starmap(look, [(stet, folder, rows[i::jobs]) for i in range(jobs)])
    for row, shown, links, seen in sorted(itertools.chain(*looks), key=lambda x: x[0]["file"]):
        pages += shown
        if not shown:
            print(f"# not shown: {row['file']} {row['url']}")
        for url, kind in sorted(seen.items()):
            named = find(url, links)
            total += 1
            found += bool(named)
            requisite += any(l.get("requisite") for l in named)
            if named:
                roles[named[0]["role"]] += 1
            else:
                misses.append((row["file"], kind, url))
            if named and not any(l.get("requisite") for l in named) and "--all" in sys.argv:
                print(f"# not requisite: {kind} {named[0]['context']} {url}")
    for file, kind, url in misses:
        print(f"miss {file} {kind} {url}")
    if "--all" in sys.argv:
        print(" ".join(f"{role}={n}" for role, n in roles.most_common()))
    share = 100 * found / total if total else 0
    print(f"{pages}/{len(rows)} pages shown; {found}/{total} requests found, {share:.2f} %; "
          f"{requisite} of them marked as requisites")
    sys.exit(share < ENOUGH)


if __name__ == "__main__":
    main()
