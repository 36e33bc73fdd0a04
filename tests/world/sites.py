"""Who answers for which host."""

import courier
import faults
import islands
import kinds
import morgenpost
import oddities
import reply
import small

HOSTS = {
    **courier.HOSTS, **morgenpost.HOSTS, **oddities.HOSTS, **faults.HOSTS, **kinds.HOSTS, **islands.HOSTS, **small.HOSTS,
}
SUFFIXES = {**oddities.SUFFIXES}


def certificate_names():
    """The names that the good certificate holds."""
    return sorted(HOSTS) + [f"*{suffix}" for suffix in sorted(SUFFIXES)]


def answer(request, now):
    """The script of the reply to a request."""
    if not request.valid:
        return reply.plain(request, now, "400 Bad Request", "That is no request line.")
    if request.method not in ("GET", "HEAD"):
        return reply.plain(request, now, "405 Method Not Allowed", "Only GET and HEAD.")
    site = HOSTS.get(request.host)
    if site is None:
        for suffix, other in SUFFIXES.items():
            if request.host.endswith(suffix):
                site = other
    if site is None:
        return reply.plain(request, now, "421 Misdirected Request", "This world has no such host.")
    script = site(request, now)
    if request.path == "/robots.txt" and site is not oddities.robots and is_missing(script):
        return reply.document(request, now, b"User-agent: *\nDisallow:\n", reply.TYPES[".txt"])
    return script


def is_missing(script):
    """Whether a script is the ordinary 404 (so that robots.txt may stand in)."""
    return len(script) == 1 and script[0].data.startswith(b"HTTP/1.1 404 Not Found")
