#!/usr/bin/env python3
"""Answers that other projects' tests have collected, sent to `stet save` as
they are: it neither hangs nor falls nor grows, the next URL is fetched, and
the archive holds the bytes that were sent, or says what became of them."""

import base64
import json
import os
import pathlib
import re
import resource
import socketserver
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

import plain_warc  # noqa: E402
from rig import STET, TESTS, Tap, stet, warcs  # noqa: E402

VECTORS = pathlib.Path(os.environ.get("STET_VECTORS") or TESTS.parent.parent / "shared" / "vectors")
MAX_RSS_MB = 256
SECONDS_A_CASE = 0.5  # far more than is needed; a hang is 30 seconds
GOOD = b"<title>good</title><p>The page after the one that went wrong: "


# -- the cases -----------------------------------------------------------------


def rows(name):
    path = VECTORS / name
    return [json.loads(line) for line in open(path, encoding="utf-8")] if path.exists() else []


def curl_cases():
    for row in rows("http-curl/replies.jsonl"):
        for part, b64 in row["replies_b64"].items():
            yield f"{row['id']}/{part}", base64.b64decode(b64), False


def evader_cases():
    for row in rows("http-evader/responses.jsonl"):
        yield row["id"], base64.b64decode(row["response_b64"]), row["valid"] > 0


def wpt_cases():
    for row in rows("wpt-http/h1_responses.jsonl"):
        yield row["id"], base64.b64decode(row["response_b64"]), False
    for row in rows("wpt-http/content_lengths.jsonl"):
        body = b"x" * row["body_bytes"]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n{row['header']}\r\n\r\n"
        yield row["id"], head.encode("latin-1") + body, False
    for row in rows("wpt-http/content_types.jsonl"):
        lines = "".join(f"Content-Type: {v}\r\n" for v in row["content_type_headers"])
        head = f"HTTP/1.1 200 OK\r\n{lines}Content-Length: 4\r\n\r\n"
        yield row["id"], head.encode("latin-1") + b"text", True


# -- the server ----------------------------------------------------------------


class Handler(socketserver.BaseRequestHandler):
    """/c/N: case N, then the end of the connection; /g/N: a good page."""

    def handle(self):
        while True:
            head = b""
            while b"\r\n\r\n" not in head:
                more = self.request.recv(65536)
                if not more:
                    return
                head += more
            if not self.answer(head):
                return

    def answer(self, head):
        path = head.split(b" ")[1].decode()
        self.server.asked.append(path)
        kind, number = path[1:].split("/")[:2]
        if kind == "c":
            self.request.sendall(self.server.cases[int(number)][1])
            return False
        body = GOOD + number.encode()
        self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                             b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return True


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, cases):
        super().__init__(("127.0.0.1", 0), Handler)
        self.cases, self.asked = cases, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, address):
        pass  # clients that hang up are what this is about


# An answer that asks to be left alone holds its host: the next URL is then
# one of another.
BUSY = re.compile(rb"HTTP/\S+ +(429|503)|retry-after:", re.I)


def url_of(kind, number, sent):
    host = "other" if kind == "g" and BUSY.search(sent) else f"h{number}"
    return f"http://{host}.hostile.example/{kind}/{number}"


# -- what must be in the archive -------------------------------------------------


HEAD = re.compile(rb"(?:[^\n]*\n)*?\r?\n")


def without_interim(sent):
    """What follows the 1xx answers, and how often there was one."""
    while re.match(rb"HTTP/\d\.\d 1(?!01)\d\d", sent):
        end = HEAD.match(sent)
        if not end:
            break
        sent = sent[end.end():]
    return sent


def has_end(block):
    return b"\r\n\r\n" in block or b"\n\n" in block or b"\n\r\n" in block


class Found:
    """What the archive says of one URL."""

    def __init__(self):
        self.response = None
        self.meta = {}

    @property
    def truncated(self):
        return self.response and self.response["WARC-Truncated"]


def read_archive(archive):
    found = {}
    for path in warcs(archive):
        for r in plain_warc.records(path):
            if not (r.url or "").startswith("http"):
                continue
            f = found.setdefault(r.url, Found())
            if r.type in ("response", "revisit"):
                f.response = r
            elif r.type == "metadata":
                f.meta = dict(r.warc_fields())
    return found


