"""The archives that the tools look at, made from the world.

    rooms = Rooms(world, folder)
    rooms.make()         # runs stet save, some ten times
    rooms["cluster"]     # .path, .warcs, .derived, .diary (what was asked for it)

cluster       the Courier's story with its related ones, over http
cluster-h2    the same over https: HTTP/2
morgenpost    the German paper, gzip in chunks
chunked       one page in chunks over http, then plain over HTTP/2, then again
oddities      redirects, statuses, charsets, cookies, twins
faults        what servers do wrong
"""

import os
import time

import world_names
from rig import stet, warcs

CHUNKED = "//chunked.example/story.html"


class Room:
    def __init__(self, path):
        self.path = path
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
    def __init__(self, world, folder):
        super().__init__()
        self.world = world
        self.folder = folder

    def save(self, name, *args):
        """A run of `stet save` into the archive of that name."""
        room = self.setdefault(name, Room(os.path.join(self.folder, name)))
        before = len(self.world.diary())
        room.runs.append(stet("save", *self.world.options, "--quiet", "--delay", "0",
                              "-o", room.path, *args))
        time.sleep(0.2)  # an aborted exchange is written down when the world sees it
        room.diary += self.world.diary()[before:]
        return room

    def save_list(self, name, urls, *args):
        path = os.path.join(self.folder, name + ".urls")
        with open(path, "w") as f:
            f.write("".join(u + "\n" for u in urls))
        return self.save(name, "-i", path, *args)

    def make(self, faults=True):
        front = self.world.front
        self.save("cluster", front)
        self.save("cluster-h2", front.replace("http:", "https:"))
        self.save("morgenpost", self.world.expected()["morgenpost"]["url"])
        for scheme in "http", "https", "https":
            self.save("chunked", "--no-related", f"{scheme}:{CHUNKED}")
            time.sleep(1.1)  # CDX times are in seconds
        self.save_list("oddities", world_names.oddities(), "--ignore-robots", "--no-related")
        if faults:
            self.make_faults()

    def make_faults(self):
        self.save_list("faults", world_names.faults(slow=False), "--ignore-robots",
                       "--no-related", "--timeout", "10s")
        for url in world_names.desyncs():
            self.save("faults", "--ignore-robots", "--no-related", url)
        self.save_list("faults", world_names.faults(slow=True), "--ignore-robots",
                       "--no-related", "--timeout", "2s", "--max-size", "1M")
