"""What the WARC suites share: records made here, and what stet says of files."""

import json
import os
import subprocess
import tempfile


def record(*fields, block=b"", version=b"WARC/1.0", type="resource", id=1):
    """One plain record; fields are whole lines, as bytes or text."""
    lines = [version, b"WARC-Type: " + type.encode(),
             b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>" % id]
    lines += [f if isinstance(f, bytes) else f.encode() for f in fields]
    lines.append(b"Content-Length: %d" % len(block))
    return b"\r\n".join(lines) + b"\r\n\r\n" + block + b"\r\n\r\n"


class Files:
    """A folder for files that are made, gone when it is closed."""

    def __init__(self):
        self.dir = tempfile.TemporaryDirectory()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.dir.cleanup()

    def make(self, name, data):
        path = os.path.join(self.dir.name, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def path(self, name):
        return os.path.join(self.dir.name, name)


def run(ctx, *args):
    return subprocess.run([ctx.stet, *map(str, args)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)


def lines(done):
    return [json.loads(line) for line in done.stdout.splitlines() if line]


def findings(ctx, path):
    """stet check's findings: (rule, level, offset)."""
    rows = lines(run(ctx, "check", "--json", path))
    return [(r["rule"], r["level"], r.get("offset")) for r in rows if "rule" in r]


def faults(ctx, path):
    """The rules that a file breaks, advice aside."""
    return sorted({rule for rule, level, _ in findings(ctx, path) if level != "advice"})


def listed(ctx, path):
    return lines(run(ctx, "list", "--json", path))
