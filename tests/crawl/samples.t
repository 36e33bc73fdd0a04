#!/usr/bin/env python3
"""The good samples, made anew, are those in warc-samples/: byte for byte, or
with another compressor equal after decompression.  And stet check accepts
them."""

import gzip
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))

from rig import TESTS, Tap, has_command, stet  # noqa: E402

SAMPLES = TESTS.parent / "warc-samples"


def compare(tap, made, kept):
    a, b = made.read_bytes(), kept.read_bytes()
    if a == b:
        tap.check(True, f"{kept.name} comes out byte for byte")
        return
    a, b = gzip.decompress(a), gzip.decompress(b)
    at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    tap.check(a == b, f"{kept.name} comes out equal after decompression",
              f"from byte {at}", f"made {a[at - 60:at + 60]!r}", f"kept {b[at - 60:at + 60]!r}")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([str(TESTS / "samples.sh"), folder], capture_output=True, text=True,
                              timeout=120)
        tap.same(done.returncode, 0, "samples.sh makes them")
        for line in done.stderr.splitlines()[:20]:
            print("#", line)
        kept = sorted(SAMPLES.glob("*.warc.gz"))
        made = sorted(pathlib.Path(folder).glob("*.warc.gz"))
        tap.same([p.name for p in made], [p.name for p in kept], "all of them, and no other")
        for path in kept:
            if (pathlib.Path(folder) / path.name).exists():
                compare(tap, pathlib.Path(folder) / path.name, path)
    if has_command("check"):
        for path in kept:
            done = stet("check", path)
            tap.check(done.returncode == 0, f"stet check accepts {path.name}", done.stdout, done.stderr)
    size = sum(os.path.getsize(p) for p in SAMPLES.rglob("*") if p.is_file())
    tap.check(size < 1 << 20, f"the folder has {size // 1024} KB")
    tap.finish()


main()
