"""What the tests that are written in Python start with.

    from rig import Tap, World, stet
    tap = Tap()
    with World() as world:
        run = stet("save", *world.options, "-o", archive, world.front)
        tap.check(run.returncode == 0, "a save ends well", run.stderr)
    tap.finish()
"""

import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
STET = os.environ.get("STET") or str(TESTS.parent / "build" / "release" / "stet")


class Tap:
    """Counts and prints; a failed check goes on."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    @property
    def count(self):
        return self.passed + self.failed + self.skipped

    def check(self, good, name, *diagnostics):
        if good:
            self.passed += 1
        else:
            self.failed += 1
        print("ok" if good else "not ok", self.count, "-", name, flush=True)
        if not good:
            for d in diagnostics:
                for line in str(d).splitlines()[:20]:
                    print("#", line[:300])
        return good

    def same(self, got, want, name):
        return self.check(got == want, name, f"got  {got!r}", f"want {want!r}")

    def none(self, found, name):
        """found is a list of what is wrong."""
        found = list(found)
        return self.check(not found, name, f"{len(found)} wrong", *found[:10])

    def skip(self, name, why):
        self.skipped += 1
        print("ok", self.count, "-", name, "# SKIP", why, flush=True)

    def finish(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


class World:
    """The test world, running."""

    def __init__(self, *args):
        self.args = args

    def __enter__(self):
        self.dir = tempfile.mkdtemp(prefix="stet-world-")
        subprocess.run([sys.executable, str(TESTS / "world" / "world.py"), "--run", self.dir,
                        "--daemon", "--parent", str(os.getpid()), *self.args], check=True)
        self.env = {}
        for line in open(os.path.join(self.dir, "env")):
            name, _, value = line.strip().partition("=")
            self.env[name] = shlex.split(value)[0]
        self.options = shlex.split(self.env["WORLD_STET_OPTS"])
        self.front = self.env["WORLD_FRONT"]
        return self

    def __exit__(self, *_):
        try:
            os.kill(int(self.env["WORLD_PID"]), signal.SIGTERM)
        except ProcessLookupError:
            pass
        if not os.environ.get("STET_TEST_KEEP"):
            shutil.rmtree(self.dir, ignore_errors=True)

    def diary(self):
        """What was asked and answered so far."""
        with open(self.env["WORLD_LOG"]) as f:
            return [json.loads(line) for line in f if line.endswith("\n")]

    def sent(self, entry):
        with open(os.path.join(self.dir, entry["sent"]), "rb") as f:
            return f.read()

    def expected(self, scheme="http"):
        out = subprocess.run([sys.executable, str(TESTS / "world" / "world.py"), "--expected",
                              "--scheme", scheme, *self.args], check=True, capture_output=True)
        return json.loads(out.stdout)


def url_of(entry):
    """The URL of a line of the diary."""
    return f"{entry['scheme']}://{entry['host']}{entry['target']}"


def stet(*args, **how):
    """Runs stet with its output kept as text."""
    return subprocess.run([STET, *map(str, args)], capture_output=True, text=True,
                          errors="replace", timeout=how.pop("timeout", 300), **how)


def has_command(name):
    """False while a stet under construction lacks it."""
    return stet(name, "--help").returncode == 0


def warcs(archive, folder="archive"):
    return sorted(pathlib.Path(archive, folder).glob("*.warc.gz"))
