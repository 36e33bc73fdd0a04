"""What a server can do to a client: the words in which replies are written.

A reply is a list of these.  The origin plays them in order and keeps a copy
of every byte under the name of the exchange.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Send:
    """Bytes of the response message: status line, headers, body, trailers."""

    data: bytes


@dataclass(frozen=True)
class Interim:
    """Bytes of a 1xx response that comes before the final one."""

    data: bytes


@dataclass(frozen=True)
class Excess:
    """Bytes after the end of the message, which belong to nobody."""

    data: bytes


@dataclass(frozen=True)
class Drip:
    """Message bytes sent a few at a time."""

    data: bytes
    size: int = 1
    seconds: float = 0.5


@dataclass(frozen=True)
class Repeat:
    """The same message bytes again and again, `times` times or for ever."""

    data: bytes
    times: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Wait:
    """Silence, then on with the script."""

    seconds: float


@dataclass(frozen=True)
class Hold:
    """Silence until the client gives up (or ten minutes have gone)."""

    seconds: float = 600.0


@dataclass(frozen=True)
class Reset:
    """End the connection with a TCP reset."""


@dataclass(frozen=True)
class Close:
    """End the connection in the ordinary way."""
