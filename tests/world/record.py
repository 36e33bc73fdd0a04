"""The world's diary: one line an exchange, and the bytes that were sent.

    RUN/requests.jsonl      {n, time, host, port, method, target, headers, …}
    RUN/sent/000001.bin     the message from status line to its end
    RUN/sent/000001.interim the 1xx responses before it, if any
    RUN/sent/000001.excess  bytes sent after its end, if any

An exchange is written down just before its last byte leaves, so that a
client that has the whole answer finds the line there.
"""

import json
import os
import re
import time

MAX_KEPT = 64 * 1024 * 1024
STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?: |\r|\n)")


class Exchange:
    """One request and what was sent for it; `finish` writes it down once."""

    def __init__(self, diary, number, connection, port, request):
        self.diary = diary
        self.number = number
        self.connection = connection
        self.port = port
        self.request = request
        self.time = time.time()
        self.parts = {"bin": bytearray(), "interim": bytearray(), "excess": bytearray()}
        self.sent_bytes = 0
        self.written = False

    def add(self, part, data):
        """Note bytes that are about to leave."""
        kept = self.parts[part]
        if part == "bin":
            self.sent_bytes += len(data)
        kept += data[: max(0, MAX_KEPT - len(kept))]

    def finish(self, aborted=False):
        """Write the line and the files.  Later calls do nothing."""
        if not self.written:
            self.written = True
            self.diary.write(self, aborted)


class Diary:
    """The log of one run of the world."""

    def __init__(self, run):
        self.sent = os.path.join(run, "sent")
        self.path = os.path.join(run, "requests.jsonl")
        os.makedirs(self.sent, exist_ok=True)
        self.file = open(self.path, "a", encoding="utf-8")
        self.count = 0

    def begin(self, connection, port, request):
        """A new exchange, numbered in the order in which requests came."""
        self.count += 1
        return Exchange(self, self.count, connection, port, request)

    def write(self, exchange, aborted):
        """One line, flushed, after the files that it names."""
        files = {}
        for part, data in exchange.parts.items():
            if data or part == "bin":
                name = f"{exchange.number:06d}.{part}"
                with open(os.path.join(self.sent, name), "wb") as out:
                    out.write(data)
                files[part] = f"sent/{name}"
        match = STATUS.match(exchange.parts["bin"])
        request = exchange.request
        line = {
            "n": exchange.number,
            "time": round(exchange.time, 6),
            "host": request.host,
            "port": exchange.port,
            "method": request.method,
            "target": request.target,
            "scheme": request.scheme,
            "headers": request.headers,
            "status": int(match.group(1)) if match else 0,
            "sent": files["bin"],
            "sent_bytes": exchange.sent_bytes,
            "connection": exchange.connection,
            "via": request.via,
        }
        for part in ("interim", "excess"):
            if part in files:
                line[part] = files[part]
        if aborted:
            line["aborted"] = True
        self.file.write(json.dumps(line) + "\n")
        self.file.flush()

    def close(self):
        """Close the log."""
        self.file.close()
