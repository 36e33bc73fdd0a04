#!/usr/bin/env python3
"""Runs other projects' test vectors against stet's plumbing.

    tests/vectors/run.py [--stet PROGRAM] [--verbose] [SUITE...]

Each suite is a module suite_NAME.py beside this file; one made of several
others' tests (IN_PARTS) is counted by the first part of its cases' ids, too.  The vectors lie in
$STET_VECTORS (default: ../shared/vectors beside the repository); a suite
whose files are not there is skipped.  deviations.txt names the cases that
stet answers otherwise on purpose, each with its reason; any other failure
makes the exit status 1.
"""

import argparse
import collections
import importlib
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
MAX_DETAIL = 500  # characters told of a failure
sys.path.insert(0, str(HERE))

import harness  # noqa: E402


def suites():
    return sorted(p.stem[len("suite_"):] for p in HERE.glob("suite_*.py"))


def tell(name, count):
    passed, total = count["passed"], count["total"]
    rest = f", {count['excused']} deviate" if count["excused"] else ""
    print(f"{name:28} {passed}/{total} ({100 * passed / max(total, 1):.1f} %){rest}")


def run(name, ctx, deviations, verbose):
    module = importlib.import_module("suite_" + name)
    missing = [f for f in module.FILES if not (ctx.vectors / f).exists()]
    if missing:
        print(f"{name:28} skipped: no {missing[0]} in {ctx.vectors}")
        return True
    counts = collections.defaultdict(collections.Counter)
    good = True
    for case in module.cases(ctx):
        count = counts[case.id.split("/")[0]]
        count["total"] += 1
        reason = deviations.reason(name, case.id)
        if case.ok:
            count["passed"] += 1
            if reason:
                deviations.note_better(name, case.id)
        elif reason:
            count["excused"] += 1
            if verbose:
                print(f"  deviates {case.id}: {reason}")
        else:
            good = False
            print(f"  FAILED {name} {case.id}\n    {case.detail[:MAX_DETAIL]}")
    if getattr(module, "IN_PARTS", False):
        for part, count in counts.items():
            tell("  " + part, count)
    tell(name, sum(counts.values(), collections.Counter()))
    return good


def main():
    parser = argparse.ArgumentParser(description="run test vectors")
    parser.add_argument("--stet", default=os.environ.get("STET", ROOT / "build/release/stet"))
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("suite", nargs="*", default=[])
    args = parser.parse_args()
    vectors = os.environ.get("STET_VECTORS", ROOT.parent / "shared/vectors")
    ctx = harness.Context(str(args.stet), pathlib.Path(vectors))
    if not ctx.vectors.is_dir():
        print(f"skipped: no vectors in {ctx.vectors} (set STET_VECTORS)")
        return 0
    deviations = harness.Deviations(HERE / "deviations.txt")
    good = True
    for name in args.suite or suites():
        good = run(name, ctx, deviations, args.verbose) and good
    for name, case in deviations.better:
        print(f"note: {name} {case} is listed as a deviation and passes here")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
