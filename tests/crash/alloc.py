#!/usr/bin/env python3
"""alloc.py [EVERY [SEED]]: a crawl that runs out of memory.

A crawl of nine URLs allocates some 40,000 times, from some 5,500 different
call stacks; one that was killed and is gone on with has some more.  For each
EVERYth of these stacks its first allocation fails, by itself and with all
that come after it; and so does each EVERYth of a sample of all allocations
by number.  stet's own allocations are meant as well as those that libraries
make for it.

Then stet must have ended in time and by itself: with status 3 and one line
that speaks of memory, and the same crawl with enough of it ends with
everything there, once; or with a lesser status, and what is not there is a
failure in the log.  Ends with "N passed, N failed".

STARVE_OF is a regular expression: only call stacks whose innermost function
is in an object of that name ("program" is stet itself) are looked at.
STARVE_PRELOAD names what is to be preloaded after the shim: the runtimes of
the sanitizers that stet was built with.  Allocations then fail only by
themselves, for the runtimes need some too; and leaks are not looked for."""

import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import invariants

from rig import STET, World

HERE = pathlib.Path(__file__).resolve().parent
SEED = "https://small.example/2024/11/19/harbour-board-votes"
RECORDINGS = 3  # threads meet in more than one order
BY_NUMBER = 20  # of so many allocations one also fails by its number
WORKERS = 2
DEADLINE = 60  # seconds; an undisturbed crawl takes a tenth of one
MEMORY = re.compile(r"memory|allocat", re.IGNORECASE)
PRELOAD = os.environ.get("STARVE_PRELOAD", "")
SANITIZER = "verify_asan_link_order=0:detect_leaks=0:exitcode=99"
# What changes from run to run in a metadata record or page list.
FICKLE = re.compile(rb"fetchTimeMs: \d+|age-at-capture: \S+|\"(pageid|ts)\": .*")

# Libraries that themselves crash when they are refused memory.  Such a crash
# is told by itself, and costs no more than the run: it must go on as ever.
FRAIL = ("libcrypto.so", "libssl.so", "libcurl.so", "libnghttp2.so")


def steady(block):
    """What a block says in any run, in whatever order requisites came."""
    return tuple(sorted(line.rstrip(b",") for line in FICKLE.sub(b"", block).splitlines()))


def outcome_of(archive):
    """What the archive holds, as one can compare it: (type, URL, what it
    says) with counts, and what is wrong."""
    records, wrong = invariants.read_files(archive)
    records += invariants.read_files(archive, "derived")[0]
    held = collections.Counter()
    for _, r in records:
        if r.type != "warcinfo":
            told = r.type == "metadata" or (r.url or "").startswith("urn:")
            # Which of two equal pictures comes first is chance.
            kind = "capture" if r.type in invariants.CAPTURES else r.type
            held[kind, r.url, steady(r.block) if told else None] += 1
    return held, wrong


def failures(archive):
    """The URLs that the log says have failed."""
    lines = pathlib.Path(archive, "logs", "crawl.jsonl").read_text().splitlines()
    return {e["url"] for e in map(json.loads, lines) if e["outcome"] != "ok"}


class Case(collections.namedtuple("Case", "orders resumed")):
    def __str__(self):
        return self.orders + (" (gone on with)" if self.resumed else "")


