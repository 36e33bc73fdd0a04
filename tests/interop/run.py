#!/usr/bin/env python3
"""make interop: the archives of stet in the hands of other tools (run.sh)."""

import os
import pathlib
import shutil
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import exact  # noqa: E402
import formats  # noqa: E402
from rig import Tap, World  # noqa: E402
from rooms import Rooms  # noqa: E402


def main():
    tap = Tap()
    only = sys.argv[1:]
    folder = tempfile.mkdtemp(prefix="stet-interop-")
    try:
        with World() as world:
            rooms = Rooms(world, folder)
            rooms.make(faults=only != ["replay"])
            for name, room in rooms.items():
                tap.none([r.stderr for r in room.runs if r.returncode not in (0, 1)],
                         f"stet saved {name}")
            if not only or "formats" in only:
                formats.check(tap, rooms)
            if not only or "exact" in only:
                exact.check(tap, rooms, world)
            if not only or "replay" in only:
                import replay
                replay.check(tap, rooms, world)
    finally:
        if not os.environ.get("STET_TEST_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print("# kept", folder)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
