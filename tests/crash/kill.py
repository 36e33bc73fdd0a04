#!/usr/bin/env python3
"""kill.py [KILLS [SEED]]: crawls of the test world, killed by SIGKILL at random
instants and at every step of a commit, gone on with until they are done.  In every
second one most bodies count as large and have files of their own.

After each the archive must hold what an undisturbed crawl holds, each URL
once, every record whole, the index right.  Ends with "N passed, N failed"."""

import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import invariants

from rig import STET, World

# Where stet can be killed (base/crash.h), and how far it may count there.
POINTS = {"append": 60, "slice": 30, "sync": 20, "commit": 20, "log": 20, "seal": 3, "recover": 2,
          "derive": 5, "convert": 20, "end": 1}
TRIES = 200  # starts of one crawl at the most
LARGE = 2000  # bytes beyond which a body counts as large
QUIET = 3.0  # seconds: no start is left to itself for longer before its kill


class Crawl:
    """One archive, brought to its end however often it is killed."""

    def __init__(self, world, archive, seeds, large=False):
        self.args = [STET, "crawl", "--quiet", "--delay", "0", "--scope", "cluster",
                     "--related", "2", "--rewrite", *world.options, "-o", archive]
        self.archive = archive
        self.seeds = seeds
        self.large = large
        self.kills = self.starts = 0


    def start(self, fault=None):
        env = dict(os.environ)
        if fault:
            env["STET_TEST_CRASH"] = fault
        if self.large:
            env["STET_TEST_LARGE"] = str(LARGE)
        self.starts += 1
        return subprocess.Popen(self.args + self.seeds, env=env, stderr=subprocess.PIPE)

    def finish(self, process):
        """The status; a kill is counted."""
        err = process.communicate()[1].decode(errors="replace")
        if process.returncode == -signal.SIGKILL:
            self.kills += 1
        elif process.returncode != 0:
            raise RuntimeError(f"status {process.returncode}: {err}")
        return process.returncode


def run_to_end(crawl, next_kill):
    """next_kill() gives (fault or None, seconds until a kill or None)."""
    while crawl.starts < TRIES:
        fault, after = next_kill()
        process = crawl.start(fault)
        if after is not None:
            try:
                process.wait(after)
            except subprocess.TimeoutExpired:
                process.kill()
        if crawl.finish(process) == 0:
            return
        # What is done is told by the archive alone: without seeds a crawl
        # that is over is not begun again.
        if invariants.is_known(crawl.archive):
            crawl.seeds = []
    raise RuntimeError(f"not done after {TRIES} starts")


def random_kills(rng, mean):
    def next_kill():
        return None, min(rng.expovariate(1 / mean), QUIET)
    return next_kill


def point_kills(rng):
    """Alternates between the points, so that recovery is hit as well."""
    plan = [f"{p}:{rng.randint(1, most)}" for p, most in POINTS.items() for _ in range(2)]
    rng.shuffle(plan)

    def next_kill():
        return (plan.pop(), None) if plan else (None, None)
    return next_kill


def one_crawl(world, folder, number, next_kill, want):
    archive = os.path.join(folder, f"crawl-{number}")
    crawl = Crawl(world, archive, [world.front], large=number % 2 == 0)
    try:
        run_to_end(crawl, next_kill)
        wrong = invariants.violations(archive, want)
    except RuntimeError as e:
        wrong = [str(e)]
    for w in wrong[:10]:
        print(f"# crawl {number}: {w}", flush=True)
    if not wrong or not os.environ.get("STET_TEST_KEEP"):
        shutil.rmtree(archive, ignore_errors=True)
    return crawl.kills, not wrong


def undisturbed(world, folder):
    archive = os.path.join(folder, "undisturbed")
    crawl = Crawl(world, archive, [world.front])
    began = time.monotonic()
    crawl.finish(crawl.start())
    took = time.monotonic() - began
    records, wrong = invariants.read_files(archive)
    want = {r.url for _, r in records if r.type in invariants.CAPTURES}
    wrong += invariants.violations(archive, want)
    if wrong or not want:
        sys.exit(f"the undisturbed crawl is wrong already: {wrong[:5]}")
    return want, took


def main():
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    rng = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="stet-kill-")
    kills = passed = failed = number = 0
    try:
        with World() as world:
            want, took = undisturbed(world, folder)
            print(f"# {len(want)} URLs in {took:.1f} s undisturbed; seed {seed}", flush=True)
            while kills < wanted:
                number += 1
                plan = point_kills(rng) if number % 3 == 0 else \
                    random_kills(rng, took * rng.choice((0.1, 0.3, 0.6)))
                n, good = one_crawl(world, folder, number, plan, want)
                kills += n
                passed += good
                failed += not good
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"# {kills} kills in {number} crawls")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
