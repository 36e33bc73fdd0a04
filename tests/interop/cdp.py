"""A headless Chromium, driven over the DevTools protocol.

    with Browser() as browser:
        page = browser.open("http://127.0.0.1:8080/…")
        page.evaluate("document.title")
        page.requests      # [{"url", "status" or None, "error" or None, "type"}]
        page.screenshot("page.png")
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request

import websocket

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--remote-debugging-port=0", "--window-size=1280,2000"]


class Page:
    def __init__(self, socket_url):
        self.socket = websocket.create_connection(socket_url, timeout=60, suppress_origin=True)
        self.last = 0
        self.by_id = {}
        self.requests = []
        self.active = set()
        self.quiet_since = time.monotonic()
        self.loaded = False
        for domain in "Network", "Page", "Runtime":
            self.call(domain + ".enable")

    def call(self, method, **params):
        """Sends a command and waits for its answer, noting events."""
        self.last += 1
        wanted = self.last
        self.socket.send(json.dumps({"id": wanted, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == wanted:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.on_event(message)

    def on_event(self, message):
        method, p = message.get("method", ""), message.get("params", {})
        if method == "Network.requestWillBeSent":
            entry = {"url": p["request"]["url"], "type": p.get("type"), "status": None, "error": None}
            if "redirectResponse" in p:
                self.by_id[p["requestId"]]["status"] = p["redirectResponse"]["status"]
            self.by_id[p["requestId"]] = entry
            self.requests.append(entry)
            if not entry["url"].endswith(("Worker.js", "sw.js")):  # whose end is told elsewhere
                self.active.add(p["requestId"])
        elif method == "Network.responseReceived" and p["requestId"] in self.by_id:
            self.by_id[p["requestId"]]["status"] = p["response"]["status"]
        elif method == "Network.loadingFinished":
            self.active.discard(p["requestId"])
        elif method == "Network.loadingFailed":
            self.active.discard(p["requestId"])
            if p["requestId"] in self.by_id:
                self.by_id[p["requestId"]]["error"] = p["errorText"]
        elif method == "Page.loadEventFired":
            self.loaded = True
        else:
            return
        self.quiet_since = time.monotonic()

    def go(self, url, most=40, quiet=0.7):
        """Until loaded and nothing has moved for a while."""
        self.loaded = False
        self.requests, self.by_id, self.active = [], {}, set()
        if "errorText" in self.call("Page.navigate", url=url):
            self.loaded = True  # a download, or no content: nothing will load
        return self.settle(most, quiet)

    def settle(self, most=40, quiet=0.7):
        end = time.monotonic() + most
        while time.monotonic() < end:
            calm = time.monotonic() - self.quiet_since > quiet
            if self.loaded and not self.active and calm:
                break
            self.socket.settimeout(0.1)
            try:
                self.on_event(json.loads(self.socket.recv()))
            except websocket.WebSocketTimeoutException:
                pass
        self.socket.settimeout(60)
        return self

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(json.dumps(result["exceptionDetails"])[:500])
        return result["result"].get("value")

    def until(self, expression, most=20):
        """The value of an expression once it is true, or what it was last;
        what it stumbles over may still come."""
        end, value = time.monotonic() + most, None
        while not value and time.monotonic() < end:
            try:
                value = self.evaluate(expression)
            except RuntimeError:
                value = None
            if not value:
                time.sleep(0.1)
        return value

    def screenshot(self, path):
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as f:
            f.write(base64.b64decode(data))


class Browser:
    def __init__(self, *flags):
        self.flags = flags

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="stet-chromium-")
        flags = [*FLAGS, *self.flags] + (["--no-sandbox"] if os.getuid() == 0 else [])
        self.process = subprocess.Popen(
            [CHROMIUM, *flags, f"--user-data-dir={self.profile}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        where = os.path.join(self.profile, "DevToolsActivePort")
        end = time.monotonic() + 60
        while not (os.path.exists(where) and open(where).read().count("\n")):
            if time.monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("Chromium did not start")
            time.sleep(0.1)
        port = open(where).readline().strip()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            pages = [p for p in json.load(answer) if p["type"] == "page"]
        self.page = Page(pages[0]["webSocketDebuggerUrl"])
        return self

    def open(self, url):
        return self.page.go(url)

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
