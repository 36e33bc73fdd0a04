"""stet's WACZ in other hands: py-wacz, pywb; and js-wacz over its WARCs."""

import gzip
import os
import zipfile

import plain_warc
from formats import HOME, parse_cdxj, run
from rig import TESTS, stet

BAD = TESTS.parent / "warc-samples" / "bad" / "wacz-hash.wacz"


def pack(tap, rooms, name, *args):
    """A WACZ of a room, or of all; where it is."""
    path = os.path.join(rooms.folder, name + ".wacz")
    paths = [rooms[name].path] if name in rooms else [r.path for r in rooms.values()]
    done = stet("pack", *args, "-o", path, *paths)
    tap.check(done.returncode == 0, f"stet packs {name}", done.stdout, done.stderr)
    return path


def check_pywacz(tap, paths):
    """Of a file with a wrong hash it must say so."""
    for path, good in [(p, True) for p in paths] + [(str(BAD), False)]:
        done = run("wacz", "validate", "-f", path)
        tap.check((done.returncode == 0) == good,
                  f"py-wacz {'validates' if good else 'refuses'} {os.path.basename(path)}",
                  done.stdout, done.stderr)


def names(text, headless):
    """What an index says is where: both must say the same."""
    return {(line["url"], stamp, line["filename"], int(line["offset"]), int(line["length"]))
            for _, stamp, line in parse_cdxj(text)
            if "url" in line and (line["filename"], int(line["offset"])) not in headless}


def index_of(wacz):
    with zipfile.ZipFile(wacz) as z:
        if "indexes/index.cdx" in z.namelist():
            return z.read("indexes/index.cdx").decode()
        return gzip.decompress(z.read("indexes/index.cdx.gz")).decode()


def lone_status_lines(room):
    """Records of which the server sent a status line and no more that can be
    read.  warcio.js seeks the end of the head beyond the end of the block: it
    gives them a wrong length, and a line without a URL of the next record."""
    return {(os.path.basename(p), r.offset) for p in room.warcs for r in plain_warc.records(p)
            if r.type == "response" and r.block.count(b"\n") == 1}


def check_jswacz(tap, rooms):
    """js-wacz packs our WARCs; its index names what ours does.  The pages are
    given: looking for them itself, its parser hangs in the faults' HTML.  Its
    package is not unpacked: each file goes through its hash twice (0.1.6), so
    the hashes are not those of the files, as stet says of them."""
    made = os.path.join(rooms.folder, "js.wacz")
    files = os.path.join(rooms.folder, "*", "archive", "*.warc.gz")
    done = run(os.path.join(HOME, "npm", "node_modules", ".bin", "js-wacz"), "create",
               "--log-level", "error", "-f", files, "-o", made,
               "--pages", os.path.join(rooms["cluster"].path, "pages"))
    if not tap.check(done.returncode == 0, "js-wacz packs every WARC", done.stdout, done.stderr):
        return
    headless = lone_status_lines(rooms["faults"])
    text, ours = index_of(made), set()
    for room in rooms.values():
        with open(room.index) as f:
            ours |= names(f.read(), headless)
    theirs = names(text, headless)
    ghosts = sum("url" not in line for _, _, line in parse_cdxj(text))
    tap.check(ghosts <= len(headless), f"js-wacz stumbles only over {len(headless)} lone status lines",
              ghosts)
    tap.none([f"only ours: {n}" for n in sorted(ours - theirs)]
             + [f"only theirs: {n}" for n in sorted(theirs - ours)],
             f"js-wacz indexes the same {len(ours)} captures")


def check(tap, rooms):
    paths = [pack(tap, rooms, "cluster"), pack(tap, rooms, "everything", "--text")]
    check_pywacz(tap, paths)
    check_jswacz(tap, rooms)
    return paths[0]
