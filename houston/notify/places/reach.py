"""How far Houston may reach on people's behalf: to public hosts, and to those that the operator names.

What is asked for is a name; what counts is the address that a socket connects to. So the check sits
there, in an audit hook: a redirect, a name that changes its address, and a server that hides in an
option of a URL all end at it.
"""

import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

Address = IPv4Address | IPv6Address

WATCHED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
NAT64 = ip_network("64:ff9b::/96")


class OutOfReach(OSError):
    """Raised in place of a connection that may not be made."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """`allowed` holds names, addresses and networks inside that may be reached all the same."""

    allowed: Sequence[str] = ()

    def covers(self, host: str) -> bool:
        """Whether every address of this host may be reached; blocks while a name is looked up."""
        found = _addresses(host)
        return bool(found) and all(is_public(each) or self._is_allowed(each) for each in found)

    def _is_allowed(self, address: Address) -> bool:
        return any(_names(entry, address) for entry in self.allowed)


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


def is_public(address: Address) -> bool:
    """Also of an IPv4 address in an IPv6 one's clothes."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


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


def _addresses(host: str) -> list[Address]:
    try:
        return [ip_address(host.partition("%")[0])]
    except ValueError:
        pass
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return []
    return [ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def _names(entry: str, address: Address) -> bool:
    """Whether an entry of the operator's list means this address."""
    try:
        return address in ip_network(entry, strict=False)
    except ValueError:
        return address in _addresses(entry)
