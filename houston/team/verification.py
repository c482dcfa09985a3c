"""Whether the audit log is as Houston wrote it: every entry, their order, the end, and what was erased."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from houston.errors import Unreadable
from houston.team.audit import CLIENT_DELETED
from store import Store, chain
from store.tables import AuditEntry, AuditHead

BATCH, TRIES = 1000, 3
BEFORE_ALL = -(1 << 62)
REWRITTEN = "The end of the log carries a seal that Houston did not make: the log was rewritten or cut."
Row = tuple[AuditEntry, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True)
class Verification:
    """`problem` is the first thing that is wrong, in words; '' for none.

    `end` names the newest entry and its hash: whoever keeps it elsewhere can tell that the log was
    not put back to an older day.
    """

    checked: int
    end: str
    problem: str = ""


async def verify(store: Store) -> Verification:
    """Read the whole log, page by page, and check it against its seal.

    It may grow meanwhile: what looks wrong is looked at again where the log has moved on.
    """
    for _ in range(TRIES):
        head = await _head(store)
        found = await _verify_once(store, head)
        if not found.problem or await _head(store) == head:
            break
    return found


async def _verify_once(store: Store, head: AuditHead) -> Verification:
    walk = _Walk(store=store)
    problem = await _entries(store, walk, head.seq) or walk.end(head) or walk.erasures()
    problem = problem or await _outside(store, head.seq)
    return Verification(checked=walk.checked, end=f"{walk.seq} {walk.hash}", problem=problem)


async def _head(store: Store) -> AuditHead:
    async with store.read() as uow:
        return await uow.audit.head() or AuditHead()


@dataclass(kw_only=True)
class _Walk:
    """How far the check has come."""

    store: Store
    seq: int = 0
    hash: str = ""
    checked: int = 0
    erased: dict[int, int] = field(default_factory=dict)
    listed: dict[int, int] = field(default_factory=dict)

    def take(self, rows: Sequence[Row]) -> str:
        """The first problem of these entries, or ''."""
        return next(filter(None, (self._step(*row) for row in rows)), "")

    def _step(self, entry: AuditEntry, clients: tuple[int, ...]) -> str:
        problem = self._place(entry) or self._content(entry, clients) or self._meaning(entry)
        if not problem:
            self.seq, self.hash, self.checked = entry.seq, entry.hash, self.checked + 1
        return problem

    def _place(self, entry: AuditEntry) -> str:
        due = self.seq + 1
        if entry.seq < due:
            return f"Entry {entry.seq} has no place in the log: somebody put it there."
        if entry.seq > due:
            return f"{_numbers(due, entry.seq - 1)} removed."
        if chain.link(self.hash, entry.seq, entry.content_hash) != entry.hash:
            return f"Entry {entry.seq} does not follow the one before it: it was edited, moved or put there."
        return ""

    def _content(self, entry: AuditEntry, clients: tuple[int, ...]) -> str:
        try:
            if entry.erased_by is not None:
                whole = chain.is_cleared(entry, clients)
            else:
                whole = chain.content_hash(entry, clients) == entry.content_hash
        except (TypeError, ValueError, AttributeError):
            whole = False
        return "" if whole else f"Entry {entry.seq} was edited."

    def _meaning(self, entry: AuditEntry) -> str:
        """What an entry says about others."""
        if entry.erased_by is not None:
            self.erased[entry.seq] = entry.erased_by
        if entry.action == CLIENT_DELETED:
            self.listed.update(dict.fromkeys((entry.after or {}).get("erased", ()), entry.seq))
        if entry.action == chain.UNSEALED:
            return self._unsealed(entry)
        return ""

    def _unsealed(self, entry: AuditEntry) -> str:
        """An entry that found a seal it could not trust: the seal may hold by now."""
        found = AuditHead(**entry.after or {})
        if (found.seq, found.hash) != (self.seq, self.hash):
            return f"Entry {entry.seq} found the log rewritten or cut before it."
        return self._seal(found)

    def end(self, head: AuditHead) -> str:
        if self.seq < head.seq:
            return f"{_numbers(self.seq + 1, head.seq)} removed from the end."
        if self.hash != head.hash:
            return REWRITTEN
        return self._seal(head) if head.seq else ""

    def _seal(self, head: AuditHead) -> str:
        try:
            return "" if chain.seal_holds(self.store.keyring, head) else REWRITTEN
        except Unreadable:
            return (
                f"Entries up to {head.seq} were sealed with the key {head.key_id}, which is not here: "
                "add it to HOUSTON_SECRET_KEY to check them."
            )

    def erasures(self) -> str:
        """Erased entries and the lists of who erased them must agree."""
        wrong = self.erased.items() ^ self.listed.items()
        return f"Entry {min(wrong)[0]} was erased by hand, or put back." if wrong else ""


async def _entries(store: Store, walk: _Walk, last: int) -> str:
    after, limit = BEFORE_ALL, BATCH
    while True:
        try:
            async with store.read() as uow:
                rows = await uow.audit.rows(after=after, limit=limit)
        except (TypeError, ValueError, AttributeError):
            if limit == 1:
                return f"Entry {walk.seq + 1} was edited: it cannot be read any more."
            limit = 1
            continue
        wanted = [row for row in rows if row[0].seq <= last]
        problem = await asyncio.to_thread(walk.take, wanted)
        if problem or len(wanted) < limit:
            return problem
        after = walk.seq


async def _outside(store: Store, end: int) -> str:
    """What lies where no entry was appended."""
    async with store.read() as uow:
        newest, strays = await uow.audit.last_seq(), await uow.audit.strays()
        has_secrets = end == 0 and await uow.secrets.count() > 0
    if newest > (await _head(store)).seq:
        return f"Entry {newest} lies beyond the sealed end: somebody put it there, or changed the end."
    if strays:
        return f"A client is tied to entry {strays[0]}, which does not exist."
    if has_secrets:
        return "The log is empty although there are secrets, which are never kept unlogged: it was removed."
    return ""


def _numbers(first: int, last: int) -> str:
    return f"Entry {first} was" if first == last else f"Entries {first}–{last} were"
