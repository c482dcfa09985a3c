import socket
from ipaddress import ip_address

import pytest

from houston.notify.places.reach import OutOfReach, bounded
from store.sources.reach import Reach, is_public

INSIDE = (
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::a9fe:a9fe",
)


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
    assert not Reach().covers(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_what_is_outside_is_public(address: str) -> None:
    assert Reach().covers(address)


@pytest.mark.parametrize("entry", ["127.0.0.1", "127.0.0.0/8", "localhost"])
def test_the_operator_names_hosts_addresses_and_networks(entry: str) -> None:
    assert Reach(allowed=[entry]).covers("127.0.0.1")
    assert not Reach(allowed=[entry]).covers("10.0.0.1")


def test_a_name_that_leads_nowhere_is_not_covered() -> None:
    assert not Reach().covers("nowhere.invalid")


def test_a_thread_on_a_trip_connects_no_further_than_it_may() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = server.getsockname()
        with bounded(Reach()) as trip, pytest.raises(OutOfReach):
            socket.create_connection(place)
        assert trip.refused == ["127.0.0.1"]
        with bounded(Reach(allowed=["127.0.0.1"])) as trip:
            socket.create_connection(place).close()
        assert trip.refused == []
        socket.create_connection(place).close()


def test_a_message_without_a_connection_is_kept_in_as_well() -> None:
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with sender, bounded(Reach()), pytest.raises(OutOfReach):
        sender.sendto(b"hello", ("127.0.0.1", 9))
