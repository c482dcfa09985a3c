"""How far Houston may reach on people's behalf: to public hosts, and to those that the operator names.

What is connected to is the very address that was looked at, so a name that answers differently the
second time gains nothing.
"""

import socket
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from store.errors import SourceFailed, SourceRefused

IP = IPv4Address | IPv6Address
Resolve = Callable[[str], Sequence[str]]
"""From a host's name to its addresses. Raises OSError."""

NAT64 = ip_network("64:ff9b::/96")
METADATA = frozenset(
    {"metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"}
)

INSIDE = (
    "{host} is inside this network, where data sources may not reach. If it is meant, ask the operator to "
    "add it to HOUSTON_ALLOW_HOSTS."
)
NOWHERE = "The host {host} is not known. Check how it is written, and that it is on."


def lookup(host: str) -> list[str]:
    """What the system's resolver says; blocks."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass(frozen=True, kw_only=True)
class Reach:
    """`allowed` holds names, addresses and networks that may be reached although they are inside."""

    allowed: Collection[str] = ()
    resolve: Resolve = lookup

    def addresses(self, host: str) -> list[str]:
        """Those to connect to, all of them within reach; blocks. Raises SourceRefused, SourceFailed."""
        found = self.found(host)
        if not found:
            raise SourceFailed(NOWHERE.format(host=host), is_temporary=True)
        named = host in {entry.lower() for entry in self.allowed}
        if not named and (host in METADATA or not all(self._reaches(each) for each in found)):
            raise SourceRefused(INSIDE.format(host=host))
        return [str(each) for each in found]

    def covers(self, host: str) -> bool:
        """Whether every address of this host may be reached; blocks while a name is looked up."""
        found = self.found(host)
        return bool(found) and all(self._reaches(each) for each in found)

    def found(self, host: str) -> list[IP]:
        """Of any host, within reach or not."""
        try:
            return [ip_address(host.partition("%")[0])]
        except ValueError:
            pass
        try:
            return [ip_address(each.partition("%")[0]) for each in self.resolve(host)]
        except (OSError, UnicodeError):
            return []

    def _reaches(self, address: IP) -> bool:
        return is_public(address) or any(self._names(entry, address) for entry in self.allowed)

    def _names(self, entry: str, address: IP) -> bool:
        try:
            return address in ip_network(entry, strict=False)
        except ValueError:
            return address in self.found(entry)


def is_public(address: IP) -> bool:
    """Also of an IPv4 address in an IPv6 one's clothes."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast
