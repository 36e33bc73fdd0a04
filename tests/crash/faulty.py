#!/usr/bin/env python3
"""faulty.py [EVERY [SEED]]: a crawl on a disk that fails.

Each EVERYth write, sync, truncation, rename, open, mkdir and unlink that a
small crawl makes in its folder fails, once and for ever, with ENOSPC, EIO,
EDQUOT, EINTR in turn, or is cut short.  Then stet must say so in one clear
line and end with status 3 (or not mind), and the same crawl on a sound disk
must end with everything there, once.  Ends with "N passed, N failed"."""

import concurrent.futures
import errno
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import invariants

from rig import STET, World

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = ("http://chunked.example/story.html", "http://twins.example/", "http://status.example/gzip")
# The pictures then count as large, and have a file of their own.
os.environ.setdefault("STET_TEST_LARGE", "2800")
ERRORS = {"write": (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EINTR, 0),
          "open": (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE)}
OTHERS = (errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EINTR)
WORKERS = 2


class Disk:
    def __init__(self, world, folder):
        self.world = world
        self.folder = folder
        self.shim = os.path.join(folder, "faulty.so")
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", self.shim,
                        str(HERE / "faulty.c"), "-ldl"], check=True)

    def crawl(self, archive, orders=None, seeds=SEEDS):
        env = dict(os.environ)
        if orders:
            env.update(LD_PRELOAD=self.shim, FAULTY_ROOT=archive, FAULTY=orders)
        return subprocess.run([STET, "crawl", "--quiet", "--delay", "0", "--depth", "0", "--rewrite",
                               *self.world.options, "-o", archive, *seeds],
                              env=env, capture_output=True, text=True, timeout=60)

    def counts(self):
        """How often each call is made by an undisturbed crawl, and what it
        archives."""
        archive = os.path.join(self.folder, "sound")
        done = self.crawl(archive, "count")
        if done.returncode != 0:
            sys.exit(f"the undisturbed crawl ended with {done.returncode}: {done.stderr}")
        records, wrong = invariants.read_files(archive)
        if wrong:
            sys.exit(f"the undisturbed crawl is wrong already: {wrong[:5]}")
        want = {r.url for _, r in records if r.type in invariants.CAPTURES}
        return {n: int(c) for n, c in (line.split() for line in done.stderr.splitlines())}, want

    def one(self, number, call, orders, want):
        """What is wrong with one failure."""
        archive = os.path.join(self.folder, f"case-{number}")
        try:
            done = self.crawl(archive, orders)
            lines = done.stderr.strip().splitlines()
            if done.returncode not in (0, 3):
                return [f"status {done.returncode}: {done.stderr.strip()[:200]}"]
            if done.returncode == 3 and len(lines) != 1:
                return [f"not one line: {lines}"]
            again = self.crawl(archive, seeds=() if invariants.is_known(archive) else SEEDS)
            if again.returncode != 0:
                return [f"then status {again.returncode}: {again.stderr.strip()[:200]}"]
            return invariants.violations(archive, want)
        except subprocess.TimeoutExpired:
            return ["hangs"]
        finally:
            shutil.rmtree(archive, ignore_errors=True)


def cases(counts, every, rng):
    number = rng.randrange(every)
    for call, count in counts.items():
        for n in range(1, count + 1):
            for how in ("once", "forever"):
                number += 1
                errors = ERRORS.get(call, OTHERS)
                code = errors[number // 2 % len(errors)]
                if number % every == 0 and not (how == "forever" and code in (errno.EINTR, 0)):
                    yield call, f"{call}:{n}:{code}:{how}"


def main():
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    folder = tempfile.mkdtemp(prefix="stet-faulty-")
    passed = failed = 0
    try:
        with World("--no-tls") as world:
            disk = Disk(world, folder)
            counts, want = disk.counts()
            print("#", ", ".join(f"{n} {c}" for n, c in counts.items()), flush=True)
            with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
                jobs = [(orders, pool.submit(disk.one, i, call, orders, want))
                        for i, (call, orders) in enumerate(cases(counts, every, rng))]
                for orders, job in jobs:
                    wrong = job.result()
                    passed += not wrong
                    failed += bool(wrong)
                    if wrong and failed <= 20:
                        print(f"# {orders}: {wrong[:3]}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
