"""The archivers that are held against each other, and a look at their work.

Each is run without manners (no delay, no robots.txt), on one site, to the
end.  `check` says in a word whether what it wrote is whole.
"""

import glob
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tools"))
import plain_warc  # noqa: E402

BUILD = os.path.abspath(os.environ.get("BUILD", "build/release"))


def size_of(pattern):
    return sum(os.path.getsize(p) for p in glob.glob(pattern, recursive=True)
               if os.path.isfile(p))


class Warc:
    """What writes WARC files."""

    def written(self, folder):
        return size_of(os.path.join(folder, self.files))

    def records(self, folder):
        for path in sorted(glob.glob(os.path.join(folder, self.files))):
            yield from plain_warc.records(path)

    def http_bytes(self, folder):
        """Of response, revisit and request records, as compressed."""
        return sum(r.length for r in self.records(folder)
                   if r.type in ("response", "revisit", "request"))

    def check(self, folder, site, asked):
        """Every URL that was asked for once, and its body that of the file."""
        seen, originals = set(), {}
        for r in self.records(folder):
            if r.type not in ("response", "revisit"):
                continue
            url = r.url.strip("<>")
            if url in seen:
                return f"twice: {url}"
            seen.add(url)
            path = site.file_of(url)
            if not os.path.isfile(path):
                continue
            with open(path, "rb") as f:
                body = f.read()
            if r.type == "response" and r.payload() != body:
                return f"other bytes: {url}"
            digest = r["WARC-Payload-Digest"]
            if digest and plain_warc.digest(digest, body) != digest:
                return f"digest: {url}"
            originals[url] = digest
        wanted = {site.base + path for path, _, _ in asked}
        if seen != wanted:
            return f"{len(wanted - seen)} missing, {len(seen - wanted)} strange"
        return "ok"


class Stet(Warc):
    files = "a/archive/*.warc.gz"

    def __init__(self, name, *options):
        self.name, self.options = name, options

    def command(self, site, server):
        return [os.path.join(BUILD, "stet"), "crawl", site.base + "/index.html", "-o", "a",
                "--scope", "host", "--delay", "0", "--ignore-robots",
                "--pages-per-host", "6",
                "--allow-address", "127.0.0.0/8", "--cacert", server.cacert, "--quiet",
                *self.options]


class Wget(Warc):
    name = "wget"
    files = "w*.warc.gz"

    def command(self, site, server):
        return ["wget", "-q", "-r", "-l", "inf", "-e", "robots=off", "--delete-after",
                "--ca-certificate", server.cacert, "--warc-file=w", site.base + "/index.html"]


class Httrack:
    name = "httrack"

    def command(self, site, server):
        return ["httrack", site.base + "/index.html", "-O", "h", "-q", "-r9999", "-s0", "-I0",
                "-c8", "-%c10000", "-A1000000000", "--disable-security-limits", "-%v0"]

    def written(self, folder):
        return size_of(os.path.join(folder, "h", "**"))

    def check(self, folder, site, asked):
        got = len(glob.glob(os.path.join(folder, "h", "127.0.0.1*", "**", "*.*"), recursive=True))
        wanted = len({p for p, status, _ in asked if status == 200})
        return "ok" if got >= wanted else f"{wanted - got} files missing"


class Floor:
    def __init__(self, compression, connections="6"):
        self.name = f"floor {compression}"
        self.options = [compression, connections]

    def command(self, site, server):
        return [os.path.join(BUILD, "bench", "floor"), site.list, "f", *self.options,
                server.cacert]

    def written(self, folder):
        return size_of(os.path.join(folder, "f"))

    def check(self, folder, site, asked):
        return "ok" if len(asked) == len(site.urls()) else f"{len(asked)} asked"


def all_tools():
    return {
        "stet": Stet("stet"),
        "stet-no-facts": Stet("stet no-facts", "--no-facts"),
        "stet-fast": Stet("stet fast no-facts", "--no-facts", "--compression", "fast"),
        "wget": Wget(),
        "httrack": Httrack(),
        "floor": Floor("default"),
        "floor-fast": Floor("fast"),
    }
