#!/usr/bin/env python3
"""powercut.py [STATES [SEED]]: records what one crawl does to its folder, and
has the power go at any point of it.

For each state that the disk may then be in, the crawl is gone on with and the
archive must hold what an undisturbed one holds.  Then the same with the syncs
of WARC files taken out of the record: that must be found out, or this test
could not fail.  Ends with "N passed, N failed"."""

import concurrent.futures
import os
import random
import shutil
import subprocess
import sys
import tempfile

import disk
import invariants

from rig import STET, World

SEEDS = ("http://chunked.example/story.html", "http://twins.example/", "http://status.example/gzip",
         "http://status.example/etag", "http://chunked.example/trailers.html")
# Of the bodies some then count as large, and have files of their own.
os.environ.setdefault("STET_TEST_LARGE", "2800")
BLIND = 60  # states to try without syncs
WORKERS = 2


def command(world, archive):
    return [STET, "crawl", "--quiet", "--delay", "0", "--depth", "0", *world.options, "-o", archive]


def check_state(world, folder, number, write, want):
    """What is wrong once the crawl was gone on with from one state."""
    archive = os.path.join(folder, f"state-{number}")
    try:
        write(archive)
        seeds = [] if invariants.is_known(archive) else list(SEEDS)
        done = subprocess.run(command(world, archive) + seeds, capture_output=True, text=True)
        if done.returncode != 0:
            return [f"status {done.returncode}: {done.stderr.strip()}"]
        return invariants.violations(archive, want)
    finally:
        shutil.rmtree(archive, ignore_errors=True)


def states(operations, count, rng, ignored):
    """count times (point, write-function), the points spread over the record."""
    points = sorted(rng.randint(0, len(operations)) for _ in range(count))
    d = disk.Disk(ignored)
    for point in points:
        while d.index < point:
            d.step(operations[d.index])
        state, folders = d.after_crash(rng), set(d.folders)

        def write(folder, state=state, folders=folders):
            maker = disk.Disk()
            maker.folders = folders
            maker.write_to(folder, state)
        yield point, write


def try_states(world, folder, operations, count, rng, want, ignored=lambda name: False):
    """(good, bad) states, the first bad ones told."""
    good = bad = 0
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        jobs = [(point, pool.submit(check_state, world, folder, i, write, want))
                for i, (point, write) in enumerate(states(operations, count, rng, ignored))]
        for point, job in jobs:
            wrong = job.result()
            good += not wrong
            bad += bool(wrong)
            if wrong and bad <= 5:
                print(f"# after operation {point}: {wrong[:3]}", flush=True)
    return good, bad


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 30)
    rng = random.Random(seed)
    folder = tempfile.mkdtemp(prefix="stet-powercut-")
    try:
        with World("--no-tls") as world:
            archive = os.path.join(folder, "recorded")
            record = os.path.join(folder, "record")
            done = disk.trace(command(world, archive) + list(SEEDS), record)
            if done.returncode != 0:
                sys.exit(f"the recorded crawl ended with {done.returncode}: {done.stderr}")
            operations = disk.operations(record, archive)
            records, wrong = invariants.read_files(archive)
            want = {r.url for _, r in records if r.type in invariants.CAPTURES}
            wrong += invariants.violations(archive, want)
            if wrong or not want:
                sys.exit(f"the recorded crawl is wrong already: {wrong[:5]}")
            syncs = sum(op[0] == "sync" for op in operations)
            print(f"# {len(want)} URLs, {len(operations)} operations, {syncs} syncs; seed {seed}", flush=True)
            passed, failed = try_states(world, folder, operations, count, rng, want)
            print(f"# {failed} of {count} states are not put right", flush=True)
            print("# without the syncs of WARC files:", flush=True)
            _, found = try_states(world, folder, operations, BLIND, rng, want,
                                  lambda name: name.startswith("archive/"))
            print(f"# {found} of {BLIND} states are found out")
            passed += found > 0
            failed += found == 0
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
