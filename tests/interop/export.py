#!/usr/bin/env python3
"""stet export against Chromium: live page and mirror, side by side.

    export.py [world] [real]       after run.sh has set build/interop up
    STET_PAGES=DIR                 real pages (truth.jsonl names file and url)

Every page is saved, exported, and opened twice, scripts off: at its own
address while the server runs, then from disk with the network off.  Nothing
that the archive holds may fail to load, and less than 1 % of the pixels of
the two pictures may differ.  Real pages are served at their own addresses;
what they need beyond themselves is made up (pictures, sheets, fonts).
"""

import asyncio
import base64
import concurrent.futures
import gzip
import html
import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
sys.path.insert(0, str(HERE))

import cdp  # noqa: E402
from rig import TESTS, Tap, World, stet  # noqa: E402

sys.path.insert(0, str(TESTS / "world"))

VIEW = {"width": 1280, "height": 4000, "deviceScaleFactor": 1, "mobile": False}
MOST = 1.0  # per cent of pixels
N_REAL = 20
CHANGES = re.compile(r"cookies\.example|/flaky|/429|/503|/endless")  # not the same twice


class Publisher:
    """Serves pages at their own addresses, and whatever they ask for."""

    def __init__(self, folder, pages, hosts):
        self.folder, self.pages = folder, pages  # "host/target": bytes
        self.hosts = hosts
        self.ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.run()), daemon=True).start()
        self.ready.wait()

    def context(self):
        key, self.cert = (os.path.join(self.folder, n) for n in ("key.pem", "cert.pem"))
        names = ",".join("DNS:" + h for h in sorted(self.hosts))
        config = os.path.join(self.folder, "openssl.cnf")
        with open(config, "w") as f:
            f.write("[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=stet test\n"
                    f"[ext]\nsubjectAltName={names}\nbasicConstraints=critical,CA:TRUE\n")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-config", config, "-keyout", key, "-out", self.cert],
                       check=True, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, key)
        return context

    async def run(self):
        plain = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        safe = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=self.context())
        self.ports = [s.sockets[0].getsockname()[1] for s in (plain, safe)]
        self.ready.set()
        await asyncio.Event().wait()

    async def serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                target = head.split(" ", 2)[1]
                host = re.search(r"\r\nhost:[ \t]*([^\r]*)", head, re.I)
                kind, body = self.answer(host.group(1).lower() if host else "", target)
                writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n"
                             f"Access-Control-Allow-Origin: *\r\n"
                             f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    def answer(self, host, target):
        import fonts
        import pictures
        path = target.split("?")[0].lower()
        if host + target in self.pages:
            return self.pages[host + target]
        if path == "/robots.txt":
            return "text/plain", b"User-agent: *\nDisallow:\n"
        number = sum(target.encode())
        if path.endswith(".css") or "css" in path.rsplit("/", 1)[-1]:
            return "text/css", (f"h1{{color:#{number % 4096:03x}}}"
                                f"body{{background:#fff url(/made/{number % 9}.png)}}").encode()
        if path.endswith((".js", ".mjs", ".json")):
            return "text/javascript", b""
        if path.endswith((".woff", ".woff2", ".ttf", ".otf")):
            return "font/woff", FONT(fonts)
        if path.endswith(".svg"):
            return "image/svg+xml", SPRITE
        if path.endswith((".html", ".htm", "/")) or "embed" in path:
            return "text/html", b"<!DOCTYPE html><title>frame</title><p>A frame"
        return "image/png", PICTURE(pictures, number)


SPRITE = (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
          b'<circle cx="5" cy="5" r="4" fill="#808"/></svg>')
MADE = {}


def PICTURE(pictures, number):
    name = f"made-{number % 7}"
    if name not in MADE:
        MADE[name] = pictures.png(name, 160, 96)
    return MADE[name]


def FONT(fonts):
    return MADE.setdefault("font", fonts.woff(fonts.ttf("Made", "Regular", 400, 400)))


# -- looking -----------------------------------------------------------------

COMPARE = """(async () => {
  const read = async data => {
    const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  };
  const a = await read('%s'), b = await read('%s');
  if (a.width != b.width || a.height != b.height) return 100;
  let n = 0;
  for (let i = 0; i < a.data.length; i += 4)
    if (a.data[i] != b.data[i] || a.data[i+1] != b.data[i+1] || a.data[i+2] != b.data[i+2]) n++;
  return 400 * n / a.data.length;
})()"""