def fault_of(sent, must_work, f):
    """What is wrong with what the archive has of a case; None if nothing."""
    outcome = f.meta.get("fetch-outcome")
    if f.response is None:
        if must_work:
            return f"must work, but is {outcome}"
        return None if outcome else "there is no record of it"
    block = f.response.block
    final = without_interim(sent)
    if f.response.type == "revisit":
        block, final = block, block if final.startswith(block) else b""
    if not final.startswith(block):
        return "the block is not what was sent"
    if must_work and outcome:
        return f"must work, but is {outcome}"
    if f.response.type == "response" and bool(outcome) != bool(f.truncated):
        return f"the outcome is {outcome}, WARC-Truncated {f.truncated}"
    left = len(final) - len(block)
    # libcurl keeps back the last line of a head that does not end.
    if outcome == "disconnected" and left and has_end(block):
        return f"{left} bytes that were sent are not there"
    if not outcome and left and int(f.meta.get("bytes-after-end", 0)) != left:
        return f"{left} bytes after the end are not accounted for"
    return None


def check_suite(tap, folder, name, cases):
    cases = list(cases)
    if not cases:
        tap.skip(f"{name}", "no vectors (STET_VECTORS)")
        return
    server = Server(cases)
    port = server.server_address[1]
    archive = os.path.join(folder, name)
    seeds = os.path.join(folder, name + ".txt")
    with open(seeds, "w") as out:
        for i, (_, sent, _) in enumerate(cases):
            print(url_of("c", i, sent), url_of("g", i, sent), sep="\n", file=out)
    begin = time.monotonic()
    done = subprocess.run(
        [STET, "save", "--quiet", "--delay", "0", "--ignore-robots", "--no-related",
         "--allow-address", "127.0.0.0/8", "--connect-to", f"::127.0.0.1:{port}", "-i", seeds, "-o", archive],
        capture_output=True, text=True, errors="replace", timeout=60 + SECONDS_A_CASE * len(cases))
    took = time.monotonic() - begin
    server.shutdown()
    print(f"# {name}: {len(cases)} cases in {took:.1f} s")
    judge(tap, name, cases, server, done, archive, took)


def judge(tap, name, cases, server, done, archive, took):
    tap.check(done.returncode in (0, 1), f"{name}: it ends by itself", done.returncode, done.stderr)
    tap.check(took < 30 + SECONDS_A_CASE * len(cases), f"{name}: nothing hangs", f"{took:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    if os.environ.get("VARIANT") in ("asan", "tsan"):
        tap.skip(f"{name}: its memory is bounded", "a sanitizer's own memory counts here")
    else:
        tap.check(peak < MAX_RSS_MB, f"{name}: its memory is bounded", f"{peak} MB")
    found = read_archive(archive)
    tap.none((f"{cases[i][0]}: asked {n} times" for i in range(len(cases))
              if (n := server.asked.count(f"/c/{i}")) not in (1, 2)),
             f"{name}: each was asked for")
    tap.none((url for i in range(len(cases))
              if (url := url_of("g", i, cases[i][1])) and not is_good(found.get(url), i)),
             f"{name}: the next URL is whole each time")
    tap.none((f"{cases[i][0]}: {why}" for i in range(len(cases))
              if (why := fault_of(cases[i][1], cases[i][2], found.get(url_of("c", i, cases[i][1]), Found())))),
             f"{name}: what is kept is what was sent, or it is said why not")
    counts = {}
    for i in range(len(cases)):
        f = found.get(url_of("c", i, cases[i][1]), Found())
        key = (f.meta.get("fetch-outcome", "ok"), f.truncated, f.response is not None)
        counts[key] = counts.get(key, 0) + 1
    for (outcome, truncated, kept), n in sorted(counts.items(), key=str):
        print(f"# {n:4} {outcome}{'' if kept else ', no response'}"
              f"{', truncated: ' + truncated if truncated else ''}")
    done = stet("check", archive)
    tap.check(done.returncode == 0, f"{name}: stet check accepts the archive", done.stdout[-1500:])


def is_good(f, number):
    return (f and f.response and not f.truncated and not f.meta.get("fetch-outcome")
            and f.response.http()[2] == GOOD + str(number).encode())


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="stet-hostile-") as folder:
        check_suite(tap, folder, "http-curl", curl_cases())
        check_suite(tap, folder, "http-evader", evader_cases())
        check_suite(tap, folder, "wpt-http", wpt_cases())
    tap.finish()


if __name__ == "__main__":
    main()
