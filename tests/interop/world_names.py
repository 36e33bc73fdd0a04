"""Addresses of the world's small hosts, read from its own tables."""

import sys

from rig import TESTS

sys.path.insert(0, str(TESTS / "world"))

import faults as world_faults  # noqa: E402
import oddities as world_oddities  # noqa: E402


def oddities():
    """Redirects, statuses, charsets, cookies, twins; nothing without end."""
    def on(host, paths):
        return [f"http://{host}.example{p}" for p in paths]

    redirects = [p for p in sorted(world_oddities.LOCATIONS)
                 if not p.startswith(("/ssrf/", "/scheme/", "/bad/"))]
    statuses = sorted(p for p in world_oddities.STATUSES if p not in ("/503-long", "/503-huge"))
    return (on("redirect", redirects + ["/landing", "/chain/3", "/no-location", "/two-locations"])
            + on("status", statuses + ["/204", "/empty", "/etag", "/gzip", "/2mb"])
            + on("chunked", ["/", "/trailers.html", "/plain.html", "/story.html"])
            + on("charset", sorted(world_oddities.CHARSETS))
            + on("cookies", ["/", "/echo", "/flood"])
            + on("twins", ["/", "/a.png", "/b.png", "/a.png?x=1", "/small-a.png",
                           "/small-b.png", "/chunked.png"])
            + on("norobots", ["/"]))


DESYNCS = ("H60", "H60b")


def faults(slow):
    return [f"http://faults.example/{r.ident}" for r in world_faults.ROWS
            if r.slow == slow and r.ident not in DESYNCS]


def desyncs():
    """Rows that leave an answer nobody asked for on the connection.  When it
    comes after the next request went out nobody can tell it from that one's
    answer: such a row is asked for in a run of its own."""
    return [f"http://faults.example/{ident}" for ident in DESYNCS]
