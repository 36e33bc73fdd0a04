"""cdxj-indexer's own expectations: its options over its samples, and keys of
requests with a body."""

import base64
import json
import os
import subprocess
import tempfile

from harness import Case, case

FILES = ["cdxj-indexer/expect.jsonl", "cdxj-indexer/post_append.jsonl"]


def options(row):
    """The options of a row as stet's; None: it asks for what stet has not."""
    args = [] if row["opts"].get("sort") else ["--unsorted"]
    for letter in row.get("cli", []):
        args.append({"-d": "--digest-records", "-p": "--post-append"}.get(letter, letter))
    for name, value in row["opts"].items():
        if name in ("digest_records", "post_append"):
            args += ["--" + name.replace("_", "-")]
        elif name in ("fields", "replace_fields", "records"):
            args += ["--" + name.replace("_", "-"), value]
        elif name in ("cdx11", "cdx09"):
            args.append({"cdx11": "--cdx", "cdx09": "--cdx9"}[name])
        elif name == "dir_root":
            args += ["--dir-root", "."]
        elif name not in ("sort", "post"):  # "post" is no option of theirs
            return None
    return args


def parse(text):
    """Lines as key, timestamp and JSON by value; CDX as text."""
    lines = []
    for line in text.splitlines():
        head, brace, rest = line.partition(" {")
        lines.append((head, json.loads(brace[1:] + rest)) if brace else (head,))
    return lines


def expected(ctx):
    for row in ctx.jsonl(FILES[0]):
        args = options(row)
        if args is None:
            yield Case(row["id"], False, f"no such options: {row['opts']}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            # Names relative to a root are as their tests lie.
            below = "test/data" if "dir_root" in row["opts"] else "."
            os.makedirs(os.path.join(folder, below), exist_ok=True)
            path = os.path.join(below, row["file"])
            os.symlink(ctx.vectors.resolve() / "cdxj-indexer" / row["file"], os.path.join(folder, path))
            done = subprocess.run([ctx.stet, "index", *args, path], cwd=folder,
                                  capture_output=True, text=True)
        yield case(row["id"], parse(done.stdout), parse(row["want"]))


def record(kind, row, n, block):
    names = [("WARC-Type", kind), ("WARC-Record-ID", f"<urn:uuid:{n}>"),
             ("WARC-Date", "2026-11-23T15:40:19Z"), ("WARC-Target-URI", row["url"]),
             ("Content-Type", f"application/http;msgtype={kind}")]
    if kind == "request":
        names.append(("WARC-Concurrent-To", f"<urn:uuid:{n - 1}>"))
    head = "".join(f"{k}: {v}\r\n" for k, v in names)
    return f"WARC/1.0\r\n{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def posts(ctx):
    """Each vector as a request beside a response, in one file each."""
    rows = list(ctx.jsonl(FILES[1]))
    keys = [a["surt"] for a in ctx.ask("url", [{"input": r["want"]} for r in rows])]
    for n, (row, key) in enumerate(zip(rows, keys)):
        body = row["body"]
        body = base64.b64decode(body["b64"]) if isinstance(body, dict) else body.encode()
        head = (f"{row['method']} / HTTP/1.1\r\nContent-Type: {row['content_type']}\r\n"
                f"Content-Length: {row['length']}\r\n\r\n").encode()
        with tempfile.NamedTemporaryFile(suffix=".warc") as f:
            f.write(record("response", row, 2 * n, b"HTTP/1.1 200 OK\r\n\r\n"))
            f.write(record("request", row, 2 * n + 1, head + body))
            f.flush()
            done = subprocess.run([ctx.stet, "index", "--post-append", f.name],
                                  capture_output=True, text=True)
        yield case("post/" + row["id"], done.stdout.split(" ")[0], key)


def cases(ctx):
    yield from expected(ctx)
    yield from posts(ctx)
