"""The archives that the tools look at, made from the world.

    with Rooms(folder) as rooms:
        rooms.make()         # runs stet save, some ten times
        rooms["cluster"]     # .path, .warcs, .derived, .diary (what was asked for it)

cluster       the Courier's story with its related ones, over http
cluster-h2    the same over https: HTTP/2
morgenpost    the German paper, gzip in chunks
chunked       one page in chunks over http, then plain over HTTP/2, then again
unchanged     one page, then asked for again: a 304
again         the same as cluster, not knowing of it
oddities      redirects, statuses, charsets, cookies, twins
faults        what servers do wrong; made beside the others, in a world of its own
"""

import os
import threading
import time

import world_names
from rig import World, stet, warcs

CHUNKED = "//chunked.example/story.html"
UNCHANGED = "http://status.example/etag"


class Room:
    def __init__(self, path, world=None):
        self.path = path
        self.world = world
        self.runs = []  # what stet said
        self.diary = []  # lines of the world's diary

    @property
    def warcs(self):
        return [str(w) for w in warcs(self.path)]

    @property
    def derived(self):
        return [str(w) for w in warcs(self.path, "derived")]

    @property
    def index(self):
        return os.path.join(self.path, "indexes", "index.cdx")


class Rooms(dict):
    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.world, self.faulty = World(), World()

    def __enter__(self):
        self.world.__enter__()
        self.faulty.__enter__()
        return self

    def __exit__(self, *how):
        self.faulty.__exit__(*how)
        self.world.__exit__(*how)

    def save(self, name, *args, world=None):
        """A run of `stet save` into the archive of that name."""
        world = world or self.world
        room = self.setdefault(name, Room(os.path.join(self.folder, name), world))
        before = len(world.diary())
        room.runs.append(stet("save", *world.options, "--quiet", "--delay", "0",
                              "--retry-delay", "1s", "-o", room.path, *args))
        time.sleep(0.2)  # an aborted exchange is written down when the world sees it
        room.diary += world.diary()[before:]
        return room

    def save_list(self, name, urls, *args, **how):
        path = os.path.join(self.folder, f"{name}-{len(urls)}.urls")
        with open(path, "w") as f:
            f.write("".join(u + "\n" for u in urls))
        return self.save(name, "-i", path, *args, **how)

    def make(self):
        faults = threading.Thread(target=self.make_faults)
        faults.start()
        front = self.world.front
        self.save("cluster", front)
        self.save("cluster-h2", front.replace("http:", "https:"))
        self.save("morgenpost", self.world.expected()["morgenpost"]["url"])
        for scheme in "http", "https", "https":
            self.save("chunked", "--no-related", f"{scheme}:{CHUNKED}")
            time.sleep(1.1)  # CDX times are in seconds
        self.save("again", front)
        self.save("unchanged", "--no-related", UNCHANGED)
        time.sleep(1.1)
        self.save("unchanged", "--no-related", "--revisit-after", "0", UNCHANGED)
        self.save_list("oddities", world_names.oddities(), "--ignore-robots", "--no-related")
        faults.join()

    def make_faults(self):
        common = "--ignore-robots", "--no-related"
        self.save_list("faults", world_names.faults(slow=False), *common, "--timeout", "10s",
                       world=self.faulty)
        for url in world_names.desyncs():
            self.save("faults", *common, url, world=self.faulty)
        self.save_list("faults", world_names.faults(slow=True), *common, "--timeout", "2s",
                       "--max-size", "1M", world=self.faulty)
