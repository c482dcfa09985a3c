"""How the audit's entries hang together: pure functions over their content."""

import hashlib
import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from store.crypto import Keyring
from store.tables import AuditEntry, AuditHead

PURPOSE, UNSEALED = "audit", "audit.unsealed"
CLEARED: dict[str, Any] = {
    "at": datetime(1970, 1, 1, tzinfo=UTC),
    "actor": "",
    "actor_name": "",
    "workspace_id": None,
    "action": "",
    "subject": "",
    "before": None,
    "after": None,
    "salt": "",
}
"""What an erased entry holds, to the letter, so that nothing can be written there unseen."""


def content_hash(entry: AuditEntry, clients: Collection[int]) -> str:
    """SHA-256 over all that an entry says, as canonical JSON. The salt keeps a hash that outlives its
    content from being guessed back."""
    content: dict[str, Any] = {name: getattr(entry, name) for name in CLEARED}
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content["clients"] = sorted(clients)
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def link(previous: str, seq: int, content: str) -> str:
    """The hash that ties an entry to all before it."""
    return hashlib.sha256(f"{previous} {seq} {content}".encode()).hexdigest()


def is_cleared(entry: AuditEntry, clients: Collection[int]) -> bool:
    return not clients and all(getattr(entry, name) == value for name, value in CLEARED.items())


def seal(keyring: Keyring, head: AuditHead) -> None:
    """Sign the end of the chain with the newest key."""
    head.key_id, head.seal = keyring.newest, keyring.sign(PURPOSE, f"{head.seq} {head.hash}")


def seal_holds(keyring: Keyring, head: AuditHead) -> bool:
    """Whether the key that the head names signed it. Raises Unreadable where that key is not here."""
    if not head.key_id:
        return False
    return keyring.made(PURPOSE, f"{head.seq} {head.hash}", head.seal, key_id=head.key_id)


def unsealed(head: AuditHead, *, at: datetime) -> AuditEntry:
    """The entry for a head whose seal did not hold: it keeps that seal, so that the key may still
    prove it when it comes back."""
    return AuditEntry(
        seq=0,
        at=at,
        actor="houston",
        actor_name="Houston",
        action=UNSEALED,
        subject="the audit log",
        after=head.model_dump(exclude={"id"}),
        content_hash="",
        hash="",
    )