def look(page, url):
    """(picture, requests) of a page with scripts off."""
    page.call("Emulation.setDeviceMetricsOverride", **VIEW)
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.call("Network.setCacheDisabled", cacheDisabled=True)
    page.call("Emulation.setEmulatedMedia", features=[
        {"name": "prefers-reduced-motion", "value": "reduce"}])
    page.go(url, most=20, quiet=0.4)
    requests = list(page.requests)
    return page.call("Page.captureScreenshot", format="png")["data"], requests


def looks(urls, flags):
    """url -> (picture, requests), all in one browser."""
    found = {}
    # In one process frames tell too when they are done.
    with cdp.Browser("--disable-site-isolation-trials", *flags) as browser:
        for url in urls:
            found[url] = look(browser.page, url)
    return found


def differences(pairs):
    with cdp.Browser() as browser:
        browser.page.go("about:blank", most=5, quiet=0.1)
        return [browser.page.evaluate(COMPARE % pair) for pair in pairs]


def rows_of(mirror):
    """url -> path, as index.html lists them."""
    with open(os.path.join(mirror, "index.html"), encoding="utf-8") as f:
        text = f.read()
    rows = re.findall(r'<li><a href="([^"]*)">.*?<small>([^<]*)</small></li>', text, re.S)
    return {html.unescape(url): os.path.join(mirror, urllib.parse.unquote(path))
            for path, url in rows}


def holdings(archive):
    """URLs of which the archive has a good body or a redirect."""
    held = set()
    with open(os.path.join(archive, "indexes", "index.cdx"), encoding="utf-8") as f:
        for line in f:
            facts = json.loads(line.split(" ", 2)[2])
            if int(facts.get("status", "200")) < 400:
                held.add(facts["url"])
    return held


def is_download(requests):
    """What no browser shows: the request for it is given up, live too."""
    return bool(requests) and requests[0]["error"] == "net::ERR_ABORTED"


def failures(requests, live, held):
    """Of a page opened from disk: what did not load though it is there."""
    bad = []
    if is_download(requests) and is_download(live):
        return bad
    for r in requests:
        url = r["url"].split("#")[0]
        if url.startswith("file:") and r["error"]:
            bad.append(f"{r['error']}: {url}")
        elif url.startswith("http") and url in held:
            bad.append(f"asked the web for {url}")
    return bad


def check(tap, name, archive, mirror, live_flags, most=None):
    run = stet("export", archive, mirror)
    tap.check(run.returncode == 0, f"{name}: the archive is exported", run.stderr)
    print("#", run.stdout.replace("\n", "\n# "))
    rows = {u: p for u, p in rows_of(mirror).items() if not CHANGES.search(u)}
    outside = [p for p in pathlib.Path(mirror).rglob("*")
               if p.is_symlink() or not p.resolve().is_relative_to(pathlib.Path(mirror).resolve())]
    tap.none(outside, f"{name}: all files lie in the mirror")
    tap.none([p for p in rows.values() if not os.path.isfile(p)],
             f"{name}: the list's {len(rows)} links lead to files")
    held = holdings(archive)
    files = {pathlib.Path(p).resolve().as_uri(): u for u, p in rows.items()}
    with concurrent.futures.ThreadPoolExecutor() as pool:
        live = pool.submit(looks, rows, live_flags)
        disk = pool.submit(looks, files, ["--host-resolver-rules=MAP * ~NOTFOUND"])
    live, disk = live.result(), disk.result()
    n_requests, failed, n_asked = 0, [], 0
    for uri, (_, requests) in disk.items():
        n_requests += len(requests)
        n_asked += sum(r["url"].startswith("http") for r in requests)
        failed += [f"{files[uri]}: {f}"
                   for f in failures(requests, live[files[uri]][1], held)]
    tap.none(failed, f"{name}: of {n_requests} requests from disk ({n_asked} for what is not "
                     "archived) none fails")
    order = list(files)
    shares = differences([(live[files[u]][0], disk[u][0]) for u in order])
    for uri, share in sorted(zip(order, shares), key=lambda x: -x[1])[:8]:
        print(f"# {share:7.3f} % {files[uri]}")
    keep = os.environ.get("STET_TEST_KEEP")
    wrong = []
    for i, (uri, share) in enumerate(zip(order, shares)):
        if share < MOST:
            continue
        wrong.append(f"{files[uri]}: {share:.2f} %")
        for kind, data in ("live", live[files[uri]][0]), ("disk", disk[uri][0]):
            if keep:
                with open(os.path.join(keep, f"{name}-{i}-{kind}.png"), "wb") as f:
                    f.write(base64.b64decode(data))
    tap.none(wrong, f"{name}: {len(order)} pages look the same from disk "
                    f"(most {max(shares, default=0):.3f} %, mean "
                    f"{sum(shares) / max(len(shares), 1):.4f} %)")


