import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.crypto import Keyring
from store.errors import Unreadable

OLD, NEW = bytes(range(32)), bytes(range(100, 132))
ROW = "workspace/T1/bot_token"


@given(st.text())
def test_what_is_sealed_opens_again(value: str) -> None:
    ring = Keyring([OLD])
    assert ring.open(*ring.seal(value, row=ROW), row=ROW) == value


def test_the_same_value_is_never_sealed_the_same_way() -> None:
    ring = Keyring([OLD])
    assert ring.seal("xoxb-1", row=ROW) != ring.seal("xoxb-1", row=ROW)


def test_nothing_of_the_value_shows() -> None:
    assert b"xoxb" not in Keyring([OLD]).seal("xoxb-1-secret", row=ROW)[1]


def test_a_value_does_not_open_in_another_row() -> None:
    ring = Keyring([OLD])
    with pytest.raises(Unreadable, match="workspace/T2/bot_token"):
        ring.open(*ring.seal("xoxb-1", row=ROW), row="workspace/T2/bot_token")


@pytest.mark.parametrize("at", [0, 11, 12, -1])
def test_a_single_flipped_bit_is_found(at: int) -> None:
    ring = Keyring([OLD])
    key_id, sealed = ring.seal("xoxb-1", row=ROW)
    broken = bytearray(sealed)
    broken[at] ^= 1
    with pytest.raises(Unreadable):
        ring.open(key_id, bytes(broken), row=ROW)


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(12)])
def test_a_value_cut_short_is_found(sealed: bytes) -> None:
    ring = Keyring([OLD])
    with pytest.raises(Unreadable):
        ring.open(ring.newest, sealed, row=ROW)


def test_the_first_key_seals_and_all_of_them_open() -> None:
    before, both = Keyring([OLD]), Keyring([NEW, OLD])
    assert both.open(*before.seal("xoxb-1", row=ROW), row=ROW) == "xoxb-1"
    key_id, sealed = both.seal("xoxb-1", row=ROW)
    assert Keyring([NEW]).open(key_id, sealed, row=ROW) == "xoxb-1"
    with pytest.raises(Unreadable, match=key_id):
        before.open(key_id, sealed, row=ROW)


def test_an_error_says_neither_value_nor_key() -> None:
    ring = Keyring([OLD])
    with pytest.raises(Unreadable) as refused:
        ring.open("ffffffff", ring.seal("xoxb-1", row=ROW)[1], row=ROW)
    assert "xoxb" not in refused.value.message
    assert base64.b64encode(OLD).decode() not in refused.value.message


@pytest.mark.parametrize("keys", [[], [b"short"], [OLD, bytes(16)]])
def test_a_keyring_takes_keys_of_32_bytes_only(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(keys)


def test_a_signature_holds_for_its_purpose_and_message_only() -> None:
    ring = Keyring([OLD])
    signature = ring.sign("invitation", "42")
    assert ring.verifies("invitation", "42", signature)
    assert not ring.verifies("setup", "42", signature)
    assert not ring.verifies("invitation", "43", signature)
    assert not ring.verifies("invitation", "42", signature[:-1])


@pytest.mark.parametrize("forged", ["", "ü", "\ud800", "A" * 43])
def test_a_forged_signature_is_refused_whatever_it_holds(forged: str) -> None:
    assert not Keyring([OLD]).verifies("invitation", "42", forged)


def test_signatures_of_the_older_key_hold_until_it_is_dropped() -> None:
    signature = Keyring([OLD]).sign("invitation", "42")
    assert Keyring([NEW, OLD]).verifies("invitation", "42", signature)
    assert not Keyring([NEW]).verifies("invitation", "42", signature)


def test_a_signature_fits_into_an_address() -> None:
    assert len(Keyring([OLD]).sign("invitation", "42")) == 43
    assert Keyring([OLD]).sign("invitation", "42").replace("-", "").replace("_", "").isalnum()
