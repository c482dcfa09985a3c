"""How far Houston may reach on people's behalf: to public hosts, and to those that the operator names.

What is asked for is a name; what counts is the address that a socket connects to. So the check sits
there, in an audit hook: a redirect, a name that changes its address, and a server that hides in an
option of a URL all end at it.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from store.sources.reach import Reach

WATCHED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class OutOfReach(OSError):
    """Raised in place of a connection that may not be made."""


@dataclass(kw_only=True)
class Trip:
    """What one thread does between `bounded` and its end; `refused` are the hosts that it was kept from."""

    reach: Reach
    refused: list[str] = field(default_factory=list)


class _Here(threading.local):
    trip: Trip | None = None


_here = _Here()


@contextmanager
def bounded(reach: Reach) -> Iterator[Trip]:
    """Keep this thread from connecting beyond `reach`."""
    _watch()
    _here.trip = Trip(reach=reach)
    try:
        yield _here.trip
    finally:
        _here.trip = None


@cache
def _watch() -> None:
    """Once a process: an audit hook stays for good. It is all but free for threads on no trip."""
    sys.addaudithook(_check)


def _check(event: str, arguments: tuple[Any, ...]) -> None:
    trip = _here.trip if event in WATCHED else None
    if trip is None or not isinstance(arguments[1], tuple):
        return
    host = str(arguments[1][0])
    if not trip.reach.covers(host):
        trip.refused.append(host)
        raise OutOfReach(f"{host} is out of reach")
