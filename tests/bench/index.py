#!/usr/bin/env python3
"""stet index against `zcat | sha1sum` and cdxj-indexer, on one core.

    index.py STET WARCSET [--records N] [--rounds N]

A set of WARC files of small records is made by WARCSET.  cdxj-indexer comes
from PyPI into a venv under build/; where it cannot, its line is left out, and
that is said.  It gets one file of the set, and stet the same one."""

import argparse
import os
import pathlib
import subprocess
import tempfile

from rounds import in_turns, table

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PEER_RECORDS = 20000


def peer():
    """The path of cdxj-indexer, or None."""
    home = ROOT / "build/bench/venv"
    program = home / "bin/cdxj-indexer"
    if not program.exists():
        done = subprocess.run(
            f"python3 -m venv {home} && {home}/bin/pip install --quiet "
            "--disable-pip-version-check cdxj-indexer==1.5.0 six",
            shell=True, capture_output=True, text=True)
        if done.returncode:
            print("cdxj-indexer skipped: it cannot be installed here")
            return None
    return program


def size_of(folder):
    return sum(f.stat().st_size for f in pathlib.Path(folder).iterdir())


def against_bytes(args, folder):
    print(f"{args.records:,} records, {size_of(folder) / 1e6:,.0f} MB, one core, "
          f"least of {args.rounds} rounds in turns:")
    best = in_turns({"zcat | sha1sum": f"cat {folder}/*.gz | zcat | sha1sum",
                     "stet index": f"{args.stet} index -o {folder}.cdx {folder}"},
                    1, args.rounds)
    table(best, "zcat | sha1sum", args.records, size_of(folder))
    os.unlink(folder + ".cdx")


def against_peer(args, program, folder):
    subprocess.run([args.warcset, folder, str(PEER_RECORDS)], check=True)
    print(f"{PEER_RECORDS:,} records, one core:")
    best = in_turns({"cdxj-indexer": f"{program} --sort -o /dev/null {folder}",
                     "stet index": f"{args.stet} index -o /dev/null {folder}"}, 1, 2)
    table(best, "cdxj-indexer", PEER_RECORDS, size_of(folder))


def main():
    parser = argparse.ArgumentParser(description="index benchmark")
    parser.add_argument("stet")
    parser.add_argument("warcset")
    parser.add_argument("--records", type=int, default=400000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="stet-bench-") as top:
        folder = os.path.join(top, "set")
        subprocess.run([args.warcset, folder, str(args.records)], check=True)
        against_bytes(args, folder)
        program = peer()
        if program:
            against_peer(args, program, os.path.join(top, "peer"))


if __name__ == "__main__":
    main()
