#!/usr/bin/env python3
"""make interop: the archives of stet in the hands of other tools (run.sh).

Arguments choose parts; export works beside the others, for it mostly waits.
"""

import contextlib
import importlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tools"))
sys.path.insert(0, str(HERE))

import exact  # noqa: E402
import formats  # noqa: E402
import packed  # noqa: E402
import validators  # noqa: E402
from kit import HOME, Kit  # noqa: E402
from rig import Tap  # noqa: E402
from rooms import Rooms  # noqa: E402

PARTS = {"exact", "validators", "formats", "replay", "export"}


class Export:
    """export.py in a process of its own."""

    def __init__(self):
        self.log = open(HOME / "export.log", "w+")
        self.process = subprocess.Popen([sys.executable, str(HERE / "export.py")],
                                        stdout=self.log, stderr=self.log)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        """What it said comes last."""
        if kind:
            self.process.terminate()
        self.status = self.process.wait()
        self.log.seek(0)
        print(self.log.read(), end="", flush=True)


def check(tap, rooms, kit, parts):
    """What needs the registries comes last: they have time till then."""
    rooms.make()
    for name, room in rooms.items():
        tap.none([r.stderr for r in room.runs if r.returncode not in (0, 1)], f"stet saved {name}")
    if "exact" in parts:
        exact.check(tap, rooms)
    if "validators" in parts:
        validators.check(tap, rooms, kit)
    for name in "npm", "pip":
        if not kit.ready(name):
            sys.exit(f"{name}: {kit.why(name)}")
    importlib.invalidate_caches()  # what pip brought
    with Export() if "export" in parts else contextlib.nullcontext() as export:
        if "formats" in parts:
            formats.check(tap, rooms)
        if "replay" in parts:
            import replay
            replay.check(tap, rooms, kit, packed.check(tap, rooms))
    return export.status if export else 0


def main():
    tap, kit = Tap(), Kit()
    parts = set(sys.argv[1:]) or PARTS
    if not parts <= PARTS:
        sys.exit(f"the parts are {', '.join(sorted(PARTS))}")
    folder = tempfile.mkdtemp(prefix="stet-interop-")
    try:
        with Rooms(folder) as rooms:
            status = check(tap, rooms, kit, parts)
    finally:
        kit.close()
        if not os.environ.get("STET_TEST_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print("# kept", folder)
    return 1 if tap.failed or status else 0


if __name__ == "__main__":
    sys.exit(main())