class Heap:
    def __init__(self, world, folder):
        self.world = world
        self.folder = folder
        self.shim = os.path.join(folder, "starve.so")
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-o", self.shim,
                        str(HERE / "starve.c")], check=True)

    def crawl(self, archive, seeds=(SEED,), **more):
        env = dict(os.environ, MALLOC_PERTURB_="165", **more)
        if PRELOAD:
            env.update(dict.fromkeys(("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"), SANITIZER))
        return subprocess.run([STET, "crawl", "--quiet", "--delay", "0", "--retry-delay", "0.02",
                               "--scope", "cluster", "--related", "1", "--rewrite",
                               *self.world.options, "-o", archive, *seeds],
                              env=env, capture_output=True, text=True, errors="replace",
                              timeout=DEADLINE)

    def starve(self, archive, case):
        """The crawl of a case, or the one that is to be recorded."""
        if case.resumed:
            shutil.copytree(self.killed, archive)
        return self.crawl(archive, () if case.resumed else (SEED,), LD_PRELOAD=f"{self.shim} {PRELOAD}",
                          STARVE=case.orders, STARVE_FILE=archive + ".told")

    def prepare(self):
        """What an undisturbed crawl archives, and one that was killed."""
        archive = os.path.join(self.folder, "sound")
        done = self.crawl(archive)
        self.want, wrong = outcome_of(archive)
        self.urls = {url for kind, url, _ in self.want if kind == "capture"}
        wrong += invariants.violations(archive, self.urls)
        if done.returncode != 0 or done.stderr or wrong:
            sys.exit(f"the undisturbed crawl is wrong already: {done.stderr}{wrong[:5]}")
        self.killed = os.path.join(self.folder, "killed")
        if self.crawl(self.killed, STET_TEST_CRASH="append:4").returncode != -signal.SIGKILL:
            sys.exit("the crawl to go on with was not killed")

    def record(self, resumed):
        """{stack: frames} of undisturbed crawls, and how many allocations one
        makes."""
        stacks, total = {}, 0
        for i in range(RECORDINGS):
            archive = os.path.join(self.folder, f"recorded-{resumed}-{i}")
            done = self.starve(archive, Case("record", resumed))
            if done.returncode != 0 or done.stderr:
                sys.exit(f"the recorded crawl ended with {done.returncode}: {done.stderr}")
            rows = [line.split() for line in open(archive + ".told")]
            stacks.update((row[0], row[3:]) for row in rows)
            total = max(total, sum(int(row[1]) for row in rows))
        return stacks, total

    def compare(self, archive):
        """What a crawl that says it is done has not done."""
        held, wrong = outcome_of(archive)
        failed = failures(archive)
        urls = {url for kind, url, _ in held if kind == "capture"}
        wrong += invariants.violations(archive, urls if failed else self.urls)
        if failed:
            wrong += [f"not expected: {u}" for u in urls - self.urls]
        else:
            wrong += [f"lost: {n} {k}" for k, n in (self.want - held).items()]
            wrong += [f"too much: {n} {k}" for k, n in (held - self.want).items()]
        return wrong

    def go_on(self, archive):
        """The same with all the memory there is."""
        done = self.crawl(archive, seeds=())
        if done.returncode == 2 or not list(pathlib.Path(archive).glob("archive/*")):
            done = self.crawl(archive)  # no run was begun
        if done.returncode != 0:
            return [f"then status {done.returncode}: {done.stderr.strip()[:200]}"]
        return self.compare(archive) + [f"failed: {u}" for u in failures(archive)]

    def judge(self, archive, case):
        """(what became of it, what is wrong)"""
        done = self.starve(archive, case)
        lines = done.stderr.strip().splitlines()
        if done.returncode < 0:
            signs = f"{signal.Signals(-done.returncode).name}: {done.stderr.strip()[-300:]}"
            culprit = frail_part(archive + ".told")
            if culprit:
                return f"left out: {culprit} crashes", self.go_on(archive)
            return "crash", [signs]
        if not os.path.exists(archive + ".told"):
            return "not reached", self.compare(archive)
        if done.returncode in (0, 1):
            word = "failure in the log" if failures(archive) else "all there"
            return f"status {done.returncode}, {word}", self.compare(archive)
        if done.returncode != 3:
            return "wrong status", [f"status {done.returncode}: {done.stderr.strip()[:200]}"]
        wrong = [] if len(lines) == 1 else [f"not one line: {lines}"]
        wrong += [f"not of memory: {line}" for line in lines if not MEMORY.search(line)]
        return "status 3", wrong + self.go_on(archive)

    def one(self, number, case):
        """What became of it, what is wrong, and where it was."""
        archive = os.path.join(self.folder, f"case-{number}")
        try:
            became, wrong = self.judge(archive, case)
        except subprocess.TimeoutExpired:
            became, wrong = "hang", ["hangs"]
        except (OSError, ValueError) as e:
            became, wrong = "unreadable", [str(e)]
        where = ""
        if os.path.exists(archive + ".told"):
            where = open(archive + ".told").read()
            os.unlink(archive + ".told")
        shutil.rmtree(archive, ignore_errors=True)
        return became, wrong, where


def frail_part(told):
    """The library that crashed, or that left a broken heap behind; or ""."""
    lines = dict(line.split(" ", 1) for line in open(told)) if os.path.exists(told) else {}
    frames = [f.partition("+")[0] for f in lines.get("crashed", "").split()]
    inner = next((f for f in frames if not f.startswith(("starve.so", "libc.so"))), "")
    if inner.startswith(FRAIL):
        return inner
    # stet's heap is libcurl's: its fault may show in a later free().
    if "libc.so.6" in frames[:3] and "heap_" in names(lines.get("failed", "")):
        return "libcurl.so.4"
    return ""


def cases(heap, every, rng):
    """The cases to try, and a line that says of what they were chosen."""
    found, said, known = [], [], set()
    for resumed in (False, True):
        stacks, total = heap.record(resumed)
        of = os.environ.get("STARVE_OF")
        chosen = sorted(s for s, frames in stacks.items()
                        if s not in known and (not of or re.match(of, frames[0])))
        known.update(stacks)
        numbers = [] if of else rng.sample(range(1, total), total // BY_NUMBER // 2)
        for how in ("once",) if PRELOAD else ("once", "forever"):
            found += [Case(f"@{s}:{how}", resumed) for s in chosen]
            found += [Case(f"{n}:{how}", resumed) for n in numbers]
        said.append(f"{'gone on with: ' if resumed else ''}{total} allocations from "
                    f"{len(stacks)} call stacks, {len(chosen)} of them to be tried")
    return found[rng.randrange(every)::every], "; ".join(said)


def names(frames):
    """The functions of stet among "program+0x123 libc.so.6+0x456 ..."."""
    frames = frames.partition("\n")[0].removeprefix("failed ")
    ours = [f.partition("+")[2] for f in frames.split() if f.startswith("program+")]
    if not ours:
        return frames
    out = subprocess.run(["addr2line", "-fse", STET, *(hex(int(a, 16) - 1) for a in ours)],
                         capture_output=True, text=True).stdout.split("\n")
    inner = frames.split()[0].partition("+")[0]
    return inner + " < " + " < ".join(f"{f} {p}" for f, p in zip(out[::2], out[1::2]))


def main():
    every = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    folder = tempfile.mkdtemp(prefix="stet-alloc-")
    tally, failed = collections.Counter(), 0
    try:
        with World() as world:
            heap = Heap(world, folder)
            heap.prepare()
            todo, said = cases(heap, every, rng)
            print(f"# {said}; {len(todo)} runs", flush=True)
            with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
                jobs = [(case, pool.submit(heap.one, i, case)) for i, case in enumerate(todo)]
                for case, job in jobs:
                    became, wrong, where = job.result()
                    tally[became] += 1
                    failed += bool(wrong)
                    if became.startswith("left out") or (wrong and failed <= 20):
                        print(f"# {case}: {became} {str(wrong)[:400]}\n#     {names(where)}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for became, n in tally.most_common():
        print(f"# {n} {became}")
    print(f"{sum(tally.values()) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