def check_world(tap, folder):
    import world_names
    with World() as world:
        expected = world.expected()
        urls = [s["url"] for s in [expected["front"], *expected["stories"]]]
        urls += [expected["morgenpost"]["url"], *world_names.oddities()]
        listed = os.path.join(folder, "world.urls")
        with open(listed, "w") as f:
            f.write("".join(u + "\n" for u in dict.fromkeys(urls)))
        archive = os.path.join(folder, "world")
        run = stet("save", *world.options, "-q", "--delay", "0", "--retry-delay", "1s",
                   "--ignore-robots",
                   "-o", archive, "-i", listed)
        tap.check(run.returncode in (0, 1), "world: it is saved", run.stderr)
        check(tap, "world", archive, os.path.join(folder, "world.mirror"), [
            f"--host-resolver-rules=MAP *:80 127.0.0.1:{world.env['WORLD_HTTP_PORT']},"
            f"MAP *:443 127.0.0.1:{world.env['WORLD_TLS_PORT']}",
            "--ignore-certificate-errors", "--disable-features=HttpsUpgrades"])


def real_pages():
    """(url, bytes) of real pages, over http, one a publisher."""
    folder = pathlib.Path(os.environ.get("STET_PAGES") or TESTS.parent.parent / "shared" / "pages")
    truth = folder / "truth.jsonl"
    if not truth.exists():
        return
    publishers = set()
    for line in open(truth, encoding="utf-8"):
        row = json.loads(line)
        publisher = row["file"].split("_")[0]
        if not row["file"].startswith("fundus/") or publisher in publishers:
            continue
        publishers.add(publisher)
        with gzip.open(folder / row["file"]) as f:
            body = f.read()
        yield re.sub("^https:", "http:", row["url"]).split("#")[0], body
        if len(publishers) == N_REAL:
            return


def hosts_of(pages):
    hosts = set()
    for url, body in pages:
        out = subprocess.run([os.environ.get("STET", "stet"), "links", "--base", url], input=body,
                             stdout=subprocess.PIPE, check=True).stdout
        for line in [json.dumps({"url": url})] + out.decode().splitlines():
            host = urllib.parse.urlsplit(json.loads(line)["url"]).hostname
            if host and re.fullmatch(r"[a-z0-9.-]+", host):
                hosts.add(host)
    return hosts


def check_real(tap, folder):
    pages = list(real_pages())
    if not pages:
        return tap.skip("real pages", "STET_PAGES names none")
    served = {}
    for url, body in pages:
        parts = urllib.parse.urlsplit(url)
        target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        # What is made up cannot have the digests that pages ask for.
        body = re.sub(rb"(?i)\bintegrity=", b"no-integrity=", body)
        # What a server would say: the fixtures are UTF-8 whatever they claim.
        served[parts.netloc.lower() + target] = ("text/html; charset=utf-8", body)
    publisher = Publisher(folder, served, hosts_of(pages))
    plain, safe = publisher.ports
    listed = os.path.join(folder, "real.urls")
    with open(listed, "w") as f:
        f.write("".join(u + "\n" for u, _ in pages))
    archive = os.path.join(folder, "real")
    run = stet("save", "-q", "--delay", "0", "--no-related", "--no-linked-images", "--allow-address",
               "127.0.0.0/8", "--connect-to", f":80:127.0.0.1:{plain}", "--connect-to",
               f":443:127.0.0.1:{safe}", "--cacert", publisher.cert, "-o", archive, "-i", listed)
    tap.check(run.returncode == 0, f"real: {len(pages)} pages are saved", run.stderr)
    return check(tap, "real", archive, os.path.join(folder, "real.mirror"), [
        f"--host-resolver-rules=MAP *:80 127.0.0.1:{plain},MAP *:443 127.0.0.1:{safe}",
        "--ignore-certificate-errors", "--disable-features=HttpsUpgrades"])


def main():
    tap = Tap()
    only = sys.argv[1:] or ["world", "real"]
    with tempfile.TemporaryDirectory(prefix="stet-export-") as folder:
        for name in only:
            {"world": check_world, "real": check_real}[name](tap, folder)
    tap.finish()


if __name__ == "__main__":
    main()
