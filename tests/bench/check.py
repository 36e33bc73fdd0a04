#!/usr/bin/env python3
"""stet check against `gzip -t`, on one core and on two.

    check.py STET WARCSET [--records N] [--rounds N]

Two files are made by WARCSET: one of small records, one of large bodies.  A
file of your own may be named instead: --file FILE."""

import argparse
import os
import pathlib
import subprocess
import tempfile

from rounds import in_turns, table


def compare(args, name, files, records):
    size = sum(os.path.getsize(f) for f in files)
    names = " ".join(files)
    for cores in 1, 2:
        if cores > len(os.sched_getaffinity(0)):
            print(f"{name}: there is but one core here")
            return
        print(f"{name}, {size / 1e6:,.0f} MB, {cores} core{'s' * (cores > 1)}, "
              f"least of {args.rounds} rounds in turns:")
        best = in_turns({"gzip -t": f"gzip -t {names}",
                         "stet check": f"{args.stet} check -q {names}"}, cores, args.rounds)
        table(best, "gzip -t", records, size)


def main():
    parser = argparse.ArgumentParser(description="check benchmark")
    parser.add_argument("stet")
    parser.add_argument("warcset")
    parser.add_argument("--records", type=int, default=200000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--file", action="append")
    args = parser.parse_args()
    if args.file:
        compare(args, "files", args.file, 1)
        return
    with tempfile.TemporaryDirectory(prefix="stet-bench-") as top:
        for name, body in ("small records", 600), ("bodies of 60 KB", 60000):
            folder = os.path.join(top, str(body))
            n = args.records if body < 1000 else args.records // 40
            subprocess.run([args.warcset, folder, str(n), str(n), str(body)], check=True)
            compare(args, name, [str(f) for f in pathlib.Path(folder).iterdir()], n)


if __name__ == "__main__":
    main()
