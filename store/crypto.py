"""Sealing what must not be read, and signing what must not be forged.

AES-256-GCM (NIST SP 800-38D) with the value's own row as associated data, so that a sealed value
cannot be moved to another row. Signatures are HMAC-SHA256 under a key derived for one purpose each.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from store.errors import Unreadable

KEY_BYTES, NONCE_BYTES = 32, 12


class Keyring:
    """The secret keys: the first seals and signs, all of them open and verify."""

    def __init__(self, keys: Sequence[bytes], *, draw: Callable[[int], bytes] = os.urandom) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("a keyring needs keys of 32 bytes")
        self._keys = {_name(key): key for key in keys}
        self._draw = draw
        self.newest = _name(keys[0])

    def seal(self, value: str, *, row: str) -> tuple[str, bytes]:
        """The key's id, and the value as only that key and that row open it."""
        nonce = self._draw(NONCE_BYTES)
        sealed = AESGCM(self._keys[self.newest]).encrypt(nonce, value.encode(), row.encode())
        return self.newest, nonce + sealed

    def open(self, key_id: str, sealed: bytes, *, row: str) -> str:
        """Raises Unreadable where the key is not here, or the value is another row's or was altered."""
        key = self._keys.get(key_id)
        if key is None:
            raise Unreadable(f"{row} was sealed with the key {key_id}, which is not here any more.")
        try:
            nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
            return AESGCM(key).decrypt(nonce, rest, row.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise Unreadable(f"{row} was altered: its key {key_id} does not open it.") from error

    def sign(self, purpose: str, message: str, *, key_id: str | None = None) -> str:
        """A signature of 43 characters for URLs and text. Raises Unreadable for a key that is not here."""
        key = self._keys.get(key_id or self.newest)
        if key is None:
            raise Unreadable(f"The key {key_id} is not here any more.")
        derived = hmac.digest(key, f"houston {purpose}".encode(), hashlib.sha256)
        signature = hmac.digest(derived, message.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(signature).decode().rstrip("=")

    def verifies(self, purpose: str, message: str, signature: str) -> bool:
        """Whether any of the keys made this signature."""
        return any(self.made(purpose, message, signature, key_id=key_id) for key_id in self._keys)

    def made(self, purpose: str, message: str, signature: str, *, key_id: str) -> bool:
        """Whether this one key made the signature. Raises Unreadable for a key that is not here."""
        made = self.sign(purpose, message, key_id=key_id)
        return hmac.compare_digest(made.encode(), signature.encode("utf-8", "surrogatepass"))


def _name(key: bytes) -> str:
    """Tells keys apart without saying anything of them."""
    return hashlib.sha256(b"houston key id" + key).hexdigest()[:8]
