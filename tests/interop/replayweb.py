"""ReplayWeb.page (wabac.js) over a WACZ of ours, in Chromium.

The viewer and its service worker come from the npm package and are served
from loopback beside the WACZ, which is read by ranges as from any server.
"""

import functools
import http.server
import json
import os
import re
import threading

HOME = os.environ["INTEROP_HOME"]
LOOPBACK = "127.0.0.1"

ITEM = "document.querySelector('replay-app-main').renderRoot.querySelector('wr-item').renderRoot"
ENTRIES = f"{ITEM}.querySelector('wr-page-view').renderRoot.querySelectorAll('wr-page-entry')"
LISTED = f"[...{ENTRIES}].map(e => ({{url: e.page.url, title: e.page.title}}))"
OTHERS = (f"[...{ITEM}.querySelector('wr-page-view').renderRoot.querySelectorAll('label')]"
          ".find(l => l.innerText.includes('Non-Seed')).click()")
FRAME = f"{ITEM}.querySelector('wr-coll-replay').renderRoot.querySelector('iframe')"
ARRIVED = (f"{FRAME}.contentWindow.location.href.endsWith(URL)"
           f" && {FRAME}.contentDocument.readyState == 'complete'")
SCROLL = f"""(async () => {{ const w = {FRAME}.contentWindow;
  for (let y = 0; y < w.document.body.scrollHeight; y += 800) {{
    w.scrollTo(0, y); await new Promise(r => setTimeout(r, 60)); }} }})()"""
SEEN = f"""(() => {{ const d = {FRAME}.contentDocument;
  const pictures = [...d.images].filter(i => i.getAttribute('src'));
  return {{headline: d.querySelector('h1').innerText, text: d.body.innerText.length,
    lead: d.querySelector('picture img').naturalWidth, pictures: pictures.length,
    blind: pictures.filter(i => !i.naturalWidth).map(i => i.src)}}; }})()"""


class Files(http.server.SimpleHTTPRequestHandler):
    """The viewer's files and one WACZ, which may be had in ranges."""

    def __init__(self, *args, wacz, **how):
        self.wacz = wacz
        super().__init__(*args, directory=os.path.join(HOME, "replayweb", "package"), **how)

    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path != "/archive.wacz":
            return super().do_GET()
        with open(self.wacz, "rb") as f:
            data = f.read()
        part = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range") or "")
        first, end = 0, len(data)
        if part and part[1]:
            first, end = int(part[1]), min(int(part[2] or end) + 1, end)
        elif part:
            first = max(end - int(part[2]), 0)
        self.send_response(206 if part else 200)
        self.send_header("Content-Length", str(end - first))
        self.send_header("Accept-Ranges", "bytes")
        if part:
            self.send_header("Content-Range", f"bytes {first}-{end - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(data[first:end])
        return None


def asked(page, base):
    """Requests of the replay: not the viewer's own, nor for favicon.ico,
    which it asks for though no page names it."""
    return [r for r in page.requests if not r["url"].startswith(("data:", "blob:", "about:"))
            and not r["url"].startswith(base + "/static/") and not r["url"].endswith("/favicon.ico")]


def look(tap, page, base, stamp, story):
    page.requests.clear()
    page.evaluate(f"location.hash = 'view=pages&ts={stamp}&url=' + "
                  f"encodeURIComponent({json.dumps(story['url'])})")
    page.until(ARRIVED.replace("URL", json.dumps(story["url"])))
    page.evaluate(SCROLL)
    page.settle(10)
    seen, name = page.evaluate(SEEN), story["headline"][:40]
    tap.check(story["headline"] in seen["headline"] and seen["text"] > 1000,
              f"ReplayWeb.page shows '{name}', {seen['text']} characters", seen)
    tap.check(seen["lead"] > 0 and not seen["blind"],
              f"'{name}': with its lead picture and all {seen['pictures']}", seen)
    requests = asked(page, base)
    tap.none([r for r in requests if not r["url"].startswith(base + "/w/")
              or (r["status"] or 0) >= 400 or r["error"]],
             f"'{name}': none of its {len(requests)} requests fails or leaves the replay")


def check(tap, browser, wacz, stories, stamp_of):
    """stories: the seed's, then the related ones."""
    server = http.server.ThreadingHTTPServer((LOOPBACK, 0), functools.partial(Files, wacz=wacz))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://{LOOPBACK}:{server.server_port}"
    page = browser.open(f"{base}/?source={base}/archive.wacz#view=pages")
    page.until(f"{ENTRIES}.length")
    listed = page.evaluate(LISTED)
    tap.check([p["url"] for p in listed] == [stories[0]["url"]]
              and stories[0]["headline"] in listed[0]["title"],
              "ReplayWeb.page lists the page that was asked for", listed)
    page.evaluate(OTHERS)
    page.until(f"{ENTRIES}.length == {len(stories) - 1}")
    tap.same({p["url"] for p in page.evaluate(LISTED)}, {s["url"] for s in stories[1:]},
             f"and of those that are not seeds the {len(stories) - 1} related ones")
    for story in stories[:3]:
        look(tap, page, base, stamp_of(story["url"]), story)
    page.screenshot(os.path.join(HOME, "replayweb.png"))
    server.shutdown()
